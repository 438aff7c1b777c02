"""What two readings of one text have in common: words, notes, italics, quotations, headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.scoring import Score
from scholiast.model import Document

#: Characters before a note mark that tell where it stands.
_BEFORE: Final = 24


def _words(text: str) -> str:
    """Return words with single blanks: other programs break lines where they like."""
    return " ".join(text.split())


def _paragraphs(document: Document) -> Iterator[str]:
    yield from map(_words, document.text.split("\n\n"))


def _notes(document: Document) -> Iterator[str]:
    """Yield each note with the words before its mark: right only if text and place are."""
    callouts = {node.id: node for node in document.of_kind("callout")}
    for note in document.of_kind("note"):
        callout = callouts.get(note.link)
        place = "nowhere"
        if callout is not None:
            place = _words(document.text[max(0, callout.start - _BEFORE) : callout.start])
        yield f"{_words(document.text[note.start : note.end])} ⟵ {place}"


def _marks(document: Document) -> Iterator[str]:
    for node in document.of_kind("callout"):
        yield _words(document.text[max(0, node.start - _BEFORE) : node.start])


def _spans(kind: str) -> Callable[[Document], Iterator[str]]:
    def spans(document: Document) -> Iterator[str]:
        for node in document.of_kind(kind):
            yield _words(document.text[node.start : node.end])

    return spans


#: What is compared, by name; the order is that of the table.
FACETS: Final[dict[str, Callable[[Document], Iterator[str]]]] = {
    "text": _paragraphs,
    "notes": _notes,
    "marks": _marks,
    "italics": _spans("italic"),
    "quotes": _spans("quote"),
    "headings": _spans("heading"),
    "lists": _spans("list"),
    "tables": _spans("table"),
}


def differences(facet: str, wanted: Document, read: Document) -> tuple[Score, list[str]]:
    """Return the score of one facet, and in words what is missing (-) and what is too much (+)."""
    right, given = Counter(FACETS[facet](wanted)), Counter(FACETS[facet](read))
    both = right & given
    score = Score(right.total(), both.total(), given.total())
    lines = [f"- {one}" for one in (right - both).elements()]
    return score, lines + [f"+ {one}" for one in (given - both).elements()]
