"""Bad input of every kind for every format: what the program says, and what it uses."""

from __future__ import annotations

from benchmarks.hostile.inputs import INPUTS, Input
from benchmarks.hostile.measure import Outcome, figures, measure, table

__all__ = ["INPUTS", "Input", "Outcome", "figures", "measure", "table"]
