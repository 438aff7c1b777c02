"""A copy of a web page, or of a book, with the findings as remarks behind the words.

Every byte of the original stays; without the remarks the copy is the original
again (``without_page_remarks``). A remark is a ``span`` of the class
``scholiast`` that can be seen and printed. One whose place in the source cannot
be proven, or lies where no span may stand, is listed at the end of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from scholiast.model import Document, Finding
from scholiast.packages.hypertext import parse_html, parse_xhtml
from scholiast.packages.hypertext_places import SourcePlaces
from scholiast.packages.zip import Package, PackageError, rewrite
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.bytes_at import Decoded
from scholiast.report.node_places import NodePlace, NodePlaces
from scholiast.report.remarks import clean

_REMARK: Final = re.compile(r'<span class="scholiast" role="note" [^<>]*>[^<>]*</span>')
_ASKED: Final = re.compile(r'<span class="scholiast" role="note" [^<>]*data-id="([0-9a-f]{12})"')
#: The ends of stretches that a remark goes behind: it is no part of the link or the italics.
_CLOSERS: Final = re.compile(
    r"(?:</(?:a|abbr|b|cite|em|font|i|small|span|strong|su[bp]|u)\s*>)+", re.IGNORECASE
)
_BODY_END: Final = re.compile(r"</body\s*>", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_STYLE: Final = (
    "display:inline;margin:0 .25em;padding:0 .3em;border:1px solid #b58900;border-radius:.2em;"
    "background:#fff3bf;color:#222;font:normal 400 .8rem/1.4 sans-serif;letter-spacing:normal;"
    "text-transform:none;text-indent:0;vertical-align:baseline;white-space:normal;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact"
)
_LISTED: Final = _STYLE.replace("display:inline", "display:block").replace("0 .25em", ".5em 0")
_MAX_INFLATED: Final = 400_000_000


def annotate_html(document: Document, findings: Iterable[Finding], data: bytes) -> bytes:
    """Return the page ``data`` with a remark for each finding of the document.

    A finding that a remark of the page asks about already is not asked again.
    Raises ``AnnotateError``, in one line, where the page cannot take remarks.
    """
    places = NodePlaces(document)
    wanted = [(places.behind(f.place), f) for f in findings if f.place.document == document.name]
    xml = document.name.lower().endswith(".xhtml")
    try:
        return _annotated(data, document.encoding or "utf-8", wanted, xml=xml)
    except (PackageError, LookupError, ValueError) as error:
        raise AnnotateError(f"{document.name}: {error}") from error


def annotate_epub(document: Document, findings: Iterable[Finding], data: bytes) -> bytes:
    """Return the book ``data`` with a remark for each finding of the document, in its pages.

    The members without findings keep their bytes and their places.
    """
    places = NodePlaces(document)
    first = next((s.part for s in document.segments if s.part), "")
    by_part: dict[str, list[tuple[NodePlace, Finding]]] = {}
    for finding in findings:
        if finding.place.document == document.name:
            place = places.behind(finding.place)
            by_part.setdefault(place.part or first, []).append((place, finding))
    try:
        package = Package(data, _MAX_INFLATED)
        changed: dict[str, bytes] = {}
        for part, wanted in by_part.items():
            page = package.read(part)
            told = _DECLARED.search(page[:200])
            encoding = told[1].decode("ascii") if told else "utf-8"
            changed[part] = _annotated(page, encoding, wanted, xml=True)
        return rewrite(data, changed, max_inflated=_MAX_INFLATED)
    except (PackageError, LookupError, ValueError) as error:
        raise AnnotateError(f"{document.name}: {error}") from error


def without_page_remarks(data: bytes, encoding: str = "utf-8") -> bytes:
    """Return an annotated page without its remarks: the original."""
    decoded = Decoded(data, encoding)
    return decoded.without([match.span() for match in _REMARK.finditer(decoded.text)])


def remark(finding: Finding, encoding: str, *, listed: bool = False) -> str:
    """Return a finding's remark; what the encoding lacks is written by its number."""
    question = clean(finding.question or finding.message)
    shown = f"[{finding.code}: {question}]"
    if listed and finding.place.quote.strip():
        shown = f"[{finding.code}: {question} (“{clean(finding.place.quote)}”)]"
    title = clean(finding.message or finding.question)
    words = (
        f'<span class="scholiast" role="note" data-code="{finding.code}" data-id="{finding.id}" '
        f'title="{escape(title)}" style="{_LISTED if listed else _STYLE}">{escape(shown)}</span>'
    )
    return words.encode(encoding, "xmlcharrefreplace").decode(encoding)


def _annotated(
    data: bytes, encoding: str, wanted: Sequence[tuple[NodePlace, Finding]], *, xml: bool
) -> bytes:
    """Return a page with remarks at their places."""
    decoded = Decoded(data, encoding)
    asked = set(_ASKED.findall(decoded.text))
    wanted = [(place, finding) for place, finding in wanted if finding.id not in asked]
    if not wanted:
        return data
    root = (parse_xhtml if xml else parse_html)(decoded.text)
    source = SourcePlaces(decoded.text, root, xml=xml)
    added: list[tuple[int, str]] = []
    listed: list[str] = []
    for place, finding in wanted:
        at = source.behind(place.number, place.offset)
        if at < 0:
            listed.append(remark(finding, encoding, listed=True))
            continue
        closers = _CLOSERS.match(decoded.text, at)
        added.append((closers.end() if closers else at, remark(finding, encoding)))
    if listed:
        ends = [match.start() for match in _BODY_END.finditer(decoded.text)]
        added.append((ends[-1] if ends else len(decoded.text), "".join(listed)))
    added.sort(key=lambda one: one[0])
    return decoded.with_inserted(added)
