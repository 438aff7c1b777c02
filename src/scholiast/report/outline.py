"""The structure of documents as a tree for the terminal, or as JSON.

What the program understood of a file before any rule looked at it: sections
with their authors, paragraphs, notes with their marks, and what was repaired.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from scholiast.case import Annotated, Case
from scholiast.model import Node, Segment
from scholiast.text import Index

#: Version of the JSON form; raised when a key changes its meaning.
VERSION: Final = 1
_WORDS: Final = 60


def as_json(case: Case) -> bytes:
    """Return the structure of all documents of a case as one JSON object."""
    value = {"version": VERSION, "documents": [_document(one) for one in case]}
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_text(case: Case) -> bytes:
    """Return the structure of all documents of a case as indented lines."""
    return ("\n\n".join("\n".join(_tree(one)) for one in case) + "\n").encode()


def _document(one: Annotated) -> dict[str, Any]:
    document, index = one.document, one.index
    return {
        "document": document.name,
        "id": document.id,
        "format": document.format,
        "title": document.title,
        "authors": list(document.authors),
        "language": document.language,
        "encoding": document.encoding,
        "extracted": document.extracted,
        "characters": len(document.text),
        "body_end": document.body_end,
        "sections": [_section(section, index) for section in index.sections],
        "nodes": [
            _node(node, index)
            for node in document.nodes
            if node.kind not in ("section", "note", "callout", "page")
        ],
        "notes": [_note(note, index) for note in index.notes],
        "callouts": [_callout(callout, index) for callout in index.callouts],
        "pages": [
            {"number": n.number, "label": n.label, "start": n.start}
            for n in document.of_kind("page")
        ],
        "repairs": [_repair(s, document.text) for s in document.segments if s.repair],
        "furniture": [
            {"line": s.line, "page": s.page, "text": s.original}
            for s in document.segments
            if s.role == "furniture"
        ],
        "troubles": [{"name": t.name, "detail": t.detail, "line": t.line} for t in one.troubles],
    }


def _section(node: Node, index: Index) -> dict[str, Any]:
    return {
        "id": node.id,
        "parent": node.parent,
        "kind": node.role,
        "level": node.level,
        "title": node.title,
        "authors": list(node.authors),
        "affiliation": node.affiliation,
        "start": node.start,
        "end": node.end,
        "line": index.line(node.start),
    }


def _node(node: Node, index: Index) -> dict[str, Any]:
    value: dict[str, Any] = {
        "kind": node.kind,
        "start": node.start,
        "end": node.end,
        "section": node.parent,
        "line": index.line(node.start),
        "words": _shortened(index.document.text[node.start : node.end]),
    }
    if node.label:
        value["label"] = node.label
    return value


def _note(node: Node, index: Index) -> dict[str, Any]:
    callout = index.node(node.link) if node.link else None
    return {
        "id": node.id,
        "label": node.label,
        "number": node.number,
        "kind": node.role,
        "section": node.parent,
        "start": node.start,
        "end": node.end,
        "line": index.line(node.start),
        "text": index.document.text[node.start : node.end],
        "callout": callout.id if callout else None,
        "callout_at": callout.start if callout else None,
    }


def _callout(node: Node, index: Index) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "number": node.number,
        "section": node.parent,
        "at": node.start,
        "line": _mark_line(node, index),
        "before": _words_before(index.document.text, node.start),
        "note": node.link or None,
    }


def _mark_line(node: Node, index: Index) -> int:
    """Return the line of the file on which a mark stands."""
    at = max(0, node.start - 1)
    return index.line(at)


def _words_before(text: str, position: int) -> str:
    return " ".join(text[max(0, position - 100) : position].split()[-5:])


def _repair(segment: Segment, text: str) -> dict[str, Any]:
    return {
        "repair": segment.repair,
        "line": segment.line,
        "page": segment.page,
        "start": segment.start,
        "end": segment.end,
        "text": text[segment.start : segment.end],
        "original": segment.original,
    }


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WORDS else plain[: _WORDS - 1].rstrip() + "…"


def _tree(one: Annotated) -> Iterator[str]:
    """Yield the lines of the tree of one document."""
    document, index = one.document, one.index
    name = document.title or document.name
    yield f"{name}  [{document.format or 'not read'}, {len(document.text):,} characters]"
    for trouble in one.troubles:
        yield f"  ! {trouble.name}: {trouble.detail}"
    for section in index.sections:
        depth = "  " * (_depth(section, index) + 1)
        authors = f"  by {', '.join(section.authors)}" if section.authors else ""
        paragraphs = sum(
            1 for n in document.nodes if n.kind == "paragraph" and n.parent == section.id
        )
        yield f"{depth}{section.role}: {section.title or '(no heading)'}{authors}"
        notes = [n for n in index.notes if n.parent == section.id]
        lost = [c for c in index.callouts if c.parent == section.id and not c.link]
        yield f"{depth}  {_counted(paragraphs, 'paragraph')}, {_counted(len(notes), 'note')}" + (
            f", {_counted(len(lost), 'mark')} without a note" if lost else ""
        )
        for note in notes:
            uncalled = "" if note.link else "  (no mark)"
            words = _shortened(document.text[note.start : note.end])
            yield f"{depth}  {note.label:>4}  {words}{uncalled}"
        for callout in lost:
            before = _words_before(document.text, callout.start)
            yield f"{depth}  {callout.label:>4}  missing, called after “{before}”"
    repairs: dict[str, int] = {}
    for segment in document.segments:
        if segment.repair:
            repairs[segment.repair] = repairs.get(segment.repair, 0) + 1
    if repairs:
        told = ", ".join(f"{count} {name}" for name, count in sorted(repairs.items()))
        yield f"  repaired: {told}"


def _depth(section: Node, index: Index) -> int:
    depth = 0
    while section.parent:
        parent = index.node(section.parent)
        if parent is None:
            break
        section, depth = parent, depth + 1
    return depth


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
