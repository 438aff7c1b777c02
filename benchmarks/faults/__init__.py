"""Faults planted in clean texts: how many each rule finds, and how often it is wrong."""

from __future__ import annotations

from benchmarks.faults.measure import Report, measure
from benchmarks.faults.summary import figures, table

__all__ = ["Report", "figures", "measure", "table"]
