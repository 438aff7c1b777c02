"""Sets a reading text from the lines of a plain text: body first, then the notes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scholiast.model import Node, Segment
from scholiast.structure.assembly import Assembly, ordered, ordered_nodes
from scholiast.structure.cuts import Cut, cuts
from scholiast.structure.initials import Initial
from scholiast.structure.joins import Join, Joiner
from scholiast.structure.line_headings import LineHeading
from scholiast.structure.lines import Layout, Line
from scholiast.structure.numbering import FoundNote, Numbering
from scholiast.structure.sections import Heading, sections
from scholiast.structure.sentences import glues
from scholiast.structure.turns import turns

#: How many lines below a torn initial its size indents the text.
INITIAL_LINES: Final = 5
#: A paragraph is a block quotation when it stands in by so many blanks more than the rest.
QUOTE_INDENT: Final = 3


@dataclass(slots=True)
class Setting:
    """Everything a text is set from."""

    text: str
    layout: Layout
    headings: list[LineHeading]
    numbering: Numbering
    initials: list[Initial]
    vocabulary: Counter[str]


@dataclass(slots=True)
class _Called:
    """A mark in the body with the notes it calls."""

    note: FoundNote
    start: int
    end: int
    position: int = -1  # in the reading text


def set_text(
    setting: Setting,
) -> tuple[str, int, tuple[Segment, ...], tuple[Node, ...]]:
    """Return the reading text, the end of its body, its segments and its nodes."""
    setter = _Setter(setting)
    setter.body()
    body_end = setter.out.length
    setter.structure(body_end)
    setter.notes()
    setter.rest()
    out = setter.out
    return out.joined(), body_end, ordered(out.segments), ordered_nodes(out.nodes)


class _Setter:
    """Walks the lines once, body first, and writes text, segments and nodes."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.out = Assembly()
        self.joiner = Joiner(setting.layout, setting.vocabulary)
        marked = (note for note in setting.numbering.notes if note.mark)
        self.called = sorted(
            (_Called(n, n.mark.start, n.mark.end) for n in marked if n.mark),
            key=lambda called: called.start,
        )
        self.mark_starts = [called.start for called in self.called]
        self.initials = {initial.line: initial for initial in setting.initials}
        self.heading_of = {
            at: heading for heading in setting.headings for at in range(heading.first, heading.last)
        }
        self.heading_spans: dict[int, tuple[int, int]] = {}
        self.paragraphs: list[tuple[int, int]] = []
        self.page = 0
        self.cuts = cuts(setting.text, setting.vocabulary)
        self.cut_starts = [cut.start for cut in self.cuts]
        self.italic: int | None = None
        self.paragraph = 0
        self.indents: list[int] = []
        self.quotes: list[tuple[int, int]] = []
        self.margin = _margin(setting.layout)

    # -- body ---------------------------------------------------------------

    def body(self) -> None:
        """Set the paragraphs and headings of the body."""
        previous: Line | None = None
        words = ""
        since_initial = INITIAL_LINES + 1
        for at, line in enumerate(self.setting.layout.lines):
            if not line.text or line.role not in ("", "heading"):
                continue
            marks = self._marks_in(line)
            position = line.start
            if previous is not None:
                if marks and marks[0].start == line.start:
                    position = self._moved_mark(marks.pop(0), line)
                    if position >= line.end:
                        continue
                    self.out.blank(" ")
                else:
                    near = since_initial <= INITIAL_LINES
                    self._between(previous, words, line, near)
            self._open_page(line)
            since_initial = 0 if at in self.initials else since_initial + 1
            if at in self.initials:
                self._initial(self.initials[at], line)
            words = self._line(line, position, marks)
            previous = line
            self.indents.append(line.indent)
            self._grow_heading(at)
        if previous is not None:
            self._close()

    def _moved_mark(self, called: _Called, line: Line) -> int:
        """Set a mark that extraction moved to the next line; return where the words begin."""
        self._mark(called, called.start, line)
        position = called.end
        while position < line.end and self.setting.text[position].isspace():
            position += 1
        return position

    def _between(self, previous: Line, words: str, line: Line, near_initial: bool) -> None:
        """Set what stands between two lines: a blank, nothing, or a paragraph's end."""
        seam = self.joiner.seam(previous, words, line, note=False, near_initial=near_initial)
        if seam.join is Join.PARAGRAPH or self._other_heading(previous, line):
            self._close()
            self.out.blank("\n\n")
            self.paragraph = self.out.length
        else:
            self._stitch(seam.join, seam.drop, seam.repair, previous)

    def _grow_heading(self, at: int) -> None:
        """Let the span of a heading reach over the line that was just set."""
        if at in self.heading_of:
            first = self.heading_of[at].first
            begun = self.heading_spans.get(first, (self.paragraph, 0))[0]
            self.heading_spans[first] = (begun, self.out.length)

    def _other_heading(self, first: Line, second: Line) -> bool:
        """Return whether two adjacent lines belong to two headings."""
        a = self.heading_of.get(first.order)
        b = self.heading_of.get(second.order)
        return a is not b

    def _close(self) -> None:
        """End a paragraph; one that stands in as a whole is a block quotation."""
        start = self.paragraph
        if self.out.length > start:
            self.paragraphs.append((start, self.out.length))
            if self.margin >= 0 and min(self.indents) >= self.margin + QUOTE_INDENT:
                self.quotes.append((start, self.out.length))
        self.indents.clear()

    def _open_page(self, line: Line) -> None:
        """Note where a page begins, as counted and as printed."""
        if line.page != self.page:
            self.page = line.page
            label = self.setting.layout.labels.get(line.page, "")
            at = self.out.length
            self.out.nodes.append(Node("page", at, at, label=label, number=line.page))

    def _stitch(self, join: Join, drop: int, repair: str, previous: Line) -> None:
        """Join a line to what stands before it; a soft hyphen is taken out."""
        if drop and self.out.segments[-1].role == "text":
            last = self.out.segments.pop()
            self.out.pieces[-1] = self.out.pieces[-1][:-drop]
            self.out.length -= drop
            cut = last.source_end - drop
            original = self.setting.text[cut : last.source_end]
            self.out.segments.append(last._replace(end=last.end - drop, source_end=cut))
            self.out.mended(
                "", (cut, last.source_end), previous.number, previous.page, repair, original
            )
            return
        if repair:
            end = previous.end
            self.out.mended(join.value, (end, end), previous.number, previous.page, repair, "\n")
        elif join.value:
            self.out.blank(join.value)

    def _marks_in(self, line: Line) -> list[_Called]:
        first = bisect_left(self.mark_starts, line.start)
        last = bisect_left(self.mark_starts, line.end)
        return self.called[first:last]

    def _line(self, line: Line, position: int, marks: list[_Called]) -> str:
        """Set one line of the body from ``position``; return its words without marks."""
        begun = self.out.length
        for called in marks:
            first = called.start - (called.note.mark.gap if called.note.mark else 0)
            self._words(line, position, first)
            self._mark(called, first, line)
            position = called.end
            following = self.setting.text[position : position + 1]
            if position < line.end and glues(self.out.last(), following):
                place = (position, position)
                self.out.mended(" ", place, line.number, line.page, "blank-inserted", "")
        self._words(line, position, line.end)
        return self.out.since(begun)

    def _mark(self, called: _Called, first: int, line: Line) -> None:
        """Put a callout where its mark stands; the mark itself is not in the text."""
        called.position = self.out.length
        original = self.setting.text[first : called.end]
        self.out.aside("mark", (first, called.end), line.number, line.page, original)

    def _initial(self, initial: Initial, line: Line) -> None:
        """Put a torn initial back in front of its word."""
        lines = self.setting.layout.lines
        if initial.letter_line >= 0:
            home = lines[initial.letter_line]
            place, original, repair = (home.start, home.end), home.text, "drop-cap"
            number, page = home.number, home.page
        else:
            place, original, repair = (line.start, line.start), "", "drop-cap-inferred"
            number, page = line.number, line.page
        letter = initial.letter + (" " if initial.spaced else "")
        self.out.mended(letter, place, number, page, repair, original)

    def _words(self, line: Line, start: int, end: int) -> None:
        """Set the characters ``start:end`` of the file, leaving out what is no word."""
        text = self.setting.text
        position = start
        at = bisect_left(self.cut_starts, start)
        while at < len(self.cuts) and self.cuts[at].start < end:
            cut = self.cuts[at]
            self.out.text(text[position : cut.start], position, line.number, line.page)
            self._cut(cut, line)
            position = cut.end
            at += 1
        self.out.text(text[position:end], position, line.number, line.page)

    def _cut(self, cut: Cut, line: Line) -> None:
        """Leave characters out of the text, and keep them in its segments."""
        original = self.setting.text[cut.start : cut.end]
        if cut.kind == "italic-opens":
            self.italic = self.out.length
        elif cut.kind == "italic-closes" and self.italic is not None:
            if self.out.length > self.italic:
                self.out.nodes.append(Node("italic", self.italic, self.out.length))
            self.italic = None
        if cut.kind.startswith("italic"):
            self.out.aside("markup", (cut.start, cut.end), line.number, line.page, original)
        else:
            place = (cut.start, cut.end)
            self.out.mended(cut.text, place, line.number, line.page, cut.kind, original)

    # -- structure ----------------------------------------------------------

    def structure(self, body_end: int) -> None:
        """Make sections, headings, paragraphs and entries of what was set."""
        levels = _levels(self.setting.headings)
        headings = [
            Heading(h.title, *self.heading_spans[h.first], level)
            for h, level in zip(self.setting.headings, levels, strict=True)
            if h.first in self.heading_spans
        ]
        self.sections = sections(headings, body_end)
        self.section_starts = [section.start for section in self.sections]
        self.out.nodes.extend(self.sections)
        self._tables()
        spans = {(h.start, h.end): h for h in headings}
        quoted = set(self.quotes)
        spoken: list[Node] = []
        for start, end in self.paragraphs:
            parent = self._section(start)
            if (start, end) in spans:
                heading = spans[start, end]
                self.out.nodes.append(
                    Node(
                        "heading",
                        start,
                        end,
                        parent=parent.id,
                        level=heading.level,
                        title=heading.title,
                    )
                )
            else:
                if (start, end) in quoted:
                    self.out.nodes.append(Node("quote", start, end, parent=parent.id))
                paragraph = Node("paragraph", start, end, parent=parent.id)
                self.out.nodes.append(paragraph)
                if parent.role == "bibliography":
                    self.out.nodes.append(paragraph._replace(kind="entry"))
                else:
                    spoken.append(paragraph)
        self.out.nodes.extend(turns(self.out.joined(), spoken))

    def _tables(self) -> None:
        """Keep rows that follow one another, their cells divided by tabs, as tables."""
        text = self.out.joined()
        rows: list[tuple[int, int]] = []
        for span in [*self.paragraphs, (0, 0)]:
            if "\t" in text[slice(*span)]:
                rows.append(span)
                continue
            if len(rows) > 1:
                parent = self._section(rows[0][0]).id
                self.out.nodes.append(Node("table", rows[0][0], rows[-1][1], parent=parent))
            rows = []

    def _section(self, position: int) -> Node:
        """Return the innermost section of a position in the body."""
        at = bisect_right(self.section_starts, position) - 1
        while at > 0 and self.sections[at].end < position:
            at -= 1
        return self.sections[max(at, 0)]

    # -- notes --------------------------------------------------------------

    def notes(self) -> None:
        """Set the notes behind the body, and link them with their marks."""
        ids = self._callouts()
        placed: dict[int, str] = {}
        for number, (found, home) in enumerate(self._in_order(), start=1):
            id_ = f"n{number}"
            if self.out.length:
                self.out.blank("\n\n")
            start = self.out.length
            self._note(found)
            self.out.nodes.append(
                Node(
                    "note",
                    start,
                    self.out.length,
                    id_,
                    parent=self._section(home).id,
                    label=found.label,
                    number=found.number,
                    role="endnote" if found.endnote else "footnote",
                    link=ids.get(id(found), ""),
                )
            )
            placed[id(found)] = id_
        for called in self.called:
            self.out.nodes.append(
                Node(
                    "callout",
                    called.position,
                    called.position,
                    ids[id(called.note)],
                    parent=self._section(called.position).id,
                    label=called.note.label,
                    number=called.note.number,
                    link=placed.get(id(called.note), ""),
                )
            )

    def _callouts(self) -> dict[int, str]:
        """Return the ids of the callouts by the identity of their notes."""
        return {id(called.note): f"c{n}" for n, called in enumerate(self.called, start=1)}

    def _in_order(self) -> Iterator[tuple[FoundNote, int]]:
        """Yield the notes that are there in the order of their marks, with a place in the body."""
        positions = {id(called.note): called.position for called in self.called}
        home = 0
        homes: list[tuple[int, int, FoundNote]] = []
        for order, note in enumerate(self.setting.numbering.notes):
            if id(note) in positions:
                home = positions[id(note)]
            elif order == 0 or self.setting.numbering.notes[order - 1].series != note.series:
                later = (
                    positions[id(n)]
                    for n in self.setting.numbering.notes[order:]
                    if n.series == note.series and id(n) in positions
                )
                home = next(later, home)
            if note.lines is not None:
                homes.append((home, order, note))
        for home, _, note in sorted(homes, key=lambda item: item[:2]):
            yield note, home

    def _note(self, found: FoundNote) -> None:
        """Set the words of one note."""
        if found.lines is None:
            return
        lines = self.setting.layout.lines
        previous: Line | None = None
        words = ""
        for at in [*range(*found.lines), *found.more]:
            line = lines[at]
            if not line.text or line.role != "note":
                continue
            position = line.start
            if at == found.lines[0]:
                position = line.start + found.words
                label = self.setting.text[line.start : position]
                self.out.aside("mark", (line.start, position), line.number, line.page, label)
                if position >= line.end:
                    continue
            if previous is not None:
                seam = self.joiner.seam(previous, words, line, note=True, near_initial=False)
                if seam.join is Join.PARAGRAPH:
                    self.out.blank("\n\n")
                else:
                    self._stitch(seam.join, seam.drop, seam.repair, previous)
            begun = self.out.length
            self._words(line, position, line.end)
            words = self.out.since(begun)
            previous = line

    def rest(self) -> None:
        """Keep the furniture and the rules in the segments, where they stood."""
        body_end = max((end for _, end in self.paragraphs), default=0)
        anchors = [s for s in self.out.segments if s.role == "text" and s.end <= body_end]
        anchors.sort(key=lambda s: s.source)
        starts = [s.source for s in anchors]
        for line in self.setting.layout.lines:
            if line.role in ("furniture", "separator"):
                at = bisect_left(starts, line.start)
                position = anchors[at - 1].end if at else 0
                begins = line.start if line.text else line.start - line.indent
                self.out.segments.append(
                    Segment(
                        position,
                        position,
                        begins,
                        line.end,
                        line.number,
                        line.page,
                        line.role,
                        original=line.text,
                    )
                )


def _levels(headings: list[LineHeading]) -> list[int]:
    """Return the depths of headings: a title first, then those told by their words, then others."""
    if not any(heading.strong for heading in headings):
        highest = min((heading.level for heading in headings), default=1)
        return [heading.level - highest + 1 for heading in headings]
    titled = not headings[0].strong
    return [
        1 if titled and order == 0 else 1 + titled if heading.strong else heading.level + titled
        for order, heading in enumerate(headings)
    ]


def _margin(layout: Layout) -> int:
    """Return the indent of the running text, or -1 where indents tell nothing."""
    if layout.paged or not layout.spaced:
        return -1
    indents = Counter(line.indent for line in layout.lines if line.text)
    if not indents:
        return -1
    margin, count = indents.most_common(1)[0]
    return margin if count * 10 >= 6 * sum(indents.values()) else -1
