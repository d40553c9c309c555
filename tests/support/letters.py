"""Letters of three people who write to one another, and the places mail lies in."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

OWNER = "Kim Adler <kim@adler.example>"
DANA = "Dana Reyes <dana.reyes@harbour.example>"
TOMAS = "Tomas Lindt <tomas.lindt@birch.example>"

START = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)


class Letter(NamedTuple):
    """One mail, as somebody wrote it; `extra` are header lines added as they stand."""

    sender: str = DANA
    to: str = OWNER
    subject: str = "Draft agreement"
    text: str = "Shall we meet at the harbour office on Thursday?\n"
    at: datetime = START
    message_id: str = "one@harbour.example"
    answers: str = ""
    cc: str = ""
    extra: tuple[str, ...] = ()

    def raw(self) -> bytes:
        """Returns the mail as it lies on the disk."""
        lines = [
            f"From: {self.sender}",
            f"To: {self.to}",
            *([f"Cc: {self.cc}"] if self.cc else []),
            f"Subject: {self.subject}",
            f"Date: {format_datetime(self.at)}",
            f"Message-ID: <{self.message_id}>",
            *([f"In-Reply-To: <{self.answers}>"] if self.answers else []),
            "Content-Type: text/plain; charset=utf-8",
            *self.extra,
        ]
        return ("\n".join(lines) + "\n\n" + self.text).encode("utf-8", "surrogateescape")


def answer_to(letter: Letter, sender: str, *, hours: float = 3, **changes: str) -> Letter:
    """Returns a reply; `changes` replace fields of it."""
    made = Letter(
        sender=sender,
        to=letter.sender,
        subject=f"Re: {letter.subject}",
        text="Thursday suits me well. Ten o'clock?\n",
        at=letter.at + timedelta(hours=hours),
        message_id=f"re-{letter.message_id}",
        answers=letter.message_id,
    )
    return made._replace(**changes)  # type: ignore[arg-type]


ASKED = Letter()
ANSWERED = answer_to(ASKED, OWNER)
APART = Letter(
    sender=TOMAS,
    subject="Größe der Fläche",
    text="The drawings are with the printer; déjà vu.\n\nCould you name a day?\n",
    at=START + timedelta(days=1),
    message_id="three@birch.example",
)
LEASE = Letter(
    sender=OWNER,
    to=DANA,
    subject="The lease",
    text="Hi Dana,\n\ncould you send me the signed lease, please?\n\nCheers,\nKim\n",
    at=START + timedelta(days=2),
    message_id="lease@adler.example",
)
THREE = (ASKED, ANSWERED, APART)
FOURTH = Letter(
    sender=TOMAS,
    subject="Keys",
    text="The keys are under the third stone.\n",
    at=START + timedelta(days=2),
    message_id="four@birch.example",
)


def write_mbox(file: Path, letters: Iterable[Letter]) -> Path:
    """Writes letters as an mbox file, replacing what is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(map(as_mbox, letters)))
    return file


def append_mbox(file: Path, letters: Iterable[Letter]) -> None:
    """Adds letters to the end of an mbox file."""
    with file.open("ab") as out:
        out.writelines(map(as_mbox, letters))


def as_mbox(letter: Letter) -> bytes:
    """Returns a letter with its From_ line and the blank line after it."""
    line = f"From writer@example.com {letter.at:%a %b %e %H:%M:%S %Y}\n"
    return line.encode() + letter.raw().replace(b"\nFrom ", b"\n>From ") + b"\n"


def write_maildir(folder: Path, letters: Iterable[Letter], *, part: str = "cur") -> Path:
    """Adds letters to a Maildir folder, making it when it is not there."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    flags = ":2,S" if part == "cur" else ""
    for letter in letters:
        (folder / part / f"{letter.message_id}{flags}").write_bytes(letter.raw())
    return folder


def write_eml(folder: Path, letters: Iterable[Letter]) -> list[Path]:
    """Writes each letter into a file of its own; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{letter.message_id}.eml" for letter in letters]
    for file, letter in zip(files, letters, strict=True):
        file.write_bytes(letter.raw())
    return files


def write_zip(file: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    """Writes an archive with the given members, anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file


def settle(place: Path) -> None:
    """Dates everything under a place an hour back, as mail that has lain there for a while."""
    for found in [*place.rglob("*"), place]:
        if not found.is_symlink():
            then = found.stat().st_mtime - 3_600
            os.utime(found, (then, then))


def correspondence(
    count: int, *, seed: int = 1, people: int = 30, start: datetime = START
) -> list[Letter]:
    """Returns made-up mail between the owner and some people, about half of it in threads."""
    chance = random.Random(seed)
    written: list[Letter] = []
    for number in range(count):
        at = start + timedelta(minutes=37 * number + chance.randrange(30))
        who = chance.randrange(people)
        person = f"Person {who} <p{who}@firm{who % 7}.example>"
        pair = (OWNER, person) if chance.random() < 0.5 else (person, OWNER)
        earlier = chance.choice(written[-40:]) if written and chance.random() < 0.5 else None
        written.append(_next(number, at, pair, earlier, chance))
    return written


def _next(
    number: int,
    at: datetime,
    pair: tuple[str, str],
    earlier: Letter | None,
    chance: random.Random,
) -> Letter:
    subject = f"Matter {chance.randrange(400)} of the north field"
    text = " ".join(chance.choices(_PROSE.split(), k=chance.randrange(3, 60)))
    if earlier is None:
        return Letter(*pair, subject, f"{text}?\n", at, f"n{number}@made.example")
    subject = earlier.subject if earlier.subject.startswith("Re: ") else f"Re: {earlier.subject}"
    text = f"{text}.\n\nOn an earlier day somebody wrote:\n> {earlier.text[:200].strip()}\n"
    return Letter(
        earlier.to,
        earlier.sender,
        subject,
        text,
        at,
        f"n{number}@made.example",
        earlier.message_id if chance.random() < 0.8 else "",
    )


_PROSE = (
    "when could you send the signed copy of the drawings we spoke about in the spring and "
    "please name a day that suits everybody at the yard before the tender closes thanks for "
    "your patience I will look into the figures and come back with a price by Friday"
)
