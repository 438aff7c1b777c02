"""The numbers in raised marks, read in one row of digits put together from all of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Box, Grey
from scholiast.readers.recognition.marks import Raised
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.strips import enlarged, read_strip

_DIGITS: Final = "0123456789"
_STAR: Final = "*"
#: Signs and letters that also stand high: what is read as one of them is no mark.
_OTHERS: Final = "'\"’”“‘«»?!°thndr"
_SIGNS: Final = _DIGITS + _STAR + _OTHERS
#: So many marks are read in one row; longer rows lose some.
_IN_ROW: Final = 14
#: A number of a note has no more digits.
_LONGEST: Final = 3
#: What is read with less confidence is no digit.
_LEAST: Final = 0.25
_LEAST_STAR: Final = 0.6
#: A ring is about as wide as it is high, and what it holds this far from its edge.
_ROUND: Final = 0.2
_INSIDE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Mark:
    """A raised mark: its digits (or asterisks), its box and row in the picture."""

    text: str
    box: Box
    foot: int
    height: int
    confidence: float


def marks(image: Grey, signs: Sequence[Raised], tesseract: Tesseract) -> list[Mark]:
    """Return those of the raised signs of a page that are numbers or asterisks."""
    found: list[Mark] = []
    for first in range(0, len(signs), _IN_ROW):
        row = signs[first : first + _IN_ROW]
        pieces = [enlarged(image, _without_ring(sign)) for sign in row]
        # Read twice, in both orders: what stands beside a digit sways how it is read.
        there = read_strip(pieces, tesseract, only=_SIGNS)
        back = read_strip(pieces[::-1], tesseract, only=_SIGNS)[::-1]
        for sign, *readings in zip(row, there, back, strict=True):
            text, confidence = max(readings, key=lambda one: (_is_mark(*one), one[1]))
            if _is_mark(text, confidence):
                found.append(Mark(text, sign.box, sign.foot, sign.height, confidence))
    return found


def _is_mark(text: str, confidence: float) -> bool:
    """Return whether what was read is a number of at most three digits, or asterisks."""
    if text.isascii() and text.isdigit():
        return len(text) <= _LONGEST and text[0] != "0" and confidence >= _LEAST
    return bool(text) and set(text) == {_STAR} and confidence >= _LEAST_STAR


def _without_ring(sign: Raised) -> Box:
    """Return the box of the digit in a ring, or that of the whole sign."""
    left, top, right, bottom = sign.box
    width, height = right - left, bottom - top
    if abs(width - height) > _ROUND * height:
        return sign.box
    edge = _INSIDE * height
    inside = [
        one
        for one in sign.pieces
        if one.left >= left + edge
        and one.right <= right - edge
        and one.top >= top + edge
        and one.bottom <= bottom - edge
        and one.height >= 0.3 * height
    ]
    if not inside or len(inside) == len(sign.pieces):
        return sign.box
    return (
        min(one.left for one in inside),
        min(one.top for one in inside),
        max(one.right for one in inside),
        max(one.bottom for one in inside),
    )
