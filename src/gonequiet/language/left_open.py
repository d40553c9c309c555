"""Two questions, one answered: whether a reply leaves something that was asked unanswered.

Said only where the words show it: the reply is about one of the things that were asked and, in
fewer sentences than were asked, says nothing of another; or it puts one of them off in so many
words. A reply that takes in everything ("yes to both", "1. ... 2. ...") leaves nothing open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.language.expects import ask_spans

_SPLIT = re.compile(
    r"(?:,|;|\?)? (?:and|und)(?: also| auch)?,? (?=(?:(?:on|about|by|for|to|with|in|at|bis"
    r"|zu)\s)?"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|what|when|who"
    r"|which|where|how|why|whether|if|your|please|ist|sind|war|hat|haben|wann|wie|wer|was"
    r"|welche[rs]?"
    r"|wo|ob|können|kannst|könnten|ihre?|deine?|bitte)\b)"
)
_LISTED = re.compile(
    r":\s|\b(?:two|both|2|zwei|beides?) ?(?:\w+ )?(?:things|questions|points|requests)\b"
)
_WORD = re.compile(r"[a-zäöüß]{3,}|\d+")
_ALL = re.compile(
    r"\b(?:both|all (?:of|three|good|fine|right|yes|set|done|clear)|everything|each of|either"
    r"|in turn|inline"
    r"|see below|beides?|beiden|alles|jeweils)\b|(?:^|\n)\s*(?:[2-9]|two|second|ii|b)[.):]"
    r"|\b(?:first|firstly|erstens)\b.{0,400}\b(?:second|secondly|zweitens)\b"
    r"|\b(?:call|ring|phone|speak|talk|discuss|anrufen|telefonieren)\b",
    re.DOTALL,
)
_YES_OR_NO = re.compile(
    r"(?:^|[\n,.!]\s?)(?:yes|yep|yeah|no|nope|sure|of course|certainly|absolutely|ok|okay"
    r"|fine|done|got it"
    r"|received|correct|right|indeed|agreed|will do|ja|nein|klar|gerne?|natürlich|erledigt"
    r"|passt|stimmt"
    r"|sounds good|perfect|it (?:is|does|has|did)|they (?:are|do|have|did)|we (?:are|do|have"
    r"|did|can|will)"
    r"|i (?:am|do|have|did|can|will))\b"
)
_ASKS_YES_OR_NO = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|whether"
    r"|if|ist|sind"
    r"|hat|haben|können|kannst|könnten|ob)\b"
)
_PUTS_OFF = re.compile(
    r"\b(?:have to|need to|must|will|'ll|let me|going to|still) (?:still )?(?:ask|check"
    r"|find out|look into|see"
    r" about|come back|get back|clarify)\b|\b(?:don't|do not|can't|cannot) (?:yet )?(?:know"
    r"|say|tell)\b"
    r"|\bnot (?:yet )?(?:sure|decided|known|clear)\b|\b(?:still|yet) (?:open|unclear"
    r"|undecided|waiting|to be)\b"
    r"|\bmore on (?:that|this)\b|\b(?:later|separately|another mail|next mail)\b"
    r"|\b(?:muss|müssen|werde|werden) .{0,30}(?:klären|nachfragen|fragen|prüfen|nachsehen)\b"
    r"|\b(?:weiß|wissen) (?:ich|wir) (?:noch )?nicht\b|\bnoch (?:offen|unklar|nicht)\b"
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|guten \w+|hallo"
    r"|liebe[rs]?"
    r"|moin|sehr geehrte[rs]?|servus)\b[^,.!?\n]{0,40}[,.!\n]"
)
_NO_MATTER = re.compile(
    r"^\W*(?:thanks?|thank you|danke|vielen dank|regards|best|kind|cheers|viele|mit freundlichen"
    r"|freundliche|safe|have a|hope|see you|enjoy|sorry|apologies)\b"
)
_ENOUGH_CHARS = 700  # a longer reply goes into things: it is not for us to say
_STEM = 5
_COMMON = frozenset(
    (
        "about", "after", "again", "also", "and", "another", "any", "are", "back", "been",
        "before", "being", "both", "but", "can", "come", "could", "dear", "did", "does", "doing",
        "done", "each", "else", "ever", "for", "from", "get", "give", "good", "got", "had",
        "has", "have", "hello", "her", "here", "him", "his", "how", "into", "its", "just",
        "know", "last", "let", "like", "look", "made", "make", "many", "may", "mean", "more",
        "much", "must", "name", "need", "new", "next", "not", "now", "off", "one", "only",
        "other", "our", "out", "over", "own", "per", "please", "put", "quick", "quite", "really",
        "regards", "said", "same", "say", "see", "send", "should", "since", "some", "soon",
        "still", "such", "sure", "take", "tell", "than", "thank", "thanks", "that", "the",
        "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those",
        "through", "time", "too", "two", "today", "tomorrow", "day", "days", "month", "months",
        "year", "years", "under", "until", "use", "very", "want", "was", "way", "week", "well",
        "were", "what", "when", "where", "whether", "which", "who", "why", "will", "with",
        "without", "would", "yet", "you", "your", "yours", "aber", "als", "auch", "auf", "aus",
        "bei", "bin", "bis", "bitte", "dann", "das", "dass", "dem", "den", "der", "des", "die",
        "doch", "ein", "eine", "einen", "einer", "eines", "für", "gibt", "haben", "hat", "ich",
        "ihr", "ihre", "ihren", "ihnen", "ist", "kann", "können", "man", "mich", "mir", "mit",
        "nach", "nicht", "noch", "nur", "oder", "sehr", "sie", "sind", "und", "uns", "vom",
        "von", "vor", "wann", "wenn", "wer", "wie", "wir", "wird", "wurde", "zum", "zur",
    )
)  # fmt: skip


_MARKER = re.compile(r"^\s*(?:[-*•]|\(?\w{1,2}[.)])\s")  # of an item in a list


class _Ask(NamedTuple):
    """One thing that was asked."""

    words: frozenset[str]
    is_yes_or_no: bool


def leaves_open(asked: str, answered: str, attached: Sequence[str] = ()) -> bool:
    """Whether a reply plainly leaves one of several questions unanswered.

    Args:
        asked: the new words of the message that asked.
        answered: the new words of the reply.
        attached: names of the files that came with the reply.
    """
    asks = _asks(asked)
    reply = answered.lower().replace("’", "'")
    if len(asks) < 2 or not reply.strip() or len(reply) > _ENOUGH_CHARS or _ALL.search(reply):
        return False
    said = _sentences(_GREETING.sub("", reply))
    words = _stems(" ".join([*said, *attached]).lower().translate(_JOINTS))
    met = [ask for ask in asks if not ask.words.isdisjoint(words)]
    if any(_PUTS_OFF.search(sentence) for sentence in said) and len(said) > 1:
        return bool(met)
    left = [ask for ask in asks if ask.words and ask.words.isdisjoint(words)]
    if _YES_OR_NO.search(reply):
        left = left[1:] if any(ask.is_yes_or_no for ask in left) else left
    return bool(met and left) and len(said) < len(asks)


_JOINTS = str.maketrans("_-.", "   ")


def _asks(text: str) -> list[_Ask]:
    """The things that a message asks."""
    sentences = (text[start:stop].lower().replace("’", "'") for start, stop in ask_spans(text))
    return [
        _Ask(_stems(piece), _ASKS_YES_OR_NO.search(piece) is not None)
        for sentence in sentences
        for piece in _pieces(_MARKER.sub(" ", sentence.replace("\n", " ")))
    ]


def _pieces(sentence: str) -> list[str]:
    """The questions that one sentence holds."""
    pieces = _SPLIT.split(sentence)
    if len(pieces) > 1 and _LISTED.search(pieces[0]):
        head, _, rest = pieces[0].rpartition(":")
        pieces[0] = rest or head
    return [piece for piece in pieces if _stems(piece)]


def _stems(text: str) -> frozenset[str]:
    """How the words begin that carry the matter."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text) if word not in _COMMON)


def _sentences(reply: str) -> list[str]:
    """The sentences of a reply that say something: no farewell, no thanks, no name."""
    found = re.split(r"(?<!\d)[.!?]+(?:\s|$)|\n+", reply)
    return [
        one for one in map(str.strip, found) if len(one.split()) > 1 and not _NO_MATTER.match(one)
    ]
