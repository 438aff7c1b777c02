"""The bits of an OpenDocument paragraph: its pieces with their looks, its notes, its pages."""

from __future__ import annotations

from collections.abc import Callable

from scholiast.packages.odf import Element, Piece, attribute, kind, pieces
from scholiast.packages.ooxml import symbols
from scholiast.readers.odt.styles import Look, Styles
from scholiast.structure.flow.bits import Bit, add
from scholiast.structure.flow.pages import Pages


def bits(
    paragraph: Element,
    number: int,
    styles: Styles,
    pages: Pages,
    stands_out: bool,
    place: Callable[[Element], list[Bit]],
    line: int = 0,
) -> list[Bit]:
    """Return the bits of a paragraph with the number ``number``.

    ``stands_out``: it is one that its own style sets in italics as a whole.
    ``place`` gives the bits of what a note or a deleted stretch leaves there.
    """
    found: list[Bit] = []
    style = attribute(paragraph, "text:style-name")
    look: Look | None = None
    home: tuple[Element, ...] | None = None
    for piece in pieces(paragraph):
        if kind(piece.element) == "text:soft-page-break" and piece.place == "leaf":
            pages.rendered()
            continue
        if piece.spans != home or look is None:
            home = piece.spans
            look = styles.look(tuple(_style(span) for span in home if _style(span)), style)
        if not piece.text:
            for bit in place(piece.element) if not (piece.hidden or look.hidden) else ():
                _put(found, bit, piece, number, pages.now, line)
            continue
        bit = _bit(piece, number, look, stands_out)
        bit.line = line
        if bit.shown and bit.text.strip():
            pages.ink()
        bit.page = pages.now
        add(found, bit)
    return found


def _style(span: Element) -> str:
    return attribute(span, "text:style-name")


def _put(found: list[Bit], bit: Bit, piece: Piece, number: int, page: int, line: int) -> None:
    """Add what stands at a place without words of its own."""
    if bit.reference is not None:
        bit.paragraph, bit.source, bit.line = number, piece.start, line
        bit.page = bit.reference.page = page
        found.append(bit)
    else:
        bit.page = page
        add(found, bit)


def _bit(piece: Piece, number: int, look: Look, stands_out: bool) -> Bit:
    """Return a piece with its looks."""
    italic = look.italic
    if stands_out:
        # The paragraph's own italics mean nothing; what is set off from them does,
        # and what somebody marked by hand.
        italic = not italic or look.marked
    hidden = piece.hidden or look.hidden
    shown = symbols(piece.text, look.font)
    bit = Bit(
        shown,
        number,
        piece.start,
        "markup" if hidden else "text",
        italic,
        look.raised,
        look.bold,
        crossing=piece.repeats and look.raised,
    )
    if shown != piece.text and not hidden:
        bit.repair, bit.original, bit.stop = "symbol-font", piece.text, piece.end
    elif hidden:
        bit.text = piece.text
    return bit
