"""Sections: kind, authors and title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.gold import GoldText
from benchmarks.reading import Reading
from benchmarks.scoring import Result, Score
from benchmarks.streams import squeezed
from scholiast.model import Node

#: How far below the first line of a section its heading may stand.
_HEADING_WITHIN = 3


def of_text(text: GoldText, reading: Reading) -> Result:
    """Return the figures of one text.

    A section is right when kind, authors and title agree. A section inside a
    right one, or around one (the title of the whole), is no answer: the gold
    divides the text once.
    """
    misses: list[str] = []
    pairs: dict[str, Node] = {}
    right = first = affiliations = 0
    for section in text.gold["sections"]:
        node = _match(section, reading, pairs.values())
        if node is None:
            misses.append(f"section {section['id']}: not seen (line {section['start_line']})")
            continue
        pairs[section["id"]] = node
        reasons = _reasons(section, node)
        right += not reasons
        if reasons:
            misses.append(f"section {section['id']}: {'; '.join(reasons)}")
        affiliations += squeezed(section.get("affiliation") or "") == squeezed(node.affiliation)
        opens = _opens(reading, node).startswith(squeezed(section["first_words"]))
        first += opens
        if not opens:
            misses.append(
                f"section {section['id']}: text begins {_opens(reading, node)[:30]!r} (not counted)"
            )
    extra = _extra(reading, list(pairs.values()))
    misses += [f"false section: {node.title!r}, line {reading.line(node)}" for node in extra]
    n = len(text.gold["sections"])
    details = {"right": right, "first_words": first, "affiliations": affiliations}
    return Result(Score(n, right, len(pairs) + len(extra)), details, tuple(misses))


def _match(section: dict[str, Any], reading: Reading, taken: Iterable[Node]) -> Node | None:
    """Return the section node that has the title, or begins on the line, of a gold section."""
    used = {node.id for node in taken}
    free = [node for node in reading.index.sections if node.id not in used]
    start = section["start_line"]
    near = [n for n in free if start <= reading.line(n) <= start + _HEADING_WITHIN]
    named = [n for n in (*near, *free) if _title(n.title) == _title(section["title"])]
    return next(iter((*named, *near)), None)


def _reasons(section: dict[str, Any], node: Node) -> list[str]:
    reasons = []
    if node.role != section["kind"]:
        reasons.append(f"kind {node.role} instead of {section['kind']}")
    wanted = sorted(squeezed(author) for author in section["authors"])
    if sorted(squeezed(author) for author in node.authors) != wanted:
        reasons.append(f"authors {node.authors} instead of {section['authors']}")
    if _title(node.title) != _title(section["title"]):
        reasons.append(f"title {node.title!r}")
    return reasons


def _title(title: str) -> str:
    return squeezed(title).strip(" :.*")


def _opens(reading: Reading, node: Node) -> str:
    """Return the squeezed text of a section after its heading."""
    text = reading.document.text
    inside = (h for h in reading.document.of_kind("heading") if node.start <= h.start < node.end)
    heading = next(inside, None)
    start = heading.end if heading else node.start
    return squeezed(text[start : start + 200])


def _extra(reading: Reading, matched: list[Node]) -> list[Node]:
    """Return the sections that no gold section accounts for."""
    ids = {node.id for node in matched}
    around = {ancestor.id for node in matched for ancestor in reading.ancestors(node)}
    return [
        node
        for node in reading.index.sections
        if node.id not in ids | around
        and not any(ancestor.id in ids for ancestor in reading.ancestors(node))
    ]
