"""What a tag says of the words in it: looked at once for all tags that say the same."""

from __future__ import annotations

from dataclasses import dataclass

#: Attributes as (name, value), in the order of the file.
Attributes = tuple[tuple[str, str], ...]
#: A field of a reference: its role, where it begins and ends in its story, its value.
Field = tuple[str, int, int, str]
#: What a mention says: its value, and the roles and values of the parts that cover all of it.
Told = tuple[str, list[tuple[str, str]]]


@dataclass(slots=True, eq=False)
class Tagged:
    """What a tag says of a mention; the tags of a file that say the same share one."""

    kind: str
    role: str
    attributes: Attributes
    id: str = ""
    fields: tuple[Field, ...] = ()
    told: Told | None = None  # worked out when all pointers are known


@dataclass(slots=True, eq=False)
class Pointer:
    """What the tag of a reference says."""

    name: str | None  # the id that it leads to, in this file
    says_mark: bool  # that it is the mark of a note
    cites: Tagged | None  # the mention it is, if it leads to a document
