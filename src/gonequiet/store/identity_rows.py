"""What who-is-who rests on beyond single addresses: cards, telephones, names on networks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from gonequiet.domain.card import card_from
from gonequiet.domain.contact import Contact, HeldCard, JoinRule
from gonequiet.domain.reach import CHAT, NAME, NET
from gonequiet.store.driver import Connection
from gonequiet.store.former import FORMER

_CARDS = "SELECT id FROM message WHERE channel != 'mail' AND kind = 'card'"


def held_cards(connection: Connection) -> dict[int, HeldCard]:
    """Returns the cards that still stand in a source, by message number."""
    run = connection.exec_driver_sql
    current = {
        row[0]
        for row in run(
            f"SELECT message_id FROM copy WHERE message_id IN ({_CARDS}) GROUP BY message_id "
            "HAVING max(position NOT LIKE ?)",
            (f"{FORMER} %",),
        )
    }
    if not current:
        return {}
    ways: dict[int, list[str]] = {}
    for message, address in run(
        "SELECT p.message_id, a.address FROM participant p JOIN address a ON a.id = p.address_id "
        f"WHERE p.message_id IN ({_CARDS}) ORDER BY p.message_id, p.position"
    ):
        ways.setdefault(message, []).append(address)
    cards = run(f"SELECT id, detail FROM message WHERE id IN ({_CARDS}) ORDER BY id").all()
    return {
        number: HeldCard(card.name, tuple(ways.get(number, ())), card.is_owner)
        for number, detail in cards
        if number in current and (card := card_from(detail))
    }


def addresses_on(connection: Connection, messages: Collection[int]) -> set[str]:
    """Returns every address some messages name."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT a.address FROM participant p JOIN address a ON a.id = p.address_id "
        "WHERE p.message_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(messages)),),
    )
    return {row[0] for row in rows}


def held_with_near(connection: Connection) -> dict[str, tuple[str, JoinRule]]:
    """Returns all addresses of the contacts that hold one near (`temp.near`): key and rule."""
    rows = connection.exec_driver_sql(
        "SELECT a.address, c.key, h.rule FROM contact c "
        "JOIN contact_address h ON h.contact_id = c.id JOIN address a ON a.id = h.address_id "
        "WHERE c.id IN (SELECT contact_id FROM contact_address "
        "WHERE address_id IN (SELECT id FROM near)) ORDER BY a.address"
    )
    return {address: (key, JoinRule(rule)) for address, key, rule in rows}


def add_houses(connection: Connection) -> None:
    """Adds to the addresses near (`temp.near`) everybody else of their organisations."""
    connection.exec_driver_sql(
        "INSERT INTO near SELECT id FROM address WHERE organisation IN (SELECT organisation "
        "FROM address WHERE id IN (SELECT id FROM near)) AND id NOT IN (SELECT id FROM near)"
    )


def add_tied(connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
    """Adds to the addresses near (`temp.near`) the organisations that are tied to theirs.

    Args:
        connection: with addresses near.
        pairs: addresses that may be one contact; the addresses of one card may be, too.
    """
    run = connection.exec_driver_sql
    run("DROP TABLE IF EXISTS temp.tie")
    run(
        "CREATE TEMP TABLE tie AS SELECT DISTINCT p.message_id AS bond, a.organisation "
        "FROM participant p JOIN address a ON a.id = p.address_id "
        f"WHERE p.message_id IN ({_CARDS})"
    )
    if pairs:
        ends = [(-bond, one) for bond, pair in enumerate(sorted(pairs), 1) for one in pair]
        run("INSERT INTO tie SELECT ?, organisation FROM address WHERE address = ?", ends)
    before = -1
    while True:
        now = int(run("SELECT count(*) FROM near").scalar() or 0)
        if now == before or not run("SELECT 1 FROM tie LIMIT 1").all():
            return
        before = now
        run(_ADD_TIED)


_ADD_TIED = """
INSERT INTO near SELECT id FROM address WHERE organisation IN (
    SELECT organisation FROM tie WHERE bond IN (
        SELECT bond FROM tie WHERE organisation IN (
            SELECT organisation FROM address WHERE id IN (SELECT id FROM near))))
AND id NOT IN (SELECT id FROM near)"""


def telephones(connection: Connection) -> list[str]:
    """Returns the telephone numbers written without their country."""
    rows = connection.exec_driver_sql(
        "SELECT address FROM address WHERE address >= 'tel:' AND address < 'tel;' "
        "AND address NOT LIKE 'tel:+%'"
    )
    return [row[0] for row in rows]


def names_alone(connection: Connection) -> list[tuple[str, int, str]]:
    """Returns the addresses that are names on networks and in chats: contact number and rule."""
    return [
        (row[0], row[1], row[2])
        for scheme in (NET, CHAT, NAME)
        for row in connection.exec_driver_sql(
            "SELECT a.address, c.contact_id, c.rule FROM address a "
            "JOIN contact_address c ON c.address_id = a.id "
            "WHERE a.address >= ? AND a.address < ? ORDER BY a.address",
            (scheme, scheme[:-1] + ";"),
        )
    ]


def save_alike(
    connection: Connection,
    *,
    parted: Iterable[tuple[Contact, str]],
    joined: Mapping[str, str],
    owned: Collection[str],
) -> None:
    """Moves names to the contacts they belong to: some to stand alone, some to the owner."""
    run = connection.exec_driver_sql
    for contact, set_aside in parted:
        run("DELETE FROM contact WHERE key = ?", (contact.key,))
        run(
            "INSERT INTO contact VALUES ((SELECT coalesce(max(id), 0) + 1 FROM contact), "
            "?, ?, ?, ?, ?, ?)",
            (
                contact.key,
                contact.name,
                contact.organisation,
                contact.kind.value,
                set_aside,
                int(contact.is_uncertain),
            ),
        )
        run(_MOVE, (contact.key, JoinRule.ALONE.value, contact.key))
    for address, key in sorted(joined.items()):
        run(_MOVE, (key, JoinRule.NAMED_ALIKE.value, address))
    for address in owned:
        run(
            "DELETE FROM contact_address WHERE address_id = "
            "(SELECT id FROM address WHERE address = ?)",
            (address,),
        )
    if owned:
        _add_to_owner(connection, owned)
    run("DELETE FROM contact WHERE id NOT IN (SELECT contact_id FROM contact_address)")


_MOVE = """
UPDATE contact_address SET contact_id = (SELECT id FROM contact WHERE key = ?), rule = ?
WHERE address_id = (SELECT id FROM address WHERE address = ?)"""


def _add_to_owner(connection: Connection, addresses: Collection[str]) -> None:
    run = connection.exec_driver_sql
    held = run("SELECT value FROM conclusion WHERE name = 'owner'").scalar()
    owner = dict(json.loads(str(held))) if held else {}
    owner |= dict.fromkeys(addresses, JoinRule.NAMED_ALIKE.value)
    run(
        "INSERT OR REPLACE INTO conclusion VALUES ('owner', ?)",
        (json.dumps(sorted(owner.items())),),
    )
