"""The lines of a plain text, the pages they stand on, and what kind of layout it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_LINE: Final = re.compile(r"([^\n\r\f\v\u2028\u2029\x85]*)(\r\n|[\n\r\f\v\u2028\u2029\x85]|$)")
_WIDE: Final = re.compile("[\u2e80-\uffef]")
#: A line of only blanks at least this long is the rule above the notes, as extraction leaves it.
BLANK_RULE: Final = 20
_DRAWN_RULE: Final = re.compile(r"^\s*(?:_{5,}|-{10,}|—{3,}|–{5,}|─{3,}|―{3,})\s*$")
#: A text whose lines are longer than this in the middle has a paragraph on every line.
LONG_LINES: Final = 220
#: How much of the fullest line a line in the middle of a wrapped paragraph takes.
RAGGED: Final = 0.6
#: A text of fewer lines is taken as wrapped.
FEW: Final = 8


@dataclass(slots=True)
class Line:
    """One line: its words without edge blanks, and where they stand in the file."""

    order: int  # its place among the lines, from 0
    number: int  # as editors count, from 1: a form feed begins no line
    start: int  # offset of the first character that is not a blank
    text: str
    indent: int
    page: int = 1
    opens_page: bool = False
    rule: bool = False  # the rule above the notes
    role: str = ""  # "", "furniture", "separator", "note", "letter", "heading"

    @property
    def end(self) -> int:
        """Offset after the last character that is not a blank."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Layout:
    """The lines of a text with what they show of its making."""

    lines: list[Line]
    form_feeds: bool = False
    opening_blanks: bool = False  # the first line of a page begins with one blank
    numbered: bool = False  # page numbers show where pages end
    spaced: bool = True  # paragraphs are divided by blank lines
    wrapped: bool = True  # a paragraph runs over several lines
    width: int = 80  # characters of a full line
    labels: dict[int, str] = field(default_factory=dict)  # printed numbers of counted pages

    @property
    def paged(self) -> bool:
        """Whether the ends of the pages can be seen."""
        return self.form_feeds or self.opening_blanks or self.numbered


def columns(text: str) -> int:
    """Return how many columns a line takes: Han characters and their like take two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def split_lines(text: str) -> Layout:
    """Return the lines of a text, with pages where form feeds divide them."""
    lines: list[Line] = []
    page, number, opens = 1, 1, True
    form_feeds = False
    for match in _LINE.finditer(text):
        content, ending = match.groups()
        if not content and not ending:
            break
        bare = content.strip()
        lead = len(content) - len(content.lstrip()) if bare != content else 0
        line = Line(len(lines), number, match.start() + lead, bare, lead, page, opens and page > 1)
        line.rule = (not bare and len(content) >= BLANK_RULE) or bool(
            bare and bare[0] in "_-—–─―" and _DRAWN_RULE.match(bare)
        )
        lines.append(line)
        if bare:
            opens = False
        if ending == "\f":
            page, opens, form_feeds = page + 1, True, True
        number += ending in ("\n", "\r", "\r\n")
    layout = Layout(lines, form_feeds=form_feeds)
    _measure(layout)
    return layout


def _measure(layout: Layout) -> None:
    """Fill in what the lengths, blanks and indents of the lines tell."""
    inked = [line for line in layout.lines if line.text]
    if not inked:
        return
    layout.wrapped = _wrapped(layout.lines, len(inked))
    lengths = sorted(len(line.text) for line in inked)
    layout.width = lengths[int(len(lengths) * 0.75)]
    gaps = sum(
        1
        for before, line in zip(layout.lines, layout.lines[1:], strict=False)
        if not before.text and line.text
    )
    layout.spaced = gaps * 25 >= len(inked) or (not layout.wrapped and gaps * 3 >= len(inked))
    if not layout.form_feeds:
        _pages_by_blanks(layout, inked)


def _wrapped(lines: list[Line], inked: int) -> bool:
    """Return whether paragraphs run over several lines.

    The lines of wrapped paragraphs that others follow end at one margin; a
    text with a paragraph on every line has lines of all lengths, or none that
    others follow.
    """
    followed = sorted(
        columns(line.text) for line, after in pairwise(lines) if line.text and after.text
    )
    if len(followed) * 8 < inked:
        return inked < FEW
    full, fullest = followed[len(followed) // 2], followed[int(len(followed) * 0.95)]
    return full < LONG_LINES and full > RAGGED * fullest


def _pages_by_blanks(layout: Layout, inked: list[Line]) -> None:
    """Number the pages where the first line of each begins with one blank.

    Some extractors leave one blank before the first line of a page and none
    before any other; the habit shows in its rarity and in the absence of
    other indents.
    """
    single = [line for line in inked if line.indent == 1]
    deeper = sum(1 for line in inked if line.indent > 1)
    rare = 2 <= len(single) <= len(inked) / 8
    if not rare or deeper * 4 > len(single) + 4:
        return
    layout.opening_blanks = True
    page = 1
    for line in layout.lines:
        if line.text and line.indent == 1 and line is not inked[0]:
            page += 1
            line.opens_page = True
        line.page = page
