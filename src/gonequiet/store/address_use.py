"""How every address is used, counted over the records it stands on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from gonequiet.app.packing import FROM, ROLE_NUMBER
from gonequiet.domain.contact import NameCount, SeenAddress
from gonequiet.domain.facts import Fact
from gonequiet.domain.message import MessageKind, Role
from gonequiet.store.driver import Connection

NEAR: Final = "p.address_id IN (SELECT id FROM near) AND "
"""Keeps what is counted to the addresses in the table `near`."""
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


class _Sent:
    """What came from one address."""

    __slots__ = ("all_uncertain", "automatic", "count", "listed", "personal")

    def __init__(self) -> None:
        self.count = self.personal = self.listed = self.automatic = 0
        self.all_uncertain = True

    def add(self, kind: str, facts: int) -> None:
        """Counts one message."""
        self.count += 1
        if kind in _PERSONAL:
            self.personal += 1
        elif kind == _LIST:
            self.listed += 1
        elif kind in _BY_MACHINE:
            self.automatic += 1
        if not facts & _UNCERTAIN:
            self.all_uncertain = False


_UNCERTAIN: Final = Fact.UNCERTAIN_SENDER.value
_NOTHING: Final = _Sent()
_NOTHING.all_uncertain = False


def seen_in(connection: Connection, only: str) -> Iterator[SeenAddress]:
    """Yields every address that stands on a record, in order of number, with what it is used for.

    Rows are counted here: the database would sort all of them for each sum.

    Args:
        connection: open for reading.
        only: "" for all, or `NEAR`.
    """
    run = connection.exec_driver_sql
    people = f"FROM participant p WHERE {only}p.role"
    received = Counter(row[0] for row in run(f"SELECT p.address_id {people} >= {_TO}"))
    sent = _sent(run(_SENT.format(only=only)))
    others = {row[0] for row in run(f"SELECT p.address_id {people} > {FROM} AND p.role < {_TO}")}
    lists = {row[0] for row in run("SELECT DISTINCT list_id FROM message WHERE list_id <> ''")}
    names = _names(connection, only)
    for number, address in run("SELECT id, address FROM address ORDER BY id").all():
        use = sent.get(number, _NOTHING)
        if use is _NOTHING and number not in received and number not in others:
            continue
        yield SeenAddress(
            address,
            names.get(number, ()),
            use.count,
            received[number],
            use.personal,
            use.listed,
            use.automatic,
            bool(lists) and (address in lists or address.replace("@", ".") in lists),
            use.all_uncertain,
        )


def _sent(rows: Iterable[tuple[int, str, int]]) -> dict[int, _Sent]:
    found: defaultdict[int, _Sent] = defaultdict(_Sent)
    for address, kind, facts in rows:
        found[address].add(kind, facts)
    return found


_SENT = f"""
SELECT p.address_id, m.kind, m.facts FROM participant p CROSS JOIN message m ON m.id = p.message_id
WHERE {{only}}p.role = {FROM}"""


def _names(connection: Connection, only: str) -> dict[int, tuple[NameCount, ...]]:
    names: dict[int, list[NameCount]] = defaultdict(list)
    rows = connection.exec_driver_sql(
        f"SELECT p.address_id, p.name, p.times FROM address_name p WHERE {only}true "
        "ORDER BY p.address_id, p.times DESC, p.name"
    )
    for address, name, times in rows:
        names[address].append(NameCount(name, times))
    return {address: tuple(found) for address, found in names.items()}
