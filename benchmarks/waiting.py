"""Replays tables of waits and writes predictions for score_predictions.py.

Usage: python -m benchmarks.waiting TABLE_DIR OUT.parquet [--team] [--once] [--answered]
"""

from __future__ import annotations

import sys
import time

from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.app.backtest import replay_waits, report_on
from gonequiet.sources.waiting_tables import read_waiting_tables, save_predictions


def main(arguments: list[str]) -> None:
    directory, out = [a for a in arguments if not a.startswith("--")]
    team = "--team" in arguments
    target = "answered_after" if "--answered" in arguments else "replied_after"
    waits = read_waiting_tables(directory, target, team=team)
    began = time.perf_counter()
    refit = None if "--once" in arguments else 182.0
    replay = replay_waits(waits, prior=shipped_prior(team=team), refit_days=refit)
    save_predictions(replay, out)
    print(f"{time.perf_counter() - began:.1f} s", report_on(replay).pooled)


if __name__ == "__main__":
    main(sys.argv[1:])
