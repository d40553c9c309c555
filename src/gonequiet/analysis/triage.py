"""How serious an engagement is: a matter is weighed here, never a person.

Three things are held together: what is tangible, what their messages do (carry the matter on, or
put it off), and what should exist by now (the benchmark). "Serious" needs something tangible,
"window-shopping" needs its absence past the benchmark and words that mostly put off; all else is
uncertain, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.domain.engagement import Benchmark
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import DEEDS, Sign, SignFound
from gonequiet.domain.tangible import NAMES, TangibleFound
from gonequiet.stats.shares import Bounds, Quantile, quantile_interval, share_interval

WEEK: Final = 7 * DAY
FEWEST_ENDINGS: Final = 5
"""Below so many engagements that ended well, no n of the owner's own is proposed."""
USUAL_SHARE: Final = 0.9
"""Where both sides mean it, so much of what carries on or puts off carries on."""
FEWEST_PUTTING_OFF: Final = 5
"""Fewer messages that put off say nothing of an engagement."""
PROPOSED_QUANTILE: Final = 0.8
"""The proposed n is reached by so many of those that ended well."""


class Standing(StrEnum):
    """How serious an engagement is."""

    SERIOUS = "serious"
    UNCERTAIN = "uncertain"
    WINDOW_SHOPPING = "window-shopping"


class TangibleSeen(NamedTuple):
    """A tangible commitment of an engagement.

    Attributes:
        found: what it is and what it stands on.
        anchor: Message-ID of the message that shows it.
        at: when that was sent.
        is_confirmed: the owner said it holds; None when they have said nothing.
    """

    found: TangibleFound
    anchor: str
    at: int
    is_confirmed: bool | None


class MessageSigns(NamedTuple):
    """What one of their messages shows.

    Attributes:
        anchor: its Message-ID.
        at: when it was sent.
        contact: number of who wrote it.
        signs: as `analysis.response` reads them.
    """

    anchor: str
    at: int
    contact: int
    signs: tuple[SignFound, ...]


class Evidence(NamedTuple):
    """One quoted span for or against."""

    speaks_for: bool
    sign: str
    quote: str
    rule: str
    anchor: str
    at: int


class Past(NamedTuple):
    """What there has been so far.

    Attributes:
        interactions: messages, calls and meetings.
        weeks: since the first of them.
        met_after: interactions until the first meeting that was held, None for none so far.
        is_calendar_known: some calendar was read; else nothing is known of meetings.
        is_offered: the owner put something on the table: a document, or business by its subject.
    """

    interactions: int
    weeks: float
    met_after: int | None
    is_calendar_known: bool
    is_offered: bool


class BenchmarkLine(NamedTuple):
    """Where an engagement stands against one mark.

    Attributes:
        what: "meeting" or "tangible".
        expected: "6 interactions or 5 weeks".
        state: "there", "due", "not due yet", "not known".
    """

    what: str
    expected: str
    state: str


class Weighed(NamedTuple):
    """An engagement, weighed.

    Attributes:
        standing: the outcome.
        because: why, in a sentence.
        carrying: messages of theirs that carry the matter on.
        putting_off: messages of theirs that put it off or let it go.
        share: of those, the share that carries on; with its 90 % interval.
        benchmark: where it stands against each mark.
        evidence: quotes, the latest first; what is tangible stands apart.
    """

    standing: Standing
    because: str
    carrying: int
    putting_off: int
    share: float
    interval_90: Bounds
    benchmark: tuple[BenchmarkLine, ...]
    evidence: tuple[Evidence, ...]


_CARRY: Final = DEEDS - {Sign.QUESTION_BACK}
_ONLY_IN_ANSWERS: Final = frozenset(
    ("busy", "no_idea", "vague", "others_first", "on_my_list", "settled", "over", "viel_los")
)
"""Rules that put off what was asked, and say nothing where nothing was asked."""
_HOLD: Final = frozenset((Sign.DEFERRAL, Sign.REFUSAL))


def weigh(
    signs: Sequence[MessageSigns],
    tangibles: Sequence[TangibleSeen],
    past: Past,
    benchmark: Benchmark,
) -> Weighed:
    """Returns how serious an engagement is, with everything that says so."""
    carrying = sum(_carries(one) for one in signs)
    putting_off = sum(_puts_off(one) for one in signs)
    bounds = share_interval(carrying, putting_off)
    held = [one for one in tangibles if counts(one, benchmark)]
    lines = tuple(_lines(past, held, benchmark))
    is_due = any(one.what == "tangible" and one.state == "due" for one in lines)
    is_put_off = past.is_offered and putting_off >= FEWEST_PUTTING_OFF
    standing = _standing(held, is_due=is_due and is_put_off, bounds=bounds)
    return Weighed(
        standing=standing,
        because=_because(standing, held, past, bounds, is_due=is_due),
        carrying=carrying,
        putting_off=putting_off,
        share=(carrying + 1) / (carrying + putting_off + 2),
        interval_90=bounds,
        benchmark=lines,
        evidence=tuple(_evidence(signs)),
    )


