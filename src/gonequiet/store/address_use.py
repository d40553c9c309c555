"""How every address is used: sums over the records it stands on, kept and added to.

The sums are conclusions like any other: dropped and counted again. What was counted, up to which
message, is noted in the same transaction.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from gonequiet.app.packing import FROM, ROLE_NUMBER
from gonequiet.domain.contact import NameCount, SeenAddress
from gonequiet.domain.facts import Fact
from gonequiet.domain.message import MessageKind, Role
from gonequiet.store.driver import Connection
from gonequiet.store.lists_and_bounces import note_outstanding, outstanding

NEAR: Final = "IN (SELECT id FROM near)"
"""Keeps what is read to the addresses in the table `near`."""
_COUNTED: Final = "counted"
_TO: Final = ROLE_NUMBER[Role.TO]
_LIST: Final = MessageKind.LIST.value
_BY_MACHINE: Final = frozenset((MessageKind.AUTOMATIC.value, MessageKind.BOUNCE.value))
_PERSONAL: Final = frozenset(
    (
        MessageKind.PERSONAL.value,
        MessageKind.CALENDAR.value,
        MessageKind.OUT_OF_OFFICE.value,
        MessageKind.CALL.value,
        MessageKind.MEETING.value,
    )
)
_UNCERTAIN: Final = Fact.UNCERTAIN_SENDER.value


def count_new(connection: Connection) -> None:
    """Adds what the messages that were not counted yet say of their addresses.

    Rows are counted here: the database would sort all of them for each sum.
    """
    run = connection.exec_driver_sql
    before = run("SELECT value FROM conclusion WHERE name = ?", (_COUNTED,)).scalar()
    after = int(json.loads(before)) if before else 0
    newest = int(run("SELECT coalesce(max(id), 0) FROM message").scalar())
    if newest <= after:
        return
    people = "FROM participant WHERE message_id > ? AND role"
    received = Counter(row[0] for row in run(f"SELECT address_id {people} >= {_TO}", (after,)))
    sent = _sent(run(_SENT, (after,)))
    others = run(f"SELECT address_id {people} > {FROM} AND role < {_TO}", (after,))
    numbers = sorted({*received, *sent, *(row[0] for row in others)})
    rows = [(one, received[one], *sent[one].sums) for one in numbers]
    if rows:
        run(_ADD if after else _INSERT, rows)
    run("INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (_COUNTED, json.dumps(newest)))
    note_outstanding(connection)


_INSERT: Final = (
    "INSERT INTO address_use (address_id, n_recipient, n_sender, n_personal, n_list, n_automatic, "
    "n_uncertain) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ADD: Final = f"""{_INSERT} ON CONFLICT DO UPDATE SET
    n_recipient = n_recipient + excluded.n_recipient, n_sender = n_sender + excluded.n_sender,
    n_personal = n_personal + excluded.n_personal, n_list = n_list + excluded.n_list,
    n_automatic = n_automatic + excluded.n_automatic,
    n_uncertain = n_uncertain + excluded.n_uncertain"""
_SENT: Final = (
    "SELECT p.address_id, m.kind, m.facts FROM participant p "
    f"CROSS JOIN message m ON m.id = p.message_id WHERE p.message_id > ? AND p.role = {FROM}"
)


class _Sent:
    """What came from one address."""

    __slots__ = ("automatic", "count", "listed", "personal", "uncertain")

    def __init__(self) -> None:
        self.count = self.personal = self.listed = self.automatic = self.uncertain = 0

    def add(self, kind: str, facts: int) -> None:
        """Counts one message."""
        self.count += 1
        if kind in _PERSONAL:
            self.personal += 1
        elif kind == _LIST:
            self.listed += 1
        elif kind in _BY_MACHINE:
            self.automatic += 1
        if facts & _UNCERTAIN:
            self.uncertain += 1

    @property
    def sums(self) -> tuple[int, ...]:
        """The sums in the order of the table."""
        return self.count, self.personal, self.listed, self.automatic, self.uncertain


def _sent(rows: Iterable[tuple[int, str, int]]) -> defaultdict[int, _Sent]:
    found: defaultdict[int, _Sent] = defaultdict(_Sent)
    for address, kind, facts in rows:
        found[address].add(kind, facts)
    return found


def seen_in(connection: Connection, only: str = "") -> Iterator[SeenAddress]:
    """Yields every address that stands on a record, in order of number, with its use.

    A name without an address is nobody's: all of them would be one contact.

    Args:
        connection: open for reading, everything counted.
        only: "" for all, or `NEAR`.
    """
    run = connection.exec_driver_sql
    lists = outstanding(connection).lists
    names = _names(connection, only)
    for row in run(_SEEN + (f" AND u.address_id {only}" if only else "")):
        address, n_sender, n_uncertain = row[1], row[2], row[7]
        is_list = bool(lists) and (address in lists or address.replace("@", ".") in lists)
        is_uncertain = 0 < n_sender == n_uncertain
        yield SeenAddress._make((address, names.get(row[0], ()), *row[2:7], is_list, is_uncertain))


_SEEN: Final = """
SELECT u.address_id, a.address, u.n_sender, u.n_recipient, u.n_personal, u.n_list, u.n_automatic,
    u.n_uncertain
FROM address_use u JOIN address a ON a.id = u.address_id WHERE a.address <> ''"""


def _names(connection: Connection, only: str) -> dict[int, tuple[NameCount, ...]]:
    names: dict[int, list[NameCount]] = defaultdict(list)
    rows = connection.exec_driver_sql(
        f"SELECT address_id, name, times FROM address_name {only and 'WHERE address_id ' + only} "
        "ORDER BY address_id, times DESC, name"
    )
    for address, name, times in rows:
        names[address].append(NameCount(name, times))
    return {address: tuple(found) for address, found in names.items()}


def choose_near(connection: Connection, addresses: Collection[str]) -> None:
    """Makes the table `near` of some addresses."""
    run = connection.exec_driver_sql
    run("DROP TABLE IF EXISTS temp.near")
    run(
        "CREATE TEMP TABLE near AS SELECT id FROM address "
        "WHERE address IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(addresses)),),
    )


def looks_of(connection: Connection, addresses: Collection[str]) -> dict[str, int]:
    """Returns what who-is-who rested on when it was drawn last, by address."""
    choose_near(connection, addresses)
    rows = connection.exec_driver_sql(
        "SELECT a.address, u.look FROM near n JOIN address a ON a.id = n.id "
        "JOIN address_use u ON u.address_id = n.id WHERE u.look <> 0"
    )
    return dict(rows.all())


def save_looks(
    connection: Connection, looks: Iterable[tuple[str, int]], numbers: Mapping[str, int]
) -> None:
    """Keeps what who-is-who rests on."""
    rows = [(look, numbers[address], look) for address, look in looks if address in numbers]
    if rows:
        connection.exec_driver_sql(
            "UPDATE address_use SET look = ? WHERE address_id = ? AND look <> ?", rows
        )


def named_as_lists(connection: Connection, messages: Collection[int]) -> set[str]:
    """Returns the addresses that some messages name as that of a list, its "@" perhaps a dot."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT list_id FROM message WHERE list_id <> '' "
        "AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(messages)),),
    )
    return {
        one[:at] + "@" + one[at + 1 :]
        for (one,) in rows
        for at in range(len(one))
        if one[at] in ".@"
    }
