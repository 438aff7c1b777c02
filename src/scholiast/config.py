"""One frozen ``Settings`` from one TOML table; no configuration works too.

Read from ``scholiast.toml`` or the table ``[tool.scholiast]`` of a
``pyproject.toml``; the shell finds the file, this module only reads its text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from typing import Any


class ConfigError(ValueError):
    """The configuration cannot be used; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set. Every field has a value that works."""

    select: tuple[str, ...] = ()  # codes or families to run; empty: all that are on
    ignore: tuple[str, ...] = ()  # codes or families not to run
    preview: bool = False  # run the rules that are not yet proven
    rules: tuple[str, ...] = ()  # a user's own rules: "package.module:RULES"
    exclude: tuple[str, ...] = ()  # names of files and folders to pass over (glob)
    language: str = ""  # BCP 47, where the text does not tell
    ocr: bool = False  # recognise the pages of scans (needs tesseract)
    page_seconds: int = 300  # time for recognising one page of a scan
    password: str = ""  # opens an encrypted file
    max_bytes: int = 200_000_000  # a larger file is refused
    max_inflated: int = 400_000_000  # what a package may inflate to
    worker_seconds: int = 25  # time of a reader's process
    worker_megabytes: int = 400  # memory of a reader's process beyond its start

    def wants(self, code: str) -> bool:
        """Return whether the rule ``code`` is selected and not ignored."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))


def from_table(table: dict[str, Any], where: str) -> Settings:
    """Return the settings of one TOML table; ``where`` names it in errors."""
    settings = Settings()
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ConfigError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}")
        values[name] = _checked(value, known[name], f"{where}: {key}")
    return replace(settings, **values)


def _checked(value: Any, default: Any, where: str) -> Any:
    """Return ``value`` in the type of ``default``, or raise ``ConfigError``."""
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{where}: a list of strings is wanted")
        return tuple(value)
    if type(value) is not type(default):
        raise ConfigError(f"{where}: {type(default).__name__} is wanted, not {value!r}")
    return value


def parse(text: str, where: str) -> Settings:
    """Return the settings in the text of ``scholiast.toml`` or ``pyproject.toml``."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not valid TOML: {error}") from error
    if where.endswith("pyproject.toml"):
        table = table.get("tool", {}).get("scholiast", {})
    return from_table(table, where)
