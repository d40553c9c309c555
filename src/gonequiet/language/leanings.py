"""What in a sentence leans away from a thing or towards it: hedges, deferrals, meetings moved.

Written for letters between people who do business. Every find keeps the words it stands on and
the rule that read it. A question and a request hold nothing back, however politely they are
worded, so hedging words in them are not read. The words lie in `cues/leanings_*.toml`. Read only a
message's new words (`zones`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from gonequiet.language.acts import Act, SpokenAct, read_acts
from gonequiet.language.dates import DatedSpan, find_dates
from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import Sentence, split_sentences


class Leaning(StrEnum):
    """What a sentence shows."""

    HEDGE = "hedge"
    DEFERRAL = "deferral"
    RESCHEDULING = "rescheduling"
    EFFORT = "effort"
    DATE = "date"  # a day is proposed or agreed to


class LeaningSpan(NamedTuple):
    """One find.

    Attributes:
        leaning: what it shows.
        rule: the rule that read it.
        start: index of the sentence's first character.
        stop: index after its last.
        from_: index where the words the rule stands on begin.
        until: index after them.
        times: how many turns of phrase in the sentence show the same.
    """

    leaning: Leaning
    rule: str
    start: int
    stop: int
    from_: int
    until: int
    times: int = 1


MAX_CHARS: Final = 8_192
_MOST_CHARS: Final = 500  # a longer sentence is a list, a table or a contract
_ABOUT: Final = "about"
_ASKS: Final = frozenset((Act.REQUEST, Act.QUESTION))
_NAMED: Final = frozenset((Act.PROPOSAL, Act.ACCEPTANCE))
_WIDE_DAYS: Final = 2
_NOT_NOW: Final = "not_now"
_WEEK_DAYS: Final = 7  # "next week" is no day, and no putting off either
_FEWEST_BLANKS: Final = 4  # "More or less." answers; it holds nothing back
_VAGUE = re.compile(r"\b(?:few|couple|several|some|paar|einige[nr]?|wenige[nr]?)\b")
_OTHERS = re.compile(r"\b(?:he|she|they|you|er|sie)\b")
_IF = re.compile(r"\b(?:if|in case|unless|falls|wenn) (?:i|we|he|she|they|you|ich|wir|sie)\b")
_TOLD = re.compile(
    r"\b(?:thought|decided|figured|feared|felt|concluded|worried|said|told|dachte|dachten|meinte|sagte"
    r"|beschloss(?:en)?)\b"
)  # what somebody held back once is no holding back now
_AT_YOUR_WISH = re.compile(
    r"\b(?:as soon as possible|asap|(?:when|whenever|once|if) you\b|at your (?:convenience|leisure)"
    r"|of course|your need|your request|you (?:asked|wanted|need)|wie gewünscht|wenn (?:sie|du)\b"
    r"|so bald wie möglich|selbstverständlich|baldmöglichst)"
)  # it is put off or moved for the reader's sake
_NEAR: Final = 70  # how far from a hedge what it holds back may stand
_JUST_BEFORE: Final = 25
_ORDER: Final = (Leaning.RESCHEDULING, Leaning.DEFERRAL, Leaning.HEDGE, Leaning.EFFORT)
_ENDS = re.compile(r"[.!?]\s+[A-ZÄÖÜ]")  # a full stop behind a number may end a sentence, too
_DECLINED = re.compile(
    r"\bbut (?:i|we) (?:will be|am|are|have|can't|cannot|can not|won't)\b"
    r"|\bout of (?:town|the office)\b"
    r"|\b(?:unable|unfortunately|cannot make|can't make|leider|verhindert|nicht da)\b"
)
_MEETS = re.compile(
    r"\b(?:meet(?:ing)?|call|lunch|dinner|breakfast|coffee|visit|come (?:over|by)|talk|speak"
    r"|see you|treffen|termin|gespräch|telefon\w*|besuch\w*|sprechen|kommen)\b"
)


def read_leanings(text: str, written_on: date, tongue: Tongue) -> tuple[LeaningSpan, ...]:
    """Everything found, in order of place, each kind at most once a sentence.

    Args:
        text: the new words of a message.
        written_on: the day it was written, by its writer's clock.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
    """
    if tongue is Tongue.OTHER:
        return ()
    text = text[:MAX_CHARS]
    acts: dict[int, list[SpokenAct]] = {}
    for act in read_acts(text, written_on, tongue):
        acts.setdefault(act.start, []).append(act)
    return tuple(
        found
        for span in split_sentences(text)
        if span.stop - span.start <= _MOST_CHARS
        for found in _read(text, span, acts.get(span.start, []), written_on, tongue)
    )


def _read(
    text: str, span: Sentence, acts: list[SpokenAct], written_on: date, tongue: Tongue
) -> Iterator[LeaningSpan]:
    words = _folded(text[span.start : span.stop])
    dated = _names_a_day(words, written_on, tongue, _WIDE_DAYS)
    days = _days_named(words, written_on, tongue, _WEEK_DAYS)
    asks = words.endswith("?") or any(_asks(one, dated=dated) for one in acts)
    found = {}
    for leaning in _ORDER:
        match = _first(words, leaning, tongue)
        if match is not None and _holds(leaning, words, asks=asks, soon=_is_soon(match, days)):
            found[leaning] = match
    if Leaning.RESCHEDULING in found or Leaning.DEFERRAL in found:
        found.pop(Leaning.HEDGE, None)  # one sentence, one reason
    for leaning, match in found.items():
        at = span.start
        times = sum(1 for _ in _patterns(tongue)[leaning].finditer(words))
        yield LeaningSpan(
            leaning, str(match.lastgroup), *span, at + match.start(), at + match.end(), times
        )
    if dated and not found and any(one.act in _NAMED for one in acts):
        days = _days_named(words, written_on, tongue, _WIDE_DAYS)
        if _is_for_meeting(text[span.start : span.stop], words, days):
            yield LeaningSpan(Leaning.DATE, "day_named", *span, span.start, span.stop)


def _is_for_meeting(sentence: str, words: str, days: Sequence[DatedSpan]) -> bool:
    """Whether one of the days is one to meet or talk on, in the same breath and not declined."""
    if _DECLINED.search(words):
        return False
    for meets in _MEETS.finditer(words):
        for day in days:
            between = sentence[min(day.stop, meets.end()) : max(day.start, meets.start())]
            if not _ENDS.search(between):
                return True
    return False


def _first(words: str, leaning: Leaning, tongue: Tongue) -> re.Match[str] | None:
    """The first words that lean so; a hedge must stand beside what it holds back."""
    found = _patterns(tongue)[leaning].finditer(words)
    if leaning is Leaning.HEDGE:
        return next((one for one in found if _is_about_us(words, one, tongue)), None)
    return next(found, None)


def _is_about_us(words: str, hedge: re.Match[str], tongue: Tongue) -> bool:
    """Whether a hedge stands beside words on what the writer's side may do, or on the matter."""
    before = max(0, hedge.start() - _JUST_BEFORE), hedge.start()
    if _OTHERS.search(words, *before) or _TOLD.search(words, *before):
        return False
    if words.rfind("(", 0, hedge.start()) > words.rfind(")", 0, hedge.start()):
        return False  # an aside
    near = words[max(0, hedge.start() - _NEAR) : hedge.end() + _NEAR]
    return _about(tongue).search(near) is not None


