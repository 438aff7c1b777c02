"""Which numbers are notes and note marks: a text's numbering as a whole.

A number alone proves nothing, a series does. First the beginnings of notes
are chosen: the heaviest chain of candidate lines in which the numbers count
up, starting again at 1 where they may (a weighted longest chain). Then each
note's mark is sought among the numbers of the body: the heaviest assignment
in which marks and notes stand in the same order (a heaviest increasing
subsequence). Numbers that the series passes over are sought too: a mark
without a note. The method is our own; the idea of judging a citation by its
series is that of reference extractors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.structure.marks import AFTER_WORD, SPACED, Mark, Opening

#: How many candidate lines back a series may be continued from.
REACH: Final = 40
#: No page holds more characters.
PAGE: Final = 8_000
#: The least weight of a mark whose note is missing.
ALONE: Final = 0.4
#: The least weight of a mark that goes on after the last note of a series.
BEYOND: Final = 1.0
#: A text without any notes has lost them only when so many marks count up from 1.
LOST: Final = 4
_NOWHERE: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Beginning:
    """A candidate line for the beginning of a note, with its weight."""

    opening: Opening
    position: int  # offset in the file
    weight: float


#: How well a mark and a note go together by what only a reader knows (their pages); what is
#: far below zero forbids it.
Fitting = Callable[[Beginning, Mark], float]


@dataclass(slots=True)
class Series:
    """The notes that are numbered through together, and the marks found for them."""

    notes: dict[int, Beginning] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)
    repeats: list[Beginning] = field(default_factory=list)  # notes whose number is used twice
    first: int = 1

    @property
    def last(self) -> int:
        """The highest number of a note."""
        return max(self.notes) if self.notes else 0


def chain(candidates: Sequence[Beginning]) -> list[Beginning]:
    """Return the heaviest chain of candidates whose numbers count up or start again."""
    best: list[float] = []
    came: list[int] = []
    for at, candidate in enumerate(candidates):
        score, before = _opening_weight(candidate), -1
        for back in range(at - 1, max(-1, at - 1 - REACH), -1):
            step = _step(candidates[back], candidate)
            if best[back] + step + candidate.weight > score:
                score, before = best[back] + step + candidate.weight, back
        best.append(score)
        came.append(before)
        # A series far back may still be the best one to come after.
        if at > REACH and before == -1:
            far = max(range(max(0, at - 4 * REACH), at - REACH), key=best.__getitem__)
            step = _step(candidates[far], candidate)
            if best[far] + step + candidate.weight > score:
                best[at], came[at] = best[far] + step + candidate.weight, far
    if not best:
        return []
    at = max(range(len(best)), key=best.__getitem__)
    chosen: list[Beginning] = []
    while at >= 0:
        chosen.append(candidates[at])
        at = came[at]
    return chosen[::-1]


def _opening_weight(candidate: Beginning) -> float:
    """Weigh a candidate as the first note of the text."""
    late = 0.0 if candidate.opening.number == 1 else -1.5 - 0.1 * min(candidate.opening.number, 20)
    return candidate.weight + late


def _step(before: Beginning, after: Beginning) -> float:
    """Weigh going from one note to the next: counting up is good, leaping is not."""
    last, number = before.opening.number, after.opening.number
    style = 0.0 if before.opening.style == after.opening.style else -1.0
    if number == last + 1:
        return 2.0 + style
    if number == 1:
        return -0.5 + style
    if number > last + 1:
        return max(-4.0, -1.0 - 0.25 * (number - last - 1)) + style
    if number == last:
        return -2.0 + style
    return -5.0 + style


def split_series(notes: Sequence[Beginning]) -> list[Series]:
    """Return the series of a chain: a number that does not count up begins a new one."""
    found: list[Series] = []
    for order, note in enumerate(notes):
        number = note.opening.number
        following = notes[order + 1].opening.number if order + 1 < len(notes) else number + 1
        if found and 1 < number == found[-1].last and following > number:
            found[-1].repeats.append(note)
            continue
        if not found or number <= found[-1].last:
            found.append(Series())
        found[-1].notes[note.opening.number] = note
    return found


def assign(
    series: Sequence[Series],
    marks: Sequence[Mark],
    *,
    endnotes: bool,
    fitting: Fitting | None = None,
) -> None:
    """Find the mark of each note, and of each number that a series passes over.

    With ``endnotes`` the notes stand after all marks; otherwise a mark stands
    before its note and after the note before last. Numbers a blank after a
    word are looked at only where most of the other marks stand so.
    """
    _assign(series, [mark for mark in marks if mark.weight > SPACED], endnotes, fitting)
    found = [mark for one in series for mark in one.marks.values()]
    if sum(mark.gap for mark in found) * 2 > len(found):
        for one in series:
            one.marks.clear()
        _assign(series, marks, endnotes, fitting)


def _assign(
    series: Sequence[Series], marks: Sequence[Mark], endnotes: bool, fitting: Fitting | None
) -> None:
    """Assign marks to numbers: the heaviest assignment in which both keep their order."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for at, mark in enumerate(marks):
        by_number[mark.number].append(at)
    starts = [mark.start for mark in marks]
    pairs: list[tuple[int, int, float]] = []  # (order of the note, index of the mark, weight)
    wanted: list[tuple[Series, int]] = []
    floor = 0
    for one in series:
        previous_end = floor
        ceilings = _ceilings(one)
        for number in range(one.first, one.last + 1):
            note = one.notes.get(number)
            order = len(wanted)
            wanted.append((one, number))
            ceiling = ceilings[number]
            low = bisect_left(starts, floor) if not endnotes else 0
            for at in by_number[number]:
                mark = marks[at]
                if at < low or (mark.start >= ceiling and not endnotes):
                    continue
                weight = _pair_weight(one, number, mark, previous_end, endnotes=endnotes)
                if fitting is not None and note is not None:
                    weight += fitting(note, mark)
                if weight > 0:
                    pairs.append((order, at, weight))
            if note is not None:
                previous_end = note.position
        if not endnotes and one.notes:
            floor = _floor(one)
    for order, at in _heaviest(pairs, len(marks)):
        one, number = wanted[order]
        one.marks[number] = marks[at]


