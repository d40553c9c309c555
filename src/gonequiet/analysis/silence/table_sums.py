"""Sums per contact and bin of time waited, as one GROUP BY in any engine.

The same numbers come from numpy here and, through narwhals, from Polars, DuckDB or Spark: for
each contact and bin, how many waits were answered in it and how many hours they were under
observation in it. Only the extra `scale` needs narwhals; the embedded default never imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from gonequiet.analysis.silence.waits import Waits
from gonequiet.errors import RequestError
from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.hazard import BINS, EDGES, HOUR, LAST, BinSums

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSums:
    """Events and exposure per contact and bin.

    Attributes:
        contact: the contacts, sorted, shape (n,).
        events: answers, shape (n, BINS).
        exposure: hours under observation, shape (n, BINS).
    """

    contact: Ints
    events: Floats
    exposure: Floats

    def pooled(self) -> BinSums:
        """All contacts together."""
        return BinSums(events=self.events.sum(axis=0), exposure=self.exposure.sum(axis=0))


def sum_contacts(waits: Waits, as_of: float) -> ContactSums:
    """The sums of everything known at a moment, by numpy alone."""
    used = np.flatnonzero(waits.covered & (waits.sent_at <= as_of))
    seen = np.minimum(waits.observed_until, as_of)[used] - waits.sent_at[used]
    seen = np.clip(seen, 0.0, LAST)
    answered = waits.replied_after[used]
    stop = np.minimum(answered, seen)
    contacts, place = np.unique(waits.contact[used], return_inverse=True)
    n = len(contacts)

    def total(amounts: Floats) -> Floats:
        return np.bincount(place, amounts, n).astype(np.float64)

    bins = list(pairwise(EDGES))
    events = [total(_events(answered, seen, low, high)) for low, high in bins]
    exposure = [total(np.clip(stop - low, 0.0, high - low)) / HOUR for low, high in bins]
    return ContactSums(
        contact=contacts, events=np.column_stack(events), exposure=np.column_stack(exposure)
    )


def _events(answered: Floats, seen: Floats, low: float, high: float) -> Floats:
    above = answered > low if low else answered >= 0.0
    return (above & (answered <= high) & (answered <= seen)).astype(np.float64)


def sum_contacts_of_table(table: Any, as_of: float) -> ContactSums:
    """The same sums from a table of any engine narwhals knows, as one GROUP BY.

    Args:
        table: a Polars frame, DuckDB relation or Spark frame with the columns contact, sent_at,
            observed_until, replied_after (null when not answered) and covered.
        as_of: UTC epoch seconds.
    """
    columns = _fetched(group_table(table, as_of))
    order = np.argsort(columns["contact"], kind="stable")

    def bins(kind: str) -> Floats:
        found = [np.asarray(columns[f"{kind}_{k}"], np.float64) for k in range(BINS)]
        return np.column_stack(found)[order]

    return ContactSums(
        contact=np.asarray(columns["contact"], np.int64)[order],
        events=bins("events"),
        exposure=bins("exposure") / HOUR,
    )


def _fetched(grouped: Any) -> dict[str, Any]:
    """The grouped rows as columns, without a detour over Arrow where the engine needs none."""
    native = grouped.to_native()
    if hasattr(native, "fetchnumpy"):  # DuckDB
        return dict(native.fetchnumpy())
    if hasattr(native, "toDF"):  # Spark
        rows = native.collect()
        return {name: np.array([row[name] for row in rows]) for name in native.columns}
    frame = grouped.collect()
    return {name: frame[name].to_numpy() for name in frame.columns}


def group_table(table: Any, as_of: float) -> Any:
    """The GROUP BY itself, lazy: a narwhals frame with a row per contact; exposure in seconds."""
    nw = _narwhals()
    frame = nw.from_native(table).lazy()
    seen = nw.min_horizontal(nw.col("observed_until"), nw.lit(as_of)) - nw.col("sent_at")
    known = frame.filter(nw.col("covered"), nw.col("sent_at") <= as_of).select(
        "contact",
        seen=nw.min_horizontal(seen, nw.lit(LAST)).cast(nw.Float64),
        answered=nw.col("replied_after").cast(nw.Float64),
    )
    stop = nw.min_horizontal(nw.col("answered").fill_null(LAST), nw.col("seen"))
    with_stop = known.with_columns(stop=stop)
    edges = EDGES.tolist()
    sums = [
        aggregate
        for k, (low, high) in enumerate(pairwise(edges))
        for aggregate in (
            _bin_events(nw, low, high).alias(f"events_{k}"),
            _bin_exposure(nw, low, high).alias(f"exposure_{k}"),
        )
    ]
    return with_stop.group_by("contact").agg(*sums)


def _bin_events(nw: ModuleType, low: float, high: float) -> Any:
    answered = nw.col("answered")
    above = answered > low if low else answered >= 0.0
    hit = above & (answered <= high) & (answered <= nw.col("seen"))
    return nw.when(hit).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).sum()


def _bin_exposure(nw: ModuleType, low: float, high: float) -> Any:
    inside = nw.min_horizontal(nw.col("stop"), nw.lit(high)) - low
    return nw.max_horizontal(inside, nw.lit(0.0)).sum()


def _narwhals() -> ModuleType:
    try:
        import narwhals as nw
    except ImportError as error:
        raise RequestError(
            "Sums over tables of other engines need narwhals. "
            "Install it with: pip install 'gonequiet[scale]'."
        ) from error
    return nw
