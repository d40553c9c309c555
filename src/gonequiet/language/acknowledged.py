"""Words that show an answer came, though it is in no record: "Thanks for the quick reply!".

Asked of short replies only, written after a question of one's own. People delete what they have
read and keep what they sent, and what was answered by telephone leaves no mail at all; but nobody
thanks for silence.
"""

from __future__ import annotations

import re
from typing import Final

MAX_CHARS: Final = 300
_BARE_CHARS: Final = 40
"""Longer than bare thanks, it must say what for: thanks end many letters that wait."""

_THANKS: Final = (
    r"(?:many thanks|much obliged|thanks|thank you|thx|thank u|vielen dank|herzlichen dank"
    r"|besten dank|danke|merci)"
)
_HINTS: Final = ("thank", "thx", "obliged", "dank", "merci")
_BARE: Final = re.compile(
    r"\W*(?:(?:ok|okay|great|perfect|excellent|wonderful|super|prima|fine|good|got it|received"
    r"|that helps|that works|alles klar|wunderbar|perfekt|ist angekommen)\W+){0,2}"
    rf"{_THANKS}(?: (?:so|very) much| a lot| again| dir| ihnen| schön| sehr)?(?: \w+){{0,2}}\W*$"
)
_FOR_AN_ANSWER: Final = re.compile(
    rf"{_THANKS}(?: (?:so|very) much| a lot| again)?,? (?:for (?:"
    r"(?:your|the|this|that) (?:\w+ ){0,2}(?:reply|response|answer|e-?mail|message|note|info"
    r"|information|update|call|clarification|feedback|comments|input|explanation|confirmation)\b"
    r"|(?:\w+ )?(?:getting back|responding|replying|answering|confirming|clarifying|explaining)\b"
    r"|(?:sending|letting me know|letting us know)\b)"
    r"|für (?:die|ihre|deine|eure) (?:\w+ ){0,2}(?:\w*antwort|rückmeldung|nachricht|mail|e-mail"
    r"|auskunft|information(?:en)?|infos?|bestätigung|erklärung|anmerkungen|erläuterung(?:en)?)\b)"
)
_STILL_OPEN: Final = re.compile(
    r"\b(?:in advance|in anticipation|im voraus|vorab|once|when|if|as soon as|until|waiting"
    r"|await\w*|look(?:ing)? forward|hear (?:back )?from you|still|but|wenn|sobald|falls|warte\w*"
    r"|freue mich|noch)\b"
)


def acknowledges(new_text: str) -> bool:
    """Whether a short reply thanks for an answer, and leaves nothing to wait for.

    Args:
        new_text: from `zones.cut_zones`; of a message that asks nothing.
    """
    if len(new_text) > MAX_CHARS:
        return False
    words = " ".join(new_text.lower().replace("\\u2019", "'").split())
    if not any(hint in words for hint in _HINTS) or "?" in words or _STILL_OPEN.search(words):
        return False
    if len(words) <= _BARE_CHARS and _BARE.match(words):
        return True
    return _FOR_AN_ANSWER.search(words) is not None
