"""The public Python API: read a file, check files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scholiast.case import Annotated
from scholiast.config import Settings
from scholiast.model import Document, Finding, Source


def _source(path: str | Path) -> Source:
    return Source(str(path), Path(path).read_bytes())


def read(path: str | Path, settings: Settings | None = None) -> Document:
    """Return the Document of a file.

    Raises ``OSError`` where the file cannot be opened. A file that can be
    opened and not be read gives an empty Document; ``check`` says why.
    """
    return annotated_file(path, settings).document


def annotated_file(path: str | Path, settings: Settings | None = None) -> Annotated:
    """Return a file as rules see it, with what troubled its reader."""
    from scholiast.engine import read as read_source

    return read_source(_source(path), settings or Settings())


def check(
    paths: str | Path | Sequence[str | Path], settings: Settings | None = None
) -> tuple[Finding, ...]:
    """Return the findings of one file, or of several as one case.

    Raises ``OSError`` where a file cannot be opened.
    """
    from scholiast.engine import check as check_sources

    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    return check_sources([_source(path) for path in listed], settings).findings
