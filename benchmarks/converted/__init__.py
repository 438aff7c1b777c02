"""Our specimens as other programs write them: each must read back as its Markdown does."""

from benchmarks.converted.comparing import FACETS, differences
from benchmarks.converted.measure import Row, figures, measure, table

__all__ = ["FACETS", "Row", "differences", "figures", "measure", "table"]
