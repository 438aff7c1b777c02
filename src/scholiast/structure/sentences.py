"""How sentences end, in the scripts of the first field."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from scholiast.data import table

_TERMINAL: Final = tuple(".!?…。！？")


def terminal(text: str) -> bool:
    """Return whether words end like a sentence, quotation marks and brackets apart."""
    return text.rstrip("”’\"')]»」』》） ").endswith(_TERMINAL)


def awaits_number(text: str, following: str) -> bool:
    """Return whether words break off before their number: "vol." and, a line below, "3"."""
    if not following[:1].isdigit() or not text.endswith("."):
        return False
    word = re.search(r"[^\W\d_]+\.$", text)
    return word is not None and word.group()[:-1].casefold() in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("marks")["abbreviations"])


def wide(character: str) -> bool:
    """Return whether a character belongs to a script written without blanks."""
    return "\u2e80" <= character <= "\uffef" and not "\uff10" <= character <= "\uff19"


def glues(before: str, after: str) -> bool:
    """Return whether a note mark between two characters touches the word after it.

    Where it does, the mark taken out would glue two words together; scripts
    written without blanks are left alone.
    """
    if not before or before.isspace() or wide(before):
        return False
    return after.isalnum() and not wide(after)
