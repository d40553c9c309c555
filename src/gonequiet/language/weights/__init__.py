"""Weights fitted by `benchmarks/text.py` and `responses.py`, read by `language.learned`."""
