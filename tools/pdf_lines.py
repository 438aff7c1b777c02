"""Characters broken into justified lines, with words broken at syllables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tools.lines import breaks
from tools.pdf_type import Glyph, glyphs, width

_VOWELS: Final = frozenset("aeiouyàáâäèéêëìíîïòóôöŏùúûüŭаеёиоуыэюя")
_TOGETHER: Final = frozenset(("ch", "ck", "gh", "ng", "ph", "qu", "sh", "th", "wh", "zh", "ts"))
_WORD: Final = re.compile(r"[^\W\d_]{6,}")
#: Stands for a note mark where lines are broken: never the first character of one.
_FAST: Final = "\U000f0000"
#: A line is stretched when its blanks need not grow beyond this many times their width.
_MOST: Final = 4.0
#: Room between Han characters may grow by this share of a line's size.
_HAN_MOST: Final = 0.35


@dataclass(frozen=True, slots=True)
class Line:
    """A line of characters: how much is added to each blank, or behind each character."""

    glyphs: tuple[Glyph, ...]
    blank: float = 0.0
    letter: float = 0.0


def set_lines(
    characters: Sequence[Glyph],
    room: Callable[[int], float],
    *,
    justified: bool = True,
    hyphenated: bool = True,
) -> tuple[Line, ...]:
    """Return characters as lines, line ``n`` (from 0) being at most ``room(n)`` wide.

    A line feed among the characters ends a line. A word that is broken gets a
    hyphen; one that has a hyphen of its own may be broken behind it.
    """
    found: list[Line] = []
    part: list[Glyph] = []
    for glyph in (*characters, None):
        if glyph is not None and glyph.character != "\n":
            part.append(glyph)
            continue
        for line, last in _part(part, room, len(found), hyphenated):
            free = room(len(found)) - width(line)
            found.append(_stretched(line, free) if justified and not last else Line(tuple(line)))
        part = []
    return tuple(found)


def _part(
    part: Sequence[Glyph], room: Callable[[int], float], number: int, hyphenated: bool
) -> Iterator[tuple[list[Glyph], bool]]:
    """Yield the lines of characters without line feeds, and whether a line is the last."""
    text = "".join(_FAST if glyph.style.rise else glyph.character for glyph in part)
    places = sorted(breaks(text, 0, len(text)))
    start = 0
    while True:
        free, end, used = room(number), start, 0.0
        while end < len(part) and used + part[end].width <= free + 0.01:
            used += part[end].width
            end += 1
        if end == len(part):
            yield list(part[start:]), True
            return
        # A blank that does not fit any more may still be where the line ends.
        fitting = [place for place in places if start < place[0] <= end]
        stop, after = fitting[-1] if fitting else (end, end)
        broken = _broken(text, after, part, free - width(part[start:after]), hyphenated)
        if broken:
            hyphen = _hyphen(part[broken - 1])
            yield [*part[start:broken], hyphen], False
            start = broken
        else:
            yield list(part[start:stop]), False
            start = max(after, start + 1)
        number += 1


def _broken(text: str, after: int, part: Sequence[Glyph], free: float, hyphenated: bool) -> int:
    """Return before which character the word at ``after`` is broken, 0 where it is not."""
    match = re.compile(r"\W*").match(text, after)
    begin = match.end() if match else after
    word = _WORD.match(text, begin)
    if not hyphenated or not word or " " in text[after:begin] or free < 20:
        return 0
    for at in reversed(syllables(word[0])):
        end = begin + at
        if width(part[after:end]) + _hyphen(part[end - 1]).width <= free:
            return end
    return 0


def syllables(word: str) -> list[int]:
    """Return before which letters a word may be broken: a consonant between vowels, and so on."""
    small = word.casefold()
    if len(small) != len(word) or word[1:] != small[1:]:
        return []
    return [
        at
        for at in range(3, len(small) - 2)
        if small[at] not in _VOWELS
        and small[at + 1] in _VOWELS
        and small[at - 1 : at + 1] not in _TOGETHER
        and _VOWELS & set(small[:at])
    ]


def _hyphen(glyph: Glyph) -> Glyph:
    """Return a hyphen that is set as the letter before it."""
    return glyphs("-", glyph.style)[0]


def _stretched(line: Sequence[Glyph], free: float) -> Line:
    """Return a line that fills its room, or as it is where that would tear it apart."""
    blanks = [glyph for glyph in line if glyph.character == " "]
    if blanks and free <= _MOST * width(blanks):
        return Line(tuple(line), blank=free / len(blanks))
    if line and free <= _HAN_MOST * line[0].style.size * (len(line) - 1):
        return Line(tuple(line), letter=free / (len(line) - 1))
    return Line(tuple(line))
