"""Reads a response after a silence: does it take the matter up, let it go, or put it off?

Rules find what they know, span by span: something attached, somebody brought in, a day named, a
promise, an agreement. What is said within a sentence that puts off counts as putting off: "I'll get
back to you at some point" is no promise. Where the response leads is then weighed by learned
readers (`language.replies`), to which the words and the rules' finds count alike; where these are
not sure of any way, the rules alone decide. Only new words are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from gonequiet.analysis.engagements import subject_words
from gonequiet.analysis.response_path import ECHO, path_by_rules, tell_path
from gonequiet.domain.response import DEEDS, HANDED_OVER, Path, ResponseRead, Sign, SignFound
from gonequiet.language.acts import Act, SpokenAct, read_acts
from gonequiet.language.answering import Tenor, TenorFound, find_tenors
from gonequiet.language.dates import DatedSpan, find_dates
from gonequiet.language.greetings import find_greeting
from gonequiet.language.hedges import HEDGED_FROM, find_hedges, hedge_chances
from gonequiet.language.lexicon import Tongue
from gonequiet.language.private_talk import is_private_talk
from gonequiet.language.replies import Reply, chances_of, telling_sentence
from gonequiet.language.sentences import Sentence, split_sentences
from gonequiet.language.tongues import find_tongue


class Answer(NamedTuple):
    """A response and what it answers.

    Attributes:
        question: the new words that waited.
        words: the new words of the response.
        written_on: the day of the response, by its writer's clock.
        attachments: names of what came with it.
        brought: names of people copied who were not in the exchange before.
        in_thread: it stands in the thread of the question.
        asked_under: the subject of the question.
        answered_under: the subject of the response.
    """

    question: str
    words: str
    written_on: date
    attachments: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()
    in_thread: bool = True
    asked_under: str = ""
    answered_under: str = ""


READ_CHARS: Final = 2_000
"""What a letter says of a matter stands at its beginning; what follows may be a report."""
_SHORT: Final = 12
_PERSON = re.compile(
    r"\b(?:i|we|me|us|my|our|you|your|let|let's|ich|wir|mir|uns|mich|mein\w*|unser\w*|sie|ihnen|ihr\w*"
    r"|du|dir|dich|dein\w*)\b"
)
_LETS_GO: Final = frozenset(("decline", "not_interested", "decided_against", "no_thanks"))
"""Refusals of the matter; that somebody cannot make it on Wednesday is none."""
_SURE_ENOUGH: Final = 0.7
_SAYS_SOMETHING: Final = 4  # words: "Best regards, Dana" is no warmth
_WORD = re.compile(r"[a-zäöüß0-9]{4,}")
_STEM_CHARS: Final = 6
_FIGURE = re.compile(r"\b\d{1,12}\b")
_MOST_OF: Final = 0.6
_SOME: Final = re.compile(
    r"\b(?:few|couple|several|some|paar|einige[nr]?)\b(?! (?:minutes|hours|minuten|stunden))"
)  # weeks nobody counts; "in a couple of hours" is today
_GREETS: Final = frozenset((",", "!", ":"))
_YES_BUT: Final = re.compile(
    r"\b(?:grundsätzlich|im prinzip|prinzipiell|im grunde|in principle),? (?:ja|yes)\b"
    r"|\b(?:ja|yes),? (?:grundsätzlich|im prinzip|prinzipiell|im grunde|in principle)\b"
)  # a yes with conditions puts nothing off
_NO_QUESTION: Final = re.compile(r"(?:could|would|might|may) be\b[^?]*$")
_NARROW: Final = timedelta(days=2)
_LIKELY_ENOUGH: Final = 0.35  # of four ways; below it the readers do not know
_SURE_ALONE: Final = 0.6  # for saying that it was let go or put off where no rule gives a reason
_HOLDS_BACK: Final = frozenset((Path.DETACHED, Path.AVOIDANT))
_NAMED: Final = frozenset((Sign.REFUSAL, Sign.DEFERRAL))
_GOES_ON: Final = frozenset(
    (Sign.QUESTION_BACK, Sign.DATE, Sign.COMMITMENT, Sign.DOCUMENT, Sign.PERSON)
)
_MOST_WORDS: Final = 80
_SHOWS: Final = {
    Path.REAFFIRMED: (DEEDS, Sign.ANSWER),
    Path.DETACHED: (frozenset((Sign.REFUSAL, Sign.WARMTH)), Sign.REFUSAL),
    Path.AVOIDANT: (frozenset((Sign.DEFERRAL, Sign.HEDGE)), Sign.DEFERRAL),
}
"""The signs that give a reason for a path, and what the sentence is called that stands in."""
_COMMON_WORDS: Final = """
    could would should please there their where which about after before still again
    tomorrow this that with from have your what when does möchte könnte können sollen haben
    bitte noch einmal ihnen unser unsere welche welcher dürfen werden nächste nächsten
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


