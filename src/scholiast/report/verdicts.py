"""What an answer decides, by its first words (table ``replies``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.decisions import ACCEPTED, REJECTED
from scholiast.text import folded

_OPEN: Final = "open"
_EDGE: Final = re.compile(r"^[\s\"'“”„«»(\[*_.,:;!-]+")
#: Letters of scripts that put no blanks between words.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def verdict(words: str) -> str:
    """Return what an answer decides: ``accepted``, ``rejected``, or "" where it does not say.

    It is known by how it begins. Only the first words count: "Done, but see
    page 4" is an answer that decides nothing, and says so by being in the table.
    """
    plain = _EDGE.sub("", folded(words).text.strip())
    for phrase, decision in _phrases():
        if plain.startswith(phrase) and _ends(plain, phrase):
            return "" if decision == _OPEN else decision
    return ""


def _ends(words: str, phrase: str) -> bool:
    """Return whether the phrase at the start of words is a whole one."""
    following = words[len(phrase) : len(phrase) + 1]
    if not following or not (following.isalnum() or following == "_"):
        return True
    if not phrase[-1].isalnum():
        return True
    if _UNSPACED.match(phrase[-1]):
        return len(phrase) > 1 or not _UNSPACED.match(following)
    return bool(_UNSPACED.match(following))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Return (phrase, what it decides), the longest first."""
    found = {
        (folded(phrase).text, decision)
        for decision in (REJECTED, ACCEPTED, _OPEN)
        for phrases in table("replies")[decision].values()
        for phrase in phrases
    }
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))
