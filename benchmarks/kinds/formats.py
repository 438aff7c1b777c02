"""Formats: the same text in two formats must give the same notes at the same marks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from benchmarks.answers import Expected, answers, compared, first_words, last_words
from benchmarks.gold import format_pairs
from benchmarks.pdf import text_of
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Result, Score, together
from benchmarks.streams import squeezed

#: Squeezed characters before a mark that must agree.
_BEFORE: Final = 20


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
    result = compared(expected(right), answers(given, lambda reading, node: ""))
    return Result(
        result.score, {**result.details, "body_words": _bodies(right, given)}, result.misses
    )


def expected(reading: Reading) -> list[Expected]:
    """Return the notes of a reading as right answers for another format."""
    notes = []
    for callout in reading.index.callouts:
        note = reading.index.node(callout.link) if callout.link else None
        text = reading.document.text[note.start : note.end] if note else ""
        notes.append(
            Expected(
                number=callout.number,
                before=reading.before(callout.start)[-_BEFORE:],
                first=first_words(text),
                last=last_words(text),
                state="whole" if note else "missing",
            )
        )
    return notes


def _bodies(one: Reading, other: Reading) -> dict[str, float]:
    """Return how many words the two bodies share, in whatever order."""
    first, second = (
        Counter(map(squeezed, r.document.text[: r.document.body_end].split())) for r in (one, other)
    )
    score = Score(first.total(), (first & second).total(), second.total())
    figures = score.figures()
    return {key: figures[key] for key in ("precision", "recall")}
