"""The text of a PDF as pypdfium2 gives it, its pages joined by form feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

#: What PDFium puts where a hyphen ended a line, together with the line end.
_LINE_END_HYPHEN: Final = "\ufffe"


def text_of(path: Path) -> str:
    """Return the plain text of a PDF; a hyphen at a line end stands there again."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    text = "\f".join(pages).replace("\r\n", "\n")
    return text.replace(f"{_LINE_END_HYPHEN}\n", "-\n").replace(_LINE_END_HYPHEN, "-\n")
