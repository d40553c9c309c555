"""Appointments as Outlook keeps them, written out by hand; people and places are made up."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.support.outlook import Given, Value, person

NAMED = (0x8554, 0x820D, 0x820E, 0x8208, 0x8215, 0x8216, 0x8217, 0x8201, 0x8260, 0x0023)
"""Properties that have names: a file numbers them as it likes, from 0x8000 on."""
NAMES = b"".join(struct.pack("<IHH", number, 6, place) for place, number in enumerate(NAMED))
BERLIN = "W. Europe Standard Time"


def appointment(
    subject: str, starts: datetime, minutes: int = 60, *, more: Given | None = None
) -> Given:
    """Returns the properties of an appointment, numbered as its file does."""
    given: Given = {
        0x001A: "IPM.Appointment", 0x0037: subject, 0x0042: "Dana Reyes",
        0x0065: "dana.reyes@harbour.example", 0x820D: starts,
        0x820E: starts + timedelta(minutes=minutes), **(more or {}),
    }  # fmt: skip
    return {_numbered(number): value for number, value in given.items()}


def _numbered(number: int) -> int:
    return 0x8000 + NAMED.index(number) if number in NAMED else number


def guest(address: str, name: str, said: int) -> Given:
    """Returns somebody invited (2 tentative, 3 accepted, 4 declined, 5 no answer)."""
    return {**person(address, name), 0x5FFF: said}


def zone(name: str = BERLIN) -> Value:
    """Returns the definition of a time zone, as far as its name."""
    return struct.pack("<BBHHH", 2, 1, 6 + 2 * len(name), 2, len(name)) + name.encode("utf-16-le")


def foreign_id(uid: str) -> bytes:
    """Returns the id of an event that came from another calendar."""
    data = b"vCal-Uid\x01\0\0\0" + uid.encode() + b"\0"
    head = bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes(20)
    return head + struct.pack("<I", len(data)) + data


def minutes_of(local: datetime) -> int:
    """Returns a local time as patterns write it."""
    since = datetime(1601, 1, 1, tzinfo=UTC)
    return int((local.replace(tzinfo=UTC) - since).total_seconds()) // 60


def pattern(
    kind: int,
    period: int,
    specific: Sequence[int],
    first: datetime,
    *,
    frequency: int = 0x200B,
    minutes: int = 60,
    count: int = 0,
    last: datetime | None = None,
    deleted: Sequence[datetime] = (),
    moved: Sequence[tuple[datetime, datetime]] = (),
) -> bytes:
    """Returns a series; all times are local.

    Args:
        kind: 0 daily, 1 weekly, 2 monthly, 3 the nth day of a month, 4 its end.
        period: minutes of days, weeks, or months.
        specific: what belongs to the kind.
        first: the first start.
        frequency: as the dialog names it (0x200D yearly).
        minutes: how long each takes.
        count: how often it takes place, 0 for another end.
        last: the day of the last one, None for none.
        deleted: original starts of those called off.
        moved: original starts and what they became.
    """
    day = first.replace(hour=0, minute=0)
    ends_by = 0x2022 if count else 0x2021 if last else 0x2023
    gone = sorted([*deleted, *(original for original, _ in moved)])
    begins = minutes_of(first) - minutes_of(day)
    held = struct.pack("<5H3I", 0x3004, 0x3004, frequency, kind, 0, 0, period, 0)
    held += struct.pack(f"<{len(specific)}I", *specific)
    held += struct.pack("<3I", ends_by, count or 10, 0)
    days = [minutes_of(one.replace(hour=0, minute=0)) for one in gone]
    held += struct.pack(f"<I{len(days)}I", len(days), *days)
    days = [minutes_of(one.replace(hour=0, minute=0)) for _, one in moved]
    held += struct.pack(f"<I{len(days)}I", len(days), *days)
    held += struct.pack("<2I", minutes_of(day), minutes_of(last) if last else 0x5AE980DF)
    held += struct.pack("<4IH", 0x3006, 0x3009, begins, begins + minutes, len(moved))
    for original, now in moved:
        title = b"moved"
        held += struct.pack(
            "<3IH", minutes_of(now), minutes_of(now) + minutes, minutes_of(original), 3
        )
        held += struct.pack("<HH", len(title) + 1, len(title)) + title + struct.pack("<I", 1)
    return held
