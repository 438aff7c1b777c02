"""Titles, authors and languages in the properties of a file, where a person put them there.

Programs fill these fields too ("Microsoft Word - Document1", "Administrator");
what only a program can have written is passed over (``data/word_styles.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from scholiast.data import table

_LONGEST_NAME: Final = 60
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def title(words: str) -> str:
    """Return a title in the properties of a file, "" where a program wrote it."""
    words = " ".join(words.split())
    folded = words.casefold()
    junk = table("word_styles")["untitled"]
    if folded.startswith(tuple(junk["prefixes"])) or folded.endswith(tuple(junk["suffixes"])):
        return ""
    return words if len(words) > 2 and any(sign.isalpha() for sign in words) else ""


def authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return the authors in the properties of a file that look like persons."""
    plain = (" ".join(name.split()) for name in names)
    return tuple(name for name in plain if _person(name))


def language(tag: str) -> str:
    """Return the language (BCP 47) in the properties of a file, where it is one."""
    tag = tag.strip()
    return tag if _LANGUAGE.fullmatch(tag) else ""


@cache
def _nobody() -> frozenset[str]:
    """Return the names that programs write as the author of a file."""
    names = table("word_styles")["nobody"]["names"]
    return frozenset(names) | frozenset(name.replace(" ", "") for name in names)


def _person(name: str) -> bool:
    """Return whether a name is a person's: of two words at least, or a few Han characters."""
    if not name or name.casefold() in _nobody() or len(name) > _LONGEST_NAME:
        return False
    if any(sign.isdigit() or sign in "@_\\/" for sign in name):
        return False
    if all("\u2e80" < sign < "\ua000" for sign in name):
        return 2 <= len(name) <= 4
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
