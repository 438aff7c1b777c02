"""Findings as SARIF 2.1.0 (OASIS standard), for the services that show such files.

Offsets count Unicode code points of the decoded file. Results that a person
rejected stay in the file, marked as suppressed (SARIF 2.1.0, 3.27.23).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from scholiast import __version__
from scholiast.case import Annotated, Case
from scholiast.decisions import REJECTED, Decision
from scholiast.model import Certainty, Finding, Place, Segment
from scholiast.report.excerpts import excerpt
from scholiast.report.json_ import written
from scholiast.report.wording import where
from scholiast.rule import Rule

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
#: The name of the fingerprint; the number is raised when ids are made in another way.
FINGERPRINT: Final = "scholiastFinding/v1"

LEVELS: Final = {
    Certainty.CERTAIN: "error",
    Certainty.LIKELY: "warning",
    Certainty.STYLE: "note",
}


def report(
    case: Case,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    stale: Sequence[Decision] = (),
) -> dict[str, bytes]:
    """Return the file ``findings.sarif``; stale decisions have no place in this form."""
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "Scholiast",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(case, finding, numbers) for finding in findings],
    }
    return {"findings.sarif": written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.certainty]},
        "properties": {"tags": [rule.family], "preview": rule.preview},
    }


def _result(case: Case, finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    """Return a finding as a SARIF result."""
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    result |= {
        "level": LEVELS[finding.certainty],
        "message": {"text": f"{finding.message} {finding.question}"},
        "locations": [_location(case, finding.place)],
    }
    if finding.also:
        result["relatedLocations"] = [
            {"id": number, **_location(case, place), "message": {"text": _said(place)}}
            for number, place in enumerate(finding.also, 1)
        ]
    result["partialFingerprints"] = {FINGERPRINT: finding.id}
    result["suppressions"] = []
    if finding.decision == REJECTED:
        suppression = {"kind": "external", "status": "accepted"}
        if finding.reason:
            suppression["justification"] = finding.reason
        result["suppressions"] = [suppression]
    result["properties"] = {
        "certainty": finding.certainty.value,
        "preview": finding.preview,
        "contributor": finding.contributor,
        "decision": finding.decision,
        "quote": finding.place.quote,
    }
    return result


def _said(place: Place) -> str:
    """Return a place in words: where it is, and what stands there."""
    return ": ".join(part for part in (where(place), "".join(excerpt(place))) if part) or "here"


def _location(case: Case, place: Place) -> dict[str, Any]:
    """Return a place as a SARIF location: the file, the region, the section and note."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.document)}}
    region = _region(case, place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = [
        {"name": name, "kind": kind}
        for name, kind in ((place.section, "section"), (place.note, "note"))
        if name
    ]
    if logical:
        location["logicalLocations"] = logical
    return location


def _uri(name: str) -> str:
    """Return the name of a file as a URI reference."""
    from urllib.parse import quote

    path = name.replace("\\", "/")
    if path.startswith("/"):
        return "file://" + quote(path)
    return quote(path)


def _region(case: Case, place: Place) -> dict[str, Any]:
    """Return the region of a place in a file of text; empty where the format has no lines."""
    if not place.line:
        return {}
    region: dict[str, Any] = {"startLine": place.line}
    if place.document in case.documents:
        span = _span(case.documents[place.document], place)
        if span:
            region |= {"charOffset": span[0], "charLength": span[1] - span[0]}
    if place.quote:
        region["snippet"] = {"text": place.quote}
    return region


def _span(text: Annotated, place: Place) -> tuple[int, int] | None:
    """Return the offsets of a place in the decoded file, None where they are not beyond doubt.

    Both ends must stand in the file as they stand in the text, in the same
    order. What is not in the text is where its own segment says.
    """
    if place.start == place.end:
        aside = text.index.beside(place.start, place.quote)
        return (aside.source, aside.source_end) if aside and not aside.part else None
    start, last = (_offset(text.index.segment(at), at) for at in (place.start, place.end - 1))
    if start is None or last is None or last < start:
        return None
    return start, last + 1


def _offset(segment: Segment | None, position: int) -> int | None:
    """Return the offset in the file of one character of the text."""
    if segment is None or segment.role != "text" or segment.part:
        return None
    same = segment.end - segment.start == segment.source_end - segment.source
    inside = segment.start <= position < segment.end
    return segment.source + position - segment.start if same and inside else None
