"""Findings as text for a terminal: by document and section, the words marked in their line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from scholiast.case import Case
from scholiast.decisions import REJECTED, Decision
from scholiast.model import Certainty, Finding, Place
from scholiast.report.columns import FIRM, fit, plain, shortened, wrap
from scholiast.report.excerpts import excerpt
from scholiast.report.wording import PLACES_SHOWN, counts, phrases, places_left, where
from scholiast.rule import Rule

NARROWEST: Final = 40

_BODY: Final = " " * 4
_CONTEXT: Final = " " * 6
_SEPARATOR: Final = " · "
_ASK: Final = "→ "
_SECTION: Final = "§ "
_EMPHASIS: Final = "‹{}›"

_RESET: Final = "\x1b[0m"
_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_COLOURS: Final = {
    Certainty.CERTAIN: "\x1b[31m",
    Certainty.LIKELY: "\x1b[33m",
    Certainty.STYLE: "\x1b[36m",
}


def report(
    case: Case,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    stale: Sequence[Decision] = (),
    colour: bool = False,
    width: int = 80,
    show_all: bool = False,
) -> dict[str, bytes]:
    """Return the file ``findings.txt``: the findings, the stale decisions, a summary.

    Rejected findings are left out and counted unless ``show_all``. ``colour``
    adds ANSI colours, which say nothing that words do not say. ``width`` is in
    columns; the documents of the case are not opened.
    """
    page = _Page(max(width, NARROWEST), colour)
    shown = [item for item in findings if show_all or item.decision != REJECTED]
    lines: list[str] = []
    for document, sections in _grouped(shown).items():
        lines += [*page.wrapped(document, style=_BOLD), ""]
        for section, found in sections.items():
            if section:
                lines += [*page.wrapped(_SECTION + section, "", "  ", _BOLD), ""]
            for finding in found:
                lines += [*page.finding(finding), ""]
    if stale:
        lines += [*page.stale(stale), ""]
    lines += page.wrapped(_summary(case, findings, shown))
    return {"findings.txt": ("\n".join(lines) + "\n").encode("utf-8")}


def _grouped(findings: Sequence[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """Return findings by document and section, each in the order it was first met."""
    groups: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        sections = groups.setdefault(finding.place.document, {})
        sections.setdefault(finding.place.section, []).append(finding)
    return groups


def _summary(case: Case, findings: Sequence[Finding], shown: Sequence[Finding]) -> str:
    """Return the closing line."""
    said = phrases("terminal")
    texts = said["one_text"] if len(case) == 1 else said["texts"].format(count=len(case))
    hidden = len(findings) - len(shown)
    if not findings:
        return said["none"].format(texts=texts)
    if not shown:
        return said["none_open"].format(texts=texts, rejected=hidden)
    head = said["one_finding"] if len(shown) == 1 else said["findings"]
    parts = [head.format(count=len(shown), counts=counts(shown))]
    preview = sum(finding.preview for finding in shown)
    if preview:
        parts.append(said["in_preview"].format(count=preview))
    rejected = sum(finding.decision == REJECTED for finding in shown)
    if rejected:
        parts.append(said["in_rejected"].format(count=rejected))
    if hidden:
        parts.append(said["not_shown"].format(count=hidden))
    return "; ".join(parts)


class _Page:
    """Lines of a width, with or without colour."""

    def __init__(self, width: int, colour: bool) -> None:
        self._width = width
        self._colour = colour

    def _styled(self, text: str, style: str) -> str:
        """Return a line in a style, its indent left bare."""
        bare = text.lstrip(" ")
        if not (self._colour and style and bare):
            return text
        return f"{text[: len(text) - len(bare)]}{style}{bare}{_RESET}"

    def wrapped(
        self, text: str, indent: str = "", hanging: str | None = None, style: str = ""
    ) -> list[str]:
        """Return a text wrapped and styled."""
        lines = wrap(plain(text), self._width, indent, hanging)
        return [self._styled(line, style) for line in lines]

    def finding(self, finding: Finding) -> Iterator[str]:
        """Yield the lines of a finding: what it is, its words, its other places, its question."""
        said = phrases("terminal")
        tone = _COLOURS[finding.certainty]
        words = [f"{finding.code} {finding.rule}", phrases("certainty")[finding.certainty]]
        words += [said["preview"]] if finding.preview else []
        words += [phrases("decision")[finding.decision]] if finding.decision else []
        words.append(where(finding.place))
        head = _SEPARATOR.join(plain(word).replace(" ", FIRM) for word in words if word)
        for line in wrap(head, self._width, "  ", _BODY):
            yield self._styled(line, tone)
        yield from self.wrapped(finding.message, _BODY)
        yield from self.excerpt(finding.place, tone)
        for place in finding.also[:PLACES_SHOWN]:
            yield self.other(place, finding.place)
        if left := places_left(finding):
            yield from self.wrapped(left, _BODY, style=_DIM)
        yield from self.wrapped(_ASK + finding.question, _BODY, _BODY + " " * len(_ASK))
        if finding.reason:
            reason = phrases("decision")["reason"].format(reason=finding.reason)
            yield from self.wrapped(reason, _BODY, _BODY + " " * len(_ASK))

    def excerpt(self, place: Place, style: str) -> Iterator[str]:
        """Yield the line of the words in their context, and the mark under them."""
        before, words, after = excerpt(place)
        if not before + words + after:
            return
        line = fit(before, words, after, self._width - len(_CONTEXT))
        yield _CONTEXT + line.text.rstrip()
        yield self._styled(_CONTEXT + " " * line.mark_start + "^" * line.mark_width, style)

    def other(self, place: Place, main: Place) -> str:
        """Return the line of another place: where it is, and its words in short."""
        said = phrases("terminal")["also"].format(place=where(place, document=main.document))
        before, words, after = excerpt(place)
        head = f"{_BODY}{plain(said).rstrip()}: "
        room = self._width - len(head)
        if words:
            words = _EMPHASIS.format(words)
        text = head + fit(before, words, after, room).text if room > 20 else head
        return self._styled(shortened(text.rstrip(" :"), self._width), _DIM)

    def stale(self, decisions: Sequence[Decision]) -> Iterator[str]:
        """Yield the lines about decisions that fit nothing any more."""
        said = phrases("terminal")
        yield from self.wrapped(said["stale"])
        for decision in decisions:
            entry = said["stale_entry"].format(
                code=decision.code,
                document=decision.document,
                verdict=phrases("decision").get(decision.verdict, decision.verdict),
                quote=decision.quote,
            )
            yield from self.wrapped(entry, "  ", _BODY)
