"""Notes typed by hand: raised numbers in the body and a list of notes behind it.

A raised number alone proves nothing (squares, verses, ordinals). Numbers and
paragraphs are linked only where the series is evident, by the method of
``structure.notelinks``; else they stay the text they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final

from scholiast.structure.flow.bits import Bit, Reference, unbracketed
from scholiast.structure.flow.blocks import BULLETS, Block
from scholiast.structure.flow.notes import Note
from scholiast.structure.marks import (
    AFTER_WORD,
    SUPERSCRIPT,
    Mark,
    Opening,
    marks,
    opening,
)
from scholiast.structure.notelinks import Beginning, Series, assign, chain, extend, split_series
from scholiast.structure.sections import opening as heading_words

#: A place in the body as one number: the number of its block, and the offset in it.
_STRIDE: Final = 1_000_000
#: The share of a list's notes that must have a mark for the list to be one of notes.
EVIDENT: Final = 0.6
#: The weight of a raised number that is a power by its looks: after a unit, or after ten.
POWER: Final = 1.0
_POWER: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,2}|10)$")
_LONGEST_POWER: Final = 3  # two letters, and a line break behind them
_LONGEST_HEADING: Final = 80
#: Signs of program text in one block from which on its numbers are those of the program.
PROGRAM_SIGNS: Final = 4
_PROGRAM: Final = re.compile(r"[=<>\\\\^_|{}]")
_RAISED: Final = re.compile(r"[\s,;、\-–\[\]()\d]*\d[\s,;、\-–\[\]()\d]*")
_RAISED_OPENING: Final = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.)]?\s*")
_NUMBER: Final = re.compile(r"(?<!\d)[1-9]\d{0,2}(?!\d)")
_SYMBOL: Final = re.compile(r"\s*([*∗†‡§]{1,4})\s*")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that may be a note, and how many of its characters are its number."""

    beginning: Beginning
    taken: int


def typed_notes(blocks: Sequence[Block], part: str) -> tuple[list[Block], list[Note]]:
    """Return the blocks that are body, and the notes typed by hand among ``blocks``.

    The marks of the notes become note references in the bits of the body.
    """
    regions = _regions(blocks)
    candidates = list(_candidates(blocks, regions))
    series = _evident(blocks, candidates, regions, _raised_marks)
    if not series and regions:
        listed = [c for c in candidates if _within(c.beginning.opening.line, regions)]
        series = _evident(blocks, listed, regions, _plain_marks)
        if len(series) > 1 and any(len(one.notes) < 2 for one in series):
            series = []  # numbers that begin again at every one count something else
    symbols = _symbols(blocks)
    if not series and not symbols:
        return list(blocks), []
    taking = _Taking(blocks, regions, part)
    taking.series(series, {id(c.beginning): c.taken for c in candidates}, set(symbols.values()))
    taking.symbols(symbols)
    return taking.finished()


@dataclass(slots=True)
class _Taking:
    """Takes the notes out of the body and sets their marks."""

    blocks: Sequence[Block]
    regions: Sequence[tuple[int, int]]
    part: str
    notes: list[Note] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    marks: dict[int, list[tuple[int, int, Reference]]] = field(default_factory=dict)

    def series(self, series: Sequence[Series], taken: dict[int, int], others: set[int]) -> None:
        """Take the notes of the series; ``others`` are blocks at which further notes begin."""
        starts = {note.opening.line for one in series for note in one.notes.values()} | others
        for order, one in enumerate(series):
            for number, mark in sorted(one.marks.items()):
                reference = Reference("typed", f"{order}.{number}", mark.label, number)
                at, offset = divmod(mark.start, _STRIDE)
                self._call(at, offset, mark.end % _STRIDE, reference)
            for number, begun in sorted(one.notes.items()):
                span = _span(self.blocks, begun.opening.line, starts, self.regions)
                note = self._note(f"{order}.{number}", span, begun.opening.label, taken[id(begun)])
                note.number = number
                region = _region(begun.opening.line, self.regions)
                if region is not None:
                    self.blocks[region[0] - 1].heads_notes = True

    def symbols(self, symbols: dict[tuple[int, int, str], int]) -> None:
        """Take the notes that begin with the sign of a mark."""
        for (at, offset, sign), first in symbols.items():
            if first in self.gone:
                continue
            reference = Reference("typed", f"sign {sign}", sign)
            self._call(at, offset, offset + len(sign), reference)
            match = _SYMBOL.match(self.blocks[first].text)
            self._note(reference.id, [first], sign, match.end() if match else 0)

    def _call(self, at: int, start: int, end: int, reference: Reference) -> None:
        self.marks.setdefault(at, []).append((start, end, reference))

    def _note(self, id_: str, span: list[int], label: str, taken: int) -> Note:
        """Add a note made of these blocks, of which the first ``taken`` characters are its mark."""
        note = Note("typed", id_, self.part, [self.blocks[at] for at in span], label)
        _replace(note.blocks[0], [(0, taken, None)])
        self.notes.append(note)
        self.gone.update(span)
        return note

    def finished(self) -> tuple[list[Block], list[Note]]:
        """Set the marks; return the blocks that are left, and the notes."""
        for at, places in self.marks.items():
            _replace(self.blocks[at], sorted(places, key=lambda place: place[0]))
            self.blocks[at].bits = unbracketed(self.blocks[at].bits)
        return [block for at, block in enumerate(self.blocks) if at not in self.gone], self.notes


