"""An OpenDocument text with the findings as real comments at the exact words.

Everything else in the package stays as it was, byte for byte; the text's XML
gains the comments and nothing more. LibreOffice shows no comments in notes:
what stands in a note is asked at its mark, and quoted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from scholiast.model import Document, Finding
from scholiast.packages.odf import Element
from scholiast.packages.zip import PackageError, rewrite
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.odf_comments import (
    MAX_INFLATED,
    comment_end,
    main_part,
    new_comment,
    read_comments,
)
from scholiast.report.odf_spots import Body, Put, Spots, put
from scholiast.report.remarks import (
    MOST_COMMENTS,
    Line,
    asked_in,
    chosen,
    clean,
    lines,
    rest,
    unasked,
)
from scholiast.report.word_places import Places
from scholiast.report.xml_parts import serialised


def annotate_odt(
    document: Document,
    findings: Iterable[Finding],
    data: bytes,
    *,
    author: str = "Scholiast",
    date: datetime | None = None,
    max_inflated: int = MAX_INFLATED,
) -> bytes:
    """Return the text ``data`` with a comment for each finding of the document.

    A finding that a comment of the file asks about already is not asked again.
    The comments carry no date unless one is given, so that the same input
    gives the same bytes. Raises ``AnnotateError`` where the file cannot take
    comments, in one line.
    """
    try:
        name, original, root = main_part(data, max_inflated)
    except PackageError as error:
        raise AnnotateError(f"{document.name}: {error}") from error
    present = read_comments(root)
    asked = asked_in(comment.text for comment in present)
    wanted = unasked(document, findings, asked)
    if not wanted:
        return data
    taken = {comment.id for comment in present}
    put(_comments(document, wanted, root, name, clean(author) or "Scholiast", date, taken))
    content = serialised(root, original)
    if not name:
        return content
    try:
        return rewrite(data, {name: content}, max_inflated=max_inflated)
    except PackageError as error:
        raise AnnotateError(f"{document.name}: {error}") from error


def _comments(
    document: Document,
    wanted: list[Finding],
    root: Element,
    part: str,
    author: str,
    date: datetime | None,
    taken: set[str],
) -> list[Put]:
    """Return the beginnings and ends of the comments to write."""
    shown = tuple(s for s in document.segments if s.start <= document.body_end)
    places, body = Places(replace(document, segments=shown), part), Body(root)
    found: list[Put] = []

    def add(spots: Spots, text: Iterable[Line], name: str) -> None:
        while name in taken:
            name += "x"
        taken.add(name)
        found.append(Put(spots.start, True, new_comment(name, author, date, text)))
        found.append(Put(spots.end, spots.start == spots.end, comment_end(name)))

    own, others = chosen(wanted, MOST_COMMENTS)
    if others:
        first = places.first()
        spots = _spots(body, body.spots(first) if first else None)
        add(spots, rest(others, MOST_COMMENTS), "scholiast-rest")
    for finding in own:
        anchor = places.anchor(finding.place)
        spots = _spots(body, body.spots(anchor) if anchor else None)
        inside = anchor is not None and anchor.inside_note
        text = lines(finding, inside_note=inside, exact=spots.exact)
        add(spots, text, f"scholiast-{finding.id}")
    return found


def _spots(body: Body, found: Spots | None) -> Spots:
    """Return spots for a comment, at the first words where there are no better ones."""
    spots = found or body.anywhere()
    if spots is None:
        raise AnnotateError("the file holds no words that a comment could hang on")
    return spots
