"""One pass over the tokens of an RTF file: groups, settings, words, notes, rows of tables.

Groups are kept in a list and not by recursion: a file may nest them as deep as
it likes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.progress import OFTEN, reached
from scholiast.readers.rtf.characters import Codes, charset, codec_of
from scholiast.readers.rtf.notes import Numbering, own_label, own_sign, sign_before
from scholiast.readers.rtf.state import Sheet, State, Style
from scholiast.readers.rtf.tokens import Token, tokens
from scholiast.structure.flow.bits import Bit, Reference, add, crossings, unbracketed
from scholiast.structure.flow.blocks import BULLETS, Block, stacked
from scholiast.structure.flow.notes import Note

#: Control words that switch a look on, and off with a 0.
_TOGGLES: Final = {"i": "italic", "b": "bold", "v": "hidden", "deleted": "deleted"}
_MEASURES: Final = {"li": "left", "lin": "left", "ri": "right", "rin": "right", "fi": "first"}
_TABLES: Final = frozenset(("trowd", "clmrg", "cellx", "cell", "row", "nestcell", "nestrow"))
#: Signs that programs write before the items of a list, with a tab behind them.
_BULLETS: Final = ("•", "◦", "▪", "‣", "·", "–")
#: Half points by which words stand higher when they are raised.
_RAISED: Final = 4


@dataclass(slots=True)
class Flow:
    """Blocks in the making: those of the body, of a note, or of a text box."""

    depth: int  # of the group it began in
    blocks: list[Block] = field(default_factory=list)
    bits: list[Bit] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)  # follow the paragraph they stand in
    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    mark: Bit | None = None  # a mark whose note is still to come
    note: Note | None = None
    sign: str = ""  # that the mark of the note shows, where somebody typed one
    inner_cells: list[list[Block]] = field(default_factory=list)  # of a row in a cell
    inner_cell: list[Block] = field(default_factory=list)
    inner_rows: list[Block] = field(default_factory=list)  # follow the row they stand in


@dataclass(slots=True)
class Told:
    """What a file holds."""

    blocks: list[Block]
    notes: list[Note]
    info: dict[str, str]
    encoding: str
    broken: bool  # the file ends inside a group


@cache
def _skipped() -> frozenset[str]:
    return frozenset(table("rtf")["groups"]["skipped"])


@cache
def _read() -> frozenset[str]:
    return frozenset(table("rtf")["groups"]["read"])


@cache
def _characters() -> dict[str, str]:
    found: dict[str, str] = table("rtf")["characters"]
    return found


def walk(data: bytes) -> Told:
    """Return what an RTF file holds."""
    return _Walk(data).told()


class _Walk:
    """Goes through the tokens of a file once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends = [match.start() for match in re.finditer(b"\n", data)]
        self._states = [State(place="skip")]
        self._flows = [Flow(0)]
        self._codes = Codes()
        self._skip = 0  # characters that stand for one that was told by its code
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1  # the one that the table of fonts tells of
        self._sheet = Sheet()
        self._gathered: list[str] = []  # of a name of a style, of a property, of a field
        self._info: dict[str, str] = {}
        self._named = ""
        self._fields: list[tuple[int, str]] = []  # the depth of each open field, its instruction
        self._merged: list[bool] = []  # of the cells of a row: it goes on from the one before
        self._numbering = Numbering()
        self._notes: list[Note] = []
        self._section = 0
        self._tables = 0
        self._in_table = 0
        self._fresh = False  # a group has just begun

    def told(self) -> Told:
        """Read the whole file."""
        act: dict[str, Callable[[Token], None]] = {
            "open": self._open, "close": self._close, "word": self._word,
            "sign": self._sign, "hex": self._hex, "text": self._text,
        }  # fmt: skip
        for count, token in enumerate(tokens(self._data)):
            if count % OFTEN == 0:
                reached(token.start, len(self._data))
            act[token.kind](token)
            self._fresh = token.kind == "open"
            if token.kind == "close" and len(self._states) == 1:
                break
        broken = len(self._states) > 1
        self._flush()
        while len(self._flows) > 1:
            self._end_flow()
        flow = self._flows[0]
        self._paragraph(flow)
        self._row(flow)
        references = [
            bit.reference for block in flow.blocks for bit in block.bits
            if bit.reference is not None
        ]  # fmt: skip
        self._numbering.number(references)
        called = {reference.id for reference in references}
        for note in self._notes:
            if note.id not in called:
                own_label(note)
        return Told(flow.blocks, self._notes, self._info, self._codec, broken)

    # --- groups -------------------------------------------------------------------

    def _open(self, token: Token) -> None:
        self._flush()
        state = self._states[-1].opened()
        if self._states[-1].alternatives:
            state.place = "skip"
        self._states.append(state)

    def _close(self, token: Token) -> None:
        self._flush()
        if len(self._states) == 1:
            return
        state = self._states.pop()
        if len(self._flows) > 1 and self._flows[-1].depth > len(self._states):
            self._end_flow()
        if state.place == "style" and self._states[-1].place == "style":
            self._sheet.name(self._style_number, "".join(self._gathered))
            self._gathered.clear()
        elif state.place == "info" and self._named:
            self._info.setdefault(self._named, "".join(self._gathered).strip())
            self._gathered.clear()
            self._named = ""
        elif state.place == "field" and self._states[-1].place != "field" and self._fields:
            self._fields[-1] = (self._fields[-1][0], "".join(self._gathered))
            self._gathered.clear()
        if self._fields and self._fields[-1][0] > len(self._states):
            self._fields.pop()

    def _destination(self, word: str, state: State) -> bool:
        """Return whether a word tells what the words of its group are, and set that."""
        if word in ("fonttbl", "stylesheet", "info"):
            state.place = {"fonttbl": "font", "stylesheet": "style", "info": "info"}[word]
            self._gathered.clear()
        elif state.place == "info" and word in ("title", "author"):
            self._named = word
            self._gathered.clear()
        elif word == "fldinst":
            state.place = "field"
            self._gathered.clear()
        elif word in ("footnote", "shptxt", "dptxbxtext"):
            self._begin_flow(word, state)
        elif word == "field":
            self._fields.append((len(self._states), ""))
        elif word == "fldrslt":
            code = self._fields[-1][1] if self._fields else ""
            state.crossing = "NOTEREF" in code or "FTNREF" in code
        elif word == "upr":
            state.alternatives = True
        elif word == "ud":
            state.place = self._states[-3].place if len(self._states) > 2 else "text"
        elif word in _skipped() or (state.optional and word not in _read()):
            state.place = "skip"
        elif word == "rtf":
            state.place = "text"
        else:
            return False
        return True

    def _begin_flow(self, word: str, state: State) -> None:
        """Begin a note or a text box."""
        if state.place != "text" or state.hidden or state.deleted:
            state.place = "skip"
            return
        flow = Flow(len(self._states))
        if word == "footnote":
            above = self._flows[-1]
            flow.note = Note("footnote", str(len(self._notes)), "", flow.blocks)
            mark = above.mark
            above.mark = None
            if mark is None:
                sign, at = sign_before(above.bits)
                if sign:
                    mark = Bit("", source=above.bits[at].source, line=above.bits[at].line)
                    mark.reference = Reference("footnote", "", sign, custom=True)
                    above.bits.insert(at, mark)
                    flow.sign = sign
            if mark is not None and mark.reference is not None:
                mark.reference.id = flow.note.id
            self._notes.append(flow.note)
        state.plain()
        state.paragraph()
        self._flows.append(flow)

    def _end_flow(self) -> None:
        flow = self._flows.pop()
        self._paragraph(flow)
        self._row(flow)
        if flow.note is None:
            self._flows[-1].boxes.extend(flow.blocks)

    # --- control words ------------------------------------------------------------

    def _word(self, token: Token) -> None:
        word, number = token.name.decode("ascii"), token.number
        state = self._states[-1]
        if word == "u":
            if number is not None and not self._passed_over(token):
                self._codes.add_code(number, token.start, token.end)
                self._skip = state.fallback
            return
        if word in _characters() and self._passed_over(token):
            return
        if word == "uc":
            state.fallback = max(0, min(number if number is not None else 1, 20))
            return
        if word in _characters() and state.place != "skip":
            self._flush()
            self._mended(_characters()[word], token.start, token.end)
            return
        self._flush()
        if not self._destination(word, state):
            self._set(word, number, state, token)
        state.optional = False

    def _set(self, word: str, number: int | None, state: State, token: Token) -> None:
        """Take a word that sets something, or ends something."""
        on = number != 0
        if state.place == "style" and word in ("s", "sbasedon", "outlinelevel", "i"):
            self._style_sets(word, number, on)
        elif state.place == "font" and word in ("f", "fcharset", "cpg"):
            self._font_sets(word, number or 0)
        elif word == "ansicpg":
            self._codec = codec_of(number or 0)
        elif word in _TOGGLES:
            setattr(state, _TOGGLES[word], on)
        elif word in _MEASURES:
            setattr(state, _MEASURES[word], max(-30_000, min(number or 0, 30_000)))
        elif word in ("f", "af", "loch", "hich", "dbch"):
            self._choose_font(word, number, state)
        elif state.place == "text":
            self._set_text(word, number, state, token)

    def _set_text(self, word: str, number: int | None, state: State, token: Token) -> None:
        flow = self._flows[-1]
        if word in ("super", "up"):
            state.raised = number != 0 if word == "super" else (number or 6) >= _RAISED
        elif word in ("nosupersub", "sub", "dn"):
            state.raised = False
        elif word == "plain":
            state.plain()
        elif word == "pard":
            if flow.sign and not flow.blocks:
                own_sign(flow.bits, flow.sign)
            state.paragraph()
        elif word == "s":
            state.style = number or 0
        elif word == "outlinelevel":
            state.outline = number if number is not None else -1
        elif word in ("qc", "ql", "qj", "qr"):
            state.centred = word == "qc"
        elif word == "intbl":
            state.table = True
        elif word == "itap":
            state.depth = number or 0
        elif word in ("ls", "pnlvlblt", "pnlvlbody"):
            state.list = "" if word == "ls" and not number else f"{word} {number or 0}"
        elif word in ("par", "sect", "page", "column"):
            self._end_paragraph(word)
        elif word in (
            "trowd",
            "clmrg",
            "clmgf",
            "clvmgf",
            "cellx",
            "cell",
            "row",
            "nestcell",
            "nestrow",
        ):
            self._table_word(word, flow)
        elif word == "chftn":
            self._own_number(flow, state, token)
        elif word == "ftnalt" and flow.note is not None:
            self._endnote(flow.note)
        else:
            self._numbering.take(word, number)

    def _style_sets(self, word: str, number: int | None, on: bool) -> None:
        if word == "s":
            self._style_number = number or 0
            self._sheet.styles[self._style_number] = Style()
            return
        style = self._sheet.styles.setdefault(self._style_number, Style())
        if word == "sbasedon":
            style.based = number if number is not None else -1
        elif word == "outlinelevel":
            style.outline = number if number is not None else -1
        else:
            style.italic = on

    _style_number = 0

    def _font_sets(self, word: str, number: int) -> None:
        if word == "f":
            self._font = number
        elif word == "fcharset":
            self._fonts.setdefault(self._font, charset(number))
        else:
            self._fonts[self._font] = codec_of(number)

    def _choose_font(self, word: str, number: int | None, state: State) -> None:
        if word in ("loch", "hich", "dbch"):
            state.double = word == "dbch"
        elif word == "f":
            state.font = number if number is not None else -1
        elif state.double:
            state.double_font = number if number is not None else -1

    def _own_number(self, flow: Flow, state: State, token: Token) -> None:
        """Set the number that stands for itself: in a note its own, in the body a mark."""
        if state.hidden or state.deleted:
            return
        line = self._line(token.start)
        bit = Bit("", source=token.start, line=line, stop=token.end)
        if flow.note is not None:
            bit.role, bit.own_mark = "mark", True
        else:
            bit.reference = Reference("footnote", f"lost {token.start}", section=self._section)
            flow.mark = bit
        flow.bits.append(bit)

    def _endnote(self, note: Note) -> None:
        """Make the note that begins here an endnote, with its mark."""
        note.sort = "endnote"
        for bit in self._flows[-2].bits[-3:]:
            if bit.reference is not None and bit.reference.id == note.id:
                bit.reference.sort = "endnote"

    # --- paragraphs and tables ------------------------------------------------------

    def _end_paragraph(self, word: str) -> None:
        flow = self._flows[-1]
        if word == "sect":
            self._section += 1
        if word in ("page", "column") and not flow.bits:
            return
        self._paragraph(flow)

    def _paragraph(self, flow: Flow) -> None:
        """End a paragraph: it joins its cell, or the text."""
        state = self._states[-1]
        flow.mark = None
        block = self._sheet.block(state)
        block.bits = unbracketed(list(crossings(flow.bits)))
        flow.bits = []
        if state.first < 0 and not block.list:
            _bulleted(block)
        if block.quote or block.level:
            self._set_off(block, state)
        if state.depth > 1:
            flow.inner_cell.extend([block, *flow.boxes])
        elif state.table or flow.cells:
            flow.cell.extend([block, *flow.boxes])
        else:
            if block.text.strip():
                self._in_table = 0
            flow.blocks.extend([block, *flow.boxes])
        flow.boxes = []

    def _set_off(self, block: Block, state: State) -> None:
        """Turn the italics of a paragraph that its own style sets in italics."""
        if any(style.italic for style in self._sheet.chain(state.style)):
            for bit in block.bits:
                bit.italic = not bit.italic

    def _table_word(self, word: str, flow: Flow) -> None:
        if word == "trowd":
            self._merged = []
            self._merging = False
        elif word == "clmrg":
            self._merging = True
        elif word == "cellx":
            self._merged.append(self._merging)
            self._merging = False
        elif word == "cell":
            self._states[-1].table = True
            self._paragraph(flow)
            flow.cells.append(flow.cell)
            flow.cell = []
        elif word == "row":
            self._row(flow)
        elif word == "nestcell":
            self._states[-1].depth = max(2, self._states[-1].depth)
            self._paragraph(flow)
            flow.inner_cells.append(flow.inner_cell)
            flow.inner_cell = []
        elif word == "nestrow":
            if flow.inner_cells:
                self._tables += 1
                flow.inner_rows.append(_joined(flow.inner_cells, self._tables))
            flow.inner_cells = []

    _merging = False

    def _row(self, flow: Flow) -> None:
        """End a row: its cells become one block; one of one cell is paragraphs like any other."""
        if any(block.text.strip() for block in flow.cell):
            flow.cells.append(flow.cell)
            flow.cell = []
        merged = [*self._merged, *([False] * len(flow.cells))]
        cells = [cell for cell, gone in zip(flow.cells, merged, strict=False) if not gone]
        flow.cells = []
        if len(cells) == 1:
            flow.blocks.extend(cells[0])
        elif cells:
            if not self._in_table:
                self._tables += 1
                self._in_table = self._tables
            flow.blocks.append(_joined(cells, self._in_table))
        flow.blocks.extend([*flow.inner_rows, *flow.inner_cell])
        flow.inner_rows, flow.inner_cell = [], []

    # --- words ------------------------------------------------------------------------

    def _sign(self, token: Token) -> None:
        sign = token.name.decode("latin-1")
        if sign == "*":
            self._states[-1].optional = self._fresh
        elif sign in _characters() and not self._passed_over(token):
            self._flush()
            self._mended(_characters()[sign], token.start, token.end)

    def _hex(self, token: Token) -> None:
        if not self._passed_over(token):
            self._codes.add_byte(token.name, self._codec_here(), token.start, token.end)

    def _passed_over(self, token: Token) -> bool:
        """Return whether a token stands for a character that was told by its code."""
        if not self._skip or token.name == b"u":
            return False
        self._skip -= 1
        self._codes.passed(token.end)
        return True

    def _codec_here(self) -> str:
        state = self._states[-1]
        font = state.double_font if state.double and state.double_font >= 0 else state.font
        return self._fonts.get(font, "") or self._codec

    def _text(self, token: Token) -> None:
        """Take characters: those that stand for others, halves of others, and words."""
        raw, start = token.name, token.start
        if self._skip:
            count = min(self._skip, len(raw))
            self._skip -= count
            self._codes.passed(start + count)
            raw, start = raw[count:], start + count
        if raw and self._codes.halved:
            self._codes.add_byte(raw[:1], self._codec_here(), start, start + 1)
            raw, start = raw[1:], start + 1
        self._states[-1].optional = False  # it was no control word that the sign stood before
        if not raw:
            return
        self._flush()
        for match in re.finditer(rb"[\x00-\x7f]+|[\x80-\xff]+", raw):
            at = start + match.start()
            if match.group()[0] < 0x80:
                self._plain(match.group().decode("ascii"), at)
            else:
                self._codes.add_byte(match.group(), self._codec_here(), at, start + match.end())
                self._flush()

    def _flush(self) -> None:
        """Set the characters that were told by numbers."""
        self._skip = 0
        if self._codes:
            start, end = self._codes.start, self._codes.end
            self._mended(self._codes.take(), start, end)

    def _plain(self, words: str, start: int) -> None:
        """Set words that stand in the file as they are."""
        state = self._states[-1]
        if state.place == "text":
            words = words.replace("\x00", " ").replace("\t", " ")
            add(self._flows[-1].bits, self._bit(words, start))
        elif state.place != "skip":
            self._gathered.append(words)

    def _mended(self, words: str, start: int, end: int) -> None:
        """Set words that stand in the file as numbers or control words."""
        state = self._states[-1]
        if state.place == "text" and words:
            bit = self._bit(words, start)
            bit.stop = end
            bit.original = self._data[start:end].decode("latin-1")
            if bit.role == "text":
                bit.repair = "character-code"
            else:
                bit.text = bit.original
            self._flows[-1].bits.append(bit)
        elif state.place not in ("skip", "text"):
            self._gathered.append(words)

    def _bit(self, words: str, start: int) -> Bit:
        state = self._states[-1]
        return Bit(
            words,
            source=start,
            role="markup" if state.hidden or state.deleted else "text",
            italic=state.italic,
            raised=state.raised,
            bold=state.bold,
            crossing=state.crossing and state.raised,
            line=self._line(start),
        )

    def _line(self, at: int) -> int:
        return bisect_right(self._ends, at - 1) + 1 if at else 1


def _bulleted(block: Block) -> None:
    """Make a paragraph that hangs from a bullet and a tab an item of a list."""
    shown = [bit for bit in block.bits if bit.shown]
    signs = "".join(bit.text for bit in shown[:2])
    if len(shown) > 2 and signs[:1] in _BULLETS and signs[1:] == "\t":
        block.list = BULLETS
        for bit in shown[:2]:
            bit.role, bit.repair = "markup", ""
            bit.text = bit.original or bit.text


def _joined(cells: list[list[Block]], table_: int) -> Block:
    """Return the cells of a row as one block."""
    outer = Block(table=table_)
    for order, cell in enumerate(cells):
        if order:
            outer.bits.append(Bit("\t"))
        outer.bits.extend(stacked(cell))
    return outer
