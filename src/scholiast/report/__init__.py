"""Reports: pure functions ``(case, findings, rules) -> {file name: bytes}``.

The engine has sorted the findings; a report groups them, and neither sorts
nor drops them, except that a form for people leaves out what was rejected
and says so. Each form is a module; ``report_for`` finds one by its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final, Protocol, cast

from scholiast.case import Case
from scholiast.decisions import Decision
from scholiast.model import Finding
from scholiast.rule import Rule


class Report(Protocol):
    """What every form of report can be called as; some take more by keyword."""

    def __call__(
        self,
        case: Case,
        findings: Sequence[Finding],
        rules: Sequence[Rule],
        *,
        stale: Sequence[Decision] = (),
    ) -> dict[str, bytes]:
        """Return the files of the report by name; ``stale`` are decisions that fit nothing."""


#: Where the function ``report`` of each form stands. The first four give one file each.
FORMS: Final = {
    "text": "scholiast.report.terminal",
    "json": "scholiast.report.json_",
    "sarif": "scholiast.report.sarif",
    "github": "scholiast.report.github",
    "queries": "scholiast.report.queries",
}


def report_for(form: str) -> Report:
    """Return the report of this form.

    Raises ``KeyError`` where there is no such form.
    """
    return cast(Report, import_module(FORMS[form]).report)
