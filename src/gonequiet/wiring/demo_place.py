"""The demo mailbox, written to a folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from gonequiet.errors import GonequietError

_DEMO_MARK = ".gonequiet-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """Where the demo was put.

    Attributes:
        folder: holds everything below.
        mail: the folder of mail.
        records: every folder to import: mail, calendar, cards.
        truth: what was planted.
        database: its own database.
        as_of: the moment of the demo, UTC epoch seconds.
        owner: the made-up owner's addresses.
    """

    folder: Path
    mail: Path
    records: tuple[Path, ...]
    truth: Path
    database: Path
    as_of: int
    owner: tuple[str, ...]


def default_demo_folder() -> Path:
    """Returns where the demo lies when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("gonequiet", appauthor=False) / "demo"


def write_demo(folder: Path) -> DemoPlace:
    """Makes the demo mailbox and writes it to a folder; files already there stay as they are.

    Raises:
        GonequietError: the folder cannot be written.
    """
    from gonequiet.demo import generate

    demo = generate()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        _make_way(folder, demo.fingerprint())
        for empty in demo.folders:
            (folder / empty).mkdir(parents=True, exist_ok=True)
        for file in demo.files:
            _write_if_new(folder / file.path, file.content)
    except OSError as error:
        raise GonequietError(
            f"The demo cannot be written to {folder} ({error.strerror}). Name another folder: "
            "gonequiet demo FOLDER."
        ) from error
    return DemoPlace(
        folder=folder,
        mail=folder / demo.mail,
        records=tuple(
            folder / name
            for name in sorted({file.path.parts[0] for file in demo.files} - {"truth"})
        ),
        truth=folder / "truth" / "truth.json",
        database=folder / "demo.db",
        as_of=int(demo.as_of.timestamp()),
        owner=demo.owner,
    )


def _make_way(folder: Path, fingerprint: str) -> None:
    """Removes an earlier demo of ours from a folder; anything else there is left alone."""
    mark = folder / _DEMO_MARK
    if mark.exists() and mark.read_text(encoding="utf-8") != fingerprint:
        for name in ("mail", "truth", "calendar", "contacts"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for left in folder.glob("demo.db*"):
            left.unlink()
    mark.write_text(fingerprint, encoding="utf-8")


def _write_if_new(target: Path, content: bytes) -> None:
    if target.exists() and target.stat().st_size == len(content):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
