"""How the words of a note end: whole, doubtful, or broken off."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.model import Node

_TERMINAL: Final = frozenset(".!?…。！？．\"”’'»›)]】〕）］」』》〉>;*")
_CLOSED: Final = frozenset('"”’»!?…')
#: Marks after which something must follow.
_HANGING: Final = frozenset(",-–—‐、，([{（［“„«「《‘/&:：")
_OPENERS: Final = "([{（［【〔“„«「『《"
_CLOSERS: Final = ")]}）］】〕”“»」』》"
_PAIRS: Final = dict(zip(_OPENERS, _CLOSERS, strict=True))
_WEB: Final = re.compile(r"(?:https?://|www\.|doi:|10\.\d{4,})\S*$", re.IGNORECASE)
_RANGE: Final = re.compile(r"\d[-–—]$")


def note_words(text: str, note: Node) -> str:
    """Return the words of a note without the blanks at its end."""
    return text[note.start : note.end].rstrip()


def surely_broken(text: str, note: Node) -> bool:
    """Return whether a note is cut off: a bracket or quotation is open and no mark ends it."""
    words = note_words(text, note)
    if not words or words[-1] in _TERMINAL:
        return False
    return bool(_left_open(words))


def _left_open(words: str) -> str:
    """Return the brackets and quotation marks that are open at the end of words."""
    if 0 <= words.find("»") < words.find("«"):  # »…«: the other way round
        words = words.translate(str.maketrans("«»", "»«"))
    stack = ['"'] if words.count('"') % 2 else []
    for character in words:
        if stack and character == _PAIRS.get(stack[-1]):
            stack.pop()
        elif character in _PAIRS:
            stack.append(character)
        elif character == "”" and "„" in stack:
            stack = stack[: stack.index("„")]
        elif character in _CLOSERS:
            wanted = [n for n, opener in enumerate(stack) if _PAIRS.get(opener) == character]
            stack = stack[: wanted[-1]] if wanted else stack
    return "".join(stack)


@cache
def _dangling() -> frozenset[str]:
    lists = table("broken_notes")
    return frozenset(word for name in lists if name != "whole" for word in lists[name].split())


@cache
def _dangling_wide() -> tuple[str, ...]:
    return tuple(sorted(word for word in _dangling() if word[0] > "\u2e7f"))


@cache
def _whole() -> tuple[str, ...]:
    return tuple(table("broken_notes")["whole"])


def hangs(words: str) -> bool:
    """Return whether words end in a comma, a hyphen or a word that wants another after it."""
    if not words or _WEB.search(words) or words.endswith(_whole()):
        return False
    if words[-1] in _HANGING:
        return True
    last = words.split()[-1]
    if last in _dangling():
        return len(words) > len(last) and not _is_initial(words, last)
    return last[-1] > "\u2e7f" and words.endswith(_dangling_wide())


def _is_initial(words: str, last: str) -> bool:
    """Return whether a last ``С.`` or ``p.`` is an initial or counts pages: nothing is to come."""
    before = words[: -len(last)].rstrip()
    if last.endswith("."):
        counted = before[-1:].isdigit()
        initial = len(last) == 2 and last[0].isupper() and before[-1:] not in ",.–—-;:"
        return counted or initial
    return False


def ends(words: str) -> bool:
    """Return whether words end in a mark that may end a note, or in an address."""
    if not words:
        return False
    plain = words.rstrip("0123456789")  # a note mark that was not recognised
    if words[-1] in "“‘«" and words[-2:-1] in _TERMINAL and words[-2:-1]:
        return True  # the closing marks of „German“ and »others«
    return words[-1] in _TERMINAL or plain[-1:] in _CLOSED or _WEB.search(words) is not None
