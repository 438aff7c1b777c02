"""What the editors tagged, as mentions by them.

A mention stands for an element: its span are the element's words, ``source``
is "editor", and every attribute is a part. Kinds of mention and roles of parts
are listed in docs/architecture.md; later extractors build on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from scholiast.model import Mention, Part
from scholiast.readers.tei.header import ID, person, words
from scholiast.readers.tei.records import records
from scholiast.readers.tei.story import Story
from scholiast.readers.tei.tagged import Attributes, Field, Tagged, Told
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
    rows: list[tuple[int, int, str, str, int, tuple[Part, ...]]] = []
    new: Any = tuple.__new__  # see records.py
    length = len(text)
    for story, shift in places:
        for start, end, tag in story.mentions:
            first, last = start + shift, shift - end
            if (
                first >= last
                or last > length
                or text[first] in _BLANKS
                or text[last - 1] in _BLANKS
            ):
                first, last = trimmed(text, first, last)
                if first >= last:
                    continue
            told = tag.told
            if told is None:
                told = tag.told = _told(tag, labels)
            value, pairs = told
            parts = tuple([new(Part, (role, first, last, said)) for role, said in pairs])
            if tag.fields:
                parts += tuple(_fields(tag.fields, text, shift))
            rows.append((first, -last, tag.kind, value, len(rows), parts))
    if not rows:
        return []
    rows.sort()
    starts, ends, kinds, values, _, all_parts = zip(*rows, strict=True)
    columns: dict[str, Any] = {
        "start": starts,
        "end": [-one for one in ends],
        "id": [f"m{n}" for n in range(1, len(rows) + 1)],
        "kind": kinds,
        "value": values,
        "parts": all_parts,
        "source": repeat(_EDITOR),
    }
    return records(Mention, len(rows), columns)


def _fields(fields: Sequence[Field], text: str, shift: int) -> Iterator[Part]:
    """Yield parts that have words of their own."""
    for role, start, end, value in fields:
        first, last = trimmed(text, start + shift, end + shift)
        if first < last:
            yield Part(role, first, last, value)


def trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a span without the blanks at its edges."""
    last = min(last, len(text))
    while first < last and text[first] in _BLANKS:
        first += 1
    while last > first and text[last - 1] in _BLANKS:
        last -= 1
    return first, last


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


def _told(tag: Tagged, labels: Labels) -> Told:
    """Return what a tag says: the value of the mention, and its parts."""
    if tag.kind == "name":
        return _name(tag.role, tag.attributes, labels)
    told = dict(tag.attributes)
    value = edtf(told) if tag.kind in ("date", "time") else told.get("target", "")
    return value, [(_local(key), one) for key, one in told.items()]


def _name(role: str, items: Attributes, labels: Labels) -> Told:
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
    return label or pointer, parts


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
