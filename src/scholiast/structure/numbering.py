"""The notes of a plain text: which lines are notes, which numbers call them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from scholiast.structure.beginnings import ABOVE, before, beginnings, note_ranges
from scholiast.structure.continued import continued
from scholiast.structure.line_headings import LineHeading
from scholiast.structure.lines import Layout
from scholiast.structure.marks import LINE_START, Mark, Opening, marks, opening
from scholiast.structure.notelinks import (
    Beginning,
    Series,
    assign,
    chain,
    extend,
    split_series,
    without_notes,
)
from scholiast.structure.sections import opening as heading_words

#: How many series may be taken back as no notes, one a round.
ROUNDS = 12


@dataclass(slots=True)
class FoundNote:
    """A note as it was found: its number, its lines, its mark."""

    number: int
    label: str
    lines: tuple[int, int] | None = None  # indexes, the end exclusive; None where it is missing
    words: int = 0  # characters before the words on its first line
    mark: Mark | None = None
    more: tuple[int, ...] = ()  # indexes of the lines on which it goes on, a page further
    series: int = 0
    endnote: bool = False


@dataclass(slots=True)
class Numbering:
    """All notes and marks of a text."""

    notes: list[FoundNote] = field(default_factory=list)


def number_notes(text: str, layout: Layout, headings: Sequence[LineHeading]) -> Numbering:
    """Return the notes of a text and their marks; give note lines their role."""
    under = _under_notes_headings(layout, headings)
    possible = [m for m in marks(text, 0, len(text)) if _in_body(layout, text, m)]
    under = under or _list_at_end(layout, possible)
    candidates = beginnings(layout, possible, under)
    series: list[Series] = []
    for _ in range(ROUNDS):
        chosen = chain(candidates)
        series = split_series(chosen)
        starts = [note.opening.line for one in series for note in _all(one)]
        ranges = note_ranges(layout, sorted(starts), under)
        body_marks = _outside(layout, possible, ranges, candidates_lines=set(starts))
        for one in series:
            one.marks.clear()
        endnotes = _at_end(layout, ranges, under)
        assign(series, body_marks, endnotes=endnotes)
        doubtful = [one for one in series if not _credible(layout, one, under)]
        if not doubtful:
            break
        # One false series may cover the marks of a true one: the least likely goes first.
        worst = min(doubtful, key=_likeliness)
        drop = {id(note) for note in _all(worst)}
        candidates = [c for c in candidates if id(c) not in drop]
    return _finish(text, layout, series, possible, headings, under)


def _likeliness(one: Series) -> float:
    """Return how much the lines of a series look like notes, on average."""
    notes = _all(one)
    return sum(note.weight for note in notes) / max(1, len(notes))


def _all(one: Series) -> list[Beginning]:
    """Return every note of a series, those with a number used twice too."""
    return [*one.notes.values(), *one.repeats]


def _under_notes_headings(layout: Layout, headings: Sequence[LineHeading]) -> list[tuple[int, int]]:
    """Return the ranges of lines that stand under headings such as "Notes"."""
    ranges = []
    for order, heading in enumerate(headings):
        if heading_words(heading.title).kind == "notes":
            later = (h.first for h in headings[order + 1 :])
            ranges.append((heading.last, next(later, len(layout.lines))))
    return ranges


def _list_at_end(layout: Layout, possible: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return the lines of a list of notes that ends the text without a heading of its own.

    It begins with a line numbered 1, holds about as many notes as the text
    has marks above it, and next to no marks stand behind it. The numbers may
    start again, as they do where every section has its own.
    """
    places = [mark.start for mark in possible if mark.weight > LINE_START]
    begun = [
        found
        for at, line in enumerate(layout.lines)
        if line.role == "" and (found := opening(line.text, at)) is not None
    ]
    last_rule = max((at for at, line in enumerate(layout.lines) if line.rule), default=-1)
    for order, found in enumerate(begun):
        if found.number != 1:
            continue
        above = bisect_left(places, layout.lines[found.line].start)
        behind = len(places) - above
        listed = _counted_up(begun[order:])
        ruled = before(layout, found.line)[2] and found.line > last_rule and listed >= 3
        ruled = ruled and behind * 4 <= listed
        marked = above >= 3 and behind * 4 <= above and listed * 5 >= 3 * above
        if ruled or marked:
            return [(found.line, len(layout.lines))]
    return []


def _counted_up(begun: Sequence[Opening]) -> int:
    """Return how many lines count up from 1, starting again where another 1 follows."""
    expected, count = 1, 0
    for found in begun:
        if found.number == expected or found.number == 1:
            expected = found.number + 1
            count += 1
    return count


def _line_at(layout: Layout, position: int) -> int:
    """Return the index of the line that an offset of the file lies in."""
    at = bisect_left(layout.lines, position + 1, key=lambda line: line.start) - 1
    return max(at, 0)


def _in_body(layout: Layout, text: str, mark: Mark) -> bool:
    """Return whether a mark stands where text is: not in furniture, not in front of a line."""
    line = layout.lines[_line_at(layout, mark.start)]
    if line.role in ("furniture", "letter"):
        return False
    return mark.start > line.start or mark.weight == LINE_START


def _outside(
    layout: Layout,
    possible: Sequence[Mark],
    ranges: Sequence[tuple[int, int]],
    candidates_lines: set[int],
) -> list[Mark]:
    """Return the marks that do not stand inside notes."""
    spans = [(layout.lines[first].start, layout.lines[last - 1].end) for first, last in ranges]
    spans.sort()
    firsts = [span[0] for span in spans]
    outside = []
    for mark in possible:
        at = bisect_left(firsts, mark.start + 1) - 1
        if at >= 0 and spans[at][0] <= mark.start < spans[at][1]:
            continue
        outside.append(mark)
    return outside


