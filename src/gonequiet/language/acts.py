"""What the sentences of a message do: ask, promise, agree, refuse, put off, thank, or inform.

Rules name the act and give its reason; the learned reader "intent" confirms requests and finds
those no rule foresaw. Every act keeps the span it was read from, so that it can be shown, checked
and overruled. Read only a message's new words (`zones`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gonequiet.language.act_rules import COURTESY, ActRule, rules_anywhere
from gonequiet.language.dates import DatedSpan, find_dates
from gonequiet.language.learned import read_chances
from gonequiet.language.lexicon import Tongue
from gonequiet.language.pages import Page, Start, bit_of, page_of
from gonequiet.language.sentences import Sentence


class Act(StrEnum):
    """What a sentence does (speech acts after Cohen, Carvalho and Mitchell, EMNLP 2004)."""

    REQUEST = "request"
    QUESTION = "question"
    PROPOSAL = "proposal"
    COMMITMENT = "commitment"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    DEFERRAL = "deferral"
    THANKS = "thanks"
    INFORMATION = "information"


class SpokenAct(NamedTuple):
    """One act of one sentence.

    Attributes:
        act: what the sentence does.
        start: index of the sentence's first character.
        stop: index after its last.
        rule: the rule that read it, or "weights".
        chance: how likely the act is meant, from 0 to 1; hedged and conditional ones are lower.
        what: for a commitment, what will be done, as written; else "".
        due_on: the day it is due or meant for, None when no day is named.
    """

    act: Act
    start: int
    stop: int
    rule: str
    chance: float
    what: str = ""
    due_on: date | None = None


MAX_CHARS = 8_192  # what is asked and promised stands in the first pages
_SURE, _LIKELY, _OPEN = 0.9, 0.7, 0.5
_UNKNOWN = 0.5  # the chance of a request where the learned reader was not asked
_FEWEST_CHARS, _MOST_CHARS = 15, 400
_ADDRESSES = re.compile(r"\b(?:you|your|yours|we|us|need|sie|ihr|ihnen|dir|euch|wir)\b")
_OPENS = re.compile(r"(?!the|it|i|he|she|they)[a-z]+ ")  # what a text asks for at once
_SPEAKS_FOR_ITSELF = 0.85  # the learned reader alone finds a request from here on
_SPEAKS_AGAINST = 0.12  # and below this it overrules a rule
_OWING = frozenset({Act.REQUEST, Act.PROPOSAL, Act.COMMITMENT})
_NEVER_ASKED = frozenset({Act.COMMITMENT, Act.ACCEPTANCE, Act.REFUSAL})
_TOLD = (Act.COMMITMENT, Act.ACCEPTANCE, Act.REFUSAL, Act.DEFERRAL, Act.THANKS)
_WANTED = (Act.PROPOSAL, Act.REQUEST, Act.QUESTION)
_ADDRESS, _QUESTION = bit_of("address"), bit_of("question")
_HEDGED = re.compile(
    r"\b(?:try|hope|might|may|should be able|probably|perhaps|maybe|possibly|versuche|hoffe"
    r"|vielleicht|eventuell|voraussichtlich)\b"
)
_CONDITIONAL = re.compile(r"\b(?:if|unless|once|provided|assuming|wenn|falls|sofern|sobald)\b")


class ActText(NamedTuple):
    """A text whose acts are wanted.

    Attributes:
        text: the new words of a message.
        written_on: the day it was written, in its sender's time zone.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
        sentences: as `split_sentences` gives them, None to have them cut here.
    """

    text: str
    written_on: date
    tongue: Tongue
    sentences: Sequence[Sentence] | None = None


def read_acts(text: str, written_on: date, tongue: Tongue) -> tuple[SpokenAct, ...]:
    """The acts of every sentence, in order; a sentence without any is information.

    Args:
        text: the new words of a message.
        written_on: the day it was written, in its sender's time zone.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
    """
    return read_acts_of([ActText(text, written_on, tongue)])[0]


def read_acts_of(texts: Sequence[ActText]) -> list[tuple[SpokenAct, ...]]:
    """The acts of several texts, as `read_acts` gives them; many at once cost less than each."""
    pages = [page_of(one.text[:MAX_CHARS], one.tongue, one.sentences) for one in texts]
    drafts = _drafts(pages)
    return [
        tuple(_full(draft, one.written_on)) if one.tongue is not Tongue.OTHER else ()
        for draft, one in zip(drafts, texts, strict=True)
    ]


def read_pages(pages: Sequence[Page]) -> list[list[SpokenAct]]:
    """The acts of several pages, without information, days and what is promised: that is quick."""
    return [list(_plain(draft)) for draft in _drafts(pages)]


class _Fit(NamedTuple):
    """A rule that fits a sentence."""

    rule: ActRule
    match: re.Match[str]


_Fits = dict[str, _Fit]  # by act


class _Draft(NamedTuple):
    """A page, the rules that fit its sentences, and how likely the weights call them requests."""

    page: Page
    fits: dict[int, _Fits]
    doubtful: list[int]
    chances: dict[int, float]


def _drafts(pages: Sequence[Page]) -> list[_Draft]:
    drafts = [_draft(page) for page in pages]
    for tongue in (Tongue.ENGLISH, Tongue.GERMAN):
        some = [draft for draft in drafts if draft.page.tongue is tongue]
        asked = [(draft, at) for draft in some for at in draft.doubtful]
        words = [_as_written(draft.page, at) for draft, at in asked]
        for (draft, at), chance in zip(asked, request_chances(words, tongue), strict=True):
            draft.chances[at] = chance
    return drafts


def _as_written(page: Page, at: int) -> str:
    return page.text[slice(*page.spans[at])].replace("’", "'")


def _draft(page: Page) -> _Draft:
    draft = _Draft(page, {}, [], {})
    for at, (kinds, starts) in enumerate(zip(page.kinds, page.starts, strict=True)):
        fits = _fits(page, at, starts) if starts or kinds & _QUESTION else {}
        if fits:
            draft.fits[at] = fits
        if Act.REQUEST in fits or (not fits and _may_ask(page, at, kinds)):
            draft.doubtful.append(at)
    return draft


def _fits(page: Page, at: int, starts: Sequence[Start]) -> _Fits:
    """The first rule of every act that fits a sentence."""
    found: _Fits = {}
    start, stop = page.spans[at]
    words = page.folded[start:stop]
    for place, rules in starts:
        for rule in rules:
            if rule.act not in found and (match := rule.form.match(words, place - start)):
                found[rule.act] = _Fit(rule, match)
    for rule in rules_anywhere(page.tongue):
        if rule.shows in words and (match := rule.form.search(words)):
            found.setdefault(rule.act, _Fit(rule, match))
    return found


def _may_ask(page: Page, at: int, kinds: int) -> bool:
    """Whether words without a rule may hide a request, so that the learned reader is asked."""
    start, stop = page.spans[at]
    if page.tongue is Tongue.OTHER or not _FEWEST_CHARS <= stop - start <= _MOST_CHARS:
        return False
    if kinds & _ADDRESS and _ADDRESSES.search(page.folded, start, stop):
        return True
    return start == 0 and _OPENS.match(page.folded, 0, stop) is not None


def request_chances(sentences: Sequence[str], tongue: Tongue) -> list[float]:
    """How likely each sentence requests or proposes something, by the learned reader."""
    return read_chances("intent", sentences, tongue) if sentences else []


def _plain(draft: _Draft) -> Iterator[SpokenAct]:
    for at in sorted({*draft.fits, *draft.chances}):
        span = draft.page.spans[at]
        for act, rule, likely in _said(draft, at):
            yield SpokenAct(act, *span, rule, likely)


def _full(draft: _Draft, written_on: date) -> Iterator[SpokenAct]:
    """The acts of every sentence, with what is promised and the days named."""
    page = draft.page
    for at, span in enumerate(page.spans):
        acts = list(_said(draft, at))
        if not acts:
            yield SpokenAct(Act.INFORMATION, *span, "none", _SURE)
            continue
        is_owed = any(act in _OWING for act, *_ in acts)
        words = page.text[slice(*span)].replace("’", "'")
        dated = find_dates(words, written_on, page.tongue) if is_owed else ()
        for act, rule, likely in acts:
            due_on = _due_on(dated) if act in _OWING else None
            what = _what(words, draft.fits[at][act].match) if act is Act.COMMITMENT else ""
            yield SpokenAct(act, *span, rule, likely, what, due_on)


def _said(draft: _Draft, at: int) -> Iterator[tuple[Act, str, float]]:
    """Decides between the rules that fit a sentence."""
    fits, chance = draft.fits.get(at, {}), draft.chances.get(at, _UNKNOWN)
    if not fits:
        if chance > _SPEAKS_FOR_ITSELF:
            yield Act.REQUEST, "weights", chance
        return
    words = draft.page.folded[slice(*draft.page.spans[at])]
    is_courtesy, is_deferred = COURTESY in fits, Act.DEFERRAL in fits
    for act in _TOLD:
        if act in fits:
            is_asked = act in _NEVER_ASKED and words.endswith("?")
            is_vague = act is Act.COMMITMENT and (is_deferred or is_courtesy)
            if not is_asked and not is_vague:
                yield act, fits[act].rule.name, _certainty(words, act)
    wanted = [act for act in _WANTED if act in fits]
    is_doubtful = wanted == [Act.REQUEST] and chance < _SPEAKS_AGAINST
    if not (is_courtesy or is_doubtful or is_deferred or Act.REFUSAL in fits):
        for act in wanted:
            yield act, fits[act].rule.name, max(_LIKELY, chance)


def _certainty(words: str, act: Act) -> float:
    if act is not Act.COMMITMENT:
        return _SURE
    if _HEDGED.search(words):
        return _OPEN
    return _LIKELY if _CONDITIONAL.search(words) else _SURE


def _what(words: str, match: re.Match[str]) -> str:
    """What will be done: from the verb of the promise to the end of its clause."""
    rest = words[match.start() :]
    end = re.search(r"[.!?;]|,? (?:but|however|because|so that|aber|weil|damit) ", rest)
    return " ".join((rest[: end.start()] if end else rest).split())


def _due_on(dated: Sequence[DatedSpan]) -> date | None:
    """The day named as a limit, else the first day named."""
    limits = [span for span in dated if span.is_limit]
    chosen = (limits or list(dated))[:1]
    return chosen[0].last_on if chosen else None
