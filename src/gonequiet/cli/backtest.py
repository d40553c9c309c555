"""`gonequiet backtest`: were the probabilities right?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, moment_of
from gonequiet.cli.printing import FINE, console, plural, print_json, progress_to_stderr
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.backtest import BacktestReport
    from gonequiet.stats.scoring import Figures


def backtest(
    *,
    waiting: Path | None = None,
    target: Literal["replied_after", "answered_after"] = "replied_after",
    out: Path | None = None,
    team: Annotated[bool, Parameter(negative=())] = False,
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

        report = desk.backtest(as_of=moment_of(shared.as_of, now()))
    else:
        if out is None:
            raise RequestError("Say where the predictions go: --out predictions.parquet.")
        report = desk.backtest_tables(waiting, target, out, team=team)
    if shared.json:
        print_json(_as_json(report))
    else:
        _print(report)
    return FINE


def _as_json(report: BacktestReport) -> dict[str, object]:
    value = asdict(report)
    value["by_age"] = [{"age_days": age, **asdict(one)} for age, one in report.by_age]
    return value


def _print(report: BacktestReport) -> None:
    out = console()
    out.print("What was said, and what came true", style="bold")
    if not report.pooled.n:
        out.print("There is too little settled mail to hold anything against.")
        return
    for band in report.bands:
        bar = "#" * round(30 * band.happened)
        out.print(
            f"  said {band.low:4.0%} to {band.high:4.0%}  {band.n:7,} times  "
            f"mean {band.said:6.1%}  came true {band.happened:6.1%}  {bar}"
        )
    out.print()
    out.print("  silence          n   AUC  Brier  log loss    ECE", style="dim")
    for age, found in report.by_age:
        out.print(f"  {age:4.0f} days {_figures(found)}")
    out.print(f"  pooled    {_figures(report.pooled)}")
    out.print(f"  new people{_figures(report.cold)}")
    out.print(
        f"\n{plural(report.pooled.n, 'statement')} after a day or more of silence; new people "
        "are contacts with fewer than three earlier waits.",
        style="dim",
    )


def _figures(found: Figures) -> str:
    if not found.n:
        return f"{0:9,}"
    return (
        f"{found.n:9,}  {found.auc:.3f}  {found.brier:.3f}  {found.log_loss:8.4f}  {found.ece:.4f}"
    )
