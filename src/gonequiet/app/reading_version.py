"""The edition of what is read in words; apart, so that it can be asked without loading a reader."""

from __future__ import annotations

from typing import Final

VERSION: Final = 107
"""Raise it when the same words would be read otherwise; everything is then read again."""
