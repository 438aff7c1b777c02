"""Blocks: the paragraphs and table rows of a text, in reading order, and the notes in them.

The paragraphs of a text box follow the one that the box is anchored in; what
is deleted under tracked changes stands where it was, and is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from scholiast.packages.odf import Element, attribute, child, elements, kind, pieces, text_boxes
from scholiast.progress import reached
from scholiast.readers.odt.bits import bits
from scholiast.readers.odt.notes import Marks
from scholiast.readers.odt.styles import Styles
from scholiast.readers.odt.tables import cells, rows
from scholiast.structure.flow.bits import Bit, crossings, unbracketed
from scholiast.structure.flow.blocks import Block, stacked
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.pages import Pages

#: What only wraps paragraphs, lists and tables.
_TRANSPARENT: Final = frozenset(
    ("text:section", "text:numbered-paragraph", "text:index-body", "text:index-title")
) | {"draw:frame", "draw:g", "draw:a", "text:page-sequence", "office:text"}
#: Lists of contents, of pictures, of words; a bibliography is text.
_INDEXES: Final = frozenset(
    f"text:{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
        "alphabetical-index", "bibliography",
    )
)  # fmt: skip
_SHAPES: Final = frozenset(
    f"draw:{name}"
    for name in (
        "text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon",
        "path", "connector", "caption", "measure", "regular-polygon",
    )
)  # fmt: skip


@dataclass(slots=True)
class Walk:
    """Goes through a text once, in reading order, counting pages, chapters and tables."""

    styles: Styles
    numbers: dict[Element, int]  # the paragraphs of the part
    marks: Marks
    part: str
    flat: bool = False  # one file, whose lines are those a user sees
    pages: Pages = field(default_factory=Pages)
    chapter: int = 0
    tables: int = 0
    deleted: dict[str, Element] = field(default_factory=dict)  # by the id of their change
    hidden: bool = False
    _contents: bool = False
    _lists: int = 0

    def blocks(self, container: Element, list_: str = "") -> Iterator[Block]:
        """Yield the blocks of a body, a section, a cell, a note or a text box."""
        for item in container:
            name = kind(item)
            if name in ("text:p", "text:h"):
                yield from self._paragraph(item, list_)
            elif name == "text:list":
                yield from self._list(item, list_)
            elif name == "table:table":
                yield from self._table(item)
            elif name in _INDEXES:
                yield from self._index(item, name)
            elif name == "text:section" and attribute(item, "text:display") == "none":
                was, self.hidden = self.hidden, True
                yield from self.blocks(item, list_)
                self.hidden = was
            elif name in _TRANSPARENT or name in _SHAPES:
                yield from self.blocks(item, list_)
            elif name == "text:soft-page-break":
                self.pages.rendered()

    def _list(self, element: Element, list_: str) -> Iterator[Block]:
        """Yield the blocks of a list; those inside a list belong to the outermost."""
        if not list_:
            self._lists += 1
            list_ = attribute(element, "text:style-name") or f"list {self._lists}"
        for item in element:
            if kind(item) in ("text:list-item", "text:list-header"):
                yield from self.blocks(item, list_)
            elif kind(item) == "text:soft-page-break":
                self.pages.rendered()

    def _index(self, element: Element, name: str) -> Iterator[Block]:
        """Yield the blocks of a list of contents."""
        body = child(element, "text:index-body")
        if body is None:
            return
        was, self._contents = self._contents, name != "text:bibliography"
        yield from self.blocks(body)
        self._contents = was

    def _paragraph(self, paragraph: Element, list_: str) -> Iterator[Block]:
        """Yield the block of a paragraph, then those of its text boxes."""
        style = attribute(paragraph, "text:style-name")
        if self.pages.inked and self._begins_page(style):
            self.pages.turn()
        block = self._block(paragraph, style, list_)
        if block.level == 1:
            self.chapter += 1
        stands_out = bool(block.level or block.quote) and self.styles.italic(style)
        number = self.numbers[paragraph]
        reached(number, len(self.numbers))
        line = self._line(paragraph)
        found = bits(paragraph, number, self.styles, self.pages, stands_out, self._place, line)
        if self.hidden:
            found = [bit for bit in found if bit.reference is None]
            for bit in found:
                bit.role = "markup"
        block.bits = unbracketed(list(crossings(found)))
        yield block
        if self.styles.setting(style, "fo:break-after") == "page":
            self.pages.turn()
        for box in text_boxes(paragraph):
            yield from self.blocks(box)

    def _line(self, paragraph: Element) -> int:
        """Return the line of a paragraph, 0 in a package, which has none to show."""
        line = paragraph.sourceline
        return line if self.flat and isinstance(line, int) else 0

    def _begins_page(self, style: str) -> bool:
        """Return whether a paragraph begins a page by its style."""
        before = self.styles.setting(style, "fo:break-before")
        return before == "page" or bool(self.styles.of_itself(style, "style:master-page-name"))

    def _block(self, paragraph: Element, style: str, list_: str) -> Block:
        """Return an empty block with what the paragraph's style says."""
        styles = self.styles
        contents = self._contents or styles.begins(style, "contents")
        title = styles.is_a(style, "title")
        level = styles.level(style)
        if kind(paragraph) == "text:h":
            told = attribute(paragraph, "text:outline-level", "1")
            level = min(int(told[:3]), 10) if told.isdecimal() else 1
        return Block(
            style=style,
            level=0 if contents or title else level,
            title=title,
            author=styles.is_a(style, "author"),
            quote=styles.is_a(style, "quote"),
            contents=contents,
            note=styles.is_a(style, "notes"),
            centred=styles.setting(style, "fo:text-align") == "center",
            itemised=styles.begins(style, "list"),
            list=list_,
            indent=styles.indent(style),
        )

    def _place(self, element: Element) -> list[Bit]:
        """Return the bits of what stands at a place in a paragraph: a note, a deletion."""
        name = kind(element)
        if name == "text:change":
            return self._deleted(attribute(element, "text:change-id"))
        if name != "text:note" or self.hidden:
            return []
        body = child(element, "text:note-body")
        again = self.marks.known(element)  # in a cell that stands for several
        reference = self.marks.take(element, self.chapter)
        if body is not None and not again:
            self.marks.notes.append(self._note(element, body))
        return [Bit("", reference=reference)] if reference is not None else []

    def _note(self, element: Element, body: Element) -> Note:
        """Return a note with its words, which stand on no page of their own."""
        sort, id_ = self.marks.name(element)
        was, self.pages = self.pages, Pages(0)
        blocks = list(self.blocks(body))
        self.pages = was
        return Note(sort, id_, self.part, blocks)

    def _deleted(self, id_: str) -> list[Bit]:
        """Return the words of a tracked deletion, which are not shown."""
        region = self.deleted.get(id_)
        found: list[Bit] = []
        for paragraph in elements(region, "text:p", "text:h") if region is not None else ():
            number = self.numbers.get(paragraph)
            line = self._line(paragraph)
            for piece in pieces(paragraph) if number is not None else ():
                if number is not None and piece.text:
                    found.append(Bit(piece.text, number, piece.start, "markup", line=line))
        return found

    def _table(self, table: Element) -> Iterator[Block]:
        """Yield a table's rows as blocks; a row of one cell is paragraphs like any other."""
        self.tables += 1
        number = self.tables
        spans: dict[int, int] = {}
        for row in rows(table, self.pages):
            row_cells = cells(row, spans)
            if len(row_cells) == 1 and row_cells[0] is not None:
                yield from self.blocks(row_cells[0])
                continue
            outer = Block(table=number)
            nested: list[Block] = []
            for order, cell in enumerate(row_cells):
                if order:
                    outer.bits.append(Bit("\t"))
                inside = list(self.blocks(cell)) if cell is not None else []
                own = [block for block in inside if not block.table]
                nested.extend(block for block in inside if block.table)
                outer.bits.extend(stacked(own))
            yield outer
            yield from nested


def deletions(body: Element) -> dict[str, Element]:
    """Return the tracked deletions of a text by the id of their change."""
    found: dict[str, Element] = {}
    for region in elements(body, "text:changed-region"):
        deletion = child(region, "text:deletion")
        id_ = attribute(region, "text:id") or attribute(region, "xml:id")
        if deletion is not None and id_:
            found.setdefault(id_, deletion)
    return found
