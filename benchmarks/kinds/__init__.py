"""What is measured, a kind a module: a folder of right answers -> figures, or None without data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.kinds import findings, formats, notes, repairs, sections, tei
from benchmarks.kinds.annotated import measured
from benchmarks.scoring import Result

#: The kinds in the order they are printed. Later work adds its own.
KINDS: Final[tuple[tuple[str, Callable[[Path], Result | None]], ...]] = (
    ("sections", measured("sections", sections.of_text)),
    ("repairs", measured("repairs", repairs.of_text)),
    ("notes", notes.measure),
    ("formats", formats.measure),
    ("tei", tei.measure),
    ("findings", measured("defects", findings.of_text)),
)
