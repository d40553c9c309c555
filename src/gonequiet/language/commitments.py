"""What somebody undertakes to do: commitments, read sentence by sentence.

A commitment is a specific deed that the writer, or the writer's side, undertakes to do for or
towards somebody: "I'll send the draft on Friday", "we will get back to you". What is hedged,
conditional or only planned is a commitment that is not sure, to be asked about and not to be
recorded. Whereabouts, opinions, offers, wishes and what a company tells everybody are none. See
docs/promises.md for the whole definition.

Rules read them: how a promise begins, and which verb phrases bind nobody (`cues/`).
Read only a message's new words (`zones`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import groupby, islice
from typing import NamedTuple

from gonequiet.language.dates import find_dates
from gonequiet.language.lexicon import Tongue
from gonequiet.language.named import find_named
from gonequiet.language.pages import Page, bit_of, page_of
from gonequiet.language.sentences import Sentence


class Party(StrEnum):
    """Who owes what was undertaken, seen from the message."""

    WRITER = "writer"
    READER = "reader"  # the writer says what the reader agreed to do
    COLLEAGUE = "colleague"  # the writer says what somebody named will do; their side answers


class SpokenCommitment(NamedTuple):
    """One commitment, in the words it was made in.

    Attributes:
        start: index of the sentence's first character.
        stop: index after its last.
        what_start: index where the undertaking itself begins.
        what_stop: index after its last word.
        owed_by: who is to do it.
        due_on: the day it is due, None when none is named.
        is_sure: False when it is hedged, conditional or only planned: to be asked about.
        rule: the rule that read it, with what made it unsure: "own_will", "own_will: condition".
    """

    start: int
    stop: int
    what_start: int
    what_stop: int
    owed_by: Party
    due_on: date | None
    is_sure: bool
    rule: str


VERSION = 1
"""Raise it when the same words would be read otherwise."""

MAX_CHARS = 5_000  # what is promised stands in the first pages
_MOST_CHARS = 1_000  # of a sentence; a longer one is a list or a contract
_MOST_CLAIMS = 6  # of one sentence that are weighed
_NEAR_BEFORE, _NEAR_AFTER = 28, 24  # how far from the verb a wavering word still touches it
_CLAUSE_END = re.compile(
    r"(?<!\d)\.|[!?;]|,? (?:but|however|because|so that|although|aber|weil|damit) "
)
_DATE_END = re.compile(r" --? |; |: |[.!?] (?=[a-z])|, (?:but|so|because|as|since) ")
_LEADS = re.compile(
    r"[ ,]{0,3}(?:(?:morning|afternoon|evening|night|first thing|at the latest|latest|then"
    r"|at \d{1,2}(?::\d\d)?(?: ?[ap]m)?|and|vormittag|nachmittag|abend|früh)[ ,]{1,3}){0,3}"
)
_SOME_DAY = "some day"
_LINES = str.maketrans("\n\t", "  ")
_BEGINS, _BRIEF, _WHOLE = bit_of("begins"), bit_of("brief"), bit_of("whole")
_INTENDS, _OTHERS, _NAMED = bit_of("intends"), bit_of("others"), bit_of("named")
_HINTED = _BEGINS | _BRIEF | _WHOLE | _INTENDS | _OTHERS | _NAMED
COLLEAGUE = "colleague"
"""The rule by which a promise is read that somebody named is to keep."""


class _Cues(NamedTuple):
    """The patterns of one language."""

    begins: re.Pattern[str]
    brief: re.Pattern[str]
    whole: re.Pattern[str]
    intends: re.Pattern[str]
    between: re.Pattern[str]
    void: re.Pattern[str]
    deeds: re.Pattern[str]
    plans: re.Pattern[str]
    reader_named: re.Pattern[str]
    to_everybody: re.Pattern[str]
    condition: re.Pattern[str]
    no_condition: re.Pattern[str]
    asked_first: re.Pattern[str]
    wavering: re.Pattern[str]
    some_day: re.Pattern[str]
    never_before: re.Pattern[str]
    never: re.Pattern[str]
    reader: re.Pattern[str]
    date_about: re.Pattern[str]
    day_after: re.Pattern[str]
    named_deeds: re.Pattern[str]


def read_commitments(
    text: str, written_on: date, tongue: Tongue, sentences: Sequence[Sentence] | None = None
) -> tuple[SpokenCommitment, ...]:
    """The commitments of a text, in order, at most one a sentence.

    Args:
        text: the new words of a message.
        written_on: the day it was written, in its sender's time zone.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
        sentences: as `split_sentences` gives them, where the caller has them already.
    """
    return read_page(page_of(text[:MAX_CHARS], tongue, sentences), written_on)


def read_page(page: Page, written_on: date) -> tuple[SpokenCommitment, ...]:
    """The commitments of a page, as `read_commitments` gives them."""
    found = (
        _read(page, span, kinds, written_on)
        for span, kinds in zip(page.spans, page.kinds, strict=True)
        if kinds & _HINTED
    )
    return tuple(one for one in found if one is not None)


def _read(page: Page, span: Sentence, kinds: int, written_on: date) -> SpokenCommitment | None:
    if span.stop - span.start > _MOST_CHARS:
        return None
    cues, tongue = _cues(page.tongue), page.tongue
    spread = page.folded[span.start : span.stop].replace("\t", " ")
    words = _BLANKS.sub(" ", spread) if "  " in spread else spread
    claim = _claim(words, kinds, cues)
    if kinds & _NAMED and (claim is None or claim.doubt):
        claim = _said_of_somebody(page, span, words, cues) or claim
    if claim is None or cues.never.search(words):
        return None
    due_on = _due_on(words, claim, written_on, tongue)
    if claim.doubt == _SOME_DAY and due_on is None:
        return None  # a deferral
    stop, places = _clause_stop(words, claim.verb), _places(spread)
    return SpokenCommitment(
        span.start,
        span.stop,
        span.start + places[claim.start],
        span.start + places[stop - 1] + 1,
        claim.owed_by,
        due_on,
        not claim.doubt,
        f"{claim.rule}: {claim.doubt}" if claim.doubt else claim.rule,
    )


_BLANKS = re.compile(r" {2,}")


def _places(words: str) -> Sequence[int]:
    """Where each character stood before runs of blanks were made one."""
    if "  " not in words:
        return range(len(words))
    return [at for at, char in enumerate(words) if char != " " or not at or words[at - 1] != " "]


class _Claim(NamedTuple):
    """Where in a sentence something is undertaken.

    Attributes:
        start: where the undertaking begins.
        verb: where its verb phrase begins.
        rule: how it begins.
        doubt: what makes it unsure, "" when it is sure.
        owed_by: who is to do it.
    """

    start: int
    verb: int
    rule: str
    doubt: str
    owed_by: Party = Party.WRITER


def _claim(words: str, kinds: int, cues: _Cues) -> _Claim | None:
    """The first sure undertaking of a sentence, else the first unsure one."""
    unsure: _Claim | None = None
    for claim in islice(_claims(words, kinds, cues), _MOST_CLAIMS):
        if not claim.doubt:
            return claim
        unsure = unsure or claim
    return unsure


def _claims(words: str, kinds: int, cues: _Cues) -> Iterator[_Claim]:
    """Every undertaking of a sentence, the plainest kinds first."""
    if kinds & _BEGINS:
        begun = (_begun(words, match, cues) for match in cues.begins.finditer(words))
        yield from (claim for claim in begun if claim is not None)
    for match in cues.whole.finditer(words) if kinds & _WHOLE else ():
        doubt = _doubt(words, match.start(), match.end(), cues)
        yield _Claim(match.start(), match.start(), match.lastgroup or "", doubt)
    if kinds & _BRIEF and (brief := cues.brief.match(words)):
        yield _Claim(brief.start(), brief.start(), brief.lastgroup or "", "does not say what")
    yield from _unsure_claims(words, kinds, cues)


def _said_of_somebody(page: Page, span: Sentence, words: str, cues: _Cues) -> _Claim | None:
    """What somebody of the writer's side, who is named, will do for the reader."""
    as_written = page.text[span.start : span.stop].translate(_LINES)
    spoken = _BLANKS.sub(" ", as_written) if "  " in as_written else as_written
    for start, after in find_named(spoken, words, page.tongue):
        verb, wavers = _verb(words, after, cues)
        if cues.named_deeds.match(words, verb):
            doubt = "wavering" if wavers else _doubt(words, start, verb, cues)
            return _Claim(start, verb, COLLEAGUE, doubt, Party.COLLEAGUE)
    return None


