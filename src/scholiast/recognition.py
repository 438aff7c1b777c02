"""What is held back where words were recognised on pictures of pages: finding by finding.

A recogniser misreads letters and loses note marks. A finding on words that it
was not sure of says more about the scan than about the author: it is counted,
and shown only where findings in preview are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from scholiast.case import Annotated
from scholiast.decisions import finding_id
from scholiast.model import Certainty, Finding, Place, Segment
from scholiast.rule import Rule

#: A recogniser that is less sure than this of a word may have misread it (measured: see
#: docs/benchmarks.md).
WEAK: Final = 0.80
#: These ask for marks, notes and brackets that are not there, or for the place of a mark; on a
#: scan the recogniser lost them, however sure it was of the words around.
_BY_ABSENCE: Final = (
    "DOC005",
    "DOC006",
    "DOC012",
    "DOC013",
    "NOT001",
    "NOT002",
    "NOT003",
    "NOT008",
    "NOT009",
    "NOT011",
)
#: These look at single signs and blanks, the weakest side of a recogniser: all words of the
#: paragraph must be sure.
_BY_SIGNS: Final = ("DOC009", "DOC010", "DOC011")

RECOGNISED_TEXT: Final = Rule(
    code="DOC015",
    name="recognised-text",
    since="0.1",
    page="""The text was recognised on pictures of pages, and findings on weak words are held back.

## Why it matters

A scan holds no letters; they are guessed from the picture. What looks like the author’s slip may
be a misread letter, a lost blank or a lost note mark.

## What it checks

Which words were recognised, and how surely. Findings on words below a confidence of 0.8, findings
on blanks and single letters in paragraphs with such words, and all that miss a note, a mark, a
bracket or a quotation mark are held back and counted here; `--preview` shows them. They do not
count for the exit code. Pages that could not be recognised are named.

## Known gaps

A word that the recogniser misread with confidence is not held back. Italics and bold letters are
not recognised. The hidden text that another program put under the pictures of a scan is read as
any text: it does not tell how sure it is.""",
    certainty=Certainty.STYLE,
    preview=False,
    copy=True,
    bad=(),
    good=(),
    module=__name__,
)


def held_back(
    text: Annotated, found: Sequence[Finding], *, preview: bool, wanted: bool
) -> list[Finding]:
    """Return the findings on a text; weak ones only with ``preview``, and then marked so.

    Where the text was recognised a finding of its own says so, if that is ``wanted``.
    """
    lost = [trouble.detail for trouble in text.troubled("page-not-recognised")]
    segments = [one for one in text.document.segments if one.end > one.start]
    recognised = [one for one in segments if one.confidence < 1.0]
    if not recognised and not lost:
        return list(found)
    sight = _Sight(text.text, segments)
    kept: list[Finding] = []
    held = 0
    for finding in found:
        if not sight.weak(finding):
            kept.append(finding)
            continue
        held += 1
        if preview:
            kept.append(replace(finding, preview=True))
    return [_told(text, recognised, held, lost), *kept] if wanted else kept


class _Sight:
    """How surely the words of a text were read."""

    def __init__(self, text: str, segments: Sequence[Segment]) -> None:
        self._text = text
        self._segments = segments
        self._ends = [segment.end for segment in segments]

    def weak(self, finding: Finding) -> bool:
        """Return whether a finding may come from what was misread."""
        start, end = finding.place.start, finding.place.end
        sure = self._surest(start, end)
        if sure == 1.0 and not self._near(start):
            return False
        if finding.code in _BY_ABSENCE:
            return True
        if finding.code in _BY_SIGNS:
            start = self._text.rfind("\n\n", 0, start) + 1
            following = self._text.find("\n\n", end)
            sure = self._surest(start, following if following >= 0 else len(self._text))
        return sure < WEAK

    def _surest(self, start: int, end: int) -> float:
        """Return the least confidence of the words that a span touches."""
        sure = 1.0
        for segment in self._segments[bisect_left(self._ends, start) :]:
            if segment.start > end:
                break
            sure = min(sure, segment.confidence)
        return sure

    def _near(self, at: int) -> bool:
        """Return whether the words at a place, or nearest to it, were recognised."""
        first = bisect_left(self._ends, at)
        return any(one.confidence < 1.0 for one in self._segments[max(0, first - 1) : first + 2])


def _told(
    text: Annotated, recognised: Sequence[Segment], held: int, lost: Sequence[str]
) -> Finding:
    """Return the finding that a text was recognised, and what was held back."""
    weak = sum(segment.confidence < WEAK for segment in recognised)
    parts = [
        f"The text was recognised on pictures of its pages, {weak} of {len(recognised)} words "
        "without confidence"
    ]
    if held:
        was = "finding on such words is" if held == 1 else "findings on such words are"
        parts.append(f"{held} {was} held back (--preview shows them)")
    parts += [f"not recognised: {why}" for why in lost]
    name = text.document.name
    return Finding(
        id=finding_id(RECOGNISED_TEXT.code, "", name),
        code=RECOGNISED_TEXT.code,
        rule=RECOGNISED_TEXT.name,
        message="; ".join(parts) + ".",
        question="Is there a copy with the text itself?",
        certainty=Certainty.LIKELY if lost else RECOGNISED_TEXT.certainty,
        place=Place(name, 0, 0, ""),
    )
