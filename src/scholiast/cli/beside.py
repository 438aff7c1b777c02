"""The files that a LaTeX document takes in, gathered beside it.

Only files below the folder of the main one are read: a name that leads
upwards, to an absolute path, or through a link out of the folder is passed
over (the reader says so). Number and size are limited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from scholiast.model import Source

#: Files that one document may take in, and the bytes of them together.
MOST_FILES: Final = 400
MOST_BYTES: Final = 100_000_000
SUFFIXES: Final = frozenset((".tex", ".latex"))


def takes_files_in(path: Path) -> bool:
    """Return whether a file is of a kind that names others."""
    return path.suffix.lower() in SUFFIXES


def beside(path: Path, data: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the files that a LaTeX file takes in, by their paths from its folder, sorted."""
    from scholiast.readers.latex.files import encoding_of, named

    folder = path.parent
    found: dict[str, bytes] = {}
    size = 0
    waiting: list[tuple[str, bytes]] = [("", data)]
    while waiting:
        within, bytes_ = waiting.pop(0)
        if within.lower().endswith(".bib"):
            continue
        text = bytes_.decode(encoding_of(bytes_) or "utf-8", "replace")
        for _, name in named(text):
            for candidate in candidates(name, within):
                if candidate in found:
                    break
                inner = _read(folder, candidate, MOST_BYTES - size)
                if inner is None:
                    continue
                if len(found) >= MOST_FILES:
                    return tuple(sorted(found.items()))
                found[candidate] = inner
                size += len(inner)
                waiting.append((candidate, inner))
                break
    return tuple(sorted(found.items()))


def candidates(name: str, within: str) -> tuple[str, ...]:
    """Return where a file may lie that is named in another: the main folder, or that one's."""
    if not name:
        return ()
    folder, slash, _ = within.rpartition("/")
    return (name, f"{folder}/{name}") if slash else (name,)


def _read(folder: Path, name: str, most: int) -> bytes | None:
    """Return the bytes of a file below a folder, None where it is none or too large."""
    path = folder / name
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return None
        if path.stat().st_size > most:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def parts(sources: Sequence[Source], paths: Mapping[str, Path]) -> frozenset[str]:
    """Return the names of LaTeX files that another one takes in and that are no document alone."""
    if not any(source.beside for source in sources):
        return frozenset()
    from scholiast.readers.latex.files import is_whole

    taken = {
        (paths[source.name].parent / inner).resolve()
        for source in sources
        for inner, _ in source.beside
    }
    return frozenset(
        source.name
        for source in sources
        if takes_files_in(paths[source.name])
        and paths[source.name].resolve() in taken
        and not is_whole(source.data)
    )
