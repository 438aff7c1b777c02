"""Word documents (.docx): the text as Word shows it with all changes accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "docx 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a Word file. Never fails: what is wrong is a Trouble."""
    from scholiast.packages.zip import PackageError
    from scholiast.readers import identity

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "docx", language=settings.language)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        return _read(source, settings, id_)
    except PackageError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))


def _read(source: Source, settings: Settings, id_: str) -> Intake:
    """Read a package that has a body (raises ``PackageError`` where it has none)."""
    from scholiast.readers.docx import properties
    from scholiast.readers.docx.assemble import Setting
    from scholiast.readers.docx.headings import Headings
    from scholiast.readers.docx.notes import call, cross, in_order, unmark
    from scholiast.readers.docx.parts import load
    from scholiast.readers.docx.story import story

    parts = load(source.data, settings.max_inflated)
    told = story(parts)
    setting = Setting(Headings(told.blocks, parts.root("core-properties")))
    setting.body(told.blocks, parts.main)
    references = [reference for _, reference in setting.callouts]
    called = call(told.notes, references)
    cross(references, called)
    for note in told.notes:
        if note.sort != "typed":
            unmark(note)
    kept = [note for note in told.notes if note.marks or not note.empty]
    setting.notes(in_order(kept, references), called)
    text = setting.text
    first = setting.sections[0]
    document = Document(
        name=source.name,
        id=id_,
        format="docx",
        text=text,
        body_end=setting.body_end,
        segments=setting.ordered_segments(),
        nodes=setting.ordered_nodes(),
        title=setting.headings.title or (first.title if first.role == "article" else ""),
        authors=setting.headings.authors,
        language=properties.language(parts.root("core-properties")) or settings.language,
    )
    return Intake(document, troubles=_troubles(parts.troubles, told.foreign, text))


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
