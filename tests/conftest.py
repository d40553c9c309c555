"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
"""A slow or busy machine is no fault of the code; figures of speed are printed by benchmarks."""
settings.load_profile("untimed")
