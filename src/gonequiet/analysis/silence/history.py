"""Everything the records say, indexed so that any moment of the past can be asked.

A `History` is built once from waits and answers only questions of the form "by this moment";
what happened later cannot change an answer (`stats.asof`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.arrays import Flags, Floats, Ints, distinct
from gonequiet.stats.asof import EventIndex
from gonequiet.stats.hazard import DAY, EDGES, LAST, accumulated_at, floor_to_edge

HALF_LIFE = 365.0 * DAY  # old habits count half after a year
FIRST_DAY = DAY
USUAL_DELAY = 10.5  # ln seconds, about ten hours: where nothing is known of a contact's pace


@dataclass(frozen=True, slots=True)
class Groups:
    """Dense numbers of the owner, contact and pair of each wait."""

    owner: Ints
    contact: Ints
    pair: Ints


@dataclass(frozen=True, slots=True)
class Evidence:
    """Answers and accumulated hazard of one grouping, in one part of the wait.

    Attributes:
        events: answers, at the moment they came.
        exposure: pooled hazard run through by waits, at the end of each bin.
    """

    events: EventIndex
    exposure: EventIndex


@dataclass(frozen=True, slots=True)
class History:
    """Indices over the past of all owners, contacts and pairs.

    Attributes:
        groups: dense numbers of the waits' owners, contacts and pairs.
        early: evidence from the first day of waiting, by owner, contact and pair.
        late: evidence from waits older than a day.
        arrivals: what each pair's contact wrote to its owner.
        arrivals_to: everything that reached an owner.
        outbound: the owner's messages to each pair's contact.
        outbound_of: the owner's messages to anyone.
        responses: the responses of each pair.
        delays: logarithm of the delay of each response, by contact and by pair.
        siblings: responses by other recipients of the same message.
        activity: what each contact wrote to anyone, or None when no team shares it.
        messages: dense number of each wait's message.
        accumulated: the pooled hazard the exposure was counted in.
    """

    groups: Groups
    early: tuple[Evidence, Evidence, Evidence]
    late: tuple[Evidence, Evidence, Evidence]
    arrivals: EventIndex
    arrivals_to: EventIndex
    outbound: EventIndex
    outbound_of: EventIndex
    responses: EventIndex
    delays: tuple[EventIndex, EventIndex]
    delay_counts: tuple[EventIndex, EventIndex]
    siblings: EventIndex
    activity: EventIndex | None
    messages: Ints
    accumulated: Floats

    @classmethod
    def of(cls, waits: Waits, accumulated: Floats, *, contacts: Ints | None = None) -> Self:
        """Indexes the records.

        Args:
            waits: the records.
            accumulated: pooled hazard at the bin edges; the unit of all exposure.
            contacts: only these will be asked about, None for anybody. The answers are the same
                to the last digit; what is indexed of others is not.
        """
        people = _people(waits)
        groups, arrival_pairs = _number(waits, people)
        messages = np.unique(waits.message, return_inverse=True)[1].astype(np.int64)
        asked = _asked(waits.contact, contacts)
        came = _asked(waits.arrivals.contact, contacts)
        answered = waits.covered & (waits.replied_after <= LAST)
        theirs = answered & asked
        siblings = answered & np.isin(messages, messages[asked])
        replied_at = waits.sent_at + waits.replied_after
        received_at = waits.arrivals.received_at
        log_delay = np.log(waits.replied_after[theirs] + 600.0)
        return cls(
            groups=groups,
            early=_evidence(waits, groups, asked, accumulated, late=False),
            late=_evidence(waits, groups, asked, accumulated, late=True),
            arrivals=EventIndex.build(arrival_pairs[came], received_at[came]),
            arrivals_to=EventIndex.build(
                np.searchsorted(people, waits.arrivals.owner), received_at
            ),
            outbound=EventIndex.build(groups.pair[asked], waits.sent_at[asked]),
            outbound_of=EventIndex.build(groups.owner, waits.sent_at),
            responses=EventIndex.build(groups.pair[theirs], replied_at[theirs]),
            delays=_fading(groups, theirs, replied_at[theirs], log_delay),
            delay_counts=_fading(groups, theirs, replied_at[theirs], np.ones(len(log_delay))),
            siblings=EventIndex.build(messages[siblings], replied_at[siblings]),
            activity=_activity(waits, people),
            messages=messages,
            accumulated=accumulated,
        )


def _asked(contact: Ints, contacts: Ints | None) -> Flags:
    """Which rows belong to the contacts asked about."""
    if contacts is None:
        return np.ones(len(contact), np.bool_)
    return np.isin(contact, contacts)


def _people(waits: Waits) -> Ints:
    """Everybody named anywhere, sorted."""
    named = [waits.owner, waits.contact, waits.arrivals.owner, waits.arrivals.contact]
    if waits.activity is not None:
        named.append(waits.activity.contact)
    return distinct(np.concatenate(named))


def _number(waits: Waits, people: Ints) -> tuple[Groups, Ints]:
    """Dense numbers of the waits' groups, and of the pair of each arrival."""
    owner = np.searchsorted(people, waits.owner)
    contact = np.searchsorted(people, waits.contact)
    to = np.searchsorted(people, waits.arrivals.owner)
    source = np.searchsorted(people, waits.arrivals.contact)
    both = np.concatenate((owner * len(people) + contact, to * len(people) + source))
    pairs = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return Groups(owner, contact, pairs[: len(owner)]), pairs[len(owner) :]


