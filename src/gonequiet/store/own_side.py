"""What was asked of the owner, and what the owner did about it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gonequiet.analysis.addressed import is_a_persons, sender_kind
from gonequiet.analysis.own_side import (
    ELSEWHERE_DAYS,
    Asked,
    SentElsewhere,
    answered_elsewhere,
)
from gonequiet.app.own_side import AskedWords
from gonequiet.domain.contact import ContactKind
from gonequiet.domain.moments import DAY, EARLIEST_AT
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.taken_back import takes_back
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.ownership import read_owned


class OwnSideTables:
    """Implements `app.own_side.OwnSideRecords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def asked_of_owner(self) -> list[Asked]:
        """Returns every inbound message that calls for an answer of the owner, oldest first."""
        with self._database.reading() as connection:
            owned = json.dumps(sorted(read_owned(connection)))
            rows = connection.exec_driver_sql(_ASKED, (owned,)).all()
            answers = _Answers(connection)
            asked = {
                (contact, thread, message): Asked(
                    message, contact, at, *answers.of(contact, thread, at)
                )
                for message, contact, thread, at in rows
            }
            answered = dict(_with_answers_elsewhere(connection, asked, answers))
            kept = _without_mailings(connection, answered, answers)
            return list(_without_taken_back(connection, kept))

    def words_of(self, messages: list[int]) -> dict[int, AskedWords]:
        """Returns what is shown of messages: who wrote them, about what, with which words."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_WORDS, (json.dumps(messages),)).all()
        return {row[0]: AskedWords._make(row[1:]) for row in rows}


Place = tuple[int, int, int]  # a contact, a thread, a message


def _with_answers_elsewhere(
    connection: Connection, asked: Mapping[Place, Asked], answers: _Answers
) -> Iterator[tuple[Place, Asked]]:
    """Yields what was asked; what the owner answered outside the thread is answered."""
    open_ = {
        key: one
        for key, one in asked.items()
        if one.answered_at is None and answers.wrote_within(one, ELSEWHERE_DAYS * DAY)
    }
    contacts = json.dumps(sorted({one.contact for one in open_.values()}))
    messages = json.dumps(sorted(one.message for one in open_.values()))
    sent: dict[int, list[SentElsewhere]] = defaultdict(list)
    for contact, *row in connection.exec_driver_sql(_SENT_ELSEWHERE, (contacts,)):
        sent[contact].append(SentElsewhere(*row))
    subjects: dict[int, str] = dict(connection.exec_driver_sql(_SUBJECTS, (messages,)).all())
    for key, one in asked.items():
        if key not in open_:
            yield key, one
            continue
        at = answered_elsewhere(one.at, subjects[one.message], sent[one.contact])
        yield key, one if at is None else one._replace(answered_at=at)


def _without_mailings(
    connection: Connection, asked: Mapping[Place, Asked], answers: _Answers
) -> dict[Place, Asked]:
    """Returns what was asked but for mailings: nobody wrote them who could wait for an answer.

    Only senders the owner never wrote to are looked at: to the others somebody answers.
    """
    unknown = {one.message for one in asked.values() if not answers.ever_wrote_to(one.contact)}
    rows = connection.exec_driver_sql(_LETTERS, (json.dumps(sorted(unknown)),))
    mailings = {message for message, *letter in rows if not _is_a_persons(*letter)}
    return {key: one for key, one in asked.items() if one.message not in mailings}


def _is_a_persons(sender: str, recipients: str, text: str, footer: str) -> bool:
    """Whether a letter is one person's to another, by who it is between and by its words."""
    if not is_a_persons(sender, recipients.split("\n")):
        return False
    is_office = sender_kind(sender) is ContactKind.ROLE
    return not is_sent_to_many(f"{text}\n{footer}", from_a_role=is_office)


def _without_taken_back(
    connection: Connection, asked: Mapping[tuple[int, int, int], Asked]
) -> Iterator[Asked]:
    """Yields what was asked; what who asked took back is over without an answer."""
    still = {key for key, one in asked.items() if one.answered_at is None and one.closed_at is None}
    threads = json.dumps(sorted({thread for _, thread, _ in still}))
    words: dict[tuple[int, int], list[int]] = defaultdict(list)
    for contact, thread, at, text in connection.exec_driver_sql(_SAID_SHORTLY, (threads,)):
        if takes_back(text):
            words[contact, thread].append(at)
    for key, one in asked.items():
        over = _first(words.get(key[:2], ()), one.at) if key in still else None
        yield one if over is None else one._replace(closed_at=over)


class _Answers:
    """What the owner and others wrote after a message."""

    def __init__(self, connection: Connection) -> None:
        self._in_thread = _moments(connection, _SENT_IN_THREADS)
        self._otherwise = _moments(connection, _HAD_OTHERWISE)
        self._to = _moments(connection, _SENT_TO)
        self._from = _moments(connection, _WRITTEN_BY)
        self._others: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for thread, contact, at in connection.exec_driver_sql(_WRITTEN_IN_THREADS):
            self._others[thread].append((at, contact))

    def ever_wrote_to(self, contact: int) -> bool:
        """Returns whether the owner ever wrote to somebody, or spoke with them."""
        return contact in self._to or contact in self._otherwise

    def wrote_within(self, asked: Asked, seconds: int) -> bool:
        """Returns whether the owner wrote to who asked, so soon after."""
        at = _first(self._to.get(asked.contact, ()), asked.at)
        return at is not None and at - asked.at <= seconds

    def of(self, contact: int, thread: int, at: int) -> tuple[int | None, int | None]:
        """Returns when the owner answered a message, and when it was over without an answer."""
        replied = _first(self._in_thread.get(thread, ()), at)
        spoke = _first(self._otherwise.get(contact, ()), at)
        answered = min((one for one in (replied, spoke) if one is not None), default=None)
        another = min(
            (one for one, who in self._others.get(thread, ()) if one > at and who != contact),
            default=None,
        )
        wrote = _first(self._to.get(contact, ()), at)
        went_on = None if wrote is None else _first(self._from.get(contact, ()), wrote)
        over = min((one for one in (another, went_on) if one is not None), default=None)
        return answered, over


def _moments(connection: Connection, sql: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, at in connection.exec_driver_sql(sql):
        found[key].append(at)
    for moments in found.values():
        moments.sort()
    return found


def _first(moments: Sequence[int], after: int) -> int | None:
    """Returns the first of rising moments later than one."""
    place = bisect_right(moments, after)
    return moments[place] if place < len(moments) else None


# What answers a question of the owner's waits for an answer only where it asks something itself.
_TO_FEW = "(SELECT count(*) FROM participant p WHERE p.message_id = m.id AND p.role = 3) <= 10"
_ASKED = f"""
SELECT m.id, ca.contact_id, l.thread_id, m.sent_at FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'inbound'
JOIN contact_address ca ON ca.address_id = m.from_address_id
JOIN contact c ON c.id = ca.contact_id AND c.set_aside = ''
WHERE m.kind IN ('personal', 'call') AND (m.facts >> 4) & 1 AND m.sent_at IS NOT NULL
AND m.sent_at > {EARLIEST_AT}
AND (m.channel <> 'mail' OR EXISTS (SELECT 1 FROM participant p JOIN address a
    ON a.id = p.address_id WHERE p.message_id = m.id AND p.role = 3
    AND a.address IN (SELECT value FROM json_each(?))))
AND {_TO_FEW}
AND ((m.facts >> 2) & 1 OR NOT EXISTS (SELECT 1 FROM link y JOIN message q ON q.id = y.message_id
    WHERE y.message_id = l.parent_id AND y.direction = 'outbound' AND (q.facts >> 4) & 1))
ORDER BY m.sent_at, m.id"""

_SENT_IN_THREADS = """
SELECT l.thread_id, m.sent_at FROM link l JOIN message m ON m.id = l.message_id
WHERE l.direction = 'outbound' AND m.sent_at IS NOT NULL AND m.channel = 'mail'"""

_HAD_OTHERWISE = """
SELECT DISTINCT ca.contact_id, m.sent_at FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN participant p ON p.message_id = m.id JOIN contact_address ca ON ca.address_id = p.address_id
WHERE m.channel IN ('call', 'text', 'chat', 'network', 'meeting') AND m.sent_at IS NOT NULL"""

_SENT_TO = """
SELECT DISTINCT ca.contact_id, m.sent_at FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN participant p ON p.message_id = m.id AND p.role = 3
JOIN contact_address ca ON ca.address_id = p.address_id WHERE m.sent_at IS NOT NULL"""

_SENT_ELSEWHERE = f"""
SELECT DISTINCT ca.contact_id, m.sent_at, t.subject, (m.facts >> 5) & 1 FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN participant p ON p.message_id = m.id AND p.role = 3
JOIN contact_address ca ON ca.address_id = p.address_id
JOIN message_text t ON t.id = m.id
WHERE ca.contact_id IN (SELECT value FROM json_each(?)) AND m.sent_at IS NOT NULL
AND m.channel = 'mail' AND {_TO_FEW}"""

_SUBJECTS = "SELECT id, subject FROM message_text WHERE id IN (SELECT value FROM json_each(?))"

_LETTERS = """
SELECT m.id, a.address, (SELECT coalesce(group_concat(o.address, char(10)), '') FROM participant p
    JOIN address o ON o.id = p.address_id WHERE p.message_id = m.id AND p.role IN (3, 4)),
    substr(t.new_text, 1, 12000), t.signature
FROM message m JOIN address a ON a.id = m.from_address_id JOIN message_text t ON t.id = m.id
WHERE m.channel = 'mail' AND m.id IN (SELECT value FROM json_each(?))"""

_WRITTEN_BY = """
SELECT ca.contact_id, m.sent_at FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'inbound'
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE m.kind IN ('personal', 'call') AND m.sent_at IS NOT NULL"""

_WRITTEN_IN_THREADS = """
SELECT l.thread_id, ca.contact_id, m.sent_at FROM link l JOIN message m ON m.id = l.message_id
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.direction <> 'outbound' AND m.kind = 'personal' AND m.channel = 'mail'
AND m.sent_at IS NOT NULL"""

# Short mails that ask nothing, in some threads.
_SAID_SHORTLY = """
SELECT ca.contact_id, l.thread_id, m.sent_at, t.new_text FROM link l
JOIN message m ON m.id = l.message_id JOIN message_text t ON t.id = m.id
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.thread_id IN (SELECT value FROM json_each(?)) AND l.direction = 'inbound'
AND m.kind = 'personal' AND m.channel = 'mail' AND m.new_text_chars <= 300
AND NOT (m.facts >> 4) & 1 AND m.sent_at IS NOT NULL ORDER BY m.sent_at, m.id"""

_WORDS = """
SELECT m.id, m.message_id, m.channel, c.name, c.key, c.organisation, t.subject,
    substr(t.new_text, 1, 400)
FROM message m JOIN message_text t ON t.id = m.id
JOIN contact_address ca ON ca.address_id = m.from_address_id JOIN contact c ON c.id = ca.contact_id
WHERE m.id IN (SELECT value FROM json_each(?))"""
