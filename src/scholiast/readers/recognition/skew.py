"""How far the lines of a page are from level."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from scholiast.readers.recognition.components import Component

#: The largest angle that is looked for, in degrees: a page turned further lies on its side.
_MOST: Final = 4.0
#: The steps by which the angle is found, from coarse to fine, in degrees.
_STEPS: Final = (0.25, 0.05, 0.02)
#: With fewer letters than these a page has no lines to level.
_FEWEST: Final = 60


def skew(found: Sequence[Component]) -> float:
    """Return the angle, in radians, by which lines fall towards the right.

    At the right angle the feet of most letters stand on few lines.
    """
    usual = usual_height(found)
    feet = [
        ((one.left + one.right) / 2, one.bottom)
        for one in found
        if 0.6 * usual <= one.height <= 3 * usual and one.width <= 4 * usual
    ]
    if len(feet) < _FEWEST:
        return 0.0
    best, reach = 0.0, _MOST
    for step in _STEPS:
        count = round(reach / step)
        angles = [best + n * step for n in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_evenness(feet, angle), -abs(angle)))
        reach = step
    return math.radians(best)


def usual_height(found: Sequence[Component]) -> int:
    """Return the height of the letter in whose like half of the ink is: dust does not count."""
    heights: Counter[int] = Counter()
    for one in found:
        if one.width <= 6 * one.height:  # no rules
            heights[one.height] += one.pixels
    half = sum(heights.values()) / 2
    for height in sorted(heights):
        half -= heights[height]
        if half <= 0:
            return height
    return 0


def _evenness(feet: Sequence[tuple[float, float]], degrees: float) -> int:
    """Return how closely the feet of letters stand on lines that fall by an angle."""
    slope = math.tan(math.radians(degrees))
    rows = Counter(int(y - x * slope) for x, y in feet)
    return sum(count * count for count in rows.values())
