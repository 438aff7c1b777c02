"""Puts a reading text together piece by piece, keeping where each piece came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from scholiast.model import Node, Segment


@dataclass(slots=True)
class Assembly:
    """A reading text in the making: its pieces, segments and nodes."""

    pieces: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    length: int = 0

    def text(
        self,
        words: str,
        source: int,
        line: int,
        page: int,
        box: tuple[float, ...] = (),
        confidence: float = 1.0,
    ) -> None:
        """Add words as they stand in the file at the offset ``source``.

        Recognised words (``confidence`` below 1) are nowhere in the file.
        """
        if not words:
            return
        end = self.length + len(words)
        last = source + len(words) if confidence == 1.0 else source
        self.segments.append(
            Segment(
                self.length,
                end,
                source,
                last,
                line=line,
                page=page,
                box=box,
                confidence=confidence,
            )
        )
        self.pieces.append(words)
        self.length = end

    def blank(self, words: str) -> None:
        """Add a blank or a paragraph's end that the file shows by its lines."""
        self.pieces.append(words)
        self.length += len(words)

    def mended(
        self,
        words: str,
        source: tuple[int, int],
        line: int,
        page: int,
        repair: str,
        original: str,
        box: tuple[float, ...] = (),
    ) -> None:
        """Add words that the file does not have so, with what it has."""
        end = self.length + len(words)
        self.segments.append(
            Segment(
                self.length,
                end,
                *source,
                line=line,
                page=page,
                role="repair",
                repair=repair,
                original=original,
                box=box,
            )
        )
        if words:
            self.pieces.append(words)
        self.length = end

    def aside(
        self,
        role: str,
        source: tuple[int, int],
        line: int,
        page: int,
        original: str,
        box: tuple[float, ...] = (),
    ) -> None:
        """Keep what stands in the file here but is not part of the text."""
        self.segments.append(
            Segment(
                self.length,
                self.length,
                *source,
                line=line,
                page=page,
                role=role,
                original=original,
                box=box,
            )
        )

    def since(self, position: int) -> str:
        """Return the text put together since a position."""
        taken: list[str] = []
        length = self.length
        for piece in reversed(self.pieces):
            if length <= position:
                break
            taken.append(piece)
            length -= len(piece)
        return "".join(reversed(taken))

    def last(self) -> str:
        """Return the last character put together so far, or nothing."""
        return next((piece[-1] for piece in reversed(self.pieces) if piece), "")

    def joined(self) -> str:
        """Return the text put together so far."""
        return "".join(self.pieces)


def ordered(segments: list[Segment]) -> tuple[Segment, ...]:
    """Return segments in the order of the reading text."""
    return tuple(sorted(segments, key=lambda s: (s.start, s.end, s.source)))


def ordered_nodes(nodes: list[Node]) -> tuple[Node, ...]:
    """Return nodes in reading order, the wider before the narrower."""
    return tuple(sorted(nodes, key=lambda n: (n.start, -n.end, n.kind, n.id)))
