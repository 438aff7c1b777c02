"""What is known of the notes of a page before it is walked: their marks and their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from scholiast.packages.hypertext import Element
from scholiast.readers.html.marks import Sign
from scholiast.readers.html.targets import Key
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.notes import Note


@dataclass(slots=True, eq=False)
class Call:
    """A link that may be a note mark, and where it leads."""

    element: Element
    sign: Sign
    key: Key
    target: Element | None
    sure: bool  # the page says that it is one


@dataclass(slots=True, eq=False)
class Found:
    """A note: where it begins, and the element at whose end, or before which, it ends."""

    note: Note
    start: Element
    until: Element
    before: Element | None = None
    end: int = -1  # the last element before the next note in the same block, -1 where none
    targets: list[Element] = field(default_factory=list)
    calls: list[Element] = field(default_factory=list)
    printed: str = ""  # the number it shows of itself, where no mark calls it
    label: str = ""  # the sign of its first mark
    number: int = 0


@dataclass(slots=True)
class Plan:
    """What the walk has to know of the notes."""

    calls: dict[Element, Reference] = field(default_factory=dict)
    notes: dict[Element, Found] = field(default_factory=dict)  # by the element they begin at
    marks: set[Element] = field(default_factory=set)  # what is no word of a note
    gone: set[Element] = field(default_factory=set)  # the same words a second time
    held: dict[Element, Note] = field(default_factory=dict)  # notes in attributes, by their mark
