"""Blocks of HTML in Markdown: the tags go, the words stay."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from scholiast.readers.markdown.inline import Run, settled, trimmed
from scholiast.readers.markdown.pieces import (
    ITALIC_OFF,
    ITALIC_ON,
    RAISED_OFF,
    RAISED_ON,
    TEXT,
    Block,
    Piece,
)
from scholiast.readers.markdown.places import Places

_SYNTAX: Final = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<(?P<silent>script|style)\b(?:.*?</(?P=silent)\s*>|.*)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>"
    r"|<[!?][^<>]*>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{2,31});)",
    re.DOTALL,
)
#: Elements that run on within a paragraph; any other begins a new one.
_WITHIN: Final = re.compile(
    "a|abbr|b|bd[io]|big|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|mark|q|ruby|r[pt]"
    "|s|samp|small|span|strong|su[bp]|time|tt|u|var|wbr"
)
_CELLS: Final = frozenset(("td", "th"))
_PAIRS: Final = {
    "i": (ITALIC_ON, ITALIC_OFF),
    "em": (ITALIC_ON, ITALIC_OFF),
    "sup": (RAISED_ON, RAISED_OFF),
}


def html_blocks(source: str, content: str, places: Places) -> list[Block]:
    """Return the paragraphs, headings and rows in a block of HTML."""
    reader = _Reader(source, content, places)
    position = 0
    for match in _SYNTAX.finditer(content):
        reader.run.add(position, match.start())
        reader.syntax(match)
        position = match.end()
    reader.run.add(position, len(content))
    reader.finish()
    return reader.blocks


class _Reader:
    """The state of reading one block of HTML."""

    def __init__(self, source: str, content: str, places: Places) -> None:
        self.source = source
        self.content = content
        self.places = places
        self.blocks: list[Block] = []
        self.kind = "paragraph"
        self.level = 0
        self.cells: list[Piece] = []  # of the row, before the cell that is being read
        self.run = Run(source, places, content)

    def syntax(self, match: re.Match[str]) -> None:
        """Take one tag, comment or entity."""
        start = self.places.at(match.start())
        end = self.places.at(match.end() - 1) + 1
        if match.group("entity"):
            self.run.instead(start, end, unescape(match.group()))
            return
        name = (match.group("name") or "").lower()
        closing = bool(match.group("close"))
        if name == "br":
            self.run.hard_break(start, end)
        elif name in _PAIRS:
            self.run.sign(_PAIRS[name][closing], start, end)
        elif name in _CELLS:
            self._cell(start, end, closing=closing)
        elif name and not _WITHIN.fullmatch(name):
            self.finish()
            if re.fullmatch("h[1-6]", name) and not closing:
                self.kind, self.level = "heading", int(name[1])

    def _cell(self, start: int, end: int, *, closing: bool) -> None:
        """Begin a cell: a tabulator divides it from the cell before it."""
        if closing:
            return
        self.cells.extend(self._taken())
        if self.kind == "row":
            self.cells.append(Piece(TEXT, start, end, "\t"))
        self.kind = "row"

    def _taken(self) -> list[Piece]:
        """Return what was read since the last cell or paragraph began."""
        pieces = settled(trimmed(self.run.pieces, self.source), self.source)
        self.run = Run(self.source, self.places, self.content)
        return pieces

    def finish(self) -> None:
        """End the paragraph; one without words is dropped."""
        pieces = [*self.cells, *self._taken()]
        if any(piece.length for piece in pieces):
            self.blocks.append(Block(self.kind, pieces, self.level))
        self.kind, self.level, self.cells = "paragraph", 0, []
