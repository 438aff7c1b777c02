"""Where in the file the characters stand that the parser was given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

_LINE_END: Final = re.compile(r"\r\n?|\n")
#: The blanks that the parser takes off the ends of a content.
BLANKS: Final = " \t\n\x0b\x0c\r\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class Lines:
    """A text with plain line ends for the parser, and the way back to the file."""

    def __init__(self, text: str, start: int) -> None:
        """Take the text of a file from the offset ``start`` on."""
        self.base = start
        self.plain = text[start:]
        self._file: list[int] = []
        self._plain: list[int] = []
        if "\r" in self.plain:
            ends = [match.end() for match in _LINE_END.finditer(text, start)]
            self._file = [start, *ends]
            self.plain = _LINE_END.sub("\n", self.plain)
            self._plain = [0, *(match.end() for match in re.finditer("\n", self.plain))]

    def back(self, position: int) -> int:
        """Return the offset in the file of a position in the plain text."""
        if not self._plain:
            return self.base + position
        line = bisect_right(self._plain, position) - 1
        return self._file[line] + position - self._plain[line]


@dataclass(frozen=True, slots=True)
class Places:
    """The way from the content of a block to the file, stretch by stretch.

    ``starts`` are positions in the content, ``files`` the offsets in the file
    of the characters there; within a stretch both run alike. ``ends`` are the
    offsets in the file right after each stretch (of a line: after its line end).
    """

    starts: Sequence[int]
    files: Sequence[int]
    ends: Sequence[int]
    shift: int = 0  # where this content begins in the one that ``starts`` count in

    def stretch(self, position: int) -> int:
        """Return which stretch a position lies in."""
        return bisect_right(self.starts, position + self.shift) - 1

    def at(self, position: int) -> int:
        """Return the offset in the file of a position."""
        stretch = self.stretch(position)
        return self.files[stretch] + position + self.shift - self.starts[stretch]

    def next_start(self, stretch: int) -> int | None:
        """Return the position at which the stretch after this one begins, if there is one."""
        later = stretch + 1
        return self.starts[later] - self.shift if later < len(self.starts) else None

    def shifted(self, by: int) -> Places:
        """Return the places for a part of the content that begins at ``by``."""
        return replace(self, shift=self.shift + by)


def of_lines(content: str, spans: Sequence[tuple[int, int]], lines: Lines) -> Places:
    """Return the places of a content that is the ends of lines of the plain text.

    ``spans`` are (first character that is no blank, end) of each line.
    """
    starts: list[int] = []
    files: list[int] = []
    ends: list[int] = []
    position = 0
    # The parser trims the content: lines of unusual blanks may be gone from its front.
    blank = next((n for n, (a, b) in enumerate(spans) if lines.plain[a:b].strip(BLANKS)), 0)
    for line, (first, end) in zip(content.split("\n"), spans[blank:], strict=False):
        words = line.lstrip(" \t")
        starts.append(position)
        files.append(lines.back(lines.plain.find(words, first, end)) - len(line) + len(words))
        ends.append(lines.back(end + 1) if end < len(lines.plain) else lines.back(end))
        position += len(line) + 1
    return Places(starts, files, ends)


def of_span(start: int, end: int, lines: Lines) -> Places:
    """Return the places of a content that stands in one line of the plain text."""
    return Places([0], [lines.back(start)], [lines.back(end)])
