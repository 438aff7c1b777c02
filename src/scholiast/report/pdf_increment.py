"""What is added to a PDF behind its own bytes, which stay as they are.

An update appends new and changed objects, and a table of where they stand.
Files whose own tables are damaged, and encrypted ones, are written anew by
PDFium first.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from scholiast.report.annotate_error import AnnotateError

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

#: The bit of the permissions of an encrypted file that lets notes be added (PDF 32000, table 22).
_NOTES_ALLOWED: Final = 0x20
_ERROR_PASSWORD: Final = 4
_IDENTITY: Final = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*\]")


class Increment:
    """New and changed objects of one file; see ``written``."""

    def __init__(self, data: bytes) -> None:
        from pypdf import PdfReader

        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self._objects: dict[int, tuple[int, PdfObject]] = {}
        self._next = _free(self.reader)

    def add(self, new: PdfObject) -> IndirectObject:
        """Add an object and return the reference to it."""
        from pypdf.generic import IndirectObject

        self._objects[self._next] = (0, new)
        self._next += 1
        return IndirectObject(self._next - 1, 0, self.reader)

    def changed(self, reference: IndirectObject) -> DictionaryObject:
        """Return a dictionary of the file that may be changed, the same one every time."""
        from pypdf.generic import DictionaryObject

        number = reference.idnum
        if number not in self._objects:
            old = reference.get_object()
            if not isinstance(old, DictionaryObject):
                raise AnnotateError(f"object {number} is no dictionary")
            copy = DictionaryObject({key: old.raw_get(key) for key in old})
            self._objects[number] = (reference.generation, copy)
        found = self._objects[number][1]
        assert isinstance(found, DictionaryObject)
        return found

    def written(self) -> bytes:
        """Return the bytes of the file and behind them all that is new."""
        out = io.BytesIO()
        out.write(self.data if self.data.endswith(b"\n") else self.data + b"\n")
        places: dict[int, tuple[int, int]] = {}
        for number, (generation, one) in sorted(self._objects.items()):
            places[number] = (generation, out.tell())
            out.write(f"{number} {generation} obj\n".encode())
            one.write_to_stream(out)
            out.write(b"\nendobj\n")
        start = out.tell()
        if _has_table(self.data):
            self._table(out, places)
        else:
            self._stream(out, places)
        out.write(f"startxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()

    def _table(self, out: io.BytesIO, places: dict[int, tuple[int, int]]) -> None:
        # Readers correct numbers where the first part of a table does not begin with 0.
        out.write(b"xref\n0 1\n0000000000 65535 f \n")
        for first, numbers in _runs(sorted(places)):
            out.write(f"{first} {len(numbers)}\n".encode())
            for number in numbers:
                generation, place = places[number]
                out.write(f"{place:010} {generation:05} n \n".encode())
        out.write(b"trailer\n")
        self._trailer(self._next, out.getvalue()).write_to_stream(out)
        out.write(b"\n")

    def _stream(self, out: io.BytesIO, places: dict[int, tuple[int, int]]) -> None:
        from pypdf.generic import ArrayObject, NameObject, NumberObject, StreamObject

        places = {**places, self._next: (0, out.tell())}
        table = StreamObject()
        table.update(self._trailer(self._next + 1, out.getvalue()))
        table[NameObject("/Type")] = NameObject("/XRef")
        table[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 8, 2)))
        index = [number for first, group in _runs(sorted(places)) for number in (first, len(group))]
        table[NameObject("/Index")] = ArrayObject(map(NumberObject, index))
        rows = (
            b"\x01" + place.to_bytes(8, "big") + generation.to_bytes(2, "big")
            for _, (generation, place) in sorted(places.items())
        )
        table.set_data(b"".join(rows))
        out.write(f"{self._next} 0 obj\n".encode())
        table.write_to_stream(out)
        out.write(b"\nendobj\n")

    def _trailer(self, size: int, written: bytes) -> DictionaryObject:
        """Return the trailer of the update: the file's own, its second identity made anew."""
        from pypdf.generic import (
            ArrayObject,
            ByteStringObject,
            DictionaryObject,
            NameObject,
            NumberObject,
        )

        old = self.reader.trailer
        found = DictionaryObject(
            {NameObject(key): old.raw_get(key) for key in ("/Root", "/Info") if key in old}
        )
        found[NameObject("/Size")] = NumberObject(size)
        found[NameObject("/Prev")] = NumberObject(_startxref(self.data))
        identity: Any = old.get("/ID")
        if isinstance(identity, ArrayObject) and identity:
            changing = ByteStringObject(hashlib.sha256(written).digest()[:16])
            found[NameObject("/ID")] = ArrayObject([identity[0], changing])
        return found


