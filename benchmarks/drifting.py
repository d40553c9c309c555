"""Is "still alive" honest? One more message within 90 days, said at five moments of each table.

Usage: python -m benchmarks.drifting DIR ...
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gonequiet.analysis.drifting import assess_drift, fit_drift
from gonequiet.analysis.silence.waits import Waits
from gonequiet.sources.waiting_tables import read_waiting_tables
from gonequiet.stats.arrays import Flags, Floats, Ints
from gonequiet.stats.asof import EventIndex, dense_codes
from gonequiet.stats.hazard import DAY
from gonequiet.stats.scoring import figures

HORIZON_DAYS = 90.0
SHARES = (0.4, 0.5, 0.6, 0.7, 0.8)


def directions(waits: Waits) -> dict[str, tuple[Ints, Floats]]:
    arrivals = waits.arrivals
    return {
        "inbound": (dense_codes(arrivals.owner, arrivals.contact), arrivals.received_at),
        "outbound": (dense_codes(waits.owner, waits.contact), waits.sent_at),
    }


def said_and_came(group: Ints, moments: Floats, as_of: float) -> tuple[Flags, Floats, Floats]:
    """Outcome, the model's chance, and the rule "silent less than twice the usual gap"."""
    model = fit_drift(group, moments, as_of=as_of, horizon_days=HORIZON_DAYS)
    drift = assess_drift(model, group, moments, as_of=as_of)
    rhythmic = drift.rhythm.repeats >= 2
    index = EventIndex.build(group, moments)
    groups = drift.group[rhythmic]
    now = np.full(len(groups), as_of)
    came = index.count_between(groups, now, now + HORIZON_DAYS * DAY) > 0
    rule = drift.silent_days < 2.0 * drift.usual_gap_days
    return came, drift.next_message[rhythmic], rule[rhythmic].astype(np.float64)


def main(directories: Sequence[str]) -> None:
    for directory in directories:
        waits = read_waiting_tables(directory, team=False)
        for name, (group, moments) in directions(waits).items():
            last = float(moments.max()) - HORIZON_DAYS * DAY
            first = float(moments.min())
            at = [first + share * (last - first) for share in SHARES]
            parts = [said_and_came(group, moments, as_of) for as_of in at]
            came, said, rule = (np.concatenate(column) for column in zip(*parts, strict=True))
            f, g = figures(came, said), figures(came, rule)
            print(
                f"{Path(directory).name:18} {name:9} n {f.n:6} came {f.base:.3f} said "
                f"{said.mean():.3f} AUC {f.auc:.3f} log loss {f.log_loss:.3f} ECE {f.ece:.3f} | "
                f"twice the usual gap: AUC {g.auc:.3f} ECE {g.ece:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
