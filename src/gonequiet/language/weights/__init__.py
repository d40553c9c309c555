"""Fitted weights; `benchmarks/text.py fit` writes them, `gonequiet.language.learned` reads them."""