def counts(one: TangibleSeen, benchmark: Benchmark) -> bool:
    """Whether a tangible commitment meets the benchmark and the owner has not refused it."""
    return one.is_confirmed is not False and one.found.kind in benchmark.counts


def _carries(one: MessageSigns) -> bool:
    return not _puts_off(one) and any(sign.sign in _CARRY for sign in one.signs)


def _puts_off(one: MessageSigns) -> bool:
    return any(_holds_back(sign) for sign in one.signs)


def _holds_back(sign: SignFound) -> bool:
    return sign.sign in _HOLD and sign.rule not in _ONLY_IN_ANSWERS


def _standing(held: Sequence[TangibleSeen], *, is_due: bool, bounds: Bounds) -> Standing:
    if held:
        return Standing.SERIOUS if bounds.high >= USUAL_SHARE else Standing.UNCERTAIN
    if is_due and bounds.high < USUAL_SHARE:
        return Standing.WINDOW_SHOPPING
    return Standing.UNCERTAIN


def _because(
    standing: Standing, held: Sequence[TangibleSeen], past: Past, bounds: Bounds, *, is_due: bool
) -> str:
    if standing is Standing.SERIOUS:
        return f"Tangible: {_named(held)}."
    spell = f"{_count(past.interactions, 'interaction')} in {_count(round(past.weeks), 'week')}"
    if standing is Standing.WINDOW_SHOPPING:
        return f"Much of what they write puts off; nothing tangible after {spell}."
    if held:
        return f"Tangible: {_named(held)}; yet much of what they write puts off."
    if not is_due:
        return f"Nothing tangible yet after {spell}, and none is due by the benchmark."
    if bounds.low >= 0.5:
        return f"What they write mostly carries it on; nothing tangible yet after {spell}."
    return f"What they write goes either way; nothing tangible yet after {spell}."


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _named(held: Sequence[TangibleSeen]) -> str:
    names = list(dict.fromkeys(NAMES[one.found.kind] for one in held))
    return ", ".join(names)


def _lines(past: Past, held: Sequence[TangibleSeen], benchmark: Benchmark) -> list[BenchmarkLine]:
    found = []
    if benchmark.meeting.text():
        due = "due" if benchmark.meeting.is_passed(past.interactions, past.weeks) else ""
        state = "there" if past.met_after is not None else due or "not due yet"
        if state == "due" and not past.is_calendar_known:
            state = "not known"
        found.append(BenchmarkLine("meeting", benchmark.meeting.text(), state))
    if benchmark.tangible.text():
        passed = benchmark.tangible.is_passed(past.interactions, past.weeks)
        state = "there" if held else "due" if passed else "not due yet"
        found.append(BenchmarkLine("tangible", benchmark.tangible.text(), state))
    return found


def _evidence(signs: Sequence[MessageSigns]) -> list[Evidence]:
    latest_first = sorted(signs, key=lambda one: -one.at)
    return [found for message in latest_first for found in _of_message(message)]


def _of_message(message: MessageSigns) -> Iterator[Evidence]:
    puts_off = _puts_off(message)
    for one in message.signs:
        if _holds_back(one) if puts_off else one.sign in _CARRY:
            sign = one.sign.value
            yield Evidence(not puts_off, sign, one.quote, one.rule, message.anchor, message.at)


# --- the owner's own n -------------------------------------------------------------------------


class Ending(NamedTuple):
    """An engagement that ended well: how much there was until it had something tangible."""

    interactions: int
    weeks: float


class ProposedMark(NamedTuple):
    """A benchmark from the owner's own engagements.

    Attributes:
        cases: engagements that ended well.
        interactions: four of five had something tangible within so many; None with too few cases.
        weeks: the same in weeks.
    """

    cases: int
    interactions: Quantile | None
    weeks: Quantile | None


def propose_mark(endings: Sequence[Ending]) -> ProposedMark:
    """Returns the n of the owner's own engagements that ended well, or that there are too few."""
    if len(endings) < FEWEST_ENDINGS:
        return ProposedMark(len(endings), None, None)
    return ProposedMark(
        len(endings),
        quantile_interval([one.interactions for one in endings], PROPOSED_QUANTILE),
        quantile_interval([one.weeks for one in endings], PROPOSED_QUANTILE),
    )


def first_confirmed(tangibles: Sequence[TangibleSeen]) -> TangibleSeen | None:
    """Returns the first tangible commitment the owner has confirmed."""
    said = [one for one in tangibles if one.is_confirmed]
    return min(said, key=lambda one: one.at, default=None)
