"""What the editors tagged, as mentions by them.

A mention stands for an element: its span are the element's words, ``source``
is "editor", and every attribute is a part. Kinds of mention and roles of parts
are listed in docs/architecture.md; later extractors build on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from scholiast.model import Mention, Part
from scholiast.readers.tei.header import ID, person, words
from scholiast.readers.tei.records import records
from scholiast.readers.tei.story import Story
from scholiast.readers.tei.walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Attributes that lead to an entry of an authority, the first that is there counts.
_POINTERS: Final = ("ref", "corresp", "key", "sameAs", "target")
_EDITOR: Final = "editor"
_ROLES: Final = (("pers", "person"), ("place", "place"), ("geog", "place"), ("org", "organisation"))
_DATE: Final = re.compile(r"-?\d{4,}(?:-\d\d(?:-\d\d)?)?")
_PARTIAL: Final = re.compile(r"--(\d\d)(?:-(\d\d))?$")
_BARE_DAY: Final = re.compile(r"---(\d\d)$")
_BLANKS: Final = " \n\t"


def mentions(places: Sequence[tuple[Story, int]], text: str, labels: Labels) -> list[Mention]:
    """Return the mentions of all stories in reading order."""
    rows: list[tuple[int, int, str, str, tuple[int, int]]] = []
    parts = _Parts(text)
    length = len(text)
    for story, shift in places:
        for start, end, kind, role, items in story.mentions:
            first, last = start + shift, min(shift - end, length)
            while first < last and text[first] in _BLANKS:
                first += 1
            while last > first and text[last - 1 : last] in _BLANKS:
                last -= 1
            if first >= last:
                continue
            parts.begin(first, last, shift)
            if kind == "name":
                value = parts.name(role, items, labels)
            elif kind in ("date", "time"):
                value = parts.date(items)
            else:
                value = parts.other(items)
            rows.append((first, -last, kind, value, parts.bounds()))
    if not rows:
        return []
    made = parts.made()
    rows.sort()
    starts, ends, kinds, values, bounds = zip(*rows, strict=True)
    columns: dict[str, Any] = {
        "start": starts,
        "end": [-one for one in ends],
        "id": [f"m{n}" for n in range(1, len(rows) + 1)],
        "kind": kinds,
        "value": values,
        "parts": [tuple(made[a:b]) for a, b in bounds],
        "source": [_EDITOR] * len(rows),
    }
    return records(Mention, len(rows), columns)


class Labels:
    """The labels of what pointers lead to: in the text, in lists of the header or beside it."""

    def __init__(
        self, walk: Walk, places: Sequence[tuple[Story, int]], text: str, root: _Element
    ) -> None:
        shifts = {id(story): shift for story, shift in places}
        self._known = {
            name: text[start + shifts[id(story)] : end + shifts[id(story)]].strip(" \n\t,;:")
            for name, (story, start, end) in walk.ids.items()
        }
        self._root = root
        self._space = walk.space
        self._listed: dict[str, _Element] | None = None

    def label(self, pointer: str) -> str:
        """Return the label of a pointer, or an empty string."""
        name = pointer.partition(" ")[0].partition("#")[2]
        if not name:
            return ""
        label = self._known.get(name)
        if label is None:
            label = self._known[name] = self._outside(name)
        return label

    def _outside(self, name: str) -> str:
        if self._listed is None:
            self._listed = {
                key: one
                for kind in ("person", "place", "org", "personGrp", "nym", "event", "object",
                             "category", "item", "bibl", "biblStruct", "persName", "placeName",
                             "orgName", "relation", "role")
                for one in self._root.iter(f"{self._space}{kind}")
                if (key := one.get(ID))
            }  # fmt: skip
        found = self._listed.get(name)
        return "" if found is None else _normal(found, self._space)


def _normal(element: _Element, space: str) -> str:
    """Return the normal form of an entry: its main name, else its words up to the first stop."""
    named: list[_Element] = []
    for kind in ("persName", "placeName", "orgName", "name", "catDesc", "title", "label", "head"):
        named += element.findall(f"{space}{kind}")
    preferred = [one for one in named if one.get("type") in ("main", "reg", "preferred", "full")]
    for one in (*preferred, *named):
        return person(one, space)
    return words(element)[:120]


class _Parts:
    """The parts of all mentions as columns; each mention has a stretch of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._roles: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._values: list[str] = []
        self._names: dict[Any, tuple[str, list[str], list[str]]] = {}
        self._first = 0
        self._span = (0, 0)
        self._shift = 0

    def begin(self, first: int, last: int, shift: int) -> None:
        """Begin a mention."""
        self._first = len(self._roles)
        self._span = (first, last)
        self._shift = shift

    def bounds(self) -> tuple[int, int]:
        """Return where the parts of the mention begin and end in all parts."""
        return (self._first, len(self._roles))

    def made(self) -> list[Part]:
        """Return all parts."""
        columns: dict[str, Sequence[Any]] = {
            "role": self._roles,
            "start": self._starts,
            "end": self._ends,
            "value": self._values,
        }
        return records(Part, len(self._roles), columns)

    def add(self, role: str, value: str) -> None:
        """Add a part that covers the whole mention."""
        self._roles.append(role)
        self._starts.append(self._span[0])
        self._ends.append(self._span[1])
        self._values.append(value)

    def name(self, role: str, items: Sequence[tuple[str, str]], labels: Labels) -> str:
        """Add the parts of a name; return what it stands for: the label, or the pointer."""
        key = (role, items)
        told = self._names.get(key)
        if told is None:
            told = self._names[key] = _name(role, items, labels)
        value, roles, values = told
        self._roles += roles
        self._values += values
        self._starts += [self._span[0]] * len(roles)
        self._ends += [self._span[1]] * len(roles)
        return value

    def date(self, items: Sequence[tuple[str, str]]) -> str:
        """Add the parts of a date; return it in EDTF where its attributes allow."""
        told = {}
        for key, value in items:
            told[key] = value
            self.add(_local(key), value)
        return edtf(told)

    def other(self, items: Sequence[Any]) -> str:
        """Add the parts of a reference or quotation; return where it leads."""
        target = ""
        for item in items:
            key, value = item[0], item[1]
            if key == "target":
                target = value
            if len(item) == 2 or item[2] < 0:
                self.add(_local(key), value)
                continue
            start, end = item[2] + self._shift, min(item[3] + self._shift, len(self._text))
            while start < end and self._text[start] in _BLANKS:
                start += 1
            while end > start and self._text[end - 1 : end] in _BLANKS:
                end -= 1
            if start < end:
                self._roles.append(key)
                self._starts.append(start)
                self._ends.append(end)
                self._values.append(value)
        return target


