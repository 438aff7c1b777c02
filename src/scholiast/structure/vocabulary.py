"""The words of a text, counted: what decides hyphens, initials and glued words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def words(text: str) -> Counter[str]:
    """Return how often each word occurs, compounds with their hyphens as one word."""
    return Counter(_WORD.findall(text))
