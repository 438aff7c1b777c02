"""How the tests of web pages read a page, and write down what they expect of it."""

from __future__ import annotations

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.packages.hypertext import parse_html, parse_xhtml, text_nodes
from scholiast.readers.html import read
from scholiast.readers.html.encoding import decode_page


def intake(page: str | bytes, name: str = "page.html") -> Intake:
    data = page.encode() if isinstance(page, str) else page
    found = read(Source(name, data), Settings())
    assert_sound(found.document, data)
    assert found == read(Source(name, data), Settings())
    return found


def document(page: str | bytes, name: str = "page.html") -> Document:
    return intake(page, name).document


def nodes_of_text(data: bytes, name: str = "page.html") -> dict[int, str]:
    """Return the text nodes of a page by their numbers."""
    parse = parse_xhtml if name.endswith(".xhtml") else parse_html
    numbers = text_nodes(parse(decode_page(data).text))
    found: dict[int, str] = {}
    for element, (own, behind) in numbers.items():
        if own >= 0:
            found[own] = element.text or ""
        if behind >= 0:
            found[behind] = element.tail or ""
    return found


def assert_sound(doc: Document, data: bytes) -> None:
    """Check the contract: order, bounds, and that every segment leads to its words."""
    if not doc.text:
        return
    assert list(doc.nodes) == sorted(doc.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id))
    order = [(s.start, s.end, s.source) for s in doc.segments]
    assert order == sorted(order)
    assert all(0 <= n.start <= n.end <= len(doc.text) for n in doc.nodes)
    ids = {node.id for node in doc.nodes if node.id}
    for node in doc.nodes:
        assert not node.link or node.link in ids
        assert not node.parent or node.parent in ids
    if doc.format != "html":
        return
    texts = nodes_of_text(data)
    covered = [False] * len(doc.text)
    seen: set[tuple[int, int]] = set()
    for segment in doc.segments:
        source = texts[segment.paragraph][segment.source : segment.source_end]
        if segment.role == "text":
            assert doc.text[segment.start : segment.end] == source != ""
        elif segment.role == "repair" and segment.repair == "white-space":
            assert segment.original == source and not source.strip()
        if segment.role == "text":
            for at in range(segment.source, segment.source_end):
                assert (segment.paragraph, at) not in seen, "a character stands in the text twice"
                seen.add((segment.paragraph, at))
        for at in range(segment.start, segment.end):
            covered[at] = True
    missing = [at for at, is_covered in enumerate(covered) if not is_covered]
    assert all(doc.text[at] in "\n\t“”‘’" for at in missing)


def body(doc: Document) -> str:
    """Return the body with its marks: ⟨1⟩, and ⟨1?⟩ where no note answers."""
    marks = [
        (n.start, f"⟨{n.label}{'' if n.link else '?'}⟩") for n in doc.nodes if n.kind == "callout"
    ]
    out: list[str] = []
    at = 0
    for start, mark in sorted(marks, key=lambda pair: pair[0]):
        out += [doc.text[at:start], mark]
        at = start
    return "".join((*out, doc.text[at : doc.body_end]))


def notes(doc: Document) -> list[str]:
    """Return the notes as "1: words"; "~" stands before one that no mark calls."""
    return [
        f"{'' if n.link else '~'}{n.label}: {doc.text[n.start : n.end]}"
        for n in doc.nodes
        if n.kind == "note"
    ]


def spans(doc: Document, kind: str) -> list[str]:
    return [doc.text[n.start : n.end] for n in doc.of_kind(kind)]
