"""Lines that may begin a note, weighed by where they stand; and where notes end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from scholiast.structure.lines import Layout, Line
from scholiast.structure.marks import LARGEST, SPACED, Mark, opening
from scholiast.structure.notelinks import Beginning
from scholiast.structure.sentences import awaits_number, terminal, wide
from scholiast.structure.signals import SIGNAL

#: How far above a note its mark is looked for where pages are unknown (characters).
ABOVE: Final = 9_000
#: What a candidate loses when the notes have a list of their own elsewhere.
LISTED: Final = 5.0
#: What a candidate loses that looks like a numbered heading.
HEADING: Final = 3.0
_SENTENCE_END: Final = tuple(".!?…。！？”’\"')]»」』》）")


def beginnings(
    layout: Layout, marks: Sequence[Mark], notes_lines: Sequence[tuple[int, int]]
) -> list[Beginning]:
    """Return the candidates for beginnings of notes with their weights.

    ``notes_lines`` are the ranges of lines under headings such as "Notes".
    """
    places: dict[int, list[int]] = defaultdict(list)
    shaky: dict[int, list[int]] = defaultdict(list)
    for mark in marks:
        if mark.weight > SPACED:
            (places if mark.weight >= 1.0 else shaky)[mark.number].append(mark.start)
    page_starts = _page_starts(layout)
    listed = _listed(layout, notes_lines)
    found: list[Beginning] = []
    for at, line in enumerate(layout.lines):
        if not line.text or line.role:
            continue
        begun = opening(line.text, at)
        if begun is None or begun.style == "symbol" or begun.number > LARGEST:
            continue
        rest = line.text[begun.words :]
        under_heading = any(first <= at < last for first, last in notes_lines)
        if begun.style == "alone":
            rest = _next_inked(layout, at)
            if not rest or page_number_like(layout, at):
                continue
        empty = begun.style == "alone" and _follows(rest, begun.number)
        words = 0.0 if empty else _weigh_words(rest, begun.style)
        weight = _weigh_place(layout, at, under_heading) + words
        if not under_heading:
            weight -= LISTED if listed else 0.0
            weight -= HEADING if _looks_like_heading(layout, at, begun.style) else 0.0
        here = places[begun.number], shaky[begun.number]
        weight += _weigh_mark(*here, line, page_starts, under_heading)
        if page_starts:
            weight += 0.5 * _depth_on_page(line, page_starts, layout.lines[-1].end)
        if weight > -4.0:
            found.append(Beginning(begun, line.start, weight))
    return found


def _listed(layout: Layout, notes_lines: Sequence[tuple[int, int]]) -> bool:
    """Return whether a heading "Notes" has a list of its own that counts from 1."""
    for first, last in notes_lines:
        numbers = [
            begun.number
            for at in range(first, last)
            if (begun := opening(layout.lines[at].text, at)) is not None
        ]
        if 1 in numbers and 2 in numbers[numbers.index(1) :]:
            return True
    return False


def _follows(rest: str, number: int) -> bool:
    """Return whether a line begins the next note: the one before it has no words."""
    after = opening(rest, 0)
    return after is not None and after.number == number + 1


def page_number_like(layout: Layout, at: int) -> bool:
    """Return whether a lone number stands at the top of a page, where page numbers stand."""
    return layout.lines[at].opens_page


def _looks_like_heading(layout: Layout, at: int, style: str) -> bool:
    """Return whether a numbered line stands alone and short like "2. The Agreement"."""
    line = layout.lines[at]
    after = layout.lines[at + 1].text if at + 1 < len(layout.lines) else ""
    alone = not after and (at == 0 or not layout.lines[at - 1].text)
    short = len(line.text) < 80 and not line.text.endswith(_SENTENCE_END)
    begun = opening(line.text, at)
    if begun is not None and SIGNAL.match(line.text[begun.words :]):
        return False
    return style in ("dot", "plain", "paren") and alone and short and not line.text[-1].isdigit()


def _page_starts(layout: Layout) -> list[int]:
    """Return the offsets at which pages begin, or an empty list where unknown."""
    if not layout.paged:
        return []
    return [0, *(line.start for line in layout.lines if line.opens_page)]


def _next_inked(layout: Layout, at: int) -> str:
    for line in layout.lines[at + 1 : at + 3]:
        if line.text:
            return line.text
    return ""


def before(layout: Layout, at: int) -> tuple[Line | None, bool, bool]:
    """Return the inked line before, whether blank lines and whether a rule lie between."""
    blank = rule = False
    for back in range(at - 1, -1, -1):
        line = layout.lines[back]
        if line.rule or line.role == "separator":
            rule = True
        elif line.text and line.role not in ("furniture", "letter"):
            return line, blank, rule
        else:
            blank = True
    return None, True, rule


def _weigh_place(layout: Layout, at: int, under_heading: bool) -> float:
    """Weigh where a line stands: after a rule, a blank line, or in running text."""
    line = layout.lines[at]
    previous, blank, rule = before(layout, at)
    if rule:
        return 4.0
    if under_heading:
        return 2.5 if blank or previous is None or terminal(previous.text) else 1.0
    if previous is None:
        return -2.0
    if line.opens_page:
        return -1.0
    if blank:
        return 1.0 if terminal(previous.text) or layout.paged else 0.3
    if not layout.spaced:
        return 0.3 if previous.text.endswith(_SENTENCE_END) else -1.0
    return -0.5 if previous.text.endswith(_SENTENCE_END) else -2.5


def _weigh_words(rest: str, style: str) -> float:
    """Weigh the words that follow the number, and the shape of the number."""
    shape = {"paren": -1.0, "alone": -0.5, "dot": -0.3, "super": 1.5, "circled": 1.0}.get(
        style, 0.0
    )
    if SIGNAL.match(rest):
        return shape + 0.8
    first = rest[0]
    if first.isupper() or first in "“‘«\"'《「『[(" or first >= "\u2e80":
        return shape + 0.5
    if first.islower():
        return shape - 1.5
    return shape - 1.0


def _depth_on_page(line: Line, page_starts: Sequence[int], end: int) -> float:
    """Return how far down its page a line stands: 0 at the top, 1 at the foot."""
    at = bisect_right(page_starts, line.start) - 1
    last = page_starts[at + 1] if at + 1 < len(page_starts) else end
    return (line.start - page_starts[at]) / max(1, last - page_starts[at])


def _weigh_mark(
    places: Sequence[int],
    shaky: Sequence[int],
    line: Line,
    page_starts: Sequence[int],
    under_heading: bool,
) -> float:
    """Weigh whether the number is seen as a mark on the same page or not far above."""
    if under_heading:
        return 0.5 if places and places[0] < line.start else -0.5
    floor = line.start - ABOVE
    if page_starts:
        page = bisect_right(page_starts, line.start) - 1
        carried = page_starts[max(0, page - 1)]  # a note may be printed a page further
        floor = max(floor, page_starts[page])
    else:
        carried = floor
    for marks, first, weight in ((places, floor, 1.8), (shaky, floor, 0.9), (places, carried, 0.6)):
        at = bisect_left(marks, first)
        if at < len(marks) and marks[at] < line.start:
            return weight
    return -2.5


def note_ranges(
    layout: Layout, starts: Sequence[int], endnote_lines: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return for each beginning (an index of a line) the lines its note takes.

    The end is exclusive. A note ends at the next one, at the end of its page,
    at a heading, a rule or a lone initial; where the ends of pages are not
    known, at the first paragraph that takes up the text broken off above.
    """
    ranges: list[tuple[int, int]] = []
    block_from = 0
    for order, first in enumerate(starts):
        limit = starts[order + 1] if order + 1 < len(starts) else len(layout.lines)
        if order == 0 or ranges[-1][1] < first:
            block_from = first
        at_end = any(a <= first < b for a, b in endnote_lines)
        last = _note_end(layout, block_from, first, limit, at_end)
        ranges.append((first, last))
    return ranges


