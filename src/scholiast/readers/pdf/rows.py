"""The runs of a page become rows: what stands at one height, raised marks with their words."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from scholiast.readers.pdf.page import Run

#: Runs whose bases differ by less than this part of their size stand in one row.
LEVEL: Final = 0.22
#: Raised or lowered letters are smaller than those beside them by this factor at least.
SMALLER: Final = 0.86
#: How far a raised mark may stand above, and a lowered one below, the row it belongs to.
RAISED: Final = 0.75
LOWERED: Final = 0.4


class Row:
    """Runs at one height, from left to right."""

    __slots__ = ("base", "runs", "size", "words")

    def __init__(self, run: Run) -> None:
        self.runs = [run]
        self.base = run.base
        self.size = run.size
        self.words: str | None = None  # as furniture reads them, once

    def settle(self) -> None:
        """Order the runs, and take base and size from the letters that are most."""
        self.runs.sort(key=lambda run: (run.left, run.source))
        weights: dict[float, int] = {}
        for run in self.runs:
            if not run.raised:
                size = round(run.size, 1)
                weights[size] = weights.get(size, 0) + len(run.text)
        if weights:
            self.size = max(weights, key=lambda size: (weights[size], size))
            level = [run for run in self.runs if not run.raised and round(run.size, 1) == self.size]
            self.base = level[0].base


def rows(runs: list[Run]) -> list[Row]:
    """Return the rows of a page from its top to its foot."""
    found: list[Row] = []
    inked = [run for run in runs if run.text.strip()]
    for run in sorted(inked, key=lambda run: (-run.base, run.left)):
        row = found[-1] if found else None
        if row is not None and abs(row.base - run.base) <= LEVEL * min(row.size, run.size):
            row.runs.append(run)
            if run.size > row.size:
                row.size, row.base = run.size, run.base
        else:
            found.append(Row(run))
    for row in found:
        row.settle()
    found = _with_labels(_with_raised(found))
    for row in found:
        row.settle()
        _raised_within(row)
    return sorted(found, key=lambda row: -row.base)


def _with_raised(found: list[Row]) -> list[Row]:
    """Move raised and lowered small runs to the rows they belong to."""
    bases = [-row.base for row in found]
    moved: set[int] = set()
    for row in found:
        kept: list[Run] = []
        for run in row.runs:
            fixed = id(run) in moved or _in_words(run, row)
            home = _home(run, row, found, bases) if not fixed else None
            if home is None:
                kept.append(run)
            else:
                moved.add(id(run))
                run.raised = run.base > home.base
                home.runs.append(run)
                home.runs.sort(key=lambda run: (run.left, run.source))
        row.runs = kept
    return [row for row in found if row.runs]


def _with_labels(found: list[Row]) -> list[Row]:
    """Move a number that stands by itself to the row right of it, a little lower: a note's number.

    Where the words of a note are as small as its number, size does not tell.
    """
    kept: list[Row] = []
    for order, row in enumerate(found):
        lone = row.runs[0]
        label = len(row.runs) == 1 and len(lone.text) <= 3 and lone.text.strip().isdecimal()
        home = next((b for b in found[order + 1 : order + 3] if _beside(lone, row, b)), None)
        if label and home is not None:
            lone.raised = True
            home.runs.insert(0, lone)
        else:
            kept.append(row)
    return kept


def _beside(lone: Run, row: Row, below: Row) -> bool:
    """Return whether a row begins right of a number and a little lower, in letters as small."""
    lower = 0 < row.base - below.base <= RAISED * below.size
    right = 0 <= below.runs[0].left - lone.right < below.size
    return lower and right and lone.size <= 1.2 * below.size


def _in_words(run: Run, row: Row) -> bool:
    """Return whether a run stands among words of its own size, as no mark does."""
    alike = [one for one in row.runs if abs(one.size - run.size) < 0.1 * run.size]
    at = next((n for n, one in enumerate(alike) if one is run), -1)
    letters = len(run.text)
    for step in (-1, 1):
        here, there = at, at + step
        while at >= 0 and 0 <= there < len(alike) and letters <= 12:
            gap = (alike[there].left - alike[here].right) * step
            if step < 0:
                gap = alike[here].left - alike[there].right
            if gap > 1.2 * run.size:
                break
            letters += len(alike[there].text)
            here, there = there, there + step
    return letters > 12


def _home(run: Run, own: Row, found: list[Row], bases: list[float]) -> Row | None:
    """Return the row of larger letters that a small run is raised or lowered from."""
    if len(run.text) > 12:
        return None
    reach = 2.2 * run.size
    first = bisect_left(bases, -run.base - reach * LOWERED)
    best: tuple[float, Row] | None = None
    for row in found[first:]:
        if row.base < run.base - reach:
            break
        if row is own or not row.runs:
            continue
        away = run.base - row.base
        for other in row.runs:
            if other is run or run.size > SMALLER * other.size or other.raised:
                continue
            if not -LOWERED * other.size <= away <= RAISED * other.size:
                continue
            gap = max(run.left - other.right, other.left - run.right)
            follows = run.left >= other.left
            if gap > (0.7 if follows else 2.5) * other.size or gap < -0.6 * other.size:
                continue
            weight = abs(gap) + abs(away)
            if best is None or weight < best[0]:
                best = (weight, row)
    return best[1] if best is not None else None


def _raised_within(row: Row) -> None:
    """Find raised runs among those that stand in the row already."""
    before: Run | None = None
    for run in row.runs:
        small = run.size <= SMALLER * row.size and len(run.text) <= 12
        near = before is None or run.left - before.right < 0.7 * row.size
        if small and near and run.base - row.base > 0.1 * row.size:
            run.raised = True
        before = run
