"""Pages filled with strips: each column takes its lines and, at its foot, their notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tools.pdf_layout import Frame, Layout, Page, Strip, moved

#: Above the notes: the room the rule takes, and how long it is at most.
_RULE_ROOM: Final = 9.0
_RULE: Final = 72.0
#: Lines of a note that must stand where its mark does.
_AT_LEAST: Final = 2
#: The most of a column that the rest of an earlier note takes.
_MOST: Final = 0.6


@dataclass
class _Column:
    """A column that is being filled: strips of the body, strips of notes, room left."""

    body: list[Strip] = field(default_factory=list)
    notes: list[Strip] = field(default_factory=list)
    closed: bool = False

    def used(self, body: Sequence[Strip] = (), notes: Sequence[Strip] = ()) -> float:
        """Return how deep the column is with some strips more."""
        strips = [*self.body, *body]
        deep = sum(strip.height + (strip.space if at else 0.0) for at, strip in enumerate(strips))
        feet = [*self.notes, *notes]
        return deep + (_RULE_ROOM if feet else 0.0) + sum(strip.height for strip in feet)


def filled(body: Sequence[Strip], notes: dict[str, list[Strip]], layout: Layout) -> list[Page]:
    """Return the pages that the strips of a text and of its notes fill."""
    waiting = dict(notes)
    column = _Column()
    columns = [column]
    rest: list[Strip] = []  # of notes that did not fit
    at = 0
    while at < len(body) or rest:
        if rest and not column.notes:
            rest = _fill(column, rest, layout, _MOST if at < len(body) else 1.0)
        strip = body[at] if at < len(body) else None
        called = [waiting[label] for label in strip.labels if label in waiting] if strip else []
        together = body[at : at + 1 + strip.keep] if strip else []
        fits = strip is not None and not rest and _fits(column, together, called, layout)
        if strip is not None and (fits or not (column.body or column.notes)):
            column.body.append(strip)
            for label in strip.labels:
                waiting.pop(label, None)
            rest = _fill(column, [one for group in called for one in group], layout)
            at += 1
            if not rest:
                continue
        column = _Column()
        columns.append(column)
    left = [strip for group in waiting.values() for strip in group]
    while left:  # no mark calls these
        left = _fill(column, left, layout)
        if left:
            column = _Column()
            columns.append(column)
    return _pages([one for one in columns if one.body or one.notes], layout)


def _fits(
    column: _Column, body: Sequence[Strip], called: Sequence[Sequence[Strip]], layout: Layout
) -> bool:
    """Return whether strips fit with the notes that the first calls, the last at least begun."""
    notes = [strip for group in called for strip in group]
    if called:
        notes = notes[: len(notes) - len(called[-1]) + _AT_LEAST]
    return column.used(body, notes) <= layout.depth


def _fill(
    column: _Column, notes: Sequence[Strip], layout: Layout, most: float = 1.0
) -> list[Strip]:
    """Put strips of notes at the foot of a column and return those that do not fit."""
    limit = layout.depth * most if not column.body else layout.depth
    for number, strip in enumerate(notes):
        if column.used(notes=[strip]) > limit and (column.notes or column.body):
            return list(notes[number:])
        column.notes.append(strip)
    return []


def _pages(columns: Sequence[_Column], layout: Layout) -> list[Page]:
    """Return pages with their columns side by side, body from the top, notes at the foot."""
    pages: list[Page] = []
    for number, column in enumerate(columns):
        if number % layout.columns == 0:
            pages.append(Page())
        page = pages[-1]
        x = layout.margin + (number % layout.columns) * (layout.column + layout.gutter)
        y = layout.top
        for at, strip in enumerate(column.body):
            y += strip.space if at else 0.0
            page.items.extend(moved(item, x, y) for item in strip.items)
            if strip.title:
                page.titles.append((strip.title, y))
            y += strip.height
        y = layout.top + layout.depth - sum(strip.height for strip in column.notes)
        if column.notes:
            page.items.append(Frame(x, y - _RULE_ROOM / 2, min(_RULE, layout.column / 2)))
        for strip in column.notes:
            page.items.extend(moved(item, x, y) for item in strip.items)
            y += strip.height
    return pages
