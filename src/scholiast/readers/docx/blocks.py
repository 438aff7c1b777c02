"""Blocks: the paragraphs and table rows of a part, in reading order.

This is where the accepted view is made of paragraphs: a paragraph whose mark
is deleted runs on into the next, deleted rows are gone, and the paragraphs of
a text box follow the one that the box is anchored in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.packages.ooxml import (
    Element,
    alternative,
    attribute,
    child,
    elements,
    kind,
    text_boxes,
)
from scholiast.progress import reached
from scholiast.readers.docx.bits import bits
from scholiast.readers.docx.styles import Styles
from scholiast.structure.flow.bits import Bit, crossings, unbracketed
from scholiast.structure.flow.blocks import Block, stacked
from scholiast.structure.flow.pages import Pages

_TRANSPARENT: Final = frozenset(
    ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")
)


@dataclass(slots=True)
class Walk:
    """Goes through a part once, in reading order, counting pages and sections."""

    styles: Styles
    numbers: dict[Element, int]  # the paragraphs of the part
    breaks: Sequence[Element] = ()  # the w:sectPr of the body, in order
    pages: Pages = field(default_factory=Pages)
    section: int = 0
    tables: int = 0
    foreign: int = 0  # texts kept in parts that are not WordprocessingML
    tells: bool = False  # it goes through the whole text, and tells how far it is

    def blocks(self, container: Element) -> list[Block]:
        """Return the blocks of a body, a cell, a note or a text box."""
        found: list[Block] = []
        open_: list[Element] = []
        for item in _items(container):
            name = kind(item)
            if name == "w:p":
                open_.append(item)
                if not _runs_on(item):
                    found.extend(self._paragraph(open_))
                    open_ = []
                continue
            if open_:
                found.extend(self._paragraph(open_))
                open_ = []
            if name == "w:tbl":
                found.extend(self._table(item))
            elif name in ("w:altChunk", "w:subDoc"):
                self.foreign += 1
        if open_:
            found.extend(self._paragraph(open_))
        return found

    def _paragraph(self, members: list[Element]) -> Iterator[Block]:
        """Yield the block of paragraphs that run on into one, then those of its text boxes."""
        properties = child(members[-1], "w:pPr")
        style = self.styles.of_paragraph(properties)
        block = self._block(properties, style)
        if self.tells:
            reached(self.numbers[members[-1]], len(self.numbers))
        if self.pages.inked and self._begins_page(properties, style):
            self.pages.turn()
        for member in members:
            block.bits.extend(
                bits(member, self.numbers[member], self.styles, style, self.pages, self.section)
            )
        block.bits = unbracketed(list(crossings(block.bits)))
        yield block
        for member in members:
            self._end_section(member)
            for box in text_boxes(member):
                yield from self.blocks(box)

    def _begins_page(self, properties: Element | None, style: str) -> bool:
        found = self.styles.setting(properties, style, "w:pageBreakBefore")
        return found is not None and attribute(found, "w:val", "1") not in ("0", "false", "off")

    def _block(self, properties: Element | None, style: str) -> Block:
        """Return an empty block with what the paragraph's properties say."""
        styles = self.styles
        contents = styles.begins(style, "contents")
        title = styles.named(style, "title")
        alignment = styles.setting(properties, style, "w:jc")
        return Block(
            style=style,
            level=0 if contents or title else styles.level(properties, style),
            title=title,
            author=styles.named(style, "author"),
            quote=styles.named(style, "quote"),
            contents=contents,
            note=styles.named(style, "notes"),
            centred=alignment is not None and attribute(alignment, "w:val") == "center",
            itemised=styles.begins(style, "list"),
            list=_numbering(styles.setting(properties, style, "w:numPr")),
            indent=styles.indent(properties, style),
        )

    def _end_section(self, paragraph: Element) -> None:
        """Go on to the next section, on a new page where it asks for one, if one ends here."""
        ending = child(paragraph, "w:pPr", "w:sectPr")
        if ending is None or ending not in self.breaks:
            return
        self.section = list(self.breaks).index(ending) + 1
        if self.section < len(self.breaks):
            type_ = child(self.breaks[self.section], "w:type")
            how = attribute(type_, "w:val", "nextPage") if type_ is not None else "nextPage"
            if how in ("nextPage", "oddPage", "evenPage"):
                self.pages.turn(how)

    def _table(self, table: Element) -> Iterator[Block]:
        """Yield a table's rows as blocks; a row of one cell is paragraphs like any other."""
        self.tables += 1
        number = self.tables
        for row in _named(table, "w:tr"):
            if child(row, "w:trPr", "w:del") is not None:
                continue
            cells = [cell for cell in _named(row, "w:tc") if not _deleted(cell)]
            if len(cells) == 1:
                yield from self.blocks(cells[0])
                continue
            outer = Block(table=number)
            nested: list[Block] = []
            for order, cell in enumerate(cells):
                if order:
                    outer.bits.append(Bit("\t"))
                inside = self.blocks(cell)
                own = [block for block in inside if not block.table]
                nested.extend(block for block in inside if block.table)
                outer.bits.extend(stacked(own))
            yield outer
            yield from nested


def _items(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a container, through all that only wraps them."""
    for item in container:
        name = kind(item)
        if name in _TRANSPARENT:
            yield from _items(item)
        elif name == "mc:AlternateContent":
            chosen = alternative(item)
            if chosen is not None:
                yield from _items(chosen)
        elif name in ("w:p", "w:tbl", "w:altChunk", "w:subDoc"):
            yield item


def _named(container: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through all that only wraps them."""
    for item in container:
        found = kind(item)
        if found == name:
            yield item
        elif found in _TRANSPARENT:
            yield from _named(item, name)


def _deleted(cell: Element) -> bool:
    return child(cell, "w:tcPr", "w:cellDel") is not None


def _runs_on(paragraph: Element) -> bool:
    """Return whether a paragraph and the next are one.

    They are where the paragraph's mark is deleted, or where it is a large initial.
    """
    properties = child(paragraph, "w:pPr")
    mark = child(properties, "w:rPr")
    if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
        return True
    frame = child(properties, "w:framePr")
    return frame is not None and attribute(frame, "w:dropCap") in ("drop", "margin")


def _numbering(properties: Element | None) -> str:
    """Return the id of the numbering in a ``w:numPr``, "" for none."""
    number = child(properties, "w:numId")
    value = attribute(number, "w:val") if number is not None else ""
    return "" if value == "0" else value


def section_breaks(body: Element) -> list[Element]:
    """Return the ``w:sectPr`` of a body, in the order of the sections they end."""
    return [
        found
        for found in elements(body, "w:sectPr")
        if not any(
            kind(above) in ("w:txbxContent", "w:sectPrChange") for above in found.iterancestors()
        )
    ]
