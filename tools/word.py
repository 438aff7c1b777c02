"""A manuscript as a Word document with real notes, written into the package member by member.

The bytes are the same wherever they are made: members are stored and not
deflated (compression differs between versions of zlib), and bear a fixed date.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from tools import word_parts
from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Run, Words, number_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS: Final = ("styles", "settings", "numbering")
_NAMESPACES: Final = {"w": word_parts.W, "r": word_parts.R}
_PREFIXES: Final = {"w": word_parts.W, "r": word_parts.R, "xml": word_parts.XML}
_TEXT_WIDTH: Final = 9026  # of A4 with margins of an inch, in twentieths of a point


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of a .docx file.

    Notes are Word's footnotes, or its endnotes where the text ends with a
    heading for them. A mark without a note is a reference whose id no note
    has; a note without a mark is a note that nothing refers to; a label with
    two notes is an id that two notes have.
    """
    kind = "endnote" if manuscript.endnotes else "footnote"
    circled = any(not label.isascii() and number_of(label) for label in manuscript.marks())
    writer = _Writer(kind, manuscript.numbers(), circled)
    document = writer.document(manuscript.blocks)
    body_links = tuple(writer.links)
    writer.links.clear()
    notes = writer.notes(manuscript.notes)
    head = manuscript.head
    language = str(head.get("language", "en"))
    members = {
        "[Content_Types].xml": word_parts.content_types(f"{kind}s"),
        "_rels/.rels": word_parts.package_relationships(),
        "docProps/core.xml": word_parts.core(
            str(head.get("title", "")), _creators(head), language, str(head.get("date", ""))
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": word_parts.part_relationships(
            (*_PARTS, f"{kind}s"), body_links
        ),
        f"word/{kind}s.xml": notes,
        f"word/_rels/{kind}s.xml.rels": word_parts.part_relationships((), tuple(writer.links)),
        "word/styles.xml": word_parts.styles(language),
        "word/settings.xml": word_parts.settings(f"{kind}s", circled=circled),
        "word/numbering.xml": word_parts.numbering(),
    }
    return _package(members)


