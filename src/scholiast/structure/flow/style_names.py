"""What the names of paragraph styles tell (``data/word_styles.toml``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from scholiast.data import table

_DEPTH: Final = re.compile(r"[\s_-]*([1-9])(?!\d)")


def folded(name: str) -> str:
    """Return a style's name as the tables have it; of several names the first."""
    return " ".join(name.partition(",")[0].casefold().split())


@cache
def names(sort: str) -> frozenset[str]:
    """Return the names of styles of a sort ("quote", "title" …), folded."""
    found = table("word_styles")[sort]["names"]
    return frozenset(found) | frozenset(name.replace(" ", "") for name in found)


@cache
def begins(name: str, sort: str) -> bool:
    """Return whether a folded name begins with a prefix of a sort."""
    return name.startswith(tuple(table("word_styles")[sort]["prefixes"]))


@cache
def heading_depth(name: str) -> int:
    """Return the depth that a style's name tells, 0 where it tells none."""
    for prefix in table("word_styles")["heading"]["prefixes"]:
        if name.startswith(prefix) and (depth := _DEPTH.match(name, len(prefix))):
            return int(depth.group(1))
    return 1 if name in names("heading") else 0
