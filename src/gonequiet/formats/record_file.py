"""What every reader of a file of records that is not mail is given, and what it gives.

A reader takes the bytes of one file in blocks and yields records and problems in the order of the
file. It never raises for what is in the file: what cannot be read is a problem, and what stands
before a truncation is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final, NamedTuple, Protocol, cast

from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.recognise import FileKind

MOST_BYTES: Final = 128 * 1024 * 1024
"""What a reader that needs the whole file takes of it."""


class ReadOptions(NamedTuple):
    """What a file alone does not tell.

    Attributes:
        now: the moment of reading, UTC epoch seconds; bounds what is expanded ahead.
        name: the file's own name: some exports keep the other person's name only there.
        country: the owner's country (ISO 3166, two letters), "" unknown: for national numbers.
        zone: the owner's time zone, "" for UTC: for moments without one.
        names: the names the owner goes by, for exports that name people and no addresses.
        mapping: JSON of which column holds what, "" when nobody has said.
        before: how many records stand before the part of a file that is read.
    """

    now: int
    name: str = ""
    country: str = ""
    zone: str = ""
    names: tuple[str, ...] = ()
    mapping: str = ""
    before: int = 0


class RecordReader(Protocol):
    """Reads one kind of file."""

    def __call__(
        self, blocks: Iterable[bytes], options: ReadOptions
    ) -> Iterator[RecordRead | RecordProblem]:
        """Yields what the file holds, in order."""


READERS: Final[dict[FileKind, str]] = {
    FileKind.ICS: "gonequiet.formats.icalendar_file:read_calendar",
    FileKind.VCF: "gonequiet.formats.vcard:read_cards",
    FileKind.SMS_BACKUP: "gonequiet.formats.sms_backup:read_backup",
    FileKind.CHAT: "gonequiet.formats.chat_export:read_chat",
    FileKind.CSV: "gonequiet.formats.record_table:read_table",
    FileKind.MSG: "gonequiet.formats.msg_file:read_msg",
}
"""By kind of file, the reader; imported only when there is such a file."""


NEEDS: Final[dict[FileKind, str]] = {FileKind.MSG: "olefile", FileKind.PST: "pypff"}
"""By kind of file, the package that has to be there to read it; it comes with an extra."""


def lacks(kind: FileKind) -> str:
    """Returns why a kind of file cannot be read as things are installed, "" when it can."""
    package = NEEDS.get(kind, "")
    if not package or find_spec(package) is not None:
        return ""
    return (
        f"This is an {kind.value}. To read it, install the extra for Outlook "
        "(pip install 'gonequiet[outlook]') and import it again."
    )


IN_PACKS: Final = frozenset(
    {FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.BZIP2, FileKind.PACKED}
)
"""What has to be unpacked by whoever wants it read."""


def lies_beside_records(path: str) -> bool:
    """Whether a file is one that programs put beside mail and that never holds a record.

    Args:
        path: its name, with its folders where they are known.
    """
    folders, _, name = path.rpartition("/")
    return name in _BESIDE or folders.endswith("/User Settings")


_BESIDE: Final = frozenset(
    {"subscriptions", "maildirfolder", ".DS_Store", "Thumbs.db", "archive_browser.html"}
)


def no_records(kind: FileKind, what: str) -> str:
    """Returns why nothing is read of a kind of file that has no reader.

    Args:
        kind: what it is.
        what: it is called: "file", "member".
    """
    if kind is FileKind.EMPTY:
        return f"The {what} is empty."
    if kind in IN_PACKS:
        return f"This {what} is a {kind.value}. Unpack it, and import what was in it."
    return f"No records were recognised in this {what} (it looks like: {kind.value})."


def find_reader(kind: FileKind) -> RecordReader:
    """Returns the reader of a kind of file.

    Raises:
        KeyError: there is none.
    """
    module, _, name = READERS[kind].partition(":")
    return cast(RecordReader, getattr(import_module(module), name))


def whole(blocks: Iterable[bytes]) -> tuple[bytes, bool]:
    """Returns the content of a file, and whether there was more than is taken of one."""
    held: list[bytes] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size > MOST_BYTES:
            return b"".join(held)[:MOST_BYTES], True
    return b"".join(held), False
