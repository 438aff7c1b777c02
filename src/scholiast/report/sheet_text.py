"""A query sheet as plain text for a mail: narrow lines, answers between brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scholiast.model import Place
from scholiast.report.columns import plain, shortened, width, wrap
from scholiast.report.excerpts import excerpt
from scholiast.report.sheets import WORDS_SHOWN, Query, Sheet, spot
from scholiast.report.wording import PLACES_SHOWN, answers, phrases, places_left

#: Narrow enough to be quoted in a reply and not be broken anew (RFC 3676 asks for 78 at most).
COLUMNS: Final = 72

#: What stands between two queries; an answer ends here.
RULE: Final = "-" * COLUMNS
_CONTEXT: Final = "    "


def sheet_text(sheet: Sheet) -> str:
    """Return a query sheet as plain text; words in question stand between asterisks."""
    heads = filter(None, (plain(sheet.title), plain(sheet.subject)))
    lines = [line for head in heads for line in wrap(head, COLUMNS)] + [""]
    margin = max(width(label) for label, _ in sheet.lines) + 2
    for label, words in sheet.lines:
        indent = label + " " * (margin - width(label))
        lines += wrap(words, COLUMNS, indent, " " * margin)
    lines.append("")
    for heading, queries in sheet.groups:
        lines += ["", *wrap(heading, COLUMNS), ""]
        for query in queries:
            lines += [RULE, *_query(query)]
    lines += [RULE, ""] if sheet.groups else []
    return "\n".join([*lines, sheet.closing]) + "\n"


def _query(query: Query) -> Iterator[str]:
    """Yield the lines of a query and the line for its answer."""
    said, finding = phrases("sheet"), query.finding
    yield from wrap(plain(query.heading), COLUMNS)
    yield ""
    yield from wrap(plain(finding.message), COLUMNS)
    yield ""
    if line := _emphasised(finding.place):
        yield from wrap(line, COLUMNS, _CONTEXT)
        yield ""
    for place in finding.also[:PLACES_SHOWN]:
        told = f"{said['also']} {spot(place, finding.place.document)}".rstrip()
        yield from wrap(f"{told}: {_emphasised(place)}", COLUMNS, "", _CONTEXT)
    if left := places_left(finding):
        yield left
    if finding.also:
        yield ""
    yield from wrap(plain(finding.question), COLUMNS)
    yield ""
    accept, reject = (answers(verdict)[0] for verdict in ("accept", "reject"))
    yield f"{query.sign}  [ ] {accept}  [ ] {reject}  {said['why']}"
    yield ""


def _emphasised(place: Place) -> str:
    """Return the words of a place between asterisks, in their context."""
    before, words, after = excerpt(place)
    if words.strip():
        return f"{before}*{shortened(words, WORDS_SHOWN)}*{after}"
    return before + phrases("sheet")["here"] + after if before + after else ""
