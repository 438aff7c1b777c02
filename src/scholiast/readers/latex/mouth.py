"""TeX's mouth: the characters of a file become tokens, each with its place.

A token stands for exactly the characters ``start:end`` of its file; what TeX
skips (blanks behind a command, comments) belongs to no token. The tokens come
one by one, so that nothing is held twice, however long the file is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from scholiast.readers.decoding import line_starts

#: Kinds of token.
WORDS, BLANK, PAR, COMMAND, OPEN, CLOSE, MATH, CELL, PARAMETER, LIGATURE, TIE = range(11)

_END: Final = r"(?>\r\n?|\n)"
#: Blanks of a line, at most one line end in them: one blank in print.
_BLANK: Final = rf"[ \t]*+(?:{_END}[ \t]*+)?+"
_WORD: Final = r"[^\\{}$&#%~\s\[\]*\-`'\"<>,!?]|[^\S \t\r\n]|-(?!-)|,(?!,)|[!?](?!`)|<(?!<)|>(?!>)"

_TOKEN: Final = re.compile(
    rf"(?P<words>(?:{_WORD})(?:[^\\{{}}$&#%~\s\[\]*\-`'\"<>,!?]++|[^\S \t\r\n]|-(?!-)|,(?!,)"
    rf"|[!?](?!`)|<(?!<)|>(?!>)| (?={_WORD}))*+)"
    rf"|(?P<par>[ \t]*+{_END}[ \t]*+{_END}\s*+)"
    rf"|(?P<blank>[ \t]++(?:{_END}[ \t]*+)?+|{_END}[ \t]*+)"
    rf"|\\(?:(?P<name>[A-Za-z@]++)(?:[ \t]++(?!\r|\n)|[ \t]*+{_END}[ \t]*+(?!\r|\n))?+"
    rf"|(?P<sign>{_END}|.)|\Z)"
    rf"|(?P<open>\{{)|(?P<close>\}})|(?P<math>\$\$?)|(?P<cell>&)"
    rf"|\#(?P<parameter>\#*[1-9]?)"
    rf"|%(?P<comment>[^\r\n]*+(?:{_END}[ \t]*+(?!\r|\n))?+)"
    r"|(?P<tie>~)"
    r"|(?P<ligature>---?|``|''|[`']|\"|<<|>>|[!?]`|,,)"
    r"|(?P<bracket>[\[\]*])",
    re.DOTALL,
)
_KINDS: Final = {
    "words": WORDS,
    "bracket": WORDS,
    "par": PAR,
    "blank": BLANK,
    "name": COMMAND,
    "sign": COMMAND,
    "open": OPEN,
    "close": CLOSE,
    "math": MATH,
    "cell": CELL,
    "parameter": PARAMETER,
    "tie": TIE,
    "ligature": LIGATURE,
}
_BRACES: Final = re.compile(r"\\.|%[^\r\n]*|([{}])", re.DOTALL)


class Token(NamedTuple):
    r"""A token: its kind, its characters (a command's name without ``\\``) and its place.

    ``made``: the characters stand nowhere in the file; the place is that of
    the command they came out of.
    """

    kind: int
    text: str
    start: int
    end: int
    tape: Tape
    made: bool = False


@dataclass(slots=True, eq=False)
class Tape:
    """The decoded characters of one file, read from ``at`` on; ``part`` names an included one."""

    text: str
    part: str = ""
    at: int = 0
    starts: list[int] = field(default_factory=list)
    _unclosed: frozenset[int] | None = None

    def next(self) -> Token | None:
        """Return the next token, None at the end of the file."""
        while True:
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                return None
            name = match.lastgroup
            self.at = match.end()
            if name is None:  # a backslash that ends the file
                continue
            if name == "comment":
                continue
            start = match.start()
            if name == "name" or name == "sign":
                return Token(COMMAND, match[name], start, match.end(name), self)
            return Token(_KINDS[name], match[0], start, self.at, self)

    def line(self, offset: int) -> int:
        """Return the number of the line, from 1, that holds an offset."""
        if not self.starts:
            self.starts.extend(line_starts(self.text))
        return bisect_right(self.starts, offset)

    @property
    def unclosed(self) -> frozenset[int]:
        """The offsets of the braces that are opened and never closed."""
        if self._unclosed is None:
            open_: list[int] = []
            for match in _BRACES.finditer(self.text):
                if match[1] == "{":
                    open_.append(match.start())
                elif match[1] and open_:
                    open_.pop()
            self._unclosed = frozenset(open_)
        return self._unclosed


@dataclass(slots=True, eq=False)
class Shelf:
    """Tokens that were read already and are read again: what a macro stands for, a look ahead."""

    tokens: list[Token]  # the next one last
    macro: bool = False

    def next(self) -> Token | None:
        """Return the next token, None where there is none left."""
        return self.tokens.pop() if self.tokens else None


def tokens_of(text: str, place: Token) -> list[Token]:
    """Return the tokens of characters that stand in no file, at the place of a token of one."""
    tape = Tape(text)
    found: list[Token] = []
    while (token := tape.next()) is not None:
        found.append(Token(token.kind, token.text, place.start, place.end, place.tape, True))
    return found


def made(kind: int, text: str, place: Token) -> Token:
    """Return a token that stands in no file, at the place of one that does."""
    return Token(kind, text, place.start, place.end, place.tape, True)


def source(token: Token) -> str:
    """Return a token as it is written."""
    if token.kind == COMMAND:
        return f"\\{token.text}"
    return token.text


def written(tokens: list[Token]) -> str:
    """Return tokens as they are written: a blank behind a command that letters follow."""
    parts: list[str] = []
    for token in tokens:
        words = source(token)
        if parts and parts[-1][:1] == "\\" and parts[-1][-1:].isalpha() and words[:1].isalpha():
            parts.append(" ")
        parts.append(words)
    return "".join(parts)
