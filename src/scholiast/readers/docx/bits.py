"""The bits of a Word paragraph: its pieces with their looks, its note references, its pages."""

from __future__ import annotations

import re
from typing import Final

from scholiast.packages.ooxml import Element, Piece, attribute, child, elements, kind, pieces
from scholiast.readers.docx.styles import Look, Styles
from scholiast.structure.flow.bits import Bit, Reference, add
from scholiast.structure.flow.pages import Pages

#: Word takes signs of up to ten characters; one that stands apart must be short.
_SIGN: Final = re.compile(r"\s*\S{1,10}")
_NEAR_SIGN: Final = re.compile(r"\s*\S{1,4}(?!\S)")


def bits(
    paragraph: Element, number: int, styles: Styles, style: str, pages: Pages, section: int = 0
) -> list[Bit]:
    """Return the bits of a paragraph of the style ``style`` with the number ``number``."""
    found: list[Bit] = []
    base = bool(styles.toggle(style, "w:i"))
    stands_out = bool(styles.level(child(paragraph, "w:pPr"), style)) or styles.named(
        style, "quote"
    )
    crossing = _repeats_notes(paragraph)
    signed: tuple[Reference, Element | None] | None = None  # a sign is still to come
    home: Element | None = None
    look: Look | None = None
    for piece in pieces(paragraph):
        name, run = kind(piece.element), piece.run
        if name in ("w:footnoteReference", "w:endnoteReference"):
            reference = _reference(piece, section, pages.now)
            found.append(Bit("", number, piece.start, reference=reference, page=pages.now))
            signed = (reference, run) if reference.custom else None
            continue
        if name in ("w:footnoteRef", "w:endnoteRef"):
            found.append(Bit("", number, piece.start, "mark", own_mark=True))
            continue
        if not piece.text:
            _turn_page(piece.element, name, pages)
            continue
        if run is not home or look is None:
            home, look = run, styles.look(child(run, "w:rPr"), style)
        bit = _bit(piece, number, look, base and stands_out)
        if bit.shown and bit.text.strip():
            pages.ink()
        bit.page = pages.now
        bit.crossing = crossing and bit.raised
        if signed is not None and bit.role == "text":
            split = _sign(signed, bit, run)
            signed = signed if len(split) == 1 and signed[1] is run else None
            for part in split or [bit]:
                add(found, part)
            continue
        add(found, bit)
    return found


def _bit(piece: Piece, number: int, look: Look, stands_out: bool) -> Bit:
    """Return a piece with its looks; ``stands_out``: its paragraph is italic by its style."""
    italic = look.italic
    if stands_out:
        # The paragraph's own italics mean nothing; what is set off from them does,
        # and what somebody marked by hand.
        italic = not italic or look.marked
    hidden = piece.hidden or look.hidden
    return Bit(
        piece.text,
        number,
        piece.start,
        "markup" if hidden else "text",
        italic,
        look.raised,
        look.bold,
    )


def _reference(piece: Piece, section: int, page: int) -> Reference:
    """Return the note reference of a piece."""
    sort = "footnote" if kind(piece.element) == "w:footnoteReference" else "endnote"
    custom = attribute(piece.element, "w:customMarkFollows") in ("1", "true", "on")
    id_ = attribute(piece.element, "w:id")
    return Reference(sort, id_, custom=custom, section=section, page=page)


def _turn_page(element: Element, name: str, pages: Pages) -> None:
    """Count a page that ends at an element."""
    if name == "w:lastRenderedPageBreak":
        pages.rendered()
    elif name == "w:br" and attribute(element, "w:type") == "page":
        pages.turn()


def _sign(signed: tuple[Reference, Element | None], bit: Bit, run: Element | None) -> list[Bit]:
    """Return a bit divided into the sign of a note and the rest, or [] where there is no sign.

    The sign stands in the run of its reference; else it is the next thing, raised.
    """
    reference, home = signed
    match = (_SIGN if home is run else _NEAR_SIGN).match(bit.text)
    if match is None or (home is not run and (reference.label or not bit.raised)):
        return []
    reference.label += match.group().strip().replace("\u2217", "*")
    sign, rest = bit.cut(0, match.end()), bit.cut(match.end(), len(bit.text))
    sign.role = "mark"
    return [sign, rest] if rest.text else [sign]


def _repeats_notes(paragraph: Element) -> bool:
    """Return whether a field of the paragraph repeats the number of a note (NOTEREF)."""
    codes = (element.text or "" for element in elements(paragraph, "w:instrText"))
    simple = (attribute(element, "w:instr") for element in elements(paragraph, "w:fldSimple"))
    return any(name in code for code in (*codes, *simple) for name in ("NOTEREF", "FTNREF"))
