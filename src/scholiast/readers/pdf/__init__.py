"""PDF: pages of placed characters become a text with its notes."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "pdf 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a PDF. Never fails: what is wrong is a Trouble."""
    from scholiast.readers import identity
    from scholiast.readers.pdf.opening import PdfError, opened, pages
    from scholiast.readers.pdf.reading import document_of, troubles

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "pdf", language=settings.language, extracted=True)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        handle = opened(source.data, settings)
    except PdfError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))
    try:
        read_pages = list(pages(handle))
    finally:
        handle.close()
    found = troubles(read_pages, settings)
    if any(trouble.name == "unreadable-file" for trouble in found):
        return Intake(nothing, troubles=found)
    document = document_of(nothing, read_pages)
    if not document.text.strip() and not found:
        found = (Trouble("empty-file"),)
    return Intake(document, troubles=found)
