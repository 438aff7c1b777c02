"""Books (.epub, versions 2 and 3): the pages of the spine as one text, notes across files."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Intake, Source, Trouble
from scholiast.readers.packaged import read_package

#: Raise when the same bytes give another Document.
VERSION: Final = "epub 2"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a book. Never fails: what is wrong is a Trouble."""
    return read_package(source, settings, "epub", VERSION, _read)


def _read(source: Source, settings: Settings, id_: str) -> Intake:
    """Read a package that is a book (raises ``PackageError`` where it is none)."""
    from scholiast.readers.epub.package import load
    from scholiast.readers.epub.story import story
    from scholiast.structure.flow.compose import Facts, compose

    book = load(source.data, settings.max_inflated)
    told = story(book)
    facts = Facts(
        source.name,
        id_,
        "epub",
        book.members[0].name if book.members else "",
        book.title,
        book.authors,
        book.language or settings.language,
        pages=told.pages,
    )
    document = compose(told.blocks, told.notes, facts)
    troubles = list(book.troubles)
    if not document.text.strip() and not troubles:
        why = "there is no text in the book: its pages are pictures, or empty"
        troubles.append(Trouble("unreadable-file", why))
    return Intake(document, troubles=tuple(troubles))
