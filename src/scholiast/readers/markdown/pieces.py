"""What Markdown is read into before it becomes one text: blocks made of pieces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

#: Kinds of piece. "text" has characters; the others stand between them.
TEXT: Final = "text"
MARK: Final = "mark"  # a note mark; its label is the note's
GONE: Final = "gone"  # a picture or a comment: nothing in the text
ITALIC_ON: Final = "italic-on"
ITALIC_OFF: Final = "italic-off"
RAISED_ON: Final = "raised-on"
RAISED_OFF: Final = "raised-off"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block: its kind, its span in the file, its words where they differ."""

    kind: str
    start: int
    end: int
    words: str | None = None  # None: as in the file
    label: str = ""

    @property
    def length(self) -> int:
        """How many characters it has in the text."""
        if self.kind != TEXT:
            return 0
        return self.end - self.start if self.words is None else len(self.words)

    def text(self, source: str) -> str:
        """Return its characters in the text."""
        if self.kind != TEXT:
            return ""
        return source[self.start : self.end] if self.words is None else self.words


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or row of a table."""

    kind: str  # "paragraph", "heading", "row"
    pieces: list[Piece] = field(default_factory=list)
    level: int = 0  # of a heading
    number: int = 0  # of the first paragraph of a numbered item, as typed

    def text(self, source: str) -> str:
        """Return the characters of the block."""
        return "".join([piece.text(source) for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Range:
    """A block quotation, list or table: the blocks ``first`` to before ``last``."""

    kind: str
    first: int
    last: int


@dataclass(slots=True)
class Column:
    """Blocks in order, with what encloses them: the body, or one note."""

    blocks: list[Block] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class NoteText:
    """A note as defined: its label, its column, its mark, where in the body it stands."""

    label: str
    column: Column
    mark: tuple[int, int] = (0, 0)  # span of "[^1]:" in the file
    body_block: int = 0  # how many blocks of the body stand before it
    inline: bool = False
    endnote: bool = False


@dataclass(slots=True)
class Tree:
    """The body and the notes of a text."""

    body: Column = field(default_factory=Column)
    notes: list[NoteText] = field(default_factory=list)


def cut(pieces: list[Piece], start: int, end: int, mark: Piece | None = None) -> list[Piece]:
    """Return the pieces without the characters ``start:end`` of their text.

    ``mark`` is put where they stood. Pieces of differing words are cut only
    as a whole: they are single characters and breaks.
    """
    kept: list[Piece] = []
    at = 0
    placed = mark is None
    for piece in pieces:
        first, last = at, at + piece.length
        at = last
        if not placed and first >= end and mark is not None:
            kept.append(mark)
            placed = True
        if last <= start or first >= end or piece.kind != TEXT:
            kept.append(piece)
            continue
        if piece.words is not None:
            continue
        if first < start:
            kept.append(replace(piece, end=piece.start + start - first))
        if last > end:
            if not placed and mark is not None:
                kept.append(mark)
                placed = True
            kept.append(replace(piece, start=piece.start + end - first))
    if not placed and mark is not None:
        kept.append(mark)
    return kept
