"""Candidates for note marks in a text, and for the beginnings of notes.

A candidate is only a number in a place where a mark, or a note, may stand,
with a weight for how much the place looks like one. Which candidates are
marks is decided in ``structure.notelinks`` from all of them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.structure.sentences import wide

#: Weights: how much the place of a number looks like that of a note mark.
SUPERSCRIPT: Final = 4.0
AFTER_STOP: Final = 3.0
AFTER_COMMA: Final = 2.5
BRACKETED: Final = 2.0
AFTER_YEAR: Final = 1.5
AFTER_WORD: Final = 1.5
AFTER_BLANK_AT_END: Final = 1.2
AFTER_BLANK: Final = 1.0
#: Extraction may break a line before a raised mark; believed only where the note is there.
LINE_START: Final = 0.39
#: A number a blank after a word; believed only in a text that sets its marks so.
SPACED: Final = 0.2
DOUBTFUL: Final = 0.4
#: A number larger than this calls no note.
LARGEST: Final = 999

_STOPS: Final = ".!?…。！？．"
_CLOSERS: Final = "”’\"'»›」』》〉)]）】］"
#: Marks that close in German and other languages, where a word stands before them.
_TURNED: Final = "“‘«"
_BRACKETS: Final = {"[": "]", "［": "］", "〔": "〕"}
_COMMAS: Final = ",;:，；：、—–"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that may be a note mark: its place in the file, value, weight, style."""

    start: int  # of the mark itself
    end: int
    number: int
    label: str
    weight: float
    style: str  # "super", "circled", "bracket", "plain", "symbol"
    gap: int = 0  # blanks between the word and the mark


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that may begin a note: the number in front and where the words begin."""

    line: int  # index into the lines
    number: int
    label: str
    style: str
    words: int  # characters of the line before the note's words


@cache
def _data(name: str) -> frozenset[str]:
    return frozenset(table("marks")[name])


@cache
def _measures() -> str:
    return str(table("marks")["measures"])


@cache
def _superscripts() -> str:
    return str(table("marks")["superscript"])


@cache
def _circled() -> str:
    return str(table("marks")["circled"])


@cache
def _candidates() -> re.Pattern[str]:
    """The pattern of what may be a mark by itself; its surroundings decide."""
    return re.compile(rf"\d+|[{_superscripts()}]+|[{_circled()}]|\*+|†+|‡+")


def marks(text: str, start: int, end: int) -> list[Mark]:
    """Return the candidates for note marks in ``text[start:end]``, in order."""
    found: list[Mark] = []
    for match in _candidates().finditer(text, start, end):
        first = match.group()[0]
        if first.isdecimal():
            mark = _digits(text, match, end) if len(match.group()) <= 3 else None
        elif first in _superscripts():
            mark = _superscript(text, match)
        elif first in _circled():
            mark = _mark(match, "circled", _circled().index(first) + 1, AFTER_STOP)
        else:
            mark = _symbol(text, match, end)
        if mark is not None:
            found.append(mark)
    return found


def _superscript(text: str, match: re.Match[str]) -> Mark | None:
    """Return a mark in superscript characters after a word, in French print a blank after it."""
    digits = "".join(str(_superscripts().index(c)) for c in match.group())
    before = text[max(0, match.start() - 2) : match.start()]
    if len(digits) > 3 or not int(digits) or not before:
        return None
    if before[-1] == "\n" or before.isspace() or (before[-1].isspace() and len(before) < 2):
        return None
    mark = _mark(match, "super", int(digits), SUPERSCRIPT)
    return replace(mark, gap=1) if before[-1].isspace() else mark


def _symbol(text: str, match: re.Match[str], end: int) -> Mark | None:
    """Return a mark such as * or † after a word."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1] if match.end() < end else ""
    if len(match.group()) > 4 or not before or before.isspace():
        return None
    return _mark(match, "symbol", 0, AFTER_WORD) if not after or after in " \t\r\n.,;:”’)" else None


