"""Scripts that make the specimens in ``examples/``, and extracted texts for the benchmarks."""
