"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
"""A slow or busy machine is no fault of the code; figures of speed are printed by benchmarks."""
settings.load_profile("untimed")

os.environ["TZ"] = "UTC"
"""Days are those of the machine's wall clock; here they are the same on every machine."""
