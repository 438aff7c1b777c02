"""A query sheet as a Word document: the words marked in their context, boxes for the answers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from scholiast.model import Place
from scholiast.report.columns import plain, shortened
from scholiast.report.excerpts import excerpt
from scholiast.report.sheets import HEADING_JOIN, WORDS_SHOWN, Query, Sheet, spot
from scholiast.report.wording import LANGUAGE, PLACES_SHOWN, answers, phrases, places_left
from scholiast.report.wordprocessing import (
    TEXT_WIDTH,
    check_box,
    package,
    paragraph,
    run,
    table,
)

#: Widths in twips: labels of the lines on top; the sign, the boxes and the reason of an answer.
_LABELS: Final = 1300
_SIGN: Final = 1500
_BOXES: Final = 2300


def sheet_docx(sheet: Sheet) -> bytes:
    """Return a query sheet as the bytes of a .docx."""
    styles = files("scholiast.data").joinpath("sheet-styles.xml").read_text(encoding="utf-8")
    title = plain(sheet.title)
    return package(title, _body(sheet), styles, title + HEADING_JOIN.rstrip(), LANGUAGE)


def _body(sheet: Sheet) -> Iterator[str]:
    """Yield the elements of the document."""
    yield paragraph("Title", run(plain(sheet.title)))
    if sheet.subject:
        yield paragraph("Subtitle", run(plain(sheet.subject)))
    yield table(
        "Lines",
        (_LABELS, TEXT_WIDTH - _LABELS),
        [
            (paragraph("Cell", run(label, "Label")), paragraph("Cell", run(words)))
            for label, words in sheet.lines
        ],
    )
    for heading, queries in sheet.groups:
        yield paragraph("Heading1", run(heading))
        for query in queries:
            yield from _query(query)
    yield paragraph("Closing", run(sheet.closing))


def _query(query: Query) -> Iterator[str]:
    """Yield the paragraphs of a query and the table for its answer."""
    said, finding = phrases("sheet"), query.finding
    number, _, rest = plain(query.heading).partition(HEADING_JOIN)
    yield paragraph("Heading2", run(number), run(HEADING_JOIN + rest, "Place") if rest else "")
    yield paragraph("Message", run(plain(finding.message)))
    if marked := _marked(finding.place):
        yield paragraph("Quote", marked)
    for place in finding.also[:PLACES_SHOWN]:
        told = f"{said['also']} {spot(place, finding.place.document)}".rstrip()
        yield paragraph("Also", run(f"{told}: "), _marked(place))
    if left := places_left(finding):
        yield paragraph("Also", run(left))
    yield paragraph("Question", run(plain(finding.question)))
    yield _answer(query)


def _answer(query: Query) -> str:
    """Return the table for an answer: the sign, two boxes, room for the reason."""
    said = phrases("sheet")
    accept, reject = (answers(verdict)[0] for verdict in ("accept", "reject"))
    boxes = (
        check_box(2 * query.number - 1),
        run(f" {accept}    "),
        check_box(2 * query.number),
        run(f" {reject}"),
    )
    cells = (
        paragraph("Sign", run(query.sign)),
        paragraph("Cell", *boxes),
        paragraph("Cell", run(f"{said['why']} ")),
    )
    return table("Answer", (_SIGN, _BOXES, TEXT_WIDTH - _SIGN - _BOXES), [cells])


def _marked(place: Place) -> str:
    """Return the words of a place in their context, marked."""
    before, words, after = excerpt(place)
    if not before + words + after:
        return ""
    words = shortened(words, WORDS_SHOWN) if words.strip() else phrases("sheet")["here"]
    sides = (run(side) if side else "" for side in (before, after))
    return run(words, "Words").join(sides)