def _note_end(layout: Layout, block: int, first: int, limit: int, at_end: bool) -> int:
    """Return the line after the last line of the note that begins at ``first``."""
    last = first + 1
    blank = furniture = False
    previous = layout.lines[first].text
    for at in range(first + 1, limit):
        line = layout.lines[at]
        if line.role == "heading" or line.role == "letter":
            break
        if line.role == "furniture":
            furniture = True
            continue
        if line.rule:
            if not at_end:
                break
            continue
        if not line.text:
            blank = True
            continue
        if not at_end:
            if line.opens_page or furniture:
                break
            if not layout.paged and _resumes(layout, block, at, previous, blank):
                break
        last = at + 1
        blank = furniture = False
        previous = line.text
    return last


def _resumes(layout: Layout, block: int, at: int, previous: str, blank: bool) -> bool:
    """Return whether the line ``at`` takes up the body text that the notes interrupt.

    ``previous`` is the line of the note before it, ``blank`` whether a blank
    line lies between.
    """
    above, _, _ = before(layout, block)
    words = layout.lines[at].text
    open_above = above is not None and not terminal(above.text.rstrip("0123456789"))
    small = words[0].islower() or wide(words[0])
    if awaits_number(previous, words):
        return False
    if open_above and small and (blank or terminal(previous)):
        return True
    if not blank or not (terminal(previous) or previous[-1].isdigit()):
        return False
    return not SIGNAL.match(words)
