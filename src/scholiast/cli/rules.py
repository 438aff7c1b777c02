"""``scholiast rules``: list the rules, one line each."""

from __future__ import annotations

import argparse
import sys

from scholiast.cli.files import case_root, settings_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="form of the list"
    )


def run(options: argparse.Namespace) -> int:
    """Print the rules that exist, ours and the configured ones."""
    from dataclasses import replace

    from scholiast.engine import rules_for
    from scholiast.judge import OWN

    settings = settings_of(case_root([]))
    every = replace(settings, select=(), ignore=(), preview=True)
    rules = (*OWN, *rules_for(every))
    if options.format == "json":
        import json

        value = [
            {
                "code": rule.code,
                "name": rule.name,
                "summary": rule.summary,
                "certainty": rule.certainty.value,
                "preview": rule.preview,
                "since": rule.since,
            }
            for rule in rules
        ]
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
        return 0
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        note = "  (preview)" if rule.preview else ""
        sys.stdout.write(f"{rule.code}  {rule.name:<{width}}  {rule.summary}{note}\n")
    return 0
