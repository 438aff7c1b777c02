"""``scholiast``: parses the command line and hands over to the module of a command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from scholiast import __version__
from scholiast.cli.files import CommandError
from scholiast.config import ConfigError

#: The commands in the order of a day's work: name, what it does.
COMMANDS: Final = (
    ("check", "find what is broken in manuscripts, articles and roundtables"),
    ("queries", "write one query sheet for each contributor, as Word file and as mail"),
    ("annotate", "put the findings into a copy of a file, as Word comments or remarks"),
    ("collect", "take the answers out of an annotated file or a query sheet"),
    ("outline", "show the structure: sections, notes and their marks, repairs"),
    ("rules", "list the rules"),
    ("explain", "show the page of a rule"),
)


def parser(only: str = "") -> argparse.ArgumentParser:
    """Return the parser; with ``only``, the arguments of that command alone are filled in."""
    main_parser = argparse.ArgumentParser(
        prog="scholiast",
        description="Reads footnoted scholarship note by note and says where the chain breaks.",
        epilog="Exit codes: 0 nothing certain or likely, 1 something found, 2 the tool failed.",
    )
    main_parser.add_argument("--version", action="version", version=f"scholiast {__version__}")
    commands = main_parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS:
        sub = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        if only in ("", name):
            import_module(f"scholiast.cli.{name}").arguments(sub)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. No traceback reaches a user."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if not word.startswith("-")), "")
    known = command if command in dict(COMMANDS) else ""
    options = parser(known or "-").parse_args(words)
    try:
        code: int = import_module(f"scholiast.cli.{options.command}").run(options)
        sys.stdout.flush()
        return code
    except (CommandError, ConfigError) as error:
        print(f"scholiast: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 2
    except KeyboardInterrupt:
        print("scholiast: stopped", file=sys.stderr)
        return 2
    except Exception as error:
        print(
            f"scholiast: an error of the program itself: {type(error).__name__}: {error}; "
            "please report it with the command you ran",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
