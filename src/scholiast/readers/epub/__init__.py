"""Books (.epub, versions 2 and 3): the pages of the spine as one text, notes across files."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "epub 2"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a book. Never fails: what is wrong is a Trouble."""
    from scholiast.packages.zip import PackageError
    from scholiast.readers import identity

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "epub", language=settings.language)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        return _read(source, settings, id_)
    except PackageError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))


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
