"""Opens a PDF and reads its pages one after the other."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, Final

from scholiast.config import Settings
from scholiast.progress import reached
from scholiast.readers.pdf.calls import Calls
from scholiast.readers.pdf.drawings import read_drawings
from scholiast.readers.pdf.glyphs import read_runs
from scholiast.readers.pdf.page import Page


class PdfError(Exception):
    """A PDF that cannot be read; the message says why and what to do."""


_NO_PAGES: Final = re.compile(rb"/Type\s*/Pages\b[^>]{0,80}/Count\s+0\b")
_PAGELESS: Final = "it has no pages: get the file once more from where it came from"


def opened(data: bytes, settings: Settings) -> Any:
    """Return the open document of pypdfium2 (raises ``PdfError``)."""
    import pypdfium2

    if b"%PDF-" not in data[:2048]:
        raise PdfError(
            "it is no PDF: its first bytes are not those of one; get the file once more from "
            "where it came from"
        )
    try:
        document = pypdfium2.PdfDocument(data, password=settings.password or None)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise PdfError(_why(str(error), data, settings)) from None
    if count < 1:
        document.close()
        raise PdfError(_PAGELESS)
    return document


def _why(message: str, data: bytes, settings: Settings) -> str:
    """Return what is wrong with a file in words, from PDFium's message.

    Of a file without pages PDFium tells the error before, whatever it was.
    """
    low = message.lower()
    if _NO_PAGES.search(data) or "success" in low:
        return _PAGELESS
    if "password" in low and b"/Encrypt" in data:
        if settings.password:
            return "it is encrypted and the password is wrong: give the password with --password"
        return "it is encrypted: give the password with --password"
    if "security" in low:
        return "it is encrypted in a way that is not supported: save it without encryption"
    return (
        "it is damaged, PDFium cannot open it: open it in a PDF viewer, print it to a new PDF "
        "and read that"
    )


def pages(document: Any) -> Iterator[Page]:
    """Yield the pages of an open document, each closed before the next is opened."""
    import pypdfium2.raw as raw

    calls = Calls(raw)
    total = len(document)
    for number in range(1, total + 1):
        reached(number - 1, total)
        yield _page(raw, calls, document.raw, number)


def _page(raw: Any, calls: Calls, document: Any, number: int) -> Page:
    """Return one page; a page that is damaged is one without text."""
    handle = raw.FPDF_LoadPage(document, number - 1)
    page = Page(number, 0.0, 0.0, label=_label(raw, document, number))
    if not handle:
        page.characters = -1
        return page
    try:
        box = raw.FS_RECTF()
        if raw.FPDF_GetPageBoundingBox(handle, box):
            page.left, page.bottom = box.left, box.bottom
            page.width, page.height = box.right - box.left, box.top - box.bottom
        textpage = raw.FPDFText_LoadPage(handle)
        if textpage:
            try:
                read_runs(calls, textpage, page)
            finally:
                raw.FPDFText_ClosePage(textpage)
        read_drawings(raw, handle, page)
    finally:
        raw.FPDF_ClosePage(handle)
        calls.fonts.clear()  # another page may have another font at the same address
    return page


def _label(raw: Any, document: Any, number: int) -> str:
    """Return the label that the file gives to a page, or nothing."""
    size = raw.FPDF_GetPageLabel(document, number - 1, None, 0)
    if not 2 < size <= 128:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetPageLabel(document, number - 1, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
