"""The words of a page, read in the language of its document and in those of its titles."""

from __future__ import annotations

from scholiast.readers.recognition.languages import Choice
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.sheet import Sheet
from scholiast.readers.recognition.words import Word


def read_words(sheet: Sheet, choice: Choice, tesseract: Tesseract, seconds: float) -> list[Word]:
    """Return the words of a page; raises ``RecognitionError``."""
    dpi = round(sheet.picture.scale * 72)
    return tesseract.read(sheet.image, choice.all, dpi=dpi, seconds=seconds)
