"""Options every command shares, and the moment they are asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

from cyclopts import Parameter

from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.domain.days import Days

Db = Annotated[
    Path | None,
    Parameter(name="--db", help="Database file; by default in the platform's data directory."),
]
Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON instead of text.")]
AsOf = Annotated[
    str | None,
    Parameter(
        name="--as-of",
        help="Judge as of this day or moment (2026-03-01, 2026-03-01T09:00Z); by default now.",
    ),
]


@Parameter(name="*")
@dataclass(frozen=True)
class Shared:
    """What every command that prints takes."""

    db: Db = None
    json: Json = False


@Parameter(name="*")
@dataclass(frozen=True)
class Judging:
    """What every command that judges takes."""

    db: Db = None
    json: Json = False
    as_of: AsOf = None


class Desk(Protocol):
    """Who knows which moment a question about now is judged as of, and the owner's days."""

    @property
    def days(self) -> Days:
        """The days of the owner's wall clock."""

    def present(self) -> int:
        """Returns the moment a question about now is judged as of."""


def judged_at(given: str | None, desk: Desk) -> int:
    """Returns the moment a question is judged as of: the one named, else the present.

    Raises:
        RequestError: what is named is not a date or moment.
    """
    return desk.present() if given is None else moment_of(given, desk)


def asked_at(given: str | None, desk: Desk, present: int) -> int:
    """Returns the moment named, else a present one that was looked up before.

    Raises:
        RequestError: what is named is not a date or moment.
    """
    return present if given is None else moment_of(given, desk)


def moment_of(given: str, desk: Desk) -> int:
    """Returns the moment an `--as-of` names: the end of a day where the owner is, or the moment.

    Raises:
        RequestError: it is not a date or moment, or lies where no record could.
    """
    try:
        moment = _parsed(given)
    except ValueError:
        raise RequestError(
            f"'{given}' is not a date. Write --as-of 2026-03-01 or 2026-03-01T09:00Z."
        ) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise RequestError(
            f"'{given}' is no date a record could bear. "
            f"Write one from {_FIRST_YEAR} to {_LAST_YEAR}."
        )
    if is_day(given):
        return desk.days.end_of(moment.date()) - 1
    return int((moment if moment.tzinfo else moment.replace(tzinfo=desk.days.zone)).timestamp())


_DAY = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1970, 2999


def is_day(given: str) -> bool:
    """Whether what was given names a whole day."""
    return _DAY.fullmatch(given) is not None


def _parsed(given: str) -> datetime:
    if not _DAY.match(given):
        raise ValueError("it does not begin with a day")
    return datetime.fromisoformat(given)
