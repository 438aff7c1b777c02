"""Documents made of a PDF's own characters, as PDFium counts them, without a reader."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2
from pypdfium2 import raw

from scholiast.model import Certainty, Document, Finding, Node, Place, Segment
from scholiast.text import Index

#: What stands where a hyphen ended a line.
HYPHENS = ("\x02", "\ufffe")


def document_of(data: bytes, name: str = "article.pdf", password: str = "") -> Document:
    """Every printed line as a segment; lines joined by a blank, or by nothing behind a hyphen."""
    text = ""
    segments: list[Segment] = []
    nodes: list[Node] = []
    pdf = pypdfium2.PdfDocument(data, password=password or None)
    for number, page in enumerate(pdf, 1):
        begin = len(text)
        textpage = page.get_textpage()
        line, start = "", 0
        for at in range(textpage.count_chars() + 1):
            code = raw.FPDFText_GetUnicode(textpage, at) if at < textpage.count_chars() else 10
            character = chr(code) if code else " "
            if character not in "\r\n" and character not in HYPHENS:
                start = start if line else at
                line += character
                continue
            if line:
                segments.append(
                    Segment(len(text), len(text) + len(line), start, start + len(line), page=number)
                )
                text += line + ("" if character in HYPHENS else " ")
                line = ""
        nodes.append(Node("page", begin, len(text), number=number, label=str(216 + number)))
    document = Document(
        name,
        format="pdf",
        text=text,
        body_end=len(text),
        nodes=tuple(nodes),
        segments=tuple(segments),
    )
    pdf.close()
    return document


def finding(
    document: Document,
    quote: str,
    *also: str,
    certainty: Certainty = Certainty.LIKELY,
    occurrence: int = 0,
) -> Finding:
    """A finding on the words ``quote``, with other places."""
    index = Index(document)

    def place(words: str, nth: int) -> Place:
        at = -1
        for _ in range(nth + 1):
            at = document.text.index(words, at + 1)
        return index.place(at, at + len(words))

    own = place(quote, occurrence)
    return Finding(
        id=f"{abs(hash_of(quote)) % 16**12:012x}",
        code="DOC099",
        rule="test-words",
        message="Something is amiss.",
        question="Is it?",
        certainty=certainty,
        place=own,
        also=tuple(place(words, 0) for words in also),
    )


def hash_of(words: str) -> int:
    """A number that is the same in every run."""
    return sum((at + 1) * ord(letter) * 7919 for at, letter in enumerate(words))


def words_under(data: bytes, page: int, quads: list[list[float]], password: str = "") -> str:
    """The characters whose middle lies in one of the quads, each quad in reading order."""
    pdf = pypdfium2.PdfDocument(data, password=password or None)
    textpage = pdf[page - 1].get_textpage()
    words = []
    for quad in quads:
        left, right = min(quad[0::2]), max(quad[0::2])
        bottom, top = min(quad[1::2]), max(quad[1::2])
        words.append("".join(_inside(textpage, left, bottom, right, top)))
    pdf.close()
    return " ".join(words)


def _inside(textpage: Any, left: float, bottom: float, right: float, top: float) -> list[str]:
    found = []
    for at in range(textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        a, b, c, d = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(textpage, at, a, b, c, d)
        x, y = (a.value + b.value) / 2, (c.value + d.value) / 2
        if left <= x <= right and bottom <= y <= top:
            found.append(chr(raw.FPDFText_GetUnicode(textpage, at)))
    return found
