"""What the commands read from disk, and what they write to it.

The only room of the program, beside the store, that touches files: it gathers
the sources of a case, its configuration and its decisions, and writes results
so that they are there whole or not at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from scholiast.cli.beside import beside, parts, takes_files_in
from scholiast.config import ConfigError, Settings, parse
from scholiast.decisions import Decision, DecisionsError
from scholiast.decisions import format as format_decisions
from scholiast.decisions import parse as parse_decisions
from scholiast.model import Source

CONFIG: Final = "scholiast.toml"
DECISIONS: Final = "decisions.toml"
#: Folders of a case that hold what is cited, not what is checked.
SOURCES: Final = "sources"
#: What the program itself writes beside a case is not part of it.
OWN: Final = ("queries-*", "*.annotated.*", DECISIONS)
STDIN: Final = "-"
#: Kinds of texts in a folder that are named when they are passed over.
UNREAD: Final = frozenset((".doc", ".html", ".htm", ".epub"))


class CommandError(Exception):
    """A command cannot go on; the message says what, where and what to do (exit 2)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The case of one command."""

    root: Path  # the folder whose configuration and decisions hold
    sources: tuple[Source, ...]
    failures: tuple[tuple[str, str], ...]
    settings: Settings
    decisions: tuple[Decision, ...]
    paths: Mapping[str, Path]


def gather(paths: Sequence[str], overrides: Mapping[str, object]) -> Gathered:
    """Return the case that the paths of a command make up.

    Raises ``CommandError`` where the configuration or the decisions cannot be
    used, or no path leads to a file. A file that cannot be opened is a failure
    of its own and stops nothing.
    """
    root = case_root(paths)
    settings = replace(settings_of(root), **overrides)  # type: ignore[arg-type]
    sources: dict[str, Source] = {}
    failures: dict[str, str] = {}
    places: dict[str, Path] = {}
    found: set[str] = set()  # in folders, not named themselves
    for given in paths:
        for path in _files(given, settings):
            name = path.as_posix()
            places[name] = path
            try:
                if given == STDIN:
                    piped = _piped()
                    sources[piped.name] = piped
                    places[piped.name] = places.pop(name)
                else:
                    sources[name] = _source(name, path, settings)
                    if Path(given).is_dir():
                        found.add(name)
            except OSError as error:
                failures[name] = told(error, path)
    for name in found & parts(tuple(sources.values()), places):
        del sources[name], places[name]
    if not sources and not failures:
        from scholiast.readers import known_suffixes

        known = ", ".join(sorted(known_suffixes()))
        raise CommandError(f"{', '.join(paths)}: no file to check here; known kinds are {known}")
    decisions = decisions_of(root, places)
    return Gathered(
        root, tuple(sources.values()), tuple(failures.items()), settings, decisions, places
    )


def case_root(paths: Sequence[str]) -> Path:
    """Return the folder that a case belongs to: of its first path, upwards to a configuration."""
    first = Path.cwd() if not paths or paths[0] == STDIN else Path(paths[0])
    folder = first if first.is_dir() else first.parent
    folder = folder.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG).is_file() or _has_table(candidate / "pyproject.toml"):
            return candidate
    return folder


def _has_table(path: Path) -> bool:
    with suppress(OSError, UnicodeDecodeError):
        return path.is_file() and "[tool.scholiast]" in path.read_text(encoding="utf-8")
    return False


def settings_of(root: Path) -> Settings:
    """Return the settings of a case; raises ``CommandError`` where they cannot be used."""
    for path in (root / CONFIG, root / "pyproject.toml"):
        if not path.is_file():
            continue
        try:
            return parse(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError, ConfigError) as error:
            raise CommandError(
                str(error) if isinstance(error, ConfigError) else f"{path}: {error}"
            ) from error
    return Settings()


def decisions_of(root: Path, paths: Mapping[str, Path]) -> tuple[Decision, ...]:
    """Return what was decided in a case; raises ``CommandError`` where it cannot be read.

    In the file documents are named by their path from the case's folder, so
    that the file means the same wherever a command is run.
    """
    path = root / DECISIONS
    if not path.is_file():
        return ()
    names = {from_root(place, root): name for name, place in paths.items()}
    try:
        found = parse_decisions(read_text(path), str(path))
    except DecisionsError as error:
        raise CommandError(str(error)) from error
    return tuple(replace(one, document=names.get(one.document, one.document)) for one in found)


def write_decisions(gathered: Gathered, decisions: Sequence[Decision]) -> Path:
    """Write the decisions of a case; return the path of the file."""
    path = gathered.root / DECISIONS
    named = [
        replace(one, document=from_root(gathered.paths[one.document], gathered.root))
        if one.document in gathered.paths
        else one
        for one in decisions
    ]
    write(path, format_decisions(named).encode())
    return path


def from_root(path: Path, root: Path) -> str:
    """Return the path of a file from the folder of its case."""
    resolved = path.resolve()
    return (
        resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.as_posix()
    )


def read_text(path: Path) -> str:
    """Return the text of a file of ours; raises ``CommandError`` in words."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: is not a text in UTF-8; mend or remove it") from error
    except OSError as error:
        raise CommandError(told(error, path)) from error


