"""What is said to an owner one has hardly met: no surer than it can be, and in words that hold."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.analysis.silence.facts import find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.own_ages import AGES, ALIKE, LEAST, OwnAges, next_looks
from gonequiet.analysis.silence.predicting import LOOK_AGES, Predictions, predict
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.reasons import Reason, find_reasons
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.hazard import DAY
from tests.support.simulated_waits import draw_waits

NOTHING = OwnAges(said=np.zeros(len(AGES)), came=np.zeros(len(AGES)))
MUCH = OwnAges(said=np.full(len(AGES), 200.0), came=np.full(len(AGES), 200.0))


@pytest.fixture(scope="module")
def waits() -> Waits:
    return draw_waits(seed=3, waits=400, contacts=30).waits


def asked(waits: Waits, days: float) -> tuple[Predictions, History]:
    history = History.of(waits, shipped_prior().accumulated())
    rows = np.arange(200, 240)
    return predict(shipped_prior(), waits, history, rows, np.full(40, days)), history


@pytest.mark.parametrize("days", [3.0, 14.0, 30.0])
def test_without_silences_of_ones_own_the_interval_is_wide(waits: Waits, days: float) -> None:
    said, _ = asked(waits, days)
    middle, low, high = NOTHING.applied(said)
    np.testing.assert_allclose(middle, said.probability)
    assert (low < said.low_90 + 1e-12).all()
    assert (high > said.high_90).all()


def test_own_silences_narrow_the_interval_and_leave_the_middle(waits: Waits) -> None:
    said, _ = asked(waits, 30.0)
    new, old = NOTHING.applied(said), MUCH.applied(said)
    np.testing.assert_allclose(old[0], new[0])
    assert (old[2] < new[2]).all()
    np.testing.assert_allclose(old[2], said.high_90, rtol=0.1)


def test_the_longer_the_silence_the_less_is_known_of_a_new_owner(waits: Waits) -> None:
    widths = []
    for days in (1.0, 7.0, 21.0, 40.0):
        said, _ = asked(waits, days)
        middle, _, high = NOTHING.applied(said)
        widths.append(float(np.log(high / middle).mean()))
    assert widths == sorted(widths)
    assert widths[-1] > np.log(5.0)


def test_the_next_look_is_the_first_below_the_threshold_to_the_hour(waits: Waits) -> None:
    history = History.of(waits, shipped_prior().accumulated())
    rows, waited = np.arange(200, 240), np.full(40, 0.25)
    threshold = 0.1

    def chance(days: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
        said = predict(shipped_prior(), waits, history, rows, days)
        return list(map(float, NOTHING.applied(said)[0]))

    looks = next_looks(
        shipped_prior(),
        NOTHING,
        waits,
        history,
        rows,
        waited,
        horizon_days=30.0,
        threshold=threshold,
    )
    ahead = np.isfinite(looks) & (looks > waited)
    assert ahead.sum() > 5
    at = np.array(chance(np.where(ahead, looks, 1.0)))
    steps = np.diff(np.array(LOOK_AGES))[np.searchsorted(LOOK_AGES, looks) - 1] / 32
    before = np.array(chance(np.where(ahead, looks - steps, 1.0)))
    assert (at[ahead] < threshold).all()
    assert (before[ahead] >= threshold).all()


def reasons_of(waits: Waits, row: int, days: float) -> dict[str, Reason]:
    history = History.of(waits, shipped_prior().accumulated())
    rows, waited = np.array([row]), np.array([days])
    said = predict(shipped_prior(), waits, history, rows, waited)
    facts = find_facts(waits, history, rows, waited * DAY)
    return {one.key: one for one in find_reasons(shipped_prior(), said, facts, 0, most=99)}


def test_of_a_stranger_it_is_said_once_that_nothing_was_exchanged(waits: Waits) -> None:
    first = [int(np.flatnonzero(waits.contact == one)[0]) for one in np.unique(waits.contact)]
    strangers = [row for row in first if not arrived_before(waits, row)]
    assert len(strangers) > 5
    for row in strangers:
        found = reasons_of(waits, row, 0.5)
        assert not found.keys() & {"own_rate", "contact_rate", "pace", "their_answers"}
    said = [reasons_of(waits, row, 0.5).get("no_history") for row in strangers]
    assert "nothing was exchanged with them before" in {one.words for one in said if one}


def arrived_before(waits: Waits, row: int) -> bool:
    by_then = waits.arrivals.received_at <= waits.sent_at[row] + DAY
    return bool((by_then & (waits.arrivals.contact == waits.contact[row])).any())


def test_how_somebody_answers_is_said_after_three_waits_and_as_its_words_go(waits: Waits) -> None:
    for row in range(0, 400, 3):
        found = reasons_of(waits, row, 2.0)
        earlier = (waits.contact == waits.contact[row]) & (waits.sent_at < waits.sent_at[row])
        for key in found.keys() & {"contact_rate", "owner_rate"}:
            assert (" more" in found[key].words) == (found[key].contribution > 0)
        assert "contact_rate" not in found or earlier.sum() >= 3


def test_many_silences_that_stayed_unbroken_bound_the_interval_from_above(waits: Waits) -> None:
    said, _ = asked(waits, 40.0)
    unbroken = OwnAges(said=np.full(len(AGES), 5.0), came=np.zeros(len(AGES)))
    assert (unbroken.applied(said)[2] < NOTHING.applied(said)[2] / 3).all()


@pytest.mark.parametrize("expected", [0.5, 3.0, 20.0, 200.0])
def test_owners_drawn_as_the_ages_say_lie_within_their_intervals(expected: float) -> None:
    dice = np.random.default_rng(11)
    days = np.array(AGES)
    inside = np.zeros(len(AGES))
    for _ in range(4_000):
        true = dice.gamma(ALIKE, 1.0 / ALIKE)
        own = OwnAges(
            said=np.full(len(AGES), expected), came=dice.poisson(true * expected).astype(float)
        )
        below, above = own.reaches(days)
        far = np.log(np.maximum(true, LEAST) / own.factors(days))
        inside += (far >= -below - 1e-9) & (far <= above + 1e-9)
    assert (inside / 4_000 >= 0.87).all(), inside / 4_000
    if expected >= 20.0:
        assert (inside / 4_000 <= 0.97).all(), inside / 4_000