class _Read(NamedTuple):
    """One sentence of the response with everything it shows."""

    span: Sentence
    words: str
    acts: tuple[SpokenAct, ...]
    tenors: dict[Tenor, TenorFound]
    dates: tuple[DatedSpan, ...]
    hedged: bool


def read_response(answer: Answer) -> ResponseRead:
    """Returns where a response leads, with every span that says so."""
    text = answer.words[:READ_CHARS].replace("’", "'")
    tongue = find_tongue(text)
    things = tuple(_brought(answer))
    if tongue is Tongue.OTHER:
        return _unread(things)
    sentences = _read_sentences(text, answer.written_on, tongue)
    asked = _stems(_body(answer.question))
    is_near = answer.in_thread or _touches(answer, asked, _body(text))
    found = [one for read in sentences for one in _signs(read, asked, answer.written_on)]
    evidence = (*sorted(found, key=lambda one: one.start), *(things if is_near else ()))
    if not is_near:
        return ResponseRead(Path.NONE, "It speaks of something else.", ())
    missed = any(Tenor.MISSED in read.tenors for read in sentences)
    path = _learned_path(answer, text, tongue, evidence, path_by_rules(evidence, missed=missed))
    return tell_path(path, _with_telling(path, evidence, sentences, tongue))


def marks_of(path: Path, evidence: Sequence[SignFound]) -> tuple[str, ...]:
    """What rules found in a response, by the names `language.replies` learned them by."""
    signs = {f"sign {one.sign.value}" for one in evidence}
    rules = {f"rule {one.sign.value} {one.rule}" for one in evidence if one.start >= 0}
    return (f"path {path.value}", *sorted(signs | rules))


def read_by_rules(answer: Answer) -> tuple[Path, tuple[SignFound, ...]]:
    """Where a response leads by the rules alone, and what they found; for fitting the readers."""
    text = answer.words[:READ_CHARS].replace("’", "'")
    sentences = _read_sentences(text, answer.written_on, find_tongue(text))
    asked = _stems(_body(answer.question))
    found = [one for read in sentences for one in _signs(read, asked, answer.written_on)]
    evidence = (*sorted(found, key=lambda one: one.start), *_brought(answer))
    missed = any(Tenor.MISSED in read.tenors for read in sentences)
    return path_by_rules(evidence, missed=missed), evidence


def _learned_path(
    answer: Answer, text: str, tongue: Tongue, evidence: Sequence[SignFound], by_rules: Path
) -> Path:
    """Where a response most likely leads; by the rules where no way is likely enough."""
    marks = marks_of(by_rules, evidence)
    chances = chances_of(Reply(answer.question, text, tongue, marks))
    way = max(chances, key=lambda way: chances[way])
    path = Path(way)
    is_backed = path not in _HOLDS_BACK or _has_reason(path, evidence)
    if chances[way] < (_LIKELY_ENOUGH if is_backed else _SURE_ALONE):
        path = by_rules
    if path is Path.NONE and _is_brought(evidence):
        return by_rules  # "Enclosed, as asked" is not nothing
    if path not in _HOLDS_BACK or _is_named(evidence) or not _is_beyond(answer, text, evidence):
        return path
    return by_rules if by_rules is Path.REAFFIRMED else Path.NONE


def _is_brought(evidence: Sequence[SignFound]) -> bool:
    """Whether something was brought of which the words speak, or words that hand it over."""
    signs = {one.sign for one in evidence}
    told = Sign.DOCUMENT in signs and not signs.isdisjoint((Sign.AGREEMENT, Sign.ANSWER))
    return told or any(one.rule == HANDED_OVER for one in evidence)


def _is_named(evidence: Sequence[SignFound]) -> bool:
    """Whether a rule names the words by which it was let go or put off."""
    return any(one.sign in _NAMED and one.rule != "weights" for one in evidence)


def _is_beyond(answer: Answer, text: str, evidence: Sequence[SignFound]) -> bool:
    """Whether a response is beyond what the readers learned holding back from.

    They learned from short answers between people who do business. A letter that asks back, names a
    day or brings something goes on; talk among friends is of another kind.
    """
    goes_on = any(one.sign in _GOES_ON for one in evidence)
    is_long = len(text.split()) > _MOST_WORDS
    return goes_on or is_long or is_private_talk(f"{answer.question}\n{text}")


def _has_reason(path: Path, evidence: Sequence[SignFound]) -> bool:
    """Whether a rule found what speaks for a path."""
    signs = {one.sign for one in evidence}
    if path is Path.DETACHED and not signs.isdisjoint(_GOES_ON):
        signs.discard(Sign.WARMTH)  # kind words beside a deed let nothing go
    return not signs.isdisjoint(_SHOWS[path][0])


