"""The head of a Markdown file: YAML between two lines of hyphens.

Every value is read as the text it is (no dates, no numbers, no objects), so
that nothing in a head can be executed or fail to be a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from scholiast.structure.sections import split_authors

_HEAD: Final = re.compile(
    r"(?:[ \t]*(?:\r\n?|\n))*---[ \t]*(?:\r\n?|\n)(?![ \t]*(?:\r|\n))(.*?)"
    r"(?:(?<=[\r\n])|^)(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)",
    re.DOTALL,
)
_PERCENT: Final = re.compile(
    r"%[ \t]+([^\r\n]*(?:(?:\r\n?|\n)[ \t]+[^\s][^\r\n]*)*)(?:\r\n?|\n|\Z)"
    r"(?:%[ \t]*([^\r\n]*(?:(?:\r\n?|\n)[ \t]+[^\s][^\r\n]*)*)(?:\r\n?|\n|\Z))?"
    r"(?:%[ \t]*[^\r\n]*(?:\r\n?|\n|\Z))?"
)
_KEY: Final = re.compile(r"^[\w-]+[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
#: Longer heads are not read: no one writes them by hand.
LONGEST: Final = 200_000

_AUTHORS: Final = ("author", "authors", "by", "creator", "creators")
_TITLES: Final = ("title", "long", "main", "full", "text", "name", "short", "plain", "value")
_NAMES: Final = ("name", "literal", "full", "display", "fullname", "full_name", "text", "author")
_GIVEN: Final = (
    "given",
    "given-names",
    "first",
    "firstname",
    "first_name",
    "givenname",
    "given_name",
)
_FAMILY: Final = ("family", "surname", "last", "lastname", "last_name", "familyname", "family_name")
_PARTICLES: Final = ("non-dropping-particle", "dropping-particle", "particle")
_EMPTY: Final = frozenset(("", "null", "~", "Null", "NULL"))
_EMPHASIS: Final = re.compile(r"(?<![\w\\])([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_CALL: Final = re.compile(r"\[\^[^\]\s]+\]|\^\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says; ``end`` is the offset at which the text begins."""

    end: int = 0
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    fault: str = ""  # why the head could not be read
    line: int = 0  # of the fault


def read_head(text: str) -> Head:
    """Return the head of a Markdown text; an empty one where it has none.

    What stands between the hyphens but is neither a table nor looks like one
    is text between two rules.
    """
    match = _HEAD.match(text)
    if match is None or len(match.group(1)) > LONGEST:
        return _percent(text)
    import yaml

    inside = match.group(1)
    # A base loader makes strings alone: no objects, no dates.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        table = yaml.load(inside, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if _KEY.search(inside) is None:
            return Head()
        return Head(
            match.end(), *_salvaged(inside), fault=_fault(error), line=_line(text, match, error)
        )
    if table is None or (isinstance(table, str) and table in _EMPTY):
        return Head(match.end())
    if not isinstance(table, dict):
        return Head()
    low = {str(key).casefold(): value for key, value in table.items()}
    language = low.get("lang", low.get("language", ""))
    return Head(
        match.end(), _title(low), _authors(low), language if isinstance(language, str) else ""
    )


def _percent(text: str) -> Head:
    """Return the head that pandoc reads without YAML: lines of ``% title``, ``% authors``."""
    match = _PERCENT.match(text)
    if match is None:
        return Head()
    authors = re.split(r";|[\r\n]+", match.group(2) or "")
    names = [name for author in authors if author.strip() for name in _divided(_plain(author))]
    return Head(match.end(), _plain(match.group(1)), tuple(dict.fromkeys(names)))


def _salvaged(inside: str) -> tuple[str, tuple[str, ...]]:
    """Return title and authors of a head that is not YAML, where each stands on one line."""
    found: dict[str, Any] = {}
    for match in re.finditer(r"^(title|author)[ \t]*:[ \t]*(\S[^\r\n]*)", inside, re.MULTILINE):
        found.setdefault(match.group(1), match.group(2).strip().strip("\"'"))
    return _title(found), _authors(found)


