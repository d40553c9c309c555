"""Fills an empty database from an export of everything; what was concluded is drawn again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gonequiet.analysis.addresses import house_of
from gonequiet.app.packing import FROM, ROLE_NUMBER, row_digest
from gonequiet.domain.digests import digest_of, text_digest
from gonequiet.domain.facts import Fact
from gonequiet.domain.message import Role
from gonequiet.errors import GonequietError
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.exporting import ARCHIVE

Line = dict[str, Any]


def restore_lines(database: Database, lines: Iterable[str]) -> None:
    """Takes in the lines of an archive, in one transaction.

    Raises:
        GonequietError: they are no archive of ours, or end early.
    """
    with database.writing(durable=True) as connection:
        filling = _Filling(connection)
        try:
            for number, line in enumerate(lines):
                filling.take(json.loads(line), is_first=number == 0)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GonequietError(_WRONG) from error
        if not filling.is_whole:
            raise GonequietError(_WRONG)
        filling.finish()


_WRONG = (
    "This is no whole archive of gonequiet. Write one with 'gonequiet export --archive --out FILE' "
    "and restore that; nothing was changed."
)


class _Filling:
    """An empty database on its way to being full."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.exec_driver_sql
        self._addresses: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._units: dict[tuple[str, str], int] = {}
        self._messages: dict[str, int] = {}
        self._takes: dict[str, Callable[[Line], None]] = {
            "source": self._source,
            "unit": self._unit,
            "message": self._message,
            "name": self._name,
            "alias": self._alias,
            "problem": self._problem,
            "edit": self._edit,
            "erased": self._erased,
        }
        self.is_whole = False

    def take(self, line: Line, *, is_first: bool) -> None:
        """Takes one line; what is concluded is left out, it is drawn again."""
        if is_first and (line["kind"], line.get("name")) != ("format", ARCHIVE):
            raise ValueError("another format")
        self.is_whole = line["kind"] == "end"
        take = self._takes.get(line["kind"])
        if take is not None:
            take(line)

    def finish(self) -> None:
        """Makes the full-text index."""
        self._run("INSERT INTO full_text (full_text) VALUES ('rebuild')")

    def _source(self, line: Line) -> None:
        row = (line["source_kind"], line["location"], line["added_at"], line["read_at"])
        self._sources[line["location"]] = self._run(
            "INSERT INTO source (kind, location, added_at, read_at, digest) VALUES (?, ?, ?, ?, ?)",
            (*row, digest_of(row)),
        ).inserted

    def _unit(self, line: Line) -> None:
        row = (line["path"], line["folder"], line["folder_role"], line["state"])
        self._units[line["source"], line["path"]] = self._run(
            "INSERT INTO unit (source_id, path, folder, folder_role, state, digest) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (self._sources[line["source"]], *row, digest_of(row)),
        ).inserted

    def _address(self, address: str) -> int:
        known = self._addresses.get(address)
        if known is None:
            known = self._run(
                "INSERT INTO address (address, organisation) VALUES (?, ?)",
                (address, house_of(address)),
            ).inserted
            self._addresses[address] = known
        return known

    def _message(self, line: Line) -> None:
        number = len(self._messages) + 1
        self._messages[line["key"]] = number
        row, texts = _row(line), _texts(line)
        people = [(ROLE_NUMBER[Role(role)], address) for role, address in line["participants"]]
        references = tuple((kind, digest) for kind, digest in line["references"])
        detail = json.dumps(
            line["detail"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        channel = (line["channel"], line["states"], "" if line["detail"] is None else detail)
        digest = row_digest(row, texts, people, references, channel)
        sender = next((address for role, address in people if role == FROM), None)
        sender_id = None if sender is None else self._address(sender)
        self._run(
            f"INSERT INTO message VALUES ({', '.join('?' * 23)})",
            (number, *row, sender_id, digest, *channel),
        )
        self._run("INSERT INTO message_text VALUES (?, ?, ?, ?, ?)", (number, *texts))
        self._run(
            "INSERT INTO participant VALUES (?, ?, ?, ?)",
            [(number, at, role, self._address(one)) for at, (role, one) in enumerate(people)],
        )
        self._run(
            "INSERT INTO reference VALUES (?, ?, ?, ?)",
            [(number, at, kind, digest) for at, (kind, digest) in enumerate(references)],
        )
        self._copies(number, line["copies"])

    def _copies(self, number: int, copies: Iterable[list[str]]) -> None:
        self._run(
            "INSERT INTO copy VALUES (?, ?, ?, ?, ?)",
            [
                (
                    self._units[location, path],
                    position,
                    number,
                    labels,
                    digest_of((path, position, number, labels)),
                )
                for location, path, position, labels in copies
            ],
        )

    def _name(self, line: Line) -> None:
        self._run(
            "INSERT INTO address_name VALUES (?, ?, ?)",
            (self._address(line["address"]), line["name"], line["times"]),
        )

    def _alias(self, line: Line) -> None:
        self._run(
            "INSERT INTO also_known VALUES (?, ?)",
            (line["id_digest"], self._messages[line["message"]]),
        )

    def _problem(self, line: Line) -> None:
        unit = self._units.get((line["source"], line["unit"] or ""))
        row = (line["problem_kind"], line["position"], line["reason"])
        self._run(
            "INSERT INTO problem (source_id, unit_id, kind, position, reason, message_id, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._sources[line["source"]],
                None if line["unit"] is None else unit,
                *row,
                self._messages.get(line["message"] or ""),
                digest_of(row),
            ),
        )

    def _edit(self, line: Line) -> None:
        row = (line["made_at"], line["verb"], line["first"], line["second"], line["undoes"])
        self._run(
            "INSERT INTO edit (id, made_at, verb, first, second, undoes, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (line["id"], *row, digest_of(row)),
        )

    def _erased(self, line: Line) -> None:
        row = (line["token"],)
        self._run("INSERT INTO erased VALUES (?, ?)", (*row, digest_of(row)))


def _row(line: Line) -> tuple[object, ...]:
    """The columns of `message` from `message_id` to `size`, as `app.packing` makes them."""
    attachments = line["attachments"]
    return (
        line["message_id"],
        text_digest(line["message_id"]),
        line["content_digest"],
        line["sent_at"],
        line["sent_at_from"],
        line["utc_offset_minutes"],
        line["subject_digest"],
        line["opening_digest"],
        line["quoted_digest"],
        line["message_kind"],
        line["list_id"],
        line["return_on"],
        " ".join(line["failed_addresses"]),
        json.dumps(attachments, ensure_ascii=False) if attachments else "",
        sum(Fact[name].value for name in line["facts"]),
        line["new_text_chars"],
        line["size"],
    )


def _texts(line: Line) -> tuple[str, str, str, str]:
    return (line["subject"], line["new_text"], line["forwarded"], line["signature"])
