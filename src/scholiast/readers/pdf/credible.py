"""Which series of numbered lines are notes: those that marks in the text call.

Code listings, steps of a method, entries of a bibliography, affiliations and
numbered lines count up as notes do, in small type, at the foot of a page. What
they lack is a mark in the text that calls each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from scholiast.structure.marks import Mark
from scholiast.structure.notelinks import Beginning, Fitting, Series, assign

#: What a line gains whose number is raised in the text of its page, and one with a typed number.
CALLED: Final = 2.0
CALLED_TYPED: Final = 0.5
#: What a line loses whose number nothing calls: more than counting up by one gains.
UNCALLED: Final = 3.5
#: Below a short rule a line with a number is a note also where its mark is lost.
UNCALLED_RULED: Final = 1.5
#: The part of a series that marks call, at least: at the foot or under a heading, and in a list
#: at the end that has no heading.
SHARE: Final = 0.5
SHARE_OF_LIST: Final = 0.8
#: What a mark on the page of its note gains, what a typed mark of a raised number loses.
SAME_PAGE: Final = 1.0
NOT_ALIKE: Final = 2.0
FORBIDDEN: Final = -100.0
#: A text with fewer raised numbers does not raise its marks.
FEW: Final = 3
#: So many notes in a row, not below a rule, without a mark are none.
RUN: Final = 3


class Called:
    """On which pages the numbers of marks stand, the raised and those typed like them."""

    def __init__(
        self, raised: Sequence[Mark], typed: Sequence[Mark], pages: Sequence[tuple[int, int]]
    ) -> None:
        self.starts = [start for start, _ in pages]
        self.pages = [page for _, page in pages]
        self.raised = self._by_number(raised)
        self.typed = self._by_number(typed)

    def _by_number(self, marks: Sequence[Mark]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for mark in marks:
            found[mark.number].add(self.page(mark.start))
        return found

    def page(self, position: int) -> int:
        """Return the page of a position."""
        return self.pages[max(0, bisect_right(self.starts, position) - 1)]

    def raises(self, begun: Sequence[Beginning]) -> bool:
        """Return whether it is the habit of this text to raise the marks of its notes."""
        called = [one for one in begun if self._near(one) & self.raised[one.opening.number]]
        return len(called) >= FEW

    def _near(self, begun: Beginning) -> set[int]:
        """Return the pages on which a mark may call a note."""
        here = self.page(begun.position)
        return {here, here - 1}

    def weighed(self, candidates: Sequence[Beginning], ruled: Collection[int]) -> list[Beginning]:
        """Return candidates for notes with more weight where a mark of their page calls them.

        Those that nothing calls are kept only beside one that counts up to or from them.
        """
        raises = self.raises(candidates)
        judged = []
        for begun in candidates:
            near, number = self._near(begun), begun.opening.number
            if near & self.raised[number]:
                change = CALLED
            elif near & self.typed[number] and not raises:
                change = CALLED_TYPED
            elif begun.opening.line in ruled:
                change = -UNCALLED_RULED
            else:
                change = -begun.weight - UNCALLED
            judged.append(replace(begun, weight=begun.weight + change))
        kept = []
        for before, begun, after in zip([None, *judged], judged, [*judged[1:], None], strict=False):
            number = begun.opening.number
            follows = (
                before is not None and before.opening.number == number - 1 and before.weight > 0
            )
            leads = after is not None and after.opening.number == number + 1 and after.weight > 0
            if begun.weight > -UNCALLED or follows or leads:
                kept.append(begun)
        return kept


def credible(
    series: Sequence[Series],
    raised: Sequence[Mark],
    everything: Sequence[Mark],
    ruled: Collection[int],
    *,
    endnotes: bool,
    fitting: Fitting | None,
    share: float = SHARE,
) -> list[Series]:
    """Return the series that are notes, without the lines among them that are none."""
    trial = [Series(dict(one.notes), first=one.first) for one in series]
    assign(trial, raised, endnotes=endnotes, fitting=fitting)
    wanted = sum(len(one.notes) for one in trial)
    if sum(len(one.marks.keys() & one.notes.keys()) for one in trial) * 2 < wanted:
        for one in trial:
            one.marks.clear()
        assign(trial, everything, endnotes=endnotes, fitting=fitting)
    kept = []
    for one, tried in zip(series, trial, strict=True):
        linked = one.notes.keys() & tried.marks.keys()
        below = {number for number, note in one.notes.items() if note.opening.line in ruled}
        sure = len(linked | below)
        if sure and sure >= share * len(one.notes):
            _without_runs(one, linked | below)
            kept.append(one)
    return kept


class Pages:
    """Whether a mark may call a note: from the page of the note or the one before."""

    def __init__(self, called: Called) -> None:
        self.called = called

    def __call__(self, begun: Beginning, mark: Mark) -> float:
        """Weigh a mark for a note by their pages and by whether both are raised."""
        apart = self.called.page(begun.position) - self.called.page(mark.start)
        if not 0 <= apart <= 1:
            return FORBIDDEN
        alike = begun.opening.style != "super" or mark.style == "super"
        return SAME_PAGE * (not apart) - (0.0 if alike else NOT_ALIKE)


def _without_runs(one: Series, sure: Collection[int]) -> None:
    """Take out of a series the lines without a mark that follow one another, or stand apart.

    A note whose mark is lost stands between notes that are called.
    """
    run: list[int] = []
    before = 0
    for number in [*sorted(one.notes), 0]:
        if number and number not in sure:
            run.append(number)
            continue
        apart = bool(run) and (run[0] - before > RUN or not number)
        if len(run) >= RUN or apart:
            for none in run:
                del one.notes[none]
        run, before = [], number
