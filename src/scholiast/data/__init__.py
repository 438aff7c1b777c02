"""Tables: what the program knows of languages and fields, as data with its source named."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table ``name`` (``headings``, ``marks`` …), read once.

    Raises ``FileNotFoundError`` where there is no such table.
    """
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
