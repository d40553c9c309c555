"""What drawing conclusions reads from and writes to the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gonequiet.app.conclusion_store import CopyPlace, LinkRow, MessageFacts
from gonequiet.domain.contact import (
    Contact,
    ContactKind,
    HeldCard,
    Identities,
    JoinRule,
    SeenAddress,
    SetAsideReason,
)
from gonequiet.store import address_use, identity_rows
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.indexes import LateIndexes, complete
from gonequiet.store.ownership import read_edits, read_owned, read_owner_hints
from gonequiet.store.shelf import note_drawing

if TYPE_CHECKING:
    from gonequiet.analysis.episodes import ContactWaits
    from gonequiet.analysis.exchanges import Exchange
    from gonequiet.analysis.half_answers import Said
    from gonequiet.analysis.owner import OwnerHint
    from gonequiet.domain.edit import Edit
    from gonequiet.domain.episode import Episode, Wait

_DERIVED = (
    *("contact", "contact_address", "link", "wait", "episode", "conclusion"),
    *("judged", "look", "address_use"),
)
_EARLIEST = 483_228_800
"""Before 25 April 1985 nobody sent the owner mail; such dates do not begin the records."""


class ConclusionTables:
    """Implements `app.conclusion_store.ConclusionStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._indexes = LateIndexes(database)

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""
        return int(self._value("SELECT coalesce(max(id), 0) FROM message"))

    def concluded_through(self) -> int:
        """Returns the message number up to which conclusions are drawn, 0 for none."""
        return int(self._conclusion("through") or 0)

    def concluded_for(self) -> str:
        """Returns the fingerprint of owner and edits that the conclusions stand on."""
        return str(self._conclusion("fingerprint") or "")

    def drawn_at(self) -> int | None:
        """Returns the moment conclusions were drawn last."""
        found = self._conclusion("drawn_at")
        return None if found is None else int(found)

    def records_begin_at(self) -> int | None:
        """Returns when the records begin: the oldest plausible moment of any message."""
        found = self._value(f"SELECT min(sent_at) FROM message WHERE sent_at > {_EARLIEST}")
        return None if found is None else int(found)

    def touched(self) -> frozenset[int]:
        """Returns the known messages of which another copy came since conclusions were drawn."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT message_id FROM touched")
            return frozenset(row[0] for row in rows)

    def sources_with_sent(self) -> list[int]:
        """Returns the sources that hold a Sent folder or label."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT source_id FROM unit WHERE folder_role = 'sent' UNION "
                "SELECT u.source_id FROM unit u WHERE EXISTS (SELECT 1 FROM copy c "
                "WHERE c.unit_id = u.id AND c.labels LIKE '%sent%') ORDER BY 1"
            )
            return [row[0] for row in rows]

    def edits(self) -> list[Edit]:
        """Returns the owner's journal, oldest first."""
        with self._database.reading() as connection:
            return read_edits(connection)

    def owner_hints(self) -> list[OwnerHint]:
        """Returns the addresses that could be the owner's, with counts."""
        with self._database.reading() as connection:
            return read_owner_hints(connection)

    def owner_names(self) -> list[str]:
        """Returns the names the owner's addresses were seen with, the usual ones."""
        owned = json.dumps(sorted(self.owned()))
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT n.name FROM address_name n JOIN address a ON a.id = n.address_id "
                "WHERE a.address IN (SELECT value FROM json_each(?)) "
                "GROUP BY n.name ORDER BY sum(n.times) DESC, n.name LIMIT 20",
                (owned,),
            )
            return [row[0] for row in rows]

    def count_addresses(self) -> None:
        """Adds what the messages not counted yet say of how addresses are used."""
        with self._database.writing() as connection:
            address_use.count_new(connection)
        self._indexes.begin()

    def seen_addresses(
        self, touched: Collection[str] | None, ties: Collection[tuple[str, str]]
    ) -> list[SeenAddress]:
        """Returns addresses with counts: all, or of the organisations of some."""
        with self._database.reading() as connection:
            if touched is None:
                return list(address_use.seen_in(connection))
            address_use.choose_near(connection, touched)
            identity_rows.add_houses(connection)
            identity_rows.add_tied(connection, ties)
            return list(address_use.seen_in(connection, address_use.NEAR))

    def seen_of(self, addresses: Collection[str]) -> list[SeenAddress]:
        """Returns some addresses with counts."""
        with self._database.reading() as connection:
            address_use.choose_near(connection, addresses)
            return list(address_use.seen_in(connection, address_use.NEAR))

    def held_with(self, addresses: Collection[str]) -> dict[str, tuple[str, JoinRule]]:
        """Returns all addresses of the contacts that hold some: key of the contact, and rule."""
        with self._database.reading() as connection:
            address_use.choose_near(connection, addresses)
            return identity_rows.held_with_near(connection)

    def looks_of(self, addresses: Collection[str]) -> dict[str, int]:
        """Returns the looks of addresses as who-is-who was drawn with last, those that have any."""
        with self._database.reading() as connection:
            return address_use.looks_of(connection, addresses)

    def address_numbers(self) -> Mapping[str, int]:
        """Returns the number of every address."""
        with self._database.reading() as connection:
            return dict(_fast(connection, "SELECT address, id FROM address"))

    def save_contacts(self, identities: Identities, *, everything: bool) -> None:
        """Replaces contacts, all of them or those the identities speak of."""
        self._indexes.wait()
        aside = {one.contact: one.reason.value for one in identities.set_aside}
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            numbers: dict[str, int] = dict(_fast(connection, "SELECT address, id FROM address"))
            known: dict[str, int] = (
                {} if everything else dict(_fast(connection, "SELECT key, id FROM contact"))
            )
            following = 1 + int(run("SELECT coalesce(max(id), 0) FROM contact").scalar() or 0)
            contacts, addresses = [], []
            for contact in identities.contacts:
                number = known.get(contact.key)
                if number is None:
                    number, following = following, following + 1
                contacts.append(
                    (
                        number,
                        contact.key,
                        contact.name,
                        contact.organisation,
                        contact.kind.value,
                        aside.get(contact.key, ""),
                        int(contact.is_uncertain),
                    )
                )
                addresses += [
                    (numbers[one.address], number, one.rule.value)
                    for one in contact.addresses
                    if one.address in numbers
                ]
            if addresses:
                run("INSERT OR REPLACE INTO contact_address VALUES (?, ?, ?)", addresses)
                run("INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?)", contacts)
            run("DELETE FROM contact WHERE id NOT IN (SELECT contact_id FROM contact_address)")
            run("DELETE FROM contact_address WHERE contact_id NOT IN (SELECT id FROM contact)")
            _save_owner(connection, identities, everything=everything)
            address_use.save_looks(connection, identities.looks, numbers)

    def owned(self) -> dict[str, str]:
        """Returns every address recognised as the owner's, and the rule that did."""
        with self._database.reading() as connection:
            return read_owned(connection)

    def contact_of_address(self) -> dict[int, int]:
        """Returns the contact number of each address number."""
        with self._database.reading() as connection:
            return dict(_fast(connection, "SELECT address_id, contact_id FROM contact_address"))

    def met(self) -> frozenset[tuple[str, str]]:
        """Returns the pairs of addresses where the second answered for the first."""
        return frozenset((asked, answered) for asked, answered in self._conclusion("met") or [])

    def save_met(self, pairs: Collection[tuple[str, str]]) -> None:
        """Keeps those pairs."""
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO conclusion VALUES ('met', ?)",
                (json.dumps(sorted(pairs)),),
            )

    def contacts(self) -> dict[int, tuple[str, str, bool, str, bool]]:
        """Returns key, organisation, whether set aside, name, whether a person, by number."""
        with self._database.reading() as connection:
            rows = _fast(
                connection, "SELECT id, key, organisation, set_aside, name, kind FROM contact"
            )
            return {
                row[0]: (*row[1:3], bool(row[3]), row[4], _is_person(*row[3:6:2])) for row in rows
            }

    def cards(self) -> dict[int, HeldCard]:
        """Returns the address cards that still stand in a source, by message number."""
        with self._database.reading() as connection:
            return identity_rows.held_cards(connection)

    def cards_before(self) -> frozenset[int]:
        """Returns the cards conclusions were drawn with last."""
        return frozenset(self._conclusion("cards") or [])

    def save_cards(self, cards: Collection[int]) -> None:
        """Keeps which cards conclusions are drawn with."""
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO conclusion VALUES ('cards', ?)",
                (json.dumps(sorted(cards)),),
            )

    def addresses_on(self, messages: Collection[int]) -> set[str]:
        """Returns every address some messages name, also as that of a list."""
        with self._database.reading() as connection:
            named = identity_rows.addresses_on(connection, messages)
            return named | address_use.named_as_lists(connection, messages)

    def telephones(self) -> list[str]:
        """Returns the telephone numbers written without their country."""
        with self._database.reading() as connection:
            return identity_rows.telephones(connection)

    def names_alone(self) -> list[tuple[str, int, str]]:
        """Returns names on networks and in chats, with contact number and rule."""
        with self._database.reading() as connection:
            return identity_rows.names_alone(connection)

    def save_alike(
        self,
        *,
        parted: Collection[tuple[Contact, str]],
        joined: Mapping[str, str],
        owned: Collection[str],
    ) -> None:
        """Moves names to the contacts they belong to, some to stand alone, some to the owner."""
        with self._database.writing() as connection:
            identity_rows.save_alike(connection, parted=parted, joined=joined, owned=owned)

    def related_messages(self, messages: Collection[int]) -> list[int]:
        """Returns every message that could share a thread with any of these, these included."""
        with self._database.reading() as connection:
            _choose(connection, messages)
            before = -1
            while True:
                now = int(connection.exec_driver_sql("SELECT count(*) FROM chosen").scalar() or 0)
                if now == before:
                    break
                before = now
                connection.exec_driver_sql(_CHOOSE_RELATED)
            rows = connection.exec_driver_sql("SELECT id FROM chosen ORDER BY id")
            return [row[0] for row in rows]

    def message_facts(self, messages: Collection[int] | None) -> Iterator[MessageFacts]:
        """Yields facts in order of message number."""
        with self._chosen(messages) as (connection, among):
            rows = _fast(
                connection,
                "SELECT m.id, id_digest, sent_at, subject_digest, opening_digest, quoted_digest, "
                "kind, return_on, failed_addresses, facts, new_text_chars, from_address_id "
                f"{among('message m', 'm.id')} ORDER BY m.id",
            )
            yield from map(MessageFacts._make, rows)

    def participants(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, role number and address number in order of message number."""
        with self._chosen(messages) as (connection, among):
            yield from _fast(
                connection,
                "SELECT message_id, role, address_id "
                f"{among('participant', 'message_id')} ORDER BY message_id, position",
            )

    def references(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, kind and id digest, in order."""
        with self._chosen(messages) as (connection, among):
            yield from _fast(
                connection,
                "SELECT message_id, kind, id_digest "
                f"{among('reference', 'message_id')} ORDER BY message_id, position",
            )

    def also_known(self) -> dict[int, int]:
        """Returns digest of the stored message's id by the digest of each copy's own id."""
        with self._database.reading() as connection:
            return dict(
                _fast(
                    connection,
                    "SELECT k.id_digest, m.id_digest FROM also_known k "
                    "JOIN message m ON m.id = k.message_id WHERE k.id_digest <> m.id_digest",
                )
            )

    def copy_facts(self, messages: Collection[int] | None) -> dict[int, tuple[CopyPlace, ...]]:
        """Returns where the copies of each message lie, places that say the same once."""
        with self._chosen(messages) as (connection, among):
            places = _Places(connection)
            found: dict[int, tuple[CopyPlace, ...]] = {}
            rows = _fast(
                connection,
                f"SELECT message_id, unit_id, labels {among('copy', 'message_id')}",
            )
            for message, unit, labels in rows:
                alone = places.of(unit, labels)
                held = found.setdefault(message, alone)
                if held is not alone and alone[0] not in held:
                    found[message] = held + alone
            return found

    def exchanges(self, messages: Collection[int] | None) -> dict[int, Exchange]:
        """Returns what only their channel knows, of the records that are not mail."""
        from gonequiet.analysis.exchanges import Exchange

        with self._chosen(messages) as (connection, among):
            rows = _fast(
                connection,
                "SELECT m.id, m.channel, m.states, m.detail, coalesce((SELECT r.id_digest "
                "FROM reference r WHERE r.message_id = m.id LIMIT 1), 0) "
                f"{among('message m', 'm.id')} WHERE m.channel != 'mail' ORDER BY m.id",
            )
            return {row[0]: Exchange._make(row[1:]) for row in rows}

    def words_of(self, messages: Collection[int]) -> dict[int, Said]:
        """Returns the new words of messages, and the names of what came with them."""
        from gonequiet.analysis.half_answers import Said

        with self._chosen(messages) as (connection, among):
            rows = _fast(
                connection,
                "SELECT m.id, t.new_text, m.attachments "
                f"{among('message m', 'm.id')} JOIN message_text t ON t.id = m.id",
            )
            return {
                number: Said(text, tuple(one[0] for one in json.loads(files or "[]")))
                for number, text, files in rows
            }

    def messages_of_contacts(self, contacts: Collection[int]) -> list[int]:
        """Returns every message the contacts wrote or received, or that names one as failed."""
        with self._database.reading() as connection:
            _choose(connection, contacts)
            rows = connection.exec_driver_sql(_OF_CONTACTS)
            found = {row[0] for row in rows}
            found |= _bounces_of(connection)
            return sorted(found)

    def messages_of_threads(self, threads: Collection[int]) -> list[int]:
        """Returns every message linked into the threads."""
        with self._database.reading() as connection:
            _choose(connection, threads)
            rows = connection.exec_driver_sql(
                "SELECT message_id FROM chosen CROSS JOIN link ON link.thread_id = chosen.id"
            )
            return [row[0] for row in rows]

    def links(self, messages: Collection[int]) -> dict[int, LinkRow]:
        """Returns the stored links of messages."""
        with self._database.reading() as connection:
            _choose(connection, messages)
            rows = connection.exec_driver_sql(
                "SELECT message_id, thread_id, parent_id, rule, direction, claims_to_be_owner "
                "FROM chosen CROSS JOIN link ON link.message_id = chosen.id"
            )
            return {row[0]: LinkRow._make([*row[:5], bool(row[5])]) for row in rows}

    def save_conclusions(
        self,
        *,
        links: Iterable[LinkRow],
        waits: Iterable[ContactWaits],
        contacts: Collection[int] | None,
        through: int,
        fingerprint: str,
        now: int,
    ) -> None:
        """Replaces links, waits and episodes in one transaction (of all contacts when None)."""
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            if contacts is not None:
                _choose(connection, contacts)
                run("DELETE FROM wait WHERE contact_id IN (SELECT id FROM chosen)")
                run("DELETE FROM episode WHERE contact_id IN (SELECT id FROM chosen)")
                run("DELETE FROM wait WHERE contact_id NOT IN (SELECT id FROM contact)")
                run("DELETE FROM episode WHERE contact_id NOT IN (SELECT id FROM contact)")
            rows = [(*row[:5], int(row.claims_to_be_owner)) for row in links]
            if rows:
                run("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)", rows)
            _save_waits(connection, waits)
            for name, value in (
                ("through", through),
                ("fingerprint", fingerprint),
                ("drawn_at", now),
            ):
                run("INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (name, json.dumps(value)))
            run("DELETE FROM touched")
            note_drawing(connection)
            complete(connection)

    def forget_conclusions(self) -> None:
        """Drops everything concluded, to be drawn again."""
        with self._database.writing() as connection:
            for table in _DERIVED:
                connection.exec_driver_sql(f"DELETE FROM {table}")

    def _conclusion(self, name: str) -> Any:
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT value FROM conclusion WHERE name = ?", (name,)
            ).scalar()
            return None if found is None else json.loads(str(found))

    def _value(self, sql: str) -> Any:
        with self._database.reading() as connection:
            return connection.exec_driver_sql(sql).scalar()

    def _chosen(self, messages: Collection[int] | None) -> _Chosen:
        return _Chosen(self._database, messages)


def _is_person(set_aside: str, kind: str) -> bool:
    """Whether a contact is a person; one the owner froze is still the person they were."""
    return kind == ContactKind.PERSON and set_aside in ("", SetAsideReason.FROZEN)


def _fast(connection: Connection, sql: str) -> Iterator[Any]:
    """Yields plain rows as they come: hundreds of thousands are read here."""
    return iter(connection.exec_driver_sql(sql))


class _Chosen:
    """A reading connection, and what keeps a question to some messages (all when None)."""

    def __init__(self, database: Database, messages: Collection[int] | None) -> None:
        self._context = database.reading()
        self._messages = messages

    def __enter__(self) -> tuple[Connection, Callable[[str, str], str]]:
        connection = self._context.__enter__()
        if self._messages is None:
            return connection, lambda table, _: f"FROM {table}"
        _choose(connection, self._messages)
        # Crossed, for the few to be looked up: left to itself the database reads the whole table.
        return connection, "FROM chosen CROSS JOIN {} ON {} = chosen.id".format

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)


class _Places:
    """What lying in a unit, with some labels, says of a copy."""

    def __init__(self, connection: Connection) -> None:
        units = connection.exec_driver_sql("SELECT id, source_id, folder_role FROM unit").all()
        labelled = connection.exec_driver_sql(
            "SELECT DISTINCT unit_id FROM copy WHERE labels LIKE '%sent%'"
        )
        self._role = {row[0]: row[2] for row in units}
        self._source = {row[0]: row[1] for row in units}
        self._with_sent = {row[1] for row in units if row[2] == "sent"}
        self._with_sent |= {self._source[row[0]] for row in labelled}
        self._known: dict[tuple[int, str], tuple[CopyPlace]] = {}

    def of(self, unit: int, labels: str) -> tuple[CopyPlace]:
        """Returns the facts of a copy, by themselves; those of one unit are the same object."""
        known = self._known.get((unit, labels))
        if known is None:
            roles = {self._role[unit], *labels.split()}
            has_sent = self._source[unit] in self._with_sent
            known = (CopyPlace("sent" in roles, "drafts" in roles, has_sent),)
            self._known[unit, labels] = known
        return known


_CHOOSE_RELATED = """
INSERT OR IGNORE INTO chosen
SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.subject_digest = m.subject_digest WHERE m.subject_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.opening_digest = m.quoted_digest WHERE m.quoted_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.quoted_digest = m.opening_digest WHERE m.opening_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN message o ON o.id_digest = r.id_digest
UNION SELECT r.message_id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN reference r ON r.id_digest = m.id_digest WHERE m.id_digest <> 0
UNION SELECT o.message_id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN reference o ON o.id_digest = r.id_digest
UNION SELECT k.message_id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN also_known k ON k.id_digest = r.id_digest
UNION SELECT r.message_id FROM chosen c CROSS JOIN also_known k ON k.message_id = c.id
    CROSS JOIN reference r ON r.id_digest = k.id_digest"""

_OF_CONTACTS = """
SELECT DISTINCT p.message_id FROM chosen
CROSS JOIN contact_address a ON a.contact_id = chosen.id
CROSS JOIN participant p ON p.address_id = a.address_id"""


def _bounces_of(connection: Connection) -> set[int]:
    """Returns the bounces that name an address of a chosen contact."""
    theirs = {
        row[0]
        for row in connection.exec_driver_sql(
            "SELECT address FROM chosen JOIN contact_address c ON c.contact_id = chosen.id "
            "JOIN address a ON a.id = c.address_id"
        )
    }
    rows = connection.exec_driver_sql(
        "SELECT id, failed_addresses FROM message WHERE kind = 'bounce'"
    )
    return {row[0] for row in rows if theirs.intersection(row[1].split())}


def _save_owner(connection: Connection, identities: Identities, *, everything: bool) -> None:
    """Keeps which addresses are the owner's, and why: all, or those the identities speak of."""
    owner = {} if everything else read_owned(connection)
    for contact in identities.contacts:
        for one in contact.addresses:
            owner.pop(one.address, None)
    owner |= {one.address: one.rule.value for one in identities.owner}
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO conclusion VALUES ('owner', ?)",
        (json.dumps(sorted(owner.items())),),
    )


def _choose(connection: Connection, numbers: Collection[int]) -> None:
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
    run("DELETE FROM chosen")
    if numbers:
        run("INSERT INTO chosen VALUES (?)", [(number,) for number in numbers])


_INSERT_WAIT = f"INSERT INTO wait VALUES ({', '.join('?' * 16)})"
_INSERT_EPISODE = f"INSERT INTO episode VALUES (NULL, {', '.join('?' * 15)})"


def _save_waits(connection: Connection, found: Iterable[ContactWaits]) -> None:
    waits: list[tuple[object, ...]] = []
    episodes: list[tuple[object, ...]] = []
    for one in found:
        waits += [_wait_row(wait) for wait in one.waits]
        episodes += [_episode_row(episode) for episode in one.episodes]
        if len(waits) > 20_000:
            connection.exec_driver_sql(_INSERT_WAIT, waits)
            waits.clear()
    if waits:
        connection.exec_driver_sql(_INSERT_WAIT, waits)
    if episodes:
        connection.exec_driver_sql(_INSERT_EPISODE, episodes)


def _wait_row(wait: Wait) -> tuple[object, ...]:
    # Plain numbers throughout: the driver takes a detour for every truth value.
    return (
        wait.contact,
        wait.message,
        wait.sent_at,
        wait.n_to,
        wait.n_cc,
        int(wait.is_reply),
        int(wait.is_forward),
        int(wait.asks_question),
        int(wait.has_request),
        wait.new_text_chars,
        wait.replied_after,
        wait.answered_after,
        wait.answered_by_other_after,
        wait.bounced_after,
        int(wait.expects_answer),
        int(wait.is_mass),
    )


def _episode_row(episode: Episode) -> tuple[object, ...]:
    replied, other = episode.replied, episode.other
    return (
        episode.contact,
        episode.thread,
        episode.opened_at,
        episode.opened_by,
        episode.closed_at,
        "" if episode.closure is None else episode.closure.value,
        episode.closed_by,
        None if replied is None else replied.at,
        None if replied is None else replied.message,
        None if other is None else other.at,
        None if other is None else other.message,
        int(episode.is_mass),
        int(episode.is_left_truncated),
        json.dumps(episode.follow_ups) if episode.follow_ups else "",
        json.dumps(episode.pauses) if episode.pauses else "",
    )
