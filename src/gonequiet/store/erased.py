"""Knows who was erased again when a source still holds them, and keeps them out."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from gonequiet.app.packing import FROM, ROLE_NUMBER, PackedMessage, row_digest
from gonequiet.app.ports import PackedRecord, UnitChunk
from gonequiet.domain.digests import digest_of
from gonequiet.domain.message import Role
from gonequiet.store.driver import Connection

_KEY = "key "
_NAME = "name "
_TO = ROLE_NUMBER[Role.TO]
_REPLY_TO = ROLE_NUMBER[Role.REPLY_TO]


class ErasedAddresses:
    """The addresses that were erased, as far as they can be known again."""

    def __init__(self, connection: Connection) -> None:
        rows = [row[0] for row in connection.exec_driver_sql("SELECT token FROM erased")]
        keys = [row.removeprefix(_KEY) for row in rows if row.startswith(_KEY)]
        self._key = bytes.fromhex(keys[0]) if keys else b""
        self._tokens = frozenset(row for row in rows if not row.startswith(_KEY))
        self._known: dict[str, bool] = {}
        self._places: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def __contains__(self, address: str) -> bool:
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = _token(self._key, address) in self._tokens
        return known

    def kept_of(self, chunks: Sequence[UnitChunk]) -> list[UnitChunk]:
        """Returns chunks without what is of erased people alone, and without them in the rest."""
        return [
            one._replace(
                unit=replace(
                    one.unit, path=self.place(one.unit.path), folder=self.place(one.unit.folder)
                ),
                chunk=one.chunk._replace(
                    records=list(self._kept(one.chunk.records)),
                    problems=[
                        replace(found, position=self.place(found.position))
                        for found in one.chunk.problems
                    ],
                ),
            )
            for one in chunks
        ]

    def place(self, text: str) -> str:
        """Returns the name of a place, unless an erased contact is named in it: then a token.

        The same place has the same token every time, so that it stays one place.
        """
        found = self._places.get(text) if self._tokens else text
        if found is None:
            is_named = any(_token(self._key, one) in self._tokens for one in _named_in(text))
            found = f"erased {_token(self._key, text)[:16]}" if is_named else text
            self._places[text] = found
        return found

    def _kept(self, records: Iterable[PackedRecord]) -> Iterable[PackedRecord]:
        for record in records:
            record = record._replace(position=self.place(record.position))
            found = record.message.participants
            if not any(address in self for _, address, _ in found):
                yield record
            elif not is_theirs_alone([(role, address) for role, address, _ in found], self):
                yield record._replace(message=without(record.message, self))


def is_theirs_alone(
    people: Sequence[tuple[int, str]], erased: Collection[str] | ErasedAddresses
) -> bool:
    """Returns whether a record is only about erased people: theirs, their card, or to them only.

    Args:
        people: role number and address of everybody in it.
        erased: the addresses.
    """
    if any(address in erased for role, address in people if role == FROM):
        return True
    recipients = [address for role, address in people if role >= _TO]
    if not recipients:
        return any(address in erased for role, address in people if role == _REPLY_TO)
    return all(address in erased for address in recipients)


def without(message: PackedMessage, erased: Collection[str] | ErasedAddresses) -> PackedMessage:
    """Returns a message without erased people among its participants."""
    left = tuple(who for who in message.participants if who[1] not in erased)
    digest = row_digest(
        message.row,
        message.texts,
        [who[:2] for who in left],
        message.references,
        message.channel,
    )
    return message._replace(participants=left, digest=digest)


_ADDRESS: Final = re.compile(r"[^\s/@<>]{1,64}@[^\s/@<>]{1,255}")
_WORD: Final = re.compile(r"[^\W\d_]{1,64}")
_LONGEST_NAME = 4  # words


def _named_in(text: str) -> Iterator[str]:
    """Yields what may be an address or a full name in the name of a place."""
    for found in _ADDRESS.findall(text):
        yield found
        yield found.rpartition(".")[0]  # without what kind of file it is
    words = _WORD.findall(text.casefold())
    for length in range(2, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            yield _NAME + " ".join(words[start : start + length])


def _as_named(name: str) -> set[str]:
    """Returns a full name as it is kept: given name first, and family name first."""
    words = _WORD.findall(name.casefold())
    orders = (words, [*words[-1:], *words[:-1]]) if len(words) > 1 else ()
    return {_NAME + " ".join(order) for order in orders}


def note_erased(connection: Connection, addresses: Iterable[str], names: Iterable[str]) -> None:
    """Keeps a token of each address and full name; the first time, a key is made."""
    key = _key_of(connection)
    held = {*addresses, *(one for name in names for one in _as_named(name))}
    rows = sorted(_token(key, one) for one in held)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO erased VALUES (?, ?)", [(row, digest_of((row,))) for row in rows]
    )


def _key_of(connection: Connection) -> bytes:
    found = connection.exec_driver_sql(
        "SELECT token FROM erased WHERE token LIKE ?", (f"{_KEY}%",)
    ).scalar()
    if found is not None:
        return bytes.fromhex(str(found).removeprefix(_KEY))
    key = secrets.token_bytes(32)
    row = f"{_KEY}{key.hex()}"
    connection.exec_driver_sql("INSERT INTO erased VALUES (?, ?)", (row, digest_of((row,))))
    return key


def _token(key: bytes, address: str) -> str:
    return hmac.new(key, address.encode("utf-8", "surrogatepass"), sha256).hexdigest()
