"""The reading text, put together from blocks and notes, with its segments and nodes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from scholiast.model import Node, Segment
from scholiast.structure.flow.bits import Bit, Reference
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.headings import Headings
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.paragraphs import divided, italics
from scholiast.structure.sections import Heading, sections
from scholiast.structure.sentences import glues
from scholiast.structure.turns import turns

_BREAK: Final = "\n\n"


@dataclass(slots=True)
class _Span:
    """A paragraph of the body as it was set."""

    start: int
    end: int
    block: Block


@dataclass(slots=True)
class Setting:
    """The reading text in the making."""

    headings: Headings
    pages: tuple[str, ...] = ()  # their printed numbers
    words: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[Segment] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    callouts: list[tuple[int, Reference]] = field(default_factory=list)
    sections: tuple[Node, ...] = ()
    body_end: int = 0
    page: int = 0
    _spans: list[_Span] = field(default_factory=list)
    _carried: list[Bit] = field(default_factory=list)
    _homes: list[int] = field(default_factory=list)  # where the sections begin

    @property
    def text(self) -> str:
        """The text as far as it is set."""
        return "".join(self.words)

    # --- the body ----------------------------------------------------------

    def body(self, blocks: Sequence[Block], part: str) -> None:
        """Set the body; then ``sections`` and the nodes of its structure are known."""
        for block in blocks:
            whole = block in self.headings
            home = block.part or part
            for paragraph in divided(block, whole=whole):
                if not any(bit.shown for bit in paragraph):
                    self._set_aside(paragraph, home)
                    continue
                self._paragraph(paragraph, home, block)
        for bit in self._carried:
            self._bit(bit, part)
        self.body_end = self.length
        self._structure()

    def _set_aside(self, bits: list[Bit], part: str) -> None:
        """Keep what a paragraph without words holds, at the end of the one before it."""
        if self._spans:
            for bit in bits:
                self._bit(bit, part)
        else:
            self._carried.extend(bits)

    def _paragraph(self, paragraph: list[Bit], part: str, block: Block) -> None:
        """Set one paragraph of the body."""
        self._break()
        start = self.length
        for bit in (*self._carried, *paragraph):
            self._bit(bit, part)
        self._carried.clear()
        self._spans.append(_Span(start, self.length, block))
        self._italics(paragraph, start)

    def _break(self) -> None:
        if self.length:
            self.words.append(_BREAK)
            self.length += len(_BREAK)

    def _italics(self, paragraph: list[Bit], start: int, parent: str = "") -> None:
        for first, last in italics(paragraph, start):
            self.nodes.append(Node("italic", first, last, parent=parent))

    def _bit(self, bit: Bit, part: str, page: int | None = None) -> None:
        """Set one bit: its words, or what it keeps beside them."""
        part = bit.part or part
        if bit.text and bit.role == "text":
            if page is None:
                if bit.page > self.page:
                    self._turn(bit.page)
                page = self.page
            if self.callouts and self.callouts[-1][0] == self.length:
                self._unglue(bit, part, page)
            start = self.length
            self.words.append(bit.text)
            self.length += len(bit.text)
            if bit.paragraph >= 0 or bit.line:
                self._segment(bit, start, part, page)
            return
        at = self.length
        reference = bit.reference
        original = bit.text
        if reference is not None:
            if not reference.unread:
                self.callouts.append((at, reference))
            original = reference.label
            if reference.sort in ("typed", "cross") or reference.custom:
                return  # its sign stands beside it, as a bit of its own
        elif not bit.text and not bit.own_mark:
            return
        role = "mark" if reference is not None else bit.role
        self.segments.append(
            Segment(
                at,
                at,
                bit.source,
                bit.source if bit.own_mark else bit.end,  # its number is nowhere in the file
                line=bit.line,
                page=self.page if page is None else page,
                role=role,
                original=original,
                part=part,
                paragraph=bit.paragraph,
            )
        )

    def _unglue(self, bit: Bit, part: str, page: int) -> None:
        """Put a blank behind the note mark set last, where it touches the word after it."""
        last = next((words[-1] for words in reversed(self.words) if words), "")
        if not glues(last, bit.text[:1]):
            return
        self.segments.append(
            Segment(
                self.length,
                self.length + 1,
                bit.source,
                bit.source,
                page=page,
                role="repair",
                line=bit.line,
                repair="blank-inserted",
                part=part,
                paragraph=bit.paragraph,
            )
        )
        self.words.append(" ")
        self.length += 1

    def _segment(self, bit: Bit, start: int, part: str, page: int) -> None:
        """Add the segment of a bit's words, to the last one where it goes on there."""
        source = bit.source
        if self.segments and not bit.repair:
            last = self.segments[-1]
            if (
                last.source_end == source
                and last.end == start
                and last.role == "text"
                and (last.part, last.paragraph, last.page, last.line)
                == (part, bit.paragraph, page, bit.line)
            ):
                start, source = last.start, last.source
                self.segments.pop()
        role = "repair" if bit.repair else "text"
        place = (start, self.length, source, bit.end, bit.line, page)
        self.segments.append(Segment(*place, role, bit.repair, bit.original, part, bit.paragraph))

    def _turn(self, page: int) -> None:
        """Begin the pages up to ``page`` (0 where pages are not known)."""
        while self.page < page:
            self.page += 1
            label = self.pages[self.page - 1] if self.page <= len(self.pages) else ""
            self.nodes.append(Node("page", self.length, self.length, label=label, number=self.page))

    # --- the structure -----------------------------------------------------

    def _structure(self) -> None:
        """Make sections, headings, paragraphs, quotations, lists and tables of what was set."""
        text = self.text
        headings: list[Heading] = []
        for span in self._headed():
            title = " ".join(text[span.start : span.end].split())
            level = self.headings.level(span.block)
            headings.append(Heading(title, span.start, span.end, level))
        self.sections = sections(
            headings, self.body_end, title=self.headings.title, authors=self.headings.authors
        )
        for heading in headings:
            home = self.home(heading.start)
            self.nodes.append(
                Node(
                    "heading",
                    heading.start,
                    heading.end,
                    parent=home.id,
                    level=heading.level,
                    title=heading.title,
                )
            )
        listed = _bibliographies(self.sections)
        spoken: list[Node] = []
        self.nodes = [node._replace(parent=self.home(node.start).id) for node in self.nodes]
        for span in self._spans:
            if span.block in self.headings:
                continue
            home = self.home(span.start)
            paragraph = Node("paragraph", span.start, span.end, parent=home.id)
            self.nodes.append(paragraph)
            if home.id in listed:
                self.nodes.append(paragraph._replace(kind="entry"))
            else:
                spoken.append(paragraph)
        self.nodes.extend(turns(text, spoken))
        self.nodes.extend(self.sections)
        self._groups("quote", (self.headings.quoted(span.block) for span in self._spans))
        self._groups("list", (self.headings.listed(span.block) for span in self._spans))
        self._groups("table", (span.block.table for span in self._spans))

    def _headed(self) -> list[_Span]:
        """Return the headings; a title that fills several paragraphs is one."""
        found: list[_Span] = []
        previous: _Span | None = None
        for span in self._spans:
            if span.block in self.headings:
                if previous is not None and previous.block.title and span.block.title:
                    found[-1] = _Span(found[-1].start, span.end, found[-1].block)
                else:
                    found.append(span)
                previous = span
            else:
                previous = None
        return found

    def _groups(self, kind: str, keys: Iterable[object]) -> None:
        """Add a node for every run of paragraphs with the same key that is not empty."""
        for key, group in groupby(zip(keys, self._spans, strict=True), key=lambda pair: pair[0]):
            if key:
                spans = [span for _, span in group]
                home = self.home(spans[0].start)
                self.nodes.append(Node(kind, spans[0].start, spans[-1].end, parent=home.id))

    def home(self, position: int) -> Node:
        """Return the innermost section of a position in the body."""
        if len(self._homes) != len(self.sections):
            self._homes = [section.start for section in self.sections]
        return self.sections[max(0, bisect_right(self._homes, position) - 1)]

    # --- the notes ---------------------------------------------------------

    def notes(self, notes: Sequence[Note], called: dict[Reference, Note]) -> None:
        """Set the notes behind the body, and link them with their callouts."""
        callouts = list(self.callouts)
        ids = {id(reference): f"c{at}" for at, (_, reference) in enumerate(callouts, start=1)}
        places = {id(reference): at for at, reference in callouts}
        names = {id(note): f"n{at}" for at, note in enumerate(notes, start=1)}
        parent = self.sections[0].id
        for note in notes:
            first = note.marks[0] if note.marks else None
            if first is not None:
                parent = self.home(places[id(first)]).id
            start = self._note(note, first.page if first is not None else 0, parent)
            self.nodes.append(
                Node(
                    "note",
                    start,
                    self.length,
                    names[id(note)],
                    parent=parent,
                    label=note.label,
                    number=note.number,
                    role="footnote" if note.sort == "footnote" else "endnote",
                    link=ids[id(first)] if first is not None else "",
                )
            )
        for at, reference in callouts:
            home = called.get(reference)
            self.nodes.append(
                Node(
                    "callout",
                    at,
                    at,
                    ids[id(reference)],
                    parent=self.home(at).id,
                    label=reference.label,
                    number=reference.number,
                    link=names[id(home)] if home is not None else "",
                )
            )
        self.callouts = callouts

    def _note(self, note: Note, page: int, parent: str) -> int:
        """Set the words of a note of a section; return where they begin."""
        self._break()
        start = self.length
        begun = False
        for block in note.blocks:
            for paragraph in divided(block):
                if any(bit.shown for bit in paragraph):
                    if begun:
                        self._break()
                    begun = True
                here = self.length
                for bit in paragraph:
                    if bit.reference is None:
                        self._bit(_named(bit, note), block.part or note.part, page)
                self._italics(paragraph, here, parent)
        return start

    def ordered_segments(self) -> tuple[Segment, ...]:
        """Return the segments in the order of the text."""
        return tuple(sorted(self.segments, key=lambda s: (s.start, s.end, s.source)))

    def ordered_nodes(self) -> tuple[Node, ...]:
        """Return the nodes in reading order, the wider before the narrower."""
        return tuple(sorted(self.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id)))


def _bibliographies(parts: Sequence[Node]) -> frozenset[str]:
    """Return the ids of the bibliographies and of the sections within them."""
    found: set[str] = set()
    for part in parts:
        if part.role == "bibliography" or part.parent in found:
            found.add(part.id)
    return frozenset(found)


def _named(bit: Bit, note: Note) -> Bit:
    """Return a bit; the place of the note's own number with that number."""
    if bit.own_mark and not bit.text:
        return Bit(note.label, bit.paragraph, bit.source, "mark", own_mark=True, line=bit.line)
    return bit
