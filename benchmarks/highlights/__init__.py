"""Highlights in PDFs: whether they cover the words they are about, and nothing else changes."""

from __future__ import annotations

from benchmarks.highlights.measure import Report, figures, measure, table

__all__ = ["Report", "figures", "measure", "table"]
