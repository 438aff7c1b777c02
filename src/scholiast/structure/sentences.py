"""How sentences end, in the scripts of the first field."""

from __future__ import annotations

from typing import Final

_TERMINAL: Final = tuple(".!?…。！？")


def terminal(text: str) -> bool:
    """Return whether words end like a sentence, quotation marks and brackets apart."""
    return text.rstrip("”’\"')]»」』》） ").endswith(_TERMINAL)


def wide(character: str) -> bool:
    """Return whether a character belongs to a script written without blanks."""
    return "\u2e80" <= character <= "\uffef" and not "\uff10" <= character <= "\uff19"
