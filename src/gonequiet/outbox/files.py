"""Files of drafts: read without following links, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonequiet.errors import OutboxError

MAX_BYTES: Final = 16 * 1024 * 1024
_MOST_FILES: Final = 20_000
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)
"""What a disk says that knows no hard links."""


def read_file(path: Path) -> bytes | None:
    """Returns the bytes of a regular file; None where there is none, or one too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        seen = os.fstat(opened.fileno())
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > MAX_BYTES:
            return None
        return opened.read(MAX_BYTES)


def names_in(folder: Path) -> Iterator[str]:
    """Yields the names in a folder in their order; none when it is not there.

    Raises:
        OutboxError: the folder cannot be listed, or holds more than any drafts folder does.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(folder, error) from error
    if len(names) > _MOST_FILES:
        raise OutboxError(f"{folder} holds too many files for a folder of drafts. Name another.")
    yield from names


def make_folder(folder: Path) -> None:
    """Makes a folder only its owner can look into, unless it is there.

    Raises:
        OutboxError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _refused(folder, error) from error


def write_whole(target: Path, content: bytes, *, by_way_of: Path, replace: bool) -> None:
    """Writes a file whole or not at all, and waits until it is on the disk.

    Args:
        target: where it goes.
        content: its bytes.
        by_way_of: where it is written first, on the same disk.
        replace: whether what is at `target` gives way; else it stays, and so does the attempt.

    Raises:
        OutboxError: it cannot be written, for want of space or else.
    """
    try:
        by_way_of.unlink(missing_ok=True)
        handle = os.open(by_way_of, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if replace:
            by_way_of.replace(target)
        else:
            _place(by_way_of, target)
        _settle(target.parent)
    except FileExistsError:
        return
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        by_way_of.unlink(missing_ok=True)


def _place(finished: Path, target: Path) -> None:
    """Gives a finished file its name, unless something bears it."""
    try:
        os.link(finished, target)
    except OSError as error:
        if error.errno not in _NO_LINKS or target.is_symlink() or target.exists():
            raise
        finished.rename(target)


def remove_file(path: Path) -> None:
    """Removes a file, if it is there.

    Raises:
        OutboxError: it cannot be removed.
    """
    try:
        path.unlink()
        _settle(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(path, error) from error


def _settle(folder: Path) -> None:
    """Waits until a change of names in a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError) -> OutboxError:
    reason = (error.strerror or "it failed").lower()
    return OutboxError(
        f"The draft was not saved: {path.parent} cannot be written ({reason}). Make room or name "
        "another folder with --to-folder; --print shows the draft without saving it."
    )
