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
    heights = sorted(one.height for one in found if one.height > 2)
    if len(heights) < _FEWEST:
        return 0.0
    usual = heights[len(heights) // 2]
    feet = [
        ((one.left + one.right) / 2, one.bottom)
        for one in found
        if 0.6 * usual <= one.height <= 3 * usual and one.width <= 4 * usual
    ]
    best, reach = 0.0, _MOST
    for step in _STEPS:
        count = round(reach / step)
        angles = [best + n * step for n in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_evenness(feet, angle), -abs(angle)))
        reach = step
    return math.radians(best)


def _evenness(feet: Sequence[tuple[float, float]], degrees: float) -> int:
    """Return how closely the feet of letters stand on lines that fall by an angle."""
    slope = math.tan(math.radians(degrees))
    rows = Counter(int(y - x * slope) for x, y in feet)
    return sum(count * count for count in rows.values())
