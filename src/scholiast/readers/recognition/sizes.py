"""Sizes of type, told by the heights of letters, evened out over all pages of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

#: Height of tall letters, and of Han characters, in sizes of their type.
TALL: Final = 0.74
WIDE: Final = 0.9
#: Sizes that differ by less than this are one: heights are measured to a pixel.
_SAME: Final = 0.08
#: Sizes are counted in steps of this (points).
_STEP: Final = 0.1


def evened(measured: Iterable[tuple[float, int]]) -> dict[float, float]:
    """Return, for each size measured (with its number of letters), the usual size it is of."""
    weights: Counter[float] = Counter()
    for size, letters in measured:
        weights[size] += letters
    found: dict[float, float] = {}
    left = dict(weights)
    while left:
        usual = max(left, key=lambda size: (_near(left, size), size))
        like = [size for size in left if abs(size - usual) <= _SAME * usual]
        middle = round(_middle(left, like) / _STEP) * _STEP
        for size in like:
            found[size] = round(middle, 1)
            del left[size]
    return found


def _near(weights: dict[float, int], size: float) -> int:
    """Return how many letters have about this size."""
    return sum(count for one, count in weights.items() if abs(one - size) <= _SAME / 2 * size)


def _middle(weights: dict[float, int], sizes: list[float]) -> float:
    """Return the size of the letter in the middle."""
    half = sum(weights[size] for size in sizes) / 2
    for size in sorted(sizes):
        half -= weights[size]
        if half <= 0:
            return size
    return sizes[-1]
