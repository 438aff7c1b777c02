"""Which numbers raised signs are, told by their series: marks and notes of a page count up.

A sign of which only a ring or a blot is readable still has its place between
its neighbours. It is given a number only where the numbers before and behind
it leave just one, or where marks and notes of a page bear each other out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.marks import Raised

#: What a number gains by its reading, by a reading of some of its digits, by none.
_READ: Final = 2.0
_PARTLY: Final = 0.4
_UNREAD: Final = 0.2
#: What a number costs that is passed over, and how many may be.
_PASSED: Final = 0.5
_MOST_PASSED: Final = 3
#: A reading as another sign must be so sure to count.
_SURE: Final = 0.6
#: Marks and notes of which none is read bear each other out when there are so many of both.
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """A raised sign and what was read in it, with confidence; the best number comes first."""

    sign: Raised
    readings: tuple[tuple[str, float], ...]
    number: int = 0  # as it was read; 0: no number

    def reads(self, number: int) -> float:
        """Return how surely this number was read, 0 where it was not."""
        return max((sure for text, sure in self.readings if text == str(number)), default=0.0)

    @property
    def surest(self) -> tuple[str, float]:
        """What was read most surely."""
        return max(self.readings, key=lambda one: one[1], default=("", 0.0))


@dataclass(frozen=True, slots=True)
class Counted:
    """The last numbers of the pages before: of the marks in the text and of the notes."""

    marks: int = 0
    notes: int = 0


def numbered(seen: Sequence[Seen], before: Counted) -> tuple[dict[int, int], Counted]:
    """Return the numbers of signs, by their place in the sequence, and how far they count.

    Signs that have no place in the series are left out.
    """
    notes = [at for at, one in enumerate(seen) if one.sign.begins]
    marks = [at for at, one in enumerate(seen) if not one.sign.begins]
    below = _series([seen[at] for at in notes], before.notes)
    above = _series([seen[at] for at in marks], before.marks)
    alike = list(below.values()) == list(above.values())
    read = [*_read(seen, notes, below), *_read(seen, marks, above)]
    sure = alike and (bool(read) or len(above) >= _ENOUGH)
    found: dict[int, int] = {}
    for places, series in ((notes, below), (marks, above)):
        own = [seen[at] for at in places]
        found |= {places[at]: n for at, n in _borne_out(own, series, sure=sure)}
    last = Counted(
        max((found[at] for at in marks if at in found), default=before.marks),
        max((found[at] for at in notes if at in found), default=before.notes),
    )
    return found, last


def _read(seen: Sequence[Seen], places: Sequence[int], series: dict[int, int]) -> list[int]:
    """Return the numbers of a series that were read as what they are."""
    return [number for at, number in series.items() if seen[places[at]].reads(number)]


def _borne_out(
    seen: Sequence[Seen], series: dict[int, int], *, sure: bool
) -> Iterator[tuple[int, int]]:
    """Yield the places and numbers of a series that are read, or stand between such as are."""
    read = [at for at, number in series.items() if seen[at].reads(number)]
    for at, number in series.items():
        earlier = max((one for one in read if one <= at), default=-1)
        later = min((one for one in read if one >= at), default=-1)
        between = [one for one in series if earlier <= one <= later]
        whole = earlier >= 0 and later >= 0 and series[later] - series[earlier] == len(between) - 1
        if whole or sure:
            yield at, number


def _series(seen: Sequence[Seen], before: int) -> dict[int, int]:
    """Return the numbers of the heaviest series that counts up, by place."""
    # By the last number: the weight of the best series that ends with it, and its numbers.
    best: dict[int, tuple[float, dict[int, int]]] = {before: (0.0, {})}
    for at, one in enumerate(seen):
        here = dict(best)
        for last, (weight, numbers) in best.items():
            for number in _candidates(one, last, first=not numbers):
                gain = _gain(one, number)
                passed = number - last - 1
                if number <= last or passed > _MOST_PASSED:
                    if numbers:
                        continue
                    passed = _MOST_PASSED  # a series that starts anew, or after lost pages
                total = weight + gain - _PASSED * passed
                if gain > 0 and (number not in here or total > here[number][0]):
                    here[number] = (total, {**numbers, at: number})
        best = here
    return max(best.values(), key=lambda one: one[0])[1]


def _candidates(one: Seen, last: int, *, first: bool) -> set[int]:
    following = set(range(last + 1, last + 2 + _MOST_PASSED))
    return following | {one.number} if first and one.number else following


def _gain(one: Seen, number: int) -> float:
    """Return what speaks for a sign's being a number; nothing where that cannot be."""
    text = str(number)
    exact = one.reads(number)
    if exact:
        return _READ * exact
    read, sure = one.surest
    if read and read in text and len(read) < len(text):
        return _PARTLY
    return _UNREAD if sure < _SURE or not read else 0.0
