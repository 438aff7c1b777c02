"""PDF: pages of placed characters become a text with its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

if TYPE_CHECKING:
    from scholiast.readers.pdf.page import Page

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
        hindered, language = _recognised(handle, read_pages, settings)
    finally:
        handle.close()
    found = hindered or troubles(read_pages, settings)
    nothing = replace(nothing, language=nothing.language or language)
    if any(trouble.name == "unreadable-file" for trouble in found):
        return Intake(nothing, troubles=found)
    document = document_of(nothing, read_pages)
    if not document.text.strip() and not found:
        found = (Trouble("empty-file"),)
    return Intake(document, troubles=found)


def _recognised(
    handle: Any, pages: Sequence[Page], settings: Settings
) -> tuple[tuple[Trouble, ...], str]:
    """Fill the pages that hold no text to be read; return what hindered it, and a language."""
    from scholiast.readers.pdf.reading import unread

    wanted = unread(pages) if settings.ocr else []
    if not wanted:
        return (), ""
    from scholiast.readers.recognition import recognise

    done = recognise(handle, wanted, settings)
    return done.troubles, done.language
