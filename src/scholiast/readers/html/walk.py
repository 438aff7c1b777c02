"""The walk through a page: its elements, in order, become blocks; its notes get theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from scholiast.packages.hypertext import SILENT, Element, content, name
from scholiast.progress import OFTEN, reached
from scholiast.readers.html.attributes import held, held_blocks
from scholiast.readers.html.css import NOTHING, Look
from scholiast.readers.html.line import Line, Style, settled
from scholiast.readers.html.marks import is_item
from scholiast.readers.html.plan import Found, Plan
from scholiast.readers.html.tables import Tables
from scholiast.readers.html.tree import Page, blocks, classes, pieces, roles
from scholiast.structure.flow.bits import Bit, unbracketed
from scholiast.structure.flow.blocks import BULLETS, Block, Indent

_ITALIC: Final = frozenset(("em", "i", "cite", "dfn", "var"))
_BOLD: Final = frozenset(("b", "strong", "th"))
#: What stands before the number of a page.
_PAGE: Final = re.compile(
    r"[\[{(\s]*(?:pages?|pg|p|seite|s|стр|с|第)[\s_.:-]*(?=[\divxlc]+)", re.IGNORECASE
)


@dataclass(slots=True)
class Where:
    """What holds at a place of the page."""

    style: Style = field(default_factory=Style)
    level: int = 0
    title: bool = False
    author: bool = False
    quote: bool = False
    contents: bool = False
    note: bool = False
    centred: bool = False
    list: str = ""
    block: bool = False  # its element is a paragraph of its own
    left: int = 0
    right: int = 0
    first: int = 0

    def inner(self) -> Where:
        """Return a copy for an element within."""
        return Where(
            self.style, self.level, self.title, self.author, self.quote, self.contents, self.note,
            self.centred, self.list, False, self.left, self.right, self.first,
        )  # fmt: skip


@dataclass(slots=True, eq=False)
class Sink:
    """Where blocks go: the body, or a note; and the paragraph or row that is being written."""

    blocks: list[Block] = field(default_factory=list)
    line: Line | None = None
    row: Element | None = None  # the row of a table that is being written
    cell: bool = False  # something was written in its cell
    broken: bool = False  # a paragraph ended in its cell
    closed: bool = False  # what comes here goes nowhere


class Pages:
    """Counts the pages of print that a text tells of, and its tables."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.tables = 0

    @property
    def now(self) -> int:
        """The page of print at this place, counted from 1; 0 before the first."""
        return len(self.labels)


