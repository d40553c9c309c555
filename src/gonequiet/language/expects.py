"""Does this message call for an answer? Read from its new words alone.

A question, a request, a proposal, an invitation or a draft to look at calls for one; thanks, news,
a decline or a confirmation does not. Polite endings ("let me know if you have any questions") ask
nothing. Every imported message passes here, so plain text is looked for first and patterns are
tried only on the sentences that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from gonequiet.language.answer_cues import TO_SPACES, Form, Forms, Why, asking_forms, settling_forms
from gonequiet.language.rhetorical import RHETORICAL_CHARS, is_polite, is_rhetorical
from gonequiet.language.sent_drafts import ATTACHING, is_draft


class Expectation(NamedTuple):
    """What a message asks of its reader.

    Attributes:
        asks_question: the new words hold a question that is meant as one.
        has_request: they request, propose or invite.
        expects_answer: the message may call for an answer.
        answer_probability: how likely a careful reader would feel an answer is due.
        why: what decided it.
        asks_several: more than one thing may be asked.
    """

    asks_question: bool
    has_request: bool
    expects_answer: bool
    answer_probability: float = 0.0
    why: Why = Why.OTHER
    asks_several: bool = False


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
NOTHING_ASKED = Expectation(asks_question=False, has_request=False, expects_answer=False)

# The patterns that begin with \W are searched for behind one blank more: looking for what is no
# letter, the search leaps from word to word, where \b would have it try every letter.
_NO_REPLY = re.compile(
    r"\W(?:no (?:need to (?:reply|respond|answer|(?:get|write|come) back)"
    r"|(?:reply|answer|response|action)(?: is| was)? (?:needed|necessary|required|expected))"
    r"|needs no (?:reply|answer|response)"
    r"|you (?:(?:don.t|do not) (?:need|have) to|need not|needn.t) (?:reply|respond|answer)"
    r"|don.t (?:bother|worry about) (?:replying|answering)"
    r"|nothing (?:(?:for you |you need |you have |else |more )*to do|(?:is )?(?:needed|required)"
    r" (?:from|of) you)|(?:need|have to) (?:to )?do nothing"
    r"|keine[r]? (?:antwort|rückmeldung)(?: ist| mehr)? (?:nötig|notwendig|erforderlich|erwartet)"
    r"|bedarf keiner (?:antwort|rückmeldung)"
    r"|(?:antwort|rückmeldung) (?:ist |wird )?(?:hier|dazu|hierauf|darauf )?"
    r"nicht (?:nötig|notwendig|erforderlich|erwartet)"
    r"|(?:müssen|brauchen|musst|brauchst|bitte) (?:sie |du |ihr |mir |darauf |hierauf )*nicht "
    r"(?:zu )?antworten"
    r"|nichts zu tun|nichts (?:weiter )?tun)\b"
)
_NO_REPLY_WORDS = frozenset(
    (
        b"nothing", b"reply", b"respond", b"answer", b"action", b"response", b"antwort",
        b"antworten", b"nichts", b"back", "rückmeldung".encode(), b"replying", b"answering",
    )
)  # fmt: skip
_NO_REPLY_HINTS = (
    "no need to ", "no reply ", "no action ", "no answer ", "no response ", "nothing ",
    "do nothing", "needs no ", "you don", "you need", "you do not ", "don't bother", "don't worry",
    "keine antwort", "keine rückmeldung", "keiner ", "nicht antworten", "nicht zu antworten",
    "nicht nötig", "nicht notwendig", "nicht erforderlich", "nicht erwartet", "nichts ",
)  # fmt: skip
_FOR_INFORMATION = re.compile(
    r"\b(?:fyi|for your information|so (?:that )?you (?:have it|know)"
    r"|zur (?:info|information|kenntnis|kenntnisnahme))\b"
)
_AFTER_QUESTION = frozenset({"", " ", "\n", "\t", "?", "!", '"', "'", ")", "\u00a0", "”", "’", "*"})


def read_expectation(
    new_text: str,
    subject: str,
    *,
    attached: Sequence[str] = (),
    tells_why: bool = True,
    tells_several: bool = True,
) -> Expectation:
    """Reads whether the new words of a message call for an answer.

    Args:
        new_text: from `zones.cut_zones`.
        subject: read only where there is hardly any text, and only if it is the writer's own.
        attached: names of the files that came with it; a draft that is sent is sent to be read.
        tells_why: whether it matters which kind of message asks nothing; finding that out costs
            as much again, and an import has no use for it.
        tells_several: whether it matters that more than one thing is asked.
    """
    page = _page(new_text, subject, settles=tells_why)
    questions = _questions(page, at_most=2 if tells_several else 1)
    forms = _candidates(page, asking_forms())
    request = _first_kind(page, forms)
    if request is Why.REQUEST and not questions and _only_points_on(page, subject, forms):
        request = None
    asks = bool(questions) or request is Why.QUESTION
    has_request = request is not None and request is not Why.QUESTION
    if (asks or has_request) and _is_told_not_to(page):
        return Expectation(asks, has_request, False, _NO_REPLY_CHANCE, Why.FYI)
    why = Why.QUESTION if asks else request or _without_request(page, subject, attached)
    if why is Why.ATTACHED_DRAFT and (_is_told_not_to(page) or _FOR_INFORMATION.search(page.text)):
        return Expectation(False, False, False, _CHANCES[Why.FYI], Why.FYI)
    if why is Why.OTHER and tells_why:
        why = _first_kind(page, _candidates(page, settling_forms())) or why
    chance = _CHANCES[why]
    if not tells_several:
        return Expectation(asks, has_request, chance >= EXPECTED_FROM, chance, why)
    several = len(questions) > 1 or (bool(questions) and request is not None)
    several = several or _may_list(page, asks or has_request)
    several = several or (has_request and _asks_twice(page, forms))
    return Expectation(asks, has_request, chance >= EXPECTED_FROM, chance, why, several)


def ask_spans(new_text: str) -> list[tuple[int, int]]:
    """The sentences of a text that ask for something, in order, as start and stop."""
    page = _page(new_text, "")
    if len(page.text) != len(new_text[:MAX_CHARS]):
        return []
    requests = _request_places(page, _candidates(page, asking_forms()))
    places = [*_questions(page), *requests]
    return sorted({page.sentence(at) for at in places})


def _request_places(page: _Page, forms: Sequence[Form]) -> Iterator[int]:
    for form in forms:
        yield from _places(page, form, page.flat.find(form.hint))


def _asks_twice(page: _Page, forms: Sequence[Form]) -> bool:
    """Whether two sentences ask for something."""
    first: int | None = None
    for at in _request_places(page, forms):
        start = page.sentence(at)[0]
        if first is not None and start != first:
            return True
        first = start
    return False


def _only_points_on(page: _Page, subject: str, forms: Sequence[Form]) -> bool:
    """Whether a reply only says who knows: "Please contact Lee or Dana."."""
    if not _ANSWERED_SUBJECT.match(subject.lower()) or not _points_on(page.flat):
        return False
    spans = {page.sentence(at) for at in _request_places(page, forms)}
    return all(_POINTS_ON.fullmatch(page.flat[slice(*span)]) for span in spans)


def _points_on(text: str) -> bool:
    return any([f"{word} {verb}" in text for word in _PLEASE for verb in _POINTING])  # noqa: C419


_PLEASE = ("please", "pls", "kindly")
_POINTING = ("contact ", "ask ", "see ", "call ", "speak ", "talk ", "check with ", "refer ")
_POINTS_ON = re.compile(
    r"\W*(?:[^\W\d]+,\s+)?(?:please|pls|kindly) (?:contact|ask|see|call|speak (?:to|with)"
    r"|talk (?:to|with)|check with|refer (?:it |this |them )?to) (?!me\b|us\b|back\b|my\b|our\b)"
    r"(?![^.!?]{0,90}\b(?:let|whether|when|why|how|if|and (?:ask|tell|get|set|send|arrange|find|see"
    r"|have|make|confirm|check|report|give))\b)[^.!?]{2,90}[.!:]?\s*"
)


def _may_list(page: _Page, asks: bool) -> bool:
    """Whether one sentence that asks may ask for two things."""
    return asks and not _LISTING_WORDS.isdisjoint(page.words)


_LISTING_WORDS = frozenset((b"and", b"und", b"two", b"both", b"zwei", b"beides"))


def _is_told_not_to(page: _Page) -> bool:
    """Whether the message says that nothing is needed."""
    if _NO_REPLY_WORDS.isdisjoint(page.words):
        return False
    may_be = any([words in page.text for words in _NO_REPLY_HINTS])  # noqa: C419  # a list is faster
    return may_be and _NO_REPLY.search(f" {page.text}") is not None


class _Page(NamedTuple):
    """What is read of a message, made once.

    Attributes:
        text: in lower case.
        flat: the same without line breaks.
        words: of the text those that are looked for, in UTF-8.
    """

    text: str
    flat: str
    words: frozenset[bytes]

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence that holds a place begins and ends, as far as it is looked at."""
        low, high = max(0, at - _REACH), min(len(self.text), at + _REACH)
        start = low
        for found in _END.finditer(self.text, low, at + 1):
            if found.end() <= at:
                start = found.end()
        end = _END.search(self.text, at, high)
        return start, end.end() if end else high