def _ceilings(one: Series) -> dict[int, int]:
    """Return, for each number, the offset before which its mark must stand."""
    found: dict[int, int] = {}
    least = _NOWHERE
    for number in range(one.last, one.first - 1, -1):
        note = one.notes.get(number)
        least = least if note is None else min(least, note.position)
        found[number] = least
    return found


def _floor(one: Series) -> int:
    """Return the offset after which the marks of the next series stand.

    The last notes may stand below the first words of the next section, so
    the marks may begin a page above the last note.
    """
    return max(note.position for note in one.notes.values()) - PAGE


def _pair_weight(one: Series, number: int, mark: Mark, previous: int, *, endnotes: bool) -> float:
    """Weigh a mark for a number of a series."""
    note = one.notes.get(number)
    if note is None:
        return mark.weight if mark.weight >= ALONE else 0.0
    near = 0.0
    if not endnotes:
        near = 2.0 if previous <= mark.start < note.position else 0.0
    alike = 1.0 if (mark.style == note.opening.style) or mark.style == "super" else 0.0
    return mark.weight + near + alike + 1.0


def _heaviest(pairs: list[tuple[int, int, float]], count: int) -> list[tuple[int, int]]:
    """Return the heaviest chain of pairs in which both members rise.

    A Fenwick tree over the marks holds the best chain that ends at or before
    each, so the whole takes n log n steps.
    """
    tree: list[tuple[float, int]] = [(0.0, -1)] * (count + 2)

    def ask(at: int) -> tuple[float, int]:
        best = (0.0, -1)
        while at > 0:
            if tree[at][0] > best[0]:
                best = tree[at]
            at -= at & -at
        return best

    def tell(at: int, value: tuple[float, int]) -> None:
        while at < len(tree):
            if value[0] > tree[at][0]:
                tree[at] = value
            at += at & -at

    came: list[int] = []
    ordered = sorted(range(len(pairs)), key=lambda i: (pairs[i][0], -pairs[i][1]))
    position = {index: n for n, index in enumerate(ordered)}
    for index in ordered:
        _, at, weight = pairs[index]
        score, before = ask(at)
        came.append(before)
        tell(at + 1, (score + weight, position[index]))
    _, at = ask(count + 1)
    chosen: list[tuple[int, int]] = []
    while at >= 0:
        chosen.append(pairs[ordered[at]][:2])
        at = came[at]
    return chosen[::-1]


def extend(one: Series, marks: Sequence[Mark], start: int, end: int) -> None:
    """Follow a series beyond its last note: marks whose notes the text has lost."""
    number = max([one.last, *one.marks]) + 1
    position = max([mark.end for mark in one.marks.values()] + [start])
    style = next((mark.style for _, mark in sorted(one.marks.items())), "")
    first = bisect_left(marks, position, key=lambda mark: mark.start)
    for mark in marks[first:]:
        if mark.start >= end:
            break
        if mark.start < position:
            continue
        fits = mark.number == number and (not style or mark.style == style)
        if fits and mark.weight >= BEYOND:
            one.marks[number] = mark
            number += 1
            position = mark.end


def without_notes(marks: Sequence[Mark]) -> Series | None:
    """Return the series of marks of a text that has no notes left, if it shows one."""
    one = Series()
    number = 1
    for mark in marks:
        if mark.number == number and mark.style != "symbol" and mark.weight >= AFTER_WORD:
            one.marks[number] = mark
            number += 1
    return one if len(one.marks) >= LOST else None
