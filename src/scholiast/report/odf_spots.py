"""Where in the XML of an OpenDocument text a comment begins and ends, and how it gets there.

Both are elements among the characters, at the exact words. Where no comment
may stand (a field, a text box) it stands around the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from scholiast.packages.odf import Element, Piece, kind, paragraphs, pieces, raw_offset
from scholiast.report.word_places import Anchor

#: What comments may stand in, below a paragraph.
_OPEN: Final = frozenset(("text:span", "text:a", "text:meta", "text:p", "text:h"))


class Spot(NamedTuple):
    """A place among characters: an element, "text", "tail", "before" or "behind", an offset."""

    element: Element
    place: str
    offset: int = 0


class Spots(NamedTuple):
    """Where a comment begins and ends; ``exact``: that is its words and nothing else."""

    start: Spot
    end: Spot
    exact: bool


class Put(NamedTuple):
    """An element to be put at a spot."""

    spot: Spot
    opens: bool
    element: Element


class Body:
    """The XML of a text, asked for the spots of anchors."""

    def __init__(self, root: Element) -> None:
        self._paragraphs = list(paragraphs(root))
        self._pieces: dict[int, list[Piece]] = {}

    def spots(self, anchor: Anchor) -> Spots | None:
        """Return where a comment begins and ends; None where the file has no such place."""
        count = len(self._paragraphs)
        if not (0 <= anchor.paragraph < count and 0 <= anchor.last_paragraph < count):
            return None
        if (anchor.paragraph, anchor.start) == (anchor.last_paragraph, anchor.end):
            return self._mark(anchor)
        first, last = self._taken(anchor.paragraph), self._taken(anchor.last_paragraph)
        opening = next((p for p in first if p.text and p.end > anchor.start), None)
        closing = next((p for p in reversed(last) if p.text and p.start < anchor.end), None)
        if opening is None or closing is None:
            return None
        start, sharp = _spot(opening, max(anchor.start, opening.start), "before")
        end, sharp_too = _spot(closing, min(anchor.end, closing.end), "behind")
        return Spots(start, end, anchor.exact and sharp and sharp_too)

    def anywhere(self) -> Spots | None:
        """Return spots around the first characters of the text; None where there are none."""
        for number in range(len(self._paragraphs)):
            if _outer(self._paragraphs[number]) is not None:
                continue
            found = next((piece for piece in self._taken(number) if piece.text), None)
            if found is not None:
                return _whole(found)
        return None

    def _taken(self, number: int) -> list[Piece]:
        if number not in self._pieces:
            self._pieces[number] = pieces(self._paragraphs[number])
        return self._pieces[number]

    def _mark(self, anchor: Anchor) -> Spots | None:
        """Return the spots around a note, or at what else stands there without characters."""
        row = [
            piece
            for piece in self._taken(anchor.paragraph)
            if piece.start == piece.end == anchor.start and kind(piece.element) == "text:note"
        ]
        if not row:
            near = next((p for p in self._taken(anchor.paragraph) if p.text), None)
            return _whole(near) if near is not None else None
        note = row[min(anchor.ordinal, len(row) - 1)]
        start, sharp = _spot(note, note.start, "before")
        end, _ = _spot(note, note.end, "behind")
        return Spots(start, end, anchor.exact and sharp)


def _whole(piece: Piece) -> Spots:
    """Return spots around all of a piece, for what has no finer place."""
    start, end = _spot(piece, piece.start, "before"), _spot(piece, piece.end, "behind")
    return Spots(start[0], end[0], exact=False)


def _spot(piece: Piece, offset: int, side: str) -> tuple[Spot, bool]:
    """Return the spot of an offset in a piece, and whether it is just there."""
    holder = piece.element if piece.place == "text" else piece.element.getparent()
    closed = _closed(holder)
    if closed is not None:
        return Spot(closed, side), False
    if piece.place == "leaf":
        edge = piece.start if side == "before" else piece.end
        return Spot(piece.element, side), offset == edge
    raw = (piece.element.text if piece.place == "text" else piece.element.tail) or ""
    return Spot(piece.element, piece.place, raw_offset(raw, piece.led, offset - piece.start)), True


def _closed(element: Element | None) -> Element | None:
    """Return the outermost thing around an element that no comment may stand in, or None."""
    found: Element | None = None
    while element is not None and kind(element) not in ("office:text", ""):
        name = kind(element)
        if name in ("text:p", "text:h"):
            frame = _outer(element)
            return frame if frame is not None else found
        if name not in _OPEN:
            found = element
        element = element.getparent()
    return found


def _outer(paragraph: Element) -> Element | None:
    """Return the frame that a paragraph stands in, as the outermost one is anchored, or None."""
    frame: Element | None = None
    for above in paragraph.iterancestors():
        if kind(above).startswith("draw:"):
            frame = above
    if frame is not None and kind(frame.getparent()) not in _OPEN:  # type: ignore[arg-type]
        return None
    return frame


def put(marks: Iterable[Put]) -> None:
    """Put all marks where they belong; the tree is changed in place.

    Marks of one spot stand in the order given, those that end a comment first.
    """
    rows: dict[Spot, list[Put]] = {}
    for mark in sorted(marks, key=lambda mark: mark.opens):
        rows.setdefault(mark.spot, []).append(mark)
    # From the last offset of a run of characters to the first, so that the others stay.
    for spot, row in sorted(rows.items(), key=lambda item: -item[0].offset):
        for mark in reversed(row) if spot.place != "before" else row:
            _insert(spot, mark.element)


def _insert(spot: Spot, added: Element) -> None:
    """Put one element at a spot; what was put there before stands behind it."""
    element = spot.element
    if spot.place == "text":
        raw = element.text or ""
        element.text, added.tail = raw[: spot.offset], raw[spot.offset :] or None
        element.insert(0, added)
    elif spot.place == "before":
        element.addprevious(added)
    else:
        raw = element.tail or ""
        offset = spot.offset if spot.place == "tail" else 0
        element.tail = None
        element.addnext(added)
        element.tail, added.tail = raw[:offset] or None, raw[offset:] or None