def _activity(waits: Waits, people: Ints) -> EventIndex | None:
    if waits.activity is None:
        return None
    who = np.searchsorted(people, waits.activity.contact)
    return EventIndex.build(who, waits.activity.sent_at)


def _fading(
    groups: Groups, answered: Flags, moments: Floats, amounts: Floats
) -> tuple[EventIndex, EventIndex]:
    return (
        EventIndex.build(groups.contact[answered], moments, amounts, HALF_LIFE),
        EventIndex.build(groups.pair[answered], moments, amounts, HALF_LIFE),
    )


def _evidence(
    waits: Waits, groups: Groups, asked: Flags, accumulated: Floats, *, late: bool
) -> tuple[Evidence, Evidence, Evidence]:
    """Events and exposure of one part of the wait, by owner, by contact and by pair."""
    rows, moments, amounts = _exposure(waits, accumulated, late=late)
    delay = waits.replied_after
    part = (delay > FIRST_DAY) & (delay <= LAST) if late else delay <= FIRST_DAY
    hit = waits.covered & part
    replied_at = waits.sent_at + delay

    def one(group: Ints, whose: Flags) -> Evidence:
        hits, keep = hit & whose, whose[rows]
        return Evidence(
            events=EventIndex.build(group[hits], replied_at[hits], None, HALF_LIFE),
            exposure=EventIndex.build(group[rows[keep]], moments[keep], amounts[keep], HALF_LIFE),
        )

    everybody = np.ones(len(asked), np.bool_)
    return one(groups.owner, everybody), one(groups.contact, asked), one(groups.pair, asked)


def _exposure(waits: Waits, accumulated: Floats, *, late: bool) -> tuple[Ints, Floats, Floats]:
    """Hazard each wait has run through, booked at the end of each bin or at the response."""
    stop = np.where(waits.covered, np.minimum(waits.replied_after, LAST), 0.0)
    first_day_ends = int(np.searchsorted(EDGES, FIRST_DAY))
    bins = range(first_day_ends, len(EDGES) - 1) if late else range(first_day_ends)
    rows, moments, amounts = [], [], []
    for k in bins:
        low, high = EDGES[k], EDGES[k + 1]
        open_rows = np.flatnonzero(stop > low)
        end = np.minimum(stop[open_rows], high)
        share = (end - low) / (high - low)
        rows.append(open_rows)
        moments.append(waits.sent_at[open_rows] + end)
        amounts.append((accumulated[k + 1] - accumulated[k]) * share)
    return np.concatenate(rows), np.concatenate(moments), np.concatenate(amounts)


def own_exposure(accumulated: Floats, waited: Floats, *, late: bool) -> Floats:
    """Hazard a wait of so many seconds has itself booked in one part of the wait."""
    booked = accumulated_at(accumulated, floor_to_edge(waited))
    first_day = float(accumulated_at(accumulated, np.array([FIRST_DAY]))[0])
    return np.maximum(booked - first_day, 0.0) if late else np.minimum(booked, first_day)
