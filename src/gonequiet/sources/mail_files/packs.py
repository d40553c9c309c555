"""What lies in a packed file, member by member: .zip, .tar, .gz and .bz2, and a tar in the latter.

Nothing is written to disk, and names are only ever shown. A tar is read in one pass by a reader of
our own: `tarfile` takes the whole of a long name into memory, however long it says it is.
"""

from __future__ import annotations

import bz2
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple, Protocol

from gonequiet.formats.recognise import FileKind
from gonequiet.formats.tar_headers import BLOCK_BYTES, TarHeader, read_header, read_records

DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
"""What reading a damaged or unknown packing raises."""
PACKED_KINDS: Final = frozenset({FileKind.ZIP, FileKind.TAR, FileKind.GZIP, FileKind.BZIP2})
_MOST_GROWTH: Final = 400
_FREE_BYTES: Final = 4 * 1024 * 1024
"""A member as small as that may grow as it likes: a page of blanks packs very well."""
MOST_BYTES: Final = 64 * 1024**3
_MOST_NAME_BYTES: Final = 64 * 1024
_PIECE: Final = 256 * 1024


class Content(Protocol):
    """Bytes to be read once, from the beginning."""

    def read(self, size: int, /) -> bytes:
        """Returns the next bytes, at most `size` of them."""


class Member(NamedTuple):
    """One file in a packed file.

    Attributes:
        name: as it stands there.
        size: as it is said to be, None where nothing says so.
        left_out: why it is not read, "" when it is.
        open: gives its content; of a tar only until the next member is asked for.
    """

    name: str
    size: int | None
    left_out: str
    open: Callable[[], Content]


class UnreadableError(Exception):
    """The packed file cannot be opened at all; the message is for the owner."""


@contextmanager
def opened(file: Path, kind: FileKind) -> Iterator[Iterator[Member]]:
    """Opens a packed file; gives its members in their own order.

    Raises:
        UnreadableError: it is no such file, or cut off.
    """
    if kind is FileKind.ZIP:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            reason = "This cannot be opened as a zip archive; it may be cut off. Download it again."
            raise UnreadableError(reason) from error
        with archive:
            yield _of_zip(archive)
        return
    with file.open("rb") as packed:
        yield _of_stream(_unpacked(packed, kind), file.name)


def begins_whole(file: Path, kind: FileKind) -> bool:
    """Whether a packed file can be opened at all: a zip names its members at its end."""
    if kind is FileKind.ZIP:
        return zipfile.is_zipfile(file)
    try:
        with file.open("rb") as packed:
            return bool(_unpacked(packed, kind).read(1))
    except DAMAGED:
        return False


def names_in(file: Path, kind: FileKind) -> list[str] | None:
    """Returns the names of the members, None where only reading everything would tell."""
    if kind is not FileKind.ZIP:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _of_zip(archive: zipfile.ZipFile) -> Iterator[Member]:
    for one in archive.infolist():
        if not one.is_dir():
            yield Member(one.filename, one.file_size, _why_not(one), partial(archive.open, one))


def _why_not(one: zipfile.ZipInfo) -> str:
    if one.flag_bits & 1:
        return "This member is encrypted and was left out."
    grows = one.file_size > _MOST_GROWTH * max(1, one.compress_size)
    if one.file_size > MOST_BYTES or (one.file_size > _FREE_BYTES and grows):
        return "This member unpacks to an implausible size and was left out."
    return ""


class _Unpacked:
    """A packed stream; ends where it is damaged, or has grown beyond what mail does."""

    def __init__(self, packed: IO[bytes], content: Content) -> None:
        self._packed = packed
        self._content = content
        self._given = 0

    def read(self, size: int) -> bytes:
        """Returns the next bytes; fewer than asked for only at the end.

        Raises:
            OSError: it is damaged, or grows implausibly.
        """
        pieces = []
        while size and (piece := self._content.read(min(size, _PIECE))):
            pieces.append(piece)
            size -= len(piece)
            self._given += len(piece)
            if self._given > _FREE_BYTES and self._given > _MOST_GROWTH * self._packed.tell():
                raise OSError(0, "unpacks to an implausible size")
        return b"".join(pieces)


def _unpacked(packed: IO[bytes], kind: FileKind) -> Content:
    if kind is FileKind.GZIP:
        return _Unpacked(packed, gzip.open(packed))
    return _Unpacked(packed, bz2.open(packed)) if kind is FileKind.BZIP2 else packed


class _Again:
    """A stream of which the beginning was looked at."""

    def __init__(self, begun: bytes, rest: Content) -> None:
        self._begun = begun
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Returns the next bytes."""
        held, self._begun = self._begun[:size], self._begun[size:]
        return held + self._rest.read(size - len(held)) if len(held) < size else held


def _of_stream(content: Content, name: str) -> Iterator[Member]:
    """The members of a tar, else the one file that was packed."""
    begun = content.read(BLOCK_BYTES)
    again = _Again(begun, content)
    if read_header(begun) is not None:
        yield from _of_tar(again)
    else:
        yield Member(_stem(name), None, "", partial(_itself, again))


def _itself(content: Content) -> Content:
    return content


def _stem(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return stem if stem and ending.lower() in ("gz", "bz2", "z") else name


class _Part:
    """The content of one member of a tar."""

    def __init__(self, stream: Content, size: int) -> None:
        self._stream = stream
        self.left = size

    def read(self, size: int) -> bytes:
        """Returns the next bytes.

        Raises:
            EOFError: the tar ends within the member.
        """
        wanted = min(size, self.left)
        found = self._stream.read(wanted)
        self.left -= len(found)
        if len(found) < wanted:
            self.left = 0
            raise EOFError
        return found

    def skip(self) -> None:
        """Reads what is left of it."""
        while self.left:
            self.read(min(self.left, _PIECE))


def _of_tar(stream: Content) -> Iterator[Member]:
    """Reads a tar (POSIX 1003.1-2017, pax: ustar with extended headers; GNU long names)."""
    told: dict[str, str] = {}
    while (header := _next_header(stream)) is not None:
        size = int(told.get("size", header.size))
        part = _Part(stream, size)
        if header.is_about_next:
            if size > _MOST_NAME_BYTES:
                raise OSError(0, "a name of implausible length")
            told |= read_records(header, part.read(size))
        else:
            if not header.is_folder:
                name = told.get("path", header.name)
                left_out = "" if header.is_file else _NO_FILE
                yield Member(name, size, left_out, partial(_itself, part))
            told = {}
        part.skip()
        stream.read(-size % BLOCK_BYTES)


_NO_FILE: Final = "This member is a link or a special file; only regular files are read."


def _next_header(stream: Content) -> TarHeader | None:
    """Returns the next header, None at the end of the tar.

    Raises:
        EOFError: the tar is cut off, or damaged here.
    """
    block = stream.read(BLOCK_BYTES)
    if not block.strip(b"\0"):
        return None
    header = read_header(block)
    if header is None:
        raise EOFError
    return header
