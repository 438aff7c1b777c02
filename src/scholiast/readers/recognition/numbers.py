"""The numbers in raised marks, read in one row of digits put together from all of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Box, Grey
from scholiast.readers.recognition.marks import Raised
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.series import Counted, Seen, numbered
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
#: How sure a number is that its series alone tells.
_TOLD: Final = 0.7
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


def marks(
    image: Grey, signs: Sequence[Raised], tesseract: Tesseract, before: Counted
) -> tuple[list[Mark], Counted]:
    """Return those of the raised signs of a page that are numbers or asterisks.

    What cannot be read is told by its series, which goes on from the pages before.
    """
    seen = [
        one
        for first in range(0, len(signs), _IN_ROW)
        for one in _seen(image, signs[first : first + _IN_ROW], tesseract)
    ]
    numbers, last = numbered(seen, before)
    found: list[Mark] = []
    for at, one in enumerate(seen):
        sign, (text, confidence) = one.sign, one.readings[0]
        if at in numbers:
            text, confidence = str(numbers[at]), one.reads(numbers[at]) or _TOLD
        elif not _is_mark(text, confidence) or _in_two_ways(one):
            continue
        found.append(Mark(text, sign.box, sign.foot, sign.height, confidence))
    return found, last


def _seen(image: Grey, row: Sequence[Raised], tesseract: Tesseract) -> Iterator[Seen]:
    """Yield signs with what is read in them, the likelier mark first."""
    pieces = [enlarged(image, _without_ring(sign)) for sign in row]
    # Read twice, in both orders: what stands beside a digit sways how it is read.
    there = read_strip(pieces, tesseract, only=_SIGNS)
    back = read_strip(pieces[::-1], tesseract, only=_SIGNS)[::-1]
    for sign, *readings in zip(row, there, back, strict=True):
        readings.sort(key=lambda one: (_is_mark(*one), one[1]), reverse=True)
        text, confidence = readings[0]
        number = int(text) if _is_mark(text, confidence) and text.isdecimal() else 0
        yield Seen(sign, tuple(readings), number)


def _in_two_ways(one: Seen) -> bool:
    """Return whether a sign outside the series was read as two different numbers."""
    return one.number > 0 and len({text for text, _ in one.readings}) > 1


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
