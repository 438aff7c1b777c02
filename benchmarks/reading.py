"""Reading and checking a text as the program does it, and the way back to the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from benchmarks.streams import Lines, squeezed
from scholiast.config import Settings
from scholiast.model import Document, Finding, Node, Place, Segment, Source
from scholiast.text import Index

#: The families that exist now; later work adds others.
FAMILIES = ("DOC", "NOT")


@dataclass(frozen=True)
class Reading:
    """A document as the program read it, with what it found."""

    document: Document
    findings: tuple[Finding, ...]
    lines: Lines | None = None  # of the file, where it is a text

    @cached_property
    def index(self) -> Index:
        """Where spans of the document stand."""
        return Index(self.document)

    @cached_property
    def squeezed(self) -> tuple[str, tuple[int, ...]]:
        """The reading text squeezed, and where each of its characters stands in the text."""
        letters: list[str] = []
        offsets: list[int] = []
        text = self.document.text
        start = 0
        while start < len(text):
            # By words: a composed letter and its marks must stay together.
            end = start + 1
            while end < len(text) and not text[end].isspace():
                end += 1
            plain = squeezed(text[start:end])
            letters.append(plain)
            length = max(1, len(plain))
            offsets.extend(start + i * (end - start) // length for i in range(len(plain)))
            start = end
        return "".join(letters), tuple(offsets)

    def before(self, position: int, length: int = 80) -> str:
        """Return the squeezed text before a position, ``length`` characters of the text."""
        return squeezed(self.document.text[max(0, position - length) : position])

    def marks(self, position: int) -> Iterator[Segment]:
        """Yield the segments of what stands in the file, not in the text, at a position."""
        return (s for s in self.document.segments if s.start == s.end == position)

    def line(self, node: Node) -> int:
        """Return the line of a callout's mark, or of the first words of any other node.

        Counted here by the offset in the file; 0 where there are no lines.
        """
        segment = self._home(node)
        if segment is None or self.lines is None:
            return 0
        return self.lines.line(segment.source)

    def misled(self) -> int:
        """Return how many segments name another line than the one they stand on."""
        lines = self.lines
        if lines is None:
            return 0
        pieces = (s for s in self.document.segments if s.role in ("text", "mark"))
        return sum(s.line != lines.line(s.source) for s in pieces)

    def _home(self, node: Node) -> Segment | None:
        if node.kind == "callout":
            for segment in self.marks(node.start):
                if segment.role == "mark" and node.label in segment.original:
                    return segment
            return self.index.segment(max(0, node.start - 1))
        return self.index.segment(node.start)

    def ancestors(self, node: Node) -> Iterator[Node]:
        """Yield the sections around a node, the innermost first."""
        parent = self.index.node(node.parent)
        while parent is not None:
            yield parent
            parent = self.index.node(parent.parent)

    def origin(self, place: Place) -> frozenset[int]:
        """Return the offsets in the decoded file of what a finding's place covers.

        Of an empty place they are those of the mark or line that stands there.
        """
        start, end = place.start, place.end
        offsets: set[int] = set()
        quote = squeezed(place.quote)
        shown = squeezed(self.document.text[start:end])
        for segment in self.document.segments:
            if segment.start > end:
                break
            if segment.start == segment.end:
                inside = start <= segment.start <= end
                original = squeezed(segment.original)
                if inside and original and original in quote and original not in shown:
                    offsets.update(range(segment.source, segment.source_end))
            elif segment.end > start and segment.start < end:
                offsets.update(_covered(segment, start, end))
        return frozenset(offsets or self._nearby(start))

    def _nearby(self, position: int) -> set[int]:
        """Return the offsets of the marks at a position, or of the character before it."""
        offsets: set[int] = set()
        for segment in self.marks(position):
            if segment.role != "markup":
                offsets.update(range(segment.source, segment.source_end))
        if offsets or not position:
            return offsets
        segment_before = self.index.segment(position - 1)
        return set(_covered(segment_before, position - 1, position)) if segment_before else set()


def _covered(segment: Segment, start: int, end: int) -> range:
    """Return the file offsets of the part of a segment that a span covers."""
    if segment.source_end - segment.source != segment.end - segment.start:
        return range(segment.source, segment.source_end)
    low, high = max(start, segment.start), min(end, segment.end)
    shift = segment.source - segment.start
    return range(low + shift, high + shift)


@lru_cache(maxsize=8)  # several kinds measure the same text
def checked(name: str, data: bytes, *, preview: bool = False) -> Reading:
    """Read and check one file with the families that exist now."""
    from scholiast.engine import check

    outcome = check([Source(name, data)], Settings(select=FAMILIES, preview=preview))
    offsets = not data.startswith(b"PK") and not name.endswith((".xml", ".tei"))
    lines = None if not offsets else Lines(data.decode("utf-8-sig", "replace"))
    return Reading(outcome.case.documents[name].document, outcome.findings, lines)
