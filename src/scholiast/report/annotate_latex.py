"""A copy of a LaTeX file with the findings as comments, which print nothing.

Every byte of the original stays (``annotate_text.without_remarks`` gives it
back), and what TeX makes of the copy is what it made of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from scholiast.model import Document, Finding
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.bytes_at import Decoded
from scholiast.report.latex_remarks import ASKED, latex_remark, placed
from scholiast.report.source_places import SourcePlaces

_INPUT: Final = r"\\(?:input|include|subfile|subfileinclude|import|subimport)\*?\s*[^%\r\n]*?"


def annotate_latex(document: Document, findings: Iterable[Finding], data: bytes) -> bytes:
    """Return the file ``data`` with a remark for each finding of the document.

    A finding that a remark of the file asks about already is not asked again;
    one about words of a file that this one takes in stands where it does so,
    and names file and line. Raises ``AnnotateError`` where the file cannot
    take remarks.
    """
    decoded = Decoded(data, document.encoding)
    asked = {match.group(1) for match in ASKED.finditer(decoded.text)}
    parts = _Parts(document, decoded.text)
    remarks: list[tuple[int, str]] = []
    for finding in findings:
        if finding.place.document != document.name or finding.id in asked:
            continue
        at, where = parts.place(finding)
        remarks.append((at, latex_remark(finding, where)))
    remarks.sort(key=lambda item: item[0])
    try:
        return decoded.with_inserted(placed(decoded.text, remarks))
    except ValueError as error:
        raise AnnotateError(f"{document.name}: {error}") from error


class _Parts:
    """Tells which file the words of a finding stand in, and where the main one takes it in."""

    def __init__(self, document: Document, text: str) -> None:
        self._text = text
        self._segments = document.segments
        self._starts = [segment.start for segment in document.segments]
        own = tuple(segment for segment in document.segments if not segment.part)
        self._places = SourcePlaces(replace(document, segments=own))

    def place(self, finding: Finding) -> tuple[int, str]:
        """Return the offset in the main file for a remark, and the place that it must name."""
        if not finding.place.end:  # a finding on the whole file
            return 0, ""
        part = self._part(finding.place.start)
        if not part:
            return self._places.behind(finding.place), ""
        line = finding.place.line
        where = f"{part}, line {line}" if line else part
        stem = re.escape(part.rpartition(".")[0])
        match = re.search(rf"{_INPUT}{stem}(?:\.\w+)?\s*\}}?", self._text)
        if match is None:
            return self._places.behind(replace(finding.place, end=finding.place.start)), where
        return match.end(), where

    def _part(self, position: int) -> str:
        """Return the name of the file that holds the words at a position."""
        at = bisect_right(self._starts, position) - 1
        while at >= 0:
            segment = self._segments[at]
            if segment.start <= position < max(segment.end, segment.start + 1):
                return segment.part
            if segment.end > segment.start:
                break
            at -= 1
        return self._segments[at].part if at >= 0 else ""
