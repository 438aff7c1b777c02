"""The parts of a Word package that make its text: what is broken costs only itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from scholiast.model import Trouble
from scholiast.packages.ooxml import (
    Element,
    Relationship,
    child,
    kind,
    main_part,
    parse,
    related,
    relationships,
)
from scholiast.packages.zip import Package, PackageError

#: What the user is told that a part holds, by the type of its relationship.
_HOLDS: Final = {
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "styles": "the styles (headings, block quotations)",
    "settings": "the settings",
    "core-properties": "the title and author of the file",
    "extended-properties": "the number of pages",
}


@dataclass(slots=True)
class Parts:
    """The parsed parts of a document; a part that is not there, or is broken, is absent."""

    main: str
    body: Element
    roots: dict[str, Element] = field(default_factory=dict)  # by type of relationship
    names: dict[str, str] = field(default_factory=dict)  # the member of each
    broken: set[str] = field(default_factory=set)  # types of parts that could not be read
    troubles: list[Trouble] = field(default_factory=list)

    def root(self, name: str) -> Element | None:
        """Return the root of the part of this type, or None."""
        return self.roots.get(name)


def load(data: bytes, max_inflated: int) -> Parts:
    """Return the parts of the package ``data``.

    Raises ``PackageError`` where the body cannot be had; what else is broken
    becomes a trouble.
    """
    package = Package(data, max_inflated)
    main = main_part(package)
    root = parse(package.read(main), main)
    body = child(root, "w:body")
    if kind(root) != "w:document" or body is None:
        raise PackageError(
            "there is no Word text in the file: open it in Word and save it again as .docx"
        )
    parts = Parts(main, body)
    links = _relationships(package, main, parts)
    own = _relationships(package, "", parts)
    for name in ("styles", "footnotes", "endnotes", "settings"):
        _load(package, name, related(links.values(), name), f"{_folder(main)}{name}.xml", parts)
    for name, usual in (("core-properties", "core"), ("extended-properties", "app")):
        _load(package, name, related(own.values(), name), f"docProps/{usual}.xml", parts)
    return parts


def _folder(main: str) -> str:
    """Return the folder of the main part, with its slash."""
    folder, slash, _ = main.rpartition("/")
    return folder + slash


def _relationships(package: Package, part: str, parts: Parts) -> Mapping[str, Relationship]:
    """Return the relationships of a part; broken ones are none, as the usual names will do."""
    try:
        return relationships(package, part)
    except PackageError:
        return {}


def _load(package: Package, name: str, target: str, usual: str, parts: Parts) -> None:
    """Parse a part, found by its relationship or under its usual name."""
    member = next((place for place in (target, usual) if place and place in package), "")
    if not member:
        return
    try:
        parts.roots[name] = parse(package.read(member), member)
        parts.names[name] = package.info(member).filename
    except PackageError as error:
        parts.broken.add(name)
        parts.troubles.append(
            Trouble("unreadable-file", f"{_HOLDS[name]} could not be read: {error}")
        )
