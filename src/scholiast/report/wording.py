"""What reports say in fixed words, from the table ``wording``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from scholiast.data import table
from scholiast.model import Certainty, Finding, Place

#: The language of what reports say.
LANGUAGE: Final = "en"
#: The other places of a finding that a person is shown; the rest are counted.
PLACES_SHOWN: Final = 5


def phrases(group: str) -> Mapping[str, str]:
    """Return the phrases of one group of the table, by their keys."""
    found: Mapping[str, str] = table("wording")[LANGUAGE][group]
    return found


def where(place: Place, *, document: str = "", line: bool = True) -> str:
    """Return where a person would look: page, note, line; empty where nothing is known.

    The document is named only where it is not ``document``, the one at hand;
    the line only with ``line``.
    """
    said = phrases("place")
    parts = []
    if place.page:
        parts.append(said["page"].format(page=place.page))
    elif place.page_counted:
        parts.append(said["counted"].format(page=place.page_counted))
    if place.note:
        parts.append(said["note"].format(note=place.note))
    if place.line and line:
        parts.append(said["line"].format(line=place.line))
    if document and place.document != document:
        parts.append(said["document"].format(document=place.document))
    return said["join"].join(parts)


def counts(findings: Iterable[Finding]) -> str:
    """Return how many findings are certain, likely and style, without the zeros."""
    found = [finding.certainty for finding in findings]
    said = phrases("certainty")
    numbers = ((found.count(certainty), said[certainty]) for certainty in Certainty)
    return ", ".join(f"{number} {word}" for number, word in numbers if number)


def places_left(finding: Finding) -> str:
    """Return in words how many of the other places are not shown; empty where all are."""
    left = len(finding.also) - PLACES_SHOWN
    return phrases("place")["more"].format(count=left) if left > 0 else ""


def answers(key: str) -> tuple[str, ...]:
    """Return the words of the table ``answers`` under a key."""
    return tuple(table("wording")[LANGUAGE]["answers"][key])
