"""The rows of a page in the order in which they are read: columns one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Final

from scholiast.readers.pdf.lines import Line, line_of
from scholiast.readers.pdf.page import Page, Run
from scholiast.readers.pdf.rows import Row

#: A gap wider than this (in sizes) divides a row where a column may end.
BREAK: Final = 0.75
#: So many lines on each side prove two columns.
FEWEST: Final = 5
#: How full the lines of a column are on the whole.
FULL: Final = 0.55
#: The least width of the strip between two columns, in points.
STRIP: Final = 5.0


@dataclass(slots=True)
class _Part:
    """Runs of one row without a wide gap between them."""

    runs: list[Run]
    row: Row

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return max(run.right for run in self.runs)


def parts_of(row: Row) -> list[_Part]:
    """Return a row divided at its wide gaps."""
    parts: list[_Part] = []
    right = 0.0
    for run in row.runs:
        if parts and run.left - right < BREAK * min(
            row.size, max(run.size, parts[-1].runs[-1].size)
        ):
            parts[-1].runs.append(run)
            right = max(right, run.right)
        else:
            parts.append(_Part([run], row))
            right = run.right
    return parts


def gutters(rows: list[Row]) -> list[float]:
    """Return the middles of the strips between the columns of a page, from left to right."""
    parts = [part for row in rows for part in parts_of(row)]
    if len(parts) < 2 * FEWEST:
        return []
    left, right = min(p.left for p in parts), max(p.right for p in parts)
    return sorted(_divide(parts, left, right, 2))


def _divide(parts: list[_Part], left: float, right: float, depth: int) -> list[float]:
    """Return the strips that divide parts into columns, the best first, then within each."""
    if right - left < 120 or not depth:
        return []
    best: tuple[int, float] | None = None
    edges = sorted({round(p.left, 1) for p in parts if left + 50 < p.left < right - 50})
    counted: dict[float, int] = {}
    for part in parts:
        key = round(part.left, 1)
        counted[key] = counted.get(key, 0) + 1
    for edge in edges:
        if sum(counted.get(round(edge + d, 1), 0) for d in (-0.1, 0.0, 0.1)) < 3:
            continue
        at = edge - 0.5
        score = _strip(parts, at, left, right)
        if score and (best is None or score > best[0]):
            best = (score, at)
    if best is None:
        return []
    at = best[1]
    before = [p for p in parts if p.right <= at + 1]
    after = [p for p in parts if p.left >= at]
    middle = (max(_common(p.right for p in before), left) + at) / 2 if before else at
    middle = min(middle, at)
    return [
        middle if _clear(before, middle) else at,
        *_divide(before, left, at, depth - 1),
        *_divide(after, at, right, depth - 1),
    ]


def _common(values: object) -> float:
    return max(values)  # type: ignore[call-overload, no-any-return]


def _clear(parts: list[_Part], at: float) -> bool:
    return all(part.right <= at for part in parts)


def _strip(parts: list[_Part], at: float, left: float, right: float) -> int:
    """Return how many lines a strip that ends at ``at`` divides; 0 where it divides no columns."""
    before = [p for p in parts if p.right <= at]
    after = [p for p in parts if p.left >= at - 0.6]
    if len(before) < FEWEST or len(after) < FEWEST:
        return 0
    crossing = len(parts) - len(before) - len(after)
    if crossing > 1.5 * min(len(before), len(after)):
        return 0
    high = min(max(p.row.base for p in before), max(p.row.base for p in after))
    low = max(min(p.row.base for p in before), min(p.row.base for p in after))
    if high - low < 3 * parts[0].row.size:
        return 0
    near = max(p.right for p in before)
    begin = min(p.left for p in before)
    end = max(p.right for p in after)
    if at - near < STRIP - 0.5:
        return 0
    within = [p for p in parts if p not in before and low <= p.row.base <= high and p.left < at]
    crossing = sum(1 for p in within if p.right > at)
    if crossing * 2 > min(len(before), len(after)):
        return 0
    if _filled(before, near - begin) < FULL or _filled(after, end - at) < FULL:
        return 0
    return min(len(before), len(after))


def _filled(parts: list[_Part], width: float) -> float:
    """Return how much of a column its lines fill, on the whole."""
    rows: dict[int, float] = {}
    for part in parts:
        rows[id(part.row)] = rows.get(id(part.row), 0.0) + part.right - part.left
    return median(rows.values()) / max(width, 1.0)


def in_order(
    page: Page, rows: list[Row], strips: list[float], foot: int, column: int
) -> list[Line]:
    """Return the lines of a page in reading order.

    ``foot`` is the index of the first row of notes that run under all
    columns; ``column`` is the number of the last column before this page.
    """
    lines: list[Line] = []
    band: list[list[Line]] = [[] for _ in range(len(strips) + 1)]
    held: list[Line] = []  # lines of full width, to be set after the band above them

    def flush() -> None:
        nonlocal column
        for one in band:
            if one:
                column += 1
                for line in one:
                    line.column = column
                lines.extend(one)
            one.clear()

    whole = False
    for at, row in enumerate(rows):
        split = _split(row, strips) if at < foot else None
        if split is None:
            flush()
            if not whole:
                column += 1
            whole = True
            line = line_of(row.runs, page.number, row.size, row.base)
            line.column = column
            lines.append(line)
            continue
        whole = False
        for side, runs in split:
            inner = Row(runs[0])
            inner.runs = runs
            inner.settle()
            band[side].append(line_of(runs, page.number, inner.size, inner.base))
    flush()
    lines.extend(held)
    return [line for line in lines if line.text]


def _split(row: Row, strips: list[float]) -> list[tuple[int, list[Run]]] | None:
    """Return the runs of a row by their columns, or None where it crosses a strip."""
    if not strips:
        return None
    sides: dict[int, list[Run]] = {}
    before: tuple[int, float, float] | None = None  # side, right edge and size
    for run in row.runs:
        side = sum(run.left >= strip - 0.5 for strip in strips)
        if side < len(strips) and run.right > strips[side] + 0.5:
            return None
        if before is not None and side != before[0]:
            least = max(STRIP - 0.5, 0.55 * min(before[2], run.size))
        else:
            least = -1e9
        if before is not None and run.left - before[1] < least:
            return None  # a gap no wider than one of words is no strip
        before = side, max(run.right, before[1] if before and before[0] == side else 0.0), run.size
        sides.setdefault(side, []).append(run)
    return sorted(sides.items())
