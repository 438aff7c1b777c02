"""A manuscript as a PDF, set as a journal sets an article.

Notes stand at the feet of their columns, below a rule, and run over to the next
foot where they are too long; heads and page numbers run; sections begin with
large initials; words are broken over lines. The bytes are the same wherever the
same fonts are installed (``tools.pdf_type``).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from tools.manuscript import Manuscript
from tools.pdf_blocks import Setter
from tools.pdf_layout import Frame, Item, Layout, Page, Set, Strip
from tools.pdf_lines import Line, set_lines
from tools.pdf_pages import filled
from tools.pdf_rows import figure
from tools.pdf_type import SLANT, Glyph, Style, glyphs, width

#: The two designs of the specimens.
ONE_COLUMN: Final = Layout()
TWO_COLUMNS: Final = Layout(
    width=595.0,
    height=842.0,
    margin=54.0,
    columns=2,
    size=9.5,
    note_size=7.5,
    note_numbers="plain",
    numbers_at="foot",
    first_page=1043,
)
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def write(manuscript: Manuscript, layout: Layout = ONE_COLUMN) -> bytes:
    """Return a manuscript as the bytes of a PDF.

    Marks without a note are printed and lead nowhere; notes without a mark
    stand behind the note before them; a second note under a label stands
    behind the first. Where the text ends with a heading for its notes, they
    follow that heading.
    """
    setter = Setter(manuscript, layout)
    body = _with_figure(list(setter.body()), layout)
    pages = filled(body, setter.notes(), layout)
    buffer = io.BytesIO()
    canvas = _canvas(buffer, manuscript, layout)
    for number, page in enumerate(pages):
        items = [*_furniture(manuscript, layout, number, setter.chinese), *page.items]
        _draw(canvas, items, layout)
        if layout.outline:
            _bookmark(canvas, page, layout, number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def number_of_page(layout: Layout, page: int) -> str:
    """Return the printed number of a page, counted from 0."""
    if page >= layout.roman_pages:
        return str(layout.first_page + page - layout.roman_pages)
    left, found = page + 1, ""
    for value, letters in _ROMAN:
        found += letters * (left // value)
        left %= value
    return found


def _canvas(buffer: io.BytesIO, manuscript: Manuscript, layout: Layout) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        buffer,
        pagesize=(layout.width, layout.height),
        pageCompression=int(layout.compressed),
        invariant=1,
        lang=str(manuscript.head.get("language", "en")),
    )
    canvas.setTitle(str(manuscript.head.get("title", "")))
    canvas.setAuthor(", ".join(_people(manuscript)))
    canvas.setCreator("Scholiast specimens")
    return canvas


def _people(manuscript: Manuscript) -> tuple[str, ...]:
    for key in ("authors", "editors"):
        if manuscript.head.get(key):
            return tuple(map(str, manuscript.head[key]))
    return ()


def _with_figure(body: list[Strip], layout: Layout) -> list[Strip]:
    """Return strips with the figure behind the n-th that a paragraph may end with."""
    if not layout.figure_after:
        return body
    ends = [at for at, strip in enumerate(body) if at and body[at - 1].keep and not strip.keep]
    at = ends[min(layout.figure_after, len(ends)) - 1] + 1
    return [*body[:at], figure(layout), *body[at:]]


def _furniture(manuscript: Manuscript, layout: Layout, page: int, chinese: bool) -> Iterator[Item]:
    """Yield the running head of a page and its number; the first page has no head."""
    style = Style(8.0)
    right = layout.width - layout.margin
    number = _line(number_of_page(layout, page), style, chinese)
    title = str(manuscript.head.get("title", "")).partition(":")[0].partition("：")[0]
    people = " and ".join(name.split()[-1] if not chinese else name for name in _people(manuscript))
    if layout.running_heads and page:
        words = title if page % 2 else people
        line = _line(words, Style(8.0, italic=True), chinese)
        at_foot = layout.numbers_at == "foot"
        y = layout.top - 24
        free = right - layout.margin - width(line.glyphs)
        yield Set(layout.margin + (free / 2 if not at_foot else 0.0), y, line)
        if not at_foot:
            outside = layout.margin if page % 2 else right - width(number.glyphs)
            yield Set(outside, y, number)
        yield Frame(layout.margin, y + 5, right - layout.margin)
    if layout.numbers_at == "foot" or not page or not layout.running_heads:
        middle = (layout.width - width(number.glyphs)) / 2
        yield Set(middle, layout.height - layout.bottom + 28, number)


def _line(words: str, style: Style, chinese: bool) -> Line:
    own = glyphs(words, style, chinese=chinese)
    return set_lines(own, lambda _: 9999.0, justified=False, hyphenated=False)[0]


def _draw(canvas: Any, items: Sequence[Item], layout: Layout) -> None:
    canvas.setLineWidth(0.5)
    for item in items:
        y = layout.height - item.y
        if isinstance(item, Set):
            _draw_line(canvas, item.line, item.x, y)
        elif item.height:
            canvas.rect(item.x, y - item.height, item.width, item.height)
        else:
            canvas.line(item.x, y, item.x + item.width, y)


def _draw_line(canvas: Any, line: Line, x: float, y: float) -> None:
    """Draw a line, one piece for all characters set alike up to a blank that is stretched."""
    text = canvas.beginText()
    links: list[tuple[str, float, float, float]] = []
    spacing = 0.0
    for piece in _pieces(line):
        first = piece[0]
        style = first.style
        if spacing != line.letter:
            spacing = line.letter
            text.setCharSpace(spacing)
        text.setFont(first.face, style.size)
        if first.slanted:
            text.setTextTransform(1, 0, SLANT, 1, x, y + style.rise)
        else:
            text.setTextOrigin(x, y + style.rise)
        text.textOut("".join(glyph.character for glyph in piece))
        blanks = sum(glyph.character == " " for glyph in piece)
        wide = width(piece) + line.blank * blanks + line.letter * len(piece)
        if style.href:
            links.append((style.href, x, x + wide, style.size))
        x += wide
    if spacing:
        text.setCharSpace(0)
    canvas.drawText(text)
    for href, left, right, size in links:
        canvas.linkURL(href, (left, y - 2, right, y + size), relative=0, thickness=0)


def _pieces(line: Line) -> Iterator[tuple[Glyph, ...]]:
    for _, group in groupby(line.glyphs, key=lambda glyph: (glyph.face, glyph.style)):
        piece: list[Glyph] = []
        for glyph in group:
            piece.append(glyph)
            if glyph.character == " " and line.blank:
                yield tuple(piece)
                piece = []
        if piece:
            yield tuple(piece)


def _bookmark(canvas: Any, page: Page, layout: Layout, number: int) -> None:
    for at, (title, y) in enumerate(page.titles):
        key = f"h{number}-{at}"
        canvas.bookmarkHorizontal(key, 0, layout.height - y)
        canvas.addOutlineEntry(title, key, level=0)
