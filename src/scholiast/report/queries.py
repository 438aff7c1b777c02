"""Query sheets: what an editor sends to the contributors, each as a Word document and a mail."""

from __future__ import annotations

from collections.abc import Sequence

from scholiast.case import Case
from scholiast.decisions import Decision
from scholiast.model import Finding
from scholiast.report.sheet_docx import sheet_docx
from scholiast.report.sheet_text import sheet_text
from scholiast.report.sheets import sheets
from scholiast.rule import Rule


def report(
    case: Case,
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    stale: Sequence[Decision] = (),
) -> dict[str, bytes]:
    """Return two files for each sheet, ``queries-‹name›.docx`` and ``.txt``."""
    files: dict[str, bytes] = {}
    for sheet in sheets(case, findings, rules):
        files[f"{sheet.file}.docx"] = sheet_docx(sheet)
        files[f"{sheet.file}.txt"] = sheet_text(sheet).encode("utf-8", "replace")
    return files
