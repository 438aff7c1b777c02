"""The parts of an OpenDocument text, from its package or from one flat file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scholiast.model import Trouble
from scholiast.packages.odf import MAIN, Element, check_kind, child, kind
from scholiast.packages.ooxml import parse
from scholiast.packages.zip import Package, PackageError, Wanted

PROGRAM: Final = "LibreOffice"
ODT: Final = Wanted("an OpenDocument text", ".odt", PROGRAM)
#: What the user is told that a part holds.
_HOLDS: Final = {
    "styles.xml": "the styles (headings, block quotations, numbers of notes)",
    "meta.xml": "the title and author of the file",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parsed parts of a document; ``main`` is the member of the text, "" in a flat file."""

    main: str
    body: Element  # office:text
    content: Element  # the root above it
    styles: Element | None
    meta: Element | None  # office:meta
    troubles: tuple[Trouble, ...] = ()


def flat(data: bytes) -> bool:
    """Return whether the bytes are one XML file and no package."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<office:document"))


def load(data: bytes, max_inflated: int) -> Parts:
    """Return the parts of a file.

    Raises ``PackageError`` where the body cannot be had; what else is broken
    becomes a trouble.
    """
    if flat(data):
        root = parse(data, "office:document", PROGRAM)
        return Parts("", _body(root), root, root, child(root, "office:meta"))
    package = Package(data, max_inflated, ODT)
    check_kind(package)
    main = package.info(MAIN).filename
    content = parse(package.read(main), main, PROGRAM)
    body = _body(content)
    troubles: list[Trouble] = []
    others: dict[str, Element] = {}
    for name, holds in _HOLDS.items():
        if name not in package:
            continue
        try:
            others[name] = parse(package.read(name), name, PROGRAM)
        except PackageError as error:
            troubles.append(Trouble("unreadable-file", f"{holds} could not be read: {error}"))
    meta = child(others.get("meta.xml"), "office:meta")
    return Parts(main, body, content, others.get("styles.xml"), meta, tuple(troubles))


def _body(root: Element) -> Element:
    """Return the ``office:text`` of a document."""
    body = child(root, "office:body", "office:text")
    if body is None:
        inside = [kind(item) for item in (child(root, "office:body") or ())]
        what = {"office:spreadsheet": "a spreadsheet", "office:presentation": "a set of slides"}
        told = next((what[name] for name in inside if name in what), "")
        raise PackageError(
            f"this is {told}, not a text: check that it is the right file"
            if told
            else "there is no OpenDocument text in the file: open it in LibreOffice and save it "
            "again as .odt"
        )
    return body
