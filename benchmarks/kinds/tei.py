"""TEI: what editors tagged, counted by XPath, against what the reader took in.

Documents, notes, dates, names and quotations: an answer is right when its
words are those of the element (notes within it left out, blanks folded) and,
of what becomes a mention, its parts are the element's attributes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.gold import editions
from benchmarks.scoring import Result, Score, summed, together
from scholiast.config import Settings
from scholiast.model import Intake, Source
from scholiast.readers.tei import read

if TYPE_CHECKING:
    from lxml.etree import _Element

Thing = tuple[str, tuple[tuple[str, str], ...]]

_NAMESPACE: Final = {"t": "http://www.tei-c.org/ns/1.0"}
_IN_TEXT: Final = "[ancestor::t:text]"
#: What is counted, and where it stands in the markup.
KINDS: Final = {
    "document": f"//t:div[@type='document']{_IN_TEXT}",
    "note": f"//t:note{_IN_TEXT}",
    "date": f"//*[self::t:date or self::t:docDate]{_IN_TEXT}",
    "name": "//*[self::t:persName or self::t:placeName or self::t:orgName or self::t:name or "
    f"self::t:rs or self::t:term or self::t:gloss]{_IN_TEXT}",
    "quotation": f"//*[self::t:quote or self::t:q or self::t:said or self::t:cit]{_IN_TEXT}",
}
_POINTERS: Final = frozenset({"ref", "corresp", "key", "sameAs", "target"})
#: Parts that say what the reader made of the attributes.
_ADDED: Final = frozenset(
    {"label", "person", "place", "organisation", "term", "name", "object", "event"}
)


def measure(folder: Path) -> Result | None:
    """Return the figures file by file."""
    results = {path.name: of_file(path.read_bytes()) for path in editions(folder)}
    return together(results) if results else None


def of_file(data: bytes) -> Result:
    """Return the figures of one TEI file, kind by kind."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    intake = read(Source("edition.xml", data), Settings())
    scores: dict[str, Score] = {}
    misses: list[str] = []
    for kind, path in KINDS.items():
        elements: Any = root.xpath(path, namespaces=_NAMESPACE)
        wanted = Counter(_expected(one, kind) for one in elements)
        del wanted[("", ())]
        given = Counter(_given(intake, kind))
        if kind == "document":  # other divisions are sections too, and no false answers
            given &= wanted
        right = sum((wanted & given).values())
        scores[kind] = Score(sum(wanted.values()), right, sum(given.values()))
        misses += [f"{kind} not taken in: {one}" for one in (wanted - given)]
        misses += [f"{kind} that is none: {one}" for one in (given - wanted)]
    details = {kind: f"{score.right}/{score.n}" for kind, score in scores.items() if score.n}
    return Result(summed(scores.values()), details, tuple(misses))


def _expected(element: _Element, kind: str) -> Thing:
    """Return the words of an element and its attributes."""
    if kind == "document":
        heads = element.findall("t:head", _NAMESPACE)
        return (_words(heads[0]) if heads else "", ())
    words = _words(element)
    if kind == "note" or not words:
        return (words, ())
    return (words, tuple(sorted(_attributes(element))))


def _words(element: _Element) -> str:
    """Return the words of an element, notes and page breaks left out, without any blanks."""
    return re.sub(r"\s+", "", "".join(_pieces(element)))


def _pieces(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name not in ("note", "figDesc"):
            yield from _pieces(child)
        yield child.tail or ""


def _attributes(element: _Element) -> Iterator[tuple[str, str]]:
    pointed = False
    items: Any = element.items()
    for key, value in sorted(items, key=lambda item: _rank(item[0])):
        name = key.rpartition("}")[2]
        if (
            name in _POINTERS
            and not pointed
            and not str(element.tag).endswith(("}date", "}docDate"))
        ):
            pointed = True
            yield ("ref", value)
        else:
            yield (name, value)


def _rank(key: str) -> int:
    order = ("ref", "corresp", "key", "sameAs", "target")
    return order.index(key) if key in order else len(order)


def _given(intake: Intake, kind: str) -> Iterator[Thing]:
    text = intake.document.text
    if kind == "document":
        for node in intake.document.of_kind("section"):
            yield (re.sub(r"\s+", "", node.title), ())
    elif kind == "note":
        for node in intake.document.of_kind("note"):
            yield (re.sub(r"\s+", "", text[node.start : node.end]), ())
    else:
        for one in intake.mentions:
            if one.kind == kind:
                parts = ((p.role, p.value) for p in one.parts if p.role not in _ADDED)
                words = re.sub(r"\s+", "", text[one.start : one.end])
                yield (words, tuple(sorted(parts)))