def _package(members: dict[str, bytes]) -> bytes:
    """Return a zip whose bytes depend on nothing but its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, data)
    return buffer.getvalue()


def _creators(head: dict[str, Any]) -> tuple[str, ...]:
    for key in ("authors", "editors", "author", "editor"):
        value = head.get(key)
        if value:
            return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return ()


def _element(name: str, *children: _Element, **attributes: str | int) -> _Element:
    """Return ``<w:name>``; an attribute ``r_id`` is ``r:id``, one without a prefix is in ``w:``."""
    from lxml import etree

    element = etree.Element(f"{{{word_parts.W}}}{name}", nsmap=_NAMESPACES)
    for key, value in attributes.items():
        prefix, _, local = key.rpartition("_")
        element.set(f"{{{_PREFIXES[prefix or 'w']}}}{local}", str(value))
    element.extend(children)
    return element


def _serialised(root: _Element) -> bytes:
    from lxml import etree

    etree.cleanup_namespaces(root, keep_ns_prefixes=list(_NAMESPACES))
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


@dataclass
class _Writer:
    """Makes the elements of one document; gathers the addresses its links lead to."""

    kind: str  # "footnote" or "endnote"
    ids: dict[str, int]  # of the note of every label
    circled: bool
    links: list[str] = field(default_factory=list)

    def document(self, blocks: Sequence[Block]) -> bytes:
        """Return ``word/document.xml``."""
        body = _element("body")
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        titled = titled and levels[0] == min(levels)
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            if kind == "row":
                body.append(self._table(tuple(group)))
                continue
            for block in group:
                title = titled and block is blocks[0]
                shift = min(levels, default=1) - (0 if titled else 1)
                body.append(self._paragraph(block, title=title, shift=shift))
        form = word_parts.CIRCLED if self.circled else word_parts.PLAIN
        numbering = _element(f"{self.kind}Pr", _element("numFmt", val=form))
        size = _element("pgSz", w=11906, h=16838)
        margins = _element("pgMar", top=1440, right=1440, bottom=1440, left=1440, header=708,
                           footer=708, gutter=0)  # fmt: skip
        body.append(_element("sectPr", numbering, size, margins))
        return _serialised(_element("document", body))

    def notes(self, notes: Sequence[Note]) -> bytes:
        """Return the part of the notes, the two separators first, as Word writes it."""
        root = _element(f"{self.kind}s")
        for id_, name in ((-1, "separator"), (0, "continuationSeparator")):
            run = _element("r", _element(name))
            spacing = _element("pPr", _element("spacing", after=0, line=240, lineRule="auto"))
            root.append(_element(self.kind, _element("p", spacing, run), type=name, id=id_))
        root.extend(self._note(note) for note in notes)
        return _serialised(root)

    def _note(self, note: Note) -> _Element:
        element = _element(self.kind, id=self.ids[note.label])
        for number, words in enumerate(note.paragraphs or ((),)):
            paragraph = _element("p", _styled(f"{self.kind.title()}Text"))
            if number == 0:
                paragraph.append(self._raised(_element(f"{self.kind}Ref")))
                paragraph.append(_run(Run(" ")))
            paragraph.extend(self._inlines(words))
            element.append(paragraph)
        return element

    def _paragraph(self, block: Block, *, title: bool, shift: int) -> _Element:
        if block.kind == "heading":
            properties = _styled("Title" if title else f"Heading{block.level - shift}")
        elif block.kind == "quote":
            properties = _styled("Quote")
        elif block.kind == "item":
            properties = _styled("ListParagraph")
            list_ = word_parts.NUMBERS if block.ordered else word_parts.BULLETS
            level = _element("ilvl", val=block.level - 1)
            properties.append(_element("numPr", level, _element("numId", val=list_)))
        else:
            return _element("p", *self._inlines(block.words))
        return _element("p", properties, *self._inlines(block.words))

    def _table(self, rows: Sequence[Block]) -> _Element:
        columns = max(len(row.cells) for row in rows)
        width = _TEXT_WIDTH // max(columns, 1)
        table = _element(
            "tbl",
            _element("tblPr", _element("tblStyle", val="TableGrid"),
                     _element("tblW", w=0, type="auto")),
            _element("tblGrid", *(_element("gridCol", w=width) for _ in range(columns))),
        )  # fmt: skip
        for row in rows:
            table.append(_element("tr", *(self._cell(cell, width) for cell in row.cells)))
        return table

    def _cell(self, words: Words, width: int) -> _Element:
        spacing = _element("pPr", _element("spacing", after=0))
        return _element(
            "tc",
            _element("tcPr", _element("tcW", w=width, type="dxa")),
            _element("p", spacing, *self._inlines(words)),
        )

    def _inlines(self, words: Iterable[Inline]) -> Iterator[_Element]:
        for inline in words:
            if isinstance(inline, Mark):
                yield self._raised(_element(f"{self.kind}Reference", id=self.ids[inline.label]))
            elif inline.href:
                self.links.append(inline.href)
                yield _element("hyperlink", _run(inline), r_id=f"rLink{len(self.links)}")
            else:
                yield _run(inline)

    def _raised(self, reference: _Element) -> _Element:
        style = _element("rStyle", val=f"{self.kind.title()}Reference")
        return _element("r", _element("rPr", style), reference)


def _styled(style: str) -> _Element:
    return _element("pPr", _element("pStyle", val=style))


def _run(run: Run) -> _Element:
    element = _element("r")
    how = [_element("rStyle", val="Hyperlink")] if run.href else []
    how += [_element("b")] if run.bold else []
    how += [_element("i")] if run.italic else []
    if how:
        element.append(_element("rPr", *how))
    for number, line in enumerate(run.text.split("\n")):
        if number:
            element.append(_element("br"))
        text = _element("t", xml_space="preserve")
        text.text = line
        element.append(text)
    return element
