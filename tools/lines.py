"""Words broken into lines, as an extracted text has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

#: A blank at which a line is never broken; it is printed as a blank.
FAST: Final = "\U0010fffd"
_VOWELS: Final = frozenset("aeiouyаеёиоуыэюя")
_TOGETHER: Final = frozenset(("ch", "ck", "gh", "ng", "ph", "qu", "sh", "th", "wh", "zh", "ts"))
_NOT_FIRST: Final = frozenset("，。、；：？！）》」』】〉”’…")
_NOT_LAST: Final = frozenset("（《「『【〈“‘")


@dataclass(frozen=True, slots=True)
class Cut:
    """A line as a stretch of its text; ``broken`` where a word is broken with a new hyphen."""

    start: int
    end: int
    broken: bool = False


def display_width(text: str) -> int:
    """Return how many columns a text takes: a Han character takes two, a combining mark none."""
    return sum(2 if _han(character) else not unicodedata.combining(character) for character in text)


def cut(
    text: str,
    width: Callable[[int], int],
    columns: Sequence[int],
    *,
    start: int = 0,
    break_words: Random | None = None,
) -> tuple[Cut, ...]:
    """Return the lines of a text that are at most ``width(number of the line)`` wide.

    ``columns`` has the width of every character. Lines are broken at blanks,
    after a hyphen between letters, and between Han characters; with
    ``break_words`` some words are broken by hyphens too. A newline in the
    text always ends a line.
    """
    sums = (0, *accumulate(columns))
    found: list[Cut] = []
    for part in text[start:].split("\n"):
        end = start + len(part)
        found.extend(_part(text, start, end, len(found), width, sums, break_words))
        start = end + 1
    return tuple(found)


def _part(
    text: str,
    start: int,
    end: int,
    number: int,
    width: Callable[[int], int],
    sums: Sequence[int],
    break_words: Random | None,
) -> Iterator[Cut]:
    """Yield the lines of ``text[start:end]``, the first of which is line ``number``."""
    places = (*breaks(text, start, end), (end, end))
    at = 0
    while True:
        room = width(number)
        last = -1
        while at < len(places) and (last < 0 or sums[places[at][0]] - sums[start] <= room):
            last = at
            at += 1
        stop, go_on = places[last]
        if stop == end:
            yield Cut(start, end)
            return
        word = text[go_on : places[at][0]]
        left = room - (sums[go_on] - sums[start]) - 1
        broken = _break(word, left, break_words) if break_words else 0
        if broken:
            yield Cut(start, go_on + broken, True)
            start = go_on + broken
        else:
            yield Cut(start, stop)
            start = go_on
        number += 1


def breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (end of one line, start of the next) wherever a line may be broken."""
    for at in range(start + 1, end):
        here, before = text[at], text[at - 1]
        if here == " ":
            yield at, at + 1
        elif before == "-" and at - 2 >= start and text[at - 2].isalpha() and here.isalpha():
            yield at, at
        elif before == " " or here in _NOT_FIRST or before in _NOT_LAST or ord(here) >= 0xF0000:
            continue
        elif _han(here) or _han(before):
            yield at, at


def _han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _break(word: str, room: int, random: Random) -> int:
    """Return after how many letters a word is broken so that it fits, 0 where it is not."""
    if room < 4 or not re.fullmatch(r"[^\W\d_]{7,}[,.;:]?", word) or not word.islower():
        return 0
    places = [
        at
        for at in range(3, len(word) - 3)
        if at < room
        and word[at] not in _VOWELS
        and word[at + 1] in _VOWELS
        and word[at - 1 : at + 1] not in _TOGETHER
        and _VOWELS & set(word[:at])
    ]
    return places[-1] if places and random.random() < 0.6 else 0
