"""New comments written into the parts of a Word file that hold comments.

Only what must change does: the parts of comments get new entries at their
ends, the list of content types and the relationships of the body only where a
part is new. Ids are taken from the findings, so that the same findings give
the same bytes.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from scholiast.packages.ooxml import (
    NAMESPACES,
    STRICT_NAMESPACES,
    Element,
    attribute,
    content_types,
    elements,
    kind,
    parse,
    related,
)
from scholiast.report.comment_parts import COMMENTS, EXTENDED, CommentParts
from scholiast.report.remarks import Line
from scholiast.report.xml_parts import serialised, with_namespaces

_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MICROSOFT: Final = "http://schemas.microsoft.com/office"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W14: Final = NAMESPACES["w14"]
_W15: Final = NAMESPACES["w15"]
_W16CID: Final = f"{_MICROSOFT}/word/2016/wordml/cid"
_W16CEX: Final = f"{_MICROSOFT}/word/2018/wordml/cex"
_PARAGRAPH_ID: Final = re.compile(rb'paraId="([0-9A-Fa-f]{8})"')
#: The colour and the size (in half points) of the line that a program reads.
_QUIET: Final = ("7F7F7F", "14")


class NewComment(NamedTuple):
    """A comment to be written: its number in the file, its lines, and what names it."""

    number: int
    lines: tuple[Line, ...]
    name: str


@dataclass(slots=True)
class Writer:
    """Writes comments into the parts of one package, in memory.

    ``replaced`` and ``added`` are the members that change and that are new.
    """

    parts: CommentParts
    author: str
    date: datetime | None
    strict: bool
    replaced: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)

    def write(self, comments: Sequence[NewComment]) -> None:
        """Write all comments; raises ``PackageError`` where a part is damaged."""
        taken = self._taken_ids()
        ids = [_fresh(comment.name, taken) for comment in comments]
        links: list[tuple[str, str]] = []
        overrides: list[tuple[str, str]] = []
        self._comments(comments, ids, links, overrides)
        self._extended(ids, links, overrides)
        self._newer(ids)
        if links:
            self._link(links)
            self._override(overrides)

    def style(self, name: str) -> str:
        """Return the id of the style with this English name (``annotation reference``), or ""."""
        target = related(self.parts.links.values(), "styles")
        if not target or target not in self.parts.package:
            return ""
        root = self.parts.root(target)
        for style in elements(root, "w:style"):
            own = next((item for item in style if kind(item) == "w:name"), None)
            if own is not None and attribute(own, "w:val").casefold() == name:
                return attribute(style, "w:styleId")
        return ""

    def _taken_ids(self) -> set[int]:
        """Return the ids of paragraphs that the package uses anywhere."""
        taken = {0}
        for name in self.parts.package.names:
            if name.lower().endswith(".xml"):
                found = _PARAGRAPH_ID.findall(self.parts.package.read(name))
                taken.update(int(digits, 16) for digits in found)
        return taken

    def _comments(
        self,
        comments: Sequence[NewComment],
        ids: Sequence[str],
        links: list[tuple[str, str]],
        overrides: list[tuple[str, str]],
    ) -> None:
        """Write the part of the comments themselves."""
        names = STRICT_NAMESPACES if self.strict else NAMESPACES
        wanted = {"w": names["w"], "w14": _W14}
        text, quiet = self.style("annotation text"), self.style("annotation reference")
        if self.parts.comments:
            old = self.parts.package.read(self.parts.comments)
            root = with_namespaces(parse(old, self.parts.comments), wanted, ignorable=("w14",))
        else:
            old = _DECLARATION
            root = _new_root("comments", names["w"], wanted, ("w14",))
        made = _Maker(names["w"], self.author, self.date, text, quiet)
        for comment, id_ in zip(comments, ids, strict=True):
            root.append(made.comment(comment, id_))
        self._keep(COMMENTS, self.parts.comments, serialised(root, old), links, overrides)

    def _extended(
        self, ids: Sequence[str], links: list[tuple[str, str]], overrides: list[tuple[str, str]]
    ) -> None:
        """Write the part that makes replies and resolving possible."""
        if self.parts.extended:
            old = self.parts.package.read(self.parts.extended)
            root = parse(old, self.parts.extended)
        else:
            old = _DECLARATION
            root = _new_root("commentsEx", _W15, {"w15": _W15}, ("w15",))
        for id_ in ids:
            entry = _sub(root, _W15, "commentEx")
            entry.set(f"{{{_W15}}}paraId", id_)
            entry.set(f"{{{_W15}}}done", "0")
        self._keep(EXTENDED, self.parts.extended, serialised(root, old), links, overrides)

    def _newer(self, ids: Sequence[str]) -> None:
        """Add to the parts that newer programs keep beside, where the file has them."""
        durable = [_durable(id_) for id_ in ids]
        if self.parts.ids:
            old = self.parts.package.read(self.parts.ids)
            root = parse(old, self.parts.ids)
            for id_, lasting in zip(ids, durable, strict=True):
                entry = _sub(root, _W16CID, "commentId")
                entry.set(f"{{{_W16CID}}}paraId", id_)
                entry.set(f"{{{_W16CID}}}durableId", lasting)
            self.replaced[self.parts.ids] = serialised(root, old)
        if self.parts.extensible and self.parts.ids:
            old = self.parts.package.read(self.parts.extensible)
            root = parse(old, self.parts.extensible)
            for lasting in durable:
                entry = _sub(root, _W16CEX, "commentExtensible")
                entry.set(f"{{{_W16CEX}}}durableId", lasting)
                if self.date is not None:
                    entry.set(f"{{{_W16CEX}}}dateUtc", _stamp(self.date))
            self.replaced[self.parts.extensible] = serialised(root, old)

    def _keep(
        self,
        what: str,
        name: str,
        content: bytes,
        links: list[tuple[str, str]],
        overrides: list[tuple[str, str]],
    ) -> None:
        """Keep the new content of a part; a part that is new must be made known."""
        if name:
            self.replaced[name] = content
            return
        folder = posixpath.dirname(self.parts.main)
        name = posixpath.join(folder, f"{what}.xml")
        number = 2
        while name in self.parts.package:
            name = posixpath.join(folder, f"{what}{number}.xml")
            number += 1
        self.added[name] = content
        links.append((self._type(what), posixpath.basename(name)))
        overrides.append((f"/{name}", f"{_CONTENT}.{what}+xml"))

    def _type(self, what: str) -> str:
        """Return the type of the relationship to a part."""
        if what == EXTENDED:
            return f"{_MICROSOFT}/2011/relationships/{what}"
        names = STRICT_NAMESPACES if self.strict else NAMESPACES
        return f"{names['r']}/{what}"

    def _link(self, links: Iterable[tuple[str, str]]) -> None:
        """Add relationships from the part of the body."""
        folder, base = posixpath.split(self.parts.main)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        namespace = NAMESPACES["rel"]
        if name in self.parts.package:
            name = self.parts.package.info(name).filename
            old = self.parts.package.read(name)
            root, kept = parse(old, name), self.replaced
        else:
            old, kept = _DECLARATION, self.added
            root = _new_root("Relationships", namespace, {None: namespace})
        taken = {id_.casefold() for id_ in self.parts.links}
        number = 1
        for type_, target in links:
            while f"rid{number}" in taken:
                number += 1
            taken.add(f"rid{number}")
            entry = _sub(root, namespace, "Relationship")
            entry.set("Id", f"rId{number}")
            entry.set("Type", type_)
            entry.set("Target", target)
        kept[name] = serialised(root, old)

    def _override(self, overrides: Iterable[tuple[str, str]]) -> None:
        """Add the content types of new parts."""
        root = content_types(self.parts.package)
        name = self.parts.package.info("[Content_Types].xml").filename
        for part, type_ in overrides:
            entry = _sub(root, NAMESPACES["ct"], "Override")
            entry.set("PartName", part)
            entry.set("ContentType", type_)
        self.replaced[name] = serialised(root, self.parts.package.read(name))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the elements of comments."""

    namespace: str
    author: str
    date: datetime | None
    text_style: str
    reference_style: str

    def comment(self, comment: NewComment, id_: str) -> Element:
        """Return the element of one comment, whose last paragraph has the given id."""
        from lxml import etree

        w = f"{{{self.namespace}}}"
        element = etree.Element(f"{w}comment", nsmap={"w": self.namespace, "w14": _W14})
        element.set(f"{w}id", str(comment.number))
        element.set(f"{w}author", self.author)
        if self.date is not None:
            element.set(f"{w}date", _stamp(self.date))
        element.set(f"{w}initials", _initials(self.author))
        for number, line in enumerate(comment.lines):
            paragraph = etree.SubElement(element, f"{w}p")
            last = number == len(comment.lines) - 1
            if last:
                paragraph.set(f"{{{_W14}}}paraId", id_)
            if self.text_style:
                properties = etree.SubElement(paragraph, f"{w}pPr")
                etree.SubElement(properties, f"{w}pStyle", {f"{w}val": self.text_style})
            if number == 0:
                run = self._run(paragraph, style=self.reference_style)
                etree.SubElement(run, f"{w}annotationRef")
            for part in line:
                run = self._run(paragraph, strong=part.strong, quiet=last)
                text = etree.SubElement(run, f"{w}t")
                text.text = part.text
                if part.text != part.text.strip():
                    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return element

    def _run(
        self, paragraph: Element, *, strong: bool = False, quiet: bool = False, style: str = ""
    ) -> Element:
        """Add an empty run to a paragraph."""
        from lxml import etree

        w = f"{{{self.namespace}}}"
        run = etree.SubElement(paragraph, f"{w}r")
        if not (strong or quiet or style):
            return run
        properties = etree.SubElement(run, f"{w}rPr")
        if style:
            etree.SubElement(properties, f"{w}rStyle", {f"{w}val": style})
        if strong:
            etree.SubElement(properties, f"{w}b")
        if quiet:
            colour, size = _QUIET
            etree.SubElement(properties, f"{w}color", {f"{w}val": colour})
            etree.SubElement(properties, f"{w}sz", {f"{w}val": size})
        return run


