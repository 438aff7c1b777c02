"""The reader of Markdown: notes, headings, tables and a YAML head, every character in place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Segment, Source, Trouble
from scholiast.readers import identity
from scholiast.readers.decoding import Decoded, decode, line_starts

#: Changes whenever the same bytes would give another text or structure.
VERSION: Final = "md 1"

_CALL: Final = re.compile(r"\[\^([^\s\[\]]+)\]")


def read(source: Source, settings: Settings) -> Intake:
    """Return the text of a Markdown file with its structure.

    Notes are numbered as they come out in print, their own labels are kept as
    ``title``. Troubles are those of the decoding, with their spans in the
    text, and ``unreadable-head``.
    """
    decoded = decode(source.data)
    document = Document(
        source.name,
        identity(source.data, VERSION),
        "md",
        language=settings.language,
        encoding=decoded.encoding,
    )
    if not decoded.text or decoded.text.isspace():
        return Intake(document, troubles=decoded.troubles)
    return _read(document, decoded)


def _read(document: Document, decoded: Decoded) -> Intake:
    """Return the text and the structure of decoded Markdown."""
    from scholiast.readers.markdown.blocks import tree as parsed
    from scholiast.readers.markdown.head import read_head
    from scholiast.readers.markdown.nodes import nodes
    from scholiast.readers.markdown.numbers import numbered
    from scholiast.readers.markdown.pieces import MARK, Piece
    from scholiast.readers.markdown.setting import set_page
    from scholiast.readers.markdown.typed import with_typed_notes

    text = decoded.text
    head = read_head(text)
    tree = with_typed_notes(parsed(text, head.end), text)
    defined = {note.label for note in tree.notes}
    calls = [
        Piece(MARK, match.start(), match.end(), label=match.group(1))
        for match in _CALL.finditer(text, 0, head.end)
        if match.group(1) in defined
    ]
    numbers = numbered(tree, [call.label for call in calls])
    page = set_page(text, line_starts(text), tree, numbers, calls)
    found = nodes(page, numbers, head.title, head.authors)
    first = next((node for node in found if node.kind == "section"), None)
    whole = first is not None and first.role == "article" and not head.title
    document = replace(
        document,
        text=page.text,
        body_end=page.body_end,
        segments=page.segments,
        nodes=found,
        title=first.title if first is not None and whole else head.title,
        authors=head.authors,
        language=head.language or document.language,
    )
    troubles = [*_placed(decoded.troubles, page.segments)]
    if head.fault:
        troubles.append(Trouble("unreadable-head", head.fault, line=head.line))
    if not page.text.strip() and not troubles:
        troubles.append(Trouble("empty-file"))
    return Intake(document, troubles=tuple(troubles))


def _placed(troubles: tuple[Trouble, ...], segments: tuple[Segment, ...]) -> list[Trouble]:
    """Return troubles of the file with their spans in the text."""
    from scholiast.readers.markdown.setting import position_of

    if not any(trouble.end for trouble in troubles):
        return list(troubles)
    by_source = sorted(segments, key=lambda one: one.source)
    placed: list[Trouble] = []
    for trouble in troubles:
        if trouble.end:
            # Notes stand behind the body, wherever the file has them: an end may come first.
            start = position_of(by_source, trouble.start)
            end = max(start, position_of(by_source, trouble.end))
            trouble = replace(trouble, start=start, end=end)
        placed.append(trouble)
    return placed
