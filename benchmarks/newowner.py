"""What a brand-new owner sees: one owner's mail alone, after so many sent messages.

Usage: python -m benchmarks.newowner DIR ...

Each table in turn is cut into single owners. For each, the model knows only the owner's own first
n waits and arrivals, and priors fitted on the other tables; it then speaks of the next 100 waits.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.priors import fit_prior, lessons_of
from gonequiet.analysis.silence.fitting import fit, settled_rows, update
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import ReplyModel
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.waits import Waits
from gonequiet.app.backtest import Learner
from gonequiet.sources.waiting_tables import read_waiting_tables
from gonequiet.stats.arrays import Flags, Floats
from gonequiet.stats.hazard import DAY
from gonequiet.stats.scoring import figures

AGES = (1.0, 3.0, 7.0, 14.0)
LATER = 100
MOST_OWNERS = 25


def only_owner(waits: Waits, owner: int) -> Waits:
    """The records as this owner alone has them."""
    arrivals = waits.arrivals
    mine = arrivals.owner == owner
    kept = replace(
        arrivals,
        owner=arrivals.owner[mine],
        contact=arrivals.contact[mine],
        received_at=arrivals.received_at[mine],
    )
    return replace(waits.take((waits.owner == owner) & waits.covered), arrivals=kept, activity=None)


def said_of_next(
    waits: Waits, prior: ReplyModel, learn: Learner, known: int
) -> tuple[Flags, Floats]:
    """Outcomes and statements on the waits after the first `known`, learned 30 days later."""
    as_of = float(waits.sent_at[known - 1])
    model = learn(waits, prior=prior, as_of=as_of)
    history = History.of(waits, model.accumulated())
    came, said = [], []
    for age in AGES:
        rows = settled_rows(waits, age, np.inf)
        rows = rows[(rows >= known) & (rows < known + LATER)]
        chance = predict(model, waits, history, rows, np.full(len(rows), age)).probability
        said.append(chance)
        came.append(waits.replied_after[rows] <= (age + 30) * DAY)
    return np.concatenate(came), np.concatenate(said)


def main(directories: Sequence[str]) -> None:
    lessons = {d: lessons_of(d, team=False) for d in directories}
    for target in directories:
        prior = fit_prior([lessons[d] for d in directories if d != target], team=False)
        waits = read_waiting_tables(target, team=False)
        owners, counts = np.unique(waits.owner[waits.covered], return_counts=True)
        large = owners[np.argsort(-counts, kind="stable")][:MOST_OWNERS]
        for known in (50, 200):
            for name, learn in (("sums", update), ("fit", fit)):
                mine = [only_owner(waits, int(owner)) for owner in large]
                parts = [said_of_next(w, prior, learn, known) for w in mine if len(w) > known + 50]
                came, said = (np.concatenate(p) for p in zip(*parts, strict=True))
                f = figures(came, said)
                print(
                    f"{Path(target).name:18} {known:4} sent, {name:4} owners {len(parts):3} "
                    f"n {f.n:6} came {f.base:.3f} said {said.mean():.3f} AUC {f.auc:.3f} "
                    f"log loss {f.log_loss:.4f} ECE {f.ece:.4f}",
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1:])
