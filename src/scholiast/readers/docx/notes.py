"""The notes of a Word document: their words, and the numbers Word shows for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.packages.ooxml import Element, attribute, child, elements, kind, paragraphs
from scholiast.readers.docx.blocks import Walk
from scholiast.readers.docx.numbers import Counter, Scheme, scheme
from scholiast.readers.docx.parts import Parts
from scholiast.readers.docx.styles import Styles
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.numerals import value
from scholiast.structure.flow.pages import Pages

SORTS: Final = ("footnote", "endnote")
#: How Word numbers notes where a file says nothing.
_BASE: Final = {"footnote": Scheme("decimal"), "endnote": Scheme("lowerRoman")}


def note_parts(parts: Parts, styles: Styles) -> list[Note]:
    """Return the notes of a package in the order of their parts, without the separators."""
    found: list[Note] = []
    for sort in SORTS:
        root = parts.root(f"{sort}s")
        if root is None:
            continue
        walk = Walk(styles, paragraphs(root), pages=Pages(0))
        for element in root:
            if kind(element) != f"w:{sort}" or attribute(element, "w:type", "normal") != "normal":
                continue
            blocks = walk.blocks(element)
            found.append(Note(sort, attribute(element, "w:id"), parts.names[f"{sort}s"], blocks))
    return found


def schemes(parts: Parts, breaks: Sequence[Element], sort: str) -> list[Scheme]:
    """Return how the notes of a sort are numbered in each section."""
    name = f"w:{sort}Pr"
    base = scheme(_BASE[sort], child(parts.root("settings"), name))
    return [scheme(base, child(section, name)) for section in breaks] or [base]


def number(references: Sequence[Reference], counters: dict[str, Counter]) -> None:
    """Give every note reference the number Word shows, in the order of the text."""
    for reference in references:
        if reference.sort not in counters:
            continue
        if reference.custom and reference.label:
            reference.number = value(reference.label)
            continue
        counter = counters[reference.sort]
        reference.number, reference.label = counter.next(reference.section, reference.page)


def unseen(body: Element, seen: Sequence[Reference]) -> set[tuple[str, str]]:
    """Return the (sort, id) of notes called only from text that is deleted or hidden."""
    shown = {(reference.sort, reference.id) for reference in seen}
    called = {
        (sort, attribute(element, "w:id"))
        for sort in SORTS
        for element in elements(body, f"w:{sort}Reference")
    }
    return called - shown
