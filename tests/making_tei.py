"""TEI files for the tests, put together from their parts. All texts are invented specimens."""

from __future__ import annotations

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source
from scholiast.readers.tei import read

NAMESPACE = "http://www.tei-c.org/ns/1.0"


def header(inner: str = "", title: str = "A Specimen") -> str:
    """Return a header with a title and whatever else is given."""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<publicationStmt><p>Invented.</p></publicationStmt>"
        f"<sourceDesc><p>None.</p></sourceDesc></fileDesc>{inner}</teiHeader>"
    )


def tei(body: str, *, front: str = "", back: str = "", head: str | None = None) -> bytes:
    """Return a TEI file with this body."""
    text = f"{front and f'<front>{front}</front>'}<body>{body}</body>"
    text += f"<back>{back}</back>" if back else ""
    head = header() if head is None else head
    return f'<TEI xmlns="{NAMESPACE}">{head}<text>{text}</text></TEI>'.encode()


def intake(data: bytes, name: str = "specimen.xml") -> Intake:
    return read(Source(name, data), Settings())


def document(body: str, *, front: str = "", back: str = "", head: str | None = None) -> Document:
    return intake(tei(body, front=front, back=back, head=head)).document


def words(document: Document, node: Node) -> str:
    return document.text[node.start : node.end]


def spans(document: Document, kind: str) -> list[str]:
    return [words(document, node) for node in document.of_kind(kind)]


def notes(document: Document) -> list[tuple[str, str, str]]:
    """Return of every mark the words before it, its label and the words of its note."""
    by_id = {node.id: node for node in document.of_kind("note")}
    found = []
    for mark in document.of_kind("callout"):
        note = by_id.pop(mark.link, None)
        before = document.text[max(0, mark.start - 8) : mark.start]
        found.append((before, mark.label, words(document, note) if note else "-"))
    return found + [("-", note.label, words(document, note)) for note in by_id.values()]
