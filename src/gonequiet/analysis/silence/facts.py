"""The facts the reply probability rests on, as known at a moment of the wait.

Every fact is a number in natural units (seconds, counts, a log rate) and is computed from what
had happened by that moment and nothing else. How much a fact weighs is learned
(`scorecard`); what it is called in words stands in `reasons`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gonequiet.analysis.silence.history import (
    USUAL_DELAY,
    Evidence,
    History,
    own_exposure,
)
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.asof import EventIndex
from gonequiet.stats.frailty import log_rate
from gonequiet.stats.hazard import DAY, HOUR

SHAPE = 1.0  # of the Gamma prior behind the log rates; the scorecard learns their weight


class Scale(StrEnum):
    """How a fact is stretched before it is placed between its knots."""

    LEVEL = "level"
    COUNT = "count"  # log(1 + x)
    SPAN = "span"  # log10(seconds + a minute)


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its name, its scale and its knots in natural units."""

    name: str
    scale: Scale
    knots: tuple[float, ...]

    def stretched_knots(self) -> Floats:
        """The knots on the fact's scale."""
        return stretch(self.scale, np.array(self.knots, np.float64))


def stretch(scale: Scale, values: Floats) -> Floats:
    """Values on a fact's scale."""
    if scale is Scale.COUNT:
        return np.log1p(np.maximum(values, 0.0))
    if scale is Scale.SPAN:
        return np.log10(np.maximum(values, 1.0) + 60.0)
    return values


_SPANS = (600, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 21 * DAY, 60 * DAY, 180 * DAY, 720 * DAY)
_RATES = (-3.0, -2.0, -1.2, -0.6, -0.2, 0.0, 0.2, 0.6, 1.2, 2.0)
_COUNTS = (0, 1, 3, 8, 20, 60)
_MANY = (*_COUNTS, 200)
_FEW = (0, 1, 2, 5, 12)
_DELAYS = (7.5, 9.0, 10.0, 11.0, 12.0, 13.0)
_DAYS = (0, 1, 2, 3, 4, 5, 6)


def _level(name: str, *knots: float) -> FactSpec:
    return FactSpec(name, Scale.LEVEL, knots)


def _count(name: str, *knots: float) -> FactSpec:
    return FactSpec(name, Scale.COUNT, knots)


def _span(name: str, *knots: float) -> FactSpec:
    return FactSpec(name, Scale.SPAN, knots)


MESSAGE_FACTS = (
    _count("waited_days", 0, 1, 3, 7, 14, 30),
    _count("people_to", 1, 2, 3, 5, 10),
    _count("people_cc", 0, 1, 2, 4, 8, 20),
    _level("kind", 0, 1, 2),
    _level("asks", 0, 1, 2, 3),
    _count("new_text_chars", 0, 50, 150, 400, 1000, 3000),
    _level("weekday_now", *_DAYS),
    _level("weekday_sent", *_DAYS),
)
RATE_FACTS = (
    _level("owner_early", *_RATES),
    _level("owner_late", *_RATES),
    _level("contact_early", *_RATES),
    _level("contact_late", *_RATES),
    _level("pair_early", *_RATES),
    _level("pair_late", *_RATES),
    _level("contact_delay", *_DELAYS),
    _level("pair_delay", *_DELAYS),
)
PAIR_FACTS = (
    _span("since_arrival", *_SPANS),
    _span("arrival_before", *_SPANS),
    _span("outbound_before", *_SPANS),
    _span("since_response", *_SPANS),
    _count("arrivals_since", *_FEW),
    _count("outbound_since", *_FEW[:4]),
    _count("responses_since", *_FEW[:4]),
    _count("arrivals_7", *_COUNTS),
    _count("arrivals_30", *_COUNTS),
    _count("arrivals_180", *_COUNTS),
    _count("outbound_7", *_COUNTS),
    _count("outbound_30", *_COUNTS),
    _count("earlier_waits", 0, 1, 2, 4, 8, 20, 60),
)
AROUND_FACTS = (
    _span("since_other_answer", HOUR, DAY, 3 * DAY, 12 * DAY, 720 * DAY),
    _count("siblings_answered", 0, 1, 2),
    _count("owner_arrivals_7", 0, 5, 20, 60, 200),
    _count("owner_outbound_7", 0, 2, 5, 15, 50),
    _count("owner_outbound_since", 0, 1, 4, 15, 50),
    _count("owner_arrivals_since", 0, 1, 4, 15, 50, 200),
)
TEAM_FACTS = (
    _span("since_activity", *_SPANS),
    _count("activity_since", 0, 1, 2, 6, 20, 60),
    _count("activity_1", *_MANY),
    _count("activity_7", *_MANY),
    _count("activity_30", *_MANY),
    _count("activity_90", *_MANY),
)
SOLO_FACTS = (*MESSAGE_FACTS, *RATE_FACTS, *PAIR_FACTS, *AROUND_FACTS)
ALL_FACTS = (*SOLO_FACTS, *TEAM_FACTS)
OWNER_VOLUME = frozenset(spec.name for spec in AROUND_FACTS if spec.name.startswith("owner_"))
FACT_GROUPS = tuple(
    frozenset(spec.name for spec in group)
    for group in (MESSAGE_FACTS, RATE_FACTS, PAIR_FACTS, AROUND_FACTS, TEAM_FACTS)
)


@dataclass(frozen=True, slots=True)
class Question:
    """Some waits, each asked about at one moment of its own."""

    rows: Ints
    sent_at: Floats
    now: Floats
    owner: Ints
    contact: Ints
    pair: Ints

    @property
    def waited(self) -> Floats:
        """Seconds waited so far."""
        return self.now - self.sent_at


