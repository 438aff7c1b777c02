"""The tree of a Markdown text becomes one text, and every character of the file a segment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from scholiast.model import Node, Segment
from scholiast.readers.decoding import line_at
from scholiast.readers.markdown.numbers import Numbered
from scholiast.readers.markdown.pieces import (
    ITALIC_OFF,
    ITALIC_ON,
    MARK,
    TEXT,
    Block,
    Column,
    NoteText,
    Piece,
    Tree,
)
from scholiast.structure.assembly import Assembly, ordered
from scholiast.structure.sections import Heading
from scholiast.structure.sentences import glues


@dataclass(frozen=True, slots=True)
class SetCall:
    """A note mark as set: its position, its label, the note it stands in (-1: the body)."""

    position: int
    label: str
    inside: int


@dataclass(frozen=True, slots=True)
class SetNote:
    """A note as set, and where in the body its definition stands."""

    note: NoteText
    start: int
    end: int
    defined_at: int


@dataclass(slots=True)
class Page:
    """What was set: the text, its segments, and the structure that lies in it."""

    text: str = ""
    body_end: int = 0
    segments: tuple[Segment, ...] = ()
    headings: list[Heading] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)  # without their sections
    calls: list[SetCall] = field(default_factory=list)
    notes: list[SetNote] = field(default_factory=list)


def set_page(
    source: str, starts: Sequence[int], tree: Tree, numbers: Numbered, head: list[Piece]
) -> Page:
    """Return the page of a tree: the body, then the notes in their order.

    ``starts`` are the offsets of the file's lines, ``head`` the note marks in
    the head of the file (in its title), which are called where the text begins.
    """
    setter = _Setter(source, starts)
    setter.pieces(head, words=False)
    setter.column(tree.body)
    page = setter.page
    page.body_end = setter.made.length
    block_starts = setter.block_starts
    for number, note in enumerate(numbers.order):
        if number or setter.made.length:
            setter.made.blank("\n\n")
        start = setter.made.length
        setter.aside("mark", *note.mark)
        setter.inside = number
        setter.column(note.column)
        place = min(note.body_block, len(block_starts) - 1)
        defined_at = block_starts[place] if block_starts else 0
        page.notes.append(SetNote(note, start, setter.made.length, defined_at))
    setter.rest()
    page.text = setter.made.joined()
    page.segments = ordered(setter.made.segments)
    return page


class _Setter:
    """The state of setting one document."""

    def __init__(self, source: str, starts: Sequence[int]) -> None:
        self.source = source
        self.starts = starts
        self.made = Assembly()
        self.page = Page()
        self.inside = -1
        self.marked = -1  # where the last note mark stood
        self.block_starts: list[int] = []

    def column(self, column: Column) -> None:
        """Set the blocks of the body or of a note, a blank line between them."""
        spans: list[tuple[int, int]] = []
        first = True
        for block in column.blocks:
            words = bool(block.text(self.source).strip())
            if words and not first:
                self.made.blank("\n\n")
            start = self.made.length
            self.pieces(block.pieces, words=words)
            spans.append((start, self.made.length))
            if words:
                first = False
                self._block(block, start)
        for one in column.ranges:
            full = [span for span in spans[one.first : one.last] if span[0] < span[1]]
            if full:
                self.page.nodes.append(Node(one.kind, full[0][0], full[-1][1]))
        if self.inside < 0:
            self.block_starts = [start for start, _ in spans]

    def _block(self, block: Block, start: int) -> None:
        """Keep a block of the body as a heading or a paragraph; a note is one block."""
        end = self.made.length
        if self.inside >= 0:
            return
        if block.kind == "heading":
            title = " ".join(block.text(self.source).split())
            self.page.headings.append(Heading(title, start, end, block.level))
        else:
            self.page.nodes.append(Node("paragraph", start, end))

    def pieces(self, pieces: list[Piece], *, words: bool) -> None:
        """Set the pieces of one block; of a block without words only the marks."""
        italics: list[int] = []
        for piece in pieces:
            if piece.kind == TEXT and words:
                self._words(piece)
            elif piece.kind == MARK:
                self.aside("mark", piece.start, piece.end)
                self.page.calls.append(SetCall(self.made.length, piece.label, self.inside))
                self.marked = self.made.length
            elif piece.kind == ITALIC_ON:
                italics.append(self.made.length)
            elif piece.kind == ITALIC_OFF and italics:
                start = italics.pop()
                set_ = self.made.since(start)
                first = start + len(set_) - len(set_.lstrip())
                last = start + len(set_.rstrip())
                if first < last:
                    self.page.nodes.append(Node("italic", first, last))

    def _words(self, piece: Piece) -> None:
        line = line_at(self.starts, piece.start)
        first = (self.source[piece.start] if piece.words is None else piece.words)[:1]
        if self.marked == self.made.length and glues(self.made.last(), first):
            place = (piece.start, piece.start)
            self.made.mended(" ", place, line, 0, "blank-inserted", "")
        if piece.words is None:
            self.made.text(self.source[piece.start : piece.end], piece.start, line, 0)
            return
        start = self.made.length
        original = self.source[piece.start : piece.end]
        self.made.blank(piece.words)
        self.made.segments.append(
            Segment(start, self.made.length, piece.start, piece.end, line=line, original=original)
        )

    def aside(self, role: str, start: int, end: int) -> None:
        """Keep what stands in the file here but not in the text."""
        if start < end:
            line = line_at(self.starts, start)
            self.made.aside(role, (start, end), line, 0, self.source[start:end])

    def rest(self) -> None:
        """Keep all of the file that was not set, where it stands: the syntax and the head."""
        placed = sorted(self.made.segments, key=lambda one: (one.source, one.source_end))
        end = len(self.source)
        at, position = 0, 0
        for segment in [*placed, Segment(0, 0, end, end)]:
            if segment.source > at:
                self.made.segments.append(
                    Segment(
                        position,
                        position,
                        at,
                        segment.source,
                        line=line_at(self.starts, at),
                        role="markup",
                        original=self.source[at : segment.source],
                    )
                )
            at = max(at, segment.source_end)
            position = segment.end


def position_of(segments: Sequence[Segment], offset: int) -> int:
    """Return the position in the text of an offset in the file; ``segments`` by source."""
    index = bisect_right(segments, offset, key=lambda one: one.source) - 1
    if index < 0:
        return 0
    segment = segments[index]
    return min(segment.start + offset - segment.source, segment.end)
