"""Plain text, and text extracted from PDFs with all the trouble such text has."""

from __future__ import annotations

import hashlib

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source, Trouble
from scholiast.readers.decoding import decode
from scholiast.structure.furniture import mark_furniture, pages_after_furniture
from scholiast.structure.initials import lone_letters, torn_initials
from scholiast.structure.line_headings import LineHeading, shaped_headings, strong_headings
from scholiast.structure.lines import Layout, split_lines
from scholiast.structure.numbering import Numbering, number_notes
from scholiast.structure.setting import Setting, set_text
from scholiast.structure.vocabulary import words

#: A text with so many marks and not one note has lost its notes on the way here.
LOST_NOTES = 3
#: Raise when the same bytes give another Document.
VERSION = "1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a plain text. Never fails: what is wrong is a Trouble."""
    decoded = decode(source.data)
    identity = hashlib.sha256(b"txt" + VERSION.encode() + source.data).hexdigest()[:16]
    # A text of nothing but blanks has no lines worth looking at, however many.
    layout = split_lines(decoded.text if decoded.text.strip() else "")
    mark_furniture(layout)
    pages_after_furniture(layout)
    for at in lone_letters(layout):
        layout.lines[at].role = "letter"
    headings = strong_headings(layout)
    _mark_headings(layout, headings)
    numbering = number_notes(decoded.text, layout, headings)
    setting = _setting(decoded.text, layout, headings, numbering)
    text, body_end, segments, nodes = set_text(setting)
    document = Document(
        name=source.name,
        id=identity,
        format="txt",
        text=text,
        body_end=body_end,
        segments=segments,
        nodes=nodes,
        title=_title(nodes),
        language=settings.language,
        encoding=decoded.encoding,
        extracted=_extracted(layout, setting),
    )
    troubles = _placed(decoded.troubles, document)
    if not text.strip() and not troubles:
        troubles.append(Trouble("empty-file"))
    return Intake(document, troubles=tuple(troubles))


def _mark_headings(layout: Layout, headings: list[LineHeading]) -> None:
    for heading in headings:
        for line in layout.lines[heading.first : heading.last]:
            line.role = "heading"


def _setting(
    text: str, layout: Layout, headings: list[LineHeading], numbering: Numbering
) -> Setting:
    """Gather what the text is set from: headings, initials, notes, words."""
    for line in layout.lines:
        if line.role == "" and line.rule:
            line.role = "separator"
    shaped = shaped_headings(layout)
    _mark_headings(layout, shaped)
    every = sorted([*headings, *shaped], key=lambda heading: heading.first)
    vocabulary = words(text)
    letters = [at for at, line in enumerate(layout.lines) if line.role == "letter"]
    initials = torn_initials(layout, _openings(layout, every), letters, vocabulary, text)
    claimed = {initial.letter_line for initial in initials}
    for at in letters:
        if at not in claimed:
            layout.lines[at].role = "furniture" if _interrupts(layout, at) else ""
    return Setting(text, layout, every, numbering, initials, vocabulary)


def _interrupts(layout: Layout, at: int) -> bool:
    """Return whether a lone capital stands in the middle of a sentence."""
    near = [line for line in layout.lines[at + 1 : at + 6] if line.text and line.role == ""]
    return bool(near) and near[0].text[0].islower()


def _openings(layout: Layout, headings: list[LineHeading]) -> list[int]:
    """Return the indexes of the first body line of the text and after each heading."""
    found: list[int] = []
    for at in [0, *(heading.last for heading in headings)]:
        line = next(
            (
                n
                for n in range(at, len(layout.lines))
                if layout.lines[n].text and layout.lines[n].role in ("", "heading")
            ),
            None,
        )
        if line is not None and layout.lines[line].role == "" and line not in found:
            found.append(line)
    return found


def _title(nodes: tuple[Node, ...]) -> str:
    """Return the heading of the section that the text begins with, where it is the whole's."""
    first = next((node for node in nodes if node.kind == "section"), None)
    return first.title if first is not None and first.role == "article" else ""


def _extracted(layout: Layout, setting: Setting) -> bool:
    """Return whether the text was taken out of pages and so may be damaged by it."""
    furniture = any(line.role == "furniture" for line in layout.lines)
    at_feet = any(note.lines and not note.endnote for note in setting.numbering.notes)
    lost = sum(note.lines is None for note in setting.numbering.notes)
    if lost >= LOST_NOTES and lost == len(setting.numbering.notes):
        return True
    return bool(layout.paged or furniture or setting.initials or (at_feet and layout.wrapped))


def _placed(troubles: tuple[Trouble, ...], document: Document) -> list[Trouble]:
    """Move the spans of the decoder from the file to the reading text."""
    placed = []
    for trouble in troubles:
        start = end = 0
        if trouble.end > trouble.start:
            for segment in document.segments:
                if segment.source <= trouble.start < segment.source_end and segment.role == "text":
                    start = segment.start + trouble.start - segment.source
                    end = min(segment.end, start + trouble.end - trouble.start)
                    break
        placed.append(Trouble(trouble.name, trouble.detail, start, end, trouble.line))
    return placed
