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


def _late(module: str) -> Read:
    """Return the reader in a module, which is loaded when the first file of its kind is read.

    Python's collector of garbage rests meanwhile.
    """

    def read(source: Source, settings: Settings) -> Intake:
        from importlib import import_module

        from scholiast.readers.collector import collector_rests

        own: Read = import_module(module).read
        with collector_rests():
            return own(source, settings)

    return read


READERS: Final = (
    Reader("txt", (".txt", ".text", ""), _late("scholiast.readers.txt")),
    Reader("md", (".md", ".markdown", ".qmd", ".rmd"), _late("scholiast.readers.md")),
    Reader("docx", (".docx",), _late("scholiast.readers.docx")),
    Reader("latex", (".tex", ".latex"), _late("scholiast.readers.latex")),
    Reader("html", (".html", ".htm", ".xhtml"), _late("scholiast.readers.html")),
    Reader("epub", (".epub",), _late("scholiast.readers.epub")),
    Reader("odt", (".odt", ".fodt"), _late("scholiast.readers.odt")),
    Reader("rtf", (".rtf",), _late("scholiast.readers.rtf")),
    Reader("tei", (".xml", ".tei"), _late("scholiast.readers.tei")),
    Reader("pdf", (".pdf",), _late("scholiast.readers.pdf")),
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
    return next((reader.read for reader in READERS if wanted in reader.suffixes), None)


def identity(data: bytes, reader: str) -> str:
    """Return the id of a document: the hash of its bytes and of its reader's version.

    ``reader`` names the reader and its version ("md 1"); it changes whenever
    the same bytes would give another text or structure.
    """
    from hashlib import sha256

    digest = sha256(reader.encode() + b"\0")
    digest.update(data)
    return digest.hexdigest()[:32]
