"""Drop capitals in a picture of a page: large first letters beside two rows or more.

A recogniser takes them for letters of one row, or for pictures. They are found
by their place, read by themselves, and taken out of the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from scholiast.readers.recognition.components import Component
from scholiast.readers.recognition.image import Box, Grey
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.rows import Row
from scholiast.readers.recognition.strips import enlarged, read_strip

#: A drop capital is so many times as high as the tall letters of its rows.
_LOWEST: Final = 1.5
_HIGHEST: Final = 6.0
#: It is this wide at least and at most (of its height).
_NARROW: Final = 0.2
_BROAD: Final = 1.7
#: Its rows begin no further from it (in heights of a row).
_NEAR: Final = 1.6
#: What is read with less confidence is left to the page.
_LEAST: Final = 0.4


@dataclass(frozen=True, slots=True)
class Initial:
    """A drop capital: its letter and its box in the picture."""

    text: str
    box: Box
    confidence: float


def large_letters(found: Sequence[Component], rows: Sequence[Row]) -> list[Component]:
    """Return the pieces of ink that stand like drop capitals."""
    if not rows:
        return []
    usual = median(row.height for row in rows for _ in row.letters)
    return [
        one
        for one in found
        if _LOWEST * usual <= one.height <= _HIGHEST * usual
        and _NARROW * one.height <= one.width <= _BROAD * one.height
        and _begins_rows(one, rows, usual)
    ]


def _begins_rows(one: Component, rows: Sequence[Row], usual: float) -> bool:
    """Return whether two rows or more stand right of a letter, and nothing left of it."""
    beside = [
        row
        for row in rows
        if one.top < row.foot - row.height / 2 and row.foot <= one.bottom + usual / 2
    ]
    right = [row for row in beside if 0 <= _start(row, one) - one.right <= _NEAR * usual]
    left = [
        row
        for row in beside
        if row.left < one.left - usual / 2 and row.right > one.left - 3 * usual
    ]
    return len(right) >= 2 and not left


def _start(row: Row, one: Component) -> int:
    """Return where the letters of a row begin behind a large one."""
    return min((letter.left for letter in row.letters if letter.left >= one.right - 2), default=-1)


def initials(
    image: Grey,
    found: Sequence[Component],
    rows: Sequence[Row],
    language: str,
    tesseract: Tesseract,
) -> list[Initial]:
    """Return the drop capitals of a page, read by themselves."""
    large = large_letters(found, rows)
    if not large:
        return []
    pieces = [enlarged(image, one.box) for one in large]
    read = read_strip(pieces, tesseract, language=language)
    return [
        Initial(text, one.box, sure)
        for one, (text, sure) in zip(large, read, strict=True)
        if len(text) == 1 and text.isalpha() and sure >= _LEAST
    ]
