"""Does this message call for an answer? Read from its new words alone.

A question, a request, a proposal, an invitation or a draft to look at calls for one; thanks, news,
a decline or a confirmation does not. Polite endings ("let me know if you have any questions") ask
nothing. Every imported message passes here, so plain text is looked for first and patterns are
tried only on the sentences that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from gonequiet.language.answer_cues import TO_SPACES, Form, Forms, Why, asking_forms, settling_forms


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
    r"\W(?:no (?:need to (?:reply|respond|answer)|reply (?:needed|necessary|required)"
    r"|action (?:needed|required|necessary)|response (?:needed|necessary|required))"
    r"|nothing (?:(?:for you |you need |you have |else |more )*to do|(?:is )?(?:needed|required)"
    r" (?:from|of) you)|(?:need|have to) (?:to )?do nothing"
    r"|keine antwort|nicht antworten|nicht zu antworten|nichts zu tun|nichts (?:weiter )?tun)\b"
)
_NO_REPLY_WORDS = frozenset(
    (
        b"nothing",
        b"reply",
        b"respond",
        b"answer",
        b"action",
        b"response",
        b"antwort",
        b"antworten",
        b"nichts",
    )
)
_NO_REPLY_HINTS = (
    "no need to ", "no reply ", "no action ", "no response ", "nothing ", "do nothing",
    "keine antwort", "nicht antworten", "nicht zu antworten", "nichts ",
)  # fmt: skip
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
_FOR_INFORMATION = re.compile(
    r"\b(?:fyi|for your information|so (?:that )?you (?:have it|know)"
    r"|zur (?:info|information|kenntnis|kenntnisnahme))\b"
)
_ATTACHED = frozenset(
    word.encode()
    for word in (
        "attach", "attached", "attaching", "attachment", "attachments", "enclosed", "anbei", "here",
        "here's", "angehängt", "anhang", "anlage", "beigefügt", "beigefügte", "below",
    )
)  # fmt: skip
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
    r"|bei (?:rück)?fragen|(?:wenn|falls|sollten) [^.?!]{0,40}fragen"
)
_POLITE_WORDS = ("any", "if ", "with ", "should ", "hesitate", "feel free", "frage")
_RHETORICAL_CHARS = 70  # at the end of a sentence; no form of it is longer
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
    plain = asking_forms().looked_for | _NO_REPLY_WORDS | _LISTING_WORDS | _ATTACHED
    return plain | settling_forms().looked_for if settles else plain


def _without_request(page: _Page, subject: str, attached: Sequence[str]) -> Why:
    if attached or not _ATTACHED.isdisjoint(page.words):
        names = " ".join(attached).lower().translate(_JOINTS)
        if _ANSWERED_SUBJECT.match(subject.lower()):
            names = _ONCE_ASKED_FOR.sub("", names)
        if _is_draft(f" {page.text}\n\n{names}"):
            return Why.ATTACHED_DRAFT
    return Why.OTHER


_JOINTS = str.maketrans("_-.", "   ")
# Sent in reply, a paper of that name may just as well be one that the other side had asked for.
_ONCE_ASKED_FOR = re.compile(r"\b(?:contract|agreement|mou|nda|loi|quote|quotation|vertrag\w*)\b")


def _is_draft(text: str) -> bool:
    """Whether what is attached is sent to be looked at, not to be filed.

    Args:
        text: in lower case, behind a blank.
    """
    named = _DRAFT.search(text) or _DRAFT_AT_WORD_END.search(text) or _TO_LOOK_AT.search(text)
    return named is not None and _FOR_THE_FILES.search(text) is None


def _questions(page: _Page, at_most: int = 100) -> list[int]:
    """Where the text holds a question that is meant as one."""
    found: list[int] = []
    at = page.text.find("?")
    while at >= 0 and len(found) < at_most:
        if _is_question_at(page, at):
            found.append(at)
        at = page.text.find("?", at + 1)
    return found


def _is_question_at(page: _Page, at: int) -> bool:
    if page.text[at + 1 : at + 2] not in _AFTER_QUESTION:
        return False  # inside an address of the web, or a lost character
    if page.text[at - 1 : at].isspace() and len(_LOST.findall(page.text)) > 1:
        return False  # of a text in which blanks and bullets came out as question marks
    sentence = page.text[page.sentence(at)[0] : at].strip()
    if len(sentence) < 3 or "://" in sentence.rsplit(None, 1)[-1]:
        return False
    return not (_is_rhetorical(sentence[-_RHETORICAL_CHARS:]) or _is_polite(sentence))


_LOST = re.compile(r"\s\?+\w")


def _is_rhetorical(ending: str) -> bool:
    """Whether a question that ends so asks nothing."""
    may_be = (
        not ending[-1].isalnum()
        or ending.endswith(_RHETORICAL_ENDS)
        or any([words in ending for words in _RHETORICAL_WORDS])  # noqa: C419  # a list is faster
    )
    return may_be and _RHETORICAL.search(ending) is not None


@lru_cache(maxsize=1024)
def _is_polite(sentence: str) -> bool:
    """Whether it is one of the endings that offer help and ask for nothing.

    Cached: several forms ask about one sentence, and such endings are written over and over.
    """
    may_be = any([word in sentence for word in _POLITE_WORDS])  # noqa: C419  # a list is faster
    return may_be and _POLITE_ENDING.search(sentence) is not None


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
    return not _is_polite(page.flat[start:stop])


_LINKS = (
    "and ",
    "case ",
    "therefore ",
    "perhaps ",
    "then ",
    "so ",
    "or ",
    "but ",
    "just ",
    "also ",
    "otherwise ",
    "now ",
)


def _is_at_head(page: _Page, start: int, at: int) -> bool:
    """Whether a clause begins here: at the head of a sentence or line, after a mark, a link."""
    before = page.text[max(start, at - 12) : at]
    head = before.rstrip(" ")
    if not head or head[-1] in ".!?:,;)–-•*\n":
        return len(before) > len(head) or not head or head[-1] == "\n"
    return before.endswith(_LINKS)
