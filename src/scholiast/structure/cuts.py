"""Characters of a plain text that are not part of its words.

Halves of a ligature tie torn apart, soft hyphens and the hyphens that
extraction left as control characters, and the underscores that plain text
sets around italics (the convention of mail and of Project Gutenberg).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

#: The two halves of a ligature tie over two letters, the second torn off by a blank.
_HALF_MARKS: Final = re.compile("(\ufe20)[^\\W\\d_]{1,2}( \ufe21)")
#: A hyphen at the end of a line, as pdfium and others leave it inside the word.
_LOST_HYPHEN: Final = re.compile("([^\\W\\d_]*)([\ufffe\x02\u00ad])(?:\r?\n)?([^\\W\\d_]*)")
_ITALIC: Final = re.compile(r"(?<![\w_])_(?=[^\s_])[^_]{1,400}?(?<=[^\s_])_(?!_|[^\W\d])")


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters ``start:end`` of the file that are left out; ``text`` stands for them."""

    start: int
    end: int
    kind: str  # "half-mark", "hyphen", "hyphen-kept", "italic-opens", "italic-closes"
    text: str = ""


def cuts(text: str, vocabulary: Counter[str]) -> list[Cut]:
    """Return what is to be left out of a text, in order."""
    found: list[Cut] = []
    if "\ufe21" in text:
        for match in _HALF_MARKS.finditer(text):
            found += [Cut(*match.span(1), "half-mark"), Cut(*match.span(2), "half-mark")]
    if any(sign in text for sign in "\ufffe\x02\u00ad"):
        found += [_lost_hyphen(match, vocabulary) for match in _LOST_HYPHEN.finditer(text)]
    if "_" in text:
        for match in _ITALIC.finditer(text):
            if "\n\n" not in match.group() and "\r\n\r" not in match.group():
                found.append(Cut(match.start(), match.start() + 1, "italic-opens"))
                found.append(Cut(match.end() - 1, match.end(), "italic-closes"))
    return sorted(found, key=lambda cut: cut.start)


def _lost_hyphen(match: re.Match[str], vocabulary: Counter[str]) -> Cut:
    """Decide by the words of the text whether a lost hyphen belongs to the word."""
    left, _, right = match.groups()
    start, end = match.span(2)
    compound = vocabulary[f"{left}-{right}"] + vocabulary[f"{left}-{right}".lower()]
    whole = vocabulary[left + right] + vocabulary[(left + right).lower()]
    if not right or right[0].isupper() or compound > whole:
        return Cut(start, end, "hyphen-kept", "-" if right else "")
    return Cut(start, end, "hyphen")