#: What the parser of YAML complains of, and what that is to an author.
_FAULTS: Final = (
    ("mapping values", "a value has a colon in it and no quotation marks around it"),
    (
        "alphabetic or numeric",
        "a value begins with an asterisk and has no quotation marks around it",
    ),
    ("tab ", "a tabulator stands where only blanks may stand"),
    ("expected ':'", "a line has no colon after its first word"),
    ("expected key", "a line is not indented as those around it, or a quotation mark is open"),
    ("expected <block end>", "a line is not indented as those around it"),
    ("end of stream", "a quotation mark is open"),
    ("expected ','", "a bracket is open"),
    ("start any token", "a value begins with a sign and has no quotation marks around it"),
    ("undefined alias", "a value begins with an asterisk and has no quotation marks around it"),
)


def _fault(error: Exception) -> str:
    """Return what is wrong with a head, in words."""
    problem = str(getattr(error, "problem", "") or "it is nested too deeply")
    return next((words for sign, words in _FAULTS if sign in problem), problem)


def _line(text: str, match: re.Match[str], error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    before = text[: match.start(1)].count("\n") or text[: match.start(1)].count("\r")
    return before + 1 + (mark.line if mark is not None else 0)


def _plain(value: str) -> str:
    """Return a title without marks of emphasis and notes, in one line."""
    value = _CALL.sub("", value)
    for _ in range(3):
        value = _EMPHASIS.sub(r"\2", value)
    return " ".join(value.split())


def _title(table: dict[str, Any]) -> str:
    """Return the title, with the subtitle where there is one."""
    title = _first(table.get("title"), _TITLES)
    subtitle = _first(table.get("subtitle"), _TITLES)
    if subtitle and title:
        return title + (" " if title.endswith((":", "?", "!", ".")) else ": ") + subtitle
    return title


def _first(value: Any, keys: tuple[str, ...]) -> str:
    """Return a text, or the first text of a table or list."""
    if isinstance(value, str):
        return "" if value in _EMPTY else _plain(value)
    if isinstance(value, dict):
        low = {str(key).casefold(): item for key, item in value.items()}
        found = (_first(low[key], keys) for key in keys if isinstance(low.get(key), str))
        return next((text for text in found if text), "")
    if isinstance(value, list):
        return next(
            (text for item in value[:9] if isinstance(item, str) and (text := _plain(item))), ""
        )
    return ""


def _authors(table: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors in whatever shape they are written."""
    for key in _AUTHORS:
        names = _names(table.get(key))
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [] if value in _EMPTY else _divided(_plain(value))
    if isinstance(value, list):
        return [name for item in value if not isinstance(item, list) for name in _names(item)]
    if isinstance(value, dict):
        return _named(value)
    return []


def _named(value: dict[Any, Any]) -> list[str]:
    """Return the name in a table: its parts, or whole; or the names that are its keys."""
    low = {str(key).casefold(): item for key, item in value.items()}
    if isinstance(low.get("name"), dict):
        return _named(low["name"])
    parts = [_first(low.get(key), ()) for keys in (_GIVEN, _PARTICLES, _FAMILY) for key in keys]
    if any(_first(low.get(key), ()) for key in _FAMILY):
        return [" ".join(part for part in parts if part)]
    whole = next((name for key in _NAMES if (name := _first(low.get(key), _TITLES))), "")
    if whole:
        return [_turned(whole)]
    if low and all(isinstance(item, (dict, list)) or not item for item in low.values()):
        return [_turned(_plain(str(key))) for key in value]
    if len(low) == 1:  # "- Anna Smith: university"
        return [_turned(_plain(str(next(iter(value)))))]
    return []


def _divided(names: str) -> list[str]:
    """Return the names in one string: ``A and B``, ``A, B``, ``Smith, A.; Brown, B.``."""
    if ";" in names:
        return [_turned(name.strip()) for name in names.split(";") if name.strip()]
    turned = _turned(names)
    if turned != names:
        return [turned]
    authors, _ = split_authors(names)
    return list(authors) or [names]


def _turned(name: str) -> str:
    """Return ``Smith, Anna`` as ``Anna Smith``; any other name as it is."""
    family, comma, given = name.partition(", ")
    if not comma or "," in given or len(given.split()) > 3 or len(family.split()) > 2:
        return name
    if len(family.split()) > 1 and not family.split()[0].islower():
        return name
    return f"{given} {family}" if given[:1].isupper() else name
