"""Raised note marks in a picture of a page, found by their place before any letter is read.

What recognises letters reads a small raised number as an apostrophe, a
quotation mark or nothing. Its place tells it: it is smaller than the letters
beside it, stands high above their foot, and has no ink below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scholiast.readers.recognition.components import Component
from scholiast.readers.recognition.image import Box
from scholiast.readers.recognition.rows import Row

#: Height of a mark, of that of the tall letters of its row: more than a quotation mark has.
_LOW: Final = 0.39
_HIGH: Final = 0.74
#: How far above the foot of the row it begins at least, and ends.
_RISE: Final = 0.22
_TOP: Final = 0.72
_OVER: Final = 1.4
#: Digits a wider gap apart (in heights of the row) are two marks.
_GAP: Final = 0.34
#: Signs of one mark end at one height, give or take this.
_LEVEL: Final = 0.15
#: Pieces of one sign are no further apart.
_PIECES: Final = 0.065
#: Dust: what is smaller than this (in heights of the row) both ways.
_DUST: Final = 0.115
#: A mark is no wider than so many times its height (three digits).
_WIDE: Final = 2.6
#: A page has two columns when no larger part of its rows runs across the middle.
_ACROSS: Final = 0.2
#: How far outside its row a mark may stand, in heights.
_REACH: Final = 3


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised sign or two that may call or open a note, with the row it belongs to."""

    box: Box
    pieces: tuple[Component, ...]
    foot: int
    height: int
    begins: bool = False  # whether its row begins with it, as that of a note does


def raised(found: Sequence[Component], rows: Sequence[Row]) -> list[Raised]:
    """Return the raised signs of a page, from the top down."""
    bands: dict[int, list[Component]] = defaultdict(list)
    for one in found:
        for band in range(one.top // _BAND, one.bottom // _BAND + 1):
            bands[band].append(one)
    taken: set[int] = set()
    signs: list[Raised] = []
    for row in rows:
        if len(row.letters) < 2:
            continue
        near = _beside(row, bands)
        for group in _signs(row, near):
            if group.begins and _goes_before(group, rows):
                group = replace(group, begins=False)
            if not any(id(piece) in taken for piece in group.pieces):
                taken.update(map(id, group.pieces))
                signs.append(group)
    return _in_order(signs, rows)


def _goes_before(sign: Raised, rows: Sequence[Row]) -> bool:
    """Return whether letters of some row stand left of a sign, close by."""
    left, top, _, bottom = sign.box
    return any(
        row.foot - _OVER * row.height <= top
        and bottom <= row.foot
        and any(0 < left - one.left < _REACH * row.height for one in row.letters)
        for row in rows
    )


def _in_order(signs: Sequence[Raised], rows: Sequence[Row]) -> list[Raised]:
    """Return signs as they are read: column by column, row by row, from the left."""
    middle = _gutter(rows)
    return sorted(signs, key=lambda sign: (sign.box[0] > middle, sign.foot, sign.box[0]))


def _gutter(rows: Sequence[Row]) -> float:
    """Return where the gutter between two columns is; nowhere when rows run across."""
    if not rows:
        return float("inf")
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    middle = (left + right) / 2
    across = sum(row.left < middle < row.right for row in rows)
    return middle if across <= _ACROSS * len(rows) else float("inf")


_BAND: Final = 64


def _beside(row: Row, bands: dict[int, list[Component]]) -> list[Component]:
    """Return the ink of a row and a little around it, without dust, from the left."""
    top, reach = int(row.foot - _OVER * row.height), _REACH * row.height
    found = {
        id(one): one
        for band in range(top // _BAND, row.foot // _BAND + 1)
        for one in bands[band]
        if one.right > row.left - reach
        and one.left < row.right + reach
        and one.top < row.foot
        and one.top >= top
        and max(one.width, one.height) > _DUST * row.height
    }
    return sorted(found.values(), key=lambda one: one.left)


def _signs(row: Row, near: Sequence[Component]) -> Iterator[Raised]:
    """Yield the raised signs of one row; digits close together are one."""
    high = [
        one
        for one in near
        if row.foot - one.bottom >= _RISE * row.height and one.height <= _HIGH * row.height
    ]
    signs = [box for box in _joined(high, _PIECES * row.height) if _fits(row, box, near)]
    for group in _runs(signs, row.height):
        pieces = tuple(piece for sign in group for piece in sign)
        box = _around(pieces)
        if box[2] - box[0] <= _WIDE * (box[3] - box[1]):
            others = [one for one in row.letters if one not in pieces]
            begins = bool(others) and all(box[0] <= one.left for one in others)
            yield Raised(box, pieces, row.foot, row.height, begins)


def _joined(ink: Sequence[Component], gap: float) -> list[list[Component]]:
    """Return pieces that touch from left to right, or nearly, as signs."""
    found: list[list[Component]] = []
    end = float("-inf")
    for one in ink:
        if found and one.left - end <= gap:
            found[-1].append(one)
        else:
            found.append([one])
            end = one.right
        end = max(end, one.right)
    return found


def _fits(row: Row, sign: Sequence[Component], near: Sequence[Component]) -> bool:
    """Return whether a sign has the size and place of a mark, and nothing below it."""
    left, top, right, bottom = _around(sign)
    height, width = bottom - top, right - left
    if not _LOW * row.height <= height <= _HIGH * row.height or width > _WIDE * height:
        return False
    if not _TOP * row.height <= row.foot - top <= _OVER * row.height:
        return False
    within = set(map(id, sign))
    return not any(
        one.left < right and one.right > left and one.bottom > bottom and id(one) not in within
        for one in near
        if one.top < row.foot
    )


def _runs(signs: Sequence[list[Component]], height: int) -> Iterator[list[list[Component]]]:
    """Yield signs in groups: those at one height, close together."""
    group: list[list[Component]] = []
    for sign in signs:
        if group:
            before, here = _around(group[-1]), _around(sign)
            if here[0] - before[2] > _GAP * height or abs(here[3] - before[3]) > _LEVEL * height:
                yield group
                group = []
        group.append(sign)
    if group:
        yield group


def _around(pieces: Sequence[Component]) -> Box:
    return (
        min(one.left for one in pieces),
        min(one.top for one in pieces),
        max(one.right for one in pieces),
        max(one.bottom for one in pieces),
    )
