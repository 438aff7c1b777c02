"""A PDF with the findings as highlights on the exact words, each with its note.

The file's own bytes stay as they are; what is new follows them. Damaged and
encrypted files are written anew first.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from scholiast.model import Document, Finding, Place
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.pdf_annotations import Annotator, tint
from scholiast.report.pdf_boxes import Boxes
from scholiast.report.pdf_increment import Increment, opened, quiet
from scholiast.report.pdf_outline import Entry, bookmark
from scholiast.report.pdf_places import Places, Spots
from scholiast.report.remarks import SIGN, clean, lines, plain_text, said, sign
from scholiast.report.wording import phrases, where

#: Letters of a finding's words in a bookmark.
_WORDS: Final = 60
#: Other places of one finding that are highlighted.
MOST_ALSO: Final = 50


def annotate_pdf(
    document: Document,
    findings: Iterable[Finding],
    data: bytes,
    *,
    author: str = "Scholiast",
    date: datetime | None = None,
    password: str = "",
) -> bytes:
    """Return the PDF ``data`` with a highlight and a note for each finding of the document.

    A finding that a note of the file asks about already is not asked again.
    Nothing bears a date unless one is given, so that the same input gives the
    same bytes. Raises ``AnnotateError``, in one line, where the file cannot
    take notes.
    """
    own = [finding for finding in findings if finding.place.document == document.name]
    if not own:
        return data
    update = opened(document.name, data, password)
    try:
        with quiet():
            asked = _asked(update)
            wanted = [finding for finding in own if finding.id not in asked]
            if not wanted:
                return data
            return _annotated(document, wanted, update, clean(author) or "Scholiast", date)
    except AnnotateError as error:
        raise AnnotateError(f"{document.name}: {error}") from error
    except Exception as error:  # pypdf raises errors of many kinds on what it did not expect
        raise AnnotateError(f"{document.name}: the PDF is damaged: {clean(str(error))}") from error


def cautions(name: str, data: bytes) -> tuple[str, ...]:
    """Return what a person must know who uses an annotated copy of a file, each in one line."""
    from pypdf import PdfReader

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            encrypted = bool(reader.is_encrypted)
            form: Any = {} if encrypted else reader.root_object.get("/AcroForm", {})
            signed = bool(int(form.get_object().get("/SigFlags", 0)) & 1) if form else False
        except Exception:  # annotating says what is wrong with the file
            return ()
    found = []
    if encrypted:
        found.append(f"{name}: the file is encrypted; its annotated copy is not")
    if signed:
        found.append(f"{name}: the file is signed; the signature does not hold for the copy")
    return tuple(found)


def _asked(update: Increment) -> set[str]:
    """Return the ids of the findings that notes of the file ask about."""
    found: set[str] = set()
    for page in update.reader.pages:
        for one in page.annotations or ():
            text: Any = one.get_object().get("/Contents", "")
            found.update(match.group(2) for match in SIGN.finditer(str(text)))
    return found


def _annotated(
    document: Document,
    wanted: Sequence[Finding],
    update: Increment,
    author: str,
    date: datetime | None,
) -> bytes:
    """Return the file with its notes and bookmarks; see ``annotate_pdf``."""
    boxes = Boxes(update.data)
    try:
        places = Places(document, boxes)
        annotator = Annotator(update, author, date)
        entries: list[tuple[str, Entry]] = []
        whole = 0
        for finding in wanted:
            spots = places.spots(finding.place)
            if spots is None:
                _whole(annotator, finding, whole)
                whole += 1
            else:
                _highlight(annotator, finding, spots)
            entries.append((_group(finding.place), _entry(finding, spots)))
            _also(annotator, finding, places)
    finally:
        boxes.close()
    annotator.write()
    bookmark(update, _outline(entries))
    return update.written()


def _highlight(annotator: Annotator, finding: Finding, spots: Spots) -> None:
    """Highlight the words of a finding: on each page it has words on, the note on the first."""
    note = "\n".join(
        plain_text(line) for line in lines(finding, inside_note=False, exact=spots.exact)
    )
    first = spots.pages[0][0]
    for number, (page, boxes) in enumerate(spots.pages, 1):
        more = said("continued").format(sign=sign(finding), page=first)
        annotator.highlight(
            page,
            boxes,
            tint(finding.certainty),
            name=finding.id if number == 1 else f"{finding.id}-{number}",
            subject=f"{finding.code} {finding.rule}".strip(),
            note=note if number == 1 else more,
            window=number == 1,
        )


def _whole(annotator: Annotator, finding: Finding, place: int) -> None:
    """Put a note about the copy as a whole on the first page."""
    note = "\n".join(plain_text(line) for line in lines(finding, inside_note=False, exact=True))
    annotator.note(
        name=finding.id,
        subject=f"{finding.code} {finding.rule}".strip(),
        note=note,
        place=place,
    )


def _also(annotator: Annotator, finding: Finding, places: Places) -> None:
    """Highlight the other places of a finding more lightly, with a note that leads back."""
    for number, place in enumerate(finding.also[:MOST_ALSO], 1):
        spots = places.spots(place) if place.document == finding.place.document else None
        if spots is None:
            continue
        at = where(finding.place, line=False)
        words = clean(finding.place.quote) or clean(finding.place.context)
        see = said("see_also").format(code=finding.code, words=words, place=f", {at}" if at else "")
        for page, boxes in spots.pages:
            annotator.highlight(
                page,
                boxes,
                tint(finding.certainty, lighter=True),
                name=f"{finding.id}-also-{number}-{page}",
                subject=f"{finding.code} {finding.rule}".strip(),
                note="\n".join((see, clean(finding.message), sign(finding))),
            )


def _group(place: Place) -> str:
    """Return the heading under which a finding stands among the bookmarks."""
    if place.section:
        return clean(place.section)
    said_ = phrases("place")
    if place.page:
        return said_["page"].format(page=place.page).capitalize()
    if place.page_counted:
        return said_["counted"].format(page=place.page_counted).capitalize()
    return phrases("outline")["whole"]


def _entry(finding: Finding, spots: Spots | None) -> Entry:
    said_ = phrases("outline")
    words = clean(finding.place.quote)
    words = f"{words[:_WORDS].rstrip()} …" if len(words) > _WORDS else words
    title = said_["entry" if words else "bare"].format(
        code=finding.code,
        rule=finding.rule,
        certainty=phrases("certainty")[finding.certainty],
        words=words,
    )
    page, boxes = spots.pages[0] if spots else (1, ())
    return Entry(title, page, boxes[0][3] if boxes else float("inf"))


def _outline(entries: Sequence[tuple[str, Entry]]) -> Entry:
    """Return the bookmark of all findings, with one for each group below it, by their pages."""
    groups: dict[str, list[Entry]] = {}
    for name, entry in sorted(entries, key=lambda named: named[1].page):
        groups.setdefault(name, []).append(entry)
    below = tuple(Entry(name, own[0].page, own[0].top, tuple(own)) for name, own in groups.items())
    key = "one" if len(entries) == 1 else "many"
    title = phrases("outline")[key].format(count=len(entries))
    return Entry(title, below[0].page, below[0].top, below)
