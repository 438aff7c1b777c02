"""The inline text of a block becomes pieces: words, note marks, italics."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from scholiast.readers.markdown.grammar import parse_inline
from scholiast.readers.markdown.pieces import (
    GONE,
    ITALIC_OFF,
    ITALIC_ON,
    MARK,
    RAISED_OFF,
    RAISED_ON,
    TEXT,
    Block,
    Column,
    NoteText,
    Piece,
)
from scholiast.readers.markdown.places import BLANKS, Places

#: What the parser has to look at; a content without any of these is plain text.
_SYNTAX: Final = re.compile(r"[\\`*_\[\]<&^]|  \n")
#: Characters that do not stay as they are: controls, tabulators, unusual line ends.
_UNUSUAL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]+|[\t\x0b\x0c]+|[\u2028\u2029]")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_TAGS: Final = {
    "i": (ITALIC_ON, ITALIC_OFF),
    "em": (ITALIC_ON, ITALIC_OFF),
    "sup": (RAISED_ON, RAISED_OFF),
}
#: What divides two marks is shorter than this.
LONGEST_DIVIDER: Final = 4
#: Text between two marks that only divides them.
_BETWEEN_MARKS: Final = " \u00a0,;"
#: What may follow a blank and a mark without the blank being wanted.
_CLOSES: Final = " \u00a0\n.,;:!?…)]}»”’，。；：！？）］》」』、"


def is_wide(character: str) -> bool:
    """Return whether a character is of a script that is written without blanks."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\uffef"


class Run:
    """The pieces of one block in the making."""

    def __init__(self, source: str, places: Places, content: str) -> None:
        self.source = source
        self.places = places
        self.content = content
        self.pieces: list[Piece] = []
        self._break: tuple[int, int] | None = None
        self._last = ""  # the last character so far

    def add(self, start: int, end: int) -> None:
        """Add the content ``start:end`` as it stands; its line ends become blanks."""
        places = self.places
        while start < end:
            later = places.next_start(places.stretch(start))
            stop = end if later is None else min(later, end)
            broken = stop == later and self.content[stop - 1] == "\n"
            self.words(places.at(start), places.at(stop - 1) + (not broken))
            if broken:
                self.soft_break(stop - 1)
                while stop < end and self.content[stop] in " \t":
                    stop += 1
            start = stop

    def words(self, start: int, end: int) -> None:
        """Add the file's characters ``start:end``, without what cannot stand in a text."""
        for match in _UNUSUAL.finditer(self.source, start, end):
            self._plain(start, match.start())
            start = match.end()
            if match.group()[0] in "\t\x0b\x0c":
                self.instead(*match.span(), " ")
            elif match.group() in "\u2028\u2029":
                self.hard_break(*match.span())
        self._plain(start, end)

    def _plain(self, start: int, end: int) -> None:
        if start >= end:
            return
        self._settle(self.source[start])
        self._last = self.source[end - 1]
        last = self.pieces[-1] if self.pieces else None
        if last and last.kind == TEXT and last.words is None and last.end == start:
            self.pieces[-1] = Piece(TEXT, last.start, end)
        else:
            self.pieces.append(Piece(TEXT, start, end))

    def instead(self, start: int, end: int, words: str) -> None:
        """Add ``words`` for what stands in the file at ``start:end``."""
        if words:
            self._settle(words[0])
            self._last = words[-1]
            self.pieces.append(Piece(TEXT, start, end, words))

    def sign(self, kind: str, start: int, end: int, label: str = "") -> None:
        """Add what stands between characters: a mark, or where italics begin or end."""
        if kind == MARK:
            self._settle("")
        self.pieces.append(Piece(kind, start, end, label=label))

    def soft_break(self, position: int) -> None:
        """Note a line end of the content; it becomes a blank where words follow."""
        self._trim()
        if self._last:
            self._break = self.places.at(position), self.places.ends[self.places.stretch(position)]

    def hard_break(self, start: int, end: int) -> None:
        """Add a line break within the paragraph."""
        self._trim()
        self._break = None
        if self._last:
            self.pieces.append(Piece(TEXT, start, end, "\n"))
            self._last = "\n"

    def _settle(self, following: str) -> None:
        """Turn a noted line end into a blank, except between characters of wide scripts."""
        if self._break is None:
            return
        (start, end), self._break = self._break, None
        wide = bool(following) and is_wide(following) and is_wide(self._last)
        if not wide and not following.isspace() and not self._last.isspace():
            self.pieces.append(Piece(TEXT, start, end, " "))
            self._last = " "

    def _trim(self) -> None:
        """Take blanks from the end of what was added."""
        if self._last and self._last in BLANKS:
            _strip(self.pieces, self.source, range(len(self.pieces) - 1, -1, -1), from_left=False)
            texts = (piece for piece in reversed(self.pieces) if piece.length)
            self._last = next((piece.text(self.source)[-1] for piece in texts), "")


