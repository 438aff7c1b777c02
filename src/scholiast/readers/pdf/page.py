"""The page model: runs of characters with their place, size and font, and drawn rules.

PDFium's characters come in through ``glyphs``; whoever recognises pictures of
pages (OCR) makes the same ``Page`` of recognised words: runs of one word each
with ``source`` and ``count`` 0 and a ``confidence`` below 1. All that follows
(rows, columns, notes, paragraphs, the reading text) knows this model alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(frozen=True, slots=True)
class Font:
    """What the name and the flags of a font tell."""

    name: str = ""
    bold: bool = False
    italic: bool = False


PLAIN = Font()


@dataclass(slots=True, eq=False)
class Run:
    """Characters of one font and size that follow one another on one line of a page.

    ``source`` is the number of the first character in PDFium's count and
    ``count`` how many of its characters the run takes; where ``repair`` is
    empty the two texts agree character by character.
    """

    text: str
    source: int
    count: int
    left: float
    right: float
    base: float  # the height of the line on which the letters stand
    bottom: float
    top: float
    size: float
    font: Font = PLAIN
    slanted: bool = False
    blank: bool = False  # PDFium sees a blank before it; it is the character ``source - 1``
    glued: bool = False  # no blank belongs before it, however wide the gap
    raised: bool = False  # found to stand above its line, as note marks do
    repair: str = ""
    original: str = ""
    confidence: float = 1.0
    stops: list[tuple[int, float]] = field(default_factory=list)  # where later words begin
    hidden: str = ""  # why it cannot be seen: not part of the text

    @property
    def italic(self) -> bool:
        """Whether the letters lean."""
        return self.slanted or self.font.italic

    @property
    def recognised(self) -> bool:
        """Whether the words were read off a picture; the file does not have them."""
        return self.confidence < 1.0

    def x(self, at: int) -> float:
        """Return about where the character ``at`` of the run begins."""
        first, left, last, right = 0, self.left, len(self.text), self.right
        for stop, place in self.stops:
            if stop <= at:
                first, left = stop, place
            else:
                last, right = stop, place
                break
        return left + (right - left) * (at - first) / max(1, last - first)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A thin horizontal line that is drawn on a page."""

    left: float
    right: float
    y: float


@dataclass(slots=True, eq=False)
class Page:
    """One page: its runs as the file has them, its drawn rules, how it is turned."""

    number: int  # counted from 1
    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0
    turn: int = 0  # by how many degrees the layout was turned to be read upright
    label: str = ""  # from the page labels of the file
    runs: list[Run] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)  # small drawn signs, as of items of lists
    faulty: int = 0  # characters without a meaning (fonts without a map)
    characters: int = 0
    skew: float = 0.0  # radians by which the picture of the page was turned to be recognised
    middle: tuple[float, float] = (0.0, 0.0)  # the place in the layout it was turned around

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the layout in the coordinates of the page."""
        if self.skew:
            x, y = self._slanted((left + right) / 2, (bottom + top) / 2)
            wide, high = (right - left) / 2, (top - bottom) / 2
            left, bottom, right, top = x - wide, y - high, x + wide, y + high
        if self.turn == 90:
            left, bottom, right, top = -top, left, -bottom, right
        elif self.turn == 270:
            left, bottom, right, top = bottom, -right, top, -left
        elif self.turn == 180:
            left, bottom, right, top = -right, -top, -left, -bottom
        return (round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))

    def _slanted(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the layout stands on the page that was scanned askew."""
        across, up = x - self.middle[0], y - self.middle[1]
        cos, sin = math.cos(self.skew), math.sin(self.skew)
        return self.middle[0] + across * cos - up * sin, self.middle[1] + across * sin + up * cos
