"""How far the reply model scales; made-up waits only.

Usage: python -m benchmarks.scale [--large]

Prints, in one run: a fit on 60,000 waits (time and memory), scoring a million open waits (array
time), the sums over ten million waits on DuckDB (a hundred million with --large), and what
lifelines takes for the two models of its own that come nearest. What is not installed is skipped.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from tests.support.simulated_waits import START, Truth, draw_waits

from gonequiet.analysis.silence.fitting import fit
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import ReplyModel, place_facts
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.standing import score_standing, standing_of
from gonequiet.analysis.silence.table_sums import sum_contacts_of_table
from gonequiet.stats.hats import HatRow
from gonequiet.stats.hazard import DAY

AS_OF = START + 10_000 * DAY


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fit_60_000() -> tuple[Truth, ReplyModel]:
    truth = draw_waits(seed=1, waits=60_000, contacts=3_000)
    before = peak_mb()
    began, worked = time.perf_counter(), time.process_time()
    model = fit(truth.waits, prior=shipped_prior(), as_of=AS_OF)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    print(
        f"fit on 60,000 waits: {seconds:.1f} s ({cpu:.1f} s of processor), "
        f"peak {peak_mb():.0f} MB ({before:.0f} before)"
    )
    history = History.of(truth.waits, model.accumulated())
    rows, waited = np.arange(60_000), np.full(60_000, 3.0)
    took = timed(lambda: predict(model, truth.waits, history, rows, waited))
    print(f"facts and probabilities of 60,000 waits from records: {took:.2f} s")
    return truth, model


def score_a_million(model: ReplyModel) -> None:
    rng = np.random.default_rng(2)
    n = 1_000_000
    facts = {spec.name: rng.choice(np.array(spec.knots), 1000) for spec in model.specs}
    some = place_facts(model.specs, facts)
    pick = rng.integers(0, 1000, n)
    columns = tuple(HatRow(c.left[pick], c.share[pick]) for c in some)
    waited = rng.uniform(0.0, 30.0, n)
    began = time.perf_counter()
    standing = standing_of(model, columns)
    first = time.perf_counter() - began
    best = min(timed(lambda: score_standing(model, standing, waited)) for _ in range(5))
    print(f"score 1,000,000 open waits: {best:.3f} s of array time at any moment;")
    print(f"  once, when their facts change, {first:.2f} s to add up {len(columns)} facts each")


def sums_on_duckdb(millions: int) -> None:
    if not find_spec("duckdb") or not find_spec("narwhals"):
        print("sums on DuckDB: skipped, duckdb or narwhals is not installed")
        return
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"""create view waits as select
            (hash(i) % 200000)::bigint as contact,
            1600000000 + (hash(i + 1) % 90000000)::bigint as sent_at,
            1700000000::bigint as observed_until,
            case when hash(i + 2) % 5 = 0 then (hash(i + 3) % 600000)::bigint end
                as replied_after,
            true as covered
            from range({millions * 1_000_000}) as t(i)"""
    )
    connection.execute("set enable_progress_bar = false")
    few = connection.table("waits").limit(1_000)
    sum_contacts_of_table(few, 1_690_000_000.0)  # what is loaded once is not the rows' doing
    before = time.process_time()
    took = timed(lambda: sum_contacts_of_table(connection.table("waits"), 1_690_000_000.0))
    worked = time.process_time() - before
    print(
        f"sums over {millions},000,000 waits on DuckDB: {took:.1f} s, {1e3 * took / millions:.0f} "
        f"ns a row ({1e3 * worked / millions:.0f} of processor), peak {peak_mb():.0f} MB"
    )


def beside_lifelines(truth: Truth) -> None:
    if not find_spec("lifelines"):
        print("lifelines: skipped, it is not installed")
        return
    import pandas as pd  # type: ignore[import-untyped]
    from lifelines import CoxPHFitter, WeibullAFTFitter

    waits = truth.waits
    frame = pd.DataFrame(
        {
            "hours": np.minimum(waits.replied_after, 45 * DAY) / 3600 + 0.01,
            "answered": np.isfinite(waits.replied_after),
            "asks": waits.asks_question.astype(float),
            "chars": np.log1p(waits.new_text_chars),
        }
    )
    for name, model in (("CoxPH", CoxPHFitter()), ("WeibullAFT", WeibullAFTFitter())):
        took = timed(lambda model=model: model.fit(frame, "hours", "answered"))  # type: ignore[misc]
        print(f"lifelines {name}, 2 covariates, no contact effects, 60,000 waits: {took:.1f} s")


def main(arguments: list[str]) -> None:
    truth, model = fit_60_000()
    score_a_million(model)
    for millions in (1, 10, 100) if "--large" in arguments else (1, 10):
        sums_on_duckdb(millions)
    beside_lifelines(truth)


if __name__ == "__main__":
    main(sys.argv[1:])
