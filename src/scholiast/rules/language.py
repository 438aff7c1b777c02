"""The language of a text, told by its short words where the reader did not tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from scholiast.data import table
from scholiast.model import Document

#: Characters that are looked at.
SAMPLE: Final = 10_000
_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def _short_words() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words.split()) for name, words in table("stray_blanks")["language"].items()
    }


def language_of(document: Document) -> str:
    """Return the two letters of a document's language, or "" where nothing tells it."""
    if document.language:
        return document.language.partition("-")[0].lower()
    return _guessed(document.text[:SAMPLE])


@lru_cache(maxsize=4)
def _guessed(sample: str) -> str:
    if sum("\u4e00" <= character <= "\u9fff" for character in sample) * 4 > len(sample):
        return "zh"
    return told_by(_WORD.findall(sample.lower()))


def told_by(words: Iterable[str]) -> str:
    """Return the language whose short words are most frequent among words; "" for none."""
    count = Counter(words)
    found = {name: sum(count[word] for word in short) for name, short in _short_words().items()}
    best = max(sorted(found), key=found.__getitem__)
    return best if found[best] else ""
