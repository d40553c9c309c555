"""`gonequiet promises`: what both sides undertook, what is due, and what became of it."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, Shared, asked_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_doubts,
    print_indented,
    print_json,
    progress_to_stderr,
)
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.promise_list import ListedPromise, PromiseReport, Quoted
    from gonequiet.wiring import Office

_VERDICTS = ("confirm", "reject", "kept", "lapsed", "withdraw", "open", "due")


def promises(
    about: str | None = None,
    which: str | None = None,
    on: str | None = None,
    *,
    side: Literal["mine", "theirs"] | None = None,
    state: Annotated[
        list[Literal["open", "kept", "lapsed", "withdrawn"]] | None, Parameter(negative=())
    ] = None,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """List what you and your contacts promised each other: due, overdue, kept.

    Each stands with its words, its message and its date. What was hedged or
    conditional is only proposed: 'promises review' asks you about it. Say what
    you know better: confirm, reject, kept, lapsed, withdraw, open or due, each
    with the promise's id. Your word is kept for ever; 'undo' takes it back.
    Exits with 1 when a promise of yours is overdue, or when it may be otherwise.

    For example:
        gonequiet promises --side mine
        gonequiet promises "Jane Doe" --state kept --state lapsed
        gonequiet promises review
        gonequiet promises kept 3f9c
        gonequiet promises due 3f9c 2026-05-01

    Args:
        about: A contact, by name or address; or review; or a verdict.
        which: The id of the promise a verdict is about, or the beginning of it.
        on: The day, for "due".
        side: Only your promises, or only theirs.
        state: Only those in this state; may be given several times.
        all_: List old ones as well.
    """
    from gonequiet.wiring import now

    shared = shared or Judging()
    desk = office(shared.db)
    as_of = asked_at(shared.as_of, desk, now())
    if about == "review" and which is None:
        return _review(desk, as_of=as_of, everything=all_, as_json=shared.json)
    if about in _VERDICTS and (which is not None or about != "open"):
        return _judge(desk, about, which, on, as_json=shared.json)
    report = desk.promises(about, side=side, states=state or (), everything=all_, as_of=as_of)
    doubts = desk.doubts(as_of=as_of)
    if shared.json:
        print_json(_report_as_json(report))
    else:
        print_report(report, only=side)
    print_doubts(doubts, heading="This may be otherwise:", aside=shared.json)
    return ACT if doubts or report.counts["mine"]["overdue"] else FINE


def read(
    *,
    workers: Annotated[int | None, Parameter(validator=validators.Number(gte=1))] = None,
    shared: Shared | None = None,
) -> int:
    """Read what messages say: promises, requests, hedges. An import does this at its end.

    It goes on where it stopped, and reads everything again after an update
    that reads better.

    For example:
        gonequiet read

    Args:
        workers: How many processes read; by default one for each processor.
    """
    shared = shared or Shared()
    done = office(shared.db).read_words(progress=progress_to_stderr(), workers=workers)
    if shared.json:
        print_json({"messages": done})
    else:
        console().print(f"{plural(done, 'message')} read.")
    return FINE


def _judge(
    desk: Office, verdict: str | None, which: str | None, on: str | None, *, as_json: bool
) -> int:
    if which is None:
        raise RequestError(
            f"Say which: gonequiet promises {verdict} ID. 'gonequiet promises' lists them."
        )
    key = desk.judge_promise(which, str(verdict), due_on=_day(on))
    if as_json:
        print_json({"promise": key, "said": verdict, "due_on": on})
    else:
        console().print(f"Noted: promise {key[:8]} - {verdict}{f' {on}' if on else ''}.")
    return FINE


def _day(on: str | None) -> date | None:
    if on is None:
        return None
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise RequestError(f"'{on}' is not a day. Write it as 2026-05-01.") from None


# --- listing -----------------------------------------------------------------------------------


def print_report(report: PromiseReport, *, only: str | None = None) -> None:
    """Prints the ledger, one side after the other; of the side asked for alone, if one was."""
    out = console()
    out.print(f"Promises, as of {day(report.as_of)}", style="bold")
    for side, title in (("mine", "Yours"), ("theirs", "Theirs")):
        if only not in (None, side):
            continue  # the other side was not counted, and has not promised nothing
        listed = [one for one in report.listed if one.side == side]
        out.print(f"\n{title}: {counted_text(report.counts[side])}", style="bold")
        for one in listed:
            print_promise(one)
    out.print()
    if report.left_out:
        out.print(f"{plural(report.left_out, 'older one')} not listed; --all lists them.")
    if report.proposed:
        out.print(f"{report.proposed:,} more may be meant: 'gonequiet promises review' asks.")


def counted_text(counts: dict[str, int]) -> str:
    """Returns how many promises of one side stand where, in words."""
    open_ = f"{counts['open']:,} open"
    named = (("overdue", "overdue"), ("not_known", "not known"))
    listed = ", ".join(f"{counts[key]:,} {words}" for key, words in named if counts[key])
    of_these = f" ({listed})" if listed else ""
    return f"{open_}{of_these}, {counts['kept']:,} kept, {counts['lapsed']:,} lapsed"


def print_promise(one: ListedPromise) -> None:
    """Prints one promise: its day, who, the words, and what became of it."""
    out = console()
    names = ", ".join(literal(name) for name, _ in one.contacts)
    style = "bold yellow" if one.is_overdue else "bold"
    out.print(f"\n  {one.key[:8]}  {_when(one)}  {names}", style=style)
    print_indented(f'"{literal(one.said.words)}"', 12)
    subject = literal(one.subject) or "(no subject)"
    print_indented(f"said {day(one.said.at)}{_of_whom(one)} in {subject}", 12, "dim")
    if one.because:
        print_indented(_became(one), 12, "dim")
    if one.is_unseen:
        print_indented("your records end before that day", 12, "dim")
    if one.standing == "proposed":
        print_indented(f"not sure: {_doubt(one.rule)}", 12, "dim")


def _of_whom(one: ListedPromise) -> str:
    """Says who said it, where it was said of somebody else: their side answers for it."""
    if not one.rule.startswith("colleague"):
        return ""
    if one.side == "mine":
        return " by you, of somebody named,"
    names = " and ".join(literal(name) for name, _ in one.contacts)
    return f" by {names}, of somebody named,"


def _when(one: ListedPromise) -> str:
    if one.state != "open":
        return one.state
    if one.due_on is None:
        return "no day named"
    if one.is_unseen:
        return f"not known: due {one.due_on:%d %b %Y}"
    return f"{'overdue since' if one.is_overdue else 'due'} {one.due_on:%d %b %Y}"


def _became(one: ListedPromise) -> str:
    if one.shown is None or one.shown.message is None:
        return f"{one.state}: {one.because}"
    words = f': "{literal(one.shown.words)}"' if one.shown.words else ""
    return f"{one.state} {day(one.shown.at)}, {one.because}{words}"


def _doubt(rule: str) -> str:
    return literal(rule.partition(": ")[2]) or "you were only copied in"


# --- review ------------------------------------------------------------------------------------


def _review(desk: Office, *, as_of: int, everything: bool, as_json: bool) -> int:
    found = desk.proposed_promises(as_of=as_of, everything=everything)
    if as_json:
        print_json([promise_as_json(one) for one in found])
        return FINE
    out = console()
    if not found:
        out.print("Nothing to ask about.")
        return FINE
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    for one in found:
        print_promise(one)
        if is_asked and not _ask(desk, one):
            return FINE
    if not is_asked:
        out.print(
            f"\n{plural(len(found), 'promise')} proposed. Say 'gonequiet promises confirm ID' or "
            "'reject ID'; in a terminal you are asked one by one."
        )
    return FINE


def _ask(desk: Office, one: ListedPromise) -> bool:
    """Asks about one; returns False when the owner has had enough."""
    try:
        answer = input("            A promise? y / n / s(kip) / q(uit): ").strip().lower()[:1]
    except (EOFError, KeyboardInterrupt):
        return False
    if answer in {"y", "n"}:
        desk.judge_promise(one.key, "confirm" if answer == "y" else "reject", due_on=None)
    return answer != "q"


# --- JSON --------------------------------------------------------------------------------------


def _report_as_json(report: PromiseReport) -> dict[str, object]:
    return {
        "as_of": iso(report.as_of),
        "promises": [promise_as_json(one) for one in report.listed],
        "counts": report.counts,
        "proposed": report.proposed,
        "left_out": report.left_out,
    }


def promise_as_json(one: ListedPromise) -> dict[str, object]:
    """Returns a promise as JSON can hold it."""
    told = one._asdict()
    del told["thread"]  # its number says nothing outside this database
    return {
        **told,
        "contacts": [{"name": name, "key": key} for name, key in one.contacts],
        "due_on": None if one.due_on is None else one.due_on.isoformat(),
        "said": _quoted_as_json(one.said),
        "shown": None if one.shown is None else _quoted_as_json(one.shown),
    }


def _quoted_as_json(quoted: Quoted) -> dict[str, object]:
    return {**quoted._asdict(), "at": iso(quoted.at)}
