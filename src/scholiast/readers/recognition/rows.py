"""Rows of letters in a picture of a page: where they stand and how high they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scholiast.readers.recognition.components import Component
from scholiast.readers.recognition.skew import usual_height

#: A letter is no lower and no higher than so many usual letters.
_LOWEST: Final = 0.55
_HIGHEST: Final = 3.0
#: Tall letters are at most so many times as high as most of a row.
_TALLEST: Final = 1.6
#: Rows have letters of one size when those in the middle differ by less than this.
_LIKE: Final = 0.08
#: A row of so many letters tells how high tall letters are.
_MANY: Final = 12
#: A rule is at least so many times as wide as it is high, and as the usual letter is.
_RULE: Final = 12
#: Letters a wider gap apart (in usual letters) need not stand in one row.
_REACH: Final = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """Letters side by side: ``foot`` is the line they stand on, ``height`` that of tall ones."""

    letters: tuple[Component, ...]
    left: int
    right: int
    foot: int
    height: int
    own: int = 0  # the height before it is levelled with that of other rows


def rows(found: Sequence[Component]) -> list[Row]:
    """Return the rows of a page that stands upright; a row ends where a wide gap is."""
    usual = usual_height(found)
    letters = [
        one
        for one in found
        if _LOWEST * usual <= one.height <= _HIGHEST * usual and one.width <= 6 * usual
    ]
    measured = [(_row(group), _middling(group)) for group in _groups(letters, usual)]
    levelled = [_levelled(row, middling, measured) for row, middling in measured]
    return sorted(levelled, key=lambda row: (row.foot, row.left))


def rules(found: Sequence[Component]) -> list[Component]:
    """Return the horizontal rules of a page."""
    usual = usual_height(found)
    return [
        one
        for one in found
        if one.width >= _RULE * max(one.height, usual / 3) and one.height <= max(4, usual / 2)
    ]


def _groups(letters: Sequence[Component], usual: int) -> Iterable[list[Component]]:
    """Put letters together that overlap by half of the lower one and are not far apart."""
    band = max(1, 4 * usual)
    ordered = sorted(letters, key=lambda one: one.left)
    open_rows: dict[int, list[list[Component]]] = defaultdict(list)
    done: list[list[Component]] = []
    for one in ordered:
        middle = (one.top + one.bottom) // 2
        best: list[Component] | None = None
        most = 0.5
        for key in (middle // band - 1, middle // band, middle // band + 1):
            for row in open_rows[key]:
                last = row[-1]
                if one.left - max(other.right for other in row[-3:]) > _REACH * usual:
                    continue
                shared = max(_shared(one, other) for other in (last, *row[-4:-1]))
                if shared > most:
                    best, most = row, shared
        if best is None:
            best = []
            done.append(best)
            open_rows[middle // band].append(best)
        best.append(one)
    return done


def _shared(one: Component, other: Component) -> float:
    """Return which part of the lower of two letters stands beside the other."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common / max(1, min(one.height, other.height))


def _row(letters: list[Component]) -> Row:
    """Return a row: most letters stand on its foot, the tall ones reach its height."""
    foot = _peak([(one.bottom, one.width) for one in letters])
    standing = [one for one in letters if abs(one.bottom - foot) <= 3] or letters
    heights = sorted(foot - one.top for one in standing)
    height = max(1, min(heights[-1], int(_TALLEST * heights[len(heights) // 2])))
    return Row(
        tuple(letters),
        min(one.left for one in letters),
        max(one.right for one in letters),
        foot,
        height,
        height,
    )


def _middling(letters: Sequence[Component]) -> int:
    """Return the height of the letter in the middle when they are ordered by height."""
    return sorted(one.height for one in letters)[len(letters) // 2]


def _levelled(row: Row, middling: int, others: Sequence[tuple[Row, int]]) -> Row:
    """Return a row with the height that rows in its size have: it may have no tall letter."""
    like = sorted(
        other.height
        for other, size in others
        if abs(size - middling) <= _LIKE * middling and len(other.letters) >= _MANY
    )
    usual = like[len(like) * 3 // 4] if like else row.height
    return replace(row, height=usual)


def _peak(places: Sequence[tuple[int, int]]) -> int:
    """Return the place at which most of a weight is, give or take a pixel."""
    weights: Counter[int] = Counter()
    for place, weight in places:
        for near, part in ((-1, 1), (0, 2), (1, 1)):
            weights[place + near] += part * weight
    most = max(weights.values())
    return max(place for place, weight in weights.items() if weight == most)
