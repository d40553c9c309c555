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
from functools import cache
from typing import NamedTuple

from gonequiet.language.dates import DatedSpan, find_dates
from gonequiet.language.hints import Hints, hinted_sentences, hints_of
from gonequiet.language.learned import load_reader
from gonequiet.language.lexicon import Tongue, load_cues
from gonequiet.language.ngrams import sentence_features
from gonequiet.language.sentences import Sentence, split_sentences


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
_Matches = dict[str, re.Match[str]]
_SURE, _LIKELY, _OPEN = 0.9, 0.7, 0.5
_UNKNOWN = 0.5  # the chance of a request where the learned reader was not asked
_FEWEST_CHARS, _MOST_CHARS = 15, 400
_ADDRESSES = re.compile(
    r"\b(?:you|your|yours|we|us|need|sie|ihr|ihnen|dir|euch|wir)\b"
    r"|^(?!the|it|i|he|she|they)[a-z]+ ",
    re.IGNORECASE,
)
_SPEAKS_FOR_ITSELF = 0.85  # the learned reader alone finds a request from here on
_SPEAKS_AGAINST = 0.12  # and below this it overrules a rule
_OWING = frozenset({Act.REQUEST, Act.PROPOSAL, Act.COMMITMENT})
_NEVER_ASKED = frozenset({Act.COMMITMENT, Act.ACCEPTANCE, Act.REFUSAL})
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
    drafts = [_draft(one) for one in texts]
    for tongue in (Tongue.ENGLISH, Tongue.GERMAN):
        asked = [(draft, at) for draft in drafts if draft.tongue is tongue for at in draft.doubtful]
        words = [draft.text[slice(*draft.spans[at])] for draft, at in asked]
        for (draft, at), chance in zip(asked, request_chances(words, tongue), strict=True):
            draft.chances[at] = chance
    return [tuple(_finished(draft)) for draft in drafts]


class _Draft(NamedTuple):
    """A text cut into sentences, the rules that fit each, and what the weights are asked."""

    text: str
    written_on: date
    tongue: Tongue
    spans: Sequence[Sentence]
    rules: list[_Matches]
    doubtful: list[int]
    chances: dict[int, float]


def _draft(given: ActText) -> _Draft:
    text = given.text[:MAX_CHARS].replace("’", "'")
    if given.tongue is Tongue.OTHER:
        return _Draft(text, given.written_on, given.tongue, (), [], [], {})
    cut = split_sentences(text) if given.sentences is None else given.sentences
    spans = [span for span in cut if span.stop <= len(text)]
    folded = text.lower().replace("\n", " ")
    if len(folded) == len(text):
        near = dict(hinted_sentences(folded, spans, _hints(given.tongue)))
    else:  # a letter that is longer in lower case: every pattern is tried
        folded, near = text, dict.fromkeys(range(len(spans)), _EVERY)
    rules = [
        _rules(folded[slice(*span)].lower(), near.get(at, frozenset()), given.tongue)
        for at, span in enumerate(spans)
    ]
    doubtful = [at for at, span in enumerate(spans) if _is_doubtful(text, span, rules[at])]
    return _Draft(text, given.written_on, given.tongue, spans, rules, doubtful, {})


def _finished(draft: _Draft) -> Iterator[SpokenAct]:
    for at, span in enumerate(draft.spans):
        chance = draft.chances.get(at, _UNKNOWN)
        yield from _sentence_acts(
            draft.text, span, draft.rules[at], chance, draft.written_on, draft.tongue
        )


def _is_doubtful(text: str, span: Sentence, rules: _Matches) -> bool:
    """Whether the learned reader is asked: a request to confirm, or words that may hide one."""
    if Act.REQUEST in rules:
        return True
    if rules or not _FEWEST_CHARS <= span.stop - span.start <= _MOST_CHARS:
        return False
    return _ADDRESSES.search(text, span.start, span.stop) is not None


