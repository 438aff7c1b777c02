"""Where the notes of a page stand: at the foot of a column, smaller than the text, below a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.page import Page, Stroke
from scholiast.readers.pdf.rows import Row
from scholiast.readers.pdf.survey import SMALL, Habits
from scholiast.structure.marks import Opening, opening

#: The rule above notes is no longer than this part of its column, where it is a short one.
SHORT_RULE: Final = 0.7
#: … or than this part of the page, where a column of code or verse tells no width.
SHORT_ON_PAGE: Final = 0.3
_SYMBOLS: Final = "*∗⁎†‡§‖¶#"
_LABEL: Final = re.compile(
    rf"\s*[\[(]?(?P<label>\d{{1,3}}|[{re.escape(_SYMBOLS)}]{{1,4}}|[a-z]{{1,4}})[\])]?[.,]?\s*"
)
_AFTER_SIGN: Final = re.compile(r"[.．、]?\s*")


@dataclass(slots=True)
class Zone:
    """The lines at the foot of a column that may be notes."""

    first: int  # index of the first line
    last: int  # exclusive
    ruled: bool = False


def raised_label(line: Line) -> tuple[str, int] | None:
    """Return the raised number or sign that a line begins with, and where its words begin."""
    if not line.stretches or line.stretches[0].run is None or not line.stretches[0].run.raised:
        return None
    end = 0
    for stretch in line.stretches:
        if stretch.run is not None and not stretch.run.raised:
            break
        end = stretch.end
    match = _LABEL.fullmatch(line.text[:end])
    if match is None:
        return None
    while end < len(line.text) and line.text[end].isspace():
        end += 1
    return match["label"].replace("∗", "*").replace("⁎", "*"), end


def begins(line: Line, index: int) -> Opening | None:
    """Return the beginning of a note that a line may be, or None."""
    raised = raised_label(line)
    if raised is not None:
        label, words = raised
        if label.isdecimal():
            number = int(label)
            return Opening(index, number, str(number), "super", words) if number else None
        if label[0] in _SYMBOLS:
            return Opening(index, 0, label, "symbol", words)
        return Opening(index, 0, label, "letter", words)
    found = opening(line.text, index)
    if found is not None and found.style == "circled":
        stop = _AFTER_SIGN.match(line.text, found.words)
        return replace(found, words=stop.end()) if stop else found
    return found


def foot_of(page: Page, rows: Sequence[Row], strips: Sequence[float], body: float) -> int:
    """Return the index of the first row of notes that run under all columns."""
    if not strips:
        return len(rows)
    first = len(rows)
    while first and rows[first - 1].size <= SMALL * body:
        first -= 1
    crossing = False
    for row in rows[first:]:
        left = min(run.left for run in row.runs)
        for strip in strips:
            spans = [r for r in row.runs if r.left < strip - 2 and r.right > strip + 2]
            crossing = crossing or bool(spans)
        if crossing or left < 0:
            break
    if not crossing:
        return len(rows)
    for stroke in page.strokes:
        below = [at for at, row in enumerate(rows) if row.base < stroke.y]
        if below and first < below[0] and below[0] - first < 12:
            wide = [at for at in range(first, below[0]) if _crosses(rows[at], strips)]
            if not wide:
                return below[0]
    return first


def _crosses(row: Row, strips: Sequence[float]) -> bool:
    return any(r.left < s - 2 and r.right > s + 2 for r in row.runs for s in strips)


def zones(lines: Sequence[Line], pages: dict[int, Page], habits: Habits) -> list[Zone]:
    """Return the zones of notes of all pages, in reading order."""
    found: list[Zone] = []
    stacks = _stacks(lines)
    for first, last in stacks:
        zone = _zone(lines, first, last, pages[lines[first].page], habits, found)
        if zone is not None and not _something_below(lines, zone, stacks):
            found.append(zone)
    return found


def _stacks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the ranges of lines of the columns."""
    found = []
    for _, group in groupby(range(len(lines)), key=lambda at: lines[at].column):
        members = list(group)
        found.append((members[0], members[-1] + 1))
    return found


def _something_below(lines: Sequence[Line], zone: Zone, stacks: list[tuple[int, int]]) -> bool:
    """Return whether text stands below a zone on its page."""
    here = lines[zone.first]
    foot = lines[zone.last - 1]
    for first, last in stacks:
        if lines[first].page != here.page or first <= zone.first < last:
            continue
        for line in lines[first:last]:
            over = line.left < here.far and line.right > here.edge
            if over and line.base < foot.base - 2 and line.size > SMALL * here.size * 1.12:
                return True
    return False


