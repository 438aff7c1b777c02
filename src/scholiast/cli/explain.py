"""``scholiast explain CODE``: the page of a rule."""

from __future__ import annotations

import argparse
import sys

from scholiast.cli.files import CommandError, case_root, settings_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("code", metavar="CODE", help="the code or the name of a rule")


def run(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    from dataclasses import replace

    from scholiast.engine import rules_for
    from scholiast.judge import OWN

    settings = settings_of(case_root([]))
    every = replace(settings, select=(), ignore=(), preview=True)
    rules = (*OWN, *rules_for(every))
    wanted = options.code.casefold()
    for rule in rules:
        if wanted in (rule.code.casefold(), rule.name):
            sys.stdout.write(f"{rule.code} {rule.name}  ({rule.certainty})\n\n{rule.page}\n")
            return 0
    from difflib import get_close_matches

    names = [name for rule in rules for name in (rule.code, rule.name)]
    near = get_close_matches(options.code, names, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise CommandError(f"there is no rule {options.code!r}{hint}; `scholiast rules` lists them")
