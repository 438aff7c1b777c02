"""``scholiast check``: find what is broken, and report it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from scholiast.cli.files import CommandError, read_text, write
from scholiast.cli.running import case_arguments, exit_code, run_check
from scholiast.decisions import DecisionsError, baseline, parse_baseline, unknown
from scholiast.engine import Outcome


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    case_arguments(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="form of the report",
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write the report to a file")
    parser.add_argument("--all", action="store_true", help="show also what was rejected")
    parser.add_argument("--baseline", metavar="FILE", help="do not show the findings of this file")
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="write the findings of today to this file"
    )


def run(options: argparse.Namespace) -> int:
    """Check and report; exit code 1 where something certain or likely was found."""
    from scholiast.report import report_for

    _, outcome = run_check(options)
    if options.write_baseline:
        write(Path(options.write_baseline), baseline(outcome.findings).encode())
    if options.baseline:
        outcome = _without_known(outcome, Path(options.baseline))
    told: dict[str, Any] = {"stale": outcome.stale}
    if options.format == "text":
        told |= {"colour": _colour(options), "show_all": options.all}
    files = report_for(options.format)(outcome.case, outcome.findings, outcome.rules, **told)
    data = b"".join(files.values())
    if options.output:
        write(Path(options.output), data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return exit_code(outcome)


def _without_known(outcome: Outcome, path: Path) -> Outcome:
    """Leave out the findings that a baseline knows."""
    try:
        known = parse_baseline(read_text(path), str(path))
    except DecisionsError as error:
        raise CommandError(str(error)) from error
    left = unknown(outcome.findings, known, documents=tuple(outcome.case.documents))
    return Outcome(outcome.case, left, outcome.rules, outcome.stale)


def _colour(options: argparse.Namespace) -> bool:
    """Return whether the report may be coloured (https://no-color.org)."""
    return not options.output and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
