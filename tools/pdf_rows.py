"""Tables as rows of cells between rules, and a figure with words inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tools.pdf_layout import Frame, Item, Layout, Set, Strip, labels_of
from tools.pdf_lines import set_lines
from tools.pdf_type import Glyph, Style, glyphs, width

#: What is written in the boxes of the figure, and below it.
LABELS: Final = ("Engine", "Platform", "Wagon", "Scale")
CAPTION: Final = "Figure 1. How a load went over the frontier (drawn for this specimen)."
_PADDING: Final = 6.0


def rows(cells: Sequence[Sequence[list[Glyph]]], layout: Layout) -> Iterator[Strip]:
    """Yield the rows of a table, with rules above, below its head and below."""
    count = max(len(row) for row in cells)
    share = layout.column / max(count, 1)
    for number, row in enumerate(cells):
        lines = [
            set_lines(cell, lambda _: share - _PADDING, justified=False, hyphenated=False)
            for cell in row
        ]
        deep = max((len(cell) for cell in lines), default=1)
        items: list[Item] = [Frame(0, 2, layout.column)] if number == 0 else []
        for at, cell in enumerate(lines):
            for below, line in enumerate(cell):
                y = layout.size + 4 + below * layout.between
                items.append(Set(at * share, y, line))
        height = deep * layout.between + 4
        if number in (0, len(cells) - 1):
            items.append(Frame(0, height, layout.column))
        yield Strip(
            height,
            tuple(items),
            tuple(label for cell in lines for label in labels_of(cell)),
            keep=1 if number < len(cells) - 1 else 0,
            space=layout.between * 0.6 if number == 0 else 0.0,
        )


def figure(layout: Layout) -> Strip:
    """Return a figure: boxes with labels in them, and a caption below."""
    style, small = Style(7.0, family="sans"), Style(layout.note_size)
    height, share = 90.0, layout.column / 2
    items: list[Item] = [Frame(0, 0, layout.column, height)]
    for number, label in enumerate(LABELS):
        x, y = (number % 2) * share + 12, (number // 2) * 42 + 8
        line = set_lines(glyphs(label, style), lambda _: share, justified=False)[0]
        items.append(Frame(x, y, share - 24, 32))
        items.append(Set(x + (share - 24 - width(line.glyphs)) / 2, y + 18, line))
    caption = set_lines(glyphs(CAPTION, small), lambda _: layout.column, justified=False)
    for number, line in enumerate(caption):
        items.append(Set(0, height + 13 + number * small.size * layout.leading, line))
    depth = height + 13 + len(caption) * small.size * layout.leading + 4
    return Strip(depth, tuple(items), space=layout.between * 0.6)
