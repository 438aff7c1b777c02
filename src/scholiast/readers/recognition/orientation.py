"""Pages that lie on their side or stand on their head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from scholiast.readers.recognition.components import Component
from scholiast.readers.recognition.image import Grey
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.skew import usual_height
from scholiast.readers.recognition.words import Word

#: Letters stand on lines across the page when these are so many times clearer than those down
#: it (measured: 1.7 to 3.5 on upright pages, with and without columns).
_CLEARLY: Final = 1.3
#: With fewer letters than these a page has no lines.
_FEWEST: Final = 60
#: The program's answer counts when it is so sure (it says 5 to 28 of our pages).
_SURE: Final = 2.0
#: A page of which words are read with less confidence, on the mean, may stand on its head.
_POOR: Final = 0.5


def sideways(found: Sequence[Component]) -> bool:
    """Return whether the lines of a page seem to run down it."""
    usual = usual_height(found)
    letters = [one for one in found if 0.6 * usual <= max(one.height, one.width) <= 3 * usual]
    if len(letters) < _FEWEST:
        return False
    down = _clear(one.right for one in letters) + _clear(one.left for one in letters)
    across = _clear(one.bottom for one in letters) + _clear(one.top for one in letters)
    return down > _CLEARLY * across


def _clear(edges: Iterable[int]) -> int:
    """Return how closely edges of letters stand on few lines."""
    return sum(count * count for count in Counter(edges).values())


def poor(words: Sequence[Word]) -> bool:
    """Return whether a page gave almost nothing."""
    width = sum(word.width for word in words)
    return sum(word.width * word.confidence for word in words) < _POOR * width or not width


def turn(image: Grey, tesseract: Tesseract, *, dpi: int) -> int:
    """Return by how many degrees a page is to be turned clockwise to stand upright."""
    degrees, sure = tesseract.orientation(image, dpi=dpi)
    return degrees if sure >= _SURE else 0
