"""Rich Text Format (.rtf): a language of groups and control words, read in one pass."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "rtf 2"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of an RTF file. Never fails: what is wrong is a Trouble."""
    from scholiast.readers import identity
    from scholiast.readers.rtf.walk import walk
    from scholiast.structure import metadata
    from scholiast.structure.flow.compose import Facts, compose
    from scholiast.structure.flow.typed import typed_notes

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "rtf", language=settings.language)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    if not source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        words = "this is no RTF file: check that it is the right one, or copy it again"
        return Intake(nothing, troubles=(Trouble("unreadable-file", words),))
    told = walk(source.data)
    blocks, typed = typed_notes(told.blocks, "")
    facts = Facts(
        source.name,
        id_,
        "rtf",
        "",
        metadata.title(told.info.get("title", "")),
        metadata.authors(told.info.get("author", "").split(";")),
        settings.language,
        told.encoding,
    )
    document = compose(blocks, [*told.notes, *typed], facts)
    troubles: tuple[Trouble, ...] = ()
    if told.broken:
        words = "the file breaks off before its end: copy or download it again from where it came"
        troubles = (Trouble("unreadable-file", words),)
    elif not document.text.strip():
        troubles = (Trouble("empty-file"),)
    return Intake(document, troubles=troubles)