def _digits(text: str, match: re.Match[str], end: int) -> Mark | None:
    """Return a number as a mark: in brackets, after punctuation, glued, or at a line's start."""
    first, last = match.span()
    number = int(match.group())
    if not number:
        return None
    before = text[first - 1 : first]
    after = text[last : last + 1]
    if before == "_" and text[first - 2 : first - 1] and not text[first - 2].isspace():
        return Mark(first, last, number, match.group(), AFTER_WORD, "plain")  # behind italics
    if before in _BRACKETS and _BRACKETS.get(before, "") == after and before:
        return Mark(first - 1, last + 1, number, str(number), BRACKETED, "bracket")
    closes = before in _TURNED and bool(text[first - 2 : first - 1].strip("([{ \n\t"))
    if before and (before in _STOPS + _CLOSERS + _COMMAS or closes):
        weight = _weigh_after(text, first, last, 0, end)
        return Mark(first, last, number, match.group(), weight, "plain") if weight else None
    if before.isalpha():
        weight = _weigh_glued(text, match) if not after.isalnum() else 0.0
        return Mark(first, last, number, match.group(), weight, "plain") if weight else None
    sign = text[first - 2 : first - 1]
    closed = sign in _TURNED and bool(text[first - 3 : first - 2].strip("([{ \n\t"))
    if before in (" ", "\u00a0") and sign and (sign in _STOPS + _CLOSERS + _COMMAS or closed):
        weight = _weigh_after(text, first, last, 1, end)
        return Mark(first, last, number, match.group(), weight, "plain", 1) if weight else None
    if before in (" ", "\u00a0") and sign.isalpha() and (not after or after in " \r\n.,;:!?»”’)"):
        return Mark(first, last, number, match.group(), SPACED, "plain", 1)
    line_start = not before or before in "\r\n" or text[first - 2 : first] in ("\n ", "\n\u00a0")
    return _line_start(text, match) if line_start else None


def _mark(match: re.Match[str], style: str, number: int, weight: float) -> Mark:
    label = str(number) if number else match.group()
    return Mark(match.start(), match.end(), number, label, weight, style)


def _line_start(text: str, match: re.Match[str]) -> Mark | None:
    """Return the mark that extraction moved to the next line, if one may stand here."""
    first, last = match.span()
    above = text[max(0, first - 6) : first]
    bare = above.rstrip()
    alone = text[last : last + 1] in ("", "\r", "\n")
    blank = text[last : last + 1] in (" ", "\u00a0") and not text[last + 1 : last + 2].isspace()
    if not (alone or blank) or above.count("\n") != 1 or not bare:
        return None
    if bare[-1] not in _STOPS + _CLOSERS + ",;":
        return None
    return Mark(first, last, int(match.group()), str(int(match.group())), LINE_START, "plain")


def _word_before(text: str, position: int) -> str:
    """Return the letters that end right before a position."""
    begin = position
    while begin and (text[begin - 1].isalpha() or text[begin - 1] == "№"):
        begin -= 1
    return text[begin:position]


def _weigh_after(text: str, first: int, last: int, gap: int, end: int) -> float:
    """Weigh a number that follows punctuation, with ``gap`` blanks between."""
    stop = first - gap - 1
    sign = text[stop]
    before = text[stop - 1] if stop else " "
    after = text[last] if last < end else "\n"
    nxt = text[last + 1] if last + 1 < end else "\n"
    if (after in ".,:·/-–—" and nxt.isdigit()) or after in "%‰°$€£":
        return 0.0
    if after in _measures():
        return 0.0
    if after.islower() and not gap and not wide(after):
        glued = 0.6  # "2nd" is no mark, "claim.5more" may be
        if text[last : last + 2] in ("st", "nd", "rd", "th") or text[last : last + 1] in ("s",):
            return 0.0
    else:
        glued = 1.0
    if sign in ".,:" and before.isdigit():
        return glued * _weigh_number(text, stop, sign, after, gap)
    if sign == "." and (weight := _weigh_abbreviation(text, stop, gap)) is not None:
        return weight
    if sign == "'" and before.isspace():
        return 0.0
    if sign in "—–" and (gap or before.isdigit() or before.isspace()):
        return 0.0
    weight = AFTER_COMMA if sign in _COMMAS else AFTER_STOP
    if gap:
        return _weigh_spaced(text, last, after, sign)
    return weight * glued


