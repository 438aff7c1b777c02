"""What must hold of the Document that a reader makes of any file, however damaged."""

from __future__ import annotations

from collections.abc import Iterator

from scholiast.model import NODE_KINDS, SEGMENT_ROLES, Document, Intake


def violations(intake: Intake) -> Iterator[str]:
    """Yield, in words, whatever does not hold of what a reader returned."""
    document = intake.document
    length = len(document.text)
    if not 0 <= document.body_end <= length:
        yield f"the body ends at {document.body_end} of {length}"
    if not document.text.strip() and not intake.troubles:
        yield "no text, and nothing said of it"
    yield from _segments(document)
    yield from _nodes(document)
    for mention in intake.mentions:
        if not 0 <= mention.start <= mention.end <= length:
            yield f"a mention ({mention.kind}) at {mention.start}:{mention.end} of {length}"
        for part in mention.parts:
            if not 0 <= part.start <= part.end <= length:
                yield f"a part ({part.role}) at {part.start}:{part.end} of {length}"
    for trouble in intake.troubles:
        if not 0 <= trouble.start <= trouble.end <= length:
            yield f"a trouble ({trouble.name}) at {trouble.start}:{trouble.end} of {length}"
        if "\n" in trouble.detail:
            yield f"a trouble of several lines: {trouble.detail!r}"


def _segments(document: Document) -> Iterator[str]:
    before = 0
    reached = 0
    for segment in document.segments:
        if not 0 <= segment.start <= segment.end <= len(document.text):
            yield f"a segment at {segment.start}:{segment.end} of {len(document.text)}"
        if segment.start < before:
            yield f"segments out of order at {segment.start}"
        if segment.role not in SEGMENT_ROLES:
            yield f"a segment of the unknown role {segment.role!r}"
        if segment.start > reached and document.text[reached : segment.start].strip():
            yield f"no segment leads back from {reached}:{segment.start}"
        before, reached = segment.start, max(reached, segment.end)
    if document.text[reached:].strip():
        yield f"no segment leads back from {reached} on"


def _nodes(document: Document) -> Iterator[str]:
    ids = [node.id for node in document.nodes if node.id]
    known = set(ids)
    if len(known) != len(ids):
        yield "two nodes have one id"
    for node in document.nodes:
        if node.kind not in NODE_KINDS:
            yield f"a node of the unknown kind {node.kind!r}"
        if not 0 <= node.start <= node.end <= len(document.text):
            yield f"a {node.kind} at {node.start}:{node.end} of {len(document.text)}"
        if node.link and node.link not in known:
            yield f"a {node.kind} is linked with {node.link!r}, which is not there"
        if node.parent and node.parent not in known:
            yield f"a {node.kind} stands in {node.parent!r}, which is not there"
        if node.kind == "note" and node.start < document.body_end:
            yield f"the note {node.label!r} stands in the body"
