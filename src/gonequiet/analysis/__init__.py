"""Judgement: pure functions from records to beliefs."""
