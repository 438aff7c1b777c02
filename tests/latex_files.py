"""LaTeX files read and looked at: what must hold of every document, and short views of it."""

from __future__ import annotations

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source
from scholiast.readers.latex import read
from scholiast.readers.latex.files import decoded, encoding_of


def intake(text: str | bytes, **beside: str | bytes) -> Intake:
    """Read a file with others beside it; their names are written with __ for a full stop."""
    files = tuple(
        (name.replace("__", "."), words.encode() if isinstance(words, str) else words)
        for name, words in beside.items()
    )
    data = text.encode() if isinstance(text, str) else text
    found = read(Source("specimen.tex", data, files), Settings())
    assert_sound(found.document, Source("specimen.tex", data, files))
    return found


def body(text: str, **beside: str) -> Document:
    """Read a fragment: what stands between the begin and the end of a document."""
    return intake(text, **beside).document


def article(text: str, preamble: str = "", name: str = "article", **beside: str) -> Document:
    """Read an article with what stands in its preamble."""
    whole = (
        f"\\documentclass{{{name}}}\n{preamble}\n\\begin{{document}}\n{text}\n\\end{{document}}\n"
    )
    return intake(whole, **beside).document


def assert_sound(doc: Document, source: Source) -> None:
    """Check the contract: order, bounds, and that every span leads to its place in the file."""
    assert list(doc.nodes) == sorted(doc.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id))
    order = [(s.start, s.end, s.source) for s in doc.segments]
    assert order == sorted(order)
    assert all(0 <= n.start <= n.end <= len(doc.text) for n in doc.nodes)
    encoding = encoding_of(source.data)
    texts = {"": decoded(source.data, encoding).text}
    texts.update({name: decoded(data, encoding).text for name, data in source.beside})
    told = 0
    for segment in doc.segments:
        assert segment.part in texts
        words = texts[segment.part][segment.source : segment.source_end]
        assert segment.line == 1 + _line_ends(texts[segment.part][: segment.source])
        if segment.role == "text":
            assert doc.text[segment.start : segment.end] == words != ""
        elif segment.role == "repair":
            assert segment.original == words
            assert segment.repair
        if segment.end > segment.start:
            gap = doc.text[told : segment.start]
            assert gap.replace("\n\n", "") == "", (gap, segment)  # empty notes have one each
            told = segment.end
    assert doc.text[told:].replace("\n\n", "") == ""
    ids = {node.id for node in doc.nodes if node.id}
    assert all(node.link in ids for node in doc.nodes if node.link)
    assert all(node.parent in ids for node in doc.nodes if node.parent)
    assert all(one.start >= doc.body_end for one in doc.of_kind("note"))


def _line_ends(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def paragraphs(doc: Document) -> list[str]:
    """The paragraphs of the body."""
    return doc.text[: doc.body_end].split("\n\n")


def notes(doc: Document) -> list[tuple[str, str, str]]:
    """Each callout with the last word before it, and the words of its note."""
    by_id = {one.id: one for one in doc.of_kind("note")}
    told = []
    for callout in doc.of_kind("callout"):
        before = doc.text[: callout.start].split()
        one = by_id.get(callout.link)
        told.append((callout.label, before[-1] if before else "", words(doc, one) if one else "-"))
    return told


def words(doc: Document, node: Node) -> str:
    """The words of a node."""
    return doc.text[node.start : node.end]


def spans(doc: Document, kind: str) -> list[str]:
    """The words of all nodes of a kind."""
    return [words(doc, node) for node in doc.of_kind(kind)]
