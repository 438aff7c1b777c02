"""The scanned pages of a PDF are recognised, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scholiast.config import Settings
from scholiast.model import Trouble
from scholiast.progress import step
from scholiast.readers.pdf.page import Page
from scholiast.readers.recognition.languages import Choice, detected, told
from scholiast.readers.recognition.orientation import poor
from scholiast.readers.recognition.placing import Placed, place
from scholiast.readers.recognition.program import RecognitionError, Tesseract, installed
from scholiast.readers.recognition.reading import Read, read_words
from scholiast.readers.recognition.rendering import resolution
from scholiast.readers.recognition.series import Counted
from scholiast.readers.recognition.sheet import prepared, turn_page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MISSING: Final = (
    "its pages are pictures of a scan, and the program that recognises them is not installed: "
    "apt-get install tesseract-ocr tesseract-ocr-rus tesseract-ocr-chi-sim tesseract-ocr-chi-tra "
    "(or the like for your system)"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What hindered the recognition of a document, and its language where it was found."""

    troubles: tuple[Trouble, ...] = ()
    language: str = ""


def recognise(document: PdfDocument, wanted: Sequence[Page], settings: Settings) -> Recognised:
    """Fill pages with the words recognised on their pictures."""
    tesseract = installed()
    if tesseract is None:
        return Recognised((Trouble("unreadable-file", _MISSING),))
    try:
        choice = told(settings.language, tesseract)
    except RecognitionError as error:
        return Recognised((Trouble("unreadable-file", str(error)),))
    placed: list[Placed] = []
    failed: list[str] = []
    counted = Counted()
    for number, page in enumerate(wanted):
        step(number, len(wanted))
        program = tesseract.within(settings.page_seconds)
        try:
            one, choice = _recognised(document, page, choice, program, counted)
            counted = one.sheet.counted
            placed.append(one)
        except RecognitionError as error:
            failed.append(f"page {page.number}: {error}")
    step(len(wanted), len(wanted))
    place(placed)
    if failed and not placed:
        return Recognised((Trouble("unreadable-file", failed[0].partition(": ")[2]),))
    troubles = [Trouble("page-not-recognised", why) for why in failed]
    return Recognised(tuple(troubles), choice.language if choice else "")


def _recognised(
    document: PdfDocument,
    page: Page,
    choice: Choice | None,
    tesseract: Tesseract,
    before: Counted,
) -> tuple[Placed, Choice | None]:
    """Return a page with its words, and the language; raises ``RecognitionError``.

    A page that gives almost nothing is read again if it stands on its head.
    """
    opened = document[page.number - 1]
    try:
        placed, own = _read(opened, page, choice, tesseract, before)
        upside = placed.sheet.rows and poor(placed.read.words)
        if upside and turn_page(opened, tesseract):
            placed, own = _read(opened, page, choice, tesseract, before)
        return placed, own
    finally:
        opened.close()


def _read(
    opened: PdfPage, page: Page, choice: Choice | None, tesseract: Tesseract, before: Counted
) -> tuple[Placed, Choice | None]:
    """Return an opened page with its words as it lies now, and the language."""
    sheet = prepared(opened, resolution(opened), tesseract, before)
    if choice is None and sheet.rows:
        choice = detected(sheet, tesseract)
    read = read_words(sheet, choice, tesseract) if choice else Read([])
    return Placed(page, sheet, read), choice
