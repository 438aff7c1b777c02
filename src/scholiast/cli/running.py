"""What the commands share: the options of a check, and running it with a store and progress."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scholiast.case import Store
from scholiast.cli.files import Gathered, cache_file, gather
from scholiast.config import Settings
from scholiast.engine import Outcome, Progress, check
from scholiast.progress import listening


def case_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name a case and choose its rules."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files or folders; - is standard input"
    )
    parser.add_argument(
        "--select", metavar="CODES", help="run only these rules or families, as in DOC,NOT004"
    )
    parser.add_argument("--ignore", metavar="CODES", help="do not run these rules or families")
    parser.add_argument(
        "--preview", action="store_true", help="run also the rules that are not yet proven"
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="files read at the same time (default 1; 0: as many as cores)",
    )
    reading_arguments(parser)
    parser.add_argument("--no-cache", action="store_true", help="keep nothing and use nothing kept")


def reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say how files are read."""
    parser.add_argument(
        "--ocr", action="store_true", help="recognise the pages of scans (needs tesseract)"
    )
    parser.add_argument("--password", metavar="WORD", help="opens encrypted files")


def _jobs(value: str) -> int:
    """Return a number of jobs, or say what is wanted."""
    try:
        number = int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a number is wanted, not {value!r}") from None
    if number < 0:
        raise argparse.ArgumentTypeError("a number of 0 or more is wanted")
    return number or os.cpu_count() or 1


def overrides(options: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that the command line lays over the configuration."""
    found: dict[str, Any] = {}
    for name in ("select", "ignore"):
        value = getattr(options, name, None)
        if value is not None:
            codes = [code.strip().upper() for code in value.split(",")]
            found[name] = tuple(code for code in codes if code)
    for name in ("preview", "ocr"):
        if getattr(options, name, False):
            found[name] = True
    if getattr(options, "password", None):
        found["password"] = options.password
    return found


def run_check(options: argparse.Namespace) -> tuple[Gathered, Outcome]:
    """Gather the case of a command and check it."""
    gathered = gather(options.paths, overrides(options))
    with (
        _store(options, gathered) as store,
        _progress(len(gathered.sources)) as progress,
        _pages(gathered.settings),
    ):
        outcome = check(
            gathered.sources,
            gathered.settings,
            failures=gathered.failures,
            store=store,
            decisions=gathered.decisions,
            jobs=options.jobs,
            progress=progress,
        )
    return gathered, outcome


@contextmanager
def _store(options: argparse.Namespace, gathered: Gathered) -> Iterator[Store | None]:
    """Open the case's database; without one the check runs all the same."""
    if options.no_cache:
        yield None
        return
    from scholiast.store.sqlite import SqliteStore

    try:
        store = SqliteStore(cache_file(gathered.root))
    except (OSError, RuntimeError):
        yield None
        return
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _progress(count: int) -> Iterator[Progress | None]:
    """Show a bar on a terminal where several files take more than a second."""
    if count < 2 or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=count, unit="file", delay=1, leave=False) as bar:

        def step(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield step


@contextmanager
def _pages(settings: Settings) -> Iterator[None]:
    """Show a bar of the pages of a scan on a terminal, while they are recognised."""
    if not settings.ocr or not sys.stderr.isatty():
        yield
        return
    from tqdm import tqdm

    with tqdm(unit="page", delay=1, leave=False) as bar:

        def step(done: int, total: int) -> None:
            if total != bar.total or done < bar.n:
                bar.reset(total)
            bar.update(done - bar.n)

        with listening(step):
            yield


def exit_code(outcome: Outcome) -> int:
    """Return 1 where something certain or likely is open, else 0."""
    return int(
        any(
            finding.certainty != "style" and not finding.preview and finding.decision != "rejected"
            for finding in outcome.findings
        )
    )
