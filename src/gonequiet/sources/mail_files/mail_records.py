"""Mails made ready for the store; what says the same as one before is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from gonequiet.app.packing import PackedMessage, pack, pack_copy
from gonequiet.app.ports import PackedRecord
from gonequiet.formats.copy_keys import copy_key, own_id, speaks_for_copies
from gonequiet.formats.folders import label_roles
from gonequiet.formats.mime import RawMail, Unread, open_mail, read_opened
from gonequiet.language.answer_cues import asking_forms

if TYPE_CHECKING:
    from gonequiet.domain.message import ParsedMessage
    from gonequiet.sources.mail_files.tasks import Raw

Flat = tuple[Any, ...]
"""Texts, numbers and tuples of them, and nothing else: a memo may lie outside the process."""


class Memo(Protocol):
    """What was read before, by digest; may forget at any time."""

    def find(self, key: bytes) -> Flat | None:
        """Returns what is kept under a key, None when nothing is."""

    def keep(self, key: bytes, value: Flat) -> None:
        """Keeps a value, in the place of older ones if need be."""


def warm_up() -> None:
    """Loads what reading looks up: once, before reading processes begin."""
    asking_forms()


def records_reader(memo: Memo) -> Callable[[Sequence[Raw]], list[PackedRecord]]:
    """Returns what reads records; it never raises for what is in them.

    Args:
        memo: what was read before.
    """

    def read(records: Sequence[Raw]) -> list[PackedRecord]:
        mails = [
            open_mail(RawMail(content, line or None, max(size, len(content))))
            for _, content, size, line, _ in records
        ]
        keys = list(map(copy_key, mails))
        held = [memo.find(key) if key else None for key in keys]
        fresh = iter(
            read_opened([mail for mail, known in zip(mails, held, strict=True) if not known])
        )
        found = []
        for raw, mail, key, known in zip(records, mails, keys, held, strict=True):
            if known:
                found.append(_copy(raw, mail, known))
                continue
            message = next(fresh)
            record = _record(raw, message)
            if key and speaks_for_copies(message):
                memo.keep(key, (tuple(record.message), record.problems))
            found.append(record)
        return found

    return read


def _record(raw: Raw, message: ParsedMessage) -> PackedRecord:
    labels = " ".join(label_roles(message.labels)) if message.labels else raw.role
    uncertain = message.uncertain_sender
    return PackedRecord(raw.position, labels, pack(message), message.problems, uncertain)


def _copy(raw: Raw, mail: Unread, known: Flat) -> PackedRecord:
    packed, problems = known
    message = pack_copy(PackedMessage(*packed), own_id(mail), mail.mail.size)
    return PackedRecord(raw.position, raw.role, message, problems, False)