def _name(
    role: str, items: Sequence[tuple[str, str]], labels: Labels
) -> tuple[str, list[str], list[str]]:
    """Return what a name stands for, and the roles and values of its parts."""
    told = dict(items)
    which = next((one for one in _POINTERS if one in told), "")
    pointer = told.get(which, "")
    label = labels.label(pointer) if pointer else ""
    if role == "name":
        kind = (told.get("type") or told.get("role") or "").lower()
        role = next((one for begin, one in _ROLES if kind.startswith(begin)), role)
    parts = [(role, label)]
    if pointer:
        parts.append(("ref", pointer))
    if label:
        parts.append(("label", label))
    parts += [(_local(key), value) for key, value in items if key != which]
    return label or pointer, [one for one, _ in parts], [value for _, value in parts]


def _local(key: str) -> str:
    """Return the name of an attribute without its namespace: ``xml:id`` is "id"."""
    return key.rpartition("}")[2] if key[0] == "{" else key


def edtf(told: dict[str, str]) -> str:
    """Return the date that attributes tell as EDTF, or an empty string."""
    for key in ("when-iso", "when"):
        if key in told:
            return _day(told[key])
    first = _day(told.get("from-iso") or told.get("from") or "")
    last = _day(told.get("to-iso") or told.get("to") or "")
    if first or last:
        return f"{first or '..'}/{last or '..'}"
    first = _day(told.get("notBefore-iso") or told.get("notBefore") or "")
    last = _day(told.get("notAfter-iso") or told.get("notAfter") or "")
    if first or last:
        return first if first == last else f"[{first}..{last}]"
    return ""


def _day(value: str) -> str:
    """Return one date in EDTF: ``--05-12`` is the twelfth of May of some year."""
    value = value.strip()
    found = _DATE.match(value)
    if found and value[found.end() : found.end() + 1] in ("", "T", "Z", "+"):
        return found[0]
    partial = _PARTIAL.match(value)
    if partial:
        return "-".join(one for one in ("XXXX", partial[1], partial[2]) if one)
    day = _BARE_DAY.match(value)
    return f"XXXX-XX-{day[1]}" if day else ""
