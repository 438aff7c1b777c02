"""The notes of a text in blocks: which mark calls which, their order, their own numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.structure.flow.bits import Bit, Reference
from scholiast.structure.flow.blocks import Block

#: What may stand between the number that a note shows of itself and its words.
_AFTER_MARK: Final = re.compile(r"\s*(?:[.)\]:、．）］〕](?!\.))?\s*")
#: How far from the beginning of a note its number may stand.
NEAR: Final = 40
_BEFORE_MARK: Final = re.compile(r"\s*[\[(［（〔]?\s*")


@dataclass(slots=True, eq=False)
class Note:
    """A note: its words, its number, and the marks that call it."""

    sort: str  # "footnote" or "endnote"
    id: str
    part: str
    blocks: list[Block]
    label: str = ""
    number: int = 0
    marks: list[Reference] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the note has no words."""
        return not any(block.text.strip() for block in self.blocks)


def call(notes: Sequence[Note], references: Sequence[Reference]) -> dict[Reference, Note]:
    """Give every note its marks; return the note of each reference that has one."""
    by_id = {(note.sort, note.id): note for note in reversed(notes)}
    found: dict[Reference, Note] = {}
    for reference in references:
        note = by_id.get((reference.sort, reference.id))
        if note is None:
            continue
        found[reference] = note
        note.marks.append(reference)
        if len(note.marks) == 1:
            note.label, note.number = reference.label, reference.number
    for note in notes:
        first = by_id[note.sort, note.id]
        if note is not first:  # a second note under the same id shows the same number
            note.label, note.number = first.label, first.number
    return found


def cross(references: Sequence[Reference], called: dict[Reference, Note]) -> None:
    """Lead the marks that repeat a note's number to the nearest note before that has it."""
    last: dict[str, Note] = {}
    later: list[Reference] = []
    for reference in references:
        note = called.get(reference)
        if note is not None:
            last[note.label] = note
        elif reference.sort == "cross" and reference.label in last:
            called[reference] = last[reference.label]
        elif reference.sort == "cross":
            later.append(reference)
    for reference in later:
        if reference.label in last:
            called[reference] = last[reference.label]


def in_order(notes: Sequence[Note], references: Sequence[Reference]) -> list[Note]:
    """Return the notes in the order of their marks; one without stands after its neighbour."""
    place = {id(reference): at for at, reference in enumerate(references)}
    keys: dict[int, tuple[int, int]] = {}
    previous = -1
    for order, note in enumerate(notes):
        if order and notes[order - 1].sort != note.sort:
            previous = len(references)
        if note.marks:
            previous = place[id(note.marks[0])]
            keys[id(note)] = (previous, -1)
        else:
            keys[id(note)] = (previous, order)
    return sorted(notes, key=lambda note: keys[id(note)])


def unmark(note: Note) -> None:
    """Take the note's own number, and what sets it off, out of its words (into marks)."""
    for block in note.blocks:
        at = next((n for n, bit in enumerate(block.bits) if bit.own_mark), -1)
        if at >= 0:
            before = "".join(bit.text for bit in block.bits[:at] if bit.shown)
            if _BEFORE_MARK.fullmatch(before):
                _take(block, len(before), 0)
                _take(block, _AFTER_MARK.match(block.text).end(), at + 1)  # type: ignore[union-attr]
            return
        if block.text.strip():
            break
    first = next((block for block in note.blocks if block.text.strip()), None)
    if first is None or not note.label:
        return
    if note.label not in first.text[: len(note.label) + NEAR].replace("\u2217", "*"):
        return  # most notes: no pattern need be made
    sign = re.compile(r"\s*[\[(]?" + re.escape(note.label) + r"(?!\w)[.)\]]?\s*")
    match = sign.match(first.text.replace("\u2217", "*"))
    opening = next(bit for bit in first.bits if bit.shown and bit.text.strip())
    if match and (opening.raised or not note.label.isalnum()):
        _take(first, match.end(), 0)


def _take(block: Block, count: int, at: int) -> None:
    """Make the first ``count`` shown characters after the bit ``at`` part of the note's mark."""
    out: list[Bit] = block.bits[:at]
    for bit in block.bits[at:]:
        if count <= 0 or not bit.shown:
            out.append(bit)
            continue
        taken = bit.cut(0, count)
        taken.role = "mark"
        out.append(taken)
        count -= len(taken.text)
        rest = bit.cut(len(taken.text), len(bit.text))
        if rest.text:
            out.append(rest)
    block.bits = out
