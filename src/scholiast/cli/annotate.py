"""``scholiast annotate``: a copy of a file with the findings beside the words."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from scholiast.cli.files import STDIN, CommandError, refuse_to_lose, write
from scholiast.cli.running import case_arguments, exit_code, run_check


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    case_arguments(parser)
    parser.add_argument(
        "--output",
        "-o",
        metavar="FILE",
        help="the annotated copy (default: NAME.annotated.SUFFIX beside the file)",
    )
    parser.add_argument(
        "--author", default="Scholiast", metavar="NAME", help="who the comments are by"
    )
    parser.add_argument(
        "--dated",
        action="store_true",
        help="date the comments with this moment (else they have no date, so that the same "
        "file always gives the same copy)",
    )
    parser.add_argument(
        "--force", action="store_true", help="replace files that are there and differ"
    )


def run(options: argparse.Namespace) -> int:
    """Write the annotated copies; exit code 1 where something certain or likely was found."""
    from scholiast.report.annotate import AnnotateError, annotate, cautions

    gathered, outcome = run_check(options)
    if options.output and len(gathered.paths) > 1:
        raise CommandError("--output names one file; give one PATH, or leave --output out")
    for name, why in gathered.failures:
        print(f"scholiast: {why if name in why else f'{name}: {why}'}", file=sys.stderr)
    broken = bool(gathered.failures)
    for source in gathered.sources:
        target = Path(options.output) if options.output else _beside(gathered.paths[source.name])
        text = outcome.case.documents[source.name]
        unread = next((t.detail for t in text.troubles if t.name == "unreadable-file"), "")
        if unread:
            print(f"scholiast: {source.name}: {unread}", file=sys.stderr)
            broken = True
            continue
        open_ = [f for f in outcome.findings if f.decision != "rejected"]
        try:
            made = annotate(
                text.document,
                open_,
                source,
                author=options.author,
                date=_now() if options.dated else None,
                password=gathered.settings.password,
            )
        except AnnotateError as error:
            print(f"scholiast: {error}", file=sys.stderr)
            broken = True
            continue
        for caution in cautions(text.document, source):
            print(f"scholiast: {caution}", file=sys.stderr)
        for data in made.values():
            if target.resolve() == gathered.paths[source.name].resolve():
                raise CommandError(f"{target}: is the file itself; give another name with --output")
            refuse_to_lose(target, data, force=options.force)
            write(target, data)
        sys.stdout.write(f"{target}\n")
    return 2 if broken else exit_code(outcome)


def _beside(path: Path) -> Path:
    """Return where the copy of a file goes when nothing is said."""
    if path.as_posix() == STDIN:
        raise CommandError("standard input has no name; say where to write with --output")
    return path.with_name(f"{path.stem}.annotated{path.suffix}")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
