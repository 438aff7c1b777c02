"""The text nodes of an XML file as they stand in its characters.

A segment of a TEI file names a text node and offsets in it; here they become
offsets in the file, past references to characters, CDATA sections, comments
and line ends of other systems. The file is looked through once; only
well-formed files are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

#: What a file is made of, besides text.
_TOKEN: Final = re.compile(
    r"<!--(?:.*?)-->"
    r"|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|<\?.*?\?>"
    r"|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?P<subset>\[.*?\]\s*)?>"
    r"|<(?P<close>/)?(?P<name>[^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/)?>",
    re.DOTALL,
)
_ENTITY: Final = re.compile(r"<!ENTITY\s+([^\s%]+)\s+(?:\"([^\"]*)\"|'([^']*)')")
#: What is one character of the text, or some, and more of the file.
_REFERENCE: Final = re.compile(r"&(#?[^;&\s]+);|\r\n")

#: The elements around a place, the innermost first.
Path = tuple[str, "Path"] | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its place among the characters of all text, and in the file."""

    at: int
    start: int
    end: int
    path: Path
    cdata: bool


class XmlText:
    """Where the text of a file stands in its characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.nodes: list[int] = []  # where each text node begins among the characters
        self._values: dict[str, int] = {}  # lengths of declared entities
        self._scan()
        self._starts = [piece.at for piece in self.pieces]

    def _scan(self) -> None:
        at = 0
        here = 0
        path: Path = None
        fresh = True  # a tag stands between the last text and what comes
        for token in _TOKEN.finditer(self.text):
            if token.start() > here and path is not None:
                fresh, at = self._piece(at, here, token.start(), path, fresh, cdata=False)
            here = token.end()
            if token["cdata"] is not None:
                fresh, at = self._piece(at, *token.span("cdata"), path, fresh, cdata=True)
            elif token["subset"] is not None:
                self._declared(token["subset"])
            elif token["name"] is not None and not token["name"].startswith("!"):
                fresh = True
                if token["close"]:
                    path = path[1] if path is not None else None
                elif not token["empty"]:
                    path = (token["name"], path)

    def _declared(self, subset: str) -> None:
        for name, double, single in _ENTITY.findall(subset):
            self._values[name] = len(_REFERENCE.sub(" ", double or single))

    def _piece(
        self, at: int, start: int, end: int, path: Path, fresh: bool, *, cdata: bool
    ) -> tuple[bool, int]:
        if start == end:
            return fresh, at
        if fresh:
            self.nodes.append(at)
        self.pieces.append(Piece(at, start, end, path, cdata))
        return False, at + self._length(start, end, cdata=cdata)

    def _length(self, start: int, end: int, *, cdata: bool) -> int:
        """Return how many characters of text a stretch of the file is."""
        length = end - start
        for match in _REFERENCE.finditer(self.text, start, end):
            if match[1] is None:
                length -= 1
            elif not cdata:
                length -= len(match[0]) - self._values.get(match[1], 1)
        return length

    def behind(self, node: int, offset: int) -> tuple[int, Path]:
        """Return the offset in the file right behind a character, and the elements around.

        The character is the one before ``offset``, counted from the beginning
        of a text node on, past its end where the offset is larger.
        """
        if not self.pieces or node >= len(self.nodes):
            return 0, None
        target = self.nodes[node] + max(offset, 1) - 1  # the character itself
        piece = self.pieces[bisect_right(self._starts, target) - 1]
        if piece.cdata:
            return piece.end + len("]]>"), piece.path
        count = target - piece.at + 1
        if offset <= 0:
            count = 0
        return self._forward(piece, count), piece.path

    def _forward(self, piece: Piece, count: int) -> int:
        """Return where in the file a piece has shown ``count`` characters."""
        here = piece.start
        for match in _REFERENCE.finditer(self.text, piece.start, piece.end):
            before = match.start() - here
            if before >= count:
                break
            count -= before + (1 if match[1] is None else self._values.get(match[1], 1))
            here = match.end()
            if count <= 0:
                return here
        return min(here + count, piece.end)

    def out_of(self, offset: int, depth: int) -> int:
        """Return the offset behind the end of the ``depth`` innermost elements around a place."""
        inside = 0
        for token in _TOKEN.finditer(self.text, offset):
            if token["name"] is None or token["empty"]:
                continue
            if not token["close"]:
                inside += 1
            elif inside:
                inside -= 1
            else:
                depth -= 1
                if depth <= 0:
                    return token.end()
        return offset
