"""One page from picture to words: straightened, its marks read and taken out, recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scholiast.readers.recognition.components import Component, components
from scholiast.readers.recognition.image import Box, Grey, inked
from scholiast.readers.recognition.marks import raised
from scholiast.readers.recognition.numbers import Mark, marks
from scholiast.readers.recognition.orientation import sideways, turn
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.rendering import POINTS, Picture, drawn
from scholiast.readers.recognition.rows import Row, rows
from scholiast.readers.recognition.series import Counted
from scholiast.readers.recognition.skew import skew

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: The resolution at which the angle of a page is measured.
_COARSE: Final = 150
#: An angle below this (radians, a twelfth of a degree) is left as it is.
_LEVEL: Final = 0.0015
#: How far around a mark the picture is emptied, in pixels.
_EDGE: Final = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page made ready: its upright picture, its ink, its rows, its raised marks."""

    picture: Picture
    ink: Sequence[Component]
    rows: Sequence[Row]
    marks: Sequence[Mark]
    counted: Counted  # how far the marks and notes count

    @property
    def dpi(self) -> int:
        """The resolution of the picture."""
        return round(self.picture.scale * POINTS)

    def without(self, boxes: Iterable[Box]) -> Grey:
        """Return the picture without these boxes and a little around them."""
        wider = [(b[0] - _EDGE, b[1] - _EDGE, b[2] + _EDGE, b[3] + _EDGE) for b in boxes]
        return self.picture.image.without(wider) if wider else self.picture.image


def turn_page(page: PdfPage, tesseract: Tesseract) -> bool:
    """Turn a page upright where tesseract says how it lies; return whether it was turned."""
    degrees = turn(_coarse(page)[0], tesseract, dpi=_COARSE)
    if degrees:
        page.set_rotation((page.get_rotation() + degrees) % 360)
    return bool(degrees)


def _coarse(page: PdfPage) -> tuple[Grey, list[Component]]:
    """Return a small picture of a page with its ink."""
    image = drawn(page, _COARSE).image
    return image, components(inked(image), image.width)


def prepared(page: PdfPage, dpi: float, tesseract: Tesseract, before: Counted) -> Sheet:
    """Draw a page upright, find its rows and rules, and read its raised marks."""
    found = _coarse(page)[1]
    if sideways(found):
        turn_page(page, tesseract)
        found = _coarse(page)[1]
    angle = -skew(found)
    picture = drawn(page, dpi, angle if abs(angle) >= _LEVEL else 0.0)
    found = components(inked(picture.image), picture.image.width)
    lines = rows(found)
    read, counted = marks(picture.image, raised(found, lines), tesseract, before)
    return Sheet(picture, found, lines, read, counted)
