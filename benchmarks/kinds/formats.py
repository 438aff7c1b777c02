"""Formats: the same text in two formats must give the same notes at the same marks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

from benchmarks.answers import Expected, answers, compared, first_words, last_words
from benchmarks.gold import format_pairs
from benchmarks.pdf import text_of
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Result, Score, together
from scholiast.model import Node
from scholiast.text import key

#: A word, or a Chinese character.
_WORD: Final = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def measure(folder: Path) -> Result | None:
    """Return the figures over the pairs of formats; the Markdown is what is right."""
    results = {
        f"{other.name} as {markdown.name}": of_pair(markdown, other)
        for markdown, other in format_pairs(folder)
    }
    return together(results) if results else None


def of_pair(markdown: Path, other: Path) -> Result:
    """Return how the notes of another format agree with those of the Markdown.

    There is no reader for PDF yet: its plain text is read as a text file.
    """
    right = checked(markdown.name, markdown.read_bytes())
    if other.suffix == ".pdf":
        given = checked(f"{other.stem}.txt", text_of(other).encode())
    else:
        given = checked(other.name, other.read_bytes())
    result = compared(expected(right), answers(given, _anywhere))
    details = {**result.details, "body_words": _bodies(right, given)}
    return Result(result.score, details, result.misses)


def _anywhere(reading: Reading, node: Node) -> str:
    """Sections are not compared here."""
    return ""


def expected(reading: Reading) -> list[Expected]:
    """Return the notes of a reading, as read, as right answers for another format."""
    notes = {node.id: reading.document.text[node.start : node.end] for node in reading.index.notes}
    called = [notes.get(callout.link, "") for callout in reading.index.callouts]
    links = {callout.link for callout in reading.index.callouts}
    texts = [*called, *(text for id_, text in notes.items() if id_ not in links)]
    return [
        Expected(
            number=answer.number,
            before=answer.before,
            first=first_words(text),
            last=last_words(text),
            state=answer.state,
        )
        for answer, text in zip(answers(reading, _anywhere), texts, strict=True)
    ]


def _bodies(one: Reading, other: Reading) -> dict[str, float]:
    """Return how many words the two bodies share, in whatever order."""
    first, second = (
        Counter(_WORD.findall(key(r.document.text[: r.document.body_end]))) for r in (one, other)
    )
    score = Score(first.total(), (first & second).total(), second.total())
    figures = score.figures()
    return {key: figures[key] for key in ("precision", "recall")}
