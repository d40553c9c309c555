"""When a contact was away, as out-of-office notes announce it and as writing again ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from gonequiet.analysis.outcomes import ANSWERS, Placed
from gonequiet.domain.episode import Pause
from gonequiet.domain.message import MessageKind
from gonequiet.domain.moments import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
AWAY_DAYS_UNSTATED: Final = 7
AWAY_DAYS_AT_MOST: Final = 400  # a stated return further off is misread
_AWAY: Final = MessageKind.OUT_OF_OFFICE.value


def away_spells(timeline: Sequence[Placed]) -> list[Pause]:
    """When the contact was away, in order, without overlap; writing again ends a spell."""
    spells: list[Pause] = []
    for placed in timeline:
        row = placed.interaction
        if not placed.is_inbound or row.kind not in (_AWAY, *ANSWERS):
            continue
        if spells and spells[-1].until_at > placed.at:
            spells[-1] = spells[-1]._replace(until_at=placed.at)
        if row.kind == _AWAY:
            spells.append(_spell(placed))
    return [spell for spell in spells if spell.until_at > spell.from_at]


def _spell(placed: Placed) -> Pause:
    """The spell an out-of-office announces."""
    at, message = placed.at, placed.interaction.message
    back_at = _midnight(placed.interaction.return_on)
    if back_at is None or not at - DAY < back_at <= at + AWAY_DAYS_AT_MOST * DAY:
        return Pause(at, at + AWAY_DAYS_UNSTATED * DAY, message, is_stated=False)
    return Pause(at, back_at if back_at > at else back_at + DAY, message, is_stated=True)


def _midnight(on: str) -> int | None:
    """The first second of an ISO date in UTC, None when it is none."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def spells_within(spells: Sequence[Pause], from_at: int, until_at: int) -> tuple[Pause, ...]:
    """The parts of away spells that lie in a span."""
    return tuple(
        spell._replace(from_at=max(spell.from_at, from_at), until_at=min(spell.until_at, until_at))
        for spell in spells
        if spell.from_at < until_at and spell.until_at > from_at
    )
