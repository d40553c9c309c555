"""BG/NBD against integration, its paper, and simulated exchanges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gonequiet.stats.bgnbd import (
    BgNbd,
    Rhythm,
    chance_alive,
    chance_of_message,
    fit_bgnbd,
    log_likelihood,
)

CDNOW = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)  # Fader, Hardie and Lee 2005, table 2


def one(x: float, t_x: float, seen: float) -> Rhythm:
    columns = np.array([x, t_x, seen], np.float64)[:, None]
    return Rhythm(repeats=columns[0], last=columns[1], seen=columns[2])


@pytest.mark.parametrize(("x", "t_x", "seen"), [(0, 0, 20), (1, 3, 20), (2, 30.43, 38.86)])
def test_the_likelihood_is_the_integral_over_rates_and_chances_to_stop(
    x: int, t_x: float, seen: float
) -> None:
    middles = (np.arange(1500) + 0.5) / 1500
    lam = stats.gamma(CDNOW.r, scale=1 / CDNOW.alpha).ppf(middles)[:, None]
    p = stats.beta(CDNOW.a, CDNOW.b).ppf(middles)[None, :]
    alive = (1 - p) ** x * lam**x * np.exp(-lam * seen)
    gone = p * (1 - p) ** (x - 1) * lam**x * np.exp(-lam * t_x) if x else 0.0
    mine = float(np.exp(log_likelihood(CDNOW, one(x, t_x, seen))[0]))
    assert mine == pytest.approx(float((alive + gone).mean()), rel=0.01)


def test_the_chance_to_be_alive_is_that_of_bayes() -> None:
    said = chance_alive(CDNOW, one(2, 30.43, 38.86))[0]
    stays = CDNOW.b + 1
    ratio = ((CDNOW.alpha + 38.86) / (CDNOW.alpha + 30.43)) ** (CDNOW.r + 2)
    assert said == pytest.approx(1 / (1 + CDNOW.a / stays * ratio))


def test_silence_lowers_the_chance_to_be_alive() -> None:
    seen = np.linspace(10.0, 200.0, 40)
    said = chance_alive(CDNOW, Rhythm(repeats=np.full(40, 5.0), last=np.full(40, 10.0), seen=seen))
    assert (np.diff(said) < 0).all()
    assert ((said > 0) & (said <= 1)).all()


def test_the_same_silence_is_worse_news_from_a_frequent_writer() -> None:
    few, many = (chance_alive(CDNOW, one(x, 50.0, 80.0))[0] for x in (2, 30))
    assert many < few


def test_a_message_is_never_likelier_than_being_alive() -> None:
    rhythm = Rhythm(repeats=np.arange(8.0), last=np.arange(8.0), seen=np.full(8, 30.0))
    for horizon in (1.0, 100.0):
        chance = chance_of_message(CDNOW, rhythm, horizon)
        assert (chance <= chance_alive(CDNOW, rhythm)).all()


def draw(model: BgNbd, n: int, seen: float, after: float) -> tuple[Rhythm, np.ndarray]:
    """Exchanges drawn from the model, and whether each went on within `after`."""
    rng = np.random.default_rng(9)
    rates = rng.gamma(model.r, 1 / model.alpha, n)
    stops = rng.beta(model.a, model.b, n)
    repeats, last, came = np.zeros(n), np.zeros(n), np.zeros(n, np.bool_)
    for k in range(n):
        t = rng.exponential(1 / rates[k])
        while t < seen + after:
            if t > seen:
                came[k] = True
                break
            repeats[k], last[k] = repeats[k] + 1, t
            if rng.random() < stops[k]:
                break
            t += rng.exponential(1 / rates[k])
    return Rhythm(repeats=repeats, last=last, seen=np.full(n, seen)), came


def test_known_parameters_are_found_again_and_their_statements_are_honest() -> None:
    truth = BgNbd(r=0.8, alpha=10.0, a=1.0, b=3.0)
    rhythm, came = draw(truth, 6000, 100.0, 30.0)
    fitted = fit_bgnbd(rhythm, ridge=0.0)
    assert fitted.r == pytest.approx(truth.r, rel=0.15)
    assert fitted.alpha == pytest.approx(truth.alpha, rel=0.2)
    assert fitted.a / (fitted.a + fitted.b) == pytest.approx(0.25, abs=0.05)
    said = chance_of_message(fitted, rhythm, 30.0)
    for part in np.array_split(np.argsort(said, kind="stable"), 6):
        assert said[part].mean() == pytest.approx(came[part].mean(), abs=0.05)


def test_without_exchanges_a_usable_default_comes_out() -> None:
    nothing = Rhythm(repeats=np.zeros(0), last=np.zeros(0), seen=np.zeros(0))
    assert fit_bgnbd(nothing) == BgNbd(r=1.0, alpha=1.0, a=1.0, b=1.0)
