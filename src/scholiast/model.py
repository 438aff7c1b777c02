"""The records: plain frozen values, the whole vocabulary on one screen.

Positions are code points into the reading text, zero-based and half-open (the
convention of STAM and of Python slices). Nothing here knows files, formats or
rules; this module imports the standard library alone. The records of which a
document has tens of thousands are named tuples: just as frozen, made at a
fraction of the time, and of one size with their values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class Certainty(StrEnum):
    """How sure a finding is; the order is the order of the query sheets."""

    CERTAIN = "certain"
    LIKELY = "likely"
    STYLE = "style"


#: Kinds of node a reader may report (a closed set, see docs/architecture.md).
NODE_KINDS: Final = (
    "section",
    "heading",
    "paragraph",
    "turn",
    "note",
    "callout",
    "page",
    "quote",
    "list",
    "table",
    "italic",
    "entry",
)

#: Kinds of section, the value of ``Node.role`` of a section.
SECTION_KINDS: Final = (
    "introduction",
    "participants",
    "review",
    "response",
    "chapter",
    "article",
    "section",
    "bibliography",
    "notes",
)

#: What a segment holds, the value of ``Segment.role``.
SEGMENT_ROLES: Final = (
    "text",  # characters of the author, as in the file
    "repair",  # characters the reader changed, joined, moved or supplied
    "mark",  # a note mark: not in the reading text
    "furniture",  # running heads, page numbers
    "separator",  # the rule above the notes
    "markup",  # syntax of the format
)


class Segment(NamedTuple):
    """A run of the reading text and the place in the file it comes from.

    ``start``/``end`` are empty (equal) for what stands in the file but not in
    the text. ``source``/``source_end`` are offsets in the decoded file, or in
    the text of paragraph ``paragraph`` of the package member ``part``; in a
    PDF they are the numbers of characters of ``page``, as PDFium counts them,
    and ``box`` is where on the page the run stands. In XML and HTML
    ``paragraph`` is the number of the text node in document order.
    ``repair`` names what the reader mended here; ``original`` keeps the words
    of the file wherever the text differs from them. ``confidence`` is how sure
    a recogniser was of these words (OCR).
    """

    start: int
    end: int
    source: int
    source_end: int
    line: int = 0  # 1-based; 0 where the format has no lines
    page: int = 0  # counted from 1; 0 when unknown
    role: str = "text"
    repair: str = ""
    original: str = ""
    part: str = ""
    paragraph: int = -1
    box: tuple[float, ...] = ()  # left, bottom, right, top in points; empty without pages
    confidence: float = 1.0  # 0 to 1


class Node(NamedTuple):
    """A piece of structure the reader saw.

    A callout is zero-width: it stands where its mark stood. ``link`` leads
    from a note to its (first) callout and from a callout to its note, and is
    empty where the other is missing. ``parent`` is the id of the enclosing
    section (of a section: the section around it).
    """

    kind: str
    start: int
    end: int
    id: str = ""
    parent: str = ""
    label: str = ""  # the mark as printed; of a page: its printed number; of a turn: the speaker
    number: int = 0  # the mark as a number; of a page: as counted; 0 when none
    level: int = 0  # depth of a section or heading, 1 the highest
    role: str = ""  # kind of a section; "footnote" or "endnote" of a note
    title: str = ""
    authors: tuple[str, ...] = ()
    affiliation: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a reader met and could not, or had to, mend; a rule words it.

    ``name`` is the name of the rule that documents it (``unreadable-file``).
    """

    name: str
    detail: str = ""
    start: int = 0
    end: int = 0
    line: int = 0


class Part(NamedTuple):
    """A field of a mention, pointing to its words: role, span and value."""

    role: str
    start: int
    end: int
    value: str = ""


class Mention(NamedTuple):
    """Something said at a span: a citation, a quotation, a name, a date and so on."""

    kind: str
    start: int
    end: int
    id: str = ""
    value: str = ""
    parts: tuple[Part, ...] = ()
    source: str = ""  # who saw it: the name of an extractor, or "editor"


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions are about: a work, a person, a place, a body, an event."""

    kind: str
    id: str
    label: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two ids, with its verdict and the reason in words."""

    kind: str
    source: str
    target: str
    verdict: str = ""
    score: float = 0.0
    reason: str = ""
    by: str = ""  # a resolver's name or a person's; a person outranks


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it reads, with its structure; the text is never changed.

    ``text`` is the body, then the notes in order; ``body_end`` is where the
    body ends. ``id`` is the hash of the file's bytes and the reader's version.
    """

    name: str
    id: str = ""
    format: str = ""
    text: str = ""
    body_end: int = 0
    segments: tuple[Segment, ...] = ()
    nodes: tuple[Node, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""  # BCP 47
    encoding: str = ""
    extracted: bool = False  # text taken out of pages: damage may be the copy's

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of one kind, in reading order."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def __repr__(self) -> str:
        return f"<Document {self.name!r}: {len(self.text)} characters, {len(self.nodes)} nodes>"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report tells of a document without opening it; notes are those present."""

    name: str
    id: str = ""
    format: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    encoding: str = ""
    extracted: bool = False
    characters: int = 0
    sections: int = 0
    notes: int = 0
    missing: int = 0  # marks that lead to no note
    words: str = ""  # a hash of its folded words: equal texts have equal ones


@dataclass(frozen=True, slots=True)
class Source:
    """A file as the shell hands it to a reader: its name, its bytes, its neighbours'."""

    name: str
    data: bytes
    beside: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What a reader returns."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, as a person would look for it."""

    document: str
    start: int
    end: int
    quote: str
    context: str = ""
    section: str = ""
    note: str = ""
    page: str = ""  # as printed
    page_counted: int = 0
    line: int = 0
    context_at: int = -1  # where the span begins in ``context``; -1 when unknown


@dataclass(frozen=True, slots=True)
class Edit:
    """A change proposed at a place; never made without a person."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One thing to look at. ``id`` is stable while the words around it stand."""

    id: str
    code: str
    rule: str
    message: str
    question: str
    certainty: Certainty
    place: Place
    also: tuple[Place, ...] = ()
    edit: Edit | None = None
    preview: bool = False
    contributor: str = ""  # who is asked: the section's authors; empty for the copy
    decision: str = ""  # accepted, rejected, or empty
    reason: str = ""  # why a person decided so

    def __repr__(self) -> str:
        place = self.place
        line = f" line {place.line}" if place.line else ""
        note = f" note {place.note}" if place.note else ""
        where = f"{place.document}{line}{note}"
        return f"<{self.code} {self.rule}, {self.certainty}, {where}: “{place.quote}”>"