class Walk:
    """Goes through one page, once for its body and perhaps once more for notes elsewhere."""

    def __init__(self, page: Page, plan: Plan, pages: Pages, out: set[Element]) -> None:
        self.page = page
        self.plan = plan
        self.tells = False  # it goes through the whole text, and tells how far it is
        self.pages = pages
        self.out = out
        self.tables = Tables(plan.notes, pages.tables)
        self.met: set[Found] = set()
        self.body = Sink()
        self._sinks: list[Sink] = [self.body]
        self._open: list[Found] = []
        self._titles: set[Element] = set()
        self._headings: dict[Element, int] = {}
        self._line = 0
        self._quotes = 0

    def titled(self, elements: Iterable[Element]) -> None:
        """Say which headings are the title of the whole."""
        self._titles.update(elements)

    def headed(self, elements: Iterable[tuple[Element, int]]) -> None:
        """Say which paragraphs are headings, and how deep."""
        self._headings.update(elements)

    def run(self, top: Element, *, notes_only: bool = False) -> list[Block]:
        """Return the blocks of an element; of a page's notes alone they go to the notes."""
        from lxml import etree

        if notes_only:
            self.body.closed = True
        around = [Where()]
        walker = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
        skipped: Element | None = None
        for count, (event, element) in enumerate(walker):
            if self.tells and count % OFTEN == 0:
                self._reached(count)
            if event in ("comment", "pi"):
                self._line += (element.text or "").count("\n")
                self._text(element, element.tail, 1, around[-1])
            elif event == "start":
                if self._skipped(element, top, notes_only=notes_only):
                    skipped = element
                    walker.skip_subtree()
                    self._before(element)
                    continue
                around.append(self._start(element, around[-1]))
                self._text(element, element.text, 0, around[-1])
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._end(element, around.pop())
                if element is not top:
                    self._text(element, element.tail, 1, around[-1])
        while self._open:
            self._close()
        self._flush()
        self.pages.tables = self.tables.count
        found, self.body.blocks = self.body.blocks, []
        return found

    def _reached(self, count: int) -> None:
        """Tell how far the walk is; finding the text and its notes took half as long before."""
        total = 2 * len(self.page.numbers)  # every element begins and ends
        reached(total // 2 + min(count, total), total // 2 + total)

    # --- elements ------------------------------------------------------------

    def _skipped(self, element: Element, top: Element, *, notes_only: bool) -> bool:
        """Return whether an element and all in it is left out."""
        if element in self.plan.gone:
            return True
        if element is top:
            return False
        found = self.plan.notes.get(element)
        if found is not None:
            return found in self.met
        if element in self.plan.calls or element in self.plan.marks:
            return False
        if notes_only and not self._open:
            return name(element) in SILENT
        return element in self.out

    def _before(self, element: Element) -> None:
        """Note what a skipped element does to the line: it may end it, or begin a page."""
        label = self._page(element)
        if label is not None:
            self._turn(label)
        elif name(element) in blocks():
            self._flush()

    def _start(self, element: Element, where: Where) -> Where:
        while self._open and self._open[-1].before is element:
            self._close()
        found = self.plan.notes.get(element)
        call = self.plan.calls.get(element)
        if call is not None and found is not None:
            self._call(element, where)  # a note that stands where its mark would
        if found is not None:
            if self._open and self._open[-1].until is found.until and element is not found.until:
                self._close()
            self._begin(found)
            where = Where(note=where.note)
        self._line = max(self._line, int(str(element.sourceline or 0)))
        tag = name(element)
        look = self.page.sheet.look(element)
        block = tag in blocks() or bool(look.block)
        if block:
            self._block_begins(element, tag)
        label = self._page(element)
        inner = where.inner()
        inner.block = block
        self._looks(element, tag, look, inner, block=block)
        if label is not None:
            self._turn(label)
            inner.style = _with(inner.style, role="furniture")
        if call is not None and found is None:
            self._call(element, inner)
            inner.style = _with(inner.style, role="mark")
        elif element in self.plan.marks or (element in self.plan.calls and found is None):
            inner.style = _with(inner.style, role="mark")
        if tag == "br":
            self._break(inner)
        elif tag == "q":
            self._quotation("“" if self._quotes % 2 == 0 else "‘", element, inner)
            self._quotes += 1
        return inner

    def _end(self, element: Element, where: Where) -> None:
        tag = name(element)
        if tag == "q":
            self._quotes -= 1
            self._quotation("”" if self._quotes % 2 == 0 else "’", element, where)
        if where.block:
            self._block_ends(element, tag)
        while self._open and self._open[-1].until is element:
            self._close()

    def _looks(self, element: Element, tag: str, look: Look, inner: Where, *, block: bool) -> None:
        """Set what an element changes at its place."""
        style = inner.style
        changed: dict[str, bool] = {}
        if tag in _ITALIC:
            changed["italic"] = True
        if tag in _BOLD:
            changed["bold"] = True
        if tag in ("sup",):
            changed["raised"] = True
        if tag in ("pre", "listing", "xmp", "plaintext"):
            changed["pre"] = True
        if look is not NOTHING:
            for key in ("bold", "raised", "pre"):
                value = getattr(look, key)
                if value is not None:
                    changed[key] = value
            # A paragraph that is italic as a whole (a quotation, a caption) is so by its style.
            if look.italic is not None and not (
                block and tag in ("blockquote", "figcaption", "body", "html")
            ):
                changed["italic"] = look.italic
        if changed:
            inner.style = _with(style, **changed)
        if block:
            self._block_looks(element, tag, look, inner)

    def _block_looks(self, element: Element, tag: str, look: Look, inner: Where) -> None:
        """Set what a paragraph, a heading, a list or a quotation changes."""
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            inner.level = 0 if element in self._titles else int(tag[1])
            inner.title = element in self._titles
        elif element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            inner.level = int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
        elif element in self._headings:
            inner.level = self._headings[element]
        if tag == "blockquote":
            inner.quote = not _lists_in(element)
        elif tag in ("ul", "ol", "dl", "menu", "dir") and not inner.list:
            sort = BULLETS if tag == "ul" else ""
            inner.list = f"{sort}{self.page.part}{self.page.numbers[element]}{id(element)}"
        elif tag == "center" or (element.get("align") or "").lower() == "center":
            inner.centred = True
        if look.centred is not None:
            inner.centred = look.centred
        if element.attrib and tag in ("p", "div", "section", "aside", "li", "td"):
            self._told(element, tag, inner)
        for side in ("left", "right", "first"):
            value = getattr(look, side)
            if value is not None and tag in ("p", "div", "section"):
                setattr(inner, side, getattr(inner, side) + value if side != "first" else value)

    def _told(self, element: Element, tag: str, inner: Where) -> None:
        """Set what the class of a paragraph says that it is."""
        found = classes(element)
        if is_item(element):
            inner.note = True
        if not found:
            return
        parts = set(pieces(" ".join(found)))
        if (
            parts & {"quote", "blockquote", "quotation", "extract", "zitat", "msoquote", "disp"}
            and tag == "p"
        ):
            inner.quote = not ("pull" in parts or "pullquote" in parts)
        if {"block", "quote"} <= parts or {"disp", "quote"} <= parts:
            inner.quote = True
        if tag == "p" and (
            found & {"author", "authors", "byline", "article-author", "p-author", "dc-creator"}
        ):
            inner.author = True
        if any(one.startswith(("msotoc", "toc")) for one in found):
            inner.contents = True
        if tag == "p" and found & {"msotitle", "title", "document-title", "doctitle"}:
            inner.title = True
        for one in found:
            if tag == "p" and one.startswith("msoheading") and one[-1].isdigit():
                inner.level = int(one[-1])

    # --- blocks --------------------------------------------------------------

    @property
    def _sink(self) -> Sink:
        return self._sinks[-1]

    def _block_begins(self, element: Element, tag: str) -> None:
        sink = self._sink
        if tag == "tr" and sink.row is None and self.tables.is_row(element):
            self._flush()
            sink.row = element
            sink.line = Line(Block(table=self.tables.number(element), part=self.page.part))
            sink.cell = False
        elif (
            sink.row is not None and tag in ("td", "th") and self.tables.row_of(element) is sink.row
        ):
            if self.tables.follows(element) and sink.line is not None:
                sink.line.division("\t", self.pages.now)
            sink.cell = sink.broken = False
        elif sink.row is not None:
            sink.broken = sink.cell
        else:
            self._flush()

    def _block_ends(self, element: Element, tag: str) -> None:
        sink = self._sink
        if sink.row is element:
            sink.row = None
            self._flush()
        elif sink.row is not None:
            sink.broken = sink.cell
        else:
            self._flush()

    def _flush(self) -> None:
        """End the paragraph that is being written."""
        sink = self._sink
        if sink.row is not None:
            sink.broken = sink.cell
            return
        if sink.line is not None:
            block = sink.line.block
            block.bits = settled(unbracketed(block.bits))
            if block.bits and not sink.closed:
                sink.blocks.append(block)
            sink.line = None

    def _begun(self, where: Where) -> Line:
        """Return the paragraph that is being written, a new one where there is none."""
        sink = self._sink
        if sink.line is None:
            sink.line = Line(
                Block(
                    level=where.level,
                    title=where.title,
                    author=where.author,
                    quote=where.quote,
                    contents=where.contents,
                    note=where.note,
                    centred=where.centred,
                    list=where.list,
                    indent=Indent(where.left, where.right, where.first),
                    part=self.page.part,
                )
            )
        return sink.line

    # --- words ---------------------------------------------------------------

    def _text(self, element: Element, text: str | None, which: int, where: Where) -> None:
        if not text:
            return
        sink = self._sink
        if sink.closed:
            self._line += text.count("\n")
            return
        if sink.line is None and not text.strip(" \t\n\r\f"):
            self._line += text.count("\n")
            return
        if sink.row is not None and (sink.line is None or not self._in_cell(element, which)):
            self._line += text.count("\n")
            return
        line = self._begun(where)
        if sink.row is not None and text.strip(" \t\n\r\f"):
            if sink.broken and where.style.role == "text":
                line.division("\n", self.pages.now)
                sink.broken = False
            sink.cell = True
        number = self.page.numbers[element][which]
        line.text(text, number, self._line, self.pages.now, where.style)
        self._line += text.count("\n")

    def _in_cell(self, element: Element, which: int) -> bool:
        """Return whether a text node of a row stands in a cell and not between two."""
        return not (
            (which == 0 and name(element) in ("tr", "table", "tbody", "thead"))
            or (which == 1 and name(element) in ("td", "th", "tr"))
        )

    def _break(self, where: Where) -> None:
        """Write a line break."""
        if self._sink.closed or where.style.role != "text" or self._sink.line is None:
            return
        self._sink.line.division("\n", self.pages.now)

    def _quotation(self, sign: str, element: Element, where: Where) -> None:
        """Write a quotation mark that stands nowhere in the page, at the first text of ``q``."""
        if self._sink.closed or where.style.role != "text":
            return
        number = self.page.numbers[element][0]
        self._begun(where).quotation(sign, number, self._line, self.pages.now, where.style)

    # --- notes ---------------------------------------------------------------

    def _call(self, element: Element, where: Where) -> None:
        reference = self.plan.calls[element]
        if self._sink.closed:
            return
        if any(self._open):
            return  # a mark within a note: a reference to another
        reference.page = self.pages.now
        number, at = self._nearest(element)
        note = self.plan.held.get(element)
        if note is not None:
            note.blocks.extend(held_blocks(held(element), (number, at), self.page.part))
        bit = Bit(
            "", number, at, reference=reference, page=self.pages.now, raised=True, line=self._line
        )
        self._begun(where).mark(bit)

    def _nearest(self, element: Element) -> tuple[int, int]:
        """Return the text node in, or behind, a mark, and the offset in it."""
        for one in element.iter():
            own, behind = self.page.numbers.get(one, (-1, -1))
            if own >= 0:
                return own, 0
            if behind >= 0:
                return behind, 0
        previous = element.getprevious()
        if previous is not None and self.page.numbers[previous][1] >= 0:
            return self.page.numbers[previous][1], len(previous.tail or "")
        parent = element.getparent()
        if parent is not None and self.page.numbers[parent][0] >= 0:
            return self.page.numbers[parent][0], len(parent.text or "")
        return -1, 0

    def _begin(self, found: Found) -> None:
        """Begin a note: what was being written goes on behind it."""
        if name(found.start) in blocks():
            self._flush()
        self._open.append(found)
        self.met.add(found)
        self._sinks.append(Sink(found.note.blocks))

    def _close(self) -> None:
        self._flush()
        self._sinks.pop()
        self._open.pop()

    # --- pages ---------------------------------------------------------------

    def _page(self, element: Element) -> str | None:
        """Return the printed number of the page that begins at an element, None where none does."""
        told = classes(element)
        if not element.attrib or not (
            roles(element) & {"doc-pagebreak", "pagebreak"}
            or told
            & {
                "pagebreak",
                "page-break",
                "pagenum",
                "pageno",
                "page-number",
                "x-ebookmaker-pageno",
                "pb",
            }
        ):
            return None
        shown = " ".join(content(element).split())
        label = (
            element.get("aria-label") or element.get("title") or shown or element.get("id") or ""
        )
        return _PAGE.sub("", label, count=1).strip("[]{}() _.-")[:20]

    def _turn(self, label: str) -> None:
        if not self._sink.closed and label:
            self.pages.labels.append(label)


def _with(style: Style, **changed: object) -> Style:
    found = Style(style.italic, style.bold, style.raised, style.pre, style.role)
    for key, value in changed.items():
        setattr(found, key, value)
    return found


def _lists_in(element: Element) -> bool:
    """Return whether a block quotation is there only to set something in (a list, a table)."""
    inner = [one for one in element if isinstance(one.tag, str)]
    return (
        bool(inner)
        and all(name(one) in ("ul", "ol", "table", "dl") for one in inner)
        and not (element.text or "").strip()
    )
