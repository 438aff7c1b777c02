"""Notes and their numbers, as LaTeX counts them; labels and what leads to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.data import table
from scholiast.readers.latex.mouth import COMMAND, Token, written
from scholiast.structure.flow.bits import Bit, Reference
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.notes import Note

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The commands that write a counter, and those that put a number in a circle.
FORMS: Final = ("fnsymbol", "roman", "Roman", "alph", "Alph", "chinese", "arabic")
_CIRCLES: Final = ("textcircled", "circled", "ding", "pifont", "quan")


def shown(number: int, form: str) -> str:
    """Return a number as a counter is written in a form: ``arabic``, ``roman``, ``fnsymbol`` …."""
    signs: list[str] = table("latex")["signs"]["fnsymbol"]
    if form == "fnsymbol" and 0 < number <= len(signs):
        return signs[number - 1]
    if form in ("alph", "Alph") and 0 < number <= 26:
        return chr(ord("a" if form == "alph" else "A") + number - 1)
    if form == "circled" and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form in ("roman", "Roman") and 0 < number < 5000:
        written = ""
        for value, sign in _ROMAN:
            written += sign * (number // value)
            number %= value
        return written if form == "roman" else written.upper()
    return str(number)


def form_of(body: Sequence[Token]) -> str:
    r"""Return the form in which a definition of ``\\thefootnote`` writes its counter."""
    names = [token.text for token in body if token.kind == COMMAND]
    if any(name in _CIRCLES for name in names):
        return "circled"
    return next((name for name in names if name in FORMS), "arabic")


@dataclass(slots=True, eq=False)
class Mark:
    """A note mark, and whether its number was given by hand."""

    reference: Reference
    chapter: int
    by_hand: bool = False
    bare: bool = False  # \\footnotemark: its note is elsewhere


@dataclass(slots=True, eq=False)
class Text:
    r"""The words of a note that has no mark of its own (``\\footnotetext``)."""

    note: Note
    chapter: int
    after: int  # how many marks stand before it


@dataclass(slots=True)
class Numbers:
    """All marks and notes of a document, in reading order, with the counters they show."""

    notes: list[Note] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=lambda: {"thanks": "fnsymbol"})
    resets: dict[str, set[str]] = field(default_factory=dict)  # a counter and what it begins anew
    chapter: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    references: list[tuple[Bit, str]] = field(default_factory=list)
    current: str = ""  # what a label written here would show

    def new_chapter(self) -> None:
        """Begin the numbers of the notes anew."""
        self.chapter += 1
        self.counts["footnote"] = self.counts["endnote"] = 0

    def step(self, counter: str) -> int:
        """Count one further; what the counter begins anew is 0 again."""
        self.counts[counter] = self.counts.get(counter, 0) + 1
        for inner in sorted(self.resets.get(counter, ())):
            self.counts[inner] = 0
            if inner == "footnote":
                self.chapter += 1
        return self.counts[counter]

    def mark(self, sort: str, given: str = "", *, bare: bool = False) -> Reference:
        """Return the mark of a note of a sort, the next one or the one whose number is given."""
        number = int(given) if given.isascii() and given.isdecimal() else 0
        if not given:
            number = self.step(sort)
        label = given if given and not number else shown(number, self.forms.get(sort, "arabic"))
        kind = "endnote" if sort == "endnote" else "footnote"
        reference = Reference(kind, f"{len(self.marks)}", label, number)
        self.marks.append(Mark(reference, self.chapter, bool(given), bare))
        self.current = label
        return reference

    def note(self, reference: Reference, blocks: list[Block], part: str = "") -> Note:
        """Return the note that a mark calls, and keep it."""
        note = Note(reference.sort, reference.id, part, blocks, reference.label, reference.number)
        self.notes.append(note)
        return note

    def text(self, sort: str, given: str, blocks: list[Block]) -> Note:
        """Return a note that has no mark of its own, and keep it."""
        number = int(given) if given.isascii() and given.isdecimal() else 0
        if not given:
            number = self.counts.get(sort, 0)
        label = given if given and not number else shown(number, self.forms.get(sort, "arabic"))
        kind = "endnote" if sort == "endnote" else "footnote"
        note = Note(kind, f"text {len(self.texts)}", "", blocks, label, number)
        self.notes.append(note)
        self.texts.append(Text(note, self.chapter, len(self.marks)))
        return note

    def settle(self) -> None:
        """Lead the marks without a note to theirs, and write what labels refer to."""
        waiting: dict[tuple[str, int, str], list[int]] = {}
        for at, mark in enumerate(self.marks):
            if mark.bare:
                waiting.setdefault(_key(mark.reference, mark.chapter), []).append(at)
        for text in self.texts:
            places = waiting.get((text.note.sort, text.chapter, text.note.label), [])
            if places:
                # the nearest mark before it, else the first behind it
                index = max(0, bisect_left(places, text.after) - 1)
                self.marks[places[index]].reference.id = text.note.id
                if index and not self.marks[places[0]].by_hand:
                    del places[index]
                    continue
                for place in places:  # the same mark printed again calls the same note
                    self.marks[place].reference.id = text.note.id
                places.clear()
        own = {_key(m.reference, m.chapter): m for m in reversed(self.marks) if not m.bare}
        for places in waiting.values():
            for place in places:
                mark = self.marks[place]
                home = own.get(_key(mark.reference, mark.chapter))
                if home is not None and mark.by_hand:
                    mark.reference.id = home.reference.id
        for bit, key in self.references:
            bit.text = self.labels.get(key, "") or "??"

    def ordered(self) -> list[Note]:
        """Return the notes, the endnotes behind the footnotes."""
        return sorted(self.notes, key=lambda note: note.sort != "footnote")


def _key(reference: Reference, chapter: int) -> tuple[str, int, str]:
    return reference.sort, chapter, reference.label


def value(tokens: Sequence[Token] | None) -> str:
    """Return what stands in an argument that gives a number."""
    return written(list(tokens)).strip() if tokens else ""
