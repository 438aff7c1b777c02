"""Single signs cut out of a page and read side by side in one picture of one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.readers.recognition.image import WHITE, Box, Grey
from scholiast.readers.recognition.program import Tesseract

#: Height in pixels to which signs are enlarged, and the blank between them.
_HEIGHT: Final = 60
_BLANK: Final = 40
#: The resolution that is told: at it, signs of this height are of ten points.
_DPI: Final = 600


def read_strip(
    pieces: Sequence[Grey],
    tesseract: Tesseract,
    *,
    language: str = "eng",
    only: str = "",
) -> list[tuple[str, float]]:
    """Return what is read on each of some pictures, and how sure that is."""
    # The last sign of a row is read badly: the first stands there once more.
    picture, places = _side_by_side([*pieces, pieces[0]])
    letters = tesseract.letters(picture, language, dpi=_DPI, only=only)
    readings = []
    for start, end in places[:-1]:
        inside = [one for one in letters if start <= one.left < end]
        sure = min((one.confidence for one in inside), default=0.0)
        readings.append(("".join(one.text for one in inside), sure))
    return readings


def _side_by_side(pieces: Sequence[Grey]) -> tuple[Grey, list[tuple[int, int]]]:
    """Return pictures in one row, and where each stands."""
    height = max(piece.height for piece in pieces) + 2 * _BLANK
    width = sum(piece.width + _BLANK for piece in pieces) + _BLANK
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


def enlarged(image: Grey, box: Box) -> Grey:
    """Return a part of a picture with full contrast, enlarged to the height of a strip."""
    left, top, right, bottom = box
    edge = max(2, (bottom - top) // 6)
    part = image.crop((left - edge, top - edge, right + edge, bottom + edge))
    levels = sorted(part.data)
    paper, ink = levels[len(levels) * 4 // 5], levels[len(levels) // 50]
    reach = max(1, (paper - ink) * 7 // 8)
    table = bytes(max(0, min(WHITE, (level - ink) * WHITE // reach)) for level in range(256))
    part = Grey(part.width, part.height, part.data.translate(table))
    return part.scaled(max(1, round(_HEIGHT / (bottom - top))))
