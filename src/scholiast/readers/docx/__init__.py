"""Word documents (.docx): the text as Word shows it with all changes accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.config import Settings
from scholiast.model import Intake, Source, Trouble
from scholiast.readers.packaged import read_package

#: Raise when the same bytes give another Document.
VERSION: Final = "docx 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a Word file. Never fails: what is wrong is a Trouble."""
    return read_package(source, settings, "docx", VERSION, _read)


def _read(source: Source, settings: Settings, id_: str) -> Intake:
    """Read a package that has a body (raises ``PackageError`` where it has none)."""
    from scholiast.readers.docx import properties
    from scholiast.readers.docx.parts import load
    from scholiast.readers.docx.story import story
    from scholiast.structure.flow.compose import Facts, compose

    parts = load(source.data, settings.max_inflated)
    told = story(parts)
    core = parts.root("core-properties")
    facts = Facts(
        source.name,
        id_,
        "docx",
        parts.main,
        properties.title(core),
        properties.authors(core),
        properties.language(core) or settings.language,
    )
    document = compose(told.blocks, told.notes, facts)
    return Intake(document, troubles=_troubles(parts.troubles, told.foreign, document.text))


def _troubles(troubles: Sequence[Trouble], foreign: int, text: str) -> tuple[Trouble, ...]:
    """Return all troubles: of the parts, of texts in other formats."""
    found = list(troubles)
    if foreign:
        found.append(
            Trouble(
                "unreadable-file",
                "a part of the text is embedded in another format and was not read: open the "
                "file in Word and save it again",
            )
        )
    if not text.strip() and not found:
        found.append(Trouble("empty-file"))
    return tuple(found)