def request_chances(sentences: Sequence[str], tongue: Tongue) -> list[float]:
    """How likely each sentence requests or proposes something, by the learned reader."""
    if not sentences:
        return []
    return list(
        map(float, load_reader("intent").probabilities(sentence_features(sentences, tongue)))
    )


def _sentence_acts(
    text: str, span: Sentence, rules: _Matches, chance: float, written_on: date, tongue: Tongue
) -> Iterator[SpokenAct]:
    words = text[span.start : span.stop]
    acts = list(_weighed(rules, chance, words.lower()))
    if not acts:
        yield SpokenAct(Act.INFORMATION, *span, "none", _SURE)
        return
    dated = find_dates(words, written_on, tongue) if any(act in _OWING for act, *_ in acts) else ()
    for act, rule, likely in acts:
        due_on = _due_on(dated) if act in _OWING else None
        what = _what(words, rules[Act.COMMITMENT]) if act is Act.COMMITMENT else ""
        yield SpokenAct(act, *span, rule, likely, what, due_on)


def _weighed(rules: _Matches, chance: float, words: str) -> Iterator[tuple[Act, str, float]]:
    """Decides between the rules that fit a sentence."""
    courtesy = "courtesy" in rules
    deferred = Act.DEFERRAL in rules
    for act in (Act.COMMITMENT, Act.ACCEPTANCE, Act.REFUSAL, Act.DEFERRAL, Act.THANKS):
        asked = words.endswith("?") and act in _NEVER_ASKED
        vague = act is Act.COMMITMENT and (deferred or courtesy)
        if act in rules and not asked and not vague:
            yield act, _rule_name(rules[act]), _certainty(words, act)
    if courtesy:
        return
    wanted = [act for act in (Act.PROPOSAL, Act.REQUEST, Act.QUESTION) if act in rules]
    doubtful = wanted == [Act.REQUEST] and chance < _SPEAKS_AGAINST
    if wanted and not doubtful and not deferred and Act.REFUSAL not in rules:
        for act in wanted:
            yield act, _rule_name(rules[act]), max(_LIKELY, chance)
    elif not rules and chance > _SPEAKS_FOR_ITSELF:
        yield Act.REQUEST, "weights", chance


def _certainty(words: str, act: Act) -> float:
    if act is not Act.COMMITMENT:
        return _SURE
    if _HEDGED.search(words):
        return _OPEN
    return _LIKELY if _CONDITIONAL.search(words) else _SURE


def _rule_name(match: re.Match[str]) -> str:
    return (match.lastgroup or "").partition("__")[2]


_EVERY = frozenset((*(act.value for act in Act), "courtesy"))


def _rules(words: str, near: frozenset[str], tongue: Tongue) -> _Matches:
    """The first rule of every act that fits a sentence, where its letters are near."""
    words = words.replace("\n", " ")
    found: _Matches = {}
    for act, pattern, needs_hint in _tried(tongue):
        if needs_hint and act not in near:
            continue
        match = pattern.search(words)
        if match is not None:
            found[act] = match
    return found


@cache
def _hints(tongue: Tongue) -> Hints:
    """The letters one of which each pattern needs, which cost a tenth to look for."""
    return hints_of(load_cues(tongue).get("act_hints", {}), tongue)


@cache
def _tried(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Every pattern, and whether it is only tried where its letters are."""
    hinted = _hints(tongue).kinds
    return tuple((act, form, act in hinted) for act, form in _patterns(tongue).items())


@cache
def _patterns(tongue: Tongue) -> dict[str, re.Pattern[str]]:
    """One pattern for each act; its group names say which rule matched."""
    acts: dict[str, dict[str, str]] = load_cues(tongue)["acts"]
    return {
        (act if act == "courtesy" else Act(act)): re.compile(
            "|".join(f"(?P<{act}__{name}>{_anchored(form)})" for name, form in rules.items())
        )
        for act, rules in acts.items()
    }


def _anchored(form: str) -> str:
    """Rules begin at a word, which also spares trying them inside one."""
    return form if form.startswith(("^", "(?:^", "[")) else rf"\b(?:{form})"


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
