"""A stretch of text in the making: the body, or one note, with what was seen in it.

Positions are counted from the story's own beginning; ``assembly`` moves those
of the notes behind the body. What will become records is kept in rows, which
are cheap, and becomes records all at once at the end.
"""

from __future__ import annotations

import re
from typing import Any, Final

from scholiast.readers.tei.tagged import Tagged
from scholiast.structure.sentences import glues

#: White space of XML; other blanks (no-break, ideographic) are characters of the text.
WHITE: Final = " \t\r\n"
#: What stands close to the word before it.
_CLOSE: Final = frozenset(",.;:!?)]}»”’…。，、；：！？）》」』")
#: A hyphen at the end of a line within a word.
_HYPHENS: Final = "-‐¬⸗=\xad"

_WORDS: Final = re.compile(r"[^ \t\r]+(?: [^ \t\r]+)*")

#: A segment: start, end, source, line, page, number of the text node. As many characters of
#: the file are its place as it has itself, but for those in ``special``.
SegmentRow = list[int]
#: A node: start, -end, kind, parent, and its other fields by name.
NodeRow = tuple[int, int, str, str, dict[str, Any] | None]
#: A mention: start, -end, and what its tag says.
MentionRow = tuple[int, int, Tagged]

#: What a story ends with: nothing, a blank (or its own beginning), a blank not yet set.
NONE: Final = 0
SET: Final = 1
PENDING: Final = 2


