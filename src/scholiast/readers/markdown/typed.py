"""Endnotes that were typed by hand: numbered paragraphs, and numbers that call them.

A series proves what a number alone does not: under a heading for notes, or at
the very end, paragraphs count up from 1; before them the same numbers stand
in the same order, all in one shape. Where that is not evident, all stays text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from scholiast.readers.markdown.inline import settled, trimmed
from scholiast.readers.markdown.pieces import (
    MARK,
    RAISED_OFF,
    RAISED_ON,
    Block,
    Column,
    NoteText,
    Piece,
    Range,
    Tree,
    cut,
)
from scholiast.structure.sections import opening

#: The share of the notes that must be called, in order, for a series to be believed.
CALLED: Final = 0.7
#: The share where no heading says that these are notes, or the numbers are plain digits.
CALLED_DOUBTFUL: Final = 0.9
#: Marks may go on after the last note by so many: their notes are missing.
BEYOND: Final = 2

#: Pieces at the beginning of a line that may hold the number of a note.
AHEAD: Final = 6
#: More series than this are not sought in one stretch of text.
MOST_TOGETHER: Final = 20

_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_OPENING: Final = re.compile(
    rf"(?:\[(?P<bracket>\d{{1,3}})\]:?|\((?P<paren>\d{{1,3}})\)|\^(?P<caret>\d{{1,3}})\^"
    rf"|(?P<super>[{_RAISED}]{{1,3}})|(?P<dot>\d{{1,3}})[.)](?=\s))\s*(?=\S)"
)
#: The shapes of a mark, each by its pattern; raised and linked numbers are found apart.
_SHAPES: Final = {
    "bracket": re.compile(r"\[(\d{1,3})\](?!\()"),
    "paren": re.compile(r"\((\d{1,3})\)"),
    "caret": re.compile(r"\^(\d{1,3})\^"),
    "super": re.compile(rf"(?<=\S)([{_RAISED}]{{1,3}})"),
    "plain": re.compile(
        r"(?:(?<=[^\W\d_]{2})|(?<=[^\W\d_][.,;:!?”’\"»)]))(\d{1,3})(?=[\s.,;:!?”’)]|$)"
    ),
}
_DIGITS: Final = re.compile(r"\s*\[?\(?(\d{1,3})\)?\]?\s*")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that may call a note: its block, its span in the block's text."""

    block: int
    start: int
    end: int
    number: int


@dataclass(slots=True)
class _Series:
    """Typed notes that are numbered through: (block, number, characters of the number)."""

    notes: list[tuple[int, int, int]] = field(default_factory=list)
    after: int = 0  # marks stand in the blocks from here …
    before: int = 0  # … to before here
    end: int = 0  # the block at which the last note ends
    needed: float = CALLED


def with_typed_notes(tree: Tree, source: str) -> Tree:
    """Return a tree in which typed endnotes are notes, where the text shows that they are."""
    _divide(tree, source)
    blocks = tree.body.blocks
    moved: dict[int, NoteText] = {}  # block of the body -> the note it belongs to
    for group, series in enumerate(_all_series(blocks, source), 1):
        marks = _called(blocks, source, series)
        if marks is None:
            continue
        _set_marks(blocks, source, marks, group)
        for note, first, last in _notes(tree, source, series, group):
            tree.notes.append(note)
            moved |= dict.fromkeys(range(first, last), note)
    return _without(tree, moved) if moved else tree


def _all_series(blocks: list[Block], source: str) -> list[_Series]:
    """Return the runs of numbered paragraphs that may be notes."""
    found: list[_Series] = []
    begin = 0
    for index, block in enumerate(blocks):
        if block.kind != "heading" or opening(block.text(source)).kind != "notes":
            continue
        later = range(index + 1, len(blocks))
        end = next(
            (n for n in later if blocks[n].kind == "heading" and blocks[n].level <= block.level),
            len(blocks),
        )
        found.extend(_numbered(blocks, source, index + 1, end, begin, index))
        begin = end
    return found or _at_the_end(blocks, source)


def _numbered(
    blocks: list[Block], source: str, start: int, end: int, after: int, before: int
) -> list[_Series]:
    """Return the series of numbered paragraphs in ``blocks[start:end]``."""
    found: list[_Series] = []
    last = 0
    same = _all_ones(blocks[start:end])
    for index in range(start, end):
        if blocks[index].kind == "heading":
            last = 0
            continue
        number, length = _number(blocks[index], source)
        if same and blocks[index].number:
            number = last + 1
        if number and (not found or number == 1 or number <= last):
            found.append(_Series(after=after, before=before))
        if number:
            found[-1].notes.append((index, number, length))
            last = number
    for series, later in pairwise(found):
        series.end = later.notes[0][0]
    if found:
        found[-1].end = end
    if len(found) > 1 and not _apart(blocks, source, found) and len(found) > MOST_TOGETHER:
        return []
    return found


