"""``scholiast outline``: show what was understood of the structure of files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scholiast.cli.files import gather, write
from scholiast.cli.running import overrides, reading_arguments


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files or folders; - is standard input"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="form of the outline"
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write the outline to a file")
    reading_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print the structure; 0 where all files could be read, else 1."""
    from scholiast.case import Case
    from scholiast.engine import Shelf
    from scholiast.report import outline

    gathered = gather(options.paths, overrides(options))
    shelf = Shelf(gathered.sources, gathered.failures, gathered.settings)
    case = Case(shelf, gathered.settings)
    data = outline.as_json(case) if options.format == "json" else outline.as_text(case)
    if options.output:
        write(Path(options.output), data)
    else:
        sys.stdout.buffer.write(data)
    return int(any(t.name == "unreadable-file" for one in case for t in one.troubles))
