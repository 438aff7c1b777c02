"""What tesseract writes: words as a table (TSV), single letters as hOCR."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Box

#: Columns of the table: level, page, block, paragraph, line, word, left, top, width, height …
_COLUMNS: Final = 12
_WORD: Final = 5


#: A line of words: its block, paragraph and line, as tesseract counts them.
Line = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its box in pixels, how sure tesseract is (0 to 1), and its line."""

    text: str
    box: Box
    confidence: float
    line: Line = (0, 0, 0)

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.box[2] - self.box[0]


def words(table: str) -> list[Word]:
    """Return the words of a table in its order; what is no row of a word is passed over."""
    found = []
    for line in table.split("\n"):
        cells = line.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != str(_WORD):
            continue
        try:
            block, paragraph, row = (int(cell) for cell in cells[2:5])
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = float(cells[10]) / 100
        except ValueError:
            continue
        text = cells[11].strip()
        if text and width > 0 and height > 0:
            box = (left, top, left + width, top + height)
            found.append(Word(text, box, min(1.0, max(0.0, confidence)), (block, paragraph, row)))
    return found


_LETTER: Final = re.compile(
    r"class=.ocrx_cinfo. title=.x_bboxes (\d+) \d+ (\d+) \d+; x_conf ([\d.]+).>([^<]+)<"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A recognised letter of a line: where it begins and ends, and how sure tesseract is."""

    text: str
    left: int
    right: int
    confidence: float


def letters(page: str) -> list[Letter]:
    """Return the letters of an hOCR page."""
    return [
        Letter(html.unescape(text), int(left), int(right), min(1.0, float(confidence) / 100))
        for left, right, confidence, text in _LETTER.findall(page)
    ]
