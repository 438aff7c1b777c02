"""Tables: what the program knows of languages and fields, as data with its source named."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table ``name`` (``headings``, ``marks`` …), read once.

    Raises ``FileNotFoundError`` where there is no such table.
    """
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
