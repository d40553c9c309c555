"""Tables of waits, read for a replay, and the predictions written beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gonequiet.analysis.silence.fitting import update
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.waits import Waits
from gonequiet.app.backtest import replay_waits
from gonequiet.errors import RequestError, SourceError
from gonequiet.sources.waiting_tables import read_waiting_tables, save_predictions
from tests.support.simulated_waits import draw_waits

WAITS = draw_waits(seed=31, waits=1500, contacts=60).waits


def write_tables(folder: Path, waits: Waits) -> None:
    names = ("message", "owner", "contact", "is_reply", "is_forward", "asks_question")
    columns = {name: getattr(waits, name) for name in (*names, "has_request", "covered")}
    spans = {
        name: pl.Series([None if np.isinf(v) else int(v) for v in span], dtype=pl.Int64)
        for name, span in (
            ("replied_after", waits.replied_after),
            ("answered_after", waits.replied_after),
            ("answered_by_other_after", waits.answered_by_other_after),
        )
    }
    numbers = ("sent_at", "observed_until", "n_to", "n_cc", "new_text_chars")
    whole = {name: getattr(waits, name).astype(np.int64) for name in numbers}
    pl.DataFrame(columns | whole | spans).write_parquet(folder / "episodes.parquet")
    arrivals = waits.arrivals
    pl.DataFrame(
        {
            "owner": arrivals.owner,
            "contact": arrivals.contact,
            "received_at": arrivals.received_at.astype(np.int64),
        }
    ).write_parquet(folder / "inbound.parquet")


def test_tables_are_read_and_predictions_written(tmp_path: Path) -> None:
    write_tables(tmp_path, WAITS)
    waits = read_waiting_tables(str(tmp_path), team=False)
    assert len(waits) == len(WAITS)
    assert np.array_equal(np.isinf(waits.replied_after), np.isinf(WAITS.replied_after))
    out = tmp_path / "said.parquet"
    save_predictions(replay_waits(waits, prior=shipped_prior(), learn=update), str(out))
    said = pl.read_parquet(out)
    wanted = ["message", "owner", "contact", "age_days", "reply_probability"]
    assert said.columns == wanted
    assert said.select(wanted[:4]).is_duplicated().sum() == 0


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Check the directory"):
        read_waiting_tables(str(tmp_path), team=False)
    with pytest.raises(RequestError, match="Choose one of"):
        read_waiting_tables(str(tmp_path), "liked_after", team=False)
    write_tables(tmp_path, WAITS)
    pl.read_parquet(tmp_path / "episodes.parquet").drop("n_to").write_parquet(
        tmp_path / "episodes.parquet"
    )
    with pytest.raises(SourceError, match="n_to"):
        read_waiting_tables(str(tmp_path), team=False)
