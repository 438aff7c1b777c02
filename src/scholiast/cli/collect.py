"""``scholiast collect``: take the answers out of annotated files and query sheets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from scholiast.cli.files import (
    CommandError,
    Gathered,
    gather,
    texts_in,
    told,
    write_decisions,
)
from scholiast.decisions import Decision, merge
from scholiast.model import Finding

#: What ``annotate`` adds to the name of a file.
ANNOTATED = ".annotated"


class Collected(NamedTuple):
    """What the answered files of a command said."""

    decisions: tuple[Decision, ...]
    problems: tuple[str, ...]
    unanswered: int


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="annotated Word files or OpenDocument texts, or marked query sheets",
    )
    parser.add_argument(
        "--case",
        nargs="+",
        metavar="PATH",
        help="the texts that were asked about (default: those beside the first FILE)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the decisions to ``decisions.toml``; 1 where an answer could not be used."""
    for name in options.files:
        if not Path(name).is_file():
            raise CommandError(f"{name}: there is no such file; check the path")
    gathered = gather(options.case or _case_of(Path(options.files[0])), {"preview": True})
    collected = _collect([Path(name) for name in options.files], _findings(gathered))
    for problem in collected.problems:
        print(f"scholiast: {problem}", file=sys.stderr)
    if collected.decisions:
        path = write_decisions(gathered, merge(gathered.decisions, collected.decisions))
        accepted = sum(one.verdict == "accepted" for one in collected.decisions)
        rejected = len(collected.decisions) - accepted
        sys.stdout.write(f"{path}: {accepted} accepted, {rejected} rejected\n")
    else:
        sys.stdout.write("No answer was found; nothing was written.\n")
    if collected.unanswered:
        sys.stdout.write(f"Queries without an answer: {collected.unanswered}.\n")
    return int(bool(collected.problems))


def _case_of(path: Path) -> list[str]:
    """Return the texts an answered file is about: the file it was made from, or those beside it."""
    if path.stem.endswith(ANNOTATED):
        original = path.with_name(path.stem.removesuffix(ANNOTATED) + path.suffix)
        if original.is_file():
            return [str(original)]
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file; check the path")
    for folder in (path.resolve().parent, path.resolve().parent.parent):
        texts = [one for one in texts_in(folder) if one.resolve() != path.resolve()]
        if texts:
            return [str(folder)]
    raise CommandError(f"{path}: say which texts were asked about with --case PATH")


def _findings(gathered: Gathered) -> tuple[Finding, ...]:
    """Return all findings of the case, also those of rules that are not selected today."""
    from scholiast.engine import check

    settings = replace(gathered.settings, select=(), ignore=())
    return check(gathered.sources, settings, failures=gathered.failures).findings


def _collect(paths: Sequence[Path], findings: Sequence[Finding]) -> Collected:
    """Read every answered file; one that cannot be read is a problem in words."""
    decisions: list[Decision] = []
    problems: list[str] = []
    unanswered = 0
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(told(error, path))
            continue
        found = _answers(path, data, findings)
        decisions.extend(found.decisions)
        problems.extend(found.problems)
        unanswered += found.unanswered
    return Collected(tuple(decisions), tuple(problems), unanswered)


def _answers(path: Path, data: bytes, findings: Sequence[Finding]) -> Collected:
    """Return what one file says: the comments of a text, else the marks of a query sheet."""
    from scholiast.report.annotate_error import AnnotateError
    from scholiast.report.comments_back import collect_docx
    from scholiast.report.odf_comments import collect_odt, is_odf
    from scholiast.report.replies import collect_sheet

    odf = is_odf(data)
    if odf or data.startswith(b"PK"):
        try:
            answers = collect_odt(data, findings) if odf else collect_docx(data, findings)
        except AnnotateError as error:
            return Collected((), (f"{path}: {error}",), 0)
        if answers.decisions or answers.unused or answers.unanswered:
            problems = tuple(f"{path}: {words}" for words in answers.unused)
            return Collected(answers.decisions, problems, answers.unanswered)
    if path.stem.endswith(ANNOTATED):
        words = (
            "answers are taken from Word files, OpenDocument texts and query sheets, not from a "
            "copy with remarks"
        )
        return Collected((), (f"{path}: {words}",), 0)
    replies = collect_sheet(path.name, data, findings)
    return Collected(replies.decisions, replies.problems, replies.unanswered)
