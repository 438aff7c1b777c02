"""``scholiast queries``: one query sheet for each contributor, and one for the copy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scholiast.cli.files import refuse_to_lose, write
from scholiast.cli.running import case_arguments, exit_code, run_check


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    case_arguments(parser)
    parser.add_argument(
        "--output",
        "-o",
        metavar="FOLDER",
        default=".",
        help="where to write the sheets (default: here)",
    )
    parser.add_argument(
        "--force", action="store_true", help="replace files that are there and differ"
    )


def run(options: argparse.Namespace) -> int:
    """Write the sheets and say which; exit code 1 where something certain or likely is asked."""
    from scholiast.report import report_for

    _, outcome = run_check(options)
    files = report_for("queries")(
        outcome.case, outcome.findings, outcome.rules, stale=outcome.stale
    )
    folder = Path(options.output)
    for name, data in files.items():
        refuse_to_lose(folder / name, data, force=options.force)
    for name, data in files.items():
        write(folder / name, data)
        sys.stdout.write(f"{folder / name}\n")
    if not files:
        sys.stdout.write("Nothing to ask: no sheet was written.\n")
    return exit_code(outcome)
