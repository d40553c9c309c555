"""Sums per contact and bin are the same in every engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from gonequiet.analysis.silence.table_sums import (
    ContactSums,
    sum_contacts,
    sum_contacts_of_table,
)
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.hazard import DAY, BinSums
from tests.support.simulated_waits import START, draw_waits

AS_OF = START + 500 * DAY
WAITS = draw_waits(seed=21, waits=2000, contacts=40).waits


def table_of(waits: Waits) -> pl.DataFrame:
    answered = np.where(np.isfinite(waits.replied_after), waits.replied_after, -1.0)
    return pl.DataFrame(
        {
            "contact": waits.contact,
            "sent_at": waits.sent_at.astype(np.int64),
            "observed_until": waits.observed_until.astype(np.int64),
            "replied_after": pl.Series(answered.astype(np.int64)).replace(-1, None),
            "covered": waits.covered,
        }
    )


def rounded(waits: Waits) -> Waits:
    """Whole seconds, as tables hold them."""
    table = table_of(waits)
    return replace(
        waits,
        sent_at=table["sent_at"].cast(pl.Float64).to_numpy(),
        observed_until=table["observed_until"].cast(pl.Float64).to_numpy(),
    )


def polars_frame() -> Any:
    return table_of(WAITS)


def polars_lazy() -> Any:
    return table_of(WAITS).lazy()


def duckdb_relation() -> Any:
    table = table_of(WAITS)
    connection = duckdb.connect()
    lists = ", ".join(f"unnest(?) as {name}" for name in table.columns)
    columns = [table[name].to_list() for name in table.columns]
    connection.execute(f"create table waits as select {lists}", columns)
    return connection.table("waits")


def spark_frame() -> Any:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is an extra")
    session = sql.SparkSession.builder.master("local[1]").getOrCreate()
    table = table_of(WAITS)
    return session.createDataFrame(table.rows(), table.columns)


@pytest.mark.parametrize("engine", [polars_frame, polars_lazy, duckdb_relation, spark_frame])
def test_every_engine_gives_the_numbers_of_the_embedded_default(engine: Any) -> None:
    here = sum_contacts(rounded(WAITS), AS_OF)
    there = sum_contacts_of_table(engine(), AS_OF)
    assert here.contact.tolist() == there.contact.tolist()
    assert there.events == pytest.approx(here.events, abs=1e-9)
    assert there.exposure == pytest.approx(here.exposure, abs=1e-9, rel=1e-12)


def test_all_contacts_together_are_the_pooled_sums() -> None:
    known = WAITS.sent_at <= AS_OF
    seen = np.minimum(WAITS.observed_until, AS_OF) - WAITS.sent_at
    whole = BinSums.of(WAITS.replied_after[known], seen[known])
    pooled: ContactSums = sum_contacts(WAITS, AS_OF)
    assert pooled.pooled().events == pytest.approx(whole.events)
    assert pooled.pooled().exposure == pytest.approx(whole.exposure)