class Story:
    """Words in the making; blocks are divided by an empty line and begin with their first word."""

    __slots__ = (
        "after",
        "blank",
        "called",
        "callouts",
        "cells",
        "first",
        "length",
        "mentions",
        "nodes",
        "open",
        "page",
        "reached",
        "rows",
        "special",
        "start",
        "words",
    )

    def __init__(self, page: int = 0) -> None:
        self.words: list[str] = []
        self.length = 0
        self.rows: list[SegmentRow] = []
        self.special: dict[int, tuple[str, str, str, int]] = {}
        self.nodes: list[NodeRow] = []
        self.mentions: list[MentionRow] = []
        self.callouts: list[list[Any]] = []  # [place, callout]
        self.open = False
        self.blank = SET
        self.called = False  # a mark stands at the end
        self.start = 0  # of the block
        self.first = 0  # its first piece in ``words``
        self.page = page
        self.after = -1  # the text node that would go on the last segment, and from where
        self.reached = 0
        self.cells = 0  # cells begun in the row of a table that is being set; 0 outside of rows

    def begin(self) -> None:
        """Begin a block."""
        if self.length:
            self.words.append("\n\n")
            self.length += 2
        self.start = self.length
        self.first = len(self.words)
        self.open = True
        self.blank = SET
        self.called = False

    def say(self, text: str, line: int, number: int) -> None:
        """Set a text node of one line: blanks in a row are one, between blocks they are none."""
        if "  " in text or "\t" in text or "\r" in text:
            if self.open or not text.isspace():
                self.fold(text, line, number)
            return
        if self.after == number and self.reached == self.length and self.blank == NONE:
            if not self.called:  # it runs on, as most do
                self.words.append(text)
                self.rows[-1][1] = self.reached = self.length = self.length + len(text)
                self.after = number + 1
                if text[-1] == " ":
                    self.blank = SET
                return
        elif not self.open:
            if text.isspace():
                return
            self.begin()
        source = 0
        if self.called:
            self._after_mark(text[0], line, number)
        if text[0] == " ":
            if self.blank == SET:
                text = text[1:]
                source = 1
                if not text:
                    return
        elif self.blank == PENDING:
            self._settle(text[0])
        start = self.length
        self.length = end = start + len(text)
        self.words.append(text)
        if self.after == number and not source and self.reached == start:
            self.rows[-1][1] = end  # it goes on in this node
        else:
            self.rows.append([start, end, source, line, self.page, number])
        self.after = number + 1
        self.reached = end
        self.blank = SET if text[-1] == " " else NONE

    def _settle(self, following: str) -> None:
        """Set the blank that is waiting."""
        if self.blank == PENDING:
            self.words.append(" ")
            self.length += 1

    def _after_mark(self, following: str, line: int, number: int) -> None:
        """Mind the mark before a word: it needs a blank; before a stop it needs none."""
        self.called = False
        if self.blank == PENDING and following in _CLOSE:
            self.blank = NONE
        elif self.blank == NONE and self.words and glues(self.words[-1][-1:], following):
            self.supply(" ", line, number, "blank-inserted")

    def fold(self, text: str, line: int, number: int) -> None:
        """Set a text node whose blanks are folded: a row for each stretch without any."""
        offset = 0
        size = len(text)
        begun = False  # words of this node stand before
        for piece in text.split("\n"):
            core = piece.strip(" \t\r")
            if core:
                lead = offset + piece.index(core[0])
                if "  " in core or "\t" in core or "\r" in core:
                    self._columns(core, lead, line, number, size)
                elif begun:
                    self._next_line(core, lead, line, number, size)
                else:
                    self._stretch(core, lead, line, number, size)
                begun = True
            offset += len(piece) + 1
            line += 1
        if self.open and text[-1] in WHITE and self.blank == NONE:
            self.blank = PENDING

    def _next_line(self, text: str, source: int, line: int, number: int, size: int) -> None:
        """Set a line behind words of the same node: a blank divides them, and no mark."""
        start = self.length + 1
        self.length = self.reached = end = start + len(text)
        self.words.append(f" {text}")
        self.rows.append([start, end, source, line, self.page, number])
        self.after = number + 1 if source + len(text) == size else -1

    def _columns(self, core: str, lead: int, line: int, number: int, size: int) -> None:
        """Set a line that has runs of blanks within it."""
        for match in _WORDS.finditer(core):
            at = lead + match.start()
            self._stretch(match[0], at, line, number, size)

    def _stretch(self, text: str, source: int, line: int, number: int, size: int) -> None:
        if not self.open:
            self.begin()
        elif source and self.blank == NONE:
            self.blank = PENDING
        if self.called:
            self._after_mark(text[0], line, number)
        if self.blank == PENDING:
            self._settle(text[0])
        start = self.length
        self.length = end = start + len(text)
        self.words.append(text)
        if self.after == number and not source and self.reached == start:
            self.rows[-1][1] = end
        else:
            self.rows.append([start, end, source, line, self.page, number])
        self.after = number + 1 if source + len(text) == size else -1
        self.reached = end
        self.blank = NONE

    def supply(self, text: str, line: int, number: int, repair: str, original: str = "") -> None:
        """Set words that are not in the file."""
        if not self.open:
            self.begin()
        elif self.blank == PENDING:
            self._settle(text[0])
        self.special[len(self.rows)] = ("repair", repair, original, 0)
        self.after = -1
        end = self.length + len(text)
        self.rows.append([self.length, end, 0, line, self.page, number])
        self.words.append(text)
        self.length += len(text)
        self.blank = SET if text[-1] == " " else NONE

    def aside(
        self, role: str, repair: str, original: str, place: tuple[int, int, int, int]
    ) -> None:
        """Keep what stands in the file and not in the text: source, source_end, line, number."""
        source, source_end, line, number = place
        self.special[len(self.rows)] = (role, repair, original, source_end)
        at = self.length
        self.rows.append([at, at, source, line, self.page, number])
        self.after = -1

    def line_break(self) -> None:
        """Set a line break, if any word of the block stands before it."""
        if not self.open:
            return
        self.trim()
        if self.length > self.start:
            self.words.append("\n")
            self.length += 1
        self.blank = SET

    def join(self) -> None:
        """Let the last word go on with what comes; a hyphen at its end is no text."""
        if not self.open:
            return
        self.trim()
        last = self.words[-1] if self.length > self.start else ""
        if len(last) > 1 and last[-1] in _HYPHENS and last[-2].isalpha() and self.rows:
            row = self.rows[-1]
            self.words[-1] = last[:-1]
            self.length -= 1
            if row[0] < row[1] and row[1] > self.length:
                row[1] -= 1
                end = row[2] + row[1] - row[0]
                self.aside("repair", "hyphen-joined", last[-1], (end, end + 1, row[3], row[5]))
        self.blank = SET  # what blanks there are behind it are none

    def go_on(self) -> None:
        """Open the last block again."""
        if self.length:
            self.open = True
            self.blank = PENDING
            if self.words[-1][-1:] in _HYPHENS:
                self.join()

    def trim(self) -> None:
        """Take blanks off the end of the block."""
        words = self.words
        while self.length > self.start and words[-1][-1:] in " \n":
            kept = words[-1].rstrip(" \n")
            self.length -= len(words[-1]) - len(kept)
            if kept:
                words[-1] = kept
            else:
                words.pop()
        self.blank = NONE if self.length > self.start else SET
        if self.reached > self.length:
            self._shorten()

    def _shorten(self) -> None:
        """Let no segment and no mark reach beyond the end."""
        end = self.length
        self.after = -1
        for at in range(len(self.rows) - 1, -1, -1):
            row = self.rows[at]
            if row[1] <= end:
                break
            row[0], row[1] = min(row[0], end), end
        for callout in reversed(self.callouts):
            if callout[0] <= end:
                break
            callout[0] = end

    def close(self) -> int:
        """End the block, if one is open; return where it began, or -1."""
        if not self.open or self.cells:
            if self.cells and self.blank == NONE:
                self.blank = PENDING
            return -1
        if self.blank != NONE:
            self.trim()
        self.open = self.called = False
        self.blank = SET
        return self.start if self.length > self.start else -1

    @property
    def next(self) -> int:
        """Where the next block will begin."""
        return self.length + 2 if self.length else 0
