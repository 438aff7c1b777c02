"""How rules quote a text: the few words around a place, and numbers as ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: Words that a rule quotes beside a mark, so that a reader finds the place.
WORDS: Final = 4
#: Characters quoted instead, where words are not divided by blanks.
WIDE_CHARACTERS: Final = 12
#: How far to look for those words.
REACH: Final = 160
#: The longest quotation inside a message.
LONGEST: Final = 90

_INNER: Final = str.maketrans('“”"', "‘’'")
_TOKEN: Final = re.compile(r"\S+")


def is_wide(character: str) -> bool:
    """Return whether a character belongs to the scripts that are written without blanks."""
    return "\u2e80" <= character <= "\uffef"


def words_before(text: str, position: int, count: int = WORDS) -> tuple[int, int]:
    """Return the span of the ``count`` words that end at or right before a position.

    The span stays inside the paragraph's line; it is empty where nothing
    stands before the position.
    """
    floor = max(0, position - REACH)
    floor = max(floor, text.rfind("\n", floor, position) + 1)
    end = position
    while end > floor and text[end - 1].isspace():
        end -= 1
    tokens = [floor + match.start() for match in _TOKEN.finditer(text[floor:end])]
    start = tokens[-count:][0] if tokens else end
    if any(is_wide(character) for character in text[max(start, end - WIDE_CHARACTERS) : end]):
        start = max(start, end - WIDE_CHARACTERS)
    return start, end


def words_after(text: str, position: int, count: int = WORDS, limit: int = -1) -> tuple[int, int]:
    """Return the span of the ``count`` words that begin at or right after a position."""
    ceiling = min(len(text), position + REACH)
    if limit >= 0:
        ceiling = min(ceiling, limit)
    line = text.find("\n", position, ceiling)
    ceiling = line if line >= 0 else ceiling
    start = position
    while start < ceiling and text[start].isspace():
        start += 1
    tokens = [start + match.end() for match in _TOKEN.finditer(text[start:ceiling])]
    end = tokens[:count][-1] if tokens else start
    if any(is_wide(character) for character in text[start : min(end, start + WIDE_CHARACTERS)]):
        end = min(end, start + WIDE_CHARACTERS)
    return start, end


def quoted(words: str) -> str:
    """Return words in typographic quotation marks, on one line, shortened where they are long.

    Double marks inside them are shown as single ones.
    """
    plain = " ".join(words.split()).translate(_INNER)
    if len(plain) > LONGEST:
        plain = plain[: LONGEST - 1].rstrip() + "…"
    return f"“{plain}”"


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a reader writes them: ``2-12, 14``."""
    parts: list[str] = []
    run: list[int] = []
    for number in sorted(set(numbers)):
        if run and number != run[-1] + 1:
            parts.append(_range(run))
            run = []
        run.append(number)
    if run:
        parts.append(_range(run))
    return ", ".join(parts)


def _range(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
