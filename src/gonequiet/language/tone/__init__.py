"""The tone of a text that is about to be sent: what costs goodwill, why, and a better wording.

`lint` marks grievance, guilt, pressure, sarcasm, counted attempts and their kin. It judges wording
only, and never says anything about the chance of an answer.
"""

from gonequiet.language.tone.reading import Finding, lint
from gonequiet.language.tone.rules import LANGUAGES, Rule, rule_ids, rules

__all__ = ["LANGUAGES", "Finding", "Rule", "lint", "rule_ids", "rules"]
