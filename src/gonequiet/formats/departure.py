"""Automatic answers that say somebody has left for good: nothing sent there will be answered."""

from __future__ import annotations

import re

MAX_CHARS = 3_000

_WORDS = (
    r"\b(?:has|have|had) (?:now |recently |since )?left (?!a message|you|for (?:the day|lunch))",
    r"\bno longer (?:with|works?|working|employed|part of|at(?! my desk)|a member of)\b",
    r"\b(?:mail ?box|e-?mail|account|address) is no longer (?:monitored|in use|active|valid)\b",
    r"\bnicht mehr (?:für|bei|im|in der) .{1,80}?(?:tätig|beschäftigt|angestellt)",
    r"\bnicht mehr (?:im unternehmen|bei uns|erreichbar unter dieser)\b",
    r"\bhat .{2,60} verlassen\b|\bunternehmen verlassen\b",
    r"\b(?:have|has|had|am|is)(?: now| recently| since)? retired\b",
    r"\b(?:im|in den|in meinen|in ihren|in seinen)(?: [a-zäöü]+)? ruhestand\b",
    r"\bin (?:rente|pension) (?:gegangen|bin)\b",
    r"\bne (?:travaille|fait) plus (?:chez|partie|pour)\b",
    r"\ba quitté (?:la société|l'entreprise)",
    r"\bya no (?:trabaja|forma parte)\b|\bnon lavora più\b|\bwerkt niet (?:meer|langer)\b",
)
_LEFT = re.compile("|".join(_WORDS), re.IGNORECASE)


def says_left(text: str) -> bool:
    """Whether the words say that the addressee has left; only asked of automatic answers."""
    return _LEFT.search(" ".join(text[:MAX_CHARS].split())) is not None
