"""Galleys: what was read so far of the body, of a note or of a float, as blocks of bits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from scholiast.readers.latex.mouth import Token
from scholiast.structure.flow.bits import Bit, Reference
from scholiast.structure.flow.blocks import Block
from scholiast.structure.sentences import wide

#: Names of the repairs that the reader makes.
LIGATURE, ACCENT, SYMBOL, QUOTE, LINE, EXPANDED, GENERATED, FORMULA, CELL = (
    "ligature",
    "accent",
    "symbol",
    "quotation-mark",
    "line-joined",
    "macro-expanded",
    "generated",
    "formula",
    "cell",
)


#: Languages set without blanks: those typed between ideographs are not printed.
_DENSE: Final = ("zh", "ja")


@dataclass(slots=True)
class Looks:
    """How words are set, and what block they stand in; a group's end brings back the old ones."""

    italic: bool = False
    bold: bool = False
    raised: bool = False
    quote: bool = False
    list: str = ""
    table: int = 0
    nested: bool = False  # a table within a cell
    level: int = 0
    title: bool = False
    author: bool = False
    marks: int = 0  # depth of the quotations of csquotes
    literal: bool = False  # no ligatures: typewriter, addresses
    language: str = ""
    caption: bool = False

    def copy(self) -> Looks:
        """Return the same looks, to be changed."""
        return Looks(
            self.italic,
            self.bold,
            self.raised,
            self.quote,
            self.list,
            self.table,
            self.nested,
            self.level,
            self.title,
            self.author,
            self.marks,
            self.literal,
            self.language,
            self.caption,
        )

    def upright(self) -> Looks:
        """Return the looks with which a note begins."""
        return Looks(language=self.language)


@dataclass(slots=True, eq=False)
class Galley:
    """The blocks of one column of text, and the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    bits: list[Bit] = field(default_factory=list)
    waiting: list[Block] = field(default_factory=list)  # floats, until the paragraph ends
    blank: bool = True  # a blank would be one too many here
    inked: bool = False  # the open paragraph has words

    def put(self, token: Token, text: str, looks: Looks, repair: str = "") -> None:
        """Set words at the place of a token; where they are not the file's own, say why."""
        if not text:
            return
        tape = token.tape
        start = token.start
        last = self.bits[-1] if self.bits else None
        exact = not token.made and not repair
        if not exact:
            original = tape.text[start : token.end]
            repair = repair or EXPANDED
            if (
                last is not None
                and last.repair == repair
                and (last.source, last.stop, last.part) == (start, token.end, tape.part)
                and (last.italic, last.raised, last.bold)
                == (looks.italic, looks.raised, looks.bold)
            ):
                last.text += text
                self._inked(text)
                return
        if (
            last is not None
            and last.text == " "
            and wide(text[0])
            and (last.repair == LINE or looks.language[:2] in _DENSE)
            and self._wide_before()
        ):
            last.role = "markup"  # between ideographs a line's end is no blank
            last.text = last.original or " "
            last.stop = -1
            last.repair = ""
        bit = Bit(text, source=start, italic=looks.italic, raised=looks.raised, bold=looks.bold)
        bit.line = tape.line(start)
        bit.part = tape.part
        if not exact:
            bit.stop, bit.repair, bit.original = token.end, repair, original
        self.bits.append(bit)
        self._inked(text)

    def _inked(self, text: str) -> None:
        self.blank = text[-1] in " \n\t"
        self.inked = True

    def _wide_before(self) -> bool:
        before = next((bit for bit in self.bits[-2::-1] if bit.shown), None)
        return before is not None and wide(before.text[-1])

    def space(self, token: Token, looks: Looks, repair: str = "") -> None:
        """Set a blank, unless one stands there already."""
        if self.blank:
            return
        exact = token.text == " " and not (token.made or repair)
        self.put(token, " ", looks, repair or ("" if exact else EXPANDED if token.made else LINE))
        self.blank = True

    def unspace(self) -> None:
        """Take back the blank that was set last."""
        at = len(self.bits) - 1
        while at >= 0 and self.bits[at].reference is None and not self.bits[at].shown:
            at -= 1
        if at >= 0 and self.bits[at].text == " ":
            del self.bits[at]
            self.blank = False

    def mark(self, token: Token, reference: Reference) -> None:
        """Set a note mark."""
        bit = Bit("", source=token.start, stop=token.end, reference=reference)
        bit.line, bit.part = token.tape.line(token.start), token.tape.part
        self.bits.append(bit)

    def end(self, looks: Looks) -> None:
        """End the open paragraph: it becomes a block."""
        if self.bits:
            if self.inked or any(bit.reference for bit in self.bits):
                self.blocks.append(self._block(looks))
            self.bits = []
        if self.waiting:
            self.blocks += self.waiting
            self.waiting = []
        self.blank, self.inked = True, False

    def _block(self, looks: Looks) -> Block:
        return Block(
            self.bits,
            level=looks.level,
            title=looks.title,
            author=looks.author,
            quote=looks.quote and not looks.table,
            list=looks.list,
            table=looks.table,
        )
