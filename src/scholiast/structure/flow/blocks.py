"""Blocks: the paragraphs and table rows of a text, and what their format says they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from scholiast.structure.flow.bits import Bit

#: The ids of lists whose items have no numbers begin with this.
BULLETS: Final = "bullets "


@dataclass(frozen=True, slots=True)
class Indent:
    """How far a paragraph stands in, in twentieths of a point; ``first`` is its first line."""

    left: int = 0
    right: int = 0
    first: int = 0


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, or a row of a table, and what its style says it is."""

    bits: list[Bit] = field(default_factory=list)
    style: str = ""
    level: int = 0  # depth of a heading, 0 for none
    title: bool = False
    author: bool = False
    quote: bool = False
    contents: bool = False  # a line of a table of contents
    note: bool = False  # in a style for notes
    centred: bool = False
    itemised: bool = False  # in a style for items of lists
    heads_notes: bool = False  # the words above a list of notes
    list: str = ""  # the id of its numbering, "" where it has none
    table: int = 0  # the number of its table, 0 for none
    indent: Indent = field(default_factory=Indent)
    part: str = ""  # the member of a package it stands in, where that is not the main one

    @property
    def text(self) -> str:
        """The characters that the block adds to the reading text."""
        return "".join([bit.text for bit in self.bits if bit.role == "text"])

    @property
    def prominent(self) -> bool:
        """Whether the block is set off as plain headings are: all bold, or centred."""
        inked = [bit for bit in self.bits if bit.shown and bit.text.strip()]
        return bool(inked) and (self.centred or all(bit.bold for bit in inked))


def stacked(blocks: Iterable[Block]) -> Iterator[Bit]:
    """Yield the bits of a cell's paragraphs, each on a line of its own."""
    written = False
    for block in blocks:
        inked = bool(block.text.strip())
        if inked and written:
            yield Bit("\n")
        written = written or inked
        yield from block.bits
