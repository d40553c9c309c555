"""Mail made to hurt its reader, among ordinary letters: all of it is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import THREE, as_mbox, settle, write_maildir, write_zip
from tests.support.mail import HOSTILE

SMALL = 1_500_000
"""Larger ones are tried in the slow suite."""


def hostile(*, least: int = 0, most: int) -> Iterator[tuple[str, bytes]]:
    """Yields the hostile mails of some sizes, one after the other."""
    for name, make in HOSTILE.items():
        raw = make()
        if least <= len(raw) < most:
            yield name.replace("/", "-"), raw


def put(root: Path, hostile: Iterable[tuple[str, bytes]]) -> Path:
    """Makes a Maildir of the three letters and the hostile ones, which come between them."""
    write_maildir(root, THREE)
    for name, raw in hostile:
        (root / "cur" / f"{name}:2,").write_bytes(raw)
    settle(root)
    return root


def assert_accounted_for(desk: Desk, root: Path) -> None:
    """Every file is a copy of a message or a problem; the three letters are whole."""
    messages = desk.exported("message")
    stored = {copy[2] for line in messages for copy in line["copies"]}
    listed = {problem["position"] for problem in desk.problems()}
    files = {file.name.split(":2,")[0] for file in (root / "cur").iterdir()}
    assert files <= stored | listed
    words = {line["message_id"]: line["new_text"].split() for line in messages}
    assert all(words[letter.message_id] == letter.text.split() for letter in THREE)


def test_hostile_mail_is_bounded_and_stops_nothing(tmp_path: Path, desk: Desk) -> None:
    root = put(tmp_path / "Maildir", hostile(most=SMALL))
    assert len(list((root / "cur").iterdir())) > 40
    desk.takes_in(root)
    assert_accounted_for(desk, root)
    before = desk.export()
    assert desk.takes_in(root) == (0, 0)
    assert desk.export() == before
    assert desk.asks("verify")["sound"] is True
    for command in (("contacts", "--all"), ("problems", "--all"), ("status",), ("search", "words")):
        assert desk.run(*command).code in (0, 1)


@pytest.mark.slow
def test_large_hostile_mail_is_bounded_and_stops_nothing(tmp_path: Path, desk: Desk) -> None:
    root = put(tmp_path / "Maildir", hostile(least=SMALL, most=1 << 40))
    assert len(list((root / "cur").iterdir())) > 10
    desk.takes_in(root)
    assert_accounted_for(desk, root)
    assert desk.asks("verify")["sound"] is True


def test_hostile_mail_in_an_archive_stops_nothing(tmp_path: Path, desk: Desk) -> None:
    members = [(f"{name}.eml", raw) for name, raw in hostile(most=400_000)]
    letters = b"".join(map(as_mbox, THREE))
    desk.takes_in(write_zip(tmp_path / "all.zip", [*members, ("all.mbox", letters)]))
    stored = {copy[2] for line in desk.exported("message") for copy in line["copies"]}
    listed = {problem["position"] for problem in desk.problems()}
    assert {name for name, _ in members} <= stored | listed
    assert {letter.message_id for letter in THREE} <= {
        line["message_id"] for line in desk.exported("message")
    }


def test_a_letter_larger_than_is_looked_at_says_so(tmp_path: Path, desk: Desk) -> None:
    long = THREE[0]._replace(text="a line of words\n" * 1_300_000)
    (tmp_path / "long.eml").write_bytes(long.raw())
    assert desk.takes_in(tmp_path / "long.eml") == (1, 0)
    assert {one["kind"] for one in desk.problems()} == {"partly_read"}
