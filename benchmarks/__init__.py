"""What Scholiast is measured against, and how; anyone can run it.

``python -m benchmarks accuracy|speed|disguise|faults`` from a checkout; the
format of the data and the scoring are documented in ``docs/benchmarks.md``.
"""
