"""Headings, told by the size, the weight and the place of their lines, and by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.survey import Habits
from scholiast.structure.sections import caption, opening, split_authors
from scholiast.structure.sentences import terminal, wide

#: Letters so many times larger than the text's make a heading.
LARGER: Final = 1.08
#: A heading has no more lines and characters.
MOST_LINES: Final = 5
LONGEST: Final = 260
LONGEST_PLAIN: Final = 150
_NAME: Final = re.compile(r"[^\W\d_][\w.’'\-]*")


@dataclass(slots=True)
class PdfHeading:
    """A heading on the lines ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    title: str
    style: tuple[float, bool, bool, bool]  # size, bold, capitals, italic
    level: int = 1


def headings(lines: Sequence[Line], skip: set[int], habits: Habits) -> list[PdfHeading]:
    """Return the headings among lines, and give their lines the role; ``skip`` holds notes."""
    free = [at for at, line in enumerate(lines) if at not in skip and line.role == "" and line.text]
    bold = sum(len(lines[at].text) for at in free if lines[at].bold)
    bold_text = bold * 2 > sum(len(lines[at].text) for at in free)
    groups = _groups(lines, free, habits, bold_text=bold_text)
    found: list[PdfHeading] = []
    for group in groups:
        title = " ".join(lines[at].text for at in group)
        first = lines[group[0]]
        size = round(first.size * 2) / 2
        letters = [c for c in title if c.isalpha()]
        capitals = bool(letters) and all(c.isupper() for c in letters if c.lower() != c.upper())
        style = (size, first.bold, capitals and any(c.isupper() for c in letters), first.italic)
        found.append(PdfHeading(group[0], group[-1] + 1, title, style))
    found = _without_authors(found, lines)
    _levels(found)
    for heading in found:
        for at in range(heading.first, heading.last):
            lines[at].role = "heading"
    return found


def _groups(
    lines: Sequence[Line], free: list[int], habits: Habits, *, bold_text: bool
) -> list[list[int]]:
    """Return the lines of each heading."""
    found: list[list[int]] = []
    order = 0
    while order < len(free):
        group = [free[order]]
        while order + len(group) < len(free):
            at = free[order + len(group)]
            if at != group[-1] + 1 or not _together(lines[group[-1]], lines[at], habits):
                break
            group.append(at)
        before = lines[free[order - 1]] if order else None
        after = lines[free[order + len(group)]] if order + len(group) < len(free) else None
        for part in _parted(lines, group):
            if _is_heading(lines, part, before, after, habits, bold_text=bold_text):
                found.append(part)
        order += len(group)
    return found


def _parted(lines: Sequence[Line], group: list[int]) -> list[list[int]]:
    return [group] if lines[group[0]].text else []


def _together(line: Line, following: Line, habits: Habits) -> bool:
    """Return whether two lines look alike and stand near: one block."""
    return (
        line.page == following.page
        and line.column == following.column
        and abs(line.size - following.size) < 0.06 * line.size
        and line.bold == following.bold
        and line.italic == following.italic
        and 0 < line.base - following.base < 1.5 * max(habits.spacing(line.size), 1.05 * line.size)
        and not (line.opens or following.opens)
    )


def _is_heading(
    lines: Sequence[Line],
    group: list[int],
    before: Line | None,
    after: Line | None,
    habits: Habits,
    *,
    bold_text: bool,
) -> bool:
    """Return whether a block of lines that look alike is a heading."""
    first, last = lines[group[0]], lines[group[-1]]
    title = " ".join(lines[at].text for at in group)
    if len(title) > LONGEST or len(group) > MOST_LINES or first.cells or first.initial:
        return False
    if not any(c.isalnum() for c in title) or caption(title):
        return False
    letters = sum(c.isalpha() for c in title)
    if first.size >= LARGER * habits.body:
        return letters > 0 and not (len(group) > 3 and terminal(title))
    if first.size < 0.9 * habits.body or letters < 2:
        return False
    spacing = habits.spacing(first.size)
    above = _gap(before, first)
    below = _gap(last, after)
    apart = above > 1.25 * spacing
    alone = apart and below > 1.02 * spacing
    told = opening(title)
    if len(title) > LONGEST_PLAIN or title.endswith((",", ";")):
        return False
    if told.strong and alone and len(group) <= 3 and not title.endswith("."):
        return True
    if len(group) > 3 or (terminal(title) and not _numbered(title) and not title.endswith("?")):
        return False
    if first.bold and not bold_text:
        return alone or (apart and not (after and after.bold))
    if title.isupper() and letters >= 4 and alone and not wide(title[0]):
        return True
    if first.italic and alone and after is not None and not after.italic:
        return len(group) == 1 and first.right < first.far - 4 * first.size and title[0].isupper()
    return False


def _gap(above: Line | None, line: Line | None) -> float:
    """Return the distance of two lines, large where another column or page lies between."""
    if above is None or line is None or above.column != line.column or above.page != line.page:
        return 1000.0
    return above.base - line.base


def _numbered(title: str) -> bool:
    return bool(re.match(r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])[.)]?\s", title))


def _without_authors(found: list[PdfHeading], lines: Sequence[Line]) -> list[PdfHeading]:
    """Return the headings without the lines that name the authors, below the title."""
    if len(found) < 2 or lines[found[0].first].page != 1:
        return found
    kept = [found[0]]
    for heading in found[1:]:
        near = heading.first == kept[-1].last and len(kept) == 1
        smaller = heading.style[0] < found[0].style[0]
        if near and smaller and _names(heading.title):
            continue
        kept.append(heading)
    return kept


def _names(title: str) -> bool:
    """Return whether a line below a title names its authors."""
    plain = re.sub(r"[\d*†‡§¹²³]+", "", title).strip()
    if opening(title).strong or re.match(r"\d", title) or title.endswith((".", ":", "?")):
        return False
    authors, _ = split_authors(re.sub(r"^(?:by|von|par)\s+", "", plain, flags=re.IGNORECASE))
    words = [word for author in authors for word in author.split()]
    if not 2 <= len(words) <= 12:
        return False
    return all(word[:1].isupper() or len(word) <= 3 for word in words) and all(
        len(author.split()) >= 2 for author in authors
    )


def _levels(found: list[PdfHeading]) -> None:
    """Give the headings their depths: the larger, the bolder, the higher."""
    styles = sorted(
        {heading.style for heading in found},
        key=lambda style: (-style[0], not style[1], not style[2], style[3]),
    )
    for heading in found:
        heading.level = styles.index(heading.style) + 1
