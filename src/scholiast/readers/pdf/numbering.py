"""The notes of a PDF: which lines are notes, which marks call them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from scholiast.readers.pdf.credible import SHARE, SHARE_OF_LIST, Called, Pages, credible
from scholiast.readers.pdf.furniture import roman
from scholiast.readers.pdf.headings import PdfHeading
from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.page import Page
from scholiast.readers.pdf.raised import POWER, raised_marks
from scholiast.readers.pdf.survey import Habits
from scholiast.readers.pdf.zones import Zone, begins
from scholiast.structure.marks import Mark, Opening, marks
from scholiast.structure.notelinks import (
    Beginning,
    Series,
    assign,
    chain,
    extend,
    split_series,
    without_notes,
)
from scholiast.structure.sections import opening as heading_words
from scholiast.structure.sentences import terminal

#: Weights of lines that may begin a note.
RAISED: Final = 6.0
AT_FOOT: Final = 3.0
LISTED: Final = 3.0
#: What a number loses that is not raised where most are.
NOT_RAISED: Final = 9.0


@dataclass(slots=True, eq=False)
class PdfNote:
    """A note: its number, the stretches of lines it takes, its mark."""

    number: int
    label: str
    parts: list[tuple[int, int, int]] = field(default_factory=list)  # line, start, end
    sign: tuple[int, int, int] | None = None  # line, start and end of its own number
    mark: Mark | None = None
    again: list[Mark] = field(default_factory=list)  # further marks that call it
    endnote: bool = False
    series: int = 0

    @property
    def found(self) -> bool:
        """Whether its words are there."""
        return self.sign is not None


@dataclass(slots=True)
class Numbering:
    """All notes of a PDF."""

    notes: list[PdfNote] = field(default_factory=list)


class Numberer:
    """Finds the notes of one text."""

    def __init__(
        self,
        lines: Sequence[Line],
        zones: Sequence[Zone],
        headings: Sequence[PdfHeading],
        habits: Habits,
        pages: dict[int, Page],
    ) -> None:
        self.lines = lines
        self.zones = [list(range(zone.first, zone.last)) for zone in zones]
        self.ruled = {at for zone in zones if zone.ruled for at in range(zone.first, zone.last)}
        self.headings = headings
        self.habits = habits
        self.starts = [line.at for line in lines]
        self.numbering = Numbering()
        self.typed: dict[int, list[Mark]] = {}
        self.series = 0
        self.raises = False  # whether the marks of the notes are raised in this text

    # -- all ----------------------------------------------------------------

    def number(self) -> Numbering:
        """Return the notes; note lines get their role."""
        lists = self._sections("notes")
        listed_lines = {at for one in lists for at in one}
        self.zones = [
            kept for zone in self.zones if (kept := [at for at in zone if at not in listed_lines])
        ]
        in_zones = {at for zone in self.zones for at in zone}
        self._symbols(in_zones, lists)
        feet = self._settle(self.zones, endnotes=False)
        self._assign(feet, endnotes=False)
        self._letters(in_zones)
        headed = bool(lists)
        if not headed and not any(one.marks for one in feet):
            lists = self._list_at_end()
        if lists:
            regions = [list(one) for one in lists]
            self._assign(self._settle(regions, endnotes=True, headed=headed), endnotes=True)
        self._rest()
        self._tails()
        return self.numbering

    def _tails(self) -> None:
        """Tell the lines where the marks that end them begin."""
        marks_ = sorted(
            (
                m
                for note in self.numbering.notes
                for m in ([note.mark] if note.mark else []) + note.again
            ),
            key=lambda mark: -mark.start,
        )
        for mark in marks_:
            line = self.lines[self._line_at(mark.start)]
            end = line.tail if line.tail >= 0 else len(line.text)
            if not line.text[mark.end - line.at : end].strip():
                line.tail = mark.start - line.at

    def _line_at(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def _sections(self, kind: str) -> list[range]:
        """Return the lines under headings of a kind, such as "Notes"."""
        found = []
        for order, heading in enumerate(self.headings):
            if heading_words(heading.title).kind != kind:
                continue
            later = [h.first for h in self.headings[order + 1 :] if h.level <= heading.level]
            found.append(range(heading.last, later[0] if later else len(self.lines)))
        return found or self._under_a_plain_heading()

    def _under_a_plain_heading(self) -> list[range]:
        """Return the lines under a word such as "Notes" that looks like text, as on a scan."""
        for at, line in enumerate(self.lines[:-1]):
            if line.page == self.lines[0].page or heading_words(line.text).kind != "notes":
                continue
            begun = begins(self.lines[at + 1], at + 1)
            if begun is not None and begun.number == 1 and begun.style == "super":
                return [range(at + 1, len(self.lines))]
        return []

    # -- beginnings ---------------------------------------------------------

    def _beginnings(self, region: Sequence[int], *, endnotes: bool) -> list[Beginning]:
        """Return the candidates among the lines of one region."""
        found: list[Beginning] = []
        previous: Line | None = None
        for at in region:
            line = self.lines[at]
            if line.role in ("furniture", "separator", "heading") or not line.text:
                continue
            begun = begins(line, at)
            if begun is not None and begun.style == "alone":
                near = [self.lines[n].size for n in region if abs(n - at) == 1]
                if near and line.size < 0.85 * max(near):
                    begun = replace(begun, style="super")  # a raised number and no words
            if begun is not None and begun.number:
                weight = self._weigh(line, begun, previous, at == region[0], endnotes=endnotes)
                found.append(Beginning(begun, line.at, weight))
            found.extend(self._within(line, at))
            previous = line
        return found

    def _weigh(
        self, line: Line, begun: Opening, previous: Line | None, first: bool, *, endnotes: bool
    ) -> float:
        if begun.style == "super":
            return RAISED
        weight = LISTED if endnotes else AT_FOOT
        if begun.style == "alone":
            weight = 0.0
        if begun.style == "circled":
            return RAISED - 1
        if begun.style == "plain":
            weight -= 0.5
        if begun.style == "paren":
            weight -= 0.5
        if previous is None or first or previous.column != line.column:
            return weight
        gap = previous.base - line.base
        short = previous.right < previous.far - 3 * previous.size
        if gap > 1.25 * self.habits.spacing(line.size):
            weight += 0.5
        elif not terminal(previous.text) and not short:
            weight -= 3.0
        elif not short:
            weight -= 0.5
        if abs(line.indent) > 6:
            weight -= 1.0
        return weight

    def _within(self, line: Line, at: int) -> list[Beginning]:
        """Return the notes that begin in the middle of a line, with a raised number."""
        found = []
        for mark in raised_marks([line]):
            start = mark.start - line.at
            if start <= 0 or mark.style != "super" or not mark.number:
                continue
            before = line.text[:start].rstrip()
            after = line.text[mark.end - line.at :].lstrip()
            if terminal(before) and after[:1].isupper():
                words = len(line.text) - len(after)
                opened = Opening(at, mark.number, mark.label, "super", words)
                found.append(Beginning(opened, mark.start, 0.5))
        return found

    def _settle(
        self, regions: list[list[int]], *, endnotes: bool, headed: bool = True
    ) -> list[Series]:
        """Choose the notes of regions, and give them their lines."""
        candidates = [b for r in regions for b in self._beginnings(r, endnotes=endnotes)]
        if not candidates:
            return []
        without = {at for region in regions for at in region}
        taken = self._taken()
        raised = [
            m for m in self._marks(without)
            if m.number and m.start not in taken and m.weight >= POWER
        ]  # fmt: skip
        everything = raised
        if headed:
            free = self._marks(without, plain=True)
            everything = [
                m for m in free
                if m.number and m.start not in taken and (m.style != "super" or m.weight >= POWER)
            ]  # fmt: skip
        called = self._called(raised, everything)
        if not endnotes:
            self.raises = called.raises(candidates)
            candidates = called.weighed(candidates, self.ruled)
            everything = raised if self.raises else everything
        candidates = _raised_alone(candidates)
        series = split_series(chain(candidates))
        share = SHARE if headed else SHARE_OF_LIST
        fitting = None if endnotes else Pages(called)
        series = credible(
            series, raised, everything, self.ruled,
            endnotes=endnotes, fitting=fitting, share=share,
        )  # fmt: skip
        chosen = sorted(
            (note for one in series for note in (*one.notes.values(), *one.repeats)),
            key=lambda note: note.position,
        )
        self._take(regions, chosen, series, endnotes=endnotes)
        return series

    def _take(
        self,
        regions: list[list[int]],
        chosen: Sequence[Beginning],
        series: Sequence[Series],
        *,
        endnotes: bool,
    ) -> None:
        """Give the notes their lines; lines of a region before any note stay text."""
        home = {id(n): at for at, s in enumerate(series) for n in (*s.notes.values(), *s.repeats)}
        begun: dict[int, list[Beginning]] = {}
        for note in chosen:
            begun.setdefault(note.opening.line, []).append(note)
        known = {
            note.sign[0]: note for note in self.numbering.notes if note.sign is not None
        }  # those called by signs
        current: PdfNote | None = None
        page = 0
        for region in regions:
            opener = self.lines[region[0]]
            if endnotes or (current is not None and opener.page > page + 1):
                current = None
            elif region[0] not in begun and begins(opener, region[0]) is not None:
                current = None  # a line that looks like a note and is none goes on with none
            for at in region:
                line = self.lines[at]
                if line.role in ("furniture", "separator", "heading"):
                    continue
                page = line.page
                if at in known:
                    current = known[at]
                    line.role = "note"
                    continue
                position = 0
                for note in begun.get(at, []):
                    start = note.position - line.at
                    if current is not None and start > position:
                        current.parts.append((at, position, start))
                    words = note.opening.words
                    current = PdfNote(
                        note.opening.number,
                        note.opening.label,
                        sign=(at, start, words),
                        endnote=endnotes,
                        series=self.series + home[id(note)],
                    )
                    self.numbering.notes.append(current)
                    position = words
                if current is not None:
                    line.role = "note"
                    if position < len(line.text):
                        current.parts.append((at, position, len(line.text)))
        self.series += len(series)

    # -- signs and letters --------------------------------------------------

    def _symbols(self, in_zones: set[int], lists: Sequence[range]) -> None:
        """Find the notes called by signs (*, †): a line at a foot and a mark on its page."""
        listed = {at for one in lists for at in one}
        opened = [
            (at, begun) for at in sorted(in_zones - listed)
            if (begun := begins(self.lines[at], at)) is not None and begun.style == "symbol"
        ]  # fmt: skip
        if not opened:
            return
        free = [mark for mark in self._marks(in_zones, plain=True) if mark.style == "symbol"]
        for at, begun in opened:
            page = self.lines[at].page
            mark = next(
                (m for m in free if m.label == begun.label and self._page(m) == page), None
            ) or next(
                (m for m in free if m.label == begun.label and self._page(m) == page - 1), None
            )
            if mark is None:
                continue
            free.remove(mark)
            line = self.lines[at]
            note = PdfNote(0, begun.label, sign=(at, 0, begun.words), mark=mark, series=-1)
            note.parts.append((at, begun.words, len(line.text)))
            self.numbering.notes.append(note)

    def _page(self, mark: Mark) -> int:
        return self.lines[self._line_at(mark.start)].page

    def _letters(self, in_zones: set[int]) -> None:
        """Find the notes called by raised letters (a, b) or small Roman numbers."""
        opened = [
            (at, begun) for at in sorted(in_zones)
            if self.lines[at].role != "note"
            and (begun := begins(self.lines[at], at)) is not None and begun.style == "letter"
        ]  # fmt: skip
        if not opened:
            return
        romans = all(roman(begun.label) for _, begun in opened)
        free = [m for m in self._marks(in_zones, letters=True) if m.style == "letter"]
        taken: list[tuple[int, PdfNote]] = []
        for at, begun in opened:
            page = self.lines[at].page
            near = [m for m in free if m.label == begun.label and self._page(m) <= page]
            if not near:
                continue
            mark = near[-1] if self._page(near[-1]) == page else near[0]
            free.remove(mark)
            number = roman(begun.label) if romans else ord(begun.label[0]) - 96
            note = PdfNote(number, begun.label, sign=(at, 0, begun.words), mark=mark, series=-2)
            taken.append((at, note))
        if not taken:
            return
        firsts = dict(taken)
        current: PdfNote | None = None
        for zone in self.zones:
            for at in zone:
                line = self.lines[at]
                if line.role:
                    current = None if line.role == "note" else current
                    continue
                begin = 0
                if at in firsts:
                    current = firsts[at]
                    self.numbering.notes.append(current)
                    begin = current.sign[2] if current.sign else 0
                if current is not None:
                    line.role = "note"
                    current.parts.append((at, begin, len(line.text)))

    # -- lists at the end ---------------------------------------------------

    def _list_at_end(self) -> list[range]:
        """Return the lines of a list of notes that ends the text without a heading of its own."""
        called = [m for m in self._marks(set()) if m.style == "super" and m.weight > POWER]
        cited = self._bibliography()
        free = [at for at, line in enumerate(self.lines) if line.role == "" and at not in cited]
        opened = [
            (at, begun) for at in free
            if (begun := begins(self.lines[at], at)) is not None and begun.number
            and begun.style not in ("alone", "bracket")
        ]  # fmt: skip
        heads = sorted(heading.first for heading in self.headings)
        for order, (at, begun) in enumerate(opened):
            if begun.number != 1:
                continue
            above = [mark for mark in called if mark.start < self.lines[at].at]
            behind = len(called) - len(above)
            expected = count = 1
            for _, later in opened[order + 1 :]:
                if later.number in (expected + 1, 1):
                    expected = later.number
                    count += 1
            inside = [m for m in called if m.start >= self.lines[at].at]
            openings = sum(
                begins(self.lines[self._line_at(m.start)], 0) is not None for m in inside
            )
            enough = count * 5 >= 3 * len(above) and count >= min(3, len(above))
            if above and enough and (behind - openings) * 4 <= len(above):
                end = next((first for first in heads if first > at), len(self.lines))
                return [range(at, end)]
        return []

    # -- marks --------------------------------------------------------------

    def _marks(
        self, without: set[int], *, plain: bool = False, letters: bool = False
    ) -> list[Mark]:
        """Return the candidates for marks outside of some lines and of all notes."""
        body = [
            line for at, line in enumerate(self.lines)
            if at not in without and line.role in ("", "heading")
        ]  # fmt: skip
        found = raised_marks(body, letters=letters)
        taken = {(mark.start, mark.end) for mark in found}
        covered = sorted(taken)
        firsts = [span[0] for span in covered]
        for line in body:
            for mark in self._typed(line):
                if mark.style == "plain" and not plain:
                    continue
                start, end = mark.start + line.at, mark.end + line.at
                near = bisect_right(firsts, end - 1) - 1
                if near >= 0 and covered[near][1] > start:
                    continue
                if mark.start == 0 and mark.style in ("plain", "bracket"):
                    continue
                found.append(
                    Mark(start, end, mark.number, mark.label, mark.weight, mark.style, mark.gap)
                )
        return sorted(found, key=lambda mark: mark.start)

    def _typed(self, line: Line) -> list[Mark]:
        """Return the candidates for marks among the characters of a line."""
        found = self.typed.get(line.at)
        if found is None:
            found = self.typed[line.at] = marks(line.text, 0, len(line.text))
        return found

    def _called(self, raised: Sequence[Mark], typed: Sequence[Mark]) -> Called:
        return Called(raised, typed, [(line.at, line.page) for line in self.lines])

    def _taken(self) -> set[int]:
        """Return where the marks of the notes found so far stand."""
        return {note.mark.start for note in self.numbering.notes if note.mark is not None}

    def _assign(self, series: list[Series], *, endnotes: bool) -> None:
        """Find the marks of the notes of series, and those whose notes are lost."""
        if not series:
            return
        taken = self._taken()
        free = [m for m in self._marks(set()) if m.start not in taken and m.number]
        fitting = None if endnotes else Pages(self._called((), ()))
        assign(series, free, endnotes=endnotes, fitting=fitting)
        found = sum(len(one.marks) for one in series)
        wanted = sum(len(one.notes) for one in series)
        if found * 2 < wanted and not self.raises:
            for one in series:
                one.marks.clear()
            everything = [m for m in self._marks(set(), plain=True) if m.number]
            everything = [m for m in everything if m.start not in taken]
            assign(series, everything, endnotes=endnotes, fitting=fitting)
        for one in series:
            _without_others(one)
        self._extend(series, free)
        self._give(series, endnotes=endnotes)

    def _rest(self) -> None:
        """Find the marks of a text that has lost its notes, and those that call a note again."""
        raised = self._marks(set())
        if not self.numbering.notes and not self._has_numbered_bibliography():
            lost = without_notes([m for m in raised if m.weight > POWER])
            if lost is not None:
                self._give([lost], endnotes=False)
        self._again(raised)

    def _bibliography(self) -> set[int]:
        """Return the lines of the sections that are bibliographies."""
        return {at for one in self._sections("bibliography") for at in one}

    def _has_numbered_bibliography(self) -> bool:
        """Return whether a bibliography numbers its entries: raised numbers may call these."""
        numbers = {
            begun.number for at in self._bibliography()
            if (begun := begins(self.lines[at], at)) is not None and begun.number
        }  # fmt: skip
        return {1, 2, 3} <= numbers

    def _extend(self, series: list[Series], free: list[Mark]) -> None:
        """Follow the last series beyond its last note: marks whose notes are lost."""
        marked = [mark for mark in free if mark.weight > POWER]
        if series and series[-1].marks and self.lines:
            last = max(mark.end for mark in series[-1].marks.values())
            extend(series[-1], marked, last, self.lines[-1].end + 1)

    def _give(self, series: list[Series], *, endnotes: bool) -> None:
        """Tell the notes their marks; add the notes that are missing."""
        for one in series:
            by_line = {
                (note.sign[0], note.sign[1]): note
                for note in self.numbering.notes if note.sign is not None
            }  # fmt: skip
            number_of = 0
            for number in sorted(set(one.notes) | set(one.marks)):
                begun = one.notes.get(number)
                mark = one.marks.get(number)
                if begun is not None:
                    line = begun.opening.line
                    note = by_line[line, begun.position - self.lines[line].at]
                    note.mark = mark
                    number_of = note.series
                elif mark is not None:
                    self.numbering.notes.append(
                        PdfNote(number, str(number), mark=mark, endnote=endnotes, series=number_of)
                    )

    def _again(self, raised: list[Mark]) -> None:
        """Find raised numbers that call a note once more."""
        taken = {note.mark.start for note in self.numbering.notes if note.mark is not None}
        by_series: dict[int, list[PdfNote]] = {}
        for note in self.numbering.notes:
            if note.mark is not None and note.number:
                by_series.setdefault(note.series, []).append(note)
        for mark in raised:
            if mark.start in taken or mark.style != "super" or mark.weight <= 2.0:
                continue
            for notes in by_series.values():
                spans = [note.mark.start for note in notes if note.mark is not None]
                if not min(spans) <= mark.start <= max(spans) + 8000:
                    continue
                home = next((n for n in notes if n.number == mark.number and n.found), None)
                if home is not None and home.mark is not None and home.mark.start < mark.start:
                    home.again.append(mark)
                    break


def _raised_alone(candidates: list[Beginning]) -> list[Beginning]:
    """Return candidates without those with plain numbers, where most numbers are raised."""
    raised = sum(b.opening.style == "super" and b.weight > 1 for b in candidates)
    if raised * 2 <= len(candidates):
        return candidates
    weighed = [
        b if b.opening.style in ("super", "circled")
        else replace(b, weight=b.weight - NOT_RAISED)
        for b in candidates
    ]  # fmt: skip
    return [b for b in weighed if b.weight > -3]


def _without_others(one: Series) -> None:
    """Take out the marks without a note that look other than those with one, or are powers."""
    styles = Counter(mark.style for number, mark in one.marks.items() if number in one.notes)
    usual = styles.most_common(1)[0][0] if styles else ""
    for number in one.marks.keys() - one.notes.keys():
        if one.marks[number].style != usual or one.marks[number].weight <= POWER:
            del one.marks[number]
