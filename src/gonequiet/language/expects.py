"""Does this message call for an answer? Read from its new words alone.

A question, a request, a proposal, an invitation or a draft to look at calls for one; thanks, news,
a decline or a confirmation does not. Polite endings ("let me know if you have any questions") ask
nothing. Every imported message passes here, so plain text is looked for first and patterns are
tried only on the sentences that hold it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """What in a message decides whether an answer is to be expected."""

    QUESTION = "question"
    REQUEST = "request"
    PROPOSAL = "proposal"
    INVITATION = "invitation"
    ATTACHED_DRAFT = "attached_draft"
    THANKS = "thanks"
    FYI = "fyi"
    SHARE_ONLY = "share_only"
    DECLINE = "decline"
    CONFIRMATION = "confirmation"
    SCHEDULING_SETTLED = "scheduling_settled"
    PLEASANTRY = "pleasantry"
    OTHER = "other"


class Expectation(NamedTuple):
    """What a message asks of its reader.

    Attributes:
        asks_question: the new words hold a question that is meant as one.
        has_request: they request, propose or invite.
        expects_answer: the message may call for an answer.
        answer_probability: how likely a careful reader would feel an answer is due.
        why: what decided it.
    """

    asks_question: bool
    has_request: bool
    expects_answer: bool
    answer_probability: float = 0.0
    why: Why = Why.OTHER


MAX_CHARS = 8_192  # what a message is about stands in its first pages
EXPECTED_FROM = 0.5

# How often a careful reader would answer each; the order in which they outrank one another.
_CHANCES = {
    Why.QUESTION: 0.92,
    Why.REQUEST: 0.88,
    Why.INVITATION: 0.85,
    Why.PROPOSAL: 0.85,
    Why.ATTACHED_DRAFT: 0.75,
    Why.DECLINE: 0.08,
    Why.SCHEDULING_SETTLED: 0.05,
    Why.CONFIRMATION: 0.08,
    Why.THANKS: 0.04,
    Why.FYI: 0.05,
    Why.SHARE_ONLY: 0.15,
    Why.PLEASANTRY: 0.06,
    Why.OTHER: 0.25,
}
_NO_REPLY_CHANCE = 0.03
_REQUESTS = frozenset({Why.REQUEST, Why.PROPOSAL, Why.INVITATION})


_Hints = list[tuple[int, str]]


class _Cue(NamedTuple):
    """A sentence that holds one of the hints and fits the pattern is of this kind."""

    why: Why
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


def _cue(why: Why, hints: str, pattern: str) -> _Cue:
    return _Cue(why, tuple(hints.split("|")), re.compile(pattern))


_ASKING = (
    _cue(
        Why.REQUEST,
        "please|pls|kindly",
        r"\b(?:please|pls|plz|kindly)\b(?! (?:find|see|note|be (?:advised|aware)|disregard|ignore"
        r"|forgive|excuse|accept|feel|do not hesitate|don't hesitate|enjoy|refer|visit|click"
        r"|do not reply|have a|help yourself))",
    ),
    _cue(
        Why.REQUEST,
        "could you|can you|would you|will you|someone|anyone|you mind",
        r"\b(?:could|can|would|will) (?:you|someone|anyone|one of you)\b(?! (?:be there|find|have"
        r"|get"
        r"|receive|see|hear|love|like to know))|\byou mind\b",
    ),
    _cue(
        Why.REQUEST,
        "let me know|let us know|get back to|come back to|rsvp|loop|forward to your|hearing from"
        "|hear from|await|awaiting|your answer|your reply",
        r"\blet (?:me|us) know\b(?! how it goes)|\b(?:get|come) back to (?:me|us)\b|\brsvp\b"
        r"|\bloop in\b"
        r"|\blook(?:ing)? forward to (?:your|hearing)\b|\bhear(?:ing)? from you\b"
        r"|\bawait(?:ing)? your\b|\b(?:missing|need|waiting (?:for|on)) your (?:answer|reply)\b",
    ),
    _cue(
        Why.REQUEST,
        "send|give me|give us|call me|e-mail me|email me|forward me|sign",
        r"(?:^|[.!?:,;]\s{1,3}|\band |\bthen )(?:send|give|call|e-?mail|forward|sign) "
        r"(?:me|us|over|back|it|the|a)\b",
    ),
    _cue(
        Why.REQUEST,
        "appreciate|grateful|great if|helpful if|nice if|good if|wonderful if",
        r"\bappreciate (?:it if|if|your (?:help|input|comments|feedback|thoughts|review|advice"
        r"|response|reply|confirmation)|any (?:help|advice|input|thoughts|feedback|comments))\b"
        r"|\bgrateful (?:if|for (?:your|any) (?:help|input|comments|feedback|thoughts|advice))\b"
        r"|\b(?:great|helpful|nice|good|wonderful) if (?:you|we) c",
    ),
    _cue(
        Why.REQUEST,
        "like you|like to|need you|want you|ask you|asking you|need your|need from|following up"
        "|follow up|checking in",
        r"\b(?:like|need|want|ask|asking) you to\b|(?:\bi would|\bwe would|'d) like to (?:have|get"
        r"|see|receive|know|hear)\b|\bneed your\b|\bneed from you\b"
        r"|\bjust (?:following up|checking in)\b|\bfollow(?:ing)? up on (?:my|our)\b",
    ),
    _cue(
        Why.PROPOSAL,
        "how about|what about|shall we|why don't|what if|can we|could we",
        r"\b(?:how|what) about\b|\bshall we\b|\bwhy don't (?:we|you)\b|\bwhat if we\b"
        r"|\b(?:can|could) we (?:meet|talk|speak|set|schedule|arrange|find|move|do)\b",
    ),
    _cue(
        Why.PROPOSAL,
        "suggest|propose|proposal|suggestion|offer|let's|work with",
        r"\b(?:i|we|i'd|we'd) (?:would |could |can |like to |would like to )?(?:suggest|propose"
        r"|offer)\b"
        r"|\bmy (?:proposal|suggestion)\b|\bour (?:offer|proposal)\b(?! (?:was|has been|stands))"
        r"|(?:^|[.!?] )let's (?:do|meet|have|set|schedule|find|start|plan|say|talk)\b"
        r"|\b(?:delighted|love|keen) to work with you\b",
    ),
    _cue(
        Why.INVITATION,
        "invite|invited|join us|join me|you there|honoured|honored|you joined|come along|our guest",
        r"\b(?:invite you|invited|you are invited|join (?:us|me)|have you there|you joined"
        r"|come along"
        r"|be our guest)\b|\bhono(?:u)?red (?:if|to have) you\b",
    ),
    _cue(
        Why.REQUEST,
        "bitte|könnten sie|können sie|würden sie|kannst du|könntest du|würdest du|magst du|bescheid"
        "|melde|melden|dankbar|brauche|brauchen|benötige|benötigen",
        r"\bbitte\b(?! (?:finde|beachte|entschuldig|sehr|schön))|\b(?:könnten|können|würden) sie\b"
        r"|\b(?:könntest|kannst|würdest|magst) du\b|\bbescheid\b(?! wissen)"
        r"|\bmelde(?:n sie)? (?:dich|sich)\b|\bdankbar,? (?:wenn|für)\b"
        r"|\b(?:brauche|brauchen|benötige|benötigen) (?:wir |ich )?(?:noch|von|ihre|deine|bis)\b",
    ),
    _cue(
        Why.PROPOSAL,
        "wie wäre|schlage|schlagen|vorschlag|sollen wir|lass uns|was halten|was hältst",
        r"\bwie wäre\b|\bschlage[n]? .{0,40}\bvor\b|\bmein vorschlag\b|\bsollen wir\b|\blass uns\b"
        r"|\bwas (?:halten sie|hältst du)\b",
    ),
    _cue(
        Why.INVITATION,
        "einladen|eingeladen|lade|laden",
        r"\beinladen\b|\beingeladen\b|\b(?:lade|laden) .{0,60}\bein\b",
    ),
)
_SETTLING = (
    _cue(
        Why.DECLINE,
        "unfortunately|afraid|decline|sadly|regret|to pass|decided|no thanks|not be|leider|absagen"
        "|interested|can't make|won't make|couldn't make",
        r"\b(?:unfortunately|sadly|i'm afraid|regret)\b|\b(?:decline|to pass|decided (?:to go|not"
        r"|against))"
        r"|\bno,? thanks\b|\bnot be (?:moving|able|going|proceeding)\b|\bnot interested\b"
        r"|n't make it"
        r"|\bleider\b|\babsagen\b",
    ),
    _cue(
        Why.SCHEDULING_SETTLED,
        "see you|talk to|speak|it is|works|moved to|call you|dann bis|fine|forward to it",
        r"\b(?:see you|talk to you) (?:then|there|on|at|soon|tomorrow|next|in)\b"
        r"|\bspeak (?:then|soon|tomorrow)\b"
        r"|\b(?:day|pm|am|noon|o'clock|\d) it is\b|\bmoved to the\b|\bi'll call you\b|\bdann bis\b"
        r"|(?:day|noon|\d|pm|am|that) (?:works|is fine)\b|\blooking forward to it\b",
    ),
    _cue(
        Why.CONFIRMATION,
        "confirm|confirmed|agreed|approved|received|yes|go ahead|passt|gebucht|bestätigt|sounds",
        r"\b(?:confirm(?:ed)?|agreed|approved|received|go ahead|passt|gebucht|bestätigt"
        r"|sounds good)\b"
        r"|^yes\b",
    ),
    _cue(
        Why.FYI,
        "fyi|information|heads up|so you know|update|record|zur info|no action|posted",
        r"\bfyi\b|\bfor your information\b|\bheads up\b|\bso you know\b|\bupdate\b"
        r"|\bfor the record\b"
        r"|\bzur info|\bno action\b|\bkeep you posted\b",
    ),
    _cue(
        Why.THANKS,
        "thank|thanks|thx|appreciate|appreciated|dank|danke",
        r"\bthanks?\b|\bthx\b|\bappreciated?\b|\bdanke?\b",
    ),
    _cue(
        Why.SHARE_ONLY,
        "attached|enclosed|here is|here are|sharing|thought you|thought of|as promised|anbei",
        r"\battached\b|\benclosed\b|\bhere (?:is|are)\b|\bsharing\b|\bthought (?:you|of you)\b"
        r"|\bas promised\b|\banbei\b|https?:",
    ),
    _cue(
        Why.PLEASANTRY,
        "glad|pleasure|happy to|no problem|congratulations|enjoy|holiday|weekend|hope|wonderful"
        "|haha|wochenende|you too|have a",
        r".",
    ),
)
_NO_REPLY = re.compile(
    r"\bno (?:need to (?:reply|respond|answer)|reply (?:needed|necessary|required)|action (?:needed"
    r"|required|necessary))\b|\b(?:keine antwort|nicht antworten|nicht zu antworten)\b"
)
_DRAFT = re.compile(
    r"\b(?:draft|proposal|contract|agreement|mou|nda|loi|offer|quote|quotation|redline|mark-?up"
    r"|version \d|revised|term sheet|statement of work|entwurf|angebot|vertrag\w*)\b"
)
_TO_LOOK_AT = re.compile(
    r"\b(?:for|to) (?:your |our )?(?:review|signature|signing|comments?|approval|consideration"
    r"|feedback)\b"
    r"|\byour (?:review|comments|thoughts|feedback|approval|signature|decision|view)\b|\bdiscuss\b"
    r"|\bmark up\b|\bwhat you think\b|\bzur (?:durchsicht|prüfung|unterschrift|freigabe"
    r"|abstimmung)\b"
)
_FOR_THE_FILES = re.compile(
    r"\b(?:your|our) (?:records?|files?|reference|information)\b|\bfully executed\b|\bfinal\b"
    r"|(?<!for )\bsigned (?:copy|contract|agreement|version)\b|\bminutes\b|\bihre (?:ablage"
    r"|unterlagen|akten)\b"
)
_ATTACHED = ("attach", "enclosed", "anbei", "here is", "here's", "angehängt", "im anhang")
_POLITE_ENDING = re.compile(
    r"(?:let (?:me|us) know|call(?: me| us)?|contact (?:me|us)|e-?mail (?:me|us)|give (?:me"
    r"|us) a call"
    r"|get in touch|reach out(?: to me)?|ask|shout)\b[^.?!]{0,60}?\b(?:if|with"
    r"|should)\b[^.?!]{0,20}?"
    r"\b(?:(?:have|has|need|there(?:'s| is| are)|see|should have)\s(?:any|anything|other|further"
    r"|more"
    r"|a|additional|some|something)\b|can (?:help|be of|assist|do anything)|questions"
    r"|(?:any )?problems"
    r"|anything)"
    r"|(?:should|if) you (?:have|need)\b[^.?!]{0,80}(?:let (?:me|us) know|call|contact|e-?mail|ask"
    r"|hesitate)|hesitate to|feel free"
    r"|bei (?:rück)?fragen|(?:wenn|falls|sollten) [^.?!]{0,40}fragen"
)
_RHETORICAL = re.compile(
    r"(?:any|other|further|more) (?:questions|comments|thoughts from anyone)\W*$|^\W*questions\W*$"
    r"|\b(?:isn't it|isn't that .{0,30}|wouldn't it be nice|who knows|guess what|you know what"
    r"|can you believe .{0,40}|how are you|how(?:'s| is) it going|how have you been|what's up"
    r"|remember me|why not|so what|right|huh|eh|noch fragen|wie geht(?:'s| es \w+))\W{0,3}$"
)
_UNMARKED = re.compile(
    r"(?:^|[.!?,:;]\s{1,3}|\n)(?:do|did|are|were|have|will|would|could|can) you (?!know\b|too\b)\w+"
)
_AFTER_QUESTION = frozenset({"", " ", "\n", "\t", "?", "!", '"', "'", ")", "\u00a0", "”", "’", "*"})
_REACH = 200  # characters of a sentence that are looked at on either side


def read_expectation(new_text: str, subject: str, *, has_attachment: bool = False) -> Expectation:
    """Reads whether the new words of a message call for an answer.

    Args:
        new_text: from `zones.cut_zones`.
        subject: read only where there is hardly any text.
        has_attachment: whether a file came with it; a draft that is sent is sent to be read.
    """
    text = new_text[:MAX_CHARS].lower()
    if "’" in text:
        text = text.replace("’", "'")
    if len(text) < _BARE:
        text = f"{subject[:200].lower()}\n\n{text}" if "?" in subject else text
    hints = _hints(text)
    asks = _asks(text)
    request = _first_kind(hints, text, _ASKING_PLACES)
    if (asks or request) and _NO_REPLY.search(text):
        return Expectation(asks, request is not None, False, _NO_REPLY_CHANCE, Why.FYI)
    why = (
        Why.QUESTION
        if asks
        else request or _without_request(text, hints, has_attachment=has_attachment)
    )
    chance = _CHANCES[why]
    return Expectation(asks, request is not None, chance >= EXPECTED_FROM, chance, why)


_BARE = 40  # a shorter message leaves it to its subject line to say what it is about


def _without_request(text: str, hints: _Hints, *, has_attachment: bool) -> Why:
    if (has_attachment or any(word in text for word in _ATTACHED)) and _is_draft(text):
        return Why.ATTACHED_DRAFT
    return _first_kind(hints, text, _SETTLING_PLACES) or Why.OTHER


def _is_draft(text: str) -> bool:
    """Whether what is attached is sent to be looked at, not to be filed."""
    if _FOR_THE_FILES.search(text):
        return False
    return _DRAFT.search(text) is not None or _TO_LOOK_AT.search(text) is not None


def _asks(text: str) -> bool:
    """Whether the text holds a question that is meant as one."""
    at = text.find("?")
    while at >= 0:
        if _is_question_at(text, at):
            return True
        at = text.find("?", at + 1)
    return " you " in text and _UNMARKED.search(text) is not None


def _is_question_at(text: str, at: int) -> bool:
    if text[at + 1 : at + 2] not in _AFTER_QUESTION:
        return False  # inside an address of the web, or a lost character
    sentence = text[_sentence_start(text, at) : at].strip()
    if len(sentence) < 3 or "://" in sentence.rsplit(None, 1)[-1]:
        return False
    return not (_RHETORICAL.search(sentence) or _POLITE_ENDING.search(sentence))


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - _REACH)
    found = max(text.rfind(mark, low, at) for mark in (". ", "! ", "? ", ".\n", "\n\n"))
    return found + 1 if found >= 0 else low


def _sentence_stop(text: str, at: int) -> int:
    high = min(len(text), at + _REACH)
    found = (text.find(mark, at, high) for mark in (". ", "!", "?", ".\n", "\n\n"))
    return min((hit for hit in found if hit >= 0), default=high)


def _triggers(cues: tuple[_Cue, ...]) -> dict[str, _Hints]:
    """Maps the longest word of a hint to the hint and the place of its cue."""
    found: dict[str, _Hints] = {}
    for place, cue in enumerate(cues):
        for hint in cue.hints:
            found.setdefault(max(hint.split(), key=len), []).append((place, hint))
    return found


_CUES = _ASKING + _SETTLING
_ASKING_PLACES = range(len(_ASKING))
_SETTLING_PLACES = range(len(_ASKING), len(_CUES))
_TRIGGERS = _triggers(_CUES)
_TRIGGER_WORDS = frozenset(_TRIGGERS)
_TO_SPACES = str.maketrans(dict.fromkeys('.,;:!?()"/', " "))


def _hints(text: str) -> _Hints:
    """Hints of which the text holds the longest word, in the order of their cues."""
    words = _TRIGGER_WORDS.intersection(text.translate(_TO_SPACES).split())
    return sorted(hint for word in words for hint in _TRIGGERS[word])


def _first_kind(hints: _Hints, text: str, places: range) -> Why | None:
    for place, hint in hints:
        cue = _CUES[place]
        if place in places and hint in text and _fits(text, hint, cue.pattern):
            return cue.why
    return None


def _fits(text: str, hint: str, pattern: re.Pattern[str]) -> bool:
    """Whether a sentence that holds the hint fits the pattern and is no polite ending."""
    at = text.find(hint)
    while at >= 0:
        stop = max(_sentence_stop(text, at), at + len(hint))
        sentence = text[_sentence_start(text, at) : stop].replace("\n", " ").strip()
        if pattern.search(sentence) and not _POLITE_ENDING.search(sentence):
            return True
        at = text.find(hint, stop)
    return False
