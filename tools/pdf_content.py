"""What a PDF draws, apart from how its bytes are packed."""

from __future__ import annotations

import io
from typing import Any


def drawn(data: bytes) -> list[tuple[bytes, ...]]:
    """Return what each page of a PDF draws, and which characters its fonts stand for."""
    from pypdf import PdfReader

    found: list[tuple[bytes, ...]] = []
    for page in PdfReader(io.BytesIO(data)).pages:
        content = page.get_contents()
        size = repr([float(edge) for edge in page.mediabox]).encode()
        resources: Any = page["/Resources"]
        fonts = resources.get("/Font", {})
        named = [fonts[name] for name in sorted(fonts)]
        unicode = [font["/ToUnicode"].get_data() for font in named if "/ToUnicode" in font]
        found.append((size, content.get_data() if content else b"", *unicode))
    return found
