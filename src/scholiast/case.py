"""A case: the documents looked at together, read-only to rules.

``Annotated`` is what a rule of one document sees; ``Case`` what a rule of a
case, a resolver and a report see. ``Store`` is all they know of the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scholiast.config import Settings
from scholiast.model import Document, Entity, Facts, Link, Mention, Trouble
from scholiast.text import Index, words_hash


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its mentions, its links, and what troubled its reader."""

    document: Document
    index: Index
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def text(self) -> str:
        """The reading text."""
        return self.document.text

    def troubled(self, name: str) -> Iterator[Trouble]:
        """Yield what the reader met under this name."""
        return (trouble for trouble in self.troubles if trouble.name == name)


class Store(Protocol):
    """Keeps what a pass derived, by the pass and the key of all that it read."""

    def get(self, name: str, key: str) -> bytes | None:
        """Return what was kept, or None."""

    def put(self, name: str, key: str, value: bytes) -> None:
        """Keep a value; an existing one is replaced."""


@dataclass(frozen=True, slots=True)
class Case:
    """Documents by name, in the order of their names, loaded when asked for."""

    documents: Mapping[str, Annotated]
    settings: Settings = field(default_factory=Settings)
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    known: Mapping[str, Facts] = field(default_factory=dict)  # kept from the pass that read them

    def facts(self, name: str) -> Facts:
        """Return the facts of a document, without opening it where they are known."""
        return self.known.get(name) or facts(self.documents[name])

    def __iter__(self) -> Iterator[Annotated]:
        """Yield the documents in the order of their names."""
        return (self.documents[name] for name in sorted(self.documents))

    def __len__(self) -> int:
        return len(self.documents)

    def __repr__(self) -> str:
        return f"<Case of {len(self)} documents: {', '.join(sorted(self.documents))}>"


def annotated(
    document: Document, mentions: tuple[Mention, ...] = (), troubles: tuple[Trouble, ...] = ()
) -> Annotated:
    """Return a document as rules see it."""
    return Annotated(document, Index(document), mentions, (), troubles)


def facts(text: Annotated) -> Facts:
    """Return what a report tells of a document without opening it."""
    document, index = text.document, text.index
    return Facts(
        name=document.name,
        id=document.id,
        format=document.format,
        title=document.title,
        authors=document.authors,
        language=document.language,
        encoding=document.encoding,
        extracted=document.extracted,
        characters=len(document.text),
        sections=len(index.sections),
        notes=len(index.notes),
        missing=sum(not callout.link for callout in index.callouts),
        words=words_hash(document.text),
    )
