"""The words of a page as bits: white space as browsers collapse it.

Characters map one to one to those of their text node. Of several blanks the
first stays; where that is a line break or a tabulator, the blank is a repair
("white-space") with the original. The other blanks are gaps: no segment leads
to them. A line break between two Chinese characters is no blank at all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from scholiast.structure.flow.bits import Bit
from scholiast.structure.flow.blocks import Block

#: Blanks that browsers collapse, where they are more or other than one space.
_RUN: Final = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_CLOSING: Final = frozenset(".,;:!?)]}»”’…。，、；：！？）》」』】")
#: Names of repairs: a run of blanks that is shown as one, a mark that ``q`` prints.
WHITE_SPACE: Final = "white-space"
QUOTATION_MARK: Final = "quotation-mark"


@dataclass(slots=True)
class Style:
    """How the words at a place look, and the role they have."""

    italic: bool = False
    bold: bool = False
    raised: bool = False
    pre: bool = False
    role: str = "text"


@dataclass(slots=True, eq=False)
class Line:
    """One paragraph in the making."""

    block: Block = field(default_factory=Block)
    inked: str = ""  # the last character written in this line, "" at its start
    pending: Bit | None = None  # a blank that is written when a word follows
    marked: bool = False  # a note mark stood behind the pending blank

    def text(self, string: str, number: int, line: int, page: int, style: Style) -> None:
        """Write the characters of a text node."""
        if style.role != "text":
            self._aside(string, number, line, page, style)
        elif style.pre:
            self._ink(string, number, 0, line, page, style)
        else:
            self._collapsed(string, number, line, page, style)

    def _collapsed(self, string: str, number: int, line: int, page: int, style: Style) -> None:
        at = 0
        for match in _RUN.finditer(string):
            self._words(string[at : match.start()], number, at, line, page, style)
            line += match[0].count("\n")
            self._blank(match[0], number, match.start(), line, page, style)
            at = match.end()
        self._words(string[at:], number, at, line, page, style)

    def _words(self, chunk: str, number: int, at: int, line: int, page: int, style: Style) -> None:
        """Write words with single blanks between them, and perhaps one at each end."""
        if not chunk:
            return
        if chunk[0] == " ":
            self._blank(" ", number, at, line, page, style)
            chunk, at = chunk[1:], at + 1
        trailing = chunk.endswith(" ")
        self._ink(chunk[:-1] if trailing else chunk, number, at, line, page, style)
        if trailing:
            self._blank(" ", number, at + len(chunk) - 1, line, page, style)

    def _blank(self, run: str, number: int, at: int, line: int, page: int, style: Style) -> None:
        if not self.inked or self.inked == "\n" or self.pending is not None:
            return
        blank = Bit(
            " ", number, at, "text", style.italic, style.raised, style.bold, page, line=line
        )
        if run[0] != " ":
            blank.stop, blank.repair, blank.original = at + len(run), WHITE_SPACE, run
        self.pending = blank

    def _ink(self, chunk: str, number: int, at: int, line: int, page: int, style: Style) -> None:
        if not chunk:
            return
        pending = self.pending
        if pending is not None:
            broken = "\n" in pending.original and _wide(self.inked) and _wide(chunk[0])
            if not broken and not (self.marked and chunk[0] in _CLOSING):
                self._add(pending)
        self.pending, self.marked = None, False
        self._add(
            Bit(chunk, number, at, "text", style.italic, style.raised, style.bold, page, line=line)
        )
        self.inked = chunk[-1]

    def _aside(self, string: str, number: int, line: int, page: int, style: Style) -> None:
        """Keep what is no word of the text: the characters of a mark."""
        if string.strip():
            self.block.bits.append(
                Bit(string, number, 0, style.role, raised=style.raised, page=page, line=line)
            )

    def _add(self, bit: Bit) -> None:
        bits = self.block.bits
        if bits and bits[-1].joins(bit):
            bits[-1].text += bit.text
        else:
            bits.append(bit)

    def division(self, text: str, page: int) -> None:
        """Write what divides: a line break, the tabulator behind a cell."""
        self.pending, self.marked = None, False
        self.block.bits.append(Bit(text, page=page))
        self.inked = "\n"

    def quotation(self, sign: str, number: int, line: int, page: int, style: Style) -> None:
        """Write the quotation mark that a browser prints: a repair at the text node beside it."""
        if self.pending is not None and sign not in "”’":
            self._add(self.pending)
            self.pending = None
        bit = Bit(sign, max(number, 0), 0, italic=style.italic, bold=style.bold, page=page)
        bit.line, bit.stop, bit.repair = line, 0, QUOTATION_MARK
        self.block.bits.append(bit)
        self.inked = sign

    def mark(self, bit: Bit) -> None:
        """Set a note mark, before a blank that is still to be written."""
        self.block.bits.append(bit)
        self.marked = self.pending is not None


def _wide(sign: str) -> bool:
    """Return whether a character is one of Chinese or Japanese print."""
    return (
        bool(sign) and unicodedata.east_asian_width(sign[-1]) in "WF" and sign[-1] < "\uac00"
    ) or ("\uff00" < sign[-1:] < "\uffa0")


def settled(bits: list[Bit]) -> list[Bit]:
    """Return the bits of a paragraph with the blanks around its marks settled.

    The blank before a mark goes where another, or a stop, follows the mark.
    """
    out = list(bits)
    before = -1  # the last shown bit, where marks stand behind it
    marked = False
    for at, bit in enumerate(bits):
        if bit.reference is not None:
            marked = True
        elif bit.shown:
            last = out[before] if before >= 0 else None
            if (
                marked
                and last is not None
                and last.text[-1] == " "
                and (bit.text[0] in _CLOSING or bit.text[0] == " ")
            ):
                if last.text == " ":
                    last.role = "markup"
                elif not last.repair:
                    out[before] = last.cut(0, len(last.text) - 1)
            before, marked = at, False
    return out
