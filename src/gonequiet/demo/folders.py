"""Lays messages out as files: a Maildir++, an mbox of the first months, a folder of letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from zlib import crc32

from gonequiet.demo.mail import Mail
from gonequiet.demo.render import render_mail

MAILDIR = PurePosixPath("mail/Maildir")
FOLDERS = {"inbox": MAILDIR, "sent": MAILDIR / ".Sent", "archive": MAILDIR / ".Archive"}
MBOX = PurePosixPath("mail/old.mbox")
LETTERS = PurePosixPath("mail/letters")
MBOX_DAYS = 92
NEW_DAYS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFile:
    """One file to write, its path relative to the folder the owner chose."""

    path: PurePosixPath
    content: bytes


def empty_folders() -> tuple[PurePosixPath, ...]:
    """Returns the folders a Maildir needs even when nothing is in them."""
    return tuple(folder / name for folder in FOLDERS.values() for name in ("cur", "new", "tmp"))


def lay_out(
    mails: list[Mail], start: datetime, as_of: datetime, letters: frozenset[str]
) -> list[DemoFile]:
    """Returns the files of the mailbox; `mails` in order of time, `letters` by message id."""
    until = start + timedelta(days=MBOX_DAYS)
    written = [(mail, render_mail(mail)) for mail in mails]
    old = [(mail, raw) for mail, raw in written if mail.at < until]
    files = [DemoFile(path=MBOX, content=_mbox(old))]
    for number, (mail, raw) in enumerate(written):
        if mail.message_id in letters:
            path = LETTERS / f"{mail.at:%Y-%m-%d}-{number:04d}.eml"
            files.append(DemoFile(path=path, content=raw))
            continue
        files.extend(
            DemoFile(path=_path(folder, mail, number, as_of), content=raw)
            for folder in _places(mail, until, as_of)
        )
    return files


def _places(mail: Mail, until: datetime, as_of: datetime) -> tuple[str, ...]:
    """Names the folders a message lies in; copies are the same bytes twice."""
    chance = crc32(mail.message_id.encode()) % 100
    if mail.at < until:
        return ("archive",) if chance < 4 else ()
    if mail.folder == "sent":
        return ("sent", "archive") if chance < 4 else ("sent",)
    is_old = mail.at < as_of - timedelta(days=60)
    kept = "archive" if is_old and chance < 80 else "inbox"
    return ("inbox", "archive") if chance >= 97 else (kept,)


def _path(folder: str, mail: Mail, number: int, as_of: datetime) -> PurePosixPath:
    seconds = int(mail.at.timestamp())
    name = f"{seconds}.M{number:06d}P2212.brandtfield"
    if folder == "inbox" and mail.at > as_of - timedelta(days=NEW_DAYS):
        return FOLDERS[folder] / "new" / name
    flags = "RS" if crc32(name.encode()) % 3 == 0 and folder != "sent" else "S"
    return FOLDERS[folder] / "cur" / f"{name}:2,{flags}"


def _mbox(written: Iterable[tuple[Mail, bytes]]) -> bytes:
    chunks = []
    for mail, raw in written:
        line = f"From {mail.sender.address} {mail.at:%a %b %e %H:%M:%S %Y}\n"
        chunks.append(line.encode("ascii") + _munged(raw) + b"\n")
    return b"".join(chunks)


def _munged(raw: bytes) -> bytes:
    raw = raw if raw.endswith(b"\n") else raw + b"\n"
    lines = raw.split(b"\n")
    return b"\n".join(
        b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines
    )