def opened(name: str, data: bytes, password: str = "") -> Increment:
    """Return a file to which something is to be added; raises ``AnnotateError``."""
    with quiet():
        if sound(data):
            return Increment(data)
        return Increment(_written_anew(name, data, password))


def sound(data: bytes) -> bool:
    """Return whether a file's own tables can be built on: it is whole and not encrypted."""
    from pypdf import PdfReader

    if not data.startswith(b"%PDF-"):
        return False
    try:
        reader = PdfReader(io.BytesIO(data), strict=True)
        pages = list(reader.pages)
        own = all(page.indirect_reference is not None for page in pages)
        return bool(pages) and own and not reader.is_encrypted and _startxref(data) > 0
    except Exception:  # pypdf raises errors of many kinds on what it did not expect
        return False


@contextmanager
def quiet() -> Iterator[None]:
    """Keep pypdf's warnings on damaged files from the terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _written_anew(name: str, data: bytes, password: str) -> bytes:
    """Return a file as PDFium writes it, without encryption and with sound tables."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) == _ERROR_PASSWORD:
            what = "the password does not open it" if password else "give --password WORD"
            raise AnnotateError(f"{name}: the file is encrypted; {what}") from error
        raise AnnotateError(f"{name}: the PDF is damaged and cannot be opened") from error
    try:
        if not raw.FPDF_GetDocPermissions(document) & _NOTES_ALLOWED:
            raise AnnotateError(f"{name}: the file is encrypted and allows no notes to be added")
        buffer = io.BytesIO()
        document.save(buffer, flags=raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as error:
        raise AnnotateError(f"{name}: the PDF is damaged and cannot be written") from error
    finally:
        document.close()
    return _IDENTITY.sub(lambda found: _fixed(found, data), buffer.getvalue())


def _fixed(found: re.Match[bytes], data: bytes) -> bytes:
    """Return an identity that depends on the file alone; PDFium takes one by chance."""
    digest = hashlib.sha256(data).hexdigest().upper().encode()
    whole = found[0]
    for group in (1, 2):
        begin, end = found.start(group) - found.start(), found.end(group) - found.start()
        whole = whole[:begin] + digest[: end - begin].ljust(end - begin, b"0") + whole[end:]
    return whole


def _startxref(data: bytes) -> int:
    """Return where the last table of a file stands, 0 where it is not told."""
    found = re.findall(rb"startxref\s+(\d+)\s+%%EOF", data[-2048:])
    return int(found[-1]) if found else 0


def _has_table(data: bytes) -> bool:
    """Return whether a file's last table is one of the older kind, in plain figures."""
    return data[_startxref(data) :].lstrip()[:4] == b"xref"


def _free(reader: PdfReader) -> int:
    """Return the first number that no object has."""
    numbers: list[int] = [number for table in reader.xref.values() for number in table]
    numbers += [*reader.xref_objStm, int(reader.trailer.get("/Size", 1)) - 1]
    return max(numbers) + 1


def _runs(numbers: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield runs of numbers that follow each other, each with its first."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run[0], run
            run = []
        run.append(number)
    if run:
        yield run[0], run
