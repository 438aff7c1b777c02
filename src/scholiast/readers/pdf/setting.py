"""Sets the reading text of a PDF from its blocks and notes, with segments and nodes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scholiast.model import Node
from scholiast.readers.pdf.blocks import Block, Slice
from scholiast.readers.pdf.furniture import Sheet, words
from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.numbering import Numbering, PdfNote
from scholiast.readers.pdf.page import Page, Run
from scholiast.structure.assembly import Assembly
from scholiast.structure.initials import stands_alone
from scholiast.structure.joins import Join, Joiner, Seam
from scholiast.structure.marks import Mark
from scholiast.structure.sections import Heading, sections
from scholiast.structure.sentences import glues
from scholiast.structure.turns import turns

#: A mark touches the next word where the gap is smaller than this (in sizes of the letters).
TOUCHING = 0.07


@dataclass(slots=True)
class _Called:
    """A mark in the body, the note it calls, and its place in the reading text."""

    mark: Mark
    note: PdfNote
    position: int = -1


@dataclass(slots=True)
class _Span:
    """A block as it was set."""

    start: int
    end: int
    block: Block


class Setter:
    """Walks blocks and notes once and writes text, segments and nodes."""

    def __init__(
        self,
        lines: Sequence[Line],
        sheets: Sequence[Sheet],
        numbering: Numbering,
        joiner: Joiner,
        vocabulary: Counter[str],
    ) -> None:
        self.lines = lines
        self.sheets = {sheet.page.number: sheet for sheet in sheets}
        self.numbering = numbering
        self.joiner = joiner
        self.vocabulary = vocabulary
        self.out = Assembly()
        self.called = sorted(
            (
                _Called(mark, note)
                for note in numbering.notes
                for mark in ([note.mark] if note.mark else []) + note.again
            ),
            key=lambda called: called.mark.start,
        )
        self.mark_starts = [called.mark.start for called in self.called]
        self.page = 0
        self.spans: list[_Span] = []
        self.italic: tuple[int, int] | None = None
        self.sections: tuple[Node, ...] = ()
        self.section_starts: list[int] = []
        self.home = ""

    # -- body ---------------------------------------------------------------

    def body(self, blocks: Sequence[Block], *, title: str, authors: tuple[str, ...]) -> int:
        """Set the blocks of the body and its structure; return where the body ends."""
        for block in blocks:
            self._block(block)
        self._turn_to(max(self.sheets, default=0))
        end = self.out.length
        self._structure(end, title, authors)
        return end

    def _block(self, block: Block) -> None:
        if self.out.length:
            self.out.blank("\n\n")
        start = self.out.length
        plain = block.kind == "heading" and all(
            self.lines[at].italic for cell in block.cells for at, _, _ in cell
        )
        for order, cell in enumerate(block.cells):
            if order:
                self.out.blank("\t")
            self._slices(cell, sign=block.sign if not order else 0, body=True)
            self._close_italic(keep=not plain)
        if self.out.length == start and start:
            self.out.pieces.pop()  # nothing but a mark or a sign stood there
            self.out.length -= 2
            return
        self.spans.append(_Span(start, self.out.length, block))

    def _slices(self, cell: Sequence[Slice], *, sign: int = 0, body: bool = False) -> None:
        """Set stretches of lines that are one paragraph."""
        skip = 0  # characters of the next line that are set already
        for order, (at, first, last) in enumerate(cell):
            line = self.lines[at]
            if body:
                self._turn_to(line.page)
            if not order and line.initial is not None:
                self._initial(line.initial, line)
            if not order and sign:
                self._aside(line, 0, sign, "markup")
                first = sign
            first, skip = max(first, skip), 0
            seam = self._seam(cell, order)
            end = last - seam.drop
            self._line(line, first, end, body=body)
            if seam.drop:
                self._repair(line, end, last, "", seam.repair or "hyphen")
            elif seam.repair:
                self._repair(line, last, last, "", seam.repair)
            if order + 1 < len(cell):
                if body:
                    skip = self._moved_marks(*cell[order + 1])
                if seam.join.value == " " and not self._open_end():
                    self.out.blank(" ")

    def _moved_marks(self, at: int, first: int, last: int) -> int:
        """Set the marks that a line begins with; return where its words begin, 0 without marks."""
        line = self.lines[at]
        position = 0
        for called in self._marks_in(line, first, last):
            start = called.mark.start - line.at
            if line.text[max(first, position) : start].strip() or not line.text[start:last].strip():
                break
            self._turn_to(line.page)
            called.position = self.out.length
            position = called.mark.end - line.at
            self._aside(line, start, position, "mark")
            while position < last and line.text[position].isspace():
                position += 1
        return position

    def _open_end(self) -> bool:
        """Return whether a blank would stand where none belongs."""
        return not self.out.length or self.out.last().isspace()

    def _seam(self, cell: Sequence[Slice], order: int) -> Seam:
        """Return how a slice is joined to the next one."""
        if order + 1 >= len(cell):
            return Seam(Join.NOTHING)
        at, first, last = cell[order]
        following, begin, end = cell[order + 1]
        text = self._words(self.lines[at], first, last)
        for earlier in reversed(cell[max(0, order - 3) : order]):
            if " " in text:
                break
            # An address may take several lines.
            text = self._words(self.lines[earlier[0]], *earlier[1:]) + text
        after = self._words(self.lines[following], begin, end)
        if not text or not after:
            return Seam(Join.BLANK)
        seam = self.joiner.glue(text, after)
        if seam.drop and not self.lines[at].text[first:last].endswith(text[-1]):
            return replace(seam, drop=0)
        return seam

    def _words(self, line: Line, first: int, last: int) -> str:
        """Return the words of a slice without its marks."""
        pieces = []
        for called in self._marks_in(line, first, last):
            pieces.append(line.text[first : max(first, called.mark.start - line.at)])
            first = called.mark.end - line.at
        pieces.append(line.text[first:last])
        return "".join(pieces).strip()

    def _marks_in(self, line: Line, first: int, last: int) -> list[_Called]:
        low = bisect_left(self.mark_starts, line.at + first)
        high = bisect_left(self.mark_starts, line.at + last)
        return self.called[low:high]

    def _line(self, line: Line, first: int, last: int, *, body: bool) -> None:
        """Set the characters ``first:last`` of a line, its marks taken out."""
        position = first
        for called in self._marks_in(line, first, last) if body else ():
            start = (
                called.mark.start
                - line.at
                - (called.mark.gap if called.mark.style != "super" else 0)
            )
            self._text(line, position, max(start, position))
            called.position = self.out.length
            position = called.mark.end - line.at
            self._aside(line, max(start, 0), position, "mark")
            following = line.text[position : position + 1]
            if position < last and glues(self.out.last(), following):
                # A gap on the page is a blank that the file does not name; none is one lost.
                touches = _gap(line, position) < TOUCHING * line.size
                repair = "blank-inserted" if touches else "gap"
                self._repair(line, position, position, " ", repair)
            elif following.isspace() and self._open_end():
                position += 1
        self._text(line, position, last)

    def _initial(self, run: Run, line: Line) -> None:
        """Put a drop capital back in front of its word."""
        letter = run.text.strip()
        torn = line.text.split(" ", 1)[0].rstrip(".,;:!?”’")
        if line.parted or any(
            stands_alone(letter[-1], word, self.vocabulary) for word in {torn, torn.lower()}
        ):
            letter += " "
        source = (run.source, run.source + run.count)
        box = self._page(line).box(run.left, run.bottom, run.right, run.top)
        self.out.mended(letter, source, 0, line.page, "initial", run.text, box)

    def _page(self, line: Line) -> Page:
        return self.sheets[line.page].page

    def _turn_to(self, page: int) -> None:
        """Begin the pages up to ``page``, with what stands on them beside the text."""
        while self.page < page:
            self.page += 1
            sheet = self.sheets.get(self.page)
            if sheet is None:
                continue
            at = self.out.length
            self.out.nodes.append(Node("page", at, at, label=sheet.label, number=self.page))
            for row in sheet.furniture:
                self._beside(sheet.page, row.runs, words(row))
            for run in sheet.page.hidden:
                self._beside(sheet.page, [run], run.text)

    def _beside(self, page: Page, runs: Sequence[Run], text: str) -> None:
        """Keep runs that are not part of the text."""
        ordered = sorted(runs, key=lambda run: run.source)
        groups: list[list[Run]] = []
        for run in ordered:
            last = groups[-1][-1] if groups else None
            if last is not None and 0 <= run.source - last.source - last.count <= 2:
                groups[-1].append(run)
            else:
                groups.append([run])
        for group in groups:
            source = (group[0].source, group[-1].source + group[-1].count)
            box = page.box(
                min(run.left for run in group),
                min(run.bottom for run in group),
                max(run.right for run in group),
                max(run.top for run in group),
            )
            whole = text if len(groups) == 1 else " ".join(run.text for run in group)
            self.out.aside("furniture", source, 0, page.number, whole, box)

    # -- stretches ----------------------------------------------------------

    def _text(self, line: Line, first: int, last: int) -> None:
        """Set characters of a line; what goes on in the file as it does here is one segment."""
        if first >= last:
            return
        page = self._page(line)
        if any(stretch.run is not None and stretch.run.recognised for stretch in line.stretches):
            self._recognised(line, first, last, page)
            return
        begin, source, box, sure = first, -1, _NOTHING, 1.0
        end_source = -1
        pending: int | None = None  # where a blank stands that PDFium may have too
        for stretch in line.stretches:
            start, end = max(stretch.start, first), min(stretch.end, last)
            if start >= end:
                continue
            run = stretch.run
            if run is None:
                pending = start
                continue
            offset = start - stretch.start + stretch.first
            here = run.source + offset
            whole = not run.repair and run.count == len(run.text)
            follows = source >= 0 and whole and run.confidence == sure and sure == 1.0
            if pending is None:
                follows = follows and here == end_source
            else:
                follows = follows and here == end_source + 1
            if not follows:
                stop = start if pending is None else pending
                self._flush(line, begin, stop, source, box, sure, page)
                if pending is not None and (source >= 0 or self.out.length):
                    self._put_blank(line, end_source if source >= 0 else here, page)
                begin, source, box, sure = start, here, _NOTHING, run.confidence
            pending = None
            self._lean(run, start, end, line, begin)
            piece = _box(run, offset, offset + end - start)
            if not whole:
                self.out.mended(
                    run.text, (run.source, run.source + run.count), 0, line.page,
                    run.repair or "characters", run.original or run.text, page.box(*piece),
                )  # fmt: skip
                begin, source, end_source = end, -1, run.source + run.count
                continue
            box = _united(box, piece)
            end_source = here + end - start
        if source >= 0:
            stop = last if pending is None else pending
            self._flush(line, begin, stop, source, box, sure, page)
        if pending is not None:
            self._put_blank(line, max(end_source, 0), page)

    def _recognised(self, line: Line, first: int, last: int, page: Page) -> None:
        """Set characters of a line that a recogniser read: each word has its own confidence."""
        for stretch in line.stretches:
            start, end = max(stretch.start, first), min(stretch.end, last)
            if start >= end:
                continue
            run = stretch.run
            if run is None:
                self._put_blank(line, 0, page)
                continue
            offset = start - stretch.start + stretch.first
            box = page.box(*_box(run, offset, offset + end - start))
            self.out.text(line.text[start:end], 0, 0, line.page, box, confidence=run.confidence)

    def _flush(
        self, line: Line, begin: int, stop: int, source: int, box: tuple[float, ...], sure: float,
        page: Page,
    ) -> None:  # fmt: skip
        if source < 0 or stop <= begin:
            return
        self.out.text(line.text[begin:stop], source, 0, line.page, page.box(*box), confidence=sure)

    def _put_blank(self, line: Line, source: int, page: Page) -> None:
        self.out.mended(" ", (source, source), 0, line.page, "gap", "")

    def _lean(self, run: Run, start: int, end: int, line: Line, begin: int) -> None:
        """Follow where italics begin and end; ``begin`` is where the text not yet set begins."""
        at = self.out.length + max(0, start - begin)
        if run.italic:
            stop = at + end - start
            self.italic = (self.italic[0] if self.italic else at, stop)
        elif self.italic is not None and line.text[start:end].strip():
            self._close_italic()

    def _close_italic(self, *, keep: bool = True) -> None:
        """End the italics that are open."""
        if self.italic is None:
            return
        start, end = self.italic
        self.italic = None
        text = self.out.since(start)[: end - start] if self.out.length > start else ""
        # What is not set yet has no text here: its edges are trimmed at the end.
        if keep and end > start:
            self.out.nodes.append(Node("italic", start, end, parent=self.home))
        del text

    def _aside(self, line: Line, first: int, last: int, role: str) -> None:
        """Keep characters of a line beside the text."""
        source, end, box = self._place(line, first, last)
        self.out.aside(role, (source, end), 0, line.page, line.text[first:last], box)

    def _repair(self, line: Line, first: int, last: int, words: str, repair: str) -> None:
        """Set what the file does not have so."""
        source, end, box = self._place(line, first, last)
        original = line.text[first:last]
        self.out.mended(words, (source, end), 0, line.page, repair, original, box)

    def _place(self, line: Line, first: int, last: int) -> tuple[int, int, tuple[float, ...]]:
        """Return the place of characters of a line in the file: numbers and box."""
        source = end = -1
        box = _NOTHING
        for stretch in line.stretches:
            start, stop = max(stretch.start, first), min(stretch.end, last)
            run = stretch.run
            if run is None:
                continue
            if start < stop:
                offset = start - stretch.start + stretch.first
                here = run.source + offset if not run.recognised else 0
                source = here if source < 0 else min(source, here)
                whole = run.source + run.count
                in_file = not run.repair and not run.recognised
                end = max(end, here + stop - start if in_file else whole)
                box = _united(box, _box(run, offset, offset + stop - start))
            elif first == last and stretch.start <= first <= stretch.end and source < 0:
                here = run.source + min(first - stretch.start + stretch.first, run.count)
                source = end = here
        return max(source, 0), max(end, 0), self._page(line).box(*box) if box != _NOTHING else ()

    # -- structure ----------------------------------------------------------

    def _structure(self, end: int, title: str, authors: tuple[str, ...]) -> None:
        """Make sections, headings, paragraphs, quotations, lists and tables of what was set."""
        text = self.out.joined()
        self._trim_italics(text)
        headings = [
            Heading(
                " ".join(text[span.start : span.end].split()),
                span.start,
                span.end,
                span.block.heading.level if span.block.heading else 1,
            )
            for span in self.spans
            if span.block.kind == "heading"
        ]
        self.sections = sections(headings, end, title=title, authors=authors)
        self.section_starts = [section.start for section in self.sections]
        levels = {heading.start: heading for heading in headings}
        nodes = [n._replace(parent=self._section(n.start).id) for n in self.out.nodes]
        spoken: list[Node] = []
        for span in self.spans:
            parent = self._section(span.start)
            heading = levels.get(span.start)
            if heading is not None:
                nodes.append(
                    Node("heading", span.start, span.end, parent=parent.id, level=heading.level,
                         title=heading.title)
                )  # fmt: skip
                continue
            paragraph = Node("paragraph", span.start, span.end, parent=parent.id)
            nodes.append(paragraph)
            if parent.role == "bibliography":
                nodes.append(paragraph._replace(kind="entry"))
            else:
                spoken.append(paragraph)
        self.out.nodes = [*nodes, *self.sections, *turns(text, spoken)]
        for kind, name in (("quote", "quote"), ("item", "list"), ("row", "table")):
            self._groups(kind, name)

    def _groups(self, kind: str, name: str) -> None:
        """Add a node for every row of blocks of one kind."""
        for same, group in groupby(self.spans, key=lambda span: span.block.kind == kind):
            if same:
                members = list(group)
                if kind == "row" and len(members) < 2:
                    continue
                start, end = members[0].start, members[-1].end
                self.out.nodes.append(Node(name, start, end, parent=self._section(start).id))

    def _trim_italics(self, text: str, first: int = 0) -> None:
        """Let italics begin and end with words."""
        kept: list[Node] = []
        for node in self.out.nodes:
            if node.kind != "italic" or node.start < first:
                kept.append(node)
                continue
            start, end = node.start, min(node.end, len(text))
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start and any(c.isalnum() for c in text[start:end]):
                kept.append(node._replace(start=start, end=end))
        self.out.nodes = kept

    def _section(self, position: int) -> Node:
        """Return the innermost section of a position in the body."""
        at = bisect_right(self.section_starts, position) - 1
        while at > 0 and self.sections[at].end < position:
            at -= 1
        return self.sections[max(at, 0)]

    # -- notes --------------------------------------------------------------

    def notes(self) -> None:
        """Set the notes behind the body, and link them with their marks."""
        first = self.out.length
        ids = {id(called): f"c{n}" for n, called in enumerate(self.called, start=1)}
        own = {id(called.note): called for called in reversed(self.called)}
        placed: dict[int, str] = {}
        for number, (note, home) in enumerate(self._in_order(), start=1):
            id_ = f"n{number}"
            self.home = self._section(home).id
            if self.out.length:
                self.out.blank("\n\n")
            start = self.out.length
            self._note(note)
            called = own.get(id(note))
            self.out.nodes.append(
                Node(
                    "note",
                    start,
                    self.out.length,
                    id_,
                    parent=self.home,
                    label=note.label,
                    number=note.number,
                    role="endnote" if note.endnote else "footnote",
                    link=ids[id(called)] if called is not None else "",
                )
            )
            placed[id(note)] = id_
        for called in self.called:
            at = max(called.position, 0)
            self.out.nodes.append(
                Node(
                    "callout",
                    at,
                    at,
                    ids[id(called)],
                    parent=self._section(at).id,
                    label=called.note.label,
                    number=called.note.number,
                    link=placed.get(id(called.note), ""),
                )
            )
        self._trim_italics(self.out.joined(), first)

    def _in_order(self) -> list[tuple[PdfNote, int]]:
        """Return the notes that are there in the order of their marks, with a place in the body."""
        positions: dict[int, int] = {}
        for called in reversed(self.called):
            positions[id(called.note)] = max(called.position, 0)
        homes: list[tuple[int, int, PdfNote]] = []
        home = 0
        for order, note in enumerate(self.numbering.notes):
            home = positions.get(id(note), home)
            if note.found:
                homes.append((home, order, note))
        homes.sort(key=lambda item: item[:2])
        return [(note, home) for home, _, note in homes]

    def _note(self, note: PdfNote) -> None:
        """Set the words of one note, its own number beside them."""
        if note.sign is not None:
            at, first, last = note.sign
            self._aside(self.lines[at], first, last, "mark")
        start = self.out.length
        self._slices(note.parts)
        self._close_italic()
        while self.out.length > start and self.out.last() == " " and self.out.pieces[-1] == " ":
            self.out.pieces.pop()
            self.out.length -= 1


def _gap(line: Line, at: int) -> float:
    """Return the gap on the page in front of a character of a line."""
    before: Run | None = None
    for stretch in line.stretches:
        if stretch.run is None:
            continue
        if stretch.start >= at:
            return stretch.run.left - before.right if before is not None else 0.0
        if stretch.end > at:
            return 0.0
        before = stretch.run
    return 0.0


_NOTHING: tuple[float, ...] = (1e9, 1e9, -1e9, -1e9)


def _box(run: Run, first: int, last: int) -> tuple[float, float, float, float]:
    """Return the box of some characters of a run."""
    left = run.left if first <= 0 else run.x(first)
    right = run.right if last >= len(run.text) else run.x(last)
    return left, run.bottom, right, run.top


def _united(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    return (
        min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])
    )  # fmt: skip
