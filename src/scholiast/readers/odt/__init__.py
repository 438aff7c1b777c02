"""OpenDocument texts (.odt, .fodt): the text as LibreOffice shows it with all changes accepted."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Intake, Source, Trouble
from scholiast.readers.packaged import read_package

#: Raise when the same bytes give another Document.
VERSION: Final = "odt 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of an OpenDocument text. Never fails: what is wrong is a Trouble."""
    return read_package(source, settings, "odt", VERSION, _read)


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
