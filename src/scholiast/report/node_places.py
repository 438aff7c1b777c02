"""From a place in the reading text to a text node of the page it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from scholiast.model import Document, Place, Segment

_LAST_WORD: Final = re.compile(r"\S+\s*\Z")
_NEAR: Final = 60


class NodePlace(NamedTuple):
    """A place behind ``offset`` characters of a text node; number -1 where there is none."""

    part: str
    number: int
    offset: int


NOWHERE: Final = NodePlace("", -1, 0)


class NodePlaces:
    """Answers behind which character of which text node a remark on a place belongs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._shown = [s for s in document.segments if s.start < s.end and s.paragraph >= 0]
        self._starts = [s.start for s in self._shown]
        self._silent: dict[int, list[Segment]] = {}
        for segment in document.segments:
            if segment.start == segment.end and segment.source < segment.source_end:
                self._silent.setdefault(segment.start, []).append(segment)

    def behind(self, place: Place) -> NodePlace:
        """Return where a remark on a place belongs."""
        start, end = place.start, place.end
        words = self._document.text[start:end]
        if words.strip():
            return self._end(start + len(words.rstrip()))
        if start < end:
            return self._end(end)
        quote = place.quote.strip()
        silent = self._silent.get(start, [])
        named = [s for s in silent if quote and s.original.strip(" []()") == quote.strip(" []()")]
        for segment in (*named, *(s for s in silent if s.role == "mark")):
            return NodePlace(segment.part, segment.paragraph, segment.source_end)
        before = self._document.text[max(0, start - _NEAR) : start]
        if _LAST_WORD.search(before):
            return self._end(start - len(before) + len(before.rstrip()))
        return self._end(start)

    def _end(self, position: int) -> NodePlace:
        """Return the place behind the character before a position."""
        at = bisect_left(self._starts, position) - 1
        if at < 0:
            return NOWHERE
        segment = self._shown[at]
        offset = segment.source_end
        if segment.role == "text":
            offset = segment.source + min(position, segment.end) - segment.start
        return NodePlace(segment.part, segment.paragraph, offset)
