"""Views of a text with a way back, and the places of spans.

A ``View`` is a folded copy of a string that remembers where each of its
characters came from; folding happens in views, never in the text. An
``Index`` answers where a span of a Document stands: section, note, page, line.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

from scholiast.model import Document, Node, Place, Segment

#: Words on each side that a finding's context shows, and that a decision is attached by.
CONTEXT_WORDS: Final = 8

_SOFT: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe20\ufe21"))
_QUOTES: Final = str.maketrans("“”„‟«»‘’‚‛‹›`´‐‑‒–—―−", "\"\"\"\"\"\"''''''''-------")
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class View:
    """A folded text; ``offsets[i]`` is where character i begins in the original."""

    text: str
    offsets: tuple[int, ...]  # one longer than the text: the end of the original

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that ``start:end`` of the view came from."""
        if start == end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], max(self.offsets[end - 1] + 1, self.offsets[end])


def folded(text: str, *, case: bool = True) -> View:
    """Return a view without differences that carry no meaning.

    Compatibility forms and ligatures are resolved (NFKC), soft hyphens and
    joiners dropped, quotation marks and dashes made plain, runs of blanks made
    one blank, and, with ``case``, letters case-folded. Never use it to change
    a text, only to find and compare.
    """
    letters: list[str] = []
    offsets: list[int] = []
    for offset, cluster in _clusters(text):
        plain = unicodedata.normalize("NFKC", cluster).translate(_SOFT).translate(_QUOTES)
        plain = _BLANKS.sub(" ", plain.casefold() if case else plain)
        if plain == " " and letters and letters[-1] == " ":
            continue
        letters.append(plain)
        offsets.extend([offset] * len(plain))
    return View("".join(letters), (*offsets, len(text)))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return (offset, base character with its combining marks) of a text."""
    if text.isascii():
        return list(enumerate(text))
    clusters: list[tuple[int, str]] = []
    for offset, character in enumerate(text):
        if clusters and unicodedata.combining(character):
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + character)
        else:
            clusters.append((offset, character))
    return clusters


def key(text: str) -> str:
    """Return the folded words of a text: equal keys are the same words.

    Folds as ``folded`` does, without the way back, and so much faster.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SOFT).translate(_QUOTES)
    return _BLANKS.sub(" ", plain.casefold()).strip()


def words_hash(text: str) -> str:
    """Return a hash of the words of a text, blanks and forms of marks apart; quick to make."""
    plain = " ".join(text.translate(_QUOTES).split()).casefold()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Index:
    """Where the spans of one document stand; built once, asked often."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._segments = [s for s in document.segments if s.role in ("text", "repair")]
        self._segment_starts = [s.start for s in self._segments]
        self.sections = document.of_kind("section")
        self.notes = document.of_kind("note")
        self.callouts = document.of_kind("callout")
        self._note_starts = [n.start for n in self.notes]
        self._by_id = {node.id: node for node in document.nodes if node.id}
        self._labels = {n.number: n.label for n in document.nodes if n.kind == "page"}

    def node(self, id_: str) -> Node | None:
        """Return the node with this id, or None."""
        return self._by_id.get(id_)

    def segment(self, position: int) -> Segment | None:
        """Return the segment of text that holds a position, or the nearest before it."""
        at = bisect_right(self._segment_starts, position) - 1
        if at < 0:
            return self._segments[0] if self._segments else None
        return self._segments[at]

    def beside(self, position: int, quote: str) -> Segment | None:
        """Return the segment of words at a position that stand in the file, not in the text."""
        segments = self.document.segments
        first = bisect_left(segments, position, key=lambda segment: segment.start)
        for segment in segments[first:]:
            if segment.start > position:
                break
            if segment.end == position and segment.original == quote:
                return segment
        return None

    def note_at(self, position: int) -> Node | None:
        """Return the note that a position lies in, or None in the body."""
        at = bisect_right(self._note_starts, position) - 1
        if at >= 0 and self.notes[at].start <= position <= self.notes[at].end:
            return self.notes[at]
        return None

    def section_at(self, position: int) -> Node | None:
        """Return the innermost section of a position; of a note, its own section."""
        note = self.note_at(position)
        if note is not None and note.parent:
            return self.node(note.parent)
        found: Node | None = None
        for section in self.sections:
            if section.start > position:
                break
            if position <= section.end:
                found = section
        return found

    def contributor_at(self, position: int) -> tuple[str, ...]:
        """Return the authors of the nearest section around a position that has any."""
        section = self.section_at(position)
        while section is not None:
            if section.authors:
                return section.authors
            section = self.node(section.parent) if section.parent else None
        return self.document.authors

    def context(self, start: int, end: int) -> str:
        """Return the words around a span, inside its paragraph."""
        return self._context(start, end)[0]

    def _context(self, start: int, end: int) -> tuple[str, int]:
        """Return the words around a span, and where in them the span begins."""
        text = self.document.text
        left = text[max(0, start - 120) : start].rpartition("\n")[2]
        right = text[end : end + 120].partition("\n")[0]
        before = left.split(" ")[-CONTEXT_WORDS:] if start > 120 else left.split(" ")
        after = right.split(" ")[:CONTEXT_WORDS]
        lead = " ".join(before[-CONTEXT_WORDS:])
        return lead + text[start:end] + " ".join(after), len(lead)

    def place(self, start: int, end: int, quote: str | None = None) -> Place:
        """Return a span as a person would look for it.

        ``quote`` is given only for what stands in the file but not in the
        text (a running head, a note mark); else it is the text of the span.
        """
        aside = self.beside(start, quote) if start == end and quote else None
        segment = aside or self.segment(start)
        section = self.section_at(start)
        note = self.note_at(start)
        counted = segment.page if segment else 0
        context, context_at = self._context(start, end)
        return Place(
            document=self.document.name,
            start=start,
            end=end,
            quote=self.document.text[start:end] if quote is None else quote,
            context=context,
            section=section.title if section else "",
            note=note.label if note else "",
            page=self._labels.get(counted, ""),
            page_counted=counted,
            line=segment.line if segment else 0,
            context_at=context_at,
        )

    def line(self, position: int) -> int:
        """Return the line of the file that a position came from; 0 where there are no lines."""
        segment = self.segment(position)
        return segment.line if segment else 0
