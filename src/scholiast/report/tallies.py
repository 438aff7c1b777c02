"""How many notes of a text are whole, cut off, or missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from scholiast.case import Annotated
from scholiast.decisions import REJECTED
from scholiast.model import Finding, Node

#: The rule whose findings say that a note is there but not whole.
BREAKS_OFF = "note-breaks-off"


class Notes(NamedTuple):
    """Numbers of notes: whole, cut off, called by a mark but missing."""

    whole: int = 0
    cut: int = 0
    missing: int = 0


def _all(_: Node) -> bool:
    return True


def notes(
    text: Annotated, findings: Iterable[Finding], owns: Callable[[Node], bool] = _all
) -> Notes:
    """Return the numbers of notes of a document, or of the notes and marks that ``owns`` takes.

    A note is missing when its mark stands in the text and leads to none; it
    is cut off when a finding says so that nobody rejected.
    """
    index, document = text.index, text.document
    cut = {
        note.id
        for finding in findings
        if finding.rule == BREAKS_OFF
        and finding.place.document == document.name
        and finding.decision != REJECTED
        and (note := index.note_at(finding.place.start)) is not None
        and owns(note)
    }
    there = sum(owns(note) for note in index.notes)
    missing = sum(owns(callout) for callout in index.callouts if not callout.link)
    return Notes(there - len(cut), len(cut), missing)
