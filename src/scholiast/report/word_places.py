"""From a place in the reading text to a place in the body of a Word file.

Word takes comments in the body alone: what stands in a note is led to the
note's mark, what stands nowhere (a callout, a running head) to its mark or to
the word before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final, NamedTuple

from scholiast.model import Document, Node, Place, Segment
from scholiast.text import Index

_WORD_BEFORE: Final = re.compile(r"\S{1,24}$")
_WORD_AFTER: Final = re.compile(r"\S{1,24}")
#: Letters looked at for the word before or after a place.
_NEAR: Final = 60


class Anchor(NamedTuple):
    """Where a comment hangs: from an offset in one paragraph to an offset in another.

    Offsets count in the text that ``packages.ooxml.pieces`` gives of the
    paragraph. Equal places mean a note reference that stands there, the one
    with the number ``ordinal`` of those at the same offset.
    """

    paragraph: int
    start: int
    last_paragraph: int
    end: int
    ordinal: int = 0
    exact: bool = True
    inside_note: bool = False


class Places:
    """Answers where the places of one document stand in one part of its file."""

    def __init__(self, document: Document, part: str) -> None:
        self._document = document
        self._index = Index(document)
        self._note_starts = [note.start for note in self._index.notes]
        wanted = part.casefold()
        own = [s for s in document.segments if s.part.casefold() == wanted and s.paragraph >= 0]
        self._shown = [s for s in own if s.start < s.end]
        self._starts = [s.start for s in self._shown]
        self._ends = [s.end for s in self._shown]
        self._silent: dict[int, list[Segment]] = {}
        for segment in own:
            if segment.start == segment.end:
                self._silent.setdefault(segment.start, []).append(segment)
        self._callouts: dict[int, list[Node]] = {}
        for callout in self._index.callouts:
            self._callouts.setdefault(callout.start, []).append(callout)

    def anchor(self, place: Place) -> Anchor | None:
        """Return where a comment on a place hangs; None where the part holds no text at all."""
        note = self._index.note_at(place.start) if place.start > self._document.body_end else None
        if place.start < place.end:
            found = self._words(place.start, place.end)
            if found is not None:
                return found
        elif note is None or self._silent.get(place.start):
            found = self._mark(place)
            if found is not None:
                return found
        if note is not None:
            return self._at_note(note)
        return self._beside(place.start)

    def first(self) -> Anchor | None:
        """Return the first word of the part."""
        return self._beside(0)

    def _words(self, start: int, end: int) -> Anchor | None:
        """Return the anchor of the words ``start:end``, without the blanks at their edges."""
        words = self._document.text[start:end]
        if words.strip():
            start, end = end - len(words.lstrip()), start + len(words.rstrip())
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        if first > last:
            return None
        opening, closing = self._shown[first], self._shown[last]
        a = _source(opening, max(start, opening.start), opening.source)
        b = _source(closing, min(end, closing.end), closing.source_end)
        exact = opening.start <= start and end <= closing.end
        if (opening.paragraph, a) >= (closing.paragraph, b):
            # The reading order is not the file's (a text box): keep to where the words begin.
            b = _source(opening, min(end, opening.end), opening.source_end)
            return Anchor(opening.paragraph, a, opening.paragraph, b, exact=False)
        return Anchor(opening.paragraph, a, closing.paragraph, b, exact=exact)

    def _mark(self, place: Place) -> Anchor | None:
        """Return the anchor of what stands at a place in the file and not in the text."""
        silent = self._silent.get(place.start, [])
        quote = place.quote.strip()
        named = [s for s in silent if quote and s.original.strip() == quote]
        marks = self._marks(place.start)
        if not named and not marks:
            return None
        return self._segment((named or marks)[0], exact=bool(named) or not quote)

    def _marks(self, position: int) -> list[Segment]:
        """Return the marks of the callouts at a position, without brackets and commas."""
        labels = {callout.label for callout in self._callouts.get(position, [])}
        marks = [s for s in self._silent.get(position, []) if s.role == "mark" and labels]
        return [s for s in marks if s.original.strip() in labels] or marks

    def _segment(self, segment: Segment, *, exact: bool = True, note: bool = False) -> Anchor:
        """Return the anchor of a segment that is not in the reading text."""
        same = [
            other
            for other in self._silent[segment.start]
            if (other.paragraph, other.source, other.role)
            == (segment.paragraph, segment.source, segment.role)
        ]
        return Anchor(
            segment.paragraph,
            segment.source,
            segment.paragraph,
            segment.source_end,
            same.index(segment),
            exact,
            note,
        )

    def _at_note(self, note: Node) -> Anchor | None:
        """Return the anchor of a note's mark; of the nearest one before where it has none."""
        notes = self._index.notes
        at = bisect_right(self._note_starts, note.start) - 1
        for near in (note, *reversed(notes[:at]), *notes[at + 1 :]):
            callout = self._index.node(near.link) if near.link else None
            if callout is None:
                continue
            row = self._callouts.get(callout.start, [])
            marks = self._marks(callout.start)
            if marks:
                own = [s for s in marks if s.original.strip() == callout.label] or marks
                segment = marks[row.index(callout)] if len(marks) == len(row) else own[0]
                return self._segment(segment, exact=False, note=True)
            found = self._beside(callout.start)
            return found._replace(inside_note=True) if found else None
        found = self._beside(self._document.body_end)
        return found._replace(inside_note=True) if found else None

    def _beside(self, position: int) -> Anchor | None:
        """Return the anchor of the word before a place, or else of the one after it."""
        if not self._shown:
            return None
        text = self._document.text
        gap = text.rfind("\n\n", 0, position)
        left = max(gap + 2 if gap >= 0 else 0, position - _NEAR)
        before = text[left:position].rstrip()
        found = None
        if match := _WORD_BEFORE.search(before):
            found = self._words(left + match.start(), left + match.end())
        if found is None and (match := _WORD_AFTER.search(text, position)):
            found = self._words(*match.span())
        if found is None:
            at = max(0, bisect_right(self._starts, position) - 1)
            near = self._shown[at]
            found = self._words(near.start, near.end)
        return found._replace(exact=False) if found else None


def _source(segment: Segment, position: int, edge: int) -> int:
    """Return the offset in the file of a position in a segment.

    Where the reader changed the length, there is no telling inside: it is ``edge``.
    """
    if segment.end - segment.start != segment.source_end - segment.source:
        return edge
    return segment.source + position - segment.start
