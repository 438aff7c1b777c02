"""The commands: accuracy, speed, disguise, faults, highlights, fuzz."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.gold import GoldError

_COLUMNS = ("n", "precision", "recall", "f1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it ran, 2 on bad input.

    A missed bar makes ``speed``, ``highlights`` and ``ocr`` return 1.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (GoldError, OSError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    accuracy = commands.add_parser("accuracy", help="compare with right answers")
    accuracy.add_argument("--gold", type=Path, required=True, metavar="DIR")
    accuracy.add_argument("--kind", action="append", help="only this kind (may be repeated)")
    accuracy.add_argument("--misses", action="store_true", help="print every miss and false alarm")
    accuracy.add_argument("--json", action="store_true", help="one object, kind -> figures")
    accuracy.set_defaults(run=_accuracy)
    speed = commands.add_parser("speed", help="ratios of running times, in one run")
    speed.add_argument("--text", type=Path, metavar="FILE", help="instead of our specimen")
    speed.add_argument("--times", type=int, default=9, help="runs of which the median counts")
    speed.add_argument("--json", action="store_true")
    speed.set_defaults(run=_speed)
    disguise = commands.add_parser("disguise", help="other names, years and pages, same answers")
    disguise.add_argument("folder", type=Path, metavar="DIR")
    disguise.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    disguise.add_argument("--seed", type=int, default=0)
    disguise.set_defaults(run=_disguise)
    ocr = commands.add_parser("ocr", help="print, wear and recognise texts: words and notes")
    ocr.add_argument("--gold", type=Path, metavar="DIR", help="further texts, as Markdown and PDF")
    ocr.add_argument("--text", action="append", metavar="NAME", help="only this text (repeatable)")
    ocr.add_argument("--wear", action="append", help="only this degree (may be repeated)")
    ocr.add_argument("--jobs", type=int, default=2, help="scans read at the same time")
    ocr.add_argument("--misses", action="store_true", help="print findings and wrong words")
    ocr.add_argument("--json", action="store_true")
    ocr.set_defaults(run=_ocr)
    faults = commands.add_parser("faults", help="plant faults in clean texts and look for them")
    faults.add_argument("--gold", type=Path, metavar="DIR", help="further clean texts")
    faults.add_argument("--text", type=Path, action="append", help="a further clean text")
    faults.add_argument("--form", action="append", help="only this form (may be repeated)")
    faults.add_argument("--fault", action="append", help="only this fault (may be repeated)")
    faults.add_argument("--seed", type=int, default=0)
    faults.add_argument("--misses", action="store_true", help="print misses and findings to judge")
    faults.add_argument("--json", action="store_true")
    faults.set_defaults(run=_faults)
    marked = commands.add_parser("highlights", help="what the highlights in PDFs cover")
    marked.add_argument("--gold", type=Path, metavar="DIR", help="further PDFs")
    marked.add_argument("--seed", type=int, default=0)
    marked.add_argument("--misses", action="store_true", help="print what is covered wrongly")
    marked.add_argument("--json", action="store_true")
    marked.set_defaults(run=_highlights)
    fuzz = commands.add_parser("fuzz", help="damage files: readers must answer, never break")
    fuzz.add_argument("--format", action="append", metavar="SUFFIX", help="only this format")
    fuzz.add_argument("--minutes", type=float, default=30, help="in all (default 30)")
    fuzz.add_argument("--seed", type=int, default=0)
    fuzz.add_argument("--keep", type=Path, default=Path("fuzz"), metavar="DIR")
    fuzz.set_defaults(run=_fuzz)
    hostile = commands.add_parser("hostile", help="bad input: what is said of it, what it costs")
    hostile.add_argument("--only", action="append", metavar="WORDS", help="only inputs so named")
    hostile.add_argument("--json", action="store_true")
    hostile.set_defaults(run=_hostile)
    converted = commands.add_parser("converted", help="specimens as other programs write them")
    converted.add_argument("--only", action="append", metavar="WORDS", help="only rows so named")
    converted.add_argument("--misses", action="store_true", help="print every difference")
    converted.add_argument("--json", action="store_true")
    converted.set_defaults(run=_converted)
    return parser


def _accuracy(options: argparse.Namespace) -> int:
    from benchmarks.kinds import KINDS

    if not options.gold.is_dir():
        raise GoldError(f"{options.gold}: no such folder")
    known = [name for name, _ in KINDS]
    unknown = set(options.kind or ()) - set(known)
    if unknown:
        raise GoldError(f"unknown kind {sorted(unknown)[0]!r}; known are {', '.join(known)}")
    results = {
        name: result
        for name, measure in KINDS
        if (not options.kind or name in options.kind)
        and (result := measure(options.gold)) is not None
    }
    if options.json:
        _print_json({name: r.figures(misses=options.misses) for name, r in results.items()})
        return 0
    print(f"{'kind':<10} {'n':>5} {'precision':>10} {'recall':>7} {'f1':>7}")
    for name, result in results.items():
        n, precision, recall, f1 = (result.score.figures()[key] for key in _COLUMNS)
        print(f"{name:<10} {n:>5} {precision:>10.3f} {recall:>7.3f} {f1:>7.3f}")
        for text, details in result.details.items():
            print(f"    {text}: {_brief(details)}")
        if options.misses:
            for miss in result.misses:
                print(f"    - {miss}")
    return 0


def _brief(details: dict[str, Any]) -> str:
    """Return details on one line; scores within them as recall/precision."""
    shown = []
    for key, value in details.items():
        if isinstance(value, dict):
            inner = (
                f"{name} {one['recall']:g}/{one['precision']:g}"
                if isinstance(one, dict)
                else f"{name} {one}"
                for name, one in value.items()
            )
            value = "{" + ", ".join(inner) + "}"
        shown.append(f"{key} {value}")
    return ", ".join(shown)


def _speed(options: argparse.Namespace) -> int:
    from benchmarks.speed import measure

    rows = measure(options.text, times=options.times)
    if options.json:
        _print_json({row.name: row.figures() for row in rows})
    else:
        for row in rows:
            print(row)
    return 0 if all(row.passed for row in rows) else 1


def _disguise(options: argparse.Namespace) -> int:
    from benchmarks.disguise import disguise_folder

    if not options.folder.is_dir():
        raise GoldError(f"{options.folder}: no such folder")
    for line in disguise_folder(options.folder, options.output, seed=options.seed):
        print(line)
    return 0


def _faults(options: argparse.Namespace) -> int:
    from benchmarks.faults import figures, measure, table

    report = measure(
        options.gold,
        others=options.text or (),
        forms=options.form,
        faults=options.fault,
        seed=options.seed,
    )
    if options.json:
        _print_json(figures(report, misses=options.misses))
    else:
        for line in table(report, misses=options.misses):
            print(line)
    return 0


def _highlights(options: argparse.Namespace) -> int:
    from benchmarks.highlights import figures, measure, table

    report = measure(options.gold, seed=options.seed)
    if options.json:
        _print_json(figures(report))
    else:
        for line in table(report, misses=options.misses):
            print(line)
    return 0 if report.passed else 1


def _fuzz(options: argparse.Namespace) -> int:
    from benchmarks.fuzz import run
    from benchmarks.fuzz.session import seeds
    from scholiast.readers import READERS

    every = [suffix.lstrip(".") for reader in READERS for suffix in reader.suffixes[:1]]
    unknown = set(options.format or ()) - {s.lstrip(".") for r in READERS for s in r.suffixes}
    if unknown:
        raise GoldError(f"no reader for {sorted(unknown)[0]!r}; known are {', '.join(every)}")
    wanted = [suffix for suffix in options.format or every if seeds(suffix)]
    broken = 0
    for suffix in wanted:
        tally = run(
            suffix, minutes=options.minutes / len(wanted), seed=options.seed, keep=options.keep
        )
        broken += len(tally.broken)
        print(f"{suffix:<6} {tally.read:>7} files read, {len(tally.broken)} broke the reader")
        for one in tally.broken:
            print(f"    {one.path}: {one.why}")
    return 1 if broken else 0


def _ocr(options: argparse.Namespace) -> int:
    from benchmarks.scans import BAR, measure, table

    rows = measure(options.gold, options.text or (), options.wear or (), options.jobs)
    if options.json:
        _print_json([row.figures() for row in rows])
    else:
        for line in table(rows, misses=options.misses):
            print(line)
    return 0 if all(row.words.recall >= BAR for row in rows) else 1


def _hostile(options: argparse.Namespace) -> int:
    from benchmarks.hostile import figures, measure, table

    outcomes = []
    for outcome in measure(options.only or ()):
        outcomes.append(outcome)
        if not options.json:
            print(outcome, flush=True)
    if options.json:
        _print_json(figures(outcomes))
    else:
        print(list(table(outcomes))[-1])
    return int(any(outcome.faults for outcome in outcomes))


def _converted(options: argparse.Namespace) -> int:
    from benchmarks.converted import FACETS, figures, measure, table

    rows = []
    if not options.json:
        print(" " * 24 + "".join(f" {facet:>8}" for facet in FACETS))
    for row in measure(options.only or ()):
        rows.append(row)
        if not options.json:
            print(table(row), flush=True)
            for line in row.differing if options.misses else ():
                print(f"    {line}")
    if options.json:
        _print_json(figures(rows))
    return 0


def _print_json(values: Any) -> None:
    print(json.dumps(values, ensure_ascii=False, indent=2))
