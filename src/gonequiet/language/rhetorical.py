"""Questions and offers that ask for nothing: "any questions?", "how are you?", "feel free to call".

The patterns are tried only where plain words say that they may fit.
"""

from __future__ import annotations

import re
from functools import lru_cache

_POLITE_ENDING = re.compile(
    r"(?:let (?:me|us) know|call(?: me| us)?|contact (?:me|us)|e-?mail (?:me|us)|give (?:me"
    r"|us) a (?:call|shout|ring)"
    r"|get in touch|reach out(?: to me)?|ask|shout|drop (?:me|us) a (?:line|note)|ring (?:me|us)"
    r"|write(?: to me)?)\b[^.?!]{0,60}?\b(?:if|with"
    r"|should)\b[^.?!]{0,20}?"
    r"\b(?:(?:have|has|need|there(?:'s| is| are)|see|should have)\s(?:any|anything|other|further"
    r"|more"
    r"|a|additional|some|something)\b|can (?:help|be of|assist|do anything)|questions"
    r"|(?:any )?problems|looks? odd"
    r"|anything|any)"
    r"|(?:should|if) (?:you (?:have|need)|any(?:thing)?"
    r"|there(?:'s| is| are| should be) any(?:thing)?)"
    r"\b[^.?!]{0,80}(?:let (?:me|us) know|call|contact|e-?mail|ask"
    r"|hesitate|shout)|hesitate to|feel free"
    r"|^\W*if\s{1,3}(?:not|otherwise),? (?:please |just |then ){0,2}(?:let (?:me|us) know|call"
    r"|contact|ask|e-?mail|tell (?:me|us)|discuss|see|shout|give (?:me|us))\b"
    r"|bei (?:rück)?fragen|(?:wenn|falls|sollten) [^.?!]{0,40}fragen"
)
_POLITE_WORDS = ("any", "if ", "with ", "should ", "hesitate", "feel free", "frage")
RHETORICAL_CHARS = 70  # at the end of a sentence; no form of it is longer
_RHETORICAL = re.compile(
    r"(?:any|other|further|more) (?:questions|comments|thoughts from anyone)\W*$|^\W*questions\W*$"
    r"|\b(?:isn't it|isn't that .{0,30}|wouldn't it be nice|who knows|guess what|you know what"
    r"|can you believe .{0,40}|how are you|how(?:'s| is) it going|how have you been|what's up"
    r"|remember me|why not|so what|noch fragen|wie geht(?:'s| es \w+)"
    r"|what more (?:can|could) (?:one|you|we|i|anyone|anybody) (?:want|wish for|ask for|ask)"
    r"|what's not to (?:like|love)|who would have thought(?: it)?|who'd have thought(?: it)?"
    r"|was will (?:man|ich|frau) mehr|was kann man (?:sich )?mehr wünschen|wer hätte das gedacht"
    r"|ist (?:das|es) nicht .{0,20}(?:schön|toll|herrlich|wunderbar|großartig|schreck|unglaub|best)"
    r".{0,40})\W{0,3}$"
    r"|(?:^|[,.!;–-] ?)(?:right|huh|eh|you know)\W{0,3}$"
    r"|^\W*(?:have you |did you )?(?:seen?|hear|heard|remember) (?:this|that|it|of it)(?: one)?\W*$"
)
# How the forms of it end, but for those that end in any words and are known by others.
_RHETORICAL_ENDS = (
    "questions", "comments", "thoughts from anyone", "isn't it", "be nice", "who knows", "what",
    "how are you", "it going", "have you been", "what's up", "remember me", "why not",
    "noch fragen", "right", "huh", "eh", "you know", "this", "that", "it", "this one", "that one",
    "it one", "want", "wish for", "ask for", "ask", "not to like", "not to love", "thought",
    "thought it", "will man mehr", "will ich mehr", "will frau mehr", "mehr wünschen", "gedacht",
)  # fmt: skip
_RHETORICAL_WORDS = ("isn't that ", "can you believe ", "wie geht", "st das nicht ", "st es nicht ")


def is_rhetorical(ending: str) -> bool:
    """Whether a question that ends so asks nothing."""
    may_be = (
        not ending[-1].isalnum()
        or ending.endswith(_RHETORICAL_ENDS)
        or any([words in ending for words in _RHETORICAL_WORDS])  # noqa: C419  # a list is faster
    )
    return may_be and _RHETORICAL.search(ending) is not None


@lru_cache(maxsize=1024)
def is_polite(sentence: str) -> bool:
    """Whether it is one of the endings that offer help and ask for nothing.

    Cached: several forms ask about one sentence, and such endings are written over and over.
    """
    may_be = any([word in sentence for word in _POLITE_WORDS])  # noqa: C419  # a list is faster
    return may_be and _POLITE_ENDING.search(sentence) is not None