def _zone(
    lines: Sequence[Line], first: int, last: int, page: Page, habits: Habits, before: list[Zone]
) -> Zone | None:
    """Return the zone of notes at the foot of one column, or None."""
    suffix = last
    while suffix > first and lines[suffix - 1].size <= SMALL * habits.body:
        suffix -= 1
    ruled, sure = _below_rule(lines, first, last, suffix, page, habits)
    goes_on = (bool(before) and 0 < lines[first].page - lines[before[-1].first].page <= 1) or (
        bool(before) and lines[before[-1].first].page == lines[first].page
    )
    if ruled is not None:
        start = ruled
        opened = begins(lines[start], start) is not None
        later = any(begins(lines[at], at) for at in range(start, last))
        small = all(lines[at].size <= SMALL * habits.body for at in range(start, last))
        if opened or (goes_on and small) or (later and small):
            return Zone(start, last, sure)
    if suffix == last:
        return _same_size(lines, first, last, habits)
    start = suffix
    while start < last and begins(lines[start], start) is None:
        start += 1
    if goes_on and start > suffix and _goes_on_here(lines, first, suffix, start, last, habits):
        start = suffix
    return Zone(start, last) if start < last else None


def _goes_on_here(
    lines: Sequence[Line], first: int, suffix: int, start: int, last: int, habits: Habits
) -> bool:
    """Return whether small lines above the first note of a page go on with the last note."""
    if suffix == first:
        return start < last
    gap = lines[suffix - 1].base - lines[suffix].base
    off = gap > 1.25 * habits.spacing(habits.body)
    if start == last:  # no note begins here
        return off and lines[suffix].size <= 0.9 * habits.body and last - suffix <= 30
    sizes = {round(lines[at].size, 1) for at in range(suffix, start)}
    alike = all(abs(size - lines[start].size) < 0.3 for size in sizes)
    return alike and off


def _below_rule(
    lines: Sequence[Line], first: int, last: int, suffix: int, page: Page, habits: Habits
) -> tuple[int | None, bool]:
    """Return the index of the first line below a rule that stands above notes, or None.

    And whether the rule is a short one at the edge of the column, as nothing else has.
    """
    best: int | None = None
    sure_rule = False
    edge, far = lines[first].edge, lines[first].far
    strokes = [s for s in page.strokes if s.left < far and s.right > edge]
    for at in range(first, last):
        if re.fullmatch(r"[_—―─-]{5,}", lines[at].text.replace(" ", "")):
            line = lines[at]
            line.role = "separator"
            strokes.append(Stroke(line.left, line.right, line.base))
    for stroke in sorted(strokes, key=lambda s: -s.y):
        below = [
            at for at in range(first, last)
            if lines[at].base + 0.3 * lines[at].size < stroke.y and lines[at].role != "separator"
        ]  # fmt: skip
        if not below:
            continue
        start = below[0]
        if lines[start].base + 4 * lines[start].size < stroke.y:
            continue
        if start > first and lines[start - 1].base < stroke.y - 2:
            continue
        small = start >= suffix
        near = abs(stroke.left - edge) < 14
        widest = max(SHORT_RULE * (far - edge), SHORT_ON_PAGE * page.width)
        short = stroke.right - stroke.left < widest
        sure = begins(lines[start], start)
        raised = sure is not None and (sure.style in ("super", "circled", "symbol") or short)
        if near and short and (small or raised):
            best, sure_rule = start, True  # the lowest: boxes of code stand above notes
        elif small and (near or short) and best is None:
            best = start
    return best, sure_rule


def _same_size(lines: Sequence[Line], first: int, last: int, habits: Habits) -> Zone | None:
    """Return the zone of notes as large as the text: lines with raised numbers at the foot."""
    starts = [
        at for at in range(first, last)
        if (raised := raised_label(lines[at])) is not None and raised[0].isdecimal()
    ]  # fmt: skip
    if not starts or starts[0] == first:
        return None
    gap = lines[starts[0] - 1].base - lines[starts[0]].base
    if gap < 1.15 * habits.spacing(habits.body):
        return None
    return Zone(starts[0], last)