def _unsure_claims(words: str, kinds: int, cues: _Cues) -> Iterator[_Claim]:
    """What the reader is said to have undertaken, and what is only planned."""
    if kinds & _OTHERS and (said := cues.reader.search(words)):
        rule = said.lastgroup or ""
        yield _Claim(said.start(), said.end(), rule, "said by the other", Party.READER)
    if kinds & _INTENDS and (planned := cues.intends.search(words)):
        yield _Claim(planned.start(), planned.end(), planned.lastgroup or "", "intention")


def _begun(words: str, match: re.Match[str], cues: _Cues) -> _Claim | None:
    """A promise that begins in the first person, unless its verb phrase binds nobody."""
    start = match.start()
    is_quoted = words.count('"', 0, start) % 2 == 1
    if is_quoted or cues.never_before.search(words, max(0, start - 30), start):
        return None
    verb, wavers = _verb(words, match.end(), cues)
    if verb >= len(words) or cues.void.match(words, verb):
        return None
    if not _is_for_somebody(words, match, verb, cues):
        return None
    doubt = "wavering" if wavers else _doubt(words, start, verb, cues)
    return _Claim(start, verb, match.lastgroup or "", doubt)


def _is_for_somebody(words: str, match: re.Match[str], verb: int, cues: _Cues) -> bool:
    """Whether what "we" will do, or what is planned, is a deed for somebody, no news for all."""
    if match.lastgroup == "going_to":
        deeds = cues.plans
    elif match[0].startswith(("we ", "we'")):
        deeds = cues.deeds
    else:
        return True
    if cues.reader_named.search(words, verb):
        return True
    return deeds.match(words, verb) is not None and not cues.to_everybody.search(words, verb)