def _asks(act: SpokenAct, *, dated: bool) -> bool:
    """Whether a sentence asks; a proposal without a day may hold back all the same."""
    return act.act in _ASKS or (act.act is Act.PROPOSAL and dated)


def _is_soon(match: re.Match[str], days: Sequence[DatedSpan]) -> bool:
    """Whether a day of the next week is named; "not this month" names none at its end either."""
    if match.lastgroup != _NOT_NOW:
        return bool(days)
    return any(one.stop <= match.start() or one.start >= match.end() for one in days)


def _holds(leaning: Leaning, words: str, *, asks: bool, soon: bool) -> bool:
    """Whether a match means what it says: politeness hedges nothing, a day is no deferral."""
    if leaning is Leaning.HEDGE:
        return not asks and words.count(" ") >= _FEWEST_BLANKS
    if leaning is Leaning.DEFERRAL:
        return not soon and not words.endswith("?") and not _AT_YOUR_WISH.search(words)
    if leaning is Leaning.RESCHEDULING and words.endswith("?"):
        return False  # a proposal to move
    if leaning is Leaning.RESCHEDULING and _AT_YOUR_WISH.search(words):
        return False
    return not _IF.search(words)


def _names_a_day(words: str, written_on: date, tongue: Tongue, widest: int) -> bool:
    return bool(_days_named(words, written_on, tongue, widest))


def _days_named(words: str, written_on: date, tongue: Tongue, widest: int) -> list[DatedSpan]:
    """The days to come that a sentence names, none wider than so many days."""
    return [
        one
        for one in find_dates(words, written_on, tongue)
        if one.last_on >= written_on
        and (one.last_on - one.first_on).days <= widest
        and not _VAGUE.search(words, one.start, one.stop)
    ]


def _folded(sentence: str) -> str:
    """Lower case, straight quotes, blanks; every character keeps its place."""
    folded = sentence.lower() if len(sentence.lower()) == len(sentence) else sentence
    return folded.replace("’", "'").replace("\n", " ").replace("\t", " ")


@cache
def _patterns(tongue: Tongue) -> Mapping[Leaning, re.Pattern[str]]:
    """One pattern a kind; its group names say which rule matched."""
    return {
        Leaning(kind): re.compile("|".join(f"(?P<{rule}>{form})" for rule, form in rules.items()))
        for kind, rules in _cues(tongue).items()
        if kind != _ABOUT
    }


@cache
def _about(tongue: Tongue) -> re.Pattern[str]:
    """What a hedge must stand beside."""
    return re.compile("|".join(_cues(tongue)[_ABOUT].values()))


def _cues(tongue: Tongue) -> Mapping[str, Mapping[str, str]]:
    name = f"leanings_{tongue.value}.toml"
    data = resources.files("gonequiet.language.cues").joinpath(name).read_text(encoding="utf-8")
    cues: dict[str, dict[str, str]] = tomllib.loads(data)
    return cues