def _apart(blocks: list[Block], source: str, found: list[_Series]) -> bool:
    """Give each of several series its own stretch: from one number 1 to the next.

    Returns whether the numbers 1 show where each begins.
    """
    for marks in _candidates(blocks, source, found[0]).values():
        ones = [mark.block for mark in marks if mark.number == 1]
        if len(ones) == len(found) == len(set(ones)):
            for series, first, last in zip(found, ones, [*ones[1:], found[0].before], strict=True):
                series.after, series.before = first, last
            return True
    return False


def _all_ones(blocks: Sequence[Block]) -> bool:
    """Return whether all items of numbered lists were typed with the number 1."""
    numbers = [block.number for block in blocks if block.number]
    return len(numbers) > 1 and set(numbers) == {1}


def _at_the_end(blocks: list[Block], source: str) -> list[_Series]:
    """Return the series of a text that ends in numbered paragraphs without a heading."""
    start = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind == "heading":
            break
        number, length = _number(blocks[index], source)
        if number == 1 and length:
            start = index
            break
    found = _numbered(blocks, source, start, len(blocks), 0, start)
    if len(found) != 1 or len(found[0].notes) < 2 or any(not n[2] for n in found[0].notes):
        return []
    found[0].needed = CALLED_DOUBTFUL
    return found


def _number(block: Block, source: str) -> tuple[int, int]:
    """Return the number a block begins with, and how many characters of its text that is."""
    if block.number:
        return block.number, 0
    words = block.text(source)
    for start, end in _raised(block):
        digits = _DIGITS.fullmatch(words, start, end)
        if not words[:start].strip() and digits:
            rest = words[end:]
            return int(digits.group(1)), end + len(rest) - len(rest.lstrip(" .\u00a0"))
        break
    match = _OPENING.match(words)
    return (_value(match.group(match.lastgroup or 0)), match.end()) if match else (0, 0)


def _value(digits: str) -> int:
    """Return the number that plain or raised digits are."""
    return int("".join(str(_RAISED.index(c)) if c in _RAISED else c for c in digits))


def _raised(block: Block) -> Iterator[tuple[int, int]]:
    """Yield the spans of a block's text that are raised, or linked within the file."""
    at, start = 0, -1
    for piece in block.pieces:
        if piece.kind == RAISED_ON and start < 0:
            start = at
        elif piece.kind == RAISED_OFF and start >= 0:
            yield start, at
            start = -1
        at += piece.length


def _called(blocks: list[Block], source: str, series: _Series) -> list[_Mark] | None:
    """Return the marks that call a series, in order; None where they are not evident."""
    numbers = [number for _, number, _ in series.notes]
    if series.notes[0][1] > 1 + BEYOND or len(numbers) < CALLED * max(numbers):
        return None
    best: tuple[float, list[_Mark]] = (0.0, [])
    for shape, marks in _candidates(blocks, source, series).items():
        chain = _rising([mark for mark in marks if 0 < mark.number <= max(numbers) + BEYOND])
        share = len({mark.number for mark in chain} & set(numbers)) / len(numbers)
        needed = CALLED_DOUBTFUL if shape == "plain" else series.needed
        if share >= needed and share > best[0]:
            best = share, chain
    return best[1] or None


def _candidates(blocks: list[Block], source: str, series: _Series) -> dict[str, list[_Mark]]:
    """Return the numbers before a series that may be marks, by their shape."""
    found: dict[str, list[_Mark]] = {"raised": [], **{shape: [] for shape in _SHAPES}}
    for index in range(series.after, series.before):
        words = blocks[index].text(source)
        for start, end in _raised(blocks[index]):
            digits = _DIGITS.fullmatch(words, start, end)
            if digits:
                found["raised"].append(_Mark(index, start, end, int(digits.group(1))))
        for shape, pattern in _SHAPES.items():
            for match in pattern.finditer(words):
                number = _value(match.group(1))
                found[shape].append(_Mark(index, *match.span(), number))
    return found


