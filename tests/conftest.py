"""What all tests share: hypothesis never judges by the clock."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

#: In continuous integration the same examples run every time; elsewhere new ones are sought.
settings.register_profile(
    "scholiast",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("scholiast")
