"""Headings become sections: their kinds, their authors, their nesting.

The words that tell a kind are in ``data/headings.toml``; a reader hands over
the headings it saw, by style or by shape, and gets section nodes back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.model import Node

_NUMBERING: Final = re.compile(
    r"^(?:[ivxlcIVXLC]+|\d+(?:\.\d+)*|[A-Z])[.)]\s+|^§\s*\d+\s+|^[一二三四五六七八九十]+、"
)
_EDGES: Final = " \t:：.—–-*"
_APOSTROPHES: Final = str.maketrans("’‘ʼ＇", "''''")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as a reader saw it: its words, its span, its depth (1 the highest)."""

    title: str
    start: int
    end: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Opening:
    """What the words of a heading tell: the kind, the authors and where they work."""

    kind: str
    authors: tuple[str, ...] = ()
    affiliation: str = ""
    strong: bool = False  # known by a phrase, not only by being a heading


@cache
def _phrases(how: str) -> tuple[tuple[str, str], ...]:
    """Return (phrase, kind) of one sort of the table, the longest phrases first."""
    found = [
        (phrase, kind)
        for kind, sorts in table("headings").items()
        for phrases in sorts.get(how, {}).values()
        if isinstance(phrases, list)
        for phrase in phrases
    ]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("headings")[name]["words"])


def small_words() -> frozenset[str]:
    """Return the words that stay small in a heading whose other words have capitals."""
    return _words("small")


def caption(title: str) -> bool:
    """Return whether a line is the caption of a figure or a table."""
    folded = title.casefold()
    return any(re.match(re.escape(word) + r"\s*[\dIVX]", folded) for word in _words("captions"))


def opening(title: str) -> Opening:
    """Return what a heading's words tell of its section."""
    printed = " ".join(title.split())
    plain = printed.translate(_APOSTROPHES)
    bare = _NUMBERING.sub("", plain)
    kind = _alone().get(bare.casefold().strip(_EDGES))
    if kind is not None:
        return Opening(kind, strong=True)
    match = _by().match(bare.casefold())
    if match is not None:
        rest = printed[len(plain) - len(bare) :][match.end() :]  # a name as it is written
        joined = match.group().endswith(("：", " ")) or not rest[:1].isalnum()
        names = rest.strip(_EDGES + ",")
        if joined and names and _person(re.split(r",|，|\s(?:and|und|et|и)\s", names)[0].strip()):
            authors, affiliation = split_authors(names)
            return Opening(dict(_phrases("by"))[match.group()], authors, affiliation, strong=True)
    if _before().match(plain):
        return Opening("chapter", strong=True)
    return Opening("section")


@cache
def _alone() -> dict[str, str]:
    """The kinds of the headings that are one phrase."""
    return dict(_phrases("alone"))


@cache
def _by() -> re.Pattern[str]:
    """The phrases that names follow, the longest first."""
    return re.compile("|".join(re.escape(phrase) for phrase, _ in _phrases("by")))


@cache
def _before() -> re.Pattern[str]:
    """The words that a number follows: "Chapter 3"."""
    words = "|".join(re.escape(phrase) for phrase, _ in _phrases("before"))
    return re.compile(rf"(?:{words})\s*[\dIVXLC一二三四五六七八九十百]+", re.IGNORECASE)


def split_authors(names: str) -> tuple[tuple[str, ...], str]:
    """Return the authors and the affiliation of ``Name, Body[, and Name, Body …]``.

    An "and" divides two authors only where a person's name follows it, so
    that a body with "and" in its name stays whole.
    """
    names = names.replace("，", ", ")
    joins = "|".join(re.escape(word) for word in sorted(_words("joins")))
    pieces: list[str] = []
    last = 0
    for match in re.finditer(rf"(?:,|;)?\s+(?:{joins})\s+|;\s*|、", names):
        after = names[match.end() :].split(",")[0].split(" and ")[0].strip()
        before = names[last : match.start()]
        if _person(after) and (_person(before.split(",")[0].strip()) or "," in before):
            pieces.append(names[last : match.start()])
            last = match.end()
    pieces.append(names[last:])
    authors: list[str] = []
    bodies: list[str] = []
    for piece in pieces:
        name, _, body = piece.strip(" ,;").partition(",")
        authors.extend(_listed(name, body, bodies))
    return tuple(author for author in authors if author), "; ".join(dict.fromkeys(bodies))


