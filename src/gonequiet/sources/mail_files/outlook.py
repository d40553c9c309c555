"""Outlook data files (.pst, .ost), item by item, in processes that can be killed.

libpff is C code that walks files nobody vouches for. So it is never called in the main process:
what folders there are is asked of a process made for that, and items are read where mails are.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple

from gonequiet.app.ports import PackedRecord
from gonequiet.domain.message import ParsedMessage
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats import mapi
from gonequiet.formats.folders import FolderRole, label_roles
from gonequiet.formats.mapi import Item, Properties, Value
from gonequiet.formats.record_file import ReadOptions
from gonequiet.formats.wording import one_line
from gonequiet.sources.mail_files.memory_bound import bound_memory

ITEMS: Final = 200
"""Items of a task: what is done again when one of them stops its process."""
LISTING_SECONDS: Final = 60.0
_LISTING_BYTES: Final = 700 * 1024 * 1024
_MOST_FOLDERS: Final = 20_000
_DEEPEST: Final = 60
_MOST_PEOPLE: Final = 10_000
MOST_ATTACHMENTS: Final = 10_000
_CONTAINER_CLASS: Final = 0x3613
_MESSAGE_SIZE: Final = 0x0E08
_OF_FOLDERS: Final = frozenset({_CONTAINER_CLASS})
_OF_MESSAGES: Final = frozenset(
    {
        mapi.MESSAGE_CLASS, mapi.SUBJECT, mapi.SUBMITTED_AT, mapi.REPRESENTED_NAME,
        mapi.REPRESENTED_ADDRESS, mapi.REPRESENTED_MAIL_ADDRESS, mapi.TRANSPORT_HEADERS,
        mapi.SENDER_KEY, mapi.SENDER_NAME, mapi.SENDER_ADDRESS, mapi.SENDER_MAIL_ADDRESS,
        mapi.DELIVERED_AT, mapi.FLAGS, mapi.BODY, mapi.RICH_TEXT, mapi.HTML, mapi.MESSAGE_ID,
        mapi.REFERENCES, mapi.IN_REPLY_TO, mapi.MADE_AT, mapi.CODE_PAGE, mapi.MESSAGE_CODE_PAGE,
        mapi.MAKER_MAIL_ADDRESS, _MESSAGE_SIZE,
        # Of appointments; named here as well, so that a run without data files loads no calendars.
        mapi.CALLED_OFF, mapi.CHANGED_AT, mapi.CLEAN_EVENT_ID, mapi.ENDS_AT, mapi.EVENT_ID,
        mapi.IS_ALL_DAY, mapi.PLACE, mapi.PLAIN_ENDS_AT, mapi.PLAIN_STARTS_AT, mapi.SERIES,
        mapi.STARTS_AT, mapi.VERSION, mapi.ZONE_OF_SERIES, mapi.ZONE_OF_START,
    }
)  # fmt: skip
_OF_PEOPLE: Final = frozenset(
    {mapi.RECIPIENT_ROLE, mapi.DISPLAY_NAME, mapi.ADDRESS, mapi.MAIL_ADDRESS, mapi.TRACKED,
     mapi.RECIPIENT_FLAGS}
)  # fmt: skip
_OF_ATTACHMENTS: Final = frozenset(
    {mapi.FILE_NAME, mapi.SHORT_FILE_NAME, mapi.DISPLAY_NAME, mapi.MEDIA_TYPE, mapi.HOW_ATTACHED,
     mapi.SIZE}
)  # fmt: skip
_DAMAGED: Final = (OSError, RuntimeError, ValueError, TypeError, LookupError, OverflowError)
"""What libpff raises when a file does not hold what it says."""
_THROWN_AWAY: Final = "This appointment lies among deleted items and was left out."
_NO_FILE: Final = "This Outlook data file cannot be read; it may be damaged, cut off or in use."


class Folder(NamedTuple):
    """One folder of a data file.

    Attributes:
        way: which sub-folder of which, from the root.
        name: its name and those above it.
        items: how many messages, appointments ... lie in it.
        holds: what it is for ("IPF.Note", "IPF.Appointment" ...), "" when not stated.
    """

    way: tuple[int, ...]
    name: str
    items: int
    holds: str

    @property
    def is_read(self) -> bool:
        """Whether messages or appointments lie in it; else cards, tasks or notes."""
        read = ("IPF.NOTE", "IPF.IMAP", "IPF.APPOINTMENT")
        return self.holds.upper().startswith(read) or not self.holds


class ItemsTask(NamedTuple):
    """Some items of one folder of a data file."""

    path: str
    way: tuple[int, ...]
    folder: str
    start: int
    stop: int


class Held(NamedTuple):
    """An item that is read only when asked for: looking at it may cost the process its life.

    Attributes:
        position: where it lies, for when it cannot be read.
        load: reads it, and the meetings it carries, the item itself last.
    """

    position: str
    load: Callable[[ReadOptions], list[PackedRecord | RecordProblem]]


def list_folders(file: Path) -> list[Folder] | RecordProblem:
    """Returns the folders of a data file, or why they cannot be had."""
    context = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    asked = context.Process(  # type: ignore[attr-defined]
        target=_tell_folders, args=(str(file), theirs), daemon=True
    )
    asked.start()
    theirs.close()
    try:
        told = ours.recv() if ours.poll(LISTING_SECONDS) else ""
    except (EOFError, OSError):
        told = ""
    asked.kill()
    asked.join()
    ours.close()
    if not told:
        return RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=_NO_FILE)
    return [Folder(tuple(way), *rest) for way, *rest in json.loads(told)]


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _tell_folders(path: str, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory(_LISTING_BYTES)
    try:
        found = list(_folders(_opened(path), (), "", 0))[:_MOST_FOLDERS]
    except (*_DAMAGED, MemoryError):
        pipe.send("")
        return
    pipe.send(json.dumps(found))


@lru_cache(maxsize=1)
def _opened(path: str) -> Any:
    """Returns a data file, opened once in each process.

    Raises:
        OSError: it cannot be read.
    """
    file = import_module("pypff").file()
    file.open(path)
    return file


def _folders(file: Any, way: tuple[int, ...], name: str, depth: int) -> Iterator[Folder]:
    folder = _folder(file, way)
    held = _properties(folder, _OF_FOLDERS, "")
    items = int(folder.get_number_of_sub_messages())
    yield Folder(way, name, items, mapi.text(held, _CONTAINER_CLASS))
    if depth >= _DEEPEST:
        return
    for number in range(min(folder.get_number_of_sub_folders(), _MOST_FOLDERS)):
        try:
            below = folder.get_sub_folder(number)
            named = one_line(str(below.get_name() or "")).replace("/", " ") or f"{number + 1}"
            yield from _folders(file, (*way, number), f"{name}/{named}".lstrip("/"), depth + 1)
        except _DAMAGED:
            yield Folder((*way, number), f"{name}/{number + 1}".lstrip("/"), -1, "")


def _folder(file: Any, way: tuple[int, ...]) -> Any:
    found = file.get_root_folder()
    for number in way:
        found = found.get_sub_folder(number)
    return found


def tasks_of(file: Path, folders: list[Folder]) -> Iterator[ItemsTask | RecordProblem]:
    """Yields what there is to read in some folders, and what is left out of them."""
    for folder in folders:
        if folder.items < 0:
            reason = "This folder cannot be read; it may be damaged."
            yield RecordProblem(kind=ProblemKind.UNREADABLE, position=folder.name, reason=reason)
        elif folder.items and not folder.is_read:
            reason = (
                f"{folder.items} cards, tasks or notes were left out. Cards can be exported from "
                "Outlook as .vcf."
            )
            yield RecordProblem(kind=ProblemKind.SKIPPED, position=folder.name, reason=reason)
        else:
            for start in range(0, folder.items, ITEMS):
                stop = min(start + ITEMS, folder.items)
                yield ItemsTask(str(file), folder.way, folder.name, start, stop)


def items_of(task: ItemsTask) -> Iterator[Held]:
    """Yields the items of a task; nothing of the file is touched before one is loaded."""
    for number in range(task.start, task.stop):
        position = f"{task.folder}, item {number + 1}"
        yield Held(position, partial(_load, task, number, position))


def _load(
    task: ItemsTask, number: int, position: str, options: ReadOptions
) -> list[PackedRecord | RecordProblem]:
    """Reads one item."""
    from gonequiet.formats.outlook_calendar import is_appointment, read_appointment
    from gonequiet.formats.outlook_mail import NO_MESSAGE, is_mail, meetings_of, read_item

    try:
        item, known_as = _item(task, number)
    except _DAMAGED:
        reason = "This item of the Outlook data file is damaged and could not be read."
        return [RecordProblem(kind=ProblemKind.UNREADABLE, position=position, reason=reason)]
    if is_appointment(item) and not _is_thrown_away(task.folder):
        place = f"{task.folder}#{known_as}"
        found = read_appointment(item, options)
        return [_placed(one, f"{place} {one.position}", "") for one in found]
    if not is_mail(item):
        reason = _THROWN_AWAY if is_appointment(item) else NO_MESSAGE
        return [RecordProblem(kind=ProblemKind.SKIPPED, position=position, reason=reason)]
    size = mapi.number(item.properties, _MESSAGE_SIZE) or 0
    message = read_item(item, size=size)
    labels = label_roles([task.folder])
    if (mapi.number(item.properties, mapi.FLAGS) or 0) & mapi.NOT_SENT:
        labels = [FolderRole.DRAFTS.value]
    place, roles = f"{task.folder}#{known_as}", " ".join(labels)
    carried = [
        _placed(one, f"{place} meeting {one.position}", roles)
        for one in meetings_of(item, message, options)
    ]
    return [*carried, _packed(place, roles, message)]


def _is_thrown_away(folder: str) -> bool:
    """Whether what lies in a folder is to go: an appointment there was called off, or refused."""
    return FolderRole.TRASH.value in label_roles([folder])


def _placed(
    one: RecordRead | RecordProblem, position: str, labels: str
) -> PackedRecord | RecordProblem:
    if isinstance(one, RecordProblem):
        return replace(one, position=position)
    return _packed(position, labels, one.message)


def _packed(position: str, labels: str, message: ParsedMessage) -> PackedRecord:
    from gonequiet.app.packing import pack

    packed = pack(message)
    return PackedRecord(position, labels, packed, message.problems, message.uncertain_sender)


@lru_cache(maxsize=1)
def _folder_at(path: str, way: tuple[int, ...]) -> Any:
    return _folder(_opened(path), way)


def _item(task: ItemsTask, number: int) -> tuple[Item, int]:
    """Returns an item and its number in the file.

    Raises:
        OSError, RuntimeError, ValueError ...: see `_DAMAGED`.
    """
    charset = _charset(_opened(task.path))
    found = _folder_at(task.path, task.way).get_sub_message(number)
    problems: dict[str, None] = {}
    held = _properties(found, _OF_MESSAGES, charset, problems, _names(task.path))
    people = _people(found, charset, problems)
    attached = _attachments(found, charset, problems)
    return Item(held, people, attached, tuple(problems)), int(found.get_identifier())


def _charset(file: Any) -> str:
    named = file.get_ascii_codepage()
    return named.decode("ascii", "replace") if isinstance(named, bytes) else str(named)


_PEOPLE_LOST: Final = "Whom it went to could not be read in full."
_ATTACHED_LOST: Final = "What hangs on it could not be read in full."
_VALUES_LOST: Final = "Some of the Outlook item is damaged; the rest was read."


def _people(found: Any, charset: str, problems: dict[str, None]) -> tuple[Properties, ...]:
    try:
        table = found.recipients
        count = min(table.get_number_of_record_sets(), _MOST_PEOPLE) if table else 0
        return tuple(
            _values(table.get_record_set(number), _OF_PEOPLE, charset, problems)
            for number in range(count)
        )
    except _DAMAGED:
        problems[_PEOPLE_LOST] = None
        return ()


def _attachments(found: Any, charset: str, problems: dict[str, None]) -> tuple[Properties, ...]:
    try:
        count = min(found.get_number_of_attachments(), MOST_ATTACHMENTS)
        each = map(found.get_attachment, range(count))
        return tuple(_attachment(one, charset, problems) for one in each)
    except _DAMAGED:
        problems[_ATTACHED_LOST] = None
        return ()


def _attachment(one: Any, charset: str, problems: dict[str, None]) -> Properties:
    """Returns the properties of an attachment; what is in it stays where it is, but calendars."""
    from gonequiet.formats.outlook_mail import is_calendar

    held = dict(_properties(one, _OF_ATTACHMENTS, charset, problems))
    try:
        held[mapi.SIZE] = int(one.get_size())
    except _DAMAGED:
        held.setdefault(mapi.SIZE, 0)  # a message or an object inside: it has no bytes of its own
        return held
    if is_calendar(held):
        with suppress(*_DAMAGED):
            held[mapi.CONTENT] = bytes(one.read_buffer(held[mapi.SIZE]))
    return held


@lru_cache(maxsize=1)
def _names(path: str) -> Mapping[int, int]:
    """Returns by the number a property has in a file the number in its name."""
    try:
        held = _properties(_opened(path).get_name_to_id_map(), _OF_NAMES, "")
    except _DAMAGED:
        return {}
    return mapi.numbers_named(mapi.data(held, _NAME_ENTRIES))


_NAME_ENTRIES: Final = 0x0003
_OF_NAMES: Final = frozenset({_NAME_ENTRIES})
_AS_NUMBERED: Final[Mapping[int, int]] = {}


def _properties(
    one: Any,
    wanted: frozenset[int],
    charset: str,
    problems: dict[str, None] | None = None,
    names: Mapping[int, int] = _AS_NUMBERED,
) -> Properties:
    found: dict[int, Value] = {}
    for number in range(one.get_number_of_record_sets()):
        found.update(_values(one.get_record_set(number), wanted, charset, problems, names))
    return found


def _values(
    record: Any,
    wanted: frozenset[int],
    charset: str,
    problems: dict[str, None] | None,
    names: Mapping[int, int] = _AS_NUMBERED,
) -> Mapping[int, Value]:
    found: dict[int, Value] = {}
    for entry in record.entries:
        number = entry.get_entry_type()
        number = names.get(number, number)
        if number not in wanted:
            continue
        try:
            raw = entry.get_data()
            value = mapi.value_of(entry.get_value_type() or 0, raw, charset) if raw else None
        except _DAMAGED:
            if problems is not None:
                problems[_VALUES_LOST] = None
            continue
        if value is not None:
            found[number] = value
    return found