def _is_heading(block: Block) -> bool:
    return bool(block.level or block.title)


def _regions(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the ranges of blocks under headings such as "Notes"."""
    ends: list[int] = []
    firsts: list[int] = []
    for at, block in enumerate(blocks):
        words = block.text.strip()
        if block.contents or block.table or not words or len(words) > _LONGEST_HEADING:
            if _is_heading(block):
                ends.append(at)
            continue
        told = heading_words(words)
        if told.strong and told.kind == "notes" and not block.note:
            firsts.append(at)
            ends.append(at)
        elif _is_heading(block) or (told.strong and block.prominent):
            ends.append(at)
    ends.append(len(blocks))
    return [(first + 1, ends[bisect_right(ends, first)]) for first in firsts]


def _region(at: int, regions: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the range that holds a block, None where it is in none."""
    index = bisect_right(regions, at, key=itemgetter(0)) - 1
    return regions[index] if index >= 0 and at < regions[index][1] else None


def _within(at: int, regions: Sequence[tuple[int, int]]) -> bool:
    return _region(at, regions) is not None


def _candidates(
    blocks: Sequence[Block], regions: Sequence[tuple[int, int]]
) -> Iterator[_Candidate]:
    """Yield the paragraphs that may begin a note."""
    counted: Counter[str] = Counter()
    for at, block in enumerate(blocks):
        text = block.text
        if _is_heading(block) or block.table or block.contents or not text.strip():
            continue
        listed = block.note or _within(at, regions)
        first = next(bit for bit in block.bits if bit.shown and bit.text.strip())
        raised = _RAISED_OPENING.fullmatch(first.text) if first.raised else None
        if raised:
            number, taken = int(raised.group(1)), _after(text, first.text)
            begun: Opening | None = Opening(at, number, str(number), "super", taken)
        else:
            begun = opening(text.lstrip(), at) if listed or ord(text.lstrip()[0]) > 0xB1 else None
            taken = begun.words + len(text) - len(text.lstrip()) if begun else 0
            if begun is not None and not listed and begun.style != "super":
                begun = None
        if begun is None and listed and block.list and not block.list.startswith(BULLETS):
            counted[block.list] += 1
            begun, taken = Opening(at, counted[block.list], str(counted[block.list]), "dot", 0), 0
        if begun is not None and begun.number and begun.style != "alone":
            weight = 3.0 if listed else 1.5
            yield _Candidate(Beginning(begun, at * _STRIDE, weight), taken)


def _after(text: str, leading: str) -> int:
    """Return how many characters the raised number at the start, and blanks after it, take."""
    begin = text.find(leading)
    rest = text[begin + len(leading) :]
    stop = re.match(r"[.)]?\s*", rest)
    return begin + len(leading) + (stop.end() if stop else 0)


def _evident(
    blocks: Sequence[Block],
    candidates: Sequence[_Candidate],
    regions: Sequence[tuple[int, int]],
    marks_of: Callable[[Block], Iterator[Mark]],
) -> list[Series]:
    """Return the series of notes whose marks are found in the body."""
    chosen = chain([candidate.beginning for candidate in candidates])
    series = split_series(chosen)
    marked: dict[int, list[Mark]] = {}  # of each block, once for all turns
    while series:
        lines = {note.opening.line for one in series for note in one.notes.values()}
        body: list[Mark] = []
        for at, block in enumerate(blocks):
            if at not in lines and not block.note and not _within(at, regions):
                if at not in marked:
                    marked[at] = list(_placed(marks_of(block), at))
                body.extend(marked[at])
        for one in series:
            one.marks.clear()
        assign(series, body, endnotes=True)
        kept = [one for one in series if _credible(one, regions)]
        if len(kept) == len(series):
            extend(series[-1], body, 0, len(blocks) * _STRIDE)
            return series
        series = kept
    return []


def _credible(one: Series, regions: Sequence[tuple[int, int]]) -> bool:
    """Return whether enough notes of a series have a mark in the body."""
    matched = sum(number in one.marks for number in one.notes)
    listed = any(_within(note.opening.line, regions) for note in one.notes.values())
    least = 1 if listed else 2
    return matched >= least and matched >= EVIDENT * len(one.notes)


def _placed(found: Iterator[Mark], at: int) -> Iterator[Mark]:
    """Yield the marks of the block number ``at`` with their places in the whole body."""
    base = at * _STRIDE
    for mark in sorted(found, key=lambda mark: mark.start):
        yield replace(mark, start=base + mark.start, end=base + mark.end)


def _raised_marks(block: Block) -> Iterator[Mark]:
    """Yield the raised numbers of a block that may be note marks."""
    if block.contents:
        return
    text = block.text
    yield from (mark for mark in marks(text, 0, len(text)) if mark.style == "super")
    offset = 0
    for bit in block.bits:
        if not bit.shown:
            continue
        if bit.raised and offset and _RAISED.fullmatch(bit.text):
            for match in _NUMBER.finditer(bit.text):
                begin, end = offset + match.start(), offset + match.end()
                label = match.group()
                power = _POWER.search(text, max(0, offset - _LONGEST_POWER), offset)
                weight = POWER if power else SUPERSCRIPT
                yield Mark(begin, end, int(label), label, weight, "super")
        offset += len(bit.text)


def _plain_marks(block: Block) -> Iterator[Mark]:
    """Yield the numbers of a block that stand where note marks do, though not raised.

    In rows of tables and in program text ("datetime1", "b'1'") they prove nothing.
    """
    text = block.text
    if not (block.contents or block.table or len(_PROGRAM.findall(text)) >= PROGRAM_SIGNS):
        yield from (mark for mark in marks(text, 0, len(text)) if mark.weight > AFTER_WORD)


def _span(
    blocks: Sequence[Block], first: int, starts: set[int], regions: Sequence[tuple[int, int]]
) -> list[int]:
    """Return the numbers of the blocks of the note that begins with the block ``first``."""
    span = [first]
    region = _region(first, regions)
    for at in range(first + 1, region[1] if region is not None else len(blocks)):
        block = blocks[at]
        listed = region is not None or (block.note and blocks[first].note)
        if at in starts or _is_heading(block) or not listed:
            break
        span.append(at)
    return span


def _symbols(blocks: Sequence[Block]) -> dict[tuple[int, int, str], int]:
    """Return, for each raised * or † with a paragraph of its own, that paragraph's number."""
    marked: dict[str, list[tuple[int, int, str]]] = {}
    begun: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        opened = _SYMBOL.match(block.text)
        words = opened is not None and any(c.isalpha() for c in block.text[opened.end() :])
        if opened and words and not block.table and not block.list:
            begun.setdefault(opened.group(1), []).append(at)
        offset = 0
        for bit in block.bits:
            if not bit.shown:
                continue
            sign = _SYMBOL.fullmatch(bit.text) if bit.raised and offset else None
            if sign:
                place = (at, offset + sign.start(1), sign.group(1))
                marked.setdefault(sign.group(1), []).append(place)
            offset += len(bit.text)
    return {
        places[0]: begun[sign][0]
        for sign, places in marked.items()
        if len(places) == 1 and len(begun.get(sign, ())) == 1 and begun[sign][0] > places[0][0]
    }


def _replace(block: Block, places: Sequence[tuple[int, int, Reference | None]]) -> None:
    """Make spans of the shown characters of a block, in order, marks with their references."""
    out: list[Bit] = []
    offset = at = 0
    told: Reference | None = None  # the reference that was set last
    for bit in block.bits:
        if not bit.shown:
            out.append(bit)
            continue
        size, done = len(bit.text), 0
        while at < len(places) and places[at][0] < offset + size:
            start, end, reference = places[at]
            first, last = max(done, start - offset), min(size, end - offset)
            if first < last:
                mark = bit.cut(first, last)
                mark.role = "mark"
                if done < first:
                    out.append(bit.cut(done, first))
                if reference is not None and reference is not told:
                    told, reference.page = reference, bit.page
                    out.append(
                        Bit("", bit.paragraph, mark.source, reference=reference, page=bit.page)
                    )
                out.append(mark)
                done = last
            if end > offset + size:
                break  # the mark goes on in the next bit
            at += 1
        if not done:
            out.append(bit)
        elif done < size:
            out.append(bit.cut(done, size))
        offset += size
    block.bits = out