def trimmed(pieces: list[Piece], source: str) -> list[Piece]:
    """Return pieces without blanks at their ends; marks and italics stay."""
    pieces = list(pieces)
    _strip(pieces, source, range(len(pieces) - 1, -1, -1), from_left=False)
    _strip(pieces, source, range(len(pieces)), from_left=True)
    return [piece for piece in pieces if piece.kind != TEXT or piece.length]


def _strip(pieces: list[Piece], source: str, order: range, *, from_left: bool) -> None:
    for index in order:
        piece = pieces[index]
        if piece.kind != TEXT:
            continue
        words = piece.text(source)
        bare = words.lstrip(BLANKS) if from_left else words.rstrip(BLANKS)
        if words and len(bare) == len(words):
            return
        if piece.words is not None:
            pieces[index] = Piece(TEXT, piece.start, piece.end, bare)
        elif from_left:
            pieces[index] = Piece(TEXT, piece.end - len(bare), piece.end)
        else:
            pieces[index] = Piece(TEXT, piece.start, piece.start + len(bare))
        if bare:
            return


class InlineReader:
    """Reads the inline text of one document; notes written inline are put aside in ``notes``."""

    def __init__(self, source: str, known: dict[str, object]) -> None:
        self.source = source
        self.known = known
        self.notes: list[NoteText] = []
        self._count = 0

    def read(self, content: str, places: Places) -> list[Piece]:
        """Return the pieces of a block's content."""
        run = Run(self.source, places, content)
        if _SYNTAX.search(content) is None:
            run.add(0, len(content))
        else:
            self._walk(run, parse_inline(content, self.known))
        return settled(trimmed(run.pieces, self.source), self.source)

    def _walk(self, run: Run, tokens: list[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "inline_note_open":
                at = self._inline_note(run, tokens, at)
            elif token.info == "auto" and token.nesting == 1:
                start, end = token.meta["at"]
                run.add(start + 1, end - 1)
                at += 3
            else:
                self._token(run, token)
                at += 1

    def _token(self, run: Run, token: Token) -> None:
        """Add what one token stands for."""
        start, end = token.meta["at"]
        places = run.places
        if token.type == "text":
            if token.content:
                run.add(start, end)
        elif token.type == "text_special":
            if token.info == "entity":
                run.instead(places.at(start), places.at(end - 1) + 1, token.content)
            else:
                run.add(end - len(token.content), end)
        elif token.type == "softbreak":
            self._line_end(run, start, hard=run.content[max(0, start - 2) : start] == "  ")
        elif token.type == "hardbreak":
            self._line_end(run, start, hard=True)
        elif token.type == "code_inline":
            self._code(run, start + len(token.markup), end - len(token.markup))
        elif token.type == "em_open":
            run.sign(ITALIC_ON, places.at(start), places.at(start))
        elif token.type == "em_close":
            run.sign(ITALIC_OFF, places.at(start), places.at(start))
        elif token.type in ("link_open", "link_close"):
            self._link(run, token, start)
        elif token.type == "callout":
            run.sign(MARK, places.at(start), places.at(end - 1) + 1, token.meta["label"])
        elif token.type == "html_inline":
            self._tag(run, token.content, start, end)
        elif token.type == "image":
            self._image(run, token, start)

    def _link(self, run: Run, token: Token, start: int) -> None:
        """Keep where a link within the file begins and ends: its words may be a note mark."""
        if token.nesting < 0:
            run.sign(RAISED_OFF, run.places.at(start), run.places.at(start))
        elif str(token.attrs.get("href", "")).startswith("#"):
            run.sign(RAISED_ON, run.places.at(start), run.places.at(start))

    def _line_end(self, run: Run, start: int, *, hard: bool) -> None:
        """Add a line end; ``start`` is where it, or the backslash before it, stands."""
        if not hard:
            run.soft_break(start)
            return
        stretch = run.places.stretch(start)
        run.hard_break(run.places.at(start), run.places.ends[stretch])

    def _code(self, run: Run, start: int, end: int) -> None:
        """Add a code span's characters, without the blank that only keeps off its marks."""
        inner = run.content[start:end]
        if len(inner) > 2 and inner[0] in " \n" and inner[-1] in " \n" and inner.strip(" \n"):
            start, end = start + 1, end - 1
        run.add(start, end)

    def _tag(self, run: Run, tag: str, start: int, end: int) -> None:
        """Add what a tag means; the tag itself is not in the text."""
        match = _TAG.match(tag)
        if match is None:
            run.sign(GONE, run.places.at(start), run.places.at(start))
            return
        closing, name = match.group(1), match.group(2).lower()
        first, last = run.places.at(start), run.places.at(end - 1) + 1
        if name == "br":
            run.hard_break(first, last)
        elif name in _TAGS:
            run.sign(_TAGS[name][bool(closing)], first, last)

    def _image(self, run: Run, token: Token, start: int) -> None:
        """Keep the note marks in a picture's legend; the legend is not in the text."""
        run.sign(GONE, run.places.at(start), run.places.at(start))
        if not any(t.type in ("callout", "inline_note_open") for t in token.children or []):
            return
        begin = start + len("![")
        inner = Run(self.source, run.places.shifted(begin), token.content)
        self._walk(inner, token.children or [])
        run.pieces.extend(piece for piece in inner.pieces if piece.kind == MARK)

    def _inline_note(self, run: Run, tokens: list[Token], at: int) -> int:
        """Put a note that is written where it is called aside; return where the text goes on."""
        self._count += 1
        label = f"^ {self._count}"  # no label of an author has a blank
        start, end = tokens[at].meta["at"]
        run.sign(MARK, run.places.at(start), run.places.at(end - 1) + 1, label)
        depth, close = 1, at + 1
        while depth:
            depth += {"inline_note_open": 1, "inline_note_close": -1}.get(tokens[close].type, 0)
            close += 1
        inner = Run(self.source, run.places, run.content)
        note = NoteText(label, Column(), inline=True)
        self.notes.append(note)
        self._walk(inner, tokens[at + 1 : close - 1])
        pieces = settled(trimmed(inner.pieces, self.source), self.source)
        note.column.blocks.append(Block("paragraph", pieces))
        return close


def settled(pieces: list[Piece], source: str) -> list[Piece]:
    """Return pieces without the blanks and commas that only set off what is no text.

    What stands between two marks and is nothing but a comma or a blank
    divides the marks; a blank before a mark and a blank or a closing sign
    after it would be a blank too many once the mark, or a picture, is gone.
    """
    marks = [index for index, piece in enumerate(pieces) if piece.kind == MARK]
    if not marks and not any(piece.kind == GONE for piece in pieces):
        return pieces
    pieces = list(pieces)
    for first, second in pairwise(marks):
        between = "".join([piece.text(source) for piece in pieces[first + 1 : second]])
        if between and len(between) < LONGEST_DIVIDER and not between.strip(_BETWEEN_MARKS):
            for index in range(first + 1, second):
                if pieces[index].kind == TEXT:
                    pieces[index] = Piece(TEXT, pieces[index].start, pieces[index].start)
    following = "\n"
    for index in range(len(pieces) - 1, -1, -1):
        if pieces[index].kind in (MARK, GONE) and following in _CLOSES:
            blanks = range(index - 1, -1, -1)
            stop = next(
                (n for n in blanks if pieces[n].kind in (MARK, GONE) or pieces[n].length), -1
            )
            _strip(pieces, source, range(index - 1, stop - 1, -1), from_left=False)
        elif pieces[index].length:
            following = pieces[index].text(source)[0]
    return [piece for piece in pieces if piece.kind != TEXT or piece.length]
