"""OpenDocument texts (.odt, .fodt): the text as LibreOffice shows it with all changes accepted."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "odt 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of an OpenDocument text. Never fails: what is wrong is a Trouble."""
    from scholiast.packages.zip import PackageError
    from scholiast.readers import identity

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "odt", language=settings.language)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        return _read(source, settings, id_)
    except PackageError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))


def _read(source: Source, settings: Settings, id_: str) -> Intake:
    """Read a file that has a body (raises ``PackageError`` where it has none)."""
    from scholiast.readers.odt import properties
    from scholiast.readers.odt.parts import load
    from scholiast.readers.odt.story import story
    from scholiast.structure.flow.compose import Facts, compose

    parts = load(source.data, settings.max_inflated)
    told = story(parts)
    facts = Facts(
        source.name,
        id_,
        "odt",
        parts.main,
        properties.title(parts.meta),
        properties.authors(parts.meta),
        properties.language(parts.meta) or settings.language or told.language,
    )
    document = compose(told.blocks, told.notes, facts)
    troubles = parts.troubles
    if not document.text.strip() and not troubles:
        troubles = (Trouble("empty-file"),)
    return Intake(document, troubles=troubles)
