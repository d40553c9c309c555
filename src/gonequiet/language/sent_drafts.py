"""Is what came with a message sent to be looked at, or to be filed? Words and file names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

ATTACHING = frozenset(
    word.encode()
    for word in (
        "attach", "attached", "attaching", "attachment", "attachments", "enclosed", "anbei", "here",
        "here's", "angehängt", "anhang", "anlage", "beigefügt", "beigefügte", "below",
    )
)  # fmt: skip
"""Words that may say that something came with a message, in UTF-8."""
# The patterns that begin with \W are searched for behind one blank more, as in `expects`.
_DRAFT = re.compile(
    r"\W(?:drafts?|proposal|contract|agreement|mou|nda|loi|sow|offer|quote|quotation|redline"
    r"|mark-?up|marked|(?:first|second|third|next|new|latest|revised|updated) version|v\d|rev\d?"
    r"|revised|term ?sheet|statement of work|memorandum|letter of intent|amendment|chapter"
    r"|manuscript|outline|proof|sketch|concept|layout|angebot|vertrag\w*)\b"
)
_DRAFT_AT_WORD_END = re.compile(r"(?:entwürfe?|entwurf|konzept|skizze)\b")
_TO_LOOK_AT = re.compile(
    r"\W(?:(?:for|to) (?:your |our |you to )?(?:review|signature|sign|signing|comments?|approval"
    r"|consideration|feedback|check|correct|correction|look at|inspection|perusal)"
    r"|your (?:review|comments|thoughts|feedback|approval|signature|decision|view|eyes|red pen"
    r"|corrections|remarks)|discuss"
    r"|mark up|what you (?:think|make)|red pen|(?:first|rough|early|second|next) "
    r"(?:cut|go|stab|shot|attempt|version|draft|pass)|changes are (?:marked|in)"
    r"|(?:zur|um) (?:\w+ )?(?:durchsicht|prüfung|unterschrift|freigabe|abstimmung|unterzeichnung"
    r"|korrektur|ansicht))\b"
)
_FOR_THE_FILES = re.compile(
    r"\W(?:(?:your|our) (?:records?|files?|reference|information|library|\w+ library)\b"
    r"|(?:executed|final|minutes)\b|(?:ihre|die|deine) (?:ablage|unterlagen|akten)\b"
    r"|(?<!for )(?<!be )(?<!a )(?:counter-?)?signed\b"
    r"(?! (?:copy |version |one )?(?:back|in return|by)))"
)
_ASKED_FOR = re.compile(
    r"\W(?:as (?:you )?(?:requested|asked|promised)|(?:per|at) your request|at the request of"
    r"|you (?:had )?(?:requested|asked for)|(?:previously|already|that was|which was) sent to"
    r"|wie (?:gewünscht|erbeten|versprochen|angefordert)|auf (?:ihren|deinen) wunsch)\b"
)
_TO_ANSWER = re.compile(
    r"\W(?:(?:for|to) your (?:review|signature|comments?|approval|feedback|consideration)"
    r"|your (?:comments|thoughts|feedback|approval|signature|decision|corrections|remarks)"
    r"|what you (?:think|make)|redline|mark-?up|revised"
    r"|(?:zur|um) (?:\w+ )?(?:durchsicht|prüfung|unterschrift|freigabe))\b"
)
_JOINTS = str.maketrans("_-.", "   ")
# Sent in reply, a paper of that name may just as well be one that the other side had asked for.
_ONCE_ASKED_FOR = re.compile(r"\b(?:contract|agreement|mou|nda|loi|quote|quotation|vertrag\w*)\b")


def is_draft(text: str, attached: Sequence[str], *, answers: bool) -> bool:
    """Whether what is attached is sent to be looked at, not to be filed.

    Args:
        text: the message, in lower case.
        attached: names of the files.
        answers: whether the message answers another.
    """
    names = " ".join(attached).lower().translate(_JOINTS)
    if answers:
        names = _ONCE_ASKED_FOR.sub("", names)
    whole = f" {text}\n\n{names}"
    named = _DRAFT.search(whole) or _DRAFT_AT_WORD_END.search(whole) or _TO_LOOK_AT.search(whole)
    if named is None or _FOR_THE_FILES.search(whole):
        return False
    return _ASKED_FOR.search(whole) is None or _TO_ANSWER.search(whole) is not None
