"""What the reply model says, learns and gives as reasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gonequiet.analysis.silence.facts import ALL_FACTS, find_facts
from gonequiet.analysis.silence.fitting import fit, update
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import ReplyModel
from gonequiet.analysis.silence.predicting import Predictions, next_look_at, predict
from gonequiet.analysis.silence.priors import parse_prior, render_prior, shipped_prior
from gonequiet.analysis.silence.reasons import (
    EXPLAINED_FACTS,
    average_logit,
    contributions,
    find_reasons,
    span_words,
)
from gonequiet.stats.hazard import DAY, HOUR
from tests.support.simulated_waits import START, Truth, draw_waits

AS_OF = START + 700 * DAY


@pytest.fixture(scope="module")
def truth() -> Truth:
    return draw_waits(seed=11, waits=1200, contacts=60)


@pytest.fixture(scope="module")
def model(truth: Truth) -> ReplyModel:
    return fit(truth.waits, prior=shipped_prior(), as_of=AS_OF)


def say(model: ReplyModel, truth: Truth, days: float = 2.0, horizon: float = 30.0) -> Predictions:
    rows = np.arange(700, 1000)
    history = History.of(truth.waits, model.accumulated())
    return predict(model, truth.waits, history, rows, np.full(300, days), horizon_days=horizon)


def test_fitting_twice_gives_the_very_same_model(truth: Truth, model: ReplyModel) -> None:
    again = fit(truth.waits, prior=shipped_prior(), as_of=AS_OF)
    assert np.array_equal(again.card.packed(), model.card.packed())
    assert np.array_equal(say(again, truth).probability, say(model, truth).probability)


def test_nothing_after_the_moment_is_learned_from(truth: Truth, model: ReplyModel) -> None:
    known = truth.waits.known_at(AS_OF)
    assert len(known) < len(truth.waits)
    without_future = fit(known, prior=shipped_prior(), as_of=AS_OF)
    assert np.array_equal(without_future.card.packed(), model.card.packed())
    assert without_future.shape == model.shape


def test_predictions_are_the_same_when_the_future_is_deleted(
    truth: Truth, model: ReplyModel
) -> None:
    moment = START + 800 * DAY
    known = truth.waits.known_at(moment)
    open_rows = np.flatnonzero(np.isinf(known.replied_after))[-40:]
    waited = (moment - known.sent_at[open_rows]) / DAY
    said = [
        predict(model, w, History.of(w, model.accumulated()), open_rows, waited).probability
        for w in (known, truth.waits)
    ]
    assert np.array_equal(said[0], said[1])


def test_probabilities_lie_within_their_intervals(truth: Truth, model: ReplyModel) -> None:
    said = say(model, truth)
    assert (said.low_90 < said.probability).all()
    assert (said.probability < said.high_90).all()
    assert (said.low_90 >= 0).all()
    assert (said.high_90 <= 1).all()


def test_a_longer_horizon_is_never_less_likely(truth: Truth, model: ReplyModel) -> None:
    shares = [say(model, truth, horizon=days).probability for days in (1, 7, 30)]
    assert (shares[0] <= shares[1]).all()
    assert (shares[1] <= shares[2]).all()


def test_without_own_mail_the_shipped_prior_speaks(truth: Truth) -> None:
    nobody = truth.waits.take(np.zeros(0, np.int64))
    started = update(nobody, prior=shipped_prior(), as_of=AS_OF)
    assert np.array_equal(started.card.packed(), shipped_prior().card.packed())
    assert fit(nobody, prior=shipped_prior(), as_of=AS_OF).card.packed() == pytest.approx(
        started.card.packed()
    )


def test_an_owner_nobody_answers_is_soon_told_so(truth: Truth) -> None:
    unheard = replace(truth.waits, replied_after=np.full(len(truth.waits), np.inf))
    moment = float(unheard.sent_at[120])
    learned = update(unheard, prior=shipped_prior(), as_of=moment)
    history = History.of(unheard, learned.accumulated())
    rows, waited = np.arange(100, 120), np.full(20, 1.0)
    here = predict(learned, unheard, history, rows, waited).probability.mean()
    prior = shipped_prior()
    before = predict(prior, unheard, history, rows, waited).probability.mean()
    assert here < 0.5 * before


def test_contributions_and_the_average_make_up_the_probability(
    truth: Truth, model: ReplyModel
) -> None:
    said = say(model, truth)
    total = average_logit(model, 2.0) + sum(contributions(model, said, 5).values())
    assert 1 / (1 + np.exp(-total)) == pytest.approx(said.probability[5], abs=1e-4)


def test_reasons_are_words_with_a_direction(truth: Truth, model: ReplyModel) -> None:
    said = say(model, truth)
    history = History.of(truth.waits, model.accumulated())
    rows = np.arange(700, 1000)
    facts = find_facts(truth.waits, history, rows, np.full(300, 2 * DAY))
    for row in range(0, 300, 25):
        reasons = find_reasons(model, said, facts, row)
        assert 1 <= len(reasons) <= 4
        sizes = [abs(reason.contribution) for reason in reasons]
        assert sizes == sorted(sizes, reverse=True)
        for reason in reasons:
            end = "more likely" if reason.contribution > 0 else "less likely"
            assert reason.sentence() == f"{reason.words}: {end}"


def test_of_an_old_silence_its_age_is_the_weightiest_reason(
    truth: Truth, model: ReplyModel
) -> None:
    history = History.of(truth.waits, model.accumulated())
    facts = find_facts(truth.waits, history, np.arange(700, 1000), np.full(300, 40 * DAY))
    old = say(model, truth, days=40.0)
    for row in range(0, 300, 25):
        first = find_reasons(model, old, facts, row)[0]
        assert (first.key, first.contribution < 0) == ("waited", True)


def test_a_question_counts_for_a_reply_and_is_said(truth: Truth, model: ReplyModel) -> None:
    said = say(model, truth, days=0.0)
    shares = [contributions(model, said, row)["asks"] for row in range(300)]
    asked = truth.waits.asks_question[700:1000]
    assert np.mean(np.array(shares)[asked]) > np.mean(np.array(shares)[~asked])


def test_every_fact_can_be_given_as_a_reason() -> None:
    assert {spec.name for spec in ALL_FACTS} == EXPLAINED_FACTS


def test_how_many_earlier_messages_were_answered_is_counted(
    truth: Truth, model: ReplyModel
) -> None:
    waits = truth.waits
    said = say(model, truth)
    history = History.of(waits, model.accumulated())
    rows = np.arange(700, 1000)
    facts = find_facts(waits, history, rows, np.full(300, 2 * DAY))
    reasons = {r.key: r.words for r in find_reasons(model, said, facts, 7, most=99)}
    before = (waits.contact == waits.contact[707]) & (waits.sent_at < waits.sent_at[707])
    by_then = waits.sent_at + waits.replied_after <= waits.sent_at[707]
    earlier, answered = int(before.sum()), int((before & by_then).sum())
    assert earlier > 2
    assert answered > 1
    words = f"{answered} of your {earlier} earlier messages were answered"
    assert reasons.get("own_rate", words) == words


def test_spans_are_said_as_a_person_says_them() -> None:
    spans = [1200, 2 * HOUR, 30 * HOUR, 2 * DAY, 30 * DAY, 70 * DAY, 800 * DAY]
    words = ["less than an hour", "2 hours", "30 hours", "2 days", "4 weeks", "2 months", "2 years"]
    assert [span_words(span) for span in spans] == words


def test_the_next_look_is_when_the_chance_falls_below_the_threshold(
    truth: Truth, model: ReplyModel
) -> None:
    moment = START + 800 * DAY
    known = truth.waits.known_at(moment)
    history = History.of(known, model.accumulated())
    rows = np.flatnonzero(np.isinf(known.replied_after))[-30:]
    at = next_look_at(model, known, history, rows, threshold=0.1, as_of=moment)
    assert (at >= moment - 1).all()
    finite = np.isfinite(at)
    waited = (at[finite] - known.sent_at[rows[finite]]) / DAY
    said = predict(model, known, history, rows[finite], waited).probability
    assert finite.any()
    assert (said < 0.1).all()


def test_a_stricter_threshold_is_crossed_later(truth: Truth, model: ReplyModel) -> None:
    moment = START + 800 * DAY
    known = truth.waits.known_at(moment)
    history = History.of(known, model.accumulated())
    rows = np.flatnonzero(np.isinf(known.replied_after))[-30:]
    looks = [
        next_look_at(model, known, history, rows, threshold=t, as_of=moment) for t in (0.2, 0.05)
    ]
    assert (looks[0] <= looks[1]).all()


@pytest.mark.parametrize("team", [False, True])
def test_a_stored_model_is_read_back_as_it_was(team: bool) -> None:
    prior = shipped_prior(team=team)
    again = parse_prior(render_prior(prior), team=team)
    assert np.array_equal(again.card.packed(), prior.card.packed())
    assert again.bins.hazard() == pytest.approx(prior.bins.hazard())


def test_the_shipped_hazard_falls_with_the_time_waited() -> None:
    hazard = shipped_prior().bins.hazard()
    assert hazard[0] > 10 * hazard[8] > 10 * hazard[-1]