Facts = dict[str, Floats]


def find_facts(waits: Waits, history: History, rows: Ints, waited: Floats) -> Facts:
    """All facts of some waits at some ages.

    Args:
        waits: the records the history was built from.
        history: their indices.
        rows: which waits, shape (n,).
        waited: seconds waited at the moment asked about, shape (n,).

    Returns:
        A column per fact; team facts only where the history knows the contacts' activity.
    """
    groups = history.groups
    sent_at = waits.sent_at[rows]
    asked = Question(
        rows=rows,
        sent_at=sent_at,
        now=sent_at + waited,
        owner=groups.owner[rows],
        contact=groups.contact[rows],
        pair=groups.pair[rows],
    )
    parts = (_of_message(waits, asked), _of_rates(history, asked), _of_pair(history, asked))
    around = _around(waits, history, asked) | _of_team(history, asked)
    return parts[0] | parts[1] | parts[2] | around


def _of_message(waits: Waits, asked: Question) -> Facts:
    rows = asked.rows
    return {
        "waited_days": asked.waited / DAY,
        "people_to": waits.n_to[rows],
        "people_cc": waits.n_cc[rows],
        "kind": np.where(waits.is_forward[rows], 2.0, waits.is_reply[rows].astype(np.float64)),
        "asks": waits.asks_question[rows] + 2.0 * waits.has_request[rows],
        "new_text_chars": waits.new_text_chars[rows],
        "weekday_now": _weekday(asked.now),
        "weekday_sent": _weekday(asked.sent_at),
    }


def _weekday(moments: Floats) -> Floats:
    """0 for Monday, in UTC; the first of January 1970 was a Thursday."""
    return np.mod(np.floor(moments / DAY) + 3.0, 7.0)


def _of_rates(history: History, asked: Question) -> Facts:
    facts: Facts = {}
    groups = {"owner": asked.owner, "contact": asked.contact, "pair": asked.pair}
    for place, (name, group) in enumerate(groups.items()):
        facts[f"{name}_early"] = _rate(history, asked, history.early[place], group, late=False)
        facts[f"{name}_late"] = _rate(history, asked, history.late[place], group, late=True)
    facts["contact_delay"] = _delay(history, 0, asked.contact, asked.now)
    facts["pair_delay"] = _delay(history, 1, asked.pair, asked.now)
    return facts


def _rate(
    history: History, asked: Question, evidence: Evidence, group: Ints, *, late: bool
) -> Floats:
    """Log of a group's own multiplier by now, this very wait left out."""
    own = own_exposure(history.accumulated, asked.waited, late=late)
    exposure = np.maximum(evidence.exposure.total(group, asked.now) - own, 0.0)
    return log_rate(SHAPE, evidence.events.total(group, asked.now), exposure)


def _delay(history: History, place: int, group: Ints, now: Floats) -> Floats:
    """Mean log delay of a group's responses, two responses' worth shrunk to the usual."""
    total = history.delays[place].total(group, now)
    return (total + 2.0 * USUAL_DELAY) / (history.delay_counts[place].total(group, now) + 2.0)


def _of_pair(history: History, asked: Question) -> Facts:
    arrivals, outbound, pair, now = history.arrivals, history.outbound, asked.pair, asked.now
    sent_at = asked.sent_at
    facts = {
        "since_arrival": arrivals.since_last(pair, now),
        "arrival_before": arrivals.since_last(pair, sent_at),
        "outbound_before": outbound.since_last_before(pair, sent_at),
        "since_response": history.responses.since_last(pair, now),
        "arrivals_since": arrivals.count_between(pair, sent_at, now),
        "outbound_since": outbound.count_between(pair, sent_at, now),
        "responses_since": history.responses.count_between(pair, sent_at, now),
        "earlier_waits": outbound.count_before(pair, sent_at),
        "answered_before": history.responses.count(pair, sent_at),  # for words, not weighed
    }
    recent = _recent("arrivals", arrivals, pair, now, (7, 30, 180))
    return facts | recent | _recent("outbound", outbound, pair, now, (7, 30))


def _recent(name: str, index: EventIndex, group: Ints, now: Floats, days: tuple[int, ...]) -> Facts:
    """How many events there were in the last so many days, a fact for each span."""
    counts = index.counts_within(group, now, tuple(d * DAY for d in days))
    return {f"{name}_{d}": count for d, count in zip(days, counts, strict=True)}


def _around(waits: Waits, history: History, asked: Question) -> Facts:
    other = asked.waited - waits.answered_by_other_after[asked.rows]
    owner, now = asked.owner, asked.now
    return {
        "since_other_answer": np.where(other >= 0.0, other, np.inf),
        "siblings_answered": history.siblings.count(history.messages[asked.rows], now),
        **_recent("owner_arrivals", history.arrivals_to, owner, now, (7,)),
        **_recent("owner_outbound", history.outbound_of, owner, now, (7,)),
        "owner_outbound_since": history.outbound_of.count_between(owner, asked.sent_at, now),
        "owner_arrivals_since": history.arrivals_to.count_between(owner, asked.sent_at, now),
    }


def _of_team(history: History, asked: Question) -> Facts:
    activity, contact, now = history.activity, asked.contact, asked.now
    if activity is None:
        return {}
    facts = {
        "since_activity": activity.since_last(contact, now),
        "activity_since": activity.count_between(contact, asked.sent_at, now),
    }
    return facts | _recent("activity", activity, contact, now, (1, 7, 30, 90))
