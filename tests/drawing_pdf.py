"""Small PDFs, drawn line by line, for the tests of their reader. All texts are invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.readers.pdf import read

SERIF, ITALIC, BOLD = "Times-Roman", "Times-Italic", "Times-Bold"
#: An invented paragraph in lines, each about as wide as the next.
LINES = (
    "The ferry was built in the spring and sank in the autumn of the year, and nobody who",
    "had signed for it was at hand when the harbour master asked for the second set of keys",
    "that the clerk had promised him, so that the matter was put down in the book as closed",
    "and was opened again only when the ice went and the hull came up beside the new pier.",
)


@dataclass
class Sheet:
    """A page that is drawn on from its top."""

    canvas: Any
    y: float = 740.0
    x: float = 72.0
    size: float = 11.0
    leading: float = 14.0

    def line(self, *words: str, x: float | None = None, size: float | None = None) -> None:
        """Draw a line of words; ``^12`` is raised, ``/so/`` is italic."""
        size = size or self.size
        left = self.x if x is None else x
        for word in words:
            font, shown, rise, scale = SERIF, word, 0.0, size
            if word.startswith("^"):
                shown, rise, scale = word[1:], 0.35 * size, 0.62 * size
            elif word.startswith("/") and word.endswith("/"):
                font, shown = ITALIC, word[1:-1]
            self.canvas.setFont(font, scale)
            self.canvas.drawString(left, self.y + rise, shown)
            left += self.canvas.stringWidth(shown, font, scale)
        self.y -= self.leading * size / self.size

    def lines(self, *texts: str, first: float = 0.0) -> None:
        """Draw the lines of a paragraph; the first stands in by ``first``."""
        for order, text in enumerate(texts):
            self.line(text, x=self.x + (0.0 if order else first))

    def heading(self, text: str) -> None:
        """Draw a heading with room around it."""
        self.y -= 10
        self.canvas.setFont(BOLD, 14)
        self.canvas.drawString(self.x, self.y, text)
        self.y -= 24

    def notes(self, *notes: tuple[str, ...], rule: bool = True, at: float = 140.0) -> None:
        """Draw notes at the foot, each a tuple of lines; the first line's sign is raised."""
        self.y = at
        if rule:
            self.canvas.line(self.x, self.y + 14, self.x + 90, self.y + 14)
        for first, *others in notes:
            sign, _, words = first.partition(" ")
            self.line(*((f"^{sign}", words) if sign else (words,)), size=8.5)
            for other in others:
                self.line(other, size=8.5)


def drawn(*pages: Callable[[Sheet], None], encrypt: str | None = None) -> bytes:
    """Return a PDF of the pages that functions draw."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), encrypt=encrypt, invariant=1)
    for page in pages:
        page(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def intake(data: bytes, settings: Settings | None = None) -> Intake:
    """Return what the reader makes of a PDF."""
    return read(Source("drawn.pdf", data), settings or Settings())


def document(*pages: Callable[[Sheet], None]) -> Document:
    """Return the Document of a drawn PDF."""
    told = intake(drawn(*pages))
    assert told.troubles == ()
    return told.document


def notes_of(text: Document) -> list[tuple[str, str, str]]:
    """Return label, the last words before the mark and the words of every note, in order."""
    callouts = {node.id: node for node in text.of_kind("callout")}
    found = []
    for note in text.of_kind("note"):
        mark = callouts.pop(note.link, None)
        before = text.text[: mark.start].split()[-1] if mark else ""
        found.append((note.label, before, text.text[note.start : note.end]))
    found += [(c.label, text.text[: c.start].split()[-1], "") for c in callouts.values()]
    return found


def paragraphs(text: Document) -> list[str]:
    """Return the paragraphs of the body."""
    return text.text[: text.body_end].split("\n\n")


def beside(text: Document, role: str) -> list[str]:
    """Return what is kept beside the text in one role."""
    return [s.original for s in text.segments if s.role == role]
