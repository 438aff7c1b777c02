"""What a page of a PDF specimen looks like, and what stands on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tools.pdf_lines import Line


@dataclass(frozen=True, slots=True)
class Layout:
    """The design of an article; every field has a value that works. Lengths are points."""

    width: float = 482.0
    height: float = 680.0
    margin: float = 60.0  # left and right
    top: float = 76.0
    bottom: float = 64.0
    columns: int = 1
    gutter: float = 18.0
    size: float = 10.0
    note_size: float = 8.0
    leading: float = 1.32  # from line to line, in sizes
    note_numbers: Literal["raised", "plain"] = "raised"
    first_page: int = 217
    roman_pages: int = 0  # so many pages bear i, ii, iii …; the first number follows
    numbers_at: Literal["head", "foot"] = "head"
    running_heads: bool = True
    drop_capitals: bool = True
    small_capitals: bool = False  # the first words of a section
    hyphenation: bool = True
    figure_after: int = 0  # a figure follows the n-th paragraph; 0 for none
    outline: bool = False  # bookmarks of the headings
    compressed: bool = True

    @property
    def column(self) -> float:
        """The width of a column."""
        room = self.width - 2 * self.margin - (self.columns - 1) * self.gutter
        return room / self.columns

    @property
    def depth(self) -> float:
        """The height of a column."""
        return self.height - self.top - self.bottom

    @property
    def between(self) -> float:
        """From one line of the body to the next."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Set:
    """A line of words at its place: from the left, and its baseline from the top."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn rectangle, or a rule where its height is 0."""

    x: float
    y: float
    width: float
    height: float = 0.0


Item = Set | Frame


@dataclass(frozen=True, slots=True)
class Strip:
    """What is never divided: a line, a row of a table, a figure.

    ``items`` stand where they do in the strip; ``labels`` are those of the
    notes that are called in it; ``keep`` strips after it stay in its column;
    ``space`` is left free above it, except at the top of a column.
    """

    height: float
    items: tuple[Item, ...]
    labels: tuple[str, ...] = ()
    keep: int = 0
    space: float = 0.0
    title: str = ""  # of a heading that begins here


@dataclass
class Page:
    """A page that is filled; places are from its upper left corner."""

    items: list[Item] = field(default_factory=list)
    titles: list[tuple[str, float]] = field(default_factory=list)


def labels_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the labels of the notes that lines call, in order."""
    found = (glyph.style.label for line in lines for glyph in line.glyphs)
    return tuple(dict.fromkeys(label for label in found if label))


def moved(item: Item, x: float, y: float) -> Item:
    """Return an item so much further to the right and down."""
    if isinstance(item, Set):
        return Set(item.x + x, item.y + y, item.line)
    return Frame(item.x + x, item.y + y, item.width, item.height)
