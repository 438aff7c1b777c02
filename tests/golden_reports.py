"""What the reports say of the specimen, kept in tests/golden/reports to be read and compared.

Written anew only by the command ``python tests/golden_reports.py``; look at
the difference before it is committed.
"""

import io
import re
import zipfile
from pathlib import Path

from report_specimens import CASE, EMPTY, FINDINGS, RULES, STALE
from scholiast import __version__
from scholiast.report import github, json_, queries, sarif, terminal

FOLDER = Path(__file__).parent / "golden" / "reports"


def files() -> dict[str, str]:
    """Return the golden files by name, as they ought to be."""
    found = {
        "terminal.txt": _only(terminal.report(CASE, FINDINGS, RULES, stale=STALE)),
        "terminal-all-60.txt": _only(
            terminal.report(CASE, FINDINGS, RULES, width=60, show_all=True)
        ),
        "terminal-none.txt": _only(terminal.report(EMPTY, (), RULES)),
        "findings.json": _only(json_.report(CASE, FINDINGS, RULES, stale=STALE)),
        "findings.sarif": _only(sarif.report(CASE, FINDINGS, RULES)),
        "findings.github.txt": _only(github.report(CASE, FINDINGS, RULES)),
    }
    for name, data in queries.report(CASE, FINDINGS, RULES).items():
        if name.endswith(".txt"):
            found[name] = data.decode("utf-8")
        elif "nadia" in name:
            part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")
            found[name.replace(".docx", ".document.xml")] = _broken(part)
    return {name: text.replace(f'"{__version__}"', '"VERSION"') for name, text in found.items()}


def _only(report: dict[str, bytes]) -> str:
    (data,) = report.values()
    return data.decode("utf-8")


def _broken(xml: str) -> str:
    """Return XML with a line for each paragraph, so that differences can be read."""
    return re.sub(r"(?=<w:(?:p|tbl|sectPr)>)", "\n", xml) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
