"""What was read in the words of messages: saved with how far reading came, and asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gonequiet.app.packing import ROLE_NUMBER
from gonequiet.domain.commitment import Claim
from gonequiet.domain.facts import Fact
from gonequiet.domain.message import Role
from gonequiet.language.deeds import Deed, SpokenDeed
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection, Row

if TYPE_CHECKING:  # the ledger asks here, and needs none of the readers
    from gonequiet.app.reading import ReadAct, TextToRead, WordsRead

_AT_ONCE = 500  # numbers in one statement
_NAMED = 40  # people of a message looked at
_READERS = tuple(ROLE_NUMBER[role] for role in (Role.TO, Role.CC, Role.BCC))
_PERSONAL = "FROM message m WHERE m.id > ? AND m.kind = 'personal'"


class ReadingTables:
    """Implements `app.reading.WordsStore` and `app.reading.ReadWords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read_through(self, version: int) -> int:
        """Returns the message number up to which this version has read, 0 for none."""
        return self._number("SELECT max(through) FROM reader WHERE version = ?", version)

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""
        return self._number("SELECT max(id) FROM message")

    def count_unread(self, after: int) -> int:
        """Returns how many personal messages are still to be read."""
        return self._number(f"SELECT count(*) {_PERSONAL}", after)

    def unread(self, after: int, limit: int) -> list[TextToRead]:
        """Returns the next personal messages by number."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_UNREAD, (after, limit)).all()
        from gonequiet.app.reading import TextToRead

        return [
            TextToRead._make((*row[:7], bool(row[7] & Fact.IS_TO_MANY), tuple(row[8].split())))
            for row in rows
        ]

    def save_words(
        self, words: Sequence[WordsRead], *, after: int, through: int, version: int
    ) -> None:
        """Replaces what was read of the messages in between, and notes how far it came."""
        claims = [claim for one in words for claim in one.claims]
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            for table in ("words", "commitment"):
                run(
                    f"DELETE FROM {table} WHERE message_id > ? AND message_id <= ?",
                    (after, through),
                )
            if words:
                run("INSERT INTO words VALUES (?, ?, ?, ?, ?)", [_packed(one) for one in words])
            if claims:
                run(_ADD_CLAIM, [_claim_row(one) for one in claims])
            run("DELETE FROM reader WHERE version <> ?", (version,))
            run("INSERT OR REPLACE INTO reader VALUES (?, ?)", (version, through))

    def forget_words(self) -> None:
        """Drops everything read, so that it is read again."""
        with self._database.writing() as connection:
            for table in ("words", "commitment", "reader"):
                connection.exec_driver_sql(f"DELETE FROM {table}")

    def acts_of(self, messages: Sequence[int]) -> Mapping[int, WordsRead]:
        """Returns what the words of these messages do; messages that were not read are missing."""
        found: dict[int, WordsRead] = {}
        with self._database.reading() as connection:
            for start in range(0, len(messages), _AT_ONCE):
                some = tuple(messages[start : start + _AT_ONCE])
                found |= {one.message: one for one in _read(connection, some)}
        return found

    def _number(self, sql: str, *values: object) -> int:
        with self._database.reading() as connection:
            return int(connection.exec_driver_sql(sql, values).scalar() or 0)


_UNREAD = f"""
SELECT m.id, m.content_digest, m.sent_at, m.utc_offset_minutes,
    coalesce((SELECT a.address FROM address a WHERE a.id = m.from_address_id), ''),
    t.new_text, t.signature, m.facts,
    coalesce((SELECT group_concat(a.address, ' ') FROM participant p
        JOIN address a ON a.id = p.address_id
        WHERE p.message_id = m.id AND p.position < {_NAMED} AND p.role IN {_READERS}), '')
FROM message m JOIN message_text t ON t.id = m.id WHERE m.id > ? AND m.kind = 'personal'
ORDER BY m.id LIMIT ?"""

_ADD_CLAIM = "INSERT INTO commitment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _packed(words: WordsRead) -> Row:
    acts = "\n".join(f"{a.act} {a.start} {a.stop} {a.rule} {a.chance}" for a in words.acts)
    deeds = "\n".join(
        " ".join((one.deed.value, str(one.start), str(one.stop), *one.about)) for one in words.deeds
    )
    return (words.message, words.tongue, words.sentences, acts, deeds)


def _claim_row(claim: Claim) -> Row:
    return (
        claim.message,
        claim.start,
        claim.stop,
        claim.what_start,
        claim.what_stop,
        claim.key,
        int(claim.by_reader),
        "" if claim.due_on is None else claim.due_on.isoformat(),
        int(claim.is_sure),
        claim.rule,
    )


def _read(connection: Connection, messages: tuple[int, ...]) -> Iterator[WordsRead]:
    from gonequiet.app.reading import WordsRead

    marks = ", ".join("?" * len(messages))
    claims = claims_by_message(
        connection.exec_driver_sql(
            f"SELECT {CLAIM_COLUMNS} FROM commitment c WHERE c.message_id IN ({marks}) "
            "ORDER BY c.message_id, c.start",
            messages,
        )
    )
    for row in connection.exec_driver_sql(
        f"SELECT * FROM words WHERE message_id IN ({marks})", messages
    ):
        acts, deeds = unpacked_acts(row[3]), unpacked_deeds(row[4])
        yield WordsRead._make((*row[:3], acts, deeds, tuple(claims.get(row[0], ()))))


CLAIM_COLUMNS = (
    "c.claim, c.message_id, c.start, c.stop, c.what_start, c.what_stop, c.by_reader, c.due_on, "
    "c.is_sure, c.rule"
)


def claim_of(row: Row) -> Claim:
    """Returns a claim from `CLAIM_COLUMNS`."""
    due_on = date.fromisoformat(row[7]) if row[7] else None
    return Claim._make((*row[:6], bool(row[6]), due_on, bool(row[8]), row[9]))


def claims_by_message(rows: Iterable[Row]) -> dict[int, list[Claim]]:
    """Returns claims by the number of their message."""
    found: dict[int, list[Claim]] = {}
    for row in rows:
        claim = claim_of(row)
        found.setdefault(claim.message, []).append(claim)
    return found


def unpacked_acts(text: str) -> tuple[ReadAct, ...]:
    """Returns acts as `words.acts` holds them."""
    from gonequiet.app.reading import ReadAct

    parts = (line.split(" ") for line in text.splitlines())
    return tuple(ReadAct(a, int(b), int(c), d, int(e)) for a, b, c, d, e in parts)


def unpacked_deeds(text: str) -> tuple[SpokenDeed, ...]:
    """Returns deeds as `words.deeds` holds them."""
    parts = (line.split(" ") for line in text.splitlines())
    return tuple(SpokenDeed(Deed(p[0]), int(p[1]), int(p[2]), tuple(p[3:])) for p in parts)
