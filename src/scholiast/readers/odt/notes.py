"""The note marks of an OpenDocument text, and the numbers that are shown for them.

LibreOffice counts the notes itself when it shows a file; what a file has in
``text:note-citation`` is what was shown when it was saved. That counts where
numbers cannot be had otherwise: per page, or without a configuration.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from scholiast.packages.odf import Element, attribute, child, elements
from scholiast.packages.ooxml import symbols
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.numerals import value, written

#: The forms of numbers by their first sign (``style:num-format``).
_FORMS: Final = {
    "1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter",
    "①": "decimalEnclosedCircle", "一": "chineseCounting", "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional", "子": "ideographZodiac", "〇": "ideographDigital",
    "１": "decimalFullWidth", "а": "russianLower", "А": "russianUpper", "*": "chicago",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the notes of one sort are numbered; ``told`` is whether the file says so."""

    format: str
    start: int = 1
    restart: str = "document"  # or "chapter", "page"
    told: bool = False


_BASE: Final = {"footnote": Scheme("decimal"), "endnote": Scheme("lowerRoman")}


def schemes(styles: Element | None) -> dict[str, Scheme]:
    """Return how the notes of each sort are numbered."""
    found = dict(_BASE)
    for element in elements(styles, "text:notes-configuration") if styles is not None else ():
        sort = attribute(element, "text:note-class", "footnote")
        if sort not in found:
            continue
        form = element.get(_NUM_FORMAT)
        start = attribute(element, "text:start-value", "0")
        found[sort] = Scheme(
            _FORMS.get(form[:1], "decimal" if form else "none")
            if form is not None
            else found[sort].format,
            # The standard's value is what LibreOffice adds to the first number.
            1 + (int(start) if start.isdecimal() and len(start) < 5 else 0),
            attribute(element, "text:start-numbering-at", "document"),
            told=True,
        )
    return found


#: The font in which a sign of private characters was chosen; the file does not tell.
_SIGNS: Final = "Symbol"
_NUM_FORMAT: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}num-format"


@dataclass(slots=True)
class _Mark:
    """A mark as the file has it: its sign typed by hand, and what it showed when saved."""

    reference: Reference
    sign: str
    shown: str


@dataclass(slots=True)
class Marks:
    """Gathers the note marks of a text and its notes, in the order of the text."""

    notes: list[Note] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)
    _named: dict[Element, tuple[str, str]] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def known(self, note: Element) -> bool:
        """Return whether a note was met before."""
        return note in self._named

    def name(self, note: Element) -> tuple[str, str]:
        """Return the sort and the id of a note; two notes with marks never share an id."""
        if note not in self._named:
            sort = "endnote" if attribute(note, "text:note-class") == "endnote" else "footnote"
            id_ = attribute(note, "text:id") or attribute(note, "xml:id")
            called = child(note, "text:note-citation") is not None
            if called and (not id_ or id_ in self._ids):
                id_ = f"{id_} no. {len(self._named) + 1}"
            if called:
                self._ids.add(id_)
            self._named[note] = (sort, id_)
        return self._named[note]

    def take(self, note: Element, chapter: int) -> Reference | None:
        """Return the mark of a note; None where it has none."""
        citation = child(note, "text:note-citation")
        if citation is None:
            return None
        sort, id_ = self.name(note)
        reference = Reference(sort, id_, section=chapter)
        sign = symbols(attribute(citation, "text:label").strip(), _SIGNS).replace("\u2217", "*")
        shown = "".join(map(str, citation.itertext())).strip()
        self._marks.append(_Mark(reference, sign, shown))
        return reference

    def number(self, schemes_: dict[str, Scheme]) -> None:
        """Give every mark the number that is shown for it, in the order of the text."""
        for sort, scheme in schemes_.items():
            own = [mark for mark in self._marks if mark.reference.sort == sort]
            counted = [mark for mark in own if not mark.sign]
            if scheme.start > 1 and counted and value(counted[0].shown) == scheme.start - 1:
                # Some programs write the first number itself.
                scheme = replace(scheme, start=scheme.start - 1)
            _count(counted, scheme)
            for mark in own:
                if mark.sign:
                    mark.reference.label, mark.reference.number = mark.sign, value(mark.sign)


def _count(marks: list[_Mark], scheme: Scheme) -> None:
    """Number marks without a sign of their own."""
    last, chapter = scheme.start - 1, 0
    for at, mark in enumerate(marks):
        reference = mark.reference
        if scheme.restart == "chapter" and (not at or reference.section != chapter):
            last, chapter = scheme.start - 1, reference.section
        last += 1
        if mark.shown and (scheme.restart == "page" or not scheme.told):
            reference.label = mark.shown
            reference.number = value(mark.shown) or last
        else:
            reference.number, reference.label = last, written(last, scheme.format)
