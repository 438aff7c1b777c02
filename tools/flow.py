"""A manuscript as a flow of galleys: its sections, its notes with their numbers, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from tools.manuscript import Manuscript, Mark, Note, Words, plain

#: The characters that stand for note marks in the words of a galley begin here.
FIRST_MARK: Final = 0xF0000
#: "see note 12 above", "note 12 below": the number follows the numbering of the notes.
_CROSS_REFERENCE: Final = re.compile(r"\b([Nn]ote) (\d+)(?=,? (?:above|below)\b)")
_BY: Final = re.compile(
    r"^(?P<kind>Introduction|Review|(?:Author[’s']+ )?Response) by (?P<names>.+)$"
)
_KINDS: Final = {
    "introduction": "introduction",
    "participants": "participants",
    "notes": "notes",
    "bibliography": "bibliography",
    "литература": "bibliography",
    "введение": "introduction",
    "参考文献": "bibliography",
    "引言": "introduction",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section as the right answers describe it."""

    id: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteKey:
    """One note in print. ``copy`` is 1 for a second note under the same label."""

    section: int
    label: str
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Galley:
    """Words to be set: a heading, a paragraph, an item, a row of a table.

    Every mark in ``text`` is one character from ``FIRST_MARK`` on: its place
    in ``Flow.marks``.
    """

    kind: str
    text: str
    section: int
    level: int = 0


@dataclass
class Flow:
    """What is set, in order; notes are galleys of their own, one for each paragraph."""

    sections: list[Section] = field(default_factory=list)
    galleys: list[Galley] = field(default_factory=list)
    marks: list[NoteKey] = field(default_factory=list)
    numbers: dict[NoteKey, int] = field(default_factory=dict)
    notes: dict[NoteKey, list[Galley]] = field(default_factory=dict)
    after: dict[NoteKey, list[NoteKey]] = field(default_factory=dict)  # uncalled, repeated
    printed: dict[str, NoteKey] = field(default_factory=dict)  # by the number in the manuscript


def flow(manuscript: Manuscript, *, restart: bool, heading: bool = False) -> Flow:
    """Return the flow of a manuscript; with ``restart`` notes begin at 1 in every section.

    They run on nevertheless where a note refers to one of another section. A
    heading for the notes is left out, unless ``heading`` keeps it.
    """
    found = Flow()
    level = _section_level(manuscript)
    headed = manuscript.endnotes and not heading
    blocks = manuscript.blocks[:-1] if headed else manuscript.blocks
    for block in blocks:
        if not found.sections or (block.kind == "heading" and block.level <= level):
            title = plain(block.words) if block.kind == "heading" else ""
            whole = block.kind != "heading" or block.level < level
            found.sections.append(section(title, whole=whole, taken=found.sections))
        at = len(found.sections) - 1
        text = "   ".join(_held(cell, found, at) for cell in block.cells)
        found.galleys.append(Galley(block.kind, text, at, block.level))
    _notes(manuscript, found)
    numbers = manuscript.numbers()
    found.printed = {str(numbers[key.label]): key for key in _order(found) if not key.copy}
    _number(found, restart=restart and not _crosses(found))
    return _renumbered(found)


def _section_level(manuscript: Manuscript) -> int:
    """Return the highest level that has more than one heading: that of the sections."""
    levels = [block.level for block in manuscript.blocks if block.kind == "heading"]
    several = [level for level in levels if levels.count(level) > 1]
    return min(several or levels, default=1)


def section(title: str, *, whole: bool, taken: list[Section]) -> Section:
    """Return the section that a heading opens: its kind and authors, as its words tell."""
    ids = {one.id for one in taken}
    by = _BY.match(title)
    if by:
        people = [_person(one) for one in re.split(r",? and (?=[^,]+,)", by["names"])]
        kind = by["kind"].rpartition(" ")[2].lower()
        id_ = kind if kind != "review" else _slug(people[0][0])
        authors, bodies = zip(*people, strict=True)
        return Section(_free(id_, ids), kind, title, authors, bodies)
    kind = "article" if whole else _KINDS.get(title.casefold().strip(" :"), "section")
    id_ = "title" if whole else kind if kind != "section" else _slug(title)
    return Section(_free(id_ or "section", ids), kind, title)


def _slug(words: str) -> str:
    """Return the first three words as an id."""
    return "-".join(re.findall(r"\w+", words.casefold().replace("’", ""))[:3])


def _person(words: str) -> tuple[str, str]:
    name, _, body = words.partition(",")
    return name.strip(), body.strip()


def _free(id_: str, taken: set[str]) -> str:
    number = 2
    free = id_
    while free in taken:
        free, number = f"{id_}-{number}", number + 1
    return free


def _held(words: Words, found: Flow, section: int) -> str:
    """Return words as the text of a galley."""
    pieces = []
    for inline in words:
        if isinstance(inline, Mark):
            pieces.append(chr(FIRST_MARK + len(found.marks)))
            found.marks.append(NoteKey(section, inline.label))
        else:
            pieces.append(inline.text)
    return "".join(pieces)


def _notes(manuscript: Manuscript, found: Flow) -> None:
    """Give every note its galleys, and those without a mark a note to stand after."""
    called = {mark.label: mark for mark in reversed(found.marks)}
    last = called[manuscript.marks()[0]] if found.marks else NoteKey(0, "")
    for note in manuscript.notes:
        key = called.get(note.label) or NoteKey(last.section, note.label)
        if key in found.notes:
            key = replace(key, copy=1)
        if key.copy or note.label not in called:
            found.after.setdefault(last, []).append(key)
        found.notes[key] = _galleys(note, key, found)
        last = key


def _galleys(note: Note, key: NoteKey, found: Flow) -> list[Galley]:
    return [
        Galley("note", _held(words, found, key.section), key.section)
        for words in note.paragraphs or ((),)
    ]


def _number(found: Flow, *, restart: bool) -> None:
    """Number the notes in the order of their marks, uncalled ones after their neighbours."""
    counts: dict[int, int] = {}
    for key in _order(found):
        if key in found.numbers:
            continue
        where = key.section if restart else -1
        if key.copy:
            found.numbers[key] = found.numbers[replace(key, copy=0)]
            continue
        counts[where] = counts.get(where, 0) + 1
        found.numbers[key] = counts[where]


def _order(found: Flow) -> list[NoteKey]:
    order: list[NoteKey] = []
    waiting = list(reversed(found.marks))
    while waiting:
        key = waiting.pop()
        if key not in order:
            order.append(key)
            waiting.extend(reversed(found.after.get(key, ())))
    return order


def _crosses(found: Flow) -> bool:
    """Return whether words refer to a note of another section by its number."""
    return any(
        match[2] in found.printed and found.printed[match[2]].section != galley.section
        for galley in _all(found)
        for match in _CROSS_REFERENCE.finditer(galley.text)
    )


def _all(found: Flow) -> list[Galley]:
    return [*found.galleys, *(galley for note in found.notes.values() for galley in note)]


def renumber(text: str, found: Flow) -> str:
    """Return words whose references to notes have the numbers that these have in print."""

    def number(match: re.Match[str]) -> str:
        key = found.printed.get(match[2])
        return f"{match[1]} {found.numbers[key] if key else match[2]}"

    return _CROSS_REFERENCE.sub(number, text)


def _renumbered(found: Flow) -> Flow:
    found.galleys = [replace(one, text=renumber(one.text, found)) for one in found.galleys]
    found.notes = {
        key: [replace(one, text=renumber(one.text, found)) for one in galleys]
        for key, galleys in found.notes.items()
    }
    return found
