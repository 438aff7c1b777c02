"""Findings as workflow commands of GitHub Actions, which shows them beside the lines.

The form is described in GitHub's documentation, "Workflow commands for GitHub
Actions", section "Setting an error message".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.case import Case
from scholiast.decisions import REJECTED, Decision
from scholiast.model import Certainty, Finding, Place
from scholiast.report.excerpts import excerpt
from scholiast.report.wording import PLACES_SHOWN, phrases, places_left, where
from scholiast.rule import Rule

_COMMANDS: Final = {
    Certainty.CERTAIN: "error",
    Certainty.LIKELY: "warning",
    Certainty.STYLE: "notice",
}
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def report(
    case: Case,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    stale: Sequence[Decision] = (),
) -> dict[str, bytes]:
    """Return the file ``findings.github.txt``: a line for each finding that nobody rejected."""
    lines = [_command(finding) for finding in findings if finding.decision != REJECTED]
    return {"findings.github.txt": "".join(lines).encode("utf-8", "replace")}


def _command(finding: Finding) -> str:
    """Return the command that shows one finding."""
    place = finding.place
    properties = [("file", place.document)]
    if place.line:
        properties.append(("line", str(place.line)))
    properties.append(("title", f"{finding.code} {finding.rule} ({finding.certainty.value})"))
    listed = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties)
    others = [_other(other, place.document) for other in finding.also[:PLACES_SHOWN]]
    said = [finding.message, "".join(excerpt(place)), *others, places_left(finding)]
    said.append(finding.question)
    message = "\n".join(part for part in said if part).translate(_IN_MESSAGE)
    return f"::{_COMMANDS[finding.certainty]} {listed}::{message}\n"


def _other(place: Place, document: str) -> str:
    """Return another place in words."""
    return phrases("terminal")["also"].format(place=where(place, document=document)).rstrip()