def _with_telling(
    path: Path, evidence: tuple[SignFound, ...], sentences: Sequence[_Read], tongue: Tongue
) -> tuple[SignFound, ...]:
    """The evidence, with the sentence that speaks most for a path no rule gives a reason for."""
    if path is Path.NONE or not sentences or _has_reason(path, evidence):
        return evidence
    sign = _SHOWS[path][1]
    at = telling_sentence([one.words for one in sentences], path.value, tongue)
    told = _sign(sign, sentences[at], "weights")
    return tuple(sorted((*evidence, told), key=lambda one: (one.start < 0, one.start)))


def read_signs(
    words: str, written_on: date, attachments: Sequence[str] = ()
) -> tuple[SignFound, ...]:
    """Returns what any inbound message shows, by the same reading: deeds and what holds back."""
    text = words[:READ_CHARS].replace("’", "'")
    sentences = _read_sentences(text, written_on, find_tongue(text), hedges=False)
    found = [one for read in sentences for one in _signs(read, frozenset(), written_on)]
    return (*found, *(SignFound(Sign.DOCUMENT, name, "attachment") for name in attachments))


def _unread(things: tuple[SignFound, ...]) -> ResponseRead:
    if things:
        return tell_path(Path.REAFFIRMED, things)
    return ResponseRead(Path.NONE, "It is in a language that is not read; look for yourself.", ())


def _brought(answer: Answer) -> Iterator[SignFound]:
    for name in answer.attachments:
        yield SignFound(Sign.DOCUMENT, name, "attachment")
    for name in answer.brought:
        yield SignFound(Sign.PERSON, name, "copied")


def _read_sentences(
    text: str, written_on: date, tongue: Tongue, *, hedges: bool = True
) -> list[_Read]:
    spans = [one for one in split_sentences(text) if not _is_greeting(text[slice(*one)])]
    acts = read_acts(text, written_on, tongue)
    weighed = [text[slice(*span)] for span in spans] if hedges else []
    chances = hedge_chances(weighed, tongue) or [0.0] * len(spans)
    return [
        _Read(
            span=span,
            words=text[slice(*span)],
            acts=tuple(one for one in acts if one.start == span.start),
            tenors={one.tenor: one for one in find_tenors(text[slice(*span)], tongue)},
            dates=find_dates(text[slice(*span)], written_on, tongue),
            hedged=chance >= HEDGED_FROM and bool(find_hedges(text[slice(*span)], tongue)),
        )
        for span, chance in zip(spans, chances, strict=True)
    ]


def _is_greeting(words: str) -> bool:
    """Whether a sentence is the line a letter begins with, which says nothing of the matter."""
    if "\n" in words.strip():
        return False
    found = find_greeting(words)
    return found is not None and found.mark in _GREETS


def _signs(read: _Read, asked: frozenset[str], written_on: date) -> Iterator[SignFound]:
    """What one sentence shows; an end outweighs a putting off, and that a deed."""
    if Tenor.WARM in read.tenors and _says_something(read):
        yield _sign(Sign.WARMTH, read, read.tenors[Tenor.WARM].rule)
    if Tenor.MISSED in read.tenors:
        return
    refused = next((one.rule for one in read.acts if one.rule in _LETS_GO), "")
    ended = Tenor.ENDED in read.tenors and not _is_aside(read)
    if (ended or refused) and not read.words.endswith("?"):
        rule = read.tenors[Tenor.ENDED].rule if Tenor.ENDED in read.tenors else refused
        yield _sign(Sign.REFUSAL, read, rule)
        return
    deferred = _act(read, Act.DEFERRAL) or _some_day(read)
    is_firm = _is_firm(read) or _named_day(read, written_on) is not None
    if (Tenor.PUT_OFF in read.tenors or deferred) and not is_firm and _is_said(read):
        rule = read.tenors[Tenor.PUT_OFF].rule if Tenor.PUT_OFF in read.tenors else deferred
        yield _sign(Sign.DEFERRAL, read, rule)
        return
    yield from _deeds(read, asked, written_on)


def _is_aside(read: _Read) -> bool:
    """Whether the end of something is only told to date another thing: "before it was stopped"."""
    before = read.words[: read.tenors[Tenor.ENDED].start].lower()
    return (
        re.search(r"\b(?:before|until|when|after|since|bevor|bis|als|nachdem)\b", before)
        is not None
    )


def _is_said(read: _Read) -> bool:
    """Whether a sentence is somebody's own word: in the first or second person, or short."""
    if read.words.endswith("?") or _YES_BUT.search(read.words.lower()):
        return False
    return len(read.words.split()) <= _SHORT or _PERSON.search(read.words.lower()) is not None


