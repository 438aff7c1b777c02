"""The comments of a Word file as they stand in its parts: read, and written again.

Comments live in one part, their threads and their state (resolved or not) in
another (``commentsExtended``), which knows a comment by the ``w14:paraId`` of
its last paragraph. Both are found by the relationships of the body's part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scholiast.packages.ooxml import (
    NAMESPACES,
    Element,
    Relationship,
    attribute,
    elements,
    kind,
    main_part,
    parse,
    pieces,
    related,
    relationships,
)
from scholiast.packages.zip import Package

COMMENTS: Final = "comments"
EXTENDED: Final = "commentsExtended"
IDS: Final = "commentsIds"
EXTENSIBLE: Final = "commentsExtensible"

_W14: Final = f"{{{NAMESPACES['w14']}}}"
_W15: Final = f"{{{NAMESPACES['w15']}}}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as somebody wrote it; ``text`` is its paragraphs, one a line."""

    id: str
    author: str
    text: str
    paragraph: str  # the w14:paraId of its last paragraph, "" where it has none
    parent: str = ""  # that of the comment it replies to
    resolved: bool = False


@dataclass(slots=True)
class CommentParts:
    """The parts of a package that have to do with comments; a name is "" where there is none."""

    package: Package
    main: str
    links: dict[str, Relationship]
    comments: str = ""
    extended: str = ""
    ids: str = ""
    extensible: str = ""

    def root(self, name: str) -> Element:
        """Return the root of a part (raises ``PackageError`` where it is damaged)."""
        return parse(self.package.read(name), name)


def comment_parts(package: Package) -> CommentParts:
    """Return the parts of a package that have to do with comments.

    Raises ``PackageError`` where the package is no Word document.
    """
    main = main_part(package)
    links = relationships(package, main)

    def part(name: str) -> str:
        target = related(links.values(), name)
        return package.info(target).filename if target and target in package else ""

    names = (part(name) for name in (COMMENTS, EXTENDED, IDS, EXTENSIBLE))
    return CommentParts(package, main, links, *names)


def read_comments(parts: CommentParts) -> tuple[Comment, ...]:
    """Return the comments of a package in their order, with threads and state."""
    if not parts.comments:
        return ()
    states = _states(parts)
    found: list[Comment] = []
    for element in elements(parts.root(parts.comments), "w:comment"):
        own = list(elements(element, "w:p"))
        lines = ("".join(piece.text for piece in pieces(paragraph)) for paragraph in own)
        id_ = own[-1].get(f"{_W14}paraId", "").upper() if own else ""
        parent, resolved = states.get(id_, ("", False))
        found.append(
            Comment(
                attribute(element, "w:id"),
                attribute(element, "w:author"),
                "\n".join(lines),
                id_,
                parent,
                resolved,
            )
        )
    return tuple(found)


def _states(parts: CommentParts) -> dict[str, tuple[str, bool]]:
    """Return, by the id of a last paragraph, that of the parent and whether it is resolved."""
    if not parts.extended:
        return {}
    found: dict[str, tuple[str, bool]] = {}
    for item in parts.root(parts.extended):
        if kind(item) == "w15:commentEx":
            done = item.get(f"{_W15}done", "0") in ("1", "true", "on")
            parent = item.get(f"{_W15}paraIdParent", "").upper()
            found[item.get(f"{_W15}paraId", "").upper()] = (parent, done)
    return found