def _listed(name: str, body: str, bodies: list[str]) -> list[str]:
    """Return the names of ``A, B, Body``: further persons before the first body."""
    names = [name.strip()]
    rest = body.strip(" ,;")
    while rest:
        head, _, tail = rest.partition(",")
        if not _person(head.strip()):
            bodies.append(rest)
            break
        names.append(head.strip())
        rest = tail.strip()
    return names


def _person(words: str) -> bool:
    """Return whether words may be a person's name: capitalised, no word of a body."""
    tokens = words.split()
    if not 1 <= len(tokens) <= 6:
        return False
    if any(token.strip(".,()").casefold() in _words("bodies") for token in tokens):
        return False
    if any(words.endswith(body) for body in _words("bodies") if not body.isascii()):
        return False
    particles = {
        "de",
        "van",
        "von",
        "der",
        "la",
        "le",
        "di",
        "da",
        "bin",
        "al",
        "el",
        "du",
        "ten",
        "zu",
    }
    named = [token for token in tokens if token.casefold() not in particles]
    if all(ord(character) > 0x2E7F for character in words if character.isalpha()):
        return len(words) <= 12
    return len(tokens) > 1 and all(token[:1].isupper() for token in named) and bool(named)


def sections(
    headings: Sequence[Heading], body_end: int, *, title: str = "", authors: tuple[str, ...] = ()
) -> tuple[Node, ...]:
    """Return the section nodes of a body of ``body_end`` characters.

    A text before the first heading, or without any, is one section of kind
    ``article`` that carries the document's title and authors. A heading that
    stands alone at the highest level is the title of the whole.
    """
    if not headings:
        return (
            Node(
                "section", 0, body_end, "s1", level=1, role="article", title=title, authors=authors
            ),
        )
    top = min(heading.level for heading in headings)
    lone = sum(heading.level == top for heading in headings) == 1 and len(headings) > 1
    nodes: list[Node] = []
    if headings[0].start > 0:
        nodes.append(
            Node(
                "section",
                0,
                headings[0].start,
                "s1",
                level=top,
                role="article",
                title=title,
                authors=authors,
            )
        )
    ends = _ends(headings, body_end)
    open_parts: list[tuple[int, str]] = []  # level and id of the sections around
    for number, heading in enumerate(headings):
        told = opening(heading.title)
        whole = lone and heading.level == top and number == 0 and not told.strong
        while open_parts and open_parts[-1][0] >= heading.level:
            open_parts.pop()
        parent = open_parts[-1][1] if open_parts else ""
        open_parts.append((heading.level, f"s{len(nodes) + 1}"))
        nodes.append(
            Node(
                "section",
                heading.start,
                ends[number],
                f"s{len(nodes) + 1}",
                parent=parent,
                level=heading.level,
                role="article" if whole or (len(headings) == 1 and not told.strong) else told.kind,
                title=heading.title,
                authors=told.authors or (authors if whole else ()),
                affiliation=told.affiliation,
            )
        )
    return tuple(nodes)


def _ends(headings: Sequence[Heading], body_end: int) -> list[int]:
    """Return where the section of each heading ends: at the next of its level or above."""
    ends: list[int] = []
    later: list[tuple[int, int]] = []  # level and start of the headings after, nearest last
    for heading in reversed(headings):
        while later and later[-1][0] > heading.level:
            later.pop()
        ends.append(later[-1][1] if later else body_end)
        later.append((heading.level, heading.start))
    return ends[::-1]
