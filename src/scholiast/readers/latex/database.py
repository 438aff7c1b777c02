"""BibTeX databases: entries with their fields, as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_ENTRY: Final = re.compile(r"@\s*([A-Za-z]+)\s*([{(])\s*")
_KEY: Final = re.compile(r"([^\s,{}=]*)\s*(,|\}|\))")
_FIELD: Final = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_BARE: Final = re.compile(r"[^\s,{}#\"=()]+")
_NEXT: Final = re.compile(r"\s*#\s*")
_BRACE: Final = re.compile(r"\\.|([{}])", re.DOTALL)
_QUOTE: Final = re.compile(r"\\.|([{}\"])", re.DOTALL)
#: Characters of one value; a longer one is cut off, as its end is missing.
LONGEST: Final = 100_000
_MONTHS: Final = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A work, by its key; names of fields are in lower case."""

    key: str
    kind: str
    fields: dict[str, str] = field(default_factory=dict)

    def get(self, *names: str) -> str:
        """Return the first of several fields that is there, its blanks folded."""
        for name in names:
            if self.fields.get(name, "").strip():
                return " ".join(self.fields[name].split())
        return ""


def parse(text: str) -> dict[str, Entry]:
    """Return the entries of a database by their keys; what is broken is passed over."""
    found: dict[str, Entry] = {}
    strings = dict(_MONTHS)
    at = 0
    while (match := _ENTRY.search(text, at)) is not None:
        at = match.end()
        kind = match[1].lower()
        if kind == "comment" or kind == "preamble":
            continue
        if kind == "string":
            fields, at = _fields(text, at, strings)
            strings.update(dict(fields.items()))
            continue
        key = _KEY.match(text, at)
        if key is None:
            continue
        at = key.end(1)
        fields, at = _fields(text, at, strings)
        found.setdefault(key[1], Entry(key[1], kind, fields))
    return found


def _fields(text: str, at: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    """Return the fields from a place on, and the place behind them."""
    found: dict[str, str] = {}
    while (match := _FIELD.match(text, at)) is not None:
        words, at = _value(text, match.end(), strings)
        found.setdefault(match[1].lower(), words)
    return found, at


def _value(text: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return a value, its pieces put together, and the place behind it."""
    parts: list[str] = []
    while True:
        sign = text[at : at + 1]
        if sign == "{":
            end = _end(text, at + 1, _BRACE, "}")
            parts.append(text[at + 1 : end])
            at = end + 1
        elif sign == '"':
            end = _end(text, at + 1, _QUOTE, '"')
            parts.append(text[at + 1 : end])
            at = end + 1
        else:
            match = _BARE.match(text, at)
            if match is None:
                return "".join(parts), at
            parts.append(strings.get(match[0].lower(), match[0]))
            at = match.end()
        more = _NEXT.match(text, at)
        if more is None:
            return "".join(parts), at
        at = more.end()


def _end(text: str, at: int, signs: re.Pattern[str], closing: str) -> int:
    """Return where a value in braces or quotation marks ends."""
    depth = 0
    limit = min(len(text), at + LONGEST)
    for match in signs.finditer(text, at, limit):
        sign = match[1]
        if sign == closing and not depth:
            return match.start()
        depth += (sign == "{") - (sign == "}")
    return limit


def names(value: str) -> list[tuple[str, str]]:
    """Return the (given, family) names of a field; a name in braces is a family name alone."""
    found: list[tuple[str, str]] = []
    for name in _split(value, " and "):
        name = name.strip()
        if not name or name.casefold() == "others":
            continue
        parts = [part.strip() for part in _split(name, ",")]
        if len(parts) > 1:
            found.append((parts[-1], parts[0]))
            continue
        words = _split(name, " ")
        if len(words) == 1:
            found.append(("", name))
            continue
        small = next((n for n, word in enumerate(words[:-1]) if n and word[:1].islower()), -1)
        at = small if small > 0 else len(words) - 1
        found.append((" ".join(words[:at]), " ".join(words[at:])))
    return found


def _split(value: str, at: str) -> list[str]:
    """Return the parts of a value that braces do not hold together."""
    parts: list[str] = []
    depth = last = 0
    place = 0
    while place < len(value):
        sign = value[place]
        depth += (sign == "{") - (sign == "}")
        if not depth and value.startswith(at, place):
            parts.append(value[last:place])
            place += len(at)
            last = place
            continue
        place += 1
    parts.append(value[last:])
    return [part for part in parts if part.strip()]
