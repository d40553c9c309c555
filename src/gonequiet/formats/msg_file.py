"""One message of Outlook in a file of its own (.msg, MS-OXMSG): properties in an OLE2 container.

The container is opened by olefile, which is in the extra `outlook`; what stands in it is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats import mapi
from gonequiet.formats.mapi import Item, Properties, Value
from gonequiet.formats.outlook_calendar import is_appointment, read_appointment
from gonequiet.formats.outlook_mail import (
    MOST_ATTACHMENTS,
    NO_MESSAGE,
    is_calendar,
    is_mail,
    meetings_of,
    read_item,
)
from gonequiet.formats.record_file import ReadOptions, whole

_SHORTEST: Final = 1536
"""What is shorter is no container; olefile would take the bytes for a file's name."""
_MOST_PEOPLE: Final = 10_000
_MOST_OF_A_VALUE: Final = 8 * 1024 * 1024
_PROPERTIES: Final = "__properties_version1.0"
_VALUE: Final = "__substg1.0_"
_PERSON: Final = "__recip_version1.0_#"
_ATTACHED: Final = "__attach_version1.0_#"
_HEAD_OF_MESSAGE, _HEAD_OF_PART = 32, 8
_NAMES: Final = "__nameid_version1.0/__substg1.0_00030102"
_LEFT: Final = frozenset({mapi.CONTENT})  # of what is attached only calendars are loaded
_DAMAGED: Final = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError,
    TypeError, ValueError, struct.error,
)  # fmt: skip
"""What a damaged container makes the library run into."""


def read_msg(blocks: Iterable[bytes], options: ReadOptions) -> Iterator[RecordRead | RecordProblem]:
    """Yields the message of a file after the meetings it carries, or why there is none."""
    content, is_longer = whole(blocks)
    try:
        item = _item(content)
    except _DAMAGED:
        item = None
    if item is None:
        reason = "This is no Outlook message, or it is damaged or cut off."
        yield RecordProblem(kind=ProblemKind.UNREADABLE, position="0", reason=reason)
    elif is_appointment(item):
        yield from read_appointment(item, options)
    elif not is_mail(item):
        yield RecordProblem(kind=ProblemKind.SKIPPED, position="0", reason=NO_MESSAGE)
    else:
        if is_longer:
            item = item._replace(problems=(*item.problems, _TOO_LARGE))
        message = read_item(item, size=len(content))
        for found in meetings_of(item, message, options):
            position = f"0 meeting {found.position}"
            if isinstance(found, RecordProblem):
                yield replace(found, position=position)
            else:
                yield found._replace(position=position)
        yield RecordRead("0", "", message)


_TOO_LARGE: Final = "The file is too large; only its beginning was read."


def _item(content: bytes) -> Item | None:
    """Returns what a file holds, None when it is no message.

    Raises:
        OSError, ValueError ...: the container is damaged, see `_DAMAGED`.
    """
    if len(content) < _SHORTEST:
        return None
    with import_module("olefile").OleFileIO(content) as container:
        return _read(container) if container.exists(_PROPERTIES) else None


def _read(container: Any) -> Item:
    storage = _Storage(container)
    properties = storage.properties("", _HEAD_OF_MESSAGE)
    people = [storage.properties(one, _HEAD_OF_PART) for one in storage.named(_PERSON)]
    attached = [storage.attached(one) for one in storage.named(_ATTACHED)]
    return Item(
        properties,
        tuple(people[:_MOST_PEOPLE]),
        tuple(attached[:MOST_ATTACHMENTS]),
        tuple(storage.problems),
    )


class _Storage:
    """The streams of one file, by the folder they stand in."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self.problems: dict[str, None] = {}
        self._streams: dict[str, list[str]] = {}
        self._folders: dict[str, None] = {}
        self._names = (
            mapi.numbers_named(self._bytes("", _NAMES)) if container.exists(_NAMES) else {}
        )
        for path in container.listdir(streams=True, storages=False):
            folder, name = "/".join(path[:-1]), path[-1]
            self._streams.setdefault(folder, []).append(name)
            if len(path) > 1:
                self._folders.setdefault(path[0])

    def named(self, begins: str) -> list[str]:
        """Returns the folders whose name begins so, in order."""
        return sorted(one for one in self._folders if one.startswith(begins))

    def attached(self, folder: str) -> Properties:
        """Returns the properties of an attachment, its size counted where it is not stated."""
        held = dict(self.properties(folder, _HEAD_OF_PART))
        content = f"{folder}/{_VALUE}{mapi.CONTENT:04X}{mapi.BINARY:04X}"
        if self._container.exists(content):
            held[mapi.SIZE] = int(self._container.get_size(content))
            if is_calendar(held):
                held[mapi.CONTENT] = self._bytes("", content)
        return held

    def properties(self, folder: str, head: int) -> Properties:
        """Returns the properties of the message, a person or an attachment."""
        held = self._fixed(folder, head)
        page = held.get(mapi.MESSAGE_CODE_PAGE) or held.get(mapi.CODE_PAGE)
        charset = mapi.charset_of(page)
        for name in self._streams.get(folder, ()):
            if name.startswith(_VALUE) and len(name) == len(_VALUE) + 8:
                self._add(held, folder, name, charset)
        return held

    def _add(self, held: dict[int, Value], folder: str, name: str, charset: str) -> None:
        code = int(name[len(_VALUE) :], 16)
        number, kind = self._names.get(code >> 16, code >> 16), code & 0xFFFF
        if kind not in mapi.VARIABLE or number in _LEFT:
            return
        try:
            found = mapi.value_of(kind, self._bytes(folder, name), charset)
        except _DAMAGED:
            self.problems["Some of the Outlook item is damaged; the rest was read."] = None
            return
        if found is not None:
            held.setdefault(number, found)

    def _fixed(self, folder: str, head: int) -> dict[int, Value]:
        """Returns the properties of a fixed length: they stand in one stream."""
        found: dict[int, Value] = {}
        if _PROPERTIES not in self._streams.get(folder, ()):
            return found
        table = self._bytes(folder, _PROPERTIES)[head:]
        for at in range(0, len(table) - 15, 16):
            kind, number = struct.unpack_from("<HH", table, at)
            if kind in mapi.FIXED:
                value = mapi.value_of(kind, table[at + 8 : at + 16])
                if value is not None:
                    found[self._names.get(number, number)] = value
        return found

    def _bytes(self, folder: str, name: str) -> bytes:
        path = f"{folder}/{name}" if folder else name
        return bytes(self._container.openstream(path).read(_MOST_OF_A_VALUE))
