"""Documents made of a PDF's own characters, as PDFium counts them, without a reader."""

from __future__ import annotations

import io

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, IndirectObject, NameObject, NumberObject, StreamObject
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


def packed(data: bytes) -> bytes:
    """The file as Word and TeX write it: its dictionaries in an object stream, a table in one too."""
    reader = PdfReader(io.BytesIO(data))
    numbers = sorted({number for table in reader.xref.values() for number in table})
    objects = {n: reader.get_object(IndirectObject(n, 0, reader)) for n in numbers if n}
    loose = {n: one for n, one in objects.items() if one is not None}
    streams = {n: one for n, one in loose.items() if isinstance(one, StreamObject)}
    inner = {n: one for n, one in loose.items() if n not in streams}
    out = io.BytesIO(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    out.seek(0, 2)
    rows: dict[int, bytes] = {0: b"\0" + bytes(5)}
    heads, body = [], io.BytesIO()
    holder, table = max(numbers) + 1, max(numbers) + 2
    for at, (number, one) in enumerate(inner.items()):
        heads.append(f"{number} {body.tell()}")
        one.write_to_stream(body)
        body.write(b"\n")
        rows[number] = b"\2" + holder.to_bytes(4, "big") + bytes([at])
    lead = (" ".join(heads) + "\n").encode()
    own = StreamObject()
    own[NameObject("/Type")] = NameObject("/ObjStm")
    own[NameObject("/N")] = NumberObject(len(inner))
    own[NameObject("/First")] = NumberObject(len(lead))
    own.set_data(lead + body.getvalue())
    for number, one in (*streams.items(), (holder, own)):
        rows[number] = b"\1" + out.tell().to_bytes(4, "big") + b"\0"
        out.write(f"{number} 0 obj\n".encode())
        one.write_to_stream(out)
        out.write(b"\nendobj\n")
    start = out.tell()
    rows[table] = b"\1" + start.to_bytes(4, "big") + b"\0"
    last = StreamObject()
    last[NameObject("/Type")] = NameObject("/XRef")
    last[NameObject("/Size")] = NumberObject(table + 1)
    last[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 1)))
    last[NameObject("/Root")] = reader.trailer.raw_get("/Root")
    last[NameObject("/Info")] = reader.trailer.raw_get("/Info")
    last.set_data(b"".join(rows.get(n, b"\0" + bytes(5)) for n in range(table + 1)))
    out.write(f"{table} 0 obj\n".encode())
    last.write_to_stream(out)
    out.write(f"\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