def _at_end(
    layout: Layout, ranges: Sequence[tuple[int, int]], under: Sequence[tuple[int, int]]
) -> bool:
    """Return whether the notes stand together behind the text they belong to."""
    if not ranges:
        return False
    headed = sum(any(a <= first < b for a, b in under) for first, _ in ranges)
    if headed * 2 > len(ranges) and len(under) == 1:
        return True
    taken = {at for first, last in ranges for at in range(first, last)}
    first = ranges[0][0]
    behind = [
        line
        for at, line in enumerate(layout.lines)
        if at > first and at not in taken and line.text and line.role == "" and not line.rule
    ]
    inked = sum(1 for line in layout.lines if line.text)
    return len(behind) * 40 < inked and len(behind) < 40 and len(ranges) > 2


def _credible(layout: Layout, one: Series, under: Sequence[tuple[int, int]]) -> bool:
    """Return whether a series is one of notes and not a numbered list."""
    found = sum(1 for number in one.notes if number in one.marks)
    if found * 3 >= len(one.notes) and found:
        return True
    ruled = sum(before(layout, note.opening.line)[2] for note in one.notes.values())
    headed = sum(any(a <= note.opening.line < b for a, b in under) for note in one.notes.values())
    return (ruled > 0 and found > 0) or headed * 2 > len(one.notes) or ruled * 2 > len(one.notes)


def _finish(
    text: str,
    layout: Layout,
    series: list[Series],
    possible: Sequence[Mark],
    headings: Sequence[LineHeading],
    under: Sequence[tuple[int, int]],
) -> Numbering:
    """Give the lines of the notes their role, follow the series beyond their notes."""
    symbols = _symbol_notes(layout, possible)
    starts = sorted(
        [note.opening.line for one in series for note in _all(one)]
        + [begun.line for begun, _ in symbols]
    )
    ranges = dict(zip(starts, note_ranges(layout, starts, under), strict=True))
    for first, last in ranges.values():
        for line in layout.lines[first:last]:
            if line.text and line.role == "":
                line.role = "note"
    more = continued(layout, ranges, under)
    body = _outside(layout, possible, sorted(ranges.values()), set(starts))
    _extend_all(layout, series, body, headings)
    numbering = Numbering()
    for order, one in enumerate(series):
        again = {note.opening.number: note for note in one.repeats}
        for number in sorted(set(one.notes) | set(one.marks)):
            found = FoundNote(number, str(number), mark=one.marks.get(number), series=order)
            numbering.notes.append(found)
            if number in one.notes:
                _fill(found, one.notes[number], ranges, more, under)
            if number in again:
                twice = FoundNote(number, str(number), series=order)
                _fill(twice, again[number], ranges, more, under)
                numbering.notes.append(twice)
    for begun, mark in symbols:
        numbering.notes.append(
            FoundNote(0, begun.label, ranges[begun.line], begun.words, mark, series=-1)
        )
    return numbering


def _fill(
    found: FoundNote,
    note: Beginning,
    ranges: dict[int, tuple[int, int]],
    more: dict[int, tuple[int, ...]],
    under: Sequence[tuple[int, int]],
) -> None:
    """Tell a note the lines that it takes."""
    line = note.opening.line
    found.lines = ranges[line]
    found.words = note.opening.words
    found.more = more.get(line, ())
    found.endnote = any(a <= line < b for a, b in under)


def _extend_all(
    layout: Layout, series: list[Series], body: list[Mark], headings: Sequence[LineHeading]
) -> None:
    """Find the marks whose notes the text has lost: after a series, or in a whole section."""
    borders = sorted(layout.lines[h.first].start for h in headings)
    end_of_text = layout.lines[-1].end + 1 if layout.lines else 0
    spans: list[tuple[int, int]] = []
    for order, one in enumerate(series):
        placed = [mark.start for mark in one.marks.values()]
        if not placed:
            continue
        later = [m.start for s in series[order + 1 :] for m in s.marks.values()]
        following = [border for border in borders if border > max(placed)]
        restarts = len(series) > 1
        limit = min([*later[:1], *(following[:1] if restarts else []), end_of_text])
        extend(one, body, max(placed), limit)
        spans.append((min(placed), max(m.end for m in one.marks.values())))
    edges = [0, *borders, end_of_text]
    for first, last in itertools.pairwise(edges):
        if any(start < last and end > first for start, end in spans):
            continue
        lost = without_notes([m for m in body if first <= m.start < last])
        if lost is not None:
            series.append(lost)


def _symbol_notes(layout: Layout, possible: Sequence[Mark]) -> list[tuple[Opening, Mark]]:
    """Return the notes called by symbols (*, †): a line and a mark above it."""
    free = [mark for mark in possible if mark.style == "symbol"]
    if not free:
        return []
    found: list[tuple[Opening, Mark]] = []
    for at, line in enumerate(layout.lines):
        begun = opening(line.text, at) if line.text and line.role == "" else None
        if begun is None or begun.style != "symbol":
            continue
        _, blank, rule = before(layout, at)
        if not (blank or rule or line.opens_page):
            continue
        above = [
            mark
            for mark in free
            if mark.label == begun.label and line.start - 2 * ABOVE <= mark.start < line.start
        ]
        if above:
            free.remove(above[-1])
            found.append((begun, above[-1]))
    return found


__all__ = ["Beginning", "FoundNote", "Numbering", "number_notes"]
