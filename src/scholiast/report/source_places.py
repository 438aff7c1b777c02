"""From a place in the reading text to an offset in the decoded file it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from scholiast.model import Document, Place, Segment

_LAST_WORD: Final = re.compile(r"\S+\s*\Z")
_NEAR: Final = 60


class SourcePlaces:
    """Answers right behind which character of the file a remark on a place belongs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._shown = [s for s in document.segments if s.start < s.end]
        self._starts = [s.start for s in self._shown]
        self._silent: dict[int, list[Segment]] = {}
        for segment in document.segments:
            if segment.start == segment.end and segment.source < segment.source_end:
                self._silent.setdefault(segment.start, []).append(segment)

    def behind(self, place: Place) -> int:
        """Return the offset in the file behind the words of a place, 0 where there is none."""
        start, end = place.start, place.end
        words = self._document.text[start:end]
        if words.strip():
            return self._end(start + len(words.rstrip()))
        if start < end:
            return self._end(end)
        silent = self._silent.get(start, [])
        quote = place.quote.strip()
        named = [s for s in silent if quote and s.original.strip() == quote]
        marks = [s for s in silent if s.role == "mark"]
        for segment in (*named, *(marks if not quote or not named else [])):
            return segment.source_end
        before = self._document.text[max(0, start - _NEAR) : start]
        match = _LAST_WORD.search(before)
        return self._end(start - len(before) + len(before.rstrip())) if match else self._end(start)

    def _end(self, position: int) -> int:
        """Return the offset in the file behind the character before a position."""
        at = bisect_left(self._starts, position) - 1
        if at < 0:
            at = bisect_right(self._starts, position) - 1
            return self._shown[at].source if at >= 0 else 0
        segment = self._shown[at]
        if segment.end - segment.start != segment.source_end - segment.source:
            return segment.source_end
        return segment.source + min(position, segment.end) - segment.start
