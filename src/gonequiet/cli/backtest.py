"""`gonequiet backtest`: were the probabilities right?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import (
    FINE,
    console,
    plural,
    print_indented,
    print_json,
    progress_to_stderr,
)
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.backtest_costs import Costs
    from gonequiet.app.replaying import Backtested
    from gonequiet.stats.scoring import Figures


def backtest(
    *,
    waiting: Path | None = None,
    target: Literal["replied_after", "answered_after"] = "replied_after",
    out: Path | None = None,
    team: Annotated[bool, Parameter(negative=())] = False,
    svg: Path | None = None,
    false_alarms: Annotated[float | None, Parameter(validator=validators.Number(gte=0))] = None,
    shared: Judging | None = None,
) -> int:
    """Replay your own mail: what was said at each moment, and what came of it.

    The first 70 % of your waits are only learned from; then, at each later wait
    and after 0, 1, 3, 7 and 14 days of silence, a probability is stated from what
    was known then, and held against what happened.

    For example:
        gonequiet backtest
        gonequiet backtest --waiting tables/vendor-list --out predictions.parquet

    Args:
        waiting: Replay tables of waits (episodes.parquet, inbound.parquet) instead.
        target: What the tables' outcome is.
        out: Where the predictions on tables go (Parquet).
        svg: File for the reliability picture.
        false_alarms: Name the threshold with at most so many false alarms a month.
        team: Let the tables' activity of contacts count, as a whole team sees it.
    """
    shared = shared or Judging()
    desk = office(shared.db)
    progress = progress_to_stderr()
    progress("replaying", 0, None)
    if waiting is None:
        if out is not None or team or target != "replied_after":
            raise RequestError("--out, --team and --target go with --waiting DIR only.")
        from gonequiet.wiring import now

        found = desk.backtest(as_of=asked_at(shared.as_of, desk, now()), false_alarms=false_alarms)
    else:
        if out is None:
            raise RequestError("Say where the predictions go: --out predictions.parquet.")
        found = desk.backtest_tables(waiting, target, out, team=team, false_alarms=false_alarms)
    if svg is not None:
        desk.write_lines([found.picture.rstrip()], svg)
    if shared.json:
        print_json(_as_json(found))
    else:
        _print(found)
    return FINE


def _as_json(found: Backtested) -> dict[str, object]:
    value = asdict(found)
    value["report"]["by_age"] = [
        {"age_days": age, **asdict(one)} for age, one in found.report.by_age
    ]
    del value["picture"]
    return value


def _print(found: Backtested) -> None:
    from gonequiet.analysis.silence.picture import render_reliability_text

    out, report = console(), found.report
    out.print("What was said, and what came true", style="bold")
    if not report.pooled.n:
        out.print("There is too little settled mail to hold anything against.")
        return
    out.print(render_reliability_text(report.bands))
    out.print("\n  silence               n    AUC  Brier  log loss     ECE", style="dim")
    for age, one in report.by_age:
        out.print(_row(f"{age:.0f} days", one))
    out.print(_row("pooled", report.pooled))
    out.print(_row("new people", report.cold))
    out.print("  what is usually done instead", style="dim")
    for name, one in found.rules.items():
        out.print(_row(name, one))
    out.print()
    print_indented(_told(found.costs), 2)
    if found.wanted is not None:
        print_indented(f"To keep to the rate you named: {_told(found.wanted)}", 2)
    words = f"{plural(report.pooled.n, 'statement')} after a day or more of silence; new people "
    print_indented(words + "are contacts with fewer than three earlier waits.", 2, "dim")


def _row(name: str, found: Figures) -> str:
    if not found.n:
        return f"  {name:24}{0:9,}"
    return (
        f"  {name:16}{found.n:8,}  {found.auc:.3f}  {found.brier:.3f}  {found.log_loss:8.4f}  "
        f"{found.ece:.4f}"
    )


def _told(costs: Costs) -> str:
    return (
        f"With the threshold at {costs.threshold:.0%}, {costs.called:.0%} of these waits would "
        f"have been called quiet, {costs.false_alarms_per_month:.1f} a month of them wrongly, and "
        f"{costs.missed:.0%} of the real silences never."
    )
