"""Readers: the bytes of a file become a text with its structure.

Every reader is one plain function ``(Source, Settings) -> Intake``. The tuple
``READERS`` is all there are; a reader's module, and the library it needs, is
loaded only when a file of its kind is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from scholiast.config import Settings
from scholiast.model import Intake, Source

Read = Callable[[Source, Settings], Intake]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the suffixes of its files (in lower case) and its function."""

    name: str
    suffixes: tuple[str, ...]
    read: Read


def _txt(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.txt import read

    return read(source, settings)


def _md(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.md import read

    return read(source, settings)


def _docx(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.docx import read

    return read(source, settings)


def _latex(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.latex import read

    return read(source, settings)


def _html(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.html import read

    return read(source, settings)


def _odt(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.odt import read

    return read(source, settings)


def _epub(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.epub import read

    return read(source, settings)


def _rtf(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.rtf import read

    return read(source, settings)


def _tei(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.tei import read

    return read(source, settings)


def _pdf(source: Source, settings: Settings) -> Intake:
    from scholiast.readers.pdf import read

    return read(source, settings)


READERS: Final = (
    Reader("txt", (".txt", ".text", ""), _txt),
    Reader("md", (".md", ".markdown", ".qmd", ".rmd"), _md),
    Reader("docx", (".docx",), _docx),
    Reader("latex", (".tex", ".latex"), _latex),
    Reader("html", (".html", ".htm", ".xhtml"), _html),
    Reader("epub", (".epub",), _epub),
    Reader("odt", (".odt", ".fodt"), _odt),
    Reader("rtf", (".rtf",), _rtf),
    Reader("tei", (".xml", ".tei"), _tei),
    Reader("pdf", (".pdf",), _pdf),
)


def suffix(name: str) -> str:
    """Return the suffix of a file's name in lower case, with its dot; "" where it has none."""
    return PurePosixPath(PureWindowsPath(name).name).suffix.lower()


def known_suffixes() -> frozenset[str]:
    """Return the suffixes that are looked for in a folder."""
    return frozenset(name for reader in READERS for name in reader.suffixes if name)


def reader_for(name: str) -> Read | None:
    """Return the function that reads files of this name, or None for an unknown suffix."""
    wanted = suffix(name)
    return next((_resting(one.read) for one in READERS if wanted in one.suffixes), None)


def _resting(read: Read) -> Read:
    """Return a reader during which Python's collector of garbage rests."""
    from scholiast.readers.collector import collector_rests

    def resting(source: Source, settings: Settings) -> Intake:
        with collector_rests():
            return read(source, settings)

    return resting


def identity(data: bytes, reader: str) -> str:
    """Return the id of a document: the hash of its bytes and of its reader's version.

    ``reader`` names the reader and its version ("md 1"); it changes whenever
    the same bytes would give another text or structure.
    """
    from hashlib import sha256

    digest = sha256(reader.encode() + b"\0")
    digest.update(data)
    return digest.hexdigest()[:32]
