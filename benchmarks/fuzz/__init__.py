"""Damaged files, made from good ones: every reader must answer with findings, never break.

``mutation`` damages a file the way its format is built (members of a package,
tags, braces, numbers), ``invariants`` says what must hold of whatever a reader
returns, ``session`` runs the two in a child process that may die or hang.
"""

from benchmarks.fuzz.session import Broken, Tally, run

__all__ = ["Broken", "Tally", "run"]