def _verb(words: str, at: int, cues: _Cues) -> tuple[int, bool]:
    """Where the verb begins behind adverbs, and whether one of them takes something back."""
    wavers = False
    while (adverb := cues.between.match(words, at)) is not None:
        wavers |= adverb.lastgroup == "wavering"
        at = adverb.end()
    while at < len(words) and words[at] in " ,":
        at += 1
    return at, wavers


def _doubt(words: str, start: int, verb: int, cues: _Cues) -> str:
    """What makes an undertaking unsure, "" for nothing."""
    if cues.wavering.search(words, max(0, start - _NEAR_BEFORE), verb + _NEAR_AFTER):
        return "wavering"
    if cues.some_day.search(words):
        return _SOME_DAY
    asked = cues.asked_first.search(words)
    if asked is not None and start <= asked.end():
        return "asked first"
    conditions = {found.start() for found in cues.condition.finditer(words)}
    harmless = [found.span() for found in cues.no_condition.finditer(words)]
    real = [at for at in conditions if not any(a <= at < b for a, b in harmless)]
    return "condition" if real else ""


def _clause_stop(words: str, verb: int) -> int:
    end = _CLAUSE_END.search(words, verb)
    stop = end.start() if end else len(words)
    return stop if stop > verb else len(words)


def _due_on(words: str, claim: _Claim, written_on: date, tongue: Tongue) -> date | None:
    """The day named for the undertaking: a limit, else the first day behind it, or just before."""
    dated = [
        span
        for span in find_dates(words, written_on, tongue)
        if span.last_on >= written_on and not _is_about(words, span.start, span.stop, tongue)
    ]
    stop = _date_stop(words, claim.verb)
    behind = [span for span in dated if claim.start <= span.start < stop]
    before = [span for span in dated if _LEADS.fullmatch(words, span.stop, claim.start)]
    limits = [span for span in behind if span.is_limit]
    if before and not limits and _cues(tongue).day_after.search(words, claim.verb):
        return before[-1].last_on + timedelta(days=1)
    chosen = (limits or before[-1:] or behind)[:1]
    return chosen[0].last_on if chosen else None


def _date_stop(words: str, verb: int) -> int:
    end = _DATE_END.search(words, verb)
    return end.start() if end else len(words)


def _is_about(words: str, start: int, stop: int, tongue: Tongue) -> bool:
    """Whether a day says what something is about: "today's meeting", "the figures for May"."""
    if words.startswith("'s", stop):
        return True
    return _cues(tongue).date_about.search(words, max(0, start - 40), start) is not None


@cache
def _cues(tongue: Tongue) -> _Cues:
    path = resources.files("gonequiet.language.cues").joinpath(f"commitment_{tongue.value}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    verbs, doubts, never, between = (data[name] for name in ("verbs", "doubts", "never", "between"))
    adverbs = "|".join(f"(?P<{name}>{form})" for name, form in between.items())
    return _Cues(
        _named(data["begins"]),
        _named(data["brief"]),
        _named(data["whole"]),
        _named(data["intends"]),
        re.compile(rf"[ ,]{{0,2}}(?:{adverbs})\b"),
        re.compile(rf"(?:{'|'.join(verbs['void'])})\b"),
        re.compile(verbs["deeds"]),
        re.compile(verbs["plans"]),
        re.compile(verbs["reader_named"]),
        re.compile(verbs["to_everybody"]),
        re.compile(doubts["condition"]),
        re.compile(doubts["no_condition"]),
        re.compile(doubts["asked_first"]),
        re.compile(doubts["wavering"]),
        re.compile(doubts["some_day"]),
        re.compile(never["before"]),
        re.compile(never["sentence"]),
        _named(data["others"]),
        re.compile(data["dates"]["about"]),
        re.compile(data["dates"]["day_after"]),
        re.compile(data["named"]["deeds"]),
    )


def _named(forms: dict[str, str]) -> re.Pattern[str]:
    """One pattern whose group names say which form matched."""
    groups = groupby(forms.items(), key=lambda named: named[1].startswith(_EDGE))
    return re.compile("|".join(_either(dict(some), at_word) for at_word, some in groups))


_EDGE = r"\b"


def _either(forms: dict[str, str], at_word: bool) -> str:
    """Some forms; where all begin at a word, that is looked at once for all of them."""
    if not at_word:
        return "|".join(f"(?P<{name}>{form})" for name, form in forms.items())
    bare = "|".join(f"(?P<{name}>{form.removeprefix(_EDGE)})" for name, form in forms.items())
    return f"{_EDGE}(?:{bare})"
