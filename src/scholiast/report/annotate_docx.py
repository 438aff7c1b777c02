"""A Word file with the findings as real comments at the exact words.

Everything else in the package stays as it was, byte for byte; the body's XML
gains the marks of the comments and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from scholiast.model import Document, Finding
from scholiast.packages.ooxml import (
    NAMESPACES,
    STRICT_NAMESPACES,
    Element,
    attribute,
    elements,
    related,
)
from scholiast.packages.zip import Package, PackageError, rewrite
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.comment_parts import Comment, CommentParts, comment_parts, read_comments
from scholiast.report.comment_writer import NewComment, Writer
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
from scholiast.report.word_marks import Mark, comment_marks, put
from scholiast.report.word_places import Places
from scholiast.report.word_spots import Body, Spots
from scholiast.report.xml_parts import serialised

#: Word does not open a file with more than 32,767.
MOST_IN_FILE: Final = 32_000
MAX_INFLATED: Final = 400_000_000


def annotate_docx(
    document: Document,
    findings: Iterable[Finding],
    data: bytes,
    *,
    author: str = "Scholiast",
    date: datetime | None = None,
    max_inflated: int = MAX_INFLATED,
) -> bytes:
    """Return the Word file ``data`` with a comment for each finding of the document.

    A finding that a comment of the file asks about already is not asked again.
    The comments carry no date unless one is given, so that the same input
    gives the same bytes. Raises ``AnnotateError`` where the file cannot take
    comments, in one line.
    """
    try:
        name = clean(author) or "Scholiast"
        return _annotated(document, findings, data, name, date, max_inflated)
    except PackageError as error:
        raise AnnotateError(f"{document.name}: {error}") from error


def _annotated(
    document: Document,
    findings: Iterable[Finding],
    data: bytes,
    author: str,
    date: datetime | None,
    max_inflated: int,
) -> bytes:
    """Return the file with its comments; see ``annotate_docx``."""
    parts = comment_parts(Package(data, max_inflated))
    present = read_comments(parts)
    asked = asked_in(comment.text for comment in present)
    wanted = unasked(document, findings, asked)
    if not wanted:
        return data
    root = parts.root(parts.main)
    strict = root.tag.startswith(f"{{{STRICT_NAMESPACES['w']}}}")
    writer = Writer(parts, author, date, strict)
    comments, marks = _placed(document, wanted, parts, root, writer, present)
    writer.write(comments)
    put(marks)
    original = parts.package.read(parts.main)
    writer.replaced[parts.main] = serialised(root, original)
    return rewrite(data, writer.replaced, writer.added, max_inflated=max_inflated)


def _placed(
    document: Document,
    wanted: Sequence[Finding],
    parts: CommentParts,
    root: Element,
    writer: Writer,
    present: Sequence[Comment],
) -> tuple[list[NewComment], list[Mark]]:
    """Return the comments to write and the marks to put into the body."""
    places, body = Places(document, parts.main), Body(root)
    number = _first_free(root, parts, present)
    most = max(0, min(MOST_COMMENTS, MOST_IN_FILE - len(present)))
    own, others = chosen(wanted, most)
    style = writer.style("annotation reference")
    namespace = STRICT_NAMESPACES["w"] if writer.strict else NAMESPACES["w"]
    comments: list[NewComment] = []
    marks: list[Mark] = []

    def add(spots: Spots, text: tuple[Line, ...], name: str) -> None:
        comments.append(NewComment(number + len(comments), text, name))
        marks.extend(comment_marks(spots, comments[-1].number, namespace, style))

    if others:
        anchor = places.first()
        add(_spots(body, body.spots(anchor) if anchor else None), rest(others, most), "rest")
    for finding in own:
        anchor = places.anchor(finding.place)
        spots = _spots(body, body.spots(anchor) if anchor else None)
        inside = anchor is not None and anchor.inside_note
        text = lines(finding, inside_note=inside, exact=spots.exact)
        add(spots, text, f"{finding.id} {finding.code}")
    return comments, marks


def _spots(body: Body, found: Spots | None) -> Spots:
    """Return spots for a comment, at the first paragraph where there are no better ones."""
    spots = found or body.anywhere()
    if spots is None:
        raise AnnotateError("the file holds no paragraph that a comment could hang on")
    return spots


def _first_free(root: Element, parts: CommentParts, present: Sequence[Comment]) -> int:
    """Return a number above those of all comments of the file, and of all its notes.

    LibreOffice 7 gives notes the text of others where a comment has a number
    that a note has too.
    """
    numbers = {comment.id for comment in present}
    for name in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        numbers.update(attribute(mark, "w:id") for mark in elements(root, name))
    for sort in ("footnote", "endnote"):
        part = related(parts.links.values(), f"{sort}s")
        if part and part in parts.package:
            numbers.update(
                attribute(note, "w:id") for note in elements(parts.root(part), f"w:{sort}")
            )
    return 1 + max((int(number) for number in numbers if number.isdecimal()), default=-1)