_BARE = 40  # a shorter message leaves it to its subject line to say what it is about
_REACH = 200  # characters of a sentence that are looked at on either side
_END = re.compile(r"[.!?\n]\s")
_ANSWERED_SUBJECT = re.compile(r"\s*(?:re|aw|antw|fwd?|wg|sv|tr)\s*(?:\[\d+\])?:")


def _page(new_text: str, subject: str, *, settles: bool = False) -> _Page:
    text = new_text[:MAX_CHARS].lower()
    if "’" in text:
        text = text.replace("’", "'")
    if len(text) < _BARE and "?" in subject and not _ANSWERED_SUBJECT.match(subject.lower()):
        text = f"{subject[:200].lower()}\n\n{text}"
    words = text.encode("utf-8", "replace").translate(TO_SPACES).split()
    return _Page(text, text.replace("\n", " "), _looked_for(settles).intersection(words))


@cache
def _looked_for(settles: bool) -> frozenset[bytes]:
    """The words that can matter; all others of a text are dropped at once."""
    plain = asking_forms().looked_for | _NO_REPLY_WORDS | _LISTING_WORDS | ATTACHING
    return plain | settling_forms().looked_for if settles else plain


def _without_request(page: _Page, subject: str, attached: Sequence[str]) -> Why:
    if attached or not ATTACHING.isdisjoint(page.words):
        answers = _ANSWERED_SUBJECT.match(subject.lower()) is not None
        if is_draft(page.text, attached, answers=answers):
            return Why.ATTACHED_DRAFT
    return Why.OTHER


