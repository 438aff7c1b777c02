"""Letters of two scripts that are printed alike: which of two readings of a word holds."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from scholiast.data import table

#: A word in lookalike letters is the Cyrillic one when so much of both readings agrees.
_SAME: Final = 0.6


def cyrillic(latin: str, read: str) -> str:
    """Return a word read in Latin letters in those Cyrillic ones that are printed alike.

    Empty where it has other letters, or has too little in common with what was
    ``read`` in Cyrillic: then it may well be a word in Latin letters.
    """
    letters: dict[str, str] = table("recognition")["cyrillic"]
    if not any(map(str.isalpha, latin)):
        return ""
    if any(sign.isalpha() and sign not in letters for sign in latin):
        return ""
    text = "".join(letters.get(sign, sign) for sign in latin)
    if not any("а" <= sign <= "я" for sign in read.casefold()):
        return ""
    agree = SequenceMatcher(None, text.casefold(), read.casefold(), autojunk=False).ratio()
    return text if agree >= _SAME else ""


def unbarred(text: str, following: str) -> str:
    """Return a word without the bar (or bracket) that stands for a letter.

    With a full stop it is the sign for a leaf before a number ("l. 112"), else an initial.
    """
    core = text.rstrip(".,;:")
    if core in ("|", "[") and text.startswith(core + "."):
        letter = "l" if text == "|." and following[:1].isdigit() else "I"
        return letter + text[1:]
    if core[:1] == "|" and core[1:].isalpha() and core[1:].islower() and core.isascii():
        return "I" + text[1:]
    return text
