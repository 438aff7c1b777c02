"""A manuscript as an OpenDocument text with real notes, written into the package member by member.

The bytes are the same wherever they are made: members are stored and not
deflated, and bear a fixed date.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from tools import odt_parts
from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Run, Words, number_of

_CIRCLED_FIRST: Final = 0x245F
#: Blanks that XML would run together, tabulators and line breaks, which are elements.
_SPECIAL: Final = re.compile(r"\n|\t|(?<= ) +|^ +| +$")


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of an .odt file.

    A note stands at its mark in OpenDocument: a mark without a note is one
    whose note has no body, a note without a mark one without a citation, put
    behind the note before it; a second note under one label has the same id.
    """
    kind = "endnote" if manuscript.endnotes else "footnote"
    circled = any(not label.isascii() and number_of(label) for label in manuscript.marks())
    writer = _Writer(kind, manuscript, circled)
    head = manuscript.head
    language = str(head.get("language", "en"))
    members = {
        "mimetype": odt_parts.MIMETYPE.encode(),
        "META-INF/manifest.xml": odt_parts.manifest(),
        "meta.xml": odt_parts.meta(
            str(head.get("title", "")), _creators(head), language, str(head.get("date", ""))
        ),
        "styles.xml": odt_parts.styles(language, kind, circled=circled),
        "content.xml": odt_parts.content(writer.body()),
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


@dataclass
class _Writer:
    """Makes the XML of one body; knows which notes are set already."""

    kind: str  # "footnote" or "endnote"
    manuscript: Manuscript
    circled: bool
    _set: set[str] = field(default_factory=set)
    _tables: int = 0

    def body(self) -> str:
        """Return what stands in ``office:text``."""
        blocks = self.manuscript.blocks
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        titled = titled and levels[0] == min(levels)
        shift = min(levels, default=1) - (0 if titled else 1)
        found: list[str] = []
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            if kind == "row":
                found.append(self._table(tuple(group)))
            elif kind == "item":
                found.extend(self._lists(tuple(group)))
            else:
                for block in group:
                    title = titled and block is blocks[0]
                    found.append(self._paragraph(block, title=title, shift=shift))
        return "".join(found)

    def _paragraph(self, block: Block, *, title: bool, shift: int) -> str:
        words = self._inlines(block.words)
        if block.kind == "heading" and not title:
            level = block.level - shift
            return (
                f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
                f"{words}</text:h>"
            )
        style = "Title" if title else {"quote": "Quotations"}.get(block.kind, "Text_20_body")
        return _p(style, words)

    def _lists(self, items: Sequence[Block]) -> Iterator[str]:
        """Yield the lists that a run of items makes up, nested by their levels."""
        for ordered, group in groupby(items, key=lambda item: bool(item.ordered)):
            style = odt_parts.NUMBERS if ordered else odt_parts.BULLETS
            opening = f'<text:list text:style-name="{style}">'
            depth = 0
            found: list[str] = []
            for item in group:
                if depth >= item.level:
                    found.append("</text:list-item></text:list>" * (depth - item.level))
                    found.append("</text:list-item><text:list-item>")
                else:
                    found.append(f"{opening}<text:list-item>" * (item.level - depth))
                depth = item.level
                found.append(_p("List_20_Contents", self._inlines(item.words)))
            found.append("</text:list-item></text:list>" * depth)
            yield "".join(found)

    def _table(self, rows: Sequence[Block]) -> str:
        self._tables += 1
        columns = max(len(row.cells) for row in rows)
        lines = "".join(
            f"<table:table-row>{''.join(map(self._cell, row.cells))}</table:table-row>"
            for row in rows
        )
        return (
            f'<table:table table:name="Table{self._tables}"><table:table-column '
            f'table:number-columns-repeated="{columns}"/>{lines}</table:table>'
        )

    def _cell(self, words: Words) -> str:
        inside = _p("Table_20_Contents", self._inlines(words))
        return (
            '<table:table-cell table:style-name="Cell" office:value-type="string">'
            f"{inside}</table:table-cell>"
        )

    def _inlines(self, words: Iterable[Inline]) -> str:
        return "".join(
            self._mark(inline.label) if isinstance(inline, Mark) else _run(inline)
            for inline in words
        )

    def _mark(self, label: str) -> str:
        """Return the note of a mark, and the notes without a mark that follow it."""
        id_, shown = self._id(label), self._shown(label)
        if label in self._set:
            reference = (
                f'<text:note-ref text:note-class="{self.kind}" text:reference-format="text" '
                f'text:ref-name="{id_}">{shown}</text:note-ref>'
            )
            return f'<text:span text:style-name="Raised">{reference}</text:span>'
        self._set.add(label)
        notes = self.manuscript.notes
        at = next((n for n, note in enumerate(notes) if note.label == label), None)
        body = "" if at is None else self._body(notes[at])
        found = self._note(id_, f"<text:note-citation>{shown}</text:note-citation>{body}")
        return found if at is None else found + self._uncalled(at)

    def _uncalled(self, at: int) -> str:
        """Return the notes without a mark that follow the one at this place."""
        called = set(self.manuscript.marks())
        before = [note.label for note in self.manuscript.notes[: at + 1]]
        found: list[str] = []
        for note in self.manuscript.notes[at + 1 :]:
            if note.label in called and note.label not in before:
                break
            found.append(self._note(self._id(note.label), self._body(note)))
            before.append(note.label)
        return "".join(found)

    def _note(self, id_: str, inside: str) -> str:
        return f'<text:note text:id="{id_}" text:note-class="{self.kind}">{inside}</text:note>'

    def _body(self, note: Note) -> str:
        style = self.kind.title()
        inside = "".join(_p(style, self._inlines(words)) for words in note.paragraphs or ((),))
        return f"<text:note-body>{inside}</text:note-body>"

    def _id(self, label: str) -> str:
        return f"{'ftn' if self.kind == 'footnote' else 'edn'}{self.manuscript.numbers()[label]}"

    def _shown(self, label: str) -> str:
        number = self.manuscript.numbers()[label]
        return chr(_CIRCLED_FIRST + number) if self.circled and number <= 20 else str(number)


def _p(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def _run(run: Run) -> str:
    words = _characters(run.text)
    style = {(True, False): "Italic", (False, True): "Bold", (True, True): "Bold_20_Italic"}.get(
        (run.italic, run.bold)
    )
    if style:
        words = f'<text:span text:style-name="{style}">{words}</text:span>'
    if run.href:
        words = f'<text:a xlink:type="simple" xlink:href={quoteattr(run.href)}>{words}</text:a>'
    return words


def _characters(text: str) -> str:
    """Return characters with the blanks that XML would lose as elements."""

    def element(match: re.Match[str]) -> str:
        found = match.group()
        if found == "\n":
            return "\0line-break\0"
        if found == "\t":
            return "\0tab\0"
        return f'\0s text:c="{len(found)}"\0'

    marked = _SPECIAL.sub(element, text).split("\0")
    return "".join(
        f"<text:{piece}/>" if at % 2 else escape(piece) for at, piece in enumerate(marked)
    )
