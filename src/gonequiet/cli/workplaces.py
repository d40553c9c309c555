"""How it is said where somebody works now, and how else to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gonequiet.cli.printing import day, iso, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gonequiet.analysis.workplace import Move, Workplace


def workplace_as_json(here: Workplace | None) -> dict[str, object]:
    """Returns where somebody works as JSON can hold it; empty where nothing shows it."""
    if here is None:
        return {}
    moves = [
        {**one._asdict(), "rule": one.rule.value, "at": iso(one.at), "says": move_text(one)}
        for one in here.moves
    ]
    return {**here._asdict(), "moves": moves, "ways": list(here.ways)}


def work_text(here: Workplace) -> str:
    """Returns role, organisation and city on a card, "" without any."""
    return literal(", ".join(filter(None, (here.role, here.organisation, here.city))))


def move_lines(here: Workplace | None) -> Iterator[str]:
    """Yields what shows that somebody may be elsewhere now, then how to reach them."""
    if here is None or not here.moves:
        return
    for move in here.moves:
        yield move_text(move)
    if here.ways:
        yield f"Another way: {', '.join(_way(one) for one in here.ways)}."
    else:
        yield "No other way to reach them is known."


def move_text(move: Move) -> str:
    """Returns one sign as a sentence."""
    before, now = literal(move.before), literal(move.now)
    since = f" since {day(move.at)}" if move.at is not None else ""
    revised = f" (changed {move.on})" if move.on else ""
    return {
        "card": f"Their card names {now} now{revised}, before {before}.",
        "network": f"LinkedIn names {now}; your card of them names {before}.",
        "bounce": f"Mail to {before} came back on {day(move.at)}.",
        "writes_from": f"They have written from {now}{since}, no longer from {before}.",
    }[move.rule.value]


def _way(address: str) -> str:
    shown = address.removeprefix("tel:").removeprefix("net:")
    is_profile = address.startswith("net:linkedin/")
    return literal(f"linkedin.com/in/{shown.removeprefix('linkedin/')}" if is_profile else shown)