def _files(given: str, settings: Settings) -> Iterator[Path]:
    """Yield the files of one path: itself, or those below a folder that a reader knows."""
    path = Path(given)
    if given == STDIN or not path.is_dir():
        yield path
        return
    from scholiast.readers import known_suffixes

    known = known_suffixes()
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name != SOURCES
            and not _passed_over(name, settings)
            and not (here / name / CONFIG).is_file()
        )
        for name in sorted(names):
            ours = any(fnmatch(name, pattern) for pattern in OWN)
            hidden = name.startswith((".", "~$"))
            if ours or hidden or _passed_over(name, settings):
                continue
            suffix = Path(name).suffix.lower()
            if suffix in known:
                yield here / name
            elif suffix in UNREAD:
                print(
                    f"scholiast: {here / name}: not read, no reader for {suffix}", file=sys.stderr
                )


def texts_in(folder: Path) -> list[Path]:
    """Return the texts that lie in a folder itself, not below it."""
    from scholiast.readers import known_suffixes

    known = known_suffixes()
    with suppress(OSError):
        return [
            path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in known
            and path.is_file()
            and not any(fnmatch(path.name, pattern) for pattern in OWN)
            and not path.name.startswith((".", "~$"))
        ]
    return []


def _passed_over(name: str, settings: Settings) -> bool:
    return any(fnmatch(name, pattern) for pattern in settings.exclude)


def _piped() -> Source:
    """Return standard input as a source, named for the kind of file that it looks like."""
    from scholiast.readers.sniffing import sniffed

    data = sys.stdin.buffer.read()
    return Source(f"stdin{sniffed(data)}", data)


def _source(name: str, path: Path, settings: Settings) -> Source:
    size = path.stat().st_size
    if size > settings.max_bytes:
        limit = settings.max_bytes // 1_000_000
        raise OSError(f"the file has {size // 1_000_000} MB, more than the {limit} MB of max-bytes")
    data = path.read_bytes()
    return Source(name, data, beside(path, data) if takes_files_in(path) else ())


def told(error: OSError, path: Path) -> str:
    """Return an error of the file system in one line that says what to do."""
    if isinstance(error, FileNotFoundError):
        return f"{path}: there is no such file; check the path"
    if isinstance(error, PermissionError):
        return (
            f"{path}: you may not open or write this file; "
            "change its permissions or choose another place"
        )
    if isinstance(error, IsADirectoryError):
        return f"{path}: is a folder; give the name of a file"
    return f"{path}: {error.strerror or error}"


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises ``CommandError`` in words."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".scholiast-")
    except OSError as error:
        raise CommandError(told(error, path)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(temporary).unlink()
        raise CommandError(told(error, path)) from error


def refuse_to_lose(path: Path, data: bytes, *, force: bool) -> None:
    """Raise ``CommandError`` where a file that somebody may have worked in would be replaced."""
    if force or not path.is_file():
        return
    try:
        same = path.read_bytes() == data
    except OSError as error:
        raise CommandError(told(error, path)) from error
    if not same:
        raise CommandError(
            f"{path}: is there already and may hold answers; collect them first, "
            "write somewhere else, or use --force"
        )


def cache_file(root: Path) -> Path:
    """Return where the derived data of a case are kept: the user's cache folder."""
    from hashlib import sha256

    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "scholiast" / sha256(str(root).encode()).hexdigest()[:24] / "case.sqlite"
