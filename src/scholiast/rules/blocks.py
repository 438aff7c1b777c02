"""The blocks of a text: its paragraphs, and those of each note.

Marks and brackets are judged block by block, for a pair left open in one
paragraph says nothing about the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from scholiast.model import Document, Node


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row; ``note`` is the note it belongs to."""

    start: int
    end: int
    note: Node | None = None


#: The body is one zone, each note is another: nothing is paired across zones.
Zone = tuple[Block, ...]


def zones(document: Document) -> tuple[Zone, ...]:
    """Return the blocks of the body, then those of each note."""
    text = document.text
    found = [_divided(text, 0, document.body_end, None)]
    found.extend(_divided(text, note.start, note.end, note) for note in document.of_kind("note"))
    return tuple(zone for zone in found if zone)


def _divided(text: str, start: int, end: int, note: Node | None) -> Zone:
    """Return the blocks of a stretch of text, which blank lines divide."""
    blocks: list[Block] = []
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            blocks.append(Block(start, stop, note))
        start = stop + 2
    return tuple(blocks)


def is_row(text: str, block: Block) -> bool:
    """Return whether a block is a row of a table, whose cells are divided by tabulators."""
    return text.find("\t", block.start, block.end) >= 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mark without its partner: where it stands, whether it opens, which sort it is of."""

    position: int
    opens: bool
    sort: str
    doubtful: bool = False


@dataclass(slots=True)
class Judged:
    """A block with its flaws, and the marks of each sort that it holds, in order."""

    block: Block
    flaws: list[Flaw]
    first: dict[str, int]  # sort -> position of its first mark


#: How many blocks on an open pair may be closed: a long parenthesis, verse in a quotation.
SPAN_BLOCKS: Final = 3
#: How many where a whole document is quoted: from a mark that begins a block, or follows a
#: colon, to one that ends a block.
LONG_SPAN_BLOCKS: Final = 60


def settled(text: str, judged: Sequence[Judged]) -> list[tuple[Block, Flaw]]:
    """Return the flaws of a zone that no later block of it mends.

    A pair opened last in one block and closed by the first flaw of its sort
    in a later one is whole: it runs over the paragraphs.
    """
    mended: set[int] = set()
    flawed = [at for at, one in enumerate(judged) if one.flaws]
    for order, at in enumerate(flawed):
        one = judged[at]
        for sort in sorted({flaw.sort for flaw in one.flaws if flaw.opens}):
            opening = [f for f in one.flaws if f.sort == sort and f.opens][-1]
            later = islice(flawed, order + 1, None)
            closing = _closing(text, judged, later, at, sort, opening)
            if closing is not None:
                mended.update((opening.position, closing.position))
    return [
        (one.block, flaw) for one in judged for flaw in one.flaws if flaw.position not in mended
    ]


def _closing(
    text: str, judged: Sequence[Judged], flawed: Iterable[int], at: int, sort: str, opening: Flaw
) -> Flaw | None:
    """Return the flaw in a later block that closes what a block leaves open, or None."""
    for later in flawed:
        if later - at > LONG_SPAN_BLOCKS:
            return None
        other = judged[later]
        closing = next((flaw for flaw in other.flaws if flaw.sort == sort), None)
        if closing is None:
            continue
        if closing.opens:
            return None
        near = later - at <= SPAN_BLOCKS and closing.position == other.first[sort]
        return (
            closing
            if near or _is_long(text, judged[at].block, opening, other.block, closing)
            else None
        )
    return None


def _is_long(text: str, first: Block, opening: Flaw, last: Block, closing: Flaw) -> bool:
    """Return whether two marks may hold a whole document between them."""
    before = text[first.start : opening.position].rstrip()
    after = text[closing.position + 1 : last.end].strip()
    return (not before or before[-1] in ":：") and len(after) < 2


#: What follows the hard sign in the romanisations of Russian.
_AFTER_HARD_SIGN = re.compile("e|ë|i[aeou]|y[aeou]|j[aeu]")


def is_hard_sign(text: str, at: int) -> bool:
    """Return whether a double mark inside a word stands for the Russian hard sign (ob”ekt)."""
    before = text[at - 1 : at]
    if not before.isalpha() or not before.isascii() or before.lower() in "aeiouy":
        return False
    if not _AFTER_HARD_SIGN.match(text, at + 1):
        return False
    start = at
    while start and (text[start - 1].isalpha() or text[start - 1] in "’'"):
        start -= 1
    return start == 0 or text[start - 1] not in '“"„' or at - start <= LONGEST_PREFIX


#: The longest prefix before a hard sign ("vzob", "kontr") has so many letters.
LONGEST_PREFIX = 5
