"""Findings as JSON: the form for programs, documented in docs/json.md.

Its JSON Schema is ``scholiast/data/findings.schema.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from scholiast import __version__
from scholiast.case import Case
from scholiast.decisions import REJECTED, Decision
from scholiast.model import Facts, Finding, Place
from scholiast.report.tallies import BREAKS_OFF
from scholiast.rule import Rule

#: Raised when a key goes or changes its meaning; a new key does not raise it.
VERSION: Final = 1


def report(
    case: Case,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    stale: Sequence[Decision] = (),
) -> dict[str, bytes]:
    """Return the file ``findings.json``: all findings, also those that were rejected."""
    return {
        "findings.json": written(
            {
                "version": VERSION,
                "scholiast": __version__,
                "documents": [
                    _document(case.facts(name), findings) for name in sorted(case.documents)
                ],
                "findings": [_finding(finding) for finding in findings],
                "stale": [asdict(decision) for decision in stale],
            }
        )
    }


def written(value: Any) -> bytes:
    """Return a value as JSON in UTF-8, two blanks deep, a newline at the end."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "replace")


def _document(facts: Facts, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what is told of a document; one that is known from before is not opened."""
    cut = {
        (finding.place.section, finding.place.note, finding.place.line)
        for finding in findings
        if finding.rule == BREAKS_OFF
        and finding.place.document == facts.name
        and finding.decision != REJECTED
    }
    told = asdict(facts)
    told["authors"] = list(facts.authors)
    missing = told.pop("missing")
    del told["words"]
    told["notes"] = {"whole": facts.notes - len(cut), "cut": len(cut), "missing": missing}
    return told


def _place(place: Place) -> dict[str, Any]:
    return {
        "document": place.document,
        "section": place.section,
        "note": place.note,
        "page": place.page,
        "page_counted": place.page_counted,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "quote": place.quote,
        "context": place.context,
        "context_at": place.context_at,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "rule": finding.rule,
        "message": finding.message,
        "question": finding.question,
        "certainty": finding.certainty.value,
        **_place(finding.place),
        "also": [_place(place) for place in finding.also],
        "edit": asdict(finding.edit) if finding.edit else None,
        "preview": finding.preview,
        "contributor": finding.contributor,
        "decision": finding.decision,
        "reason": finding.reason,
    }
