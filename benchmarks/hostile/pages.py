"""Bad inputs that are PDF files, made with reportlab and pypdf."""

from __future__ import annotations

import io
import re
import zlib
from functools import cache
from random import Random
from typing import Final

_WHO: Final = [
    "the clerk",
    "a porter",
    "the pilot",
    "our cook",
    "the guard",
    "one widow",
    "the smith",
]
_DID: Final = [
    "counted",
    "forgot",
    "sold",
    "mended",
    "hid",
    "weighed",
    "named",
    "lost",
    "found",
    "bought",
    "kept",
]
_WHAT: Final = [
    "wagons",
    "crates",
    "lamps",
    "letters",
    "ropes",
    "oars",
    "maps",
    "seals",
    "coins",
    "boots",
    "bells",
    "nets",
]
_WHERE: Final = ["at noon", "by the quay", "in the rain", "before dawn", "near the gate"]


@cache
def sound(count: int = 3) -> bytes:
    """Return a PDF of so many pages of words, no line of which stands on every page."""
    from reportlab.pdfgen.canvas import Canvas

    random = Random(18960)
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, pageCompression=0)
    for _ in range(count):
        for row in range(8):
            words = [random.choice(table) for table in (_WHO, _DID, _WHAT, _WHERE) * 2]
            canvas.drawString(72, 700 - 16 * row, " ".join(words) + ",")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def encrypted(user: str, owner: str) -> bytes:
    """Return a PDF that a password opens (none where ``user`` is empty)."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sound())))
    writer.encrypt(user, owner, algorithm="RC4-128")
    return _written(writer)


def without_pages() -> bytes:
    """Return a PDF without a page."""
    from pypdf import PdfWriter

    return _written(PdfWriter())


def broken_xref() -> bytes:
    """Return a PDF whose table of objects leads nowhere."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", sound())


def circular() -> bytes:
    """Return a PDF whose tree of pages holds itself."""
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>",
    )


def without_maps() -> bytes:
    """Return a PDF whose font does not tell which characters its signs are."""
    words = b"BT /F1 12 Tf 72 700 Td (" + bytes(range(0x81, 0x9F)) * 20 + b") Tj ET"
    names = b" ".join(b"/g%d" % number for number in range(1, 31))
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Odd /Encoding << /Type /Encoding "
        b"/Differences [129 " + names + b"] >> >>",
    )


def bomb() -> bytes:
    """Return a PDF of a megabyte whose one page inflates to a gigabyte of blanks."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(100)) + packer.flush()
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    )


def _objects(*bodies: bytes) -> bytes:
    """Return a PDF of these objects, the first of them its root."""
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def _written(writer: object) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)  # type: ignore[attr-defined]
    return stream.getvalue()
