"""The pages of a PDF become a Document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Node, Trouble
from scholiast.readers.pdf.blocks import Blocks
from scholiast.readers.pdf.columns import gutters, in_order
from scholiast.readers.pdf.furniture import Sheet, take_furniture
from scholiast.readers.pdf.headings import PdfHeading, headings
from scholiast.readers.pdf.initials import place_initials, take_initials
from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.numbering import Numberer
from scholiast.readers.pdf.page import Page, Run
from scholiast.readers.pdf.rows import rows
from scholiast.readers.pdf.setting import Setter
from scholiast.readers.pdf.survey import body_size, settle
from scholiast.readers.pdf.zones import foot_of, zones
from scholiast.structure import lines as plain
from scholiast.structure.assembly import ordered, ordered_nodes
from scholiast.structure.joins import Joiner
from scholiast.structure.vocabulary import words

#: A text with more characters without a meaning (of a hundred) has a broken map.
BROKEN: Final = 25
#: A page with fewer characters than this and a picture is one of a scan.
SCANTY: Final = 20

#: So many pages are named at most.
MOST_LISTED: Final = 12
RECOGNISE: Final = "use --ocr to have the pages recognised"


def troubles(pages: Sequence[Page], settings: Settings) -> tuple[Trouble, ...]:
    """Return what hinders reading: pages that are pictures, characters without a meaning."""
    letters = sum(len(run.text) for page in pages for run in page.runs)
    faulty = sum(page.faulty for page in pages)
    if letters and faulty * 100 > BROKEN * letters:
        return (
            Trouble(
                "unreadable-file",
                "its fonts do not tell which letters they show, so that the text comes out as "
                f"signs without a meaning: {RECOGNISE}",
            ),
        )
    pictured = [page for page in pages if _picture(page)]
    if pictured and letters < SCANTY * len(pages):
        return (
            Trouble(
                "unreadable-file",
                f"its pages are pictures of a scan without text: {RECOGNISE}",
            ),
        )
    damaged = [page.number for page in pages if page.characters < 0]
    if damaged and len(damaged) == len(pages):
        return (
            Trouble("unreadable-file", "none of its pages can be read: get the file once more"),
        )
    found = []
    if pictured:
        numbers = _listed([page.number for page in pictured])
        found.append(f"{numbers} a picture without text: {RECOGNISE}")
    if damaged:
        found.append(f"{_listed(damaged)} damaged: get the file once more")
    return tuple(Trouble("unreadable-pages", why) for why in found)


def _listed(numbers: Sequence[int]) -> str:
    """Return the counted numbers of pages in words."""
    few = ", ".join(map(str, numbers[:MOST_LISTED]))
    more = " and others" if len(numbers) > MOST_LISTED else ""
    return f"page {few} is" if len(numbers) == 1 else f"pages {few}{more} are each"


def unread(pages: Sequence[Page]) -> list[Page]:
    """Return the pages that are pictures without text, or whose letters have no meaning."""
    return [page for page in pages if _picture(page) or _meaningless(page)]


def _meaningless(page: Page) -> bool:
    """Return whether the fonts of a page do not tell which letters they show."""
    letters = sum(len(run.text) for run in page.runs)
    return bool(letters) and page.faulty * 100 > BROKEN * letters


def _picture(page: Page) -> bool:
    """Return whether a page is a picture without text."""
    if sum(len(run.text.strip()) for run in page.runs) >= SCANTY:
        return False
    area = page.width * page.height or 1.0
    return any((r - left) * (t - b) > 0.4 * area for left, b, r, t in page.pictures)


def document_of(document: Document, pages: Sequence[Page]) -> Document:
    """Return a Document with the text and the structure of pages."""
    body = body_size(pages)
    initials = {page.number: take_initials(page, body) for page in pages}
    sheets = [Sheet(page, rows(page.runs)) for page in pages]
    take_furniture(sheets, body)
    lines = _lines(sheets, initials, body)
    if not lines:
        return document
    habits = settle(lines, body)
    by_number = {page.number: page for page in pages}
    feet = zones(lines, by_number, habits)
    told = headings(lines, {at for zone in feet for at in range(zone.first, zone.last)}, habits)
    numbering = Numberer(lines, feet, told, habits, by_number).number()
    blocks = Blocks(lines, told, habits, by_number).made()
    vocabulary = words("\n".join(line.text for line in lines))
    joiner = Joiner(_layout(lines), vocabulary)
    setter = Setter(lines, sheets, numbering, joiner, vocabulary)
    body_end = setter.body(blocks, title="", authors=())
    setter.notes()
    nodes = ordered_nodes(setter.out.nodes)
    return replace(
        document,
        text=setter.out.joined(),
        body_end=body_end,
        segments=ordered(setter.out.segments),
        nodes=nodes,
        title=_title(nodes),
    )


def _lines(sheets: Sequence[Sheet], initials: dict[int, list[Run]], body: float) -> list[Line]:
    """Return the lines of all pages in reading order."""
    strips = [gutters(sheet.rows) for sheet in sheets]
    found: list[Line] = []
    for sheet, own in zip(sheets, strips, strict=True):
        column = found[-1].column if found else 0
        foot = foot_of(sheet.page, sheet.rows, own, body)
        lines = in_order(sheet.page, sheet.rows, own, foot, column)
        place_initials(initials[sheet.page.number], lines, sheet.page.number)
        _dots(sheet.page, lines)
        found.extend(lines)
    at = 0
    for line in found:
        line.at = at
        at += len(line.text) + 1
    return found


def _dots(page: Page, lines: Sequence[Line]) -> None:
    """Find the lines that a drawn sign of an item stands before."""
    for left, bottom, right, top in page.dots:
        middle = (bottom + top) / 2
        for line in lines:
            near = 0 < line.left - right < 2.5 * line.size and line.left - left < 4 * line.size
            if near and line.base - 0.1 * line.size < middle < line.base + 0.7 * line.size:
                line.dotted = line.opens = True


def _layout(lines: Sequence[Line]) -> plain.Layout:
    """Return the lines as those of a plain text, for its habit with hyphens."""
    return plain.Layout(
        [plain.Line(n, n + 1, line.at, line.text, 0, line.page) for n, line in enumerate(lines)]
    )


def _title(nodes: Sequence[Node]) -> str:
    """Return the heading that is the title of the whole, where there is one."""
    first = next((node for node in nodes if node.kind == "section"), None)
    return first.title if first is not None and first.role == "article" else ""


__all__ = ["Counter", "PdfHeading", "document_of", "troubles"]
