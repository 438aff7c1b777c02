"""A TEI file with the findings as ``<note type="scholiast">`` right behind the words.

Nothing else of the file changes, not a byte. The reader leaves these notes
out, so that the annotated copy reads as the original does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from html import escape
from typing import Final

from scholiast.model import Document, Finding, Place, Segment
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.bytes_at import Decoded
from scholiast.report.remarks import clean
from scholiast.report.xml_text import Path, XmlText

#: A remark of ours in a file, by its id.
_ASKED: Final = re.compile(r"xml:id=[\"']scholiast-([0-9a-f]{12})[\"']")
#: The whole of a remark.
_REMARK: Final = re.compile(r"<(?:[\w.-]+:)?note type=\"scholiast\"[^>]*>[^<]*</(?:[\w.-]+:)?note>")
#: Elements of TEI P5 that hold characters alone, so that no note may stand in them.
_PLAIN: Final = frozenset(
    {
        *("idno", "code", "ident", "g", "c", "pc", "gi", "att", "val", "tag", "eg", "egXML"),
        *("postCode", "formula", "string", "value", "localName", "glyphName", "charName"),
        *("choice", "subst", "biblStruct", "analytic", "monogr", "series", "imprint", "row"),
    }
)
_WORD: Final = re.compile(r"\S\s*\Z")


def annotate_tei(document: Document, findings: Iterable[Finding], data: bytes) -> bytes:
    """Return the file ``data`` with a note for each finding of the document.

    A finding that a note of the file asks about already is not asked again.
    Raises ``AnnotateError``, in one line, where the file cannot take notes.
    """
    try:
        decoded = Decoded(data, _encoding(document.encoding, data))
    except LookupError as error:
        raise AnnotateError(f"{document.name}: unknown encoding {document.encoding!r}") from error
    asked = set(_ASKED.findall(decoded.text))
    wanted = [
        finding
        for finding in findings
        if finding.place.document == document.name and finding.id not in asked
    ]
    places = _Places(document, XmlText(decoded.text))
    added = sorted(((places.behind(one.place), one) for one in wanted), key=lambda pair: pair[0][0])
    try:
        offsets = decoded.at([place for (place, _), _ in added])
    except ValueError as error:
        raise AnnotateError(f"{document.name}: {error}") from error
    parts: list[bytes] = []
    here = 0
    for byte, ((_, path), finding) in zip(offsets, added, strict=True):
        words = remark(finding, _prefix(path)).encode(decoded.encoding, "xmlcharrefreplace")
        parts += [data[here:byte], words]
        here = byte
    return b"".join((*parts, data[here:]))


def without_remarks(text: str) -> str:
    """Return an annotated text without its remarks: the original."""
    return _REMARK.sub("", text)


def remark(finding: Finding, prefix: str = "") -> str:
    """Return a finding as a note: its certainty, its code, its id, its question."""
    words = escape(clean(finding.question or finding.message), quote=False)
    name = f"{prefix}note"
    return (
        f'<{name} type="scholiast" subtype="{finding.certainty}" n="{finding.code}" '
        f'xml:id="scholiast-{finding.id}">{words} [{finding.code} #{finding.id}]</{name}>'
    )


def _encoding(told: str, data: bytes) -> str:
    """Return the name of an encoding with the order of its bytes."""
    folded = told.upper().replace("_", "-")
    if folded in ("UTF-16", "UCS-2", "ISO-10646-UCS-2"):
        big = data.startswith(b"\xfe\xff") or (data[:1] == b"\0" and data[1:2] != b"\0")
        return "utf-16-be" if big else "utf-16-le"
    return told or "utf-8"


def _prefix(path: Path) -> str:
    """Return the prefix that the elements around bear, with its colon."""
    prefix, colon, _ = path[0].rpartition(":") if path is not None else ("", "", "")
    return prefix + colon


class _Places:
    """Answers where in the file a note on a place belongs."""

    def __init__(self, document: Document, text: XmlText) -> None:
        self._document = document
        self._text = text
        self._shown = [s for s in document.segments if s.start < s.end and s.source < s.source_end]
        self._starts = [s.start for s in self._shown]

    def behind(self, place: Place) -> tuple[int, Path]:
        """Return the offset in the file behind the words of a place, and the elements there."""
        end = place.end if place.start < place.end else place.start
        head = self._document.text[max(0, end - 200) : end]
        found = _WORD.search(head)
        if found is not None:
            end -= len(head) - found.start() - 1
        segment = self._segment(end)
        if segment is None:
            raise AnnotateError(f"{self._document.name}: no words in it can take a remark")
        offset = segment.source_end
        if segment.source_end - segment.source == segment.end - segment.start:
            offset = segment.source + min(max(end, segment.start), segment.end) - segment.start
        at, path = self._text.behind(segment.paragraph, offset)
        return self._allowed(at, path)

    def _segment(self, end: int) -> Segment | None:
        """Return the segment of the character before a position, or the first one."""
        at = bisect_left(self._starts, end) - 1
        if not self._shown:
            return None
        return self._shown[max(at, 0)]

    def _allowed(self, at: int, path: Path) -> tuple[int, Path]:
        """Return the nearest place, at it or behind it, where a note is valid."""
        depth = 0
        while path is not None and path[1] is not None and path[0].rpartition(":")[2] in _PLAIN:
            depth += 1
            path = path[1]
        return (self._text.out_of(at, depth) if depth else at), path