def _rising(marks: Sequence[_Mark]) -> list[_Mark]:
    """Return the longest run of marks, in order, whose numbers rise (patience sorting)."""
    tails: list[int] = []  # the smallest number that ends a run of each length
    ends: list[int] = []
    before: list[int] = []
    for index, mark in enumerate(marks):
        length = bisect_left(tails, mark.number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [mark.number]
        ends[length : length + 1] = [index]
    chosen: list[_Mark] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chosen.append(marks[at])
        at = before[at]
    return chosen[::-1]


def typed_label(number: int, group: int) -> str:
    """Return the label of a typed note; no label an author writes has a blank."""
    return f"{number} {group}"


def _set_marks(blocks: list[Block], source: str, marks: Sequence[_Mark], group: int) -> None:
    """Put note marks where the numbers stand that call notes."""
    for mark in reversed(marks):
        block = blocks[mark.block]
        start, end = _in_file(block.pieces, mark.start, mark.end)
        sign = Piece(MARK, start, end, label=typed_label(mark.number, group))
        block.pieces = settled(cut(block.pieces, mark.start, mark.end, sign), source)


def _in_file(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
    """Return the span in the file of a stretch of a block's text."""
    first, last, at = -1, -1, 0
    for piece in pieces:
        if piece.length and at < end and at + piece.length > start:
            if first < 0:
                first = piece.start + (max(0, start - at) if piece.words is None else 0)
            cut_off = max(0, at + piece.length - end) if piece.words is None else 0
            last = piece.end - cut_off
        at += piece.length
    return first, last


def _notes(
    tree: Tree, source: str, series: _Series, group: int
) -> Iterator[tuple[NoteText, int, int]]:
    """Yield the notes of a series, each with the blocks of the body it is taken from."""
    blocks = tree.body.blocks
    ends = [*(note[0] for note in series.notes[1:]), series.end]
    for at, ((first, number, length), end) in enumerate(zip(series.notes, ends, strict=True), 1):
        last = min(end, _list_end(tree, first))
        if at == len(series.notes) and length:
            last = first + 1  # what follows the last note may be anything
        column = Column([block for block in blocks[first:last] if block.kind != "heading"])
        note = NoteText(typed_label(number, group), column, body_block=first, endnote=True)
        if length:
            opened = column.blocks[0]
            note.mark = _in_file(opened.pieces, 0, length)
            opened.pieces = trimmed(cut(opened.pieces, 0, length), source)
        yield note, first, last


def _list_end(tree: Tree, index: int) -> int:
    """Return where the list ends that a numbered item stands in; else where the body ends."""
    if not tree.body.blocks[index].number:
        return len(tree.body.blocks)
    ends = [
        one.last for one in tree.body.ranges if one.kind == "list" and one.first <= index < one.last
    ]
    return max(ends, default=len(tree.body.blocks))


def _divide(tree: Tree, source: str) -> None:
    """Make a paragraph of each line that goes on numbering: ``[1] …``, ``[2] …`` below it."""
    blocks: list[Block] = []
    place: list[int] = []
    for block in tree.body.blocks:
        place.append(len(blocks))
        blocks.extend(_lines(block, source))
    if len(blocks) > len(place):
        _move(tree, blocks, [*place, len(blocks)])


def _lines(block: Block, source: str) -> list[Block]:
    """Return the paragraphs of a numbered block, one for each line that counts on."""
    if block.kind != "paragraph" or not _number(block, source)[1]:
        return [block]
    number = _number(block, source)[0]
    found: list[Block] = []
    first = 0
    for index, piece in enumerate(block.pieces):
        if piece.words in (" ", "\n") and source[piece.start : piece.end].endswith(("\n", "\r")):
            rest = Block("paragraph", block.pieces[index + 1 : index + 1 + AHEAD])
            following, length = _number(rest, source)
            if length and following == number + 1:
                found.append(Block("paragraph", block.pieces[first:index]))
                number, first = following, index + 1
    return [*found, Block("paragraph", block.pieces[first:], number=block.number)]


def _without(tree: Tree, moved: dict[int, NoteText]) -> Tree:
    """Return a tree whose body has no longer the blocks that became notes."""
    old = tree.body.blocks
    stays = [n not in moved or block.kind == "heading" for n, block in enumerate(old)]
    place = [0, *accumulate(stays)]
    _move(tree, [block for block, kept in zip(old, stays, strict=True) if kept], place)
    return tree


def _move(tree: Tree, blocks: list[Block], place: Sequence[int]) -> None:
    """Give the body other blocks; ``place[n]`` is the new index of what was block n."""
    tree.body.blocks = blocks
    tree.body.ranges = [
        Range(one.kind, place[one.first], place[one.last])
        for one in tree.body.ranges
        if place[one.first] < place[one.last]
    ]
    for note in tree.notes:
        note.body_block = place[min(note.body_block, len(place) - 1)]
