"""The words of a place in their context, ready to be shown with an emphasis."""

from __future__ import annotations

from typing import Final, NamedTuple

from scholiast.model import Place
from scholiast.report.columns import ELLIPSIS, plain
from scholiast.text import CONTEXT_WORDS

#: Letters of one side of a context from which it must have been cut (texts without blanks).
CONTEXT_LETTERS: Final = 110


class Excerpt(NamedTuple):
    """One line of text in three parts; ``words`` is what the place is about.

    ``words`` is empty where something is missing: the place is then between
    the two sides.
    """

    before: str
    words: str
    after: str


def excerpt(place: Place) -> Excerpt:
    """Return the words of a place between those before and after them.

    Words that stand in the file and not in the reading text (a note mark, a
    running head) are put back at their place. An ellipsis says that the
    paragraph goes on.
    """
    before, after = _sides(place)
    words = plain(place.quote)
    if words.strip():
        lead, trail = words[: -len(words.lstrip())], words[len(words.rstrip()) :]
        before, words, after = before + lead, words.strip(), trail + after
    if place.start == place.end and " " in words:  # furniture: it stood on a line of its own
        before = f"{before.rstrip()} " if before else ""
        after = f" {after.lstrip()}" if after else ""
    if _goes_on(before):
        before = f"{ELLIPSIS} {before.lstrip()}"
    if _goes_on(after):
        after = f"{after.rstrip()} {ELLIPSIS}"
    return Excerpt(before.lstrip(), words, after.rstrip())


def _goes_on(side: str) -> bool:
    """Return whether a side of a context is as long as a context can be, so that more follows."""
    return len(side.split(" ")) >= CONTEXT_WORDS or len(side) >= CONTEXT_LETTERS


def _sides(place: Place) -> tuple[str, str]:
    """Return what stands before and after the words in their context."""
    context, at, length = place.context, place.context_at, place.end - place.start
    if at < 0:
        at, length = context.find(place.quote), len(place.quote)
    if at < 0:
        return "", ""
    return plain(context[:at]), plain(context[at + length :])
