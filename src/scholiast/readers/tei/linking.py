"""Notes in the order of their marks, with their numbers, linked both ways."""

from __future__ import annotations

from dataclasses import dataclass

from scholiast.readers.tei.notes import Callout, Note, number_of
from scholiast.readers.tei.walk import Walk


@dataclass(frozen=True, slots=True)
class Linked:
    """The notes in the order of their marks; labels and numbers by note."""

    notes: tuple[Note, ...]
    callouts: tuple[Callout, ...]


def linked(walk: Walk) -> Linked:
    """Return the notes of a walk in order, with ids, labels and the marks that call them."""
    read = walk.found.read
    for callout in walk.found.waiting:
        note = read.get(callout.target)
        callout.note = note
        if note is not None:
            note.callouts.append(callout)
    for note in walk.notes:
        note.callouts.sort(key=lambda callout: callout.order)
        if note.callouts:
            note.home = note.callouts[0].home
    ordered = _ordered(walk.notes)
    _number(ordered)
    for at, note in enumerate(ordered, 1):
        note.id = f"n{at}"
    for callout in walk.callouts:
        if callout.note is not None:
            callout.label = callout.note.label or callout.label
    return Linked(tuple(ordered), tuple(walk.callouts))


def _ordered(notes: list[Note]) -> list[Note]:
    """Return notes in the order of their marks, those called in notes last.

    One without a mark follows the one before it.
    """
    keys: dict[int, tuple[int, int, int]] = {}
    before = (0, -1, -1)
    for note in notes:
        if note.callouts:
            before = (note.callouts[0].depth, note.callouts[0].order, -1)
        else:
            before = (*before[:2], note.order)
        keys[note.order] = before
    return sorted(notes, key=lambda note: keys[note.order])


def _number(notes: list[Note]) -> None:
    """Number the notes that have no number in the file, if none of them has one."""
    if any(note.label and note.numbered for note in notes):
        for note in notes:
            called = [callout.label for callout in note.callouts if callout.label]
            if not note.label and called:
                note.label = called[0]
        return
    count = 0
    for note in notes:
        called = [callout.label for callout in note.callouts if callout.label]
        if called:
            note.label = called[0]
            count = number_of(note.label) or count
        elif note.numbered:
            count += 1
            note.label = str(count)
