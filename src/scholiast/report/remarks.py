"""What a remark says: the question first, then the reason, and last the sign it is known by.

The same words stand in a Word comment and, shortened, in the copy of a
Markdown or plain text. The sign (code and id) is how ``collect`` finds the
remark again, whatever was written around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from scholiast.data import table
from scholiast.model import Certainty, Document, Finding, Place
from scholiast.report.excerpts import excerpt
from scholiast.report.wording import where

#: The language of the fixed phrases.
LANGUAGE: Final = "en"
#: Letters of a quotation in a remark; the middle of a longer one is left out.
MOST_LETTERS: Final = 240
#: Other places that a remark lists; the rest is a number.
MOST_PLACES: Final = 10
#: Places that the remark on all that has no remark of its own lists for each rule.
MOST_OF_RULE: Final = 5

#: Remarks set into one file; what is beyond them goes into one more that lists it.
MOST_COMMENTS: Final = 2000

_ORDER: Final = tuple(Certainty)
#: The sign of a remark: the code of the rule, whatever follows in the line, and the id.
SIGN: Final = re.compile(r"\b([A-Z]{2,5}\d{3})\b[^\n#]{0,120}#([0-9a-f]{12})\b")

#: What XML 1.0 cannot hold.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS: Final = re.compile(r"\s+")


class Run(NamedTuple):
    """A stretch of a remark's line; ``strong`` ones are the words the remark is about."""

    text: str
    strong: bool = False


Line = tuple[Run, ...]


def said(name: str) -> str:
    """Return a fixed phrase of remarks."""
    phrase: str = table("remarks")[LANGUAGE][name]
    return phrase


def lines(finding: Finding, *, inside_note: bool, exact: bool) -> tuple[Line, ...]:
    """Return the lines of a remark on a finding.

    ``inside_note``: the remark hangs on the mark of the note that its words
    stand in. ``exact``: it covers its words and nothing else; where it does
    not, they are quoted.
    """
    found: list[Line] = [(Run(clean(finding.question or finding.message)),)]
    if finding.question and finding.message:
        found.append((Run(clean(finding.message)),))
    if inside_note:
        number = finding.place.note
        lead = said("inside_note").format(note=number) if number else said("inside_uncalled")
        found.append((Run(f"{clean(lead)} "), *_excerpt(finding.place)))
    elif not exact and (finding.place.quote.strip() or finding.place.context.strip()):
        found.append((Run(f"{said('near')} "), *_excerpt(finding.place)))
    found.extend(_also(finding))
    found.append((Run(sign(finding)),))
    return tuple(found)


def sign(finding: Finding) -> str:
    """Return the sign of a finding's remark: code, name, certainty, id."""
    parts = [f"{finding.code} {finding.rule}".strip(), str(finding.certainty)]
    if finding.preview:
        parts.append(said("preview"))
    return " · ".join((*parts, f"#{finding.id}"))


def chosen(wanted: Sequence[Finding], most: int) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that get a comment of their own, and the rest, both in their order.

    Where there are too many, certain ones go before likely ones, and these before style.
    """
    if len(wanted) <= most:
        return list(wanted), []
    ranked = sorted(range(len(wanted)), key=lambda at: (_ORDER.index(wanted[at].certainty), at))
    kept = set(ranked[:most])
    own = [finding for at, finding in enumerate(wanted) if at in kept]
    return own, [finding for at, finding in enumerate(wanted) if at not in kept]


def rest(findings: Sequence[Finding], most: int) -> tuple[Line, ...]:
    """Return the lines of the one remark on all findings that have none of their own."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.code, finding.rule), []).append(finding)
    found: list[Line] = [(Run(said("rest").format(count=len(findings), most=most)),)]
    for (code, rule), group in sorted(by_rule.items()):
        head = said("rest_rule").format(code=code, rule=rule, count=len(group))
        found.append((Run(head, strong=True),))
        for finding in group[:MOST_OF_RULE]:
            found.append((Run(_place(finding.place, "", "rest_place", "rest_place")),))
        if len(group) > MOST_OF_RULE:
            found.append((Run(said("more").format(count=len(group) - MOST_OF_RULE)),))
    return tuple(found)


def clean(text: str) -> str:
    """Return words on one line, without what XML cannot hold, shortened in the middle."""
    plain = _BLANKS.sub(" ", _FORBIDDEN.sub("\ufffd", text)).strip()
    if len(plain) <= MOST_LETTERS * 2:
        return plain
    return f"{plain[:MOST_LETTERS].rstrip()} … {plain[-MOST_LETTERS:].lstrip()}"


def plain_text(line: Line) -> str:
    """Return the words of a line without their emphasis."""
    return "".join(run.text for run in line)


def _excerpt(place: Place) -> Line:
    """Return the words of a place between those around them."""
    found = excerpt(place)
    parts = (
        Run(_kept(found.before)),
        Run(_kept(found.words), strong=True),
        Run(_kept(found.after)),
    )
    quoted = any(mark in part.text for part in parts for mark in "“”")
    opening, closing = "‘’" if quoted else "“”"
    return (Run(opening), *(part for part in parts if part.text), Run(closing))


def _kept(text: str) -> str:
    """Return words fit for XML, with the blanks at their edges."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() else ""
    inner = clean(text)
    return f"{lead}{inner}{trail}" if inner else ""


def _also(finding: Finding) -> list[Line]:
    """Return a line for each other place of a finding, the first ten of them."""
    found: list[Line] = []
    for place in finding.also[:MOST_PLACES]:
        found.append((Run(_place(place, finding.place.document, "also", "also_unnamed")),))
    if len(finding.also) > MOST_PLACES:
        found.append((Run(said("more").format(count=len(finding.also) - MOST_PLACES)),))
    return found


def _place(place: Place, document: str, named: str, unnamed: str) -> str:
    """Return where a place is, with its words."""
    at = where(place, document=document) if document else where(place)
    words = clean(place.quote) or clean(place.context)
    phrase = said(named if at else unnamed)
    return clean(phrase.format(place=at, words=f"“{words}”" if words else "").rstrip(": "))


def asked_in(comments: Iterable[str]) -> set[str]:
    """Return the ids of the findings that comments ask about."""
    return {found.group(2) for text in comments for found in SIGN.finditer(text)}


def unasked(document: Document, findings: Iterable[Finding], asked: set[str]) -> list[Finding]:
    """Return the findings of a document that no comment asks about yet."""
    return [
        finding
        for finding in findings
        if finding.place.document == document.name and finding.id not in asked
    ]
