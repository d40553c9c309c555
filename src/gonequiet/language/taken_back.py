"""Words that take a question back: "never mind, I found it", "hat sich erledigt".

Asked of short messages only, written after a question of one's own that nobody has answered.
"""

from __future__ import annotations

import re
from typing import Final

MAX_CHARS: Final = 300
"""A longer message goes into things, and such words in it may be about anything."""

_HINTS: Final = (
    "mind", "scrap", "disregard", "ignore", "forget", "longer", "solved", "settled", "sorted",
    "resolved", "found", "reached", "withdraw", "need to", "erledigt", "erübrigt", "hinfällig",
    "gefunden", "fündig", "off the hook", "got ", "vergessen", "vergiss", "nicht mehr", "geklärt",
    "zurück", "erreicht",
)  # fmt: skip
_TAKEN_BACK: Final = re.compile(
    r"\b(?:never ?mind(?! (?:the|what|who|which|about)\b)|scrap (?:that|this|my)\b"
    r"|(?:please |kindly )?(?:disregard|ignore) (?:my|this|that|the) (?:(?:last|previous|earlier"
    r"|first|below|above) )?(?:question|request|mail|e-?mail|message|note|one)\b"
    r"|(?:disregard|ignore) what i (?:just |have )?(?:said|wrote|asked|written)\b"
    r"|forget (?:about )?(?:my (?:question|request|mail|e-?mail|message|note|last)|what i (?:asked"
    r"|wrote)|it[.,!]|that[.,!])"
    r"|no longer (?:needed|necessary|relevant|an issue)|(?:i|we) (?:no longer need|don't need)\b"
    r".{0,30}\b(?:any ?more|after all|any longer|it|this|that)\b"
    r"|no need to (?:reply|respond|answer|look for it|search)\b"
    r"|(?:question|problem|matter|issue|that|it|this|all)(?:'s| is| has been| was| are)?"
    r"(?: all| now| just| already){0,2} (?:solved|settled|sorted|resolved|answered)\b"
    r"|(?:^|(?:i|we|just|\w+) (?:have |has |'ve )?(?:just |now |already ){0,2})"
    r"found (?:it|them|what i (?:need|want)ed)"
    r"(?= ?[.,!;:)-]|$| (?:in|on|at|under|after|now|myself|already)\b)"
    r"|(?:have |just |'ve )(?:just |now )?reached (?:him|her|them)\b"
    r"|withdraw (?:my|the) (?:question|request)|(?:off the hook|please ignore)\b"
    r"|got (?:it|them|that|what i needed) (?:now )?(?:from|after all|elsewhere|myself)\b"
    r"|hat sich (?:(?:schon|bereits|inzwischen|soeben|gerade|damit) )*(?:erledigt|geklärt|gefunden)"
    r"|(?:ist|sind) (?:schon |bereits |inzwischen |damit |nun )*(?:erledigt|hinfällig|geklärt)\b"
    r"|erübrigt sich|(?:ihn|sie|es) (?:\w+ ){0,3}(?:gefunden|erreicht)\b"
    r"|(?:schon|doch noch) gefunden\b|fündig geworden"
    r"|vergessen sie (?:meine|das|es)|vergiss (?:meine|das|es)|nicht mehr (?:nötig|notwendig"
    r"|erforderlich|gebraucht)|(?:brauche|brauchen) .{0,30}\bnicht mehr\b"
    r"|(?:ziehe|nehme) .{0,30}\b(?:frage|bitte|anfrage) .{0,10}\bzurück\b)"
)
_END: Final = re.compile(r"(?<=[.!]) ")
_NOT_YET: Final = re.compile(
    r"\b(?:if|once|until|till|when|unless|before|not yet|hope|falls|wenn|sobald|bis|noch nicht)\b"
)
_IN_PART: Final = re.compile(
    r"\b(?:but|however|still|the (?:others|other (?:one|two)|second|third|rest)"
    r"|wait(?:ing)? for|tonight|today|right (?:away|now)|aber|jedoch|noch nicht|noch offen"
    r"|die zum|das zum|andere[rns]?|warten? auf|heute)\b"
)
"""Something stays open, or only the hour is taken back; anywhere in the message."""


def takes_back(new_text: str) -> bool:
    """Whether a short message says that what its writer asked before needs no answer any more.

    Args:
        new_text: from `zones.cut_zones`.
    """
    if len(new_text) > MAX_CHARS:
        return False
    words = " ".join(new_text.lower().replace("\u2019", "'").split())
    if "?" in words or not any(hint in words for hint in _HINTS) or _IN_PART.search(words):
        return False
    sentences = _END.split(words)
    return any(_TAKEN_BACK.search(one) and not _NOT_YET.search(one) for one in sentences)
