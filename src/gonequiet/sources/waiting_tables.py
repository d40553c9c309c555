"""Reads tables of waits (Parquet) and writes predictions for them.

A directory holds `episodes.parquet`, `inbound.parquet` and, for a team, `activity.parquet`; the
columns are those of `analysis.silence.waits`, with null for what has not happened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gonequiet.analysis.silence.waits import Activity, Arrivals, Waits
from gonequiet.errors import RequestError, SourceError

if TYPE_CHECKING:
    from types import ModuleType

    from gonequiet.app.backtest import Replay

_FLAGS = ("is_reply", "is_forward", "asks_question", "has_request", "covered")
_KEYS = ("message", "owner", "contact")
_NUMBERS = (
    "sent_at",
    "observed_until",
    "n_to",
    "n_cc",
    "new_text_chars",
    "answered_by_other_after",
)
_TARGETS = ("replied_after", "answered_after")


def read_waiting_tables(directory: str, target: str = "replied_after", *, team: bool) -> Waits:
    """Reads the tables of one directory.

    Args:
        directory: holds the Parquet files.
        target: which span counts as the response, `replied_after` or `answered_after`.
        team: read the activity table too.

    Raises:
        RequestError: polars is not installed, or the target is unknown.
        SourceError: a file is missing or is no such table.
    """
    polars = _polars()
    if target not in _TARGETS:
        raise RequestError(f"No target {target!r}. Choose one of: {', '.join(_TARGETS)}.")
    folder = Path(directory)
    episodes = _read(polars, folder / "episodes.parquet")
    inbound = _read(polars, folder / "inbound.parquet")
    activity = _read(polars, folder / "activity.parquet") if team else None
    try:
        return _waits(episodes, inbound, activity, target)
    except KeyError as error:
        raise SourceError(
            f"The tables in {directory} lack the column {error}. "
            "Compare them with the manual's page on backtesting."
        ) from error


def save_predictions(replay: Replay, path: str) -> None:
    """Writes one row per episode and age, as `score_predictions.py` wants them."""
    _polars().DataFrame(
        {
            "message": replay.message,
            "owner": replay.owner,
            "contact": replay.contact,
            "age_days": replay.age_days,
            "reply_probability": replay.stated,
        }
    ).write_parquet(path)


def _polars() -> ModuleType:
    try:
        import polars as pl
    except ImportError as error:
        raise RequestError(
            "Reading tables needs polars. Install it with: pip install 'gonequiet[tables]'."
        ) from error
    return pl


def _read(polars: ModuleType, path: Path) -> dict[str, Any]:
    """The columns of one Parquet file; null spans become infinite."""
    try:
        frame = polars.read_parquet(path)
    except (OSError, polars.exceptions.PolarsError) as error:
        raise SourceError(
            f"Cannot read {path}: it is missing or no Parquet file. Check the directory."
        ) from error
    spans = [name for name in frame.columns if name.endswith("_after")]
    filled = frame.with_columns(polars.col(spans).cast(polars.Float64).fill_null(np.inf))
    return {name: filled[name].to_numpy() for name in filled.columns}


def _floats(column: Any) -> Any:
    return np.asarray(column, np.float64)


def _ints(column: Any) -> Any:
    return np.asarray(column, np.int64)


def _waits(
    episodes: dict[str, Any],
    inbound: dict[str, Any],
    activity: dict[str, Any] | None,
    target: str,
) -> Waits:
    """Columns as the reply model takes them, oldest wait first."""
    order = np.argsort(episodes["sent_at"], kind="stable")
    sorted_ = {name: np.asarray(column)[order] for name, column in episodes.items()}
    columns: dict[str, Any] = {name: _ints(sorted_[name]) for name in _KEYS}
    columns |= {name: _floats(sorted_[name]) for name in _NUMBERS}
    columns |= {name: sorted_[name].astype(np.bool_) for name in _FLAGS}
    return Waits(
        **columns,
        replied_after=_floats(sorted_[target]),
        arrivals=Arrivals(
            owner=_ints(inbound["owner"]),
            contact=_ints(inbound["contact"]),
            received_at=_floats(inbound["received_at"]),
        ),
        activity=None
        if activity is None
        else Activity(contact=_ints(activity["contact"]), sent_at=_floats(activity["sent_at"])),
    )
