"""What drafting asks of the records, and which drafts were made."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from gonequiet.app.outbox_ports import Addressee, KeptDraft, ThreadPlace
from gonequiet.domain.edit import Edit, EditVerb, active_edits
from gonequiet.store.database import Database
from gonequiet.store.editing import EditTables

_LETTER_CHARS = 4_000
_MOST_REFERENCES = 20
_NO_DOCUMENTS = ("image/", "text/", "message/", "application/pgp", "application/pkcs7")


class LetterTables:
    """Implements `app.outbox_ports.LetterRecords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def addressee(self, contact: int, as_of: int) -> Addressee:
        """Returns where and by whom letters to a contact are written."""
        to = self._first(_WROTE_FROM, contact, as_of)
        own = self._first(_OWNER_TO, contact, as_of) or self._first(_OWNER_MOSTLY, as_of)
        name = self._first(_NAME, own) if own else ""
        return Addressee(to, own, "" if "@" in name else name)

    def own_letters(self, contact: int | None, as_of: int, limit: int) -> list[str]:
        """Returns the owner's latest new words to a contact, or to anybody, latest first."""
        if contact is None:
            return self._texts(_OWN_LETTERS, as_of, limit)
        return self._texts(_LETTERS_TO, contact, as_of, limit)

    def their_letters(self, contact: int, as_of: int, limit: int) -> list[str]:
        """Returns a contact's latest new words, latest first."""
        return self._texts(_LETTERS_FROM, contact, as_of, limit)

    def documents(self, messages: Collection[int]) -> dict[int, tuple[str, ...]]:
        """Returns the names of the documents attached to messages, of those that have any."""
        rows = self._all(_ATTACHED, json.dumps(sorted(messages)))
        found = {row[0]: documents_in(row[1]) for row in rows}
        return {message: names for message, names in found.items() if names}

    def place_in_thread(self, thread: int, contact: int, as_of: int) -> ThreadPlace | None:
        """Returns where an answer to a thread belongs, None when nothing personal is in it."""
        rows = self._all(_LATEST_IN_THREAD, contact, thread, as_of)
        if not rows:
            return None
        message, message_id, subject, address = rows[0]
        ancestors = [row[0] for row in self._all(_ANCESTORS, message, _MOST_REFERENCES)]
        references = tuple(each for each in reversed(ancestors) if each and each != message_id)
        return ThreadPlace(message_id, references, subject, address or "")

    def _texts(self, sql: str, *values: object) -> list[str]:
        return [str(row[0]) for row in self._all(sql, *values)]

    def _first(self, sql: str, *values: object) -> str:
        rows = self._all(sql, *values)
        return str(rows[0][0]) if rows else ""

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(sql, values).all())


def documents_in(attachments: str) -> tuple[str, ...]:
    """Returns the names of documents among attachments; pictures and invitations are none."""
    return tuple(
        str(name)
        for name, kind, *_ in json.loads(attachments)
        if name and not str(kind).startswith(_NO_DOCUMENTS)
    )


class DraftTables:
    """Implements `app.outbox_ports.DraftMemory` in the owner's journal."""

    def __init__(self, database: Database, now: int) -> None:
        self._database = database
        self._edits = EditTables(database)
        self._now = now

    def remember(self, kept: KeptDraft) -> None:
        """Keeps that a draft was made; the same plan and outbox once."""
        if self._find(kept.plan, kept.outbox) is None:
            said = {name: getattr(kept, name) for name in ("plan", "form", "subject", "outbox")}
            words = json.dumps(said, ensure_ascii=False, sort_keys=True)
            self._edits.add_edit(EditVerb.DRAFT, kept.contact, words, 0, now=kept.made_at)

    def made(self) -> Sequence[KeptDraft]:
        """Returns every draft made, oldest first."""
        return [kept for _, kept in self._entries()]

    def forget(self, plan: str, outbox: str) -> None:
        """Forgets that a draft was made, by taking the entry back."""
        number = self._find(plan, outbox)
        if number is not None:
            self._edits.add_edit(EditVerb.UNDO, "", "", number, now=self._now)

    def _find(self, plan: str, outbox: str) -> int | None:
        same = (
            number for number, kept in self._entries() if (kept.plan, kept.outbox) == (plan, outbox)
        )
        return next(same, None)

    def _entries(self) -> list[tuple[int, KeptDraft]]:
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_JOURNAL).all()
        made_at = {row[0]: row[1] for row in rows}
        edits = (Edit(row[0], EditVerb(row[2]), row[3], row[4], row[5]) for row in rows)
        drafts = (edit for edit in active_edits(edits) if edit.verb is EditVerb.DRAFT)
        return [(edit.number, _kept(edit, made_at[edit.number])) for edit in drafts]


def _kept(edit: Edit, made_at: int) -> KeptDraft:
    said = json.loads(edit.second)
    return KeptDraft(
        said["plan"], said["form"], made_at, edit.first, said["subject"], said["outbox"]
    )


_JOURNAL = """
SELECT id, made_at, verb, first, second, undoes FROM edit
WHERE verb IN ('draft', 'undo') ORDER BY id"""

_PERSONAL = "m.kind = 'personal' AND m.channel = 'mail' AND m.sent_at <= ?"

_WROTE_FROM = f"""
SELECT a.address FROM contact_address ca JOIN address a ON a.id = ca.address_id
JOIN message m ON m.from_address_id = a.id
WHERE ca.contact_id = ? AND a.address LIKE '%@%' AND {_PERSONAL}
ORDER BY m.sent_at DESC, m.id DESC LIMIT 1"""

_OWNER_TO = f"""
SELECT a.address FROM contact_address ca
JOIN participant p ON p.address_id = ca.address_id AND p.role > 2
JOIN message m ON m.id = p.message_id
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN address a ON a.id = m.from_address_id
WHERE ca.contact_id = ? AND {_PERSONAL} ORDER BY m.sent_at DESC, m.id DESC LIMIT 1"""

_OWNER_MOSTLY = f"""
SELECT a.address FROM message m JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN address a ON a.id = m.from_address_id
WHERE {_PERSONAL} GROUP BY a.address ORDER BY count(*) DESC, a.address LIMIT 1"""

_NAME = """
SELECT n.name FROM address a JOIN address_name n ON n.address_id = a.id
WHERE a.address = ? AND n.name != '' ORDER BY n.times DESC, n.name LIMIT 1"""

_LETTERS_TO = f"""
SELECT DISTINCT substr(t.new_text, 1, {_LETTER_CHARS}), m.sent_at, m.id FROM contact_address ca
JOIN participant p ON p.address_id = ca.address_id AND p.role > 2
JOIN message m ON m.id = p.message_id
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN message_text t ON t.id = m.id
WHERE ca.contact_id = ? AND {_PERSONAL} ORDER BY m.sent_at DESC, m.id DESC LIMIT ?"""

_OWN_LETTERS = f"""
SELECT substr(t.new_text, 1, {_LETTER_CHARS}) FROM message m
JOIN link l ON l.message_id = m.id AND l.direction = 'outbound'
JOIN message_text t ON t.id = m.id
WHERE {_PERSONAL} ORDER BY m.sent_at DESC, m.id DESC LIMIT ?"""

_LETTERS_FROM = f"""
SELECT substr(t.new_text, 1, {_LETTER_CHARS}) FROM contact_address ca
JOIN message m ON m.from_address_id = ca.address_id
JOIN message_text t ON t.id = m.id
WHERE ca.contact_id = ? AND {_PERSONAL} ORDER BY m.sent_at DESC, m.id DESC LIMIT ?"""

_ATTACHED = """
SELECT m.id, m.attachments FROM json_each(?) asked CROSS JOIN message m ON m.id = asked.value
WHERE m.attachments <> ''"""

_LATEST_IN_THREAD = f"""
SELECT m.id, m.message_id, t.subject,
    (SELECT a.address FROM participant p JOIN contact_address ca
        ON ca.address_id = p.address_id AND ca.contact_id = ?
        JOIN address a ON a.id = p.address_id WHERE p.message_id = m.id LIMIT 1)
FROM link l JOIN message m ON m.id = l.message_id JOIN message_text t ON t.id = m.id
WHERE l.thread_id = ? AND {_PERSONAL} ORDER BY 4 IS NULL, m.sent_at DESC, m.id DESC LIMIT 1"""

_ANCESTORS = """
WITH RECURSIVE above(id, depth) AS (
    SELECT parent_id, 1 FROM link WHERE message_id = ?
    UNION SELECT l.parent_id, above.depth + 1 FROM above JOIN link l ON l.message_id = above.id
    WHERE above.depth < ?)
SELECT m.message_id FROM above JOIN message m ON m.id = above.id ORDER BY above.depth"""
