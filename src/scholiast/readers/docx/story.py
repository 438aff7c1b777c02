"""The body and the notes of a package as blocks, with the note marks numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scholiast.packages.ooxml import Element, elements, kind, paragraphs
from scholiast.readers.docx.blocks import Walk, section_breaks
from scholiast.readers.docx.notes import SORTS, note_parts, number, schemes, unseen
from scholiast.readers.docx.numbers import Counter
from scholiast.readers.docx.parts import Parts
from scholiast.readers.docx.styles import Styles
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.pages import Pages, forget
from scholiast.structure.flow.typed import typed_notes


@dataclass(slots=True)
class Story:
    """What a document tells: the blocks of its body, and its notes."""

    blocks: list[Block]
    notes: list[Note]
    foreign: int  # texts embedded in other formats, which were not read


def story(parts: Parts) -> Story:
    """Return the blocks and notes of a package."""
    styles = Styles(parts.root("styles"))
    breaks = section_breaks(parts.body)
    numbers = paragraphs(parts.body.getroottree().getroot())
    pages = Pages()
    walk = Walk(styles, numbers, breaks, pages, tells=True)
    blocks = walk.blocks(parts.body)
    if not _pages_known(parts, pages):
        forget(blocks)
    references = list(_references(blocks))
    notes = note_parts(parts, styles)
    number(references, {sort: Counter(schemes(parts, breaks, sort)) for sort in SORTS})
    for reference in references:
        # Where a part is broken its notes are not missing: nobody can tell.
        reference.unread = f"{reference.sort}s" in parts.broken
    gone = unseen(parts.body, references)
    notes = [note for note in notes if (note.sort, note.id) not in gone]
    blocks, typed = typed_notes(blocks, parts.main)
    return Story(blocks, [*notes, *typed], walk.foreign)


def _references(blocks: Iterable[Block]) -> Iterable[Reference]:
    """Yield the note references of the body in the order of the text."""
    return (bit.reference for block in blocks for bit in block.bits if bit.reference is not None)


def _pages_known(parts: Parts, pages: Pages) -> bool:
    """Return whether the pages counted are those of the printed text.

    They are where Word left its marks of where pages end; without these only
    if the breaks set by hand give as many pages as the properties tell.
    """
    if next(elements(parts.body, "w:lastRenderedPageBreak"), None) is not None:
        return True
    properties = parts.root("extended-properties")
    for item in properties if properties is not None else ():
        if _local(item) == "Pages":
            return str(item.text or "").strip() == str(pages.now)
    return False


def _local(element: Element) -> str:
    return kind(element).rpartition("}")[2].rpartition(":")[2]