def _new_root(
    local: str, namespace: str, names: Mapping[Any, str], ignorable: Sequence[str] = ()
) -> Element:
    """Return the root of a new part."""
    from lxml import etree

    nsmap: dict[Any, str] = dict(names)
    if ignorable:
        nsmap["mc"] = NAMESPACES["mc"]
    root = etree.Element(f"{{{namespace}}}{local}", nsmap=nsmap)
    if ignorable:
        root.set(f"{{{NAMESPACES['mc']}}}Ignorable", " ".join(ignorable))
    return root


def _sub(root: Element, namespace: str, local: str) -> Element:
    """Add an element at the end of another."""
    from lxml import etree

    return etree.SubElement(root, f"{{{namespace}}}{local}")


def _fresh(name: str, taken: set[int]) -> str:
    """Return an id for a paragraph, made of a name, that is not taken (and now is).

    Word wants it above zero and below 0x80000000.
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:4], "big") & 0x7FFFFFFF
    while number in taken:
        number = (number + 1) & 0x7FFFFFFF
    taken.add(number)
    return f"{number:08X}"


def _durable(paragraph: str) -> str:
    """Return the lasting id of a comment, made of that of its last paragraph."""
    digest = hashlib.sha256(f"durable {paragraph}".encode()).digest()
    return f"{(int.from_bytes(digest[:4], 'big') & 0x7FFFFFFE) or 1:08X}"


def _initials(author: str) -> str:
    """Return the first letters of an author's names."""
    return "".join(word[0] for word in author.split())[:9]


def _stamp(date: datetime) -> str:
    """Return a time as Word writes it: UTC, whole seconds; one without a zone as it is."""
    moment = date.astimezone(UTC) if date.tzinfo else date
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