def _says_something(read: _Read) -> bool:
    return len(read.words.split()) >= _SAYS_SOMETHING


def _body(text: str) -> str:
    """A text without greeting, sign-off and name: everybody's mails share those."""
    return "\n".join(line for line in text.split("\n") if len(line.split()) >= _SAYS_SOMETHING)


_NEWS = re.compile(
    r"\b(?:let you know|get back to you|come back to you|keep you (?:posted|informed)|be in touch"
    r"|melde(?:n)? (?:mich|uns)|gebe(?:n)? (?:ich |wir )?(?:ihnen |dir )?bescheid|auf sie zu)\b"
)


def _some_day(read: _Read) -> str:
    """A promise of news without a day is a putting off, and so is a proposal for some weeks on."""
    if _NEWS.search(read.words.lower()) and not _is_firm(read):
        return "news some day"
    is_vague = any(_is_vague(read, one) for one in read.dates)
    return "some time on" if is_vague and _act(read, Act.PROPOSAL) else ""


def _is_vague(read: _Read, day: DatedSpan) -> bool:
    return _SOME.search(read.words.lower(), day.start, day.stop) is not None


def _is_firm(read: _Read) -> bool:
    """A promise with a day on it stands, whatever else the sentence says."""
    return any(one.act is Act.COMMITMENT and one.due_on for one in read.acts)


def _deeds(read: _Read, asked: frozenset[str], written_on: date) -> Iterator[SignFound]:
    deeds = list(_carrying(read, written_on))
    yield from (_sign(sign, read, rule) for sign, rule in deeds)
    if read.hedged and not deeds:
        yield _sign(Sign.HEDGE, read, "weights")
    elif not deeds and not read.words.endswith("?"):
        if _says_something(read) and _stems(read.words) & asked:
            yield _sign(Sign.ANSWER, read, ECHO)
        elif _FIGURE.search(read.words):
            yield _sign(Sign.ANSWER, read, "figure")


def _carrying(read: _Read, written_on: date) -> Iterator[tuple[Sign, str]]:
    """What of a sentence carries the matter on, and by which rule."""
    promise = next(
        (
            one
            for one in read.acts
            if one.act is Act.COMMITMENT and one.chance >= _SURE_ENOUGH and one.rule != "weights"
        ),
        None,
    )
    if promise:
        yield Sign.COMMITMENT, promise.rule
    if named := _named_day(read, written_on):
        yield Sign.DATE, named.rule
    if Tenor.TAKES_UP in read.tenors and not read.words.endswith("?"):
        yield Sign.AGREEMENT, read.tenors[Tenor.TAKES_UP].rule
    elif (accepted := _act(read, Act.ACCEPTANCE)) and " but " not in read.words:
        yield Sign.AGREEMENT, accepted
    asks = _act(read, Act.PROPOSAL) or _act(read, Act.REQUEST) or _act(read, Act.QUESTION)
    is_told = _NO_QUESTION.match(read.words.lower()) is not None  # "Could be that we wait."
    if asks and not is_told and Tenor.WARM not in read.tenors:
        yield Sign.QUESTION_BACK, asks


def _named_day(read: _Read, written_on: date) -> DatedSpan | None:
    days = (one for one in read.dates if not _is_vague(read, one))
    return next((one for one in days if _names_a_day(one, written_on)), None)


def _names_a_day(span: DatedSpan, written_on: date) -> bool:
    """Whether a date is still to come and close enough to be kept: "this year" is no date."""
    wide = span.last_on - span.first_on > _NARROW or span.rule == "week"
    return span.last_on >= written_on and (span.is_limit or not wide)


def _act(read: _Read, act: Act) -> str:
    """The rule that read an act in the sentence, "" for none."""
    return next((one.rule for one in read.acts if one.act is act), "")


def _sign(sign: Sign, read: _Read, rule: str) -> SignFound:
    return SignFound(sign, " ".join(read.words.split()), rule, *read.span)


def _stems(text: str) -> frozenset[str]:
    words = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return frozenset(word[:_STEM_CHARS] for word in words)


def _touches(answer: Answer, asked: frozenset[str], text: str) -> bool:
    """Whether a message in another thread speaks of what was asked, by its subject and words.

    Two long letters share words by chance, so most of the words of the subject must come again.
    """
    under = _subject_stems(answer.asked_under)
    again = under & _subject_stems(answer.answered_under)
    if len(again) < max(2, _MOST_OF * len(under)):
        return False
    return len(asked & _stems(" ".join((text, *answer.attachments)))) >= 2


def _subject_stems(subject: str) -> frozenset[str]:
    return frozenset(word[:_STEM_CHARS] for word in subject_words(subject))