def _questions(page: _Page, at_most: int = 100) -> list[int]:
    """Where the text holds a question that is meant as one."""
    found: list[int] = []
    at = page.text.find("?")
    for _ in range(_MOST_MARKS):
        if at < 0 or len(found) == at_most:
            break
        if _is_question_at(page, at):
            found.append(at)
        at = page.text.find("?", at + 1)
    return found


_MOST_MARKS = 300  # question marks of one text that are looked at


def _is_question_at(page: _Page, at: int) -> bool:
    if page.text[at + 1 : at + 2] not in _AFTER_QUESTION:
        return False  # inside an address of the web, or a lost character
    if page.text[at - 1 : at].isspace() and _LOST_TWICE.search(page.text):
        return False  # of a text in which blanks and bullets came out as question marks
    sentence = page.text[page.sentence(at)[0] : at].strip()
    if len(sentence) < 3 or "://" in sentence.rsplit(None, 1)[-1]:
        return False
    return not (is_rhetorical(sentence[-RHETORICAL_CHARS:]) or is_polite(sentence))


_LOST_TWICE = re.compile(r"\s\?+\w(?s:.*?)\s\?+\w")


def _first_kind(page: _Page, forms: Sequence[Form]) -> Why | None:
    """What the first form that fits makes of the message."""
    find = page.flat.find
    for form in forms:
        # Two hints of three do not stand there as they stand in the form.
        at = find(form.hint)
        if at >= 0 and next(_places(page, form, at), None) is not None:
            return form.why
    return None


def _candidates(page: _Page, forms: Forms) -> list[Form]:
    """The forms of whose hint the text holds the words, the outranking ones first."""
    words, by_word = page.words, forms.by_word
    found = [
        form
        for word in words & forms.words
        for form in by_word[word]
        if not form.others or form.others <= words
    ]
    found.sort(key=_rank)
    return found


_rank = itemgetter(0)


def _places(page: _Page, form: Form, at: int) -> Iterator[int]:
    """Where a sentence holds the hint, fits the form and is no polite ending.

    Args:
        page: what is read.
        form: what is looked for.
        at: where its hint stands first, -1 for nowhere.
    """
    flat, hint, pattern = page.flat, form.hint, form.pattern
    while at >= 0:
        if form.at_head:
            match = pattern.match(flat, at)
        else:
            match = pattern.search(flat, max(0, at - _BEFORE), at + _AFTER)
        if match is not None and _counts(page, form, at, match):
            yield at
        at = flat.find(hint, at + len(hint))


_BEFORE, _AFTER = 80, 160  # around a hint, where its form is looked for


def _counts(page: _Page, form: Form, at: int, match: re.Match[str]) -> bool:
    """Whether what was matched stands in one sentence, where it should, and means it."""
    start, stop = page.sentence(at)
    if form.at_head and not _is_at_head(page, start, at):
        return False
    is_inside = start <= match.start() and match.end() <= stop
    if not is_inside and (form.at_head or not form.pattern.search(page.flat, start, stop)):
        return False
    return not is_polite(page.flat[start:stop])


_LINKS = (
    "and ", "case ", "therefore ", "perhaps ", "then ", "so ", "or ", "but ", "just ", "also ",
    "otherwise ", "now ",
)  # fmt: skip


def _is_at_head(page: _Page, start: int, at: int) -> bool:
    """Whether a clause begins here: at the head of a sentence or line, after a mark, a link."""
    before = page.text[max(start, at - 12) : at]
    head = before.rstrip(" ")
    if not head or head[-1] in ".!?:,;)–-•*\n":
        return len(before) > len(head) or not head or head[-1] == "\n"
    return before.endswith(_LINKS)
