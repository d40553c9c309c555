"""Facts are what was known at their moment, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.analysis.silence.facts import ALL_FACTS, FACT_GROUPS, find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import blank_model
from gonequiet.analysis.silence.waits import Activity, Arrivals, Waits
from gonequiet.stats.hazard import DAY, HOUR
from tests.support.simulated_waits import draw_waits

T0 = 1_700_000_000.0  # Tuesday 14 November 2023, 22:13:20 UTC
ANA, BEN = 1, 2


def waits_of(*rows: tuple[float, int, float], arrivals: list[tuple[float, int]]) -> Waits:
    """Waits as (days after T0, contact, answered after days), with what arrived."""
    n = len(rows)
    no = np.zeros(n, np.bool_)
    return Waits(
        message=np.arange(n),
        owner=np.zeros(n, np.int64),
        contact=np.array([c for _, c, _ in rows], np.int64),
        sent_at=np.array([T0 + d * DAY for d, _, _ in rows]),
        observed_until=np.full(n, T0 + 400 * DAY),
        n_to=np.ones(n),
        n_cc=np.zeros(n),
        is_reply=no,
        is_forward=no,
        asks_question=~no,
        has_request=no,
        new_text_chars=np.full(n, 120.0),
        replied_after=np.array([a * DAY for _, _, a in rows]),
        answered_by_other_after=np.full(n, np.inf),
        covered=~no,
        arrivals=Arrivals(
            owner=np.zeros(len(arrivals), np.int64),
            contact=np.array([c for _, c in arrivals], np.int64),
            received_at=np.array([T0 + d * DAY for d, _ in arrivals]),
        ),
        activity=Activity(
            contact=np.array([c for _, c in arrivals], np.int64),
            sent_at=np.array([T0 + d * DAY for d, _ in arrivals]),
        ),
    )


def facts_of(waits: Waits, row: int, waited_days: float) -> dict[str, float]:
    history = History.of(waits, blank_model().accumulated())
    found = find_facts(waits, history, np.array([row]), np.array([waited_days * DAY]))
    return {name: float(column[0]) for name, column in found.items()}


STORY = waits_of(
    (0, ANA, 0.5),
    (10, ANA, np.inf),
    (12, ANA, np.inf),
    (13, BEN, 2.0),
    arrivals=[(0.5, ANA), (11, ANA), (15, BEN)],
)


def test_the_facts_of_a_small_story_are_those_anyone_would_count() -> None:
    facts = facts_of(STORY, row=1, waited_days=3)
    assert facts["earlier_waits"] == 1
    assert facts["outbound_since"] == 1
    assert facts["arrivals_since"] == 1
    assert facts["responses_since"] == 0
    assert facts["since_arrival"] == 2 * DAY
    assert facts["arrival_before"] == 9.5 * DAY
    assert facts["outbound_before"] == 10 * DAY
    assert facts["since_response"] == 12.5 * DAY
    assert facts["asks"] == 1
    assert facts["owner_outbound_since"] == 2
    assert facts["weekday_sent"] == 4  # Friday 24 November
    assert facts["activity_since"] == 1


def test_a_contact_who_answered_has_a_higher_rate_than_one_who_never_did() -> None:
    never = waits_of((0, ANA, np.inf), (60, ANA, np.inf), arrivals=[])
    once = waits_of((0, ANA, 0.2), (60, ANA, np.inf), arrivals=[])
    assert facts_of(once, 1, 1)["pair_early"] > 0 > facts_of(never, 1, 1)["pair_early"]


def test_this_wait_is_no_evidence_about_its_own_contact() -> None:
    alone = waits_of((0, ANA, np.inf), arrivals=[])
    for days in (1, 3, 14):
        facts = facts_of(alone, 0, days)
        assert facts["pair_early"] == pytest.approx(0.0, abs=1e-3)
        assert facts["pair_late"] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("waited_days", [0.0, 0.5, 1.0, 2.0, 3.0])
def test_deleting_the_future_changes_no_fact(waited_days: float) -> None:
    now = T0 + (10 + waited_days) * DAY
    assert facts_of(STORY, 1, waited_days) == facts_of(STORY.known_at(now), 1, waited_days)


def test_what_is_known_at_a_moment_holds_no_later_answer() -> None:
    known = STORY.known_at(T0 + 0.4 * DAY)
    assert len(known) == 1
    assert np.isinf(known.replied_after[0])
    assert len(known.arrivals.received_at) == 0


def test_every_fact_belongs_to_exactly_one_group() -> None:
    for spec in ALL_FACTS:
        assert sum(spec.name in group for group in FACT_GROUPS) == 1
        assert (np.diff(spec.stretched_knots()) > 0).all()


def test_dates_of_1969_and_3609_break_nothing() -> None:
    odd = waits_of(
        (-(T0 + DAY) / DAY, ANA, np.inf), (0, ANA, 1 / 24), (580_000, ANA, np.inf), arrivals=[]
    )
    facts = facts_of(odd, 1, 0.5 * HOUR / DAY)
    assert all(not np.isnan(value) for value in facts.values())


def test_asking_about_a_few_contacts_gives_what_asking_about_all_does() -> None:
    waits = draw_waits(seed=5, waits=600, contacts=40).waits
    accumulated = blank_model().accumulated()
    asked = np.unique(waits.contact)[:4]
    rows = np.flatnonzero(np.isin(waits.contact, asked))
    waited = np.linspace(1.0, 60.0, len(rows)) * DAY
    of_all = find_facts(waits, History.of(waits, accumulated), rows, waited)
    of_few = find_facts(waits, History.of(waits, accumulated, contacts=asked), rows, waited)
    for name, column in of_all.items():
        np.testing.assert_array_equal(of_few[name], column, err_msg=name)
