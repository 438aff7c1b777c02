"""The numbering of a text's notes, run by run, as the rules on notes look at it.

A run is what is numbered through together: a whole text, or one section of a
roundtable, or one page. Marks lead, for they stand in the order of reading;
a note without a mark stands after the note before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from scholiast.model import Document, Node

#: So many notes missing in a row are the fault of an extracted copy, not of the author.
COPY_DAMAGE: Final = 3
#: No text has more notes that are numbered through.
LARGEST: Final = 9_999


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a run: its mark and its note, either of which may be missing."""

    number: int
    label: str
    section: str  # id of the section
    callout: Node | None = None
    note: Node | None = None

    @property
    def place(self) -> int:
        """Where the mark stands, or the note where there is no mark."""
        if self.callout is not None:
            return self.callout.start
        return self.note.start if self.note is not None else 0


Run = tuple[Entry, ...]


def entries(document: Document) -> list[Entry]:
    """Return marks with their notes, and notes without marks, in order.

    A mark that calls once more a note that an earlier mark calls is left out.
    Where a note has a name of its own in the file that is a number, as in
    Markdown, that is its number here.
    """
    notes = document.of_kind("note")
    by_id = {note.id: note for note in notes}
    found: list[Entry] = []
    place: dict[str, int] = {}
    for callout in document.of_kind("callout"):
        note = by_id.get(callout.link)
        if note is not None and note.id in place:
            continue
        if note is not None:
            place[note.id] = len(found)
        found.append(Entry(*_numbered(callout), callout.parent, callout, note))
    return _with_uncalled(found, notes, place)


def _numbered(node: Node) -> tuple[int, str]:
    """Return the number and the label of a note or mark, as its author wrote them."""
    if node.title.isdecimal() and len(node.title) < 5:
        return int(node.title), node.title
    return node.number, node.label


def _with_uncalled(found: list[Entry], notes: Sequence[Node], place: dict[str, int]) -> list[Entry]:
    """Put the notes without a mark behind the notes they stand after."""
    behind: dict[int, list[Entry]] = {}
    last = -1
    for note in notes:
        if note.id in place:
            last = place[note.id]
        else:
            entry = Entry(*_numbered(note), note.parent, None, note)
            behind.setdefault(_slot(found, last, entry), []).append(entry)
    whole = list(behind.get(-1, ()))
    for at, entry in enumerate(found):
        whole.append(entry)
        whole.extend(behind.get(at, ()))
    return whole


def _slot(found: Sequence[Entry], last: int, entry: Entry) -> int:
    """Return the index behind which a note without a mark belongs.

    Marks without notes may stand between: the note goes behind those of its
    section whose numbers are lower.
    """
    at = last
    while at + 1 < len(found):
        after = found[at + 1]
        lower = 0 < after.number < entry.number and after.note is None
        if not (lower and after.section == entry.section):
            break
        at += 1
    return at


def runs(document: Document) -> tuple[Run, ...]:
    """Return the numbered entries of a document, divided where the numbering starts again.

    Marks that are no numbers (``*``, ``†``) belong to no run.
    """
    numbered = [entry for entry in entries(document) if entry.number > 0]
    called = [entry for entry in numbered if entry.callout is not None]
    restarts = any(b.number == 1 < a.number and a.section == b.section for a, b in pairwise(called))
    found: list[list[Entry]] = []
    for at, entry in enumerate(numbered):
        following = numbered[at + 1].number if at + 1 < len(numbered) else 0
        if not found or _starts_again(found[-1], entry, following, restarts=restarts):
            found.append([])
        found[-1].append(entry)
    return tuple(tuple(run) for run in found)


def _starts_again(run: Sequence[Entry], entry: Entry, following: int, *, restarts: bool) -> bool:
    """Return whether an entry begins a new run."""
    last = run[-1]
    if entry.number > last.number:
        return False
    elsewhere = entry.section != last.section
    if entry.callout is None and not elsewhere and not restarts:
        return False
    if entry.number == 1:
        return last.number > 1 or elsewhere or restarts or following != 2
    return elsewhere and entry.number < last.number


def lost_notes(document: Document) -> Iterator[tuple[Entry, ...]]:
    """Yield the runs of notes that an extracted copy has lost, three or more in a row."""
    if document.extracted:
        for run in runs(document):
            yield from _stretches(run, [entry.note is None for entry in run])


def lost_marks(document: Document) -> Iterator[tuple[Entry, ...]]:
    """Yield the runs of notes whose marks an extracted copy has lost, three or more in a row."""
    if document.extracted:
        for run in runs(document):
            yield from _stretches(run, [entry.callout is None for entry in run])


def _stretches(run: Run, wanted: Sequence[bool]) -> Iterator[tuple[Entry, ...]]:
    """Yield the stretches of a run, long enough to be the copy's fault, where all are wanted."""
    stretch: list[Entry] = []
    for entry, want in zip(run, wanted, strict=True):
        if want:
            stretch.append(entry)
            continue
        if len(stretch) >= COPY_DAMAGE:
            yield tuple(stretch)
        stretch = []
    if len(stretch) >= COPY_DAMAGE:
        yield tuple(stretch)


def gaps(run: Run) -> Iterator[tuple[Entry, Entry, range]]:
    """Yield the numbers that a run passes over: the entry before, the one after, the numbers.

    A number that stands elsewhere in the run, out of order, is not passed over.
    A leap over more numbers than any text has notes is none of counting: such
    a number is a name.
    """
    known = {entry.number for entry in run}
    for before, after in pairwise(run):
        missing = range(before.number + 1, after.number)
        if missing and after.number - before.number <= LARGEST and known.isdisjoint(missing):
            yield before, after, missing
