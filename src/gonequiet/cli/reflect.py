"""`gonequiet reflect`: looking back on an exchange, as a calm colleague would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import (
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_indented,
    print_json,
)
from gonequiet.cli.quiet import percent
from gonequiet.cli.workplaces import move_lines, workplace_as_json

if TYPE_CHECKING:
    from gonequiet.analysis.reflection.balance import Balance, Side
    from gonequiet.analysis.reflection.excuses import ExcuseFound
    from gonequiet.analysis.reflection.questions import Asked
    from gonequiet.analysis.reflection.turning import TurningPoint
    from gonequiet.analysis.reflection.weighing import Vote
    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.reflecting import Reflection

LISTED = 6
PEOPLE = 6
QUESTIONS = 5
QUOTED = 160


def reflect(
    which: str,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Look back on a contact or engagement: what speaks for commitment, what against.

    Every sign is quoted with its date and its id; 'gonequiet overrule ID' says
    that one does not count. Says also what else may explain a silence.

    For example:
        gonequiet reflect "Dana Reyes"
        gonequiet reflect dana@halden.example --all
        gonequiet reflect "Thurrock site"

    Args:
        which: A contact's name, part of it, or address; or an engagement's name or key.
        all_: Every sign and every question, not only the strongest.
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    desk = office(shared.db)
    found = desk.reflect(which, as_of=asked_at(shared.as_of, desk, now()))
    here = desk.workplaces([one.key for one in found.cards], as_of=found.as_of)
    if shared.json:
        own = workplace_as_json(here.get(found.card.key))
        print_json(as_json(found) | {"workplace": own})
    else:
        print_reflection(found, everything=all_)
        for card in found.cards:
            _print_elsewhere(card.name, here.get(card.key))
    return FINE


def _print_elsewhere(name: str, here: Workplace | None) -> None:
    """Prints what shows that somebody may be elsewhere now: that, too, may explain a silence."""
    lines = [*move_lines(here)]
    if lines:
        console().print(f"\n{literal(name)} may be elsewhere now", style="bold")
    for line in lines:
        print_indented(line, 2)


def _turning_as_json(turning: TurningPoint | None) -> dict[str, object] | None:
    if turning is None:
        return None
    moments = ("at", "earliest_at", "latest_at")
    return turning._asdict() | {name: iso(getattr(turning, name)) for name in moments}


def as_json(found: Reflection) -> dict[str, object]:
    """Returns everything that was found, with message ids, as JSON can hold it."""
    from dataclasses import asdict

    return {
        "as_of": iso(found.as_of),
        "card": asdict(found.card),
        "engagement": None
        if found.business is None
        else {"key": found.business.key, "name": found.business.name},
        "contacts": [one.key for one in found.cards],
        "first_at": iso(found.first_at),
        "last_at": iso(found.last_at),
        "letters": found.letters,
        "verdict": found.statement.verdict.value,
        "sentence": sentence(found),
        "share_for_commitment": found.statement.share,
        "interval_90": found.statement.interval_90,
        "chance_ambivalent": found.statement.chance_ambivalent,
        "signs": [_vote_as_json(one) for one in found.statement.votes],
        "turning_point": _turning_as_json(found.turning),
        "balance": {
            "theirs": found.balance.theirs._asdict(),
            "owners": found.balance.owners._asdict(),
            "people": [
                {**one._asdict(), "from_at": iso(one.from_at)} for one in found.balance.people
            ],
        },
        "unanswered": [_asked_as_json(one) for one in found.unanswered],
        "other_explanations": [
            {
                **one._asdict(),
                "at": iso(one.at),
                "until_on": one.until_on and one.until_on.isoformat(),
            }
            for one in found.excuses
        ],
        "base_rate": None if found.base_rate is None else found.base_rate._asdict(),
    }


def _vote_as_json(vote: Vote) -> dict[str, object]:
    one = vote.evidence
    return {
        **one._asdict(),
        "at": iso(one.at),
        "speaks_for": "commitment" if one.speaks_for else "ambivalence",
        "votes": round(vote.votes, 4),
        "log_odds": round(vote.log_odds, 4),
    }


def _asked_as_json(one: Asked) -> dict[str, object]:
    return {
        "at": iso(one.turn.at),
        "message": one.turn.message,
        "message_id": one.turn.message_id,
        "quote": one.quote,
        "outcome": one.outcome.value,
        "reply": None if one.reply is None else one.reply.message_id,
    }


_LEANS = {
    "committed": "The records speak for commitment",
    "leaning_committed": "Leaning committed",
    "unclear": "Mixed",
    "leaning_ambivalent": "Leaning ambivalent",
    "ambivalent": "The records speak for ambivalence",
}


def sentence(found: Reflection) -> str:
    """Returns what the evidence comes to, in a sentence."""
    counted = [one for one in found.statement.votes if one.votes > 0]
    for_ = sum(one.evidence.speaks_for for one in counted)
    against = len(counted) - for_
    if not counted:
        return "The records hold no sign either way."
    leans = _LEANS[found.statement.verdict.value]
    if found.statement.verdict.value == "unclear":
        weight = sum(one.votes for one in counted)
        leans = "Mixed" if weight >= 3 else "Too little to say"
    return (
        f"{leans}: {plural(for_, 'sign')} of commitment, {plural(against, 'sign')} of holding back."
    )


def print_reflection(found: Reflection, *, everything: bool) -> None:
    """Prints what was found, as a note."""
    out = console()
    organisation = literal(found.card.organisation)
    if found.business is None:
        out.print(f"Looking back on the exchange with {literal(found.card.name)}", style="bold")
    else:
        key = found.business.key
        out.print(f"Looking back on {literal(found.business.name)} ({key})", style="bold")
        people = ", ".join(literal(card.name) for card in found.cards[:PEOPLE])
        more = len(found.cards) - PEOPLE
        print_indented(f"with {people}{f' and {more:,} more' if more > 0 else ''}", 2, "dim")
    where = f"{organisation}, " if organisation else ""
    since = f" since {day(found.first_at)}, the last {day(found.last_at)}" if found.first_at else ""
    print_indented(f"{where}{plural(found.letters, 'letter')}{since}", 2, "dim")
    out.print()
    _print_statement(found)
    for title, speaks_for in (("For commitment", True), ("For holding back", False)):
        _print_side(title, found, everything=everything, speaks_for=speaks_for)
    _print_turning(found.turning)
    _print_balance(found.balance, everything=everything)
    _print_questions(found.unanswered, everything=everything)
    _print_doubts(found)
    _print_overruled(found)


def _print_statement(found: Reflection) -> None:
    console().print(f"  {sentence(found)}", style="bold cyan")
    if not any(one.votes > 0 for one in found.statement.votes):
        return
    low, high = found.statement.interval_90
    print_indented(
        f"By weight {percent(found.statement.share)} of it speaks for commitment "
        f"(90 % interval {percent(low)} to {percent(high)}). This is what the letters show, "
        "not what anybody thinks.",
        2,
    )


SAYS = {
    "promise_kept": "kept a promise",
    "date_proposed": "named a day",
    "meeting_held": "met",
    "brought_in": "brought in",
    "signed": "signed or paid",
    "effort": "took trouble",
    "effort_matched": "wrote as much",
    "answered": "took up",
    "hedge": "held back",
    "deferral": "put off",
    "rescheduled": "moved, missed",
    "question_unanswered": "left open",
    "promise_lapsed": "lapsed",
    "shrinking": "shorter letters",
    "slowing": "slower replies",
    "fewer_people": "fewer people",
}
"""What a sign shows, in two or three words, by its kind."""


def _print_side(title: str, found: Reflection, *, everything: bool, speaks_for: bool) -> None:
    votes = [
        one
        for one in found.statement.votes
        if one.evidence.speaks_for is speaks_for and one.votes > 0
    ]
    if not votes:
        return
    strongest = sorted(votes, key=lambda one: (-one.votes, -one.evidence.at))[:LISTED]
    shown = votes if everything else [one for one in votes if one in strongest]
    more = "" if len(shown) == len(votes) else f" (the strongest {LISTED} of {len(votes)})"
    console().print(f"\n{title}{more}", style="bold")
    for one in shown:
        _print_sign(one)


def _print_sign(vote: Vote) -> None:
    from rich.text import Text

    one = vote.evidence
    head = Text(f"  {day(one.at)}  {SAYS[one.kind.value]:<15}  ")
    head.append(f"{one.key}  {literal(one.rule)}", style="dim")
    console().print(head, overflow="ellipsis", no_wrap=True)
    counted = one.kind.value in _COUNTED
    print_indented(literal(one.quote) if counted else _quoted(one.quote), 15)


_COUNTED = frozenset(
    ("effort_matched", "shrinking", "slowing", "fewer_people", "brought_in", "meeting_held")
)


def _quoted(text: str) -> str:
    shown = literal(text)
    return f'"{shown}"' if len(shown) <= QUOTED else f'"{shown[: QUOTED - 1]}…"'


def _print_turning(turning: TurningPoint | None) -> None:
    if turning is None:
        return
    console().print("\nWhere it turned", style="bold")
    print_indented(
        f"About {day(turning.at)} (between {day(turning.earliest_at)} and "
        f"{day(turning.latest_at)}; {percent(turning.probability)} sure that it turned).",
        2,
    )
    before, after = turning.delay_hours
    if before is not None and after is not None:
        print_indented(f"Replies within {_hours(before)} before, {_hours(after)} since.", 2)
    print_indented(
        f"Letters of {turning.chars[0]:.0f} characters before, {turning.chars[1]:.0f} since; "
        f"{turning.holding_back[0]:.0%} of them held back before, {turning.holding_back[1]:.0%} "
        "since.".replace("%", " %"),
        2,
    )


def _hours(hours: float) -> str:
    return f"{max(1, round(hours))} h" if hours < 48 else f"{hours / 24:.0f} days"


def _print_balance(balance: Balance, *, everything: bool) -> None:
    if not balance.theirs.letters and not balance.owners.letters:
        return
    console().print("\nWho gave how much", style="bold")
    console().print("          letters  middle length  began  middle reply", style="dim")
    for name, side in (("they", balance.theirs), ("you", balance.owners)):
        console().print(f"  {name:<6}{_side(side)}")
    shown = balance.people if everything else balance.people[-4:]
    if any(one.people for one in shown):
        for one in shown:
            who = ", ".join(literal(name) for name in one.people) or "nobody else"
            print_indented(f"from {day(one.from_at)}: with {who}", 2)


def _side(side: Side) -> str:
    delay = "-" if side.median_reply_hours is None else _hours(side.median_reply_hours)
    return f"{side.letters:>9,}{side.median_chars:>15,}{side.threads_begun:>7,}{delay:>14}"


_LEFT = {"put_off": "put off", "no_reply": "no word"}


def _print_questions(asked: Sequence[Asked], *, everything: bool) -> None:
    if not asked:
        return
    shown = asked if everything else asked[-QUESTIONS:]
    more = "" if len(shown) == len(asked) else f" (the latest {len(shown)} of {len(asked)})"
    console().print(f"\nWhat you asked and heard nothing firm about{more}", style="bold")
    for one in shown:
        console().print(f"  {day(one.turn.at)}  {_LEFT[one.outcome.value]}")
        print_indented(_quoted(one.quote), 15)


def _print_doubts(found: Reflection) -> None:
    lines = [_excuse(one) for one in found.excuses]
    if found.base_rate is not None and found.base_rate.alike:
        times = found.base_rate.answered
        lines.append(
            f"Of {plural(found.base_rate.alike, 'silence')} like the present one in your mail, "
            f"{times:,} {'was' if times == 1 else 'were'} answered later."
        )
    if lines:
        console().print("\nWhat else may explain it", style="bold")
        for line in lines:
            print_indented(f"- {line}", 2)


def _excuse(one: ExcuseFound) -> str:
    until = f", until {one.until_on:%d %b %Y}" if one.until_on else ""
    on, quote = day(one.at), _quoted(one.quote)
    return {
        "away": f"They were away{until} (note of {on}).",
        "holidays": f"Public holidays since you wrote: {literal(one.quote)}.",
        "bounce": f"Your letter came back on {on}: the address may be dead.",
        "many_recipients": f"Your last letter ({on}) was {literal(one.quote)}.",
        "no_question": f"Your last letters ask nothing ({on}).",
        "colleague": f"Somebody of their house wrote on {on}, perhaps in their place: {quote}",
        "later_date": f"They named a later day{until}: {quote} ({on})",
    }[one.excuse.value]


def _print_overruled(found: Reflection) -> None:
    said = [one.evidence for one in found.statement.votes if one.evidence.is_overruled]
    if not said:
        return
    console().print("\nOverruled by you; it counts for nothing", style="bold")
    for one in said:
        why = f" because {literal(one.because)}" if one.because else ""
        console().print(f"  {day(one.at)}  {one.key}{why}", overflow="fold")
        print_indented(_quoted(one.quote), 15)
