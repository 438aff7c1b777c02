"""What the whole of a PDF shows: the size of its text, its margins, its habits."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.page import Page

#: Sizes that differ by less than this part are one size.
ALIKE: Final = 0.05
#: A line is smaller than the text when its size is so many times the text's.
SMALL: Final = 0.94
#: The part of a page, from its top, that is sure to hold text more than notes.
UPPER: Final = 0.55


def body_size(pages: Sequence[Page]) -> float:
    """Return the size of the letters of the text."""
    weights: Counter[float] = Counter()
    for page in pages:
        if not page.runs:
            continue
        high = max(run.base for run in page.runs)
        low = min(run.base for run in page.runs)
        cut = high - UPPER * (high - low)
        for run in page.runs:
            count = len(run.text)
            weights[round(run.size * 4) / 4] += 3 * count if run.base >= cut else count
    if not weights:
        return 10.0
    total = sum(weights.values())
    often = max(weights.values())
    # Where notes take more room than text, the larger of the common sizes is the text's.
    common = [size for size, weight in weights.items() if weight >= 0.5 * often]
    best = max(common)
    near = {size: weight for size, weight in weights.items() if abs(size - best) <= 0.5}
    return max(near, key=lambda size: near[size]) if total else 10.0


@dataclass(slots=True)
class Habits:
    """How the text of a PDF is set."""

    body: float = 10.0
    leading: dict[float, float] = field(default_factory=dict)  # by size
    indented: bool = False  # paragraphs begin with an indent
    justified: bool = False
    indent: float = 0.0  # of a paragraph's first line, in points

    def spacing(self, size: float) -> float:
        """Return the usual distance of two lines of a size."""
        key = _key(size)
        found = self.leading.get(key)
        if found is not None:
            return found
        usual = self.leading.get(_key(self.body), 1.2 * self.body)
        return usual * size / self.body


def _key(size: float) -> float:
    return round(size * 2) / 2


def settle(lines: Sequence[Line], body: float) -> Habits:
    """Give the lines the edges of their columns; return the habits of the text."""
    habits = Habits(body)
    _edges(lines, body)
    _leading(lines, habits)
    _first_lines(lines, habits)
    return habits


def _edges(lines: Sequence[Line], body: float) -> None:
    """Tell every line where its column begins and ends."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    lefts: dict[int, Counter[int]] = {0: Counter(), 1: Counter()}
    for line in lines:
        if abs(line.size - body) < ALIKE * body and not line.beside:
            lefts[line.page % 2][round(line.left)] += 1
    common = {
        parity: [left for left, count in found.most_common(6) if count * 12 >= found.total()]
        for parity, found in lefts.items()
    }
    for members in columns.values():
        text = [line for line in members if abs(line.size - body) < ALIKE * body] or members
        parity = members[0].page % 2
        own = _common_left(text)
        # A column that holds nothing but what stands in takes the margin of the others.
        usual = [left for left in common[parity] if own - 6 * body < left <= own + 2]
        edge = min(usual, default=own) if len(text) < 8 else own
        if usual and abs(min(usual) - own) < 6 * body and not _crowded(text, own):
            edge = min(own, *usual)
        far = _common_right(text)
        for line in members:
            line.edge, line.far = edge, max(far, own + 10)
    _fars(columns, body)


def _crowded(lines: Sequence[Line], edge: float) -> bool:
    """Return whether many lines of a column begin at its edge."""
    return sum(abs(line.left - line.beside - edge) < 2 for line in lines) >= max(3, len(lines) // 3)


def _common_left(lines: Sequence[Line]) -> float:
    """Return the left edge at which the lines of a column begin, the leftmost of the common."""
    counted: Counter[int] = Counter()
    for line in lines:
        counted[round(line.left - line.beside)] += 1
    if not counted:
        return 0.0
    often = max(counted.values())
    joined = {x: sum(counted[x + d] for d in (-1, 0, 1)) for x in counted}
    good = [x for x, count in joined.items() if count >= max(2, 0.34 * often)]
    left = min(good) if good else min(counted)
    near = [line.left - line.beside for line in lines if abs(line.left - line.beside - left) <= 1.5]
    return min(near) if near else float(left)


def _common_right(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[int((len(rights) - 1) * 0.9)] if rights else 0.0


def _fars(columns: dict[int, list[Line]], body: float) -> None:
    """Widen short columns to the width that columns with the same left edge have."""
    widths: dict[int, list[float]] = defaultdict(list)
    for members in columns.values():
        if len(members) >= 4:
            widths[round(members[0].edge / 4)].append(members[0].far)
    usually: dict[int, float | None] = {}  # of each left edge, found once
    for members in columns.values():
        if len(members) >= 12:
            continue
        key = round(members[0].edge / 4)
        if key not in usually:
            others = sorted(itertools.chain(*(widths.get(key + d, ()) for d in (-1, 0, 1))))
            usually[key] = others[len(others) // 2] if others else None
        usual = usually[key]
        if usual is not None:
            for line in members:
                line.far = max(line.far, usual)


def _leading(lines: Sequence[Line], habits: Habits) -> None:
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for above, line in itertools.pairwise(lines):
        if above.column == line.column and abs(above.size - line.size) < 0.3:
            gap = above.base - line.base
            if 0.8 * line.size <= gap <= 3.2 * line.size:
                gaps[_key(line.size)][round(gap * 4) / 4] += 1
    for size, counted in gaps.items():
        joined = {
            gap: count + counted.get(gap + 0.25, 0) + counted.get(gap - 0.25, 0)
            for gap, count in counted.items()
        }
        often = max(joined.values())
        habits.leading[size] = min(gap for gap, count in joined.items() if count >= 0.6 * often)


def _first_lines(lines: Sequence[Line], habits: Habits) -> None:
    """Find whether paragraphs begin with an indent, and whether lines fill the column."""
    body = [line for line in lines if abs(line.size - habits.body) < ALIKE * habits.body]
    stands: Counter[int] = Counter()
    full = 0
    for above, line, below in zip(body, body[1:], body[2:], strict=False):
        if not above.column == line.column == below.column:
            continue
        full += abs(line.right - line.far) < 1.5
        inside = 0.6 < line.indent < 6 and abs(below.indent) < 0.3 and abs(above.indent) < 0.3
        near = above.base - line.base < 1.3 * habits.spacing(line.size)
        if inside and near:
            stands[round(line.left - line.edge)] += 1
    habits.justified = full * 10 > 5 * len(body)
    if stands:
        indent, _ = stands.most_common(1)[0]
        count = sum(stands[indent + d] for d in (-1, 0, 1))
        if count >= 2 and count * 60 >= len(body):
            habits.indented, habits.indent = True, float(indent)
