"""Notes: at their marks, or apart from them, and the marks that call them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from scholiast.data import table
from scholiast.readers.tei.header import ID
from scholiast.readers.tei.story import Story
from scholiast.readers.tei.tagged import Pointer
from scholiast.readers.tei.textnodes import all_words, child, count

if TYPE_CHECKING:
    from lxml.etree import _Element

    from scholiast.readers.tei.walk import Walk

#: What a reference that is a mark says: a number, a letter, stars, in brackets or not.
_MARK: Final = re.compile(
    r"\s*[(\[{⟨<]?\s*(\d{1,4}|[a-z]|[ivxlc]{1,7}|[*†‡§¶#]{1,4}|[①-⓿❶-❿⑴-⒇]|[⁰¹²³⁴-⁹]{1,3})"
    r"\s*[)\]}⟩>.]?\s*",
    re.IGNORECASE,
)
_EDGES: Final = " \t\r\n()[]{}.,:⟨⟩"
#: Elements in which a note stands by itself and not behind a word.
_APART: Final = frozenset(
    {
        *("div", *(f"div{n}" for n in range(8))),
        *("body", "front", "back", "text", "group", "noteGrp", "listAnnotation", "standOff"),
        *("list", "item", "u", "sp", "lg", "titlePage", "listBibl", "floatingText", "table"),
    }
)
#: Elements in which a note without a place is a field and no note of the text.
_WORKS: Final = frozenset({"bibl", "biblStruct", "monogr"})
_ENTRIES: Final = frozenset({"person", "place", "org", "event", "witness", "category"})


@dataclass(slots=True)
class Note:
    """A note while it is read; ``callouts`` are the marks that call it."""

    label: str
    role: str
    story: Story
    order: int
    home: str = ""
    depth: int = 0
    numbered: bool = True  # it has, or gets, a number in print
    callouts: list[Callout] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True, eq=False)
class Callout:
    """A mark: the note it calls (or the id of one that is nowhere), the words of the mark."""

    story: Story
    home: str
    order: int
    depth: int = 0  # of notes within notes
    label: str = ""
    note: Note | None = None
    target: str = ""


@dataclass(slots=True)
class Found:
    """Notes apart from their marks, by their ids; marks are elements or refer to them."""

    apart: frozenset[str] = frozenset()  # ids of notes
    anchors: dict[str, _Element] = field(default_factory=dict)  # id of an anchor -> its note
    divisions: frozenset[str] = frozenset()  # ids of divisions: what is referred to as documents
    ids: frozenset[str] | None = None  # all ids of the file, gathered when they are asked for
    read: dict[str, Note] = field(default_factory=dict)
    waiting: list[Callout] = field(default_factory=list)  # marks whose notes are read elsewhere
    called: set[str] = field(default_factory=set)  # what they point to


def found(root: _Element, space: str) -> Found:
    """Return the notes of a file that do not stand at their marks."""
    apart: set[str] = set()
    anchors: dict[str, _Element] = {}
    divisions: set[str] = set()
    listed = table("tei")["sections"]["notes"]
    for one in root.iter(f"{space}note"):
        name = one.get(ID)
        target = one.get("target")
        if target and target.startswith("#"):
            anchors[(one.get("targetEnd") or target).split()[-1].lstrip("#")] = one
        if name and _stands_apart(one, space):
            apart.add(name)
    for one in root.iter(f"{space}div", f"{space}list"):
        name = one.get(ID)
        if name:
            divisions.add(name)
        if (one.get("type") or "").lower() in listed:
            for inner in one.iterchildren(f"{space}item", f"{space}p"):
                apart.update(name for name in (inner.get(ID),) if name)
    return Found(frozenset(apart), anchors, frozenset(divisions))


def _stands_apart(note: _Element, space: str) -> bool:
    parent = note.getparent()
    if parent is None or not isinstance(parent.tag, str):
        return True
    name = parent.tag.removeprefix(space)
    if name in ("item", "p"):  # alone in it, as in a list of notes
        return (
            len(parent) == 1 and not (parent.text or "").strip() and not (note.tail or "").strip()
        )
    return name in _APART


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("tei")["notes"][name])


@cache
def _beginnings(name: str) -> tuple[str, ...]:
    return tuple(table("tei")["notes"][name])


def role(element: _Element) -> str:
    """Return whether a note is a footnote or an endnote."""
    place = (element.get("place") or element.get("type") or "").lower()
    return "endnote" if place.startswith(_beginnings("end")) else "footnote"


def number_of(label: str) -> int:
    """Return the number that a label is, or 0: "12", "12)", "⑫" are numbers."""
    if not label:
        return 0
    if label.isascii() and label.isdecimal():
        return int(label)
    plain = unicodedata.normalize("NFKC", label).strip(_EDGES)
    return int(plain) if plain.isascii() and plain.isdecimal() else 0


# --- the functions of the table --------------------------------------------------


def note(walk: Walk, element: _Element) -> None:
    """A note: at its mark, apart from it, or a remark in the line of the words."""
    kind = (element.get("type") or "").lower()
    place = (element.get("place") or "").lower()
    if kind == "scholiast":
        walk.skip(element)
        return
    parent = element.getparent()
    around = parent.tag.removeprefix(walk.space) if parent is not None else ""
    if place in _words("inline") or (around in _WORKS and not place):
        walk.content(element)
        return
    if around in _ENTRIES and not place:
        walk.block(element, walk.kind)
        return
    name = element.get(ID) or ""
    target = element.get("target")
    apart = name in walk.found.apart or (not walk.story.open and not _in_line(element, walk.space))
    label = (element.get("n") or "").strip()
    if apart and not target and name not in walk.found.called and not (place or label):
        walk.block(element, walk.kind or "paragraph")  # a remark of the editors, between blocks
        return
    if element.get("prev") and walk.notes:
        _go_on(walk, element)
        return
    made = begin(walk, element, label)
    if target is None and not (apart and _stands_apart(element, walk.space)):
        call(walk, made)
    if name:
        walk.found.read[name] = made
    if target and target.startswith("#"):
        anchor = (element.get("targetEnd") or target).split()[-1].lstrip("#")
        walk.found.read[f"@{anchor}"] = made
    inside(walk, element, made)


def _in_line(element: _Element, space: str) -> bool:
    parent = element.getparent()
    tag = parent.tag if parent is not None else ""
    return isinstance(tag, str) and tag.removeprefix(space) not in _APART


def listed(walk: Walk, element: _Element) -> bool:
    """Read an item of a list of notes as the note it is; return whether it was one."""
    name = element.get(ID)
    if not name or name not in walk.found.apart:
        return False
    made = begin(walk, element, (element.get("n") or "").strip())
    walk.found.read[name] = made
    inside(walk, element, made)
    return True


def begin(walk: Walk, element: _Element, label: str) -> Note:
    """Return a note that begins here."""
    kind = (element.get("type") or "").lower()
    made = Note(label, role(element), Story(walk.story.page), len(walk.notes), walk.home)
    if label == "0" or (not label and kind in ("source", "editorial", "margin")):
        made.label, made.numbered = "", False
    elif not label:
        place = (element.get("place") or "").lower()
        remark = bool(kind) and not place and kind not in _words("marks")
        made.numbered = not remark and not place.startswith(("margin", "left", "right"))
    walk.notes.append(made)
    return made


def inside(walk: Walk, element: _Element, made: Note) -> None:
    """Read the words of a note into a story of their own."""
    before = (walk.story, walk.note, walk.kind, walk.italic, walk.pages, walk.cited)
    walk.story, walk.note, walk.italic, walk.cited = made.story, made, False, []
    walk.content(element)
    walk.close()
    walk.story, walk.note, walk.kind, walk.italic, walk.pages, walk.cited = before


def _go_on(walk: Walk, element: _Element) -> None:
    """Read on in the note that this one continues."""
    name = (element.get("prev") or "").lstrip("#")
    made = walk.found.read.get(name) or walk.notes[-1]
    if child(element, walk.space, "p") is None:
        made.story.go_on()
    inside(walk, element, made)


def call(
    walk: Walk, made: Note | None, label: str = "", target: str = "", *, behind: bool = False
) -> Callout:
    """Set a mark here; between blocks it stands before the next, or ``behind`` the last."""
    story = walk.story
    story.called = story.open
    depth = 0 if walk.note is None else walk.note.depth + 1
    callout = Callout(story, walk.home, len(walk.callouts), depth, label, made, target)
    walk.callouts.append(callout)
    at = story.length if story.open or behind else story.next
    story.callouts.append([at, callout])
    if made is not None:
        made.depth = depth
        made.callouts.append(callout)
    return callout


def reference(walk: Walk, element: _Element, told: Pointer) -> bool:
    """Set a reference as the mark of a note, if it is one; return whether it was."""
    name, says = told.name or "", told.says_mark
    known = name in walk.found.apart or name in walk.found.read
    if not known and not says:
        return False
    words = all_words(element)
    looks = _MARK.fullmatch(words) is not None
    if not known:
        return looks and _lost(walk, element, name, words)
    if words.strip() and not looks and not says:
        return False
    if walk.note is not None and walk.found.read.get(name) is walk.note:
        return False
    if name not in walk.found.apart and not (looks and says):
        return False  # a note at its own mark: this refers to it
    _mark(walk, element, name, words)
    return True


def says_mark(element: _Element) -> bool:
    """Return whether a reference says of itself that it is the mark of a note."""
    kind, rend = element.get("type"), element.get("rend")
    if kind is None and rend is None:
        return False
    told = f"{kind or ''} {rend or ''}".lower().split()
    return not _words("marks").isdisjoint(told)


def _lost(walk: Walk, element: _Element, name: str, words: str) -> bool:
    """Set the mark of a note that is nowhere."""
    ids = walk.found.ids
    if ids is None:
        told: Any = element.getroottree().xpath("//@xml:id", smart_strings=False)
        ids = walk.found.ids = frozenset(told)
    if name in ids:
        return False
    _mark(walk, element, name, words)
    return True


def _mark(walk: Walk, element: _Element, name: str, words: str) -> None:
    label = words.strip()
    callout = call(walk, None, label, name)
    walk.found.waiting.append(callout)
    walk.found.called.add(name)
    at = walk.number + 1
    walk.number += count(element)
    if label:
        text = element.text or ""
        walk.story.aside("mark", "", label, (0, len(text), walk.line, at))


def anchored(walk: Walk, element: _Element, name: str) -> None:
    """Set the mark of a note that points to an element; the words of a mark are no text."""
    words = all_words(element).strip()
    if words and _MARK.fullmatch(words):
        _mark(walk, element, f"@{name}", words)
        return
    handle = walk.table.get(element.tag)
    if handle is None:
        walk.content(element)
    else:
        handle(walk, element)
    label = (walk.found.anchors[name].get("n") or "").strip()
    walk.found.waiting.append(call(walk, None, label, f"@{name}", behind=True))
