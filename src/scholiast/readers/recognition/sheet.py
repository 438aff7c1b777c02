"""One page from picture to words: straightened, its marks read and taken out, recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scholiast.readers.recognition.components import Component, components
from scholiast.readers.recognition.image import Grey, inked
from scholiast.readers.recognition.marks import raised
from scholiast.readers.recognition.numbers import Mark, marks
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.rendering import Picture, drawn
from scholiast.readers.recognition.rows import Row, rows, rules
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
    """A page made ready: its upright picture, its rows and rules, its raised marks."""

    picture: Picture
    image: Grey  # the picture without the marks
    rows: Sequence[Row]
    rules: Sequence[Component]
    marks: Sequence[Mark]


def prepared(page: PdfPage, dpi: int, tesseract: Tesseract, seconds: float) -> Sheet:
    """Draw a page upright, find its rows and rules, and read its raised marks."""
    coarse = drawn(page, _COARSE).image
    angle = -skew(components(inked(coarse), coarse.width))
    picture = drawn(page, dpi, angle if abs(angle) >= _LEVEL else 0.0)
    found = components(inked(picture.image), picture.image.width)
    lines = rows(found)
    read = marks(picture.image, raised(found, lines), tesseract, seconds)
    boxes = [
        (left - _EDGE, top - _EDGE, right + _EDGE, bottom + _EDGE)
        for left, top, right, bottom in (mark.box for mark in read)
    ]
    image = picture.image.without(boxes) if boxes else picture.image
    return Sheet(picture, image, lines, rules(found), read)