def _weigh_abbreviation(text: str, stop: int, gap: int) -> float | None:
    """Weigh a number after ``vol.`` or ``p.``; None where no abbreviation stands there."""
    word = _word_before(text, stop)
    if word.casefold() not in _data("abbreviations"):
        return None
    before = text[stop - len(word) - 1 : stop - len(word)]
    if before.isdigit():  # "the 1950s.1"
        return None
    return DOUBTFUL if word.isupper() and not gap else 0.0


def _weigh_number(text: str, sign_at: int, sign: str, after: str, gap: int) -> float:
    """Weigh a number after ``1948.`` or ``12,``: most are decimals, thousands, verses."""
    digits = sign_at
    while digits and text[digits - 1].isdigit():
        digits -= 1
    length = sign_at - digits
    ends = after.isspace() or after.isupper() or wide(after)
    if gap:
        return 0.3 if sign == "." and ends else 0.0
    if sign == "." and length == 4 and ends:
        return AFTER_YEAR
    if sign == "," and length == 4 and ends:
        return 1.0
    if sign == ":":
        return 0.0
    return DOUBTFUL if ends and sign == "." else 0.0


def _weigh_spaced(text: str, last: int, after: str, sign: str) -> float:
    """Weigh a number that stands a blank after the punctuation."""
    if sign in _COMMAS:
        return SPACED
    rest = text[last : last + 4]
    if after.isupper() or wide(after):
        return AFTER_BLANK
    line_end = not rest.partition("\n")[0].strip()
    if line_end:
        below = text[last : last + 120].partition("\n")[2]
        paragraph_end = not below.partition("\n")[0].strip()
        return AFTER_BLANK_AT_END if paragraph_end else 0.7
    following = text[last : last + 3].strip()
    if following[:1].isupper() or following[:1] in '“‘«"':
        return 0.9 if sign in _CLOSERS else 0.8
    return 0.3 if sign in _CLOSERS else SPACED


def _weigh_glued(text: str, match: re.Match[str]) -> float:
    """Weigh a number glued to a word: ``Taiwan4``, but not ``page19`` nor ``B52``."""
    word = _word_before(text, match.start())
    before = text[match.start() - len(word) - 1 : match.start() - len(word)]
    if before and (before in "@/_#=&" or before.isdigit()):
        return 0.0
    if word.casefold() in _data("locators") or word.casefold() in _data("abbreviations"):
        return 0.0
    if wide(word[-1]):
        return DOUBTFUL
    if len(word) < 3 or word.isupper():
        return 0.0 if len(word) < 2 else DOUBTFUL
    return AFTER_WORD


@cache
def _opening_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<super>[{_superscripts()}]{{1,3}})\s*(?=\S)"
        rf"|(?P<circled>[{_circled()}])\s*(?=\S)"
        r"|[\[［〔](?P<bracket>\d{1,3})[\]］〕]\s*(?=\S)"
        r"|(?P<dot>\d{1,3})[.．、]\s+(?=\S)"
        r"|(?P<paren>\d{1,3})[)）]\s*(?=\S)"
        r"|(?P<plain>\d{1,3})(?:[\s\u00a0]+(?=\S)|(?=[“‘«\"'《「A-ZА-Я\u4e00-\u9fff]))"
        r"|(?P<alone>\d{1,3})[.．]?$"
        r"|(?P<symbol>\*{1,4}|†{1,2}|‡{1,2}|§)\s*(?=[^\s*†‡§\d])"
    )


def opening(text: str, index: int) -> Opening | None:
    """Return the beginning of a note that a line may be, or None."""
    if not text or not (text[0].isdigit() or text[0] in "[［〔*†‡§" or ord(text[0]) > 0xB0):
        return None
    match = _opening_pattern().match(text)
    if match is None:
        return None
    style = match.lastgroup or ""
    label = match.group(style)
    if style == "symbol":
        return Opening(index, 0, label, style, match.end())
    if style == "super":
        number = int("".join(str(_superscripts().index(c)) for c in label))
    elif style == "circled":
        number = _circled().index(label) + 1
    else:
        number = int(label)
    if not 0 < number <= LARGEST or (label.startswith("0") and style != "super"):
        return None
    return Opening(index, number, str(number), style, match.end())
