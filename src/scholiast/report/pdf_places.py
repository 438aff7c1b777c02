"""From a place in the reading text to the boxes on the pages of its PDF.

What stands nowhere (a callout, a running head) leads to its mark or line, or
else to the word before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from scholiast.model import Document, Place, Segment
from scholiast.report.pdf_boxes import Box, Boxes, around, beside

_WORD_BEFORE: Final = re.compile(r"\S{1,24}$")
_WORD_AFTER: Final = re.compile(r"\S{1,24}")
#: Letters looked at for the word before or after a place.
_NEAR: Final = 60
#: Pieces of recognised words are joined over so much room, in heights of the line.
_BLANK: Final = 0.9


class Spots(NamedTuple):
    """Where a place stands: its lines on each page, in reading order.

    ``exact``: they cover its words and nothing else.
    """

    pages: tuple[tuple[int, tuple[Box, ...]], ...]
    exact: bool = True


class _Piece(NamedTuple):
    """A part of a segment on its page, with its characters there (0, 0 where unknown)."""

    page: int
    boxes: list[Box]
    start: int
    end: int


class Places:
    """Answers where on the pages the places of one document stand."""

    def __init__(self, document: Document, boxes: Boxes) -> None:
        self._document = document
        self._boxes = boxes
        own = [s for s in document.segments if 1 <= s.page <= boxes.pages]
        self._shown = [s for s in own if s.start < s.end]
        self._starts = [s.start for s in self._shown]
        self._ends = [s.end for s in self._shown]
        self._silent: dict[int, list[Segment]] = {}
        for segment in own:
            if segment.start == segment.end:
                self._silent.setdefault(segment.start, []).append(segment)

    def spots(self, place: Place) -> Spots | None:
        """Return where a place stands; None where it is the copy as a whole."""
        if place.start < place.end:
            found = self._words(place.start, place.end, place.quote)
            if found is not None:
                return found
        elif found := self._mark(place):
            return found
        if place.start == place.end == 0 and not place.quote.strip():
            return None
        return self._beside(place.start)

    def _words(self, start: int, end: int, quote: str = "") -> Spots | None:
        """Return where words stand, without the blanks at their edges.

        Where they are quoted with what stands between them in the file alone
        (a note mark), that is among them.
        """
        words = self._document.text[start:end]
        low, high = start, end
        if words.strip():
            start, end = end - len(words.lstrip()), start + len(words.rstrip())
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        pieces = [self._piece(segment, start, end) for segment in self._shown[first:last]]
        if quote.strip() and quote.strip() != words.strip():
            pieces = self._with_marks(low, high, quote, pieces)
        return _spots(self._joined(piece for piece in pieces if piece.boxes))

    def _with_marks(self, start: int, end: int, quote: str, pieces: list[_Piece]) -> list[_Piece]:
        """Return pieces with those of the marks between them that are quoted too."""
        found = list(pieces)
        quote = quote.strip()
        for position in range(start, end + 1):
            for segment in self._silent.get(position, ()):
                original = segment.original.strip()
                if segment.role != "mark" or not original or original not in quote:
                    continue
                inside = start < position < end
                if inside or (quote.startswith if position == start else quote.endswith)(original):
                    found.append(self._piece(segment, position, position))
        return sorted(found, key=lambda piece: (piece.page, piece.start))

    def _piece(self, segment: Segment, start: int, end: int) -> _Piece:
        """Return the part of a segment that a span covers."""
        low, high = max(start, segment.start), min(end, segment.end)
        length = segment.end - segment.start
        source, source_end = segment.source, segment.source_end
        if length and length == source_end - source and segment.role == "text":
            source, source_end = source + low - segment.start, source + high - segment.start
        elif segment.box and length and (high - low < length or source == source_end):
            share = _share(segment, low, high)
            return _Piece(segment.page, [share], 0, 0)
        boxes = self._boxes.of(segment.page, source, source_end)
        if not boxes and segment.box:
            boxes = [_share(segment, low, high) if length else _box(segment)]
        return _Piece(segment.page, boxes, source, source_end)

    def _joined(self, pieces: Iterator[_Piece]) -> Iterator[tuple[int, Box]]:
        """Yield the boxes of pieces, those made one that follow each other in a line."""
        before: _Piece | None = None
        held: Box | None = None
        page = 0
        for piece in pieces:
            joins = before is not None and self._follows(before, piece)
            for number, box in enumerate(piece.boxes):
                if held is not None and joins and number == 0 and beside(held, box):
                    held = around(held, box)
                    continue
                if held is not None:
                    yield page, held
                page, held = piece.page, box
            before = piece
        if held is not None:
            yield page, held

    def _follows(self, one: _Piece, other: _Piece) -> bool:
        """Return whether nothing is printed between two pieces."""
        if one.page != other.page:
            return False
        if one.end and other.end:
            return one.end <= other.start and self._boxes.blank(one.page, one.end, other.start)
        return beside(one.boxes[-1], other.boxes[0], apart=_BLANK)

    def _mark(self, place: Place) -> Spots | None:
        """Return where that stands which is at a place in the file and not in the text."""
        silent = self._silent.get(place.start, [])
        quote = place.quote.strip()
        named = [s for s in silent if quote and s.original.strip() == quote]
        marks = [s for s in silent if s.role == "mark"]
        for segment in (*named, *marks):
            boxes = self._boxes.of(segment.page, segment.source, segment.source_end)
            if not boxes and len(segment.box) == 4:
                boxes = [_box(segment)]
            if boxes:
                return Spots(((segment.page, tuple(boxes)),), exact=bool(named) or not quote)
        return None

    def _beside(self, position: int) -> Spots | None:
        """Return where the word before a place stands, or else the one after it."""
        text = self._document.text
        gap = text.rfind("\n\n", 0, position)
        left = max(gap + 2 if gap >= 0 else 0, position - _NEAR)
        found = None
        if match := _WORD_BEFORE.search(text[left:position].rstrip()):
            found = self._words(left + match.start(), left + match.end())
        if found is None and (match := _WORD_AFTER.search(text, position)):
            found = self._words(*match.span())
        return found._replace(exact=False) if found else None


def _spots(boxes: Iterator[tuple[int, Box]]) -> Spots | None:
    """Return boxes by their pages, in the order in which these come."""
    pages: dict[int, list[Box]] = {}
    for page, box in boxes:
        pages.setdefault(page, []).append(box)
    if not pages:
        return None
    return Spots(tuple((page, tuple(several)) for page, several in pages.items()))


def _box(segment: Segment) -> Box:
    left, bottom, right, top = segment.box
    return left, bottom, right, top


def _share(segment: Segment, low: int, high: int) -> Box:
    """Return the part of a segment's box that falls to a stretch of its characters."""
    left, bottom, right, top = segment.box
    width = (right - left) / (segment.end - segment.start)
    start, end = low - segment.start, high - segment.start
    return left + start * width, bottom, left + end * width, top
