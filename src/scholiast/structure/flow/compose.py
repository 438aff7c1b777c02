"""From blocks and notes to a Document: the last step of the readers that have blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scholiast.model import Document
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.headings import Headings
from scholiast.structure.flow.notes import Note, call, cross, in_order, unmark
from scholiast.structure.flow.setting import Setting


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself: ``part`` is its main member, in a package."""

    name: str
    id: str
    format: str
    part: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    encoding: str = ""
    pages: tuple[str, ...] = ()  # the printed numbers of the pages, where it tells them


def compose(blocks: Sequence[Block], notes: Sequence[Note], facts: Facts) -> Document:
    """Return the Document of a body and its notes.

    The marks are the references in the bits of the body; a note belongs to the
    references with its ``sort`` and ``id``, and shows the number of the first.
    Notes typed by hand (``structure.flow.typed``) were taken out of the blocks
    before. Notes without a mark and without words are left out.
    """
    setting = Setting(Headings(blocks, facts.title, facts.authors), facts.pages)
    setting.body(blocks, facts.part)
    references: list[Reference] = [reference for _, reference in setting.callouts]
    called = call(notes, references)
    cross(references, called)
    for note in notes:
        if note.sort != "typed":
            unmark(note)
    kept = [note for note in notes if note.marks or not note.empty]
    setting.notes(in_order(kept, references), called)
    first = setting.sections[0]
    return Document(
        name=facts.name,
        id=facts.id,
        format=facts.format,
        text=setting.text,
        body_end=setting.body_end,
        segments=setting.ordered_segments(),
        nodes=setting.ordered_nodes(),
        title=setting.headings.title or (first.title if first.role == "article" else ""),
        authors=setting.headings.authors,
        language=facts.language,
        encoding=facts.encoding,
    )
