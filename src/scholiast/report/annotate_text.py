"""A copy of a Markdown or plain text with the findings as remarks behind the words.

Nothing of the original is changed: without the remarks the copy is the
original again, byte for byte (``without_remarks``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from scholiast.model import Document, Finding
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.bytes_at import Decoded
from scholiast.report.remarks import clean
from scholiast.report.source_places import SourcePlaces

_SIGN: Final = r"[A-Z]{2,5}\d{3} #([0-9a-f]{12}):"
#: A remark in plain text; its group is the id of the finding.
PLAIN_REMARK: Final = re.compile(rf"\[\[{_SIGN} [^\n\r]*?\]\]")
_ASKED: Final = re.compile(rf"(?:\[\[|<!-- scholiast ){_SIGN}")
_BRACKETS: Final = str.maketrans("[]", "()")


def annotate_text(
    document: Document, findings: Iterable[Finding], data: bytes, encoding: str = ""
) -> bytes:
    """Return the file ``data`` with a remark for each finding of the document.

    ``encoding`` is that of the file (default: the one the reader found). A
    finding that a remark of the file asks about already is not asked again.
    Raises ``AnnotateError``, in one line, where the file cannot take remarks.
    """
    try:
        decoded = Decoded(data, encoding or document.encoding)
    except LookupError as error:
        raise AnnotateError(f"{document.name}: unknown encoding {encoding!r}") from error
    asked = {match.group(1) for match in _ASKED.finditer(decoded.text)}
    wanted = [
        finding
        for finding in findings
        if finding.place.document == document.name and finding.id not in asked
    ]
    places = SourcePlaces(document)
    remarks = [(min(places.behind(f.place), len(decoded.text)), f) for f in wanted]
    remarks.sort(key=lambda item: item[0])
    if document.format == "md":
        from scholiast.report.markdown_remarks import markdown_remark, placed

        own = [(at, markdown_remark(finding)) for at, finding in remarks]
        added = placed(decoded.text, own)
    else:
        added = [(at, plain_remark(finding)) for at, finding in remarks]
    try:
        return decoded.with_inserted(added)
    except ValueError as error:
        raise AnnotateError(f"{document.name}: {error}") from error


def without_remarks(data: bytes, *, encoding: str = "utf-8", format: str = "md") -> bytes:
    """Return an annotated copy without its remarks: the original.

    Raises ``LookupError`` for an unknown encoding.
    """
    decoded = Decoded(data, encoding)
    if format == "md":
        from scholiast.report.markdown_remarks import REMARKS

        found = REMARKS.finditer(decoded.text)
    elif format == "latex":
        from scholiast.report import latex_remarks

        found = latex_remarks.REMARKS.finditer(decoded.text)
    else:
        found = PLAIN_REMARK.finditer(decoded.text)
    return decoded.without([match.span() for match in found])


def plain_remark(finding: Finding) -> str:
    """Return a finding's remark in plain text: ``[[CODE #id: question]]``."""
    question = clean(finding.question or finding.message).translate(_BRACKETS)
    return f"[[{finding.code} #{finding.id}: {question}]]"
