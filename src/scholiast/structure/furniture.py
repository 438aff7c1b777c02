"""Running heads, running feet and page numbers in plain text.

A line is furniture when it stands at the edge of a page and comes again on
others (its digits apart), when it is a page number in one of the shapes of
``data/furniture.toml``, or when it stands alone beside such a number.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.structure.lines import Layout, Line
from scholiast.structure.sections import opening, small_words
from scholiast.structure.sentences import wide
from scholiast.structure.signals import SIGNAL

#: How many inked lines at each edge of a page may be furniture.
EDGE: Final = 3
#: On how many pages a line must come again.
AGAIN: Final = 3
#: A running head is no longer than this.
LONGEST: Final = 110
#: Lines between two lone page numbers of a text without form feeds, at least.
PAGE_LINES: Final = 15
#: Lines of the shortest page, at the end of a chapter, once page numbers are known.
SHORT_PAGE: Final = 3
#: A running head comes again within so many lines (two pages, for odd and even heads).
SPREAD: Final = 150
_SENTENCE_END: Final = ".!?…。！？”’\"')]»」』》）0123456789⁰¹²³⁴⁵⁶⁷⁸⁹"
#: The page number that a running head or foot begins or ends with.
_NUMBER: Final = re.compile(r"^\W*(?:\d+|[ivxlc]+\b)|(?:\d+|\b[ivxlc]+)\W*$")


@cache
def _patterns(sort: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("furniture")[sort])


def pages_after_furniture(layout: Layout) -> None:
    """Let a page begin after furniture, where no form feed and no blank shows it."""
    if layout.form_feeds:
        return
    shift = groups = last = 0
    pending = False
    for line in layout.lines:
        if line.role == "furniture":
            groups += not pending
            pending = True
            last = line.order
        elif line.text and line.role != "letter":
            if pending and not line.opens_page:
                shift += 1
                line.opens_page = True
            pending = False
        line.page += shift
    layout.numbered = groups >= AGAIN and last * 2 > len(layout.lines)


def page_number(text: str, *, sure: bool = True) -> str:
    """Return the printed page number that a line consists of, or an empty string."""
    if len(text) > 24:
        return ""
    for pattern in _patterns("sure") if sure else _patterns("bare"):
        if match := pattern.match(text):
            return match.group("n")
    return ""


def mark_furniture(layout: Layout) -> None:
    """Give the role ``furniture`` to the lines that are, and page labels to the layout."""
    inked = [line for line in layout.lines if line.text]
    if layout.paged:
        _mark_by_pages(layout, inked)
    if not layout.form_feeds:
        _mark_by_repeats(layout, inked)
        _mark_number_series(layout, inked)
    numbers = [line for line in inked if line.role == "" and page_number(line.text)]
    for line in numbers:
        line.role = "furniture"
        layout.labels.setdefault(line.page, page_number(line.text))
    _mark_interruptions(layout, inked)
    heads = [near for line in numbers for near in _neighbours(layout, line)]
    seen = Counter(fold(head.text) for head in heads)
    for head in heads:
        # Beside many page numbers a running head comes again; beside a stray one it is alone.
        if len(numbers) == 1 or seen[fold(head.text)] > 1:
            head.role = "furniture"


def fold(text: str) -> str:
    """Return a line with the page number at its edge made a sign: equal on every page."""
    return _NUMBER.sub("#", " ".join(text.split()))


def _mark_by_pages(layout: Layout, inked: list[Line]) -> None:
    """Mark the lines at the edges of pages that come again on other pages."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in inked:
        pages[line.page].append(line)
    edges = {
        page: lines[:EDGE] + [line for line in lines[-EDGE:] if line not in lines[:EDGE]]
        for page, lines in pages.items()
    }
    seen: Counter[str] = Counter()
    for lines in edges.values():
        seen.update({fold(line.text) for line in lines if len(line.text) <= LONGEST})
    need = max(AGAIN, len(pages) // 12) if len(pages) > 4 else 2
    notes = _counting_otherwise(edges)
    for lines in edges.values():
        for line in lines:
            folded = fold(line.text)
            words = sum(character.isalpha() for character in folded)
            again = words >= 3 and len(line.text) <= LONGEST and seen[folded] >= need
            if again and folded not in notes and not SIGNAL.match(line.text):
                line.role = "furniture"
    _mark_page_numbers(layout, pages)


def _counting_otherwise(edges: dict[int, list[Line]]) -> set[str]:
    """Return the folded lines that begin with a number and are notes.

    The numbers of a running foot stay the same or go with the pages; those
    of notes do neither.
    """
    numbers: dict[str, list[tuple[int, list[int]]]] = defaultdict(list)
    for page, lines in edges.items():
        for line in lines:
            if re.match(r"[\[(]?\d", line.text):
                found = [int(n) for n in re.findall(r"\d{1,9}", line.text)]
                numbers[fold(line.text)].append((page, found))
    return {
        fold
        for fold, found in numbers.items()
        if _numbered_note(fold) or not all(_in_step(column) for column in _columns(found))
    }


def _columns(found: list[tuple[int, list[int]]]) -> list[list[tuple[int, int]]]:
    """Return the numbers of like lines by their place in the line, each with its page."""
    width = min(len(numbers) for _, numbers in found)
    return [[(page, numbers[at]) for page, numbers in found] for at in range(width)]


def _in_step(column: list[tuple[int, int]]) -> bool:
    """Return whether numbers mostly stay the same, or mostly go with their pages."""
    same = Counter(number for _, number in column).most_common(1)[0][1]
    steps = Counter(number - page for page, number in column).most_common(1)[0][1]
    return max(same, steps) * 10 >= 7 * len(column)


def _numbered_note(fold: str) -> bool:
    """Return whether a folded line reads like a short note: a number and a reference word."""
    return bool(SIGNAL.match(fold.lstrip("#[(]). ")))


def _mark_page_numbers(layout: Layout, pages: dict[int, list[Line]]) -> None:
    """Mark lone numbers at the edges of pages that count up with the pages."""
    found: dict[int, list[tuple[Line, int]]] = defaultdict(list)
    for page, lines in pages.items():
        for edge in _edge_numbers(lines):
            label = page_number(edge.text, sure=False) or page_number(edge.text)
            if label.isdigit():
                found[int(label) - page].append((edge, page))
    for series in found.values():
        if len({page for _, page in series}) >= 2 or len(pages) <= 2:
            for edge, page in series:
                edge.role = "furniture"
                layout.labels.setdefault(
                    page, page_number(edge.text, sure=False) or page_number(edge.text)
                )
    for page, lines in pages.items():
        for line in lines:
            if line.role == "furniture" and page not in layout.labels:
                numbers = re.findall(r"\b\d{1,4}\b", line.text)
                if len(numbers) == 1:
                    layout.labels[page] = numbers[0]


def _edge_numbers(lines: list[Line]) -> list[Line]:
    """Return the lone numbers at the top and the foot of a page, behind its furniture."""
    found: list[Line] = []
    for edge in (lines[:EDGE], lines[::-1][:EDGE]):
        for line in edge:
            if line.role == "furniture":
                continue
            if not (page_number(line.text, sure=False) or page_number(line.text)):
                break
            if line not in found:
                found.append(line)
    return found


def _alone(layout: Layout, line: Line) -> bool:
    """Return whether blank lines, edges or furniture surround a line."""
    at = line.order
    before = layout.lines[at - 1] if at else None
    after = layout.lines[at + 1] if at + 1 < len(layout.lines) else None
    return all(
        near is None or not near.text or near.role == "furniture" for near in (before, after)
    )


def _apart(layout: Layout, line: Line) -> bool:
    """Return whether a blank line or an edge is above or below a line."""
    before = layout.lines[line.order - 1] if line.order else None
    after = layout.lines[line.order + 1] if line.order + 1 < len(layout.lines) else None
    return any(near is None or not near.text or near.opens_page for near in (before, after))


def _mark_by_repeats(layout: Layout, inked: list[Line]) -> None:
    """Mark short lines standing alone that come again at the distance of pages."""
    places: dict[str, list[Line]] = defaultdict(list)
    for line in inked:
        if len(line.text) > LONGEST or not _alone(layout, line):
            continue
        if _maybe_note(line.text):
            continue
        if sum(c.isalpha() for c in line.text) >= 3:
            places[fold(line.text)].append(line)
    for lines in places.values():
        if len(lines) < AGAIN:
            continue
        gaps = [b.order - a.order for a, b in itertools.pairwise(lines)]
        paced = min(gaps) >= PAGE_LINES and sorted(gaps)[len(gaps) // 2] <= SPREAD
        if paced and not opening(lines[0].text).strong:
            for line in lines:
                line.role = "furniture"


def _mark_number_series(layout: Layout, inked: list[Line]) -> None:
    """Mark lone numbers that count up by one at the distance of pages."""
    lone = [
        line
        for line in inked
        if line.role == "" and page_number(line.text, sure=False).isdigit() and _apart(layout, line)
    ]
    series: list[Line] = []
    for line in lone:
        value = int(page_number(line.text, sure=False))
        sure = len(series) >= AGAIN
        if series:
            last = series[-1]
            step = value - int(page_number(last.text, sure=False))
            far = line.order - last.order >= (SHORT_PAGE if sure else PAGE_LINES)
            if far and (step == 1 or (sure and 1 < step <= AGAIN)):
                series.append(line)
                continue
        if not sure:
            series = [line]
    if len(series) >= AGAIN:
        for line in series:
            line.role = "furniture"
            layout.labels.setdefault(line.page, page_number(line.text, sure=False))


def _neighbours(layout: Layout, line: Line) -> list[Line]:
    """Return the lines next to a page number that may be running heads: alone, short, titled."""
    found: list[Line] = []
    for step in (-1, 1):
        at = line.order + step
        while 0 <= at < len(layout.lines) and not layout.lines[at].text:
            at += step
        if not 0 <= at < len(layout.lines) or abs(at - line.order) > 4:
            continue
        near = layout.lines[at]
        head = 3 < len(near.text) <= 90 and near.text[-1] not in ".!?,;:。！？"
        head = head and _titled(near.text) and not _maybe_note(near.text)
        if near.role == "" and head and _alone(layout, near) and not opening(near.text).strong:
            found.append(near)
    return found


def _titled(text: str) -> bool:
    """Return whether most words of a line have capitals, as in a title."""
    words = [
        word for word in re.findall(r"[^\W\d_]+", text) if word.casefold() not in small_words()
    ]
    return bool(words) and sum(word[0].isupper() for word in words) * 5 >= 3 * len(words)


def _maybe_note(text: str) -> bool:
    """Return whether a line may be a short note: it begins with a number or a reference word."""
    return bool(re.match(r"[\[(]?\d", text) or SIGNAL.match(text))


def _mark_interruptions(layout: Layout, inked: list[Line]) -> None:
    """Mark a titled line that stands alone and breaks a sentence in two: a running head."""
    for before, line, after in zip(inked, inked[1:], inked[2:], strict=False):
        if "furniture" in (before.role, line.role, after.role) or len(line.text) > 90:
            continue
        if not _alone(layout, line) or not _titled(line.text) or _maybe_note(line.text):
            continue
        if opening(line.text).strong:
            continue
        broken = before.text[-1] not in _SENTENCE_END and before.text[-1] not in ":;："
        goes_on = after.text[0].islower() or (wide(before.text[-1]) and wide(after.text[0]))
        if broken and goes_on and len(before.text) * 2 > layout.width:
            line.role = "furniture"
