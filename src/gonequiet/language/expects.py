"""Does this message call for an answer? Read from its new words alone.

A question, a request, a proposal or an invitation calls for one; thanks, news, a decline or a
confirmation does not. Polite endings ("let me know if you have any questions") ask nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Expectation(NamedTuple):
    """What a message asks of its reader.

    Attributes:
        asks_question: the new words hold a question that is meant as one.
        has_request: they request, propose or invite.
        expects_answer: the message may call for an answer.
    """

    asks_question: bool
    has_request: bool
    expects_answer: bool


MAX_CHARS = 8_192  # what a message is about stands in its first pages

_REQUEST_HINTS = (
    "please",
    "pls",
    "could you",
    "can you",
    "would you",
    "will you",
    "let me know",
    "let us know",
    "appreciate",
    "like you to",
    "need you to",
    "need your",
    "send me",
    "get back to me",
    "how about",
    "shall we",
    "why don't we",
    "join us",
    "invite",
    "bitte",
    "könnten sie",
    "können sie",
    "kannst du",
    "könntest",
    "gib mir",
    "wie wäre",
    "melde dich",
    "melden sie",
    "einladen",
)
_REQUEST = re.compile(
    r"\b(?:please|pls|plz|kindly)\b(?! (?:find|see|note|be (?:advised|aware)|disregard|ignore"
    r"|forgive"
    r"|excuse|accept|feel|do not hesitate|don't hesitate|enjoy|refer|visit|click|do not reply))"
    r"|\b(?:could|can|would|will) (?:you|we|someone|anyone|one of you)\b"
    r"|\blet (?:me|us) know\b|\bget back to (?:me|us)\b|\b(?:send|give|call|e-?mail|ring) me\b"
    r"|\b(?:would|i'd|we'd|i|we|much|really|greatly)\b.{0,20}\bappreciate (?:it if|your (?:help"
    r"|input"
    r"|comments|feedback|thoughts|review|advice|response|reply|confirmation)|if|a|any)\b"
    r"|\b(?:like|need|want) you to\b|\bneed your\b|\b(?:how|what) about\b|\bshall we\b"
    r"|\bwhy don't (?:we|you)\b|\b(?:join us|invite you|you are invited|would like to invite)\b"
    r"|\bbitte\b(?! (?:finde|beachte|entschuldig|sehr|schön))"
    r"|\b(?:könnten|können|würden|könnt) (?:sie|ihr|wir)\b|\b(?:könntest|kannst|würdest|magst) du\b"
    r"|\bgib(?:t)? mir\b|\bwie wäre\b|\bmelde(?:n sie)? (?:dich|sich)\b|\beinladen\b"
)
_POLITE_ENDING = re.compile(
    r"(?:please |pls |just |do not hesitate to |don't hesitate to |feel free to )*"
    r"(?:let (?:me|us) know|call(?: me| us)?|contact (?:me|us)|e-?mail (?:me|us)|give (?:me"
    r"|us) a call"
    r"|get in touch|reach out(?: to me)?|ask|shout)\b[^.?!\n]{0,60}?\bif\b[^.?!]{0,20}?"
    r"\b(?:(?:have|has|need|there(?:'s| is| are)|see|should have)\s(?:any|anything|other|further"
    r"|more|a"
    r"|additional|some|something)\b|can (?:help|be of|assist|do anything)|questions"
    r"|(?:any )?problems)"
    r"[^.?!]{0,120}"
    r"|(?:should|if) you (?:have|need)\b[^.?!]{0,80}(?:let (?:me|us) know|call|contact|e-?mail|ask)"
    r"[^.?!]{0,60}"
    r"|bei (?:rück)?fragen[^.?!]{0,80}|(?:wenn|falls|sollten) [^.?!]{0,40}fragen[^.?!]{0,80}"
)
_RHETORICAL = re.compile(
    r"(?:any|other|further|more) (?:questions|comments|thoughts from anyone)\W*$|^\W*questions\W*$"
    r"|\b(?:isn't it|wouldn't it be nice|who knows|guess what|you know what|can you believe"
    r"|how are you"
    r"|how(?:'s| is) it going|how have you been|what's up|remember me|why not|so what|right|huh|eh"
    r"|noch fragen|wie geht)\b[^?]{0,12}$"
)


def read_expectation(new_text: str, subject: str) -> Expectation:
    """Reads whether the new words of a message call for an answer."""
    text = new_text[:MAX_CHARS].lower()
    asks = _asks(text) or (_is_bare(text) and _asks(subject[:200].lower()))
    requests = _requests(text)
    return Expectation(asks, requests, asks or requests)


def _is_bare(text: str) -> bool:
    """Whether the message is so short that its subject line says what it is about."""
    return len(text) < 40


def _asks(text: str) -> bool:
    """Whether any question mark ends a question that is meant as one."""
    at = text.find("?")
    while at >= 0:
        if _is_question_at(text, at):
            return True
        at = text.find("?", at + 1)
    return False


def _is_question_at(text: str, at: int) -> bool:
    if text[at + 1 : at + 2] not in _AFTER_QUESTION:
        return False  # inside an address of the web, or a lost character
    sentence = text[_sentence_start(text, at) : at].strip()
    if len(sentence) < 3 or "://" in sentence.rsplit(None, 1)[-1]:
        return False
    return not (_RHETORICAL.search(sentence) or _POLITE_ENDING.search(sentence))


_AFTER_QUESTION = frozenset({"", " ", "\n", "\t", "?", "!", '"', "'", ")", "\u00a0", "”", "’", "*"})
_REACH = 200  # characters of a sentence that are looked at on either side


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - _REACH)
    found = [text.rfind(mark, low, at) for mark in (". ", "! ", "? ", ".\n", "\n\n")]
    return max(low, *(hit + 1 for hit in found if hit >= 0)) if max(found) >= 0 else low


def _sentence_stop(text: str, at: int) -> int:
    high = min(len(text), at + _REACH)
    found = (text.find(mark, at, high) for mark in (". ", "!", "?", ".\n", "\n\n"))
    return min((hit for hit in found if hit >= 0), default=high)


def _requests(text: str) -> bool:
    return any(_requests_by(text, hint) for hint in _REQUEST_HINTS if hint in text)


def _requests_by(text: str, hint: str) -> bool:
    """Whether any sentence that holds the hint is a request, not a polite ending."""
    at = text.find(hint)
    while at >= 0:
        stop = _sentence_stop(text, at)
        sentence = text[_sentence_start(text, at) : stop].replace("\n", " ")
        if _REQUEST.search(sentence) and not _POLITE_ENDING.search(sentence):
            return True
        at = text.find(hint, stop)
    return False
