"""The numbers in raised marks, read in one row of digits put together from all of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import WHITE, Box, Grey
from scholiast.readers.recognition.marks import Raised
from scholiast.readers.recognition.program import Tesseract

_DIGITS: Final = "0123456789"
_STAR: Final = "*"
#: Signs and letters that also stand high: what is read as one of them is no mark.
_OTHERS: Final = "'\"’”“‘«»?!°thndr"
#: Height in pixels to which marks are enlarged, and the blank between them.
_HEIGHT: Final = 60
_BLANK: Final = 90
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
#: The dpi that is told: digits of this height in print of ten points.
_DPI: Final = 600


@dataclass(frozen=True, slots=True)
class Mark:
    """A raised mark: its digits (or asterisks), its box and row in the picture."""

    text: str
    box: Box
    foot: int
    height: int
    confidence: float


def marks(image: Grey, signs: Sequence[Raised], tesseract: Tesseract, seconds: float) -> list[Mark]:
    """Return those of the raised signs of a page that are numbers or asterisks."""
    found: list[Mark] = []
    for first in range(0, len(signs), _IN_ROW):
        row = signs[first : first + _IN_ROW]
        pieces = [_enlarged(image, sign) for sign in row]
        # Read twice, in both orders: what stands beside a digit sways how it is read.
        there = _read(pieces, tesseract, seconds)
        back = _read(pieces[::-1], tesseract, seconds)[::-1]
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


def _read(pieces: Sequence[Grey], tesseract: Tesseract, seconds: float) -> list[tuple[str, float]]:
    """Return what is read on each of some pictures, and how sure that is."""
    # The last sign of a row is read badly: the first stands there once more.
    picture, places = _row_of([*pieces, pieces[0]])
    only = _DIGITS + _STAR + _OTHERS
    letters = tesseract.letters(picture, dpi=_DPI, seconds=seconds, only=only)
    readings = []
    for start, end in places[:-1]:
        inside = [one for one in letters if start <= one.left < end]
        sure = min((one.confidence for one in inside), default=0.0)
        readings.append(("".join(one.text for one in inside), sure))
    return readings


def _row_of(pieces: Sequence[Grey]) -> tuple[Grey, list[tuple[int, int]]]:
    """Return pictures side by side, and where each stands."""
    height = max(piece.height for piece in pieces) + _BLANK // 2
    width = sum(piece.width + _BLANK for piece in pieces) + 2 * _BLANK
    out = bytearray([WHITE]) * (width * height)
    places = []
    x = _BLANK
    for piece in pieces:
        top = (height - piece.height) // 2
        for y in range(piece.height):
            at = (top + y) * width + x
            out[at : at + piece.width] = piece.data[y * piece.width : (y + 1) * piece.width]
        places.append((x - _BLANK // 2, x + piece.width + _BLANK // 2))
        x += piece.width + _BLANK
    return Grey(width, height, bytes(out)), places


def _enlarged(image: Grey, sign: Raised) -> Grey:
    """Return the picture of one sign, without its ring, enlarged and with full contrast."""
    left, top, right, bottom = _without_ring(sign)
    edge = max(2, (bottom - top) // 6)
    part = image.crop((left - edge, top - edge, right + edge, bottom + edge))
    levels = sorted(part.data)
    paper, ink = levels[len(levels) * 4 // 5], levels[len(levels) // 50]
    reach = max(1, (paper - ink) * 7 // 8)
    table = bytes(max(0, min(WHITE, (level - ink) * WHITE // reach)) for level in range(256))
    part = Grey(part.width, part.height, part.data.translate(table))
    return part.scaled(max(1, round(_HEIGHT / (bottom - top))))


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
