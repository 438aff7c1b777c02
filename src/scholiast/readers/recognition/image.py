"""Pictures of pages in grey, and what is ink in them; plain bytes, without an image library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

WHITE: Final = 255
#: Side of the squares in which paper and ink are told apart, in pixels.
_SQUARE: Final = 96
#: Ink is what is darker than the paper by this share of the distance to the darkest ink.
_DARK: Final = 0.33
#: Paper is the level that this share of a square is darker than.
_PAPER: Final = 0.75
#: The darkest ink is the level that this share of the page is darker than.
_INK: Final = 0.005
#: Ink that differs less from the paper is none: the page is empty.
_LEAST_CONTRAST: Final = 40

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels, right and bottom beyond


@dataclass(frozen=True, slots=True)
class Grey:
    """A picture: one byte a pixel, row by row from the top; 0 is black."""

    width: int
    height: int
    data: bytes

    def pgm(self) -> bytes:
        """Return the picture as a PGM file."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.data

    def crop(self, box: Box) -> Grey:
        """Return a part of the picture; what lies outside is white."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        inside = (max(0, left), min(self.width, right))
        before = bytes([WHITE]) * (inside[0] - left)
        after = bytes([WHITE]) * (right - inside[1])
        rows = []
        for y in range(top, bottom):
            if 0 <= y < self.height:
                row = self.data[y * self.width + inside[0] : y * self.width + inside[1]]
                rows.append(before + row + after)
            else:
                rows.append(bytes([WHITE]) * width)
        return Grey(width, height, b"".join(rows))

    def without(self, boxes: Iterable[Box]) -> Grey:
        """Return the picture with these parts as empty as the paper around them."""
        data = bytearray(self.data)
        for box in boxes:
            left, top, right, bottom = self._within(box)
            if right <= left:
                continue
            level = self._around(left, top, right, bottom)
            for y in range(top, bottom):
                data[y * self.width + left : y * self.width + right] = level * (right - left)
        return Grey(self.width, self.height, bytes(data))

    def only(self, boxes: Iterable[Box]) -> Grey:
        """Return the picture with nothing but these parts, the rest white."""
        data = bytearray([WHITE]) * len(self.data)
        for box in boxes:
            left, top, right, bottom = self._within(box)
            for y in range(top, bottom):
                at = y * self.width
                data[at + left : at + right] = self.data[at + left : at + right]
        return Grey(self.width, self.height, bytes(data))

    def _within(self, box: Box) -> Box:
        left, top, right, bottom = box
        return max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)

    def _around(self, left: int, top: int, right: int, bottom: int) -> bytes:
        """Return the lightest level of the rows and columns around a part."""
        above = max(0, top - 1) * self.width
        below = min(self.height - 1, bottom) * self.width
        edge = self.data[above + left : above + right] + self.data[below + left : below + right]
        ordered = sorted(edge)
        return bytes([ordered[len(ordered) * 3 // 4]])

    def scaled(self, factor: int) -> Grey:
        """Return the picture so many times larger, with even passages between the pixels."""
        rows = [self.data[y * self.width : (y + 1) * self.width] for y in range(self.height)]
        wide = [_stretched(row, factor) for row in rows]
        columns = (_stretched(bytes(column), factor) for column in zip(*wide, strict=True))
        data = b"".join(map(bytes, zip(*columns, strict=True)))
        return Grey(self.width * factor, self.height * factor, data)


def _stretched(row: bytes, factor: int) -> bytes:
    """Return a row of pixels so many times longer."""
    out = bytearray()
    for level, following in zip(row, row[1:] + row[-1:], strict=True):
        out.extend((level * (factor - n) + following * n) // factor for n in range(factor))
    return bytes(out)


def inked(image: Grey) -> bytes:
    """Return a byte for each pixel, 1 where there is ink.

    Paper is lit unevenly: what is ink is decided square by square, by the
    paper of the square and the darkest ink of the page.
    """
    width, height, data = image.width, image.height, image.data
    sample = sorted(data[:: max(1, len(data) // 20_000)])
    darkest = sample[int(len(sample) * _INK)]
    if sample[int(len(sample) * _PAPER)] - darkest < _LEAST_CONTRAST:
        return bytes(len(data))
    out = bytearray(len(data))
    for top in range(0, height, _SQUARE):
        bottom = min(height, top + _SQUARE)
        for left in range(0, width, _SQUARE):
            right = min(width, left + _SQUARE)
            some = sorted(
                b"".join(
                    data[y * width + left : y * width + right : 3] for y in range(top, bottom, 5)
                )
            )
            paper = some[int(len(some) * _PAPER)]
            limit = int(paper - _DARK * max(_LEAST_CONTRAST, paper - darkest))
            if some[0] > limit + _LEAST_CONTRAST:
                continue
            table = b"\1" * max(0, limit) + b"\0" * (256 - max(0, limit))
            for y in range(top, bottom):
                at = y * width
                out[at + left : at + right] = data[at + left : at + right].translate(table)
    return bytes(out)
