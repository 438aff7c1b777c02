"""Formats: the same text in two formats must give the same notes at the same marks, and words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from benchmarks.answers import Expected, answers, compared, first_words, last_words
from benchmarks.gold import format_pairs
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Result, together
from scholiast.model import Node
from scholiast.text import key

#: What a Markdown text has in place of a figure: a picture, or a line of a template.
_FIGURE: Final = re.compile(r"\{%.*?%\}|!\[[^\]]*\]\([^)]*\)", re.DOTALL)
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
    """Return how the notes and the words of another format agree with those of the Markdown."""
    right = checked(markdown.name, markdown.read_bytes())
    given = checked(other.name, other.read_bytes())
    result = compared(expected(right), answers(given, _anywhere))
    details = {**result.details, "words_in_order": words_in_order(right, given)}
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


def words_in_order(one: Reading, other: Reading) -> dict[str, float]:
    """Return which part of the words of the first text stands in the other, in its order.

    Body and notes are aligned each for itself, blanks, case and forms of
    quotation marks folded. The Markdown's figures are left out, and so is what
    its head says and other formats print: what they have more is not counted.
    """
    parts = {}
    total = same = 0
    for name, (first, second) in {
        "body": (one.document.text[: one.document.body_end], _body(other)),
        "notes": (
            one.document.text[one.document.body_end :],
            other.document.text[other.document.body_end :],
        ),
    }.items():
        wanted = _WORD.findall(key(_FIGURE.sub(" ", first)))
        found = _WORD.findall(key(second))
        matcher = SequenceMatcher(None, wanted, found, autojunk=False)
        equal = sum(block.size for block in matcher.get_matching_blocks())
        parts[name] = round(equal / max(1, len(wanted)), 4)
        total, same = total + len(wanted), same + equal
    return {**parts, "all": round(same / max(1, total), 4)}


def _body(reading: Reading) -> str:
    return reading.document.text[: reading.document.body_end]
