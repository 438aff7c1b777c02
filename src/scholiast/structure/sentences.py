"""How sentences end, in the scripts of the first field."""

from __future__ import annotations

from typing import Final

_TERMINAL: Final = tuple(".!?…。！？")


def terminal(text: str) -> bool:
    """Return whether words end like a sentence, quotation marks and brackets apart."""
    return text.rstrip("”’\"')]»」』》） ").endswith(_TERMINAL)
