"""Real mailboxes, whole: every message is accounted for, and threads are what the headers say.

The mail is not part of the project; where it is absent these tests are skipped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.fixtures import at_home, desk

__all__ = ["at_home", "desk"]

pytestmark = pytest.mark.slow

MAIL = Path(__file__).parents[3] / "shared" / "data" / "mail"
CUSTODIANS = sorted((MAIL / "enron").glob("*/")) if MAIL.is_dir() else []
LIST = MAIL / "list" / "vendor-list.mbox"

needs_mail = pytest.mark.skipif(not MAIL.is_dir(), reason="../shared/data is absent")

_BOUNDARY = re.compile(rb"(?:\A|\n\n)From [^\n]*\n(?=[!-9;-~]+:)")
_ID = re.compile(r"[^<>\s]+@[^<>\s]+")  # some programs leave the angle brackets out


def records_in(place: Path) -> Iterator[bytes]:
    """Yields the raw messages under a path, cut by a rule of this test's own."""
    for file in [place] if place.is_file() else sorted(place.glob("*.mbox")):
        content = file.read_bytes()
        starts = [found.start() for found in _BOUNDARY.finditer(content)]
        for start, stop in zip(starts, [*starts[1:], len(content)], strict=True):
            yield content[start:stop].lstrip(b"\n").partition(b"\n")[2]


def letters_in(place: Path) -> tuple[int, int]:
    """Returns how many letters differ in sender, subject and words, and how many also in moment."""
    timeless, timed = set(), set()
    for raw in records_in(place):
        header, _, body = raw.partition(b"\n\n")
        head = message_from_bytes(header + b"\n\n")
        letter = (head["From"], head["Subject"], b" ".join(body.split()))
        timeless.add(letter)
        timed.add((*letter, head["Date"]))
    return len(timeless), len(timed)


@needs_mail
@pytest.mark.parametrize("custodian", CUSTODIANS, ids=lambda path: path.name)
def test_every_message_of_a_mailbox_is_stored_or_listed(custodian: Path, desk: Desk) -> None:
    answer = desk.run("import", custodian, "--json")
    assert answer.code == 0
    (report,) = answer.json["sources"]
    unread = [one for one in desk.problems() if one["kind"] in ("unreadable", "skipped")]
    records = sum(1 for _ in records_in(custodian))
    assert report["messages"] + report["copies"] + len(unread) == records
    # As many messages as there are different letters, by a count that knows nothing of ours.
    fewest, most = letters_in(custodian)
    assert fewest * 0.99 <= report["messages"] <= most * 1.01
    before = desk.export()
    again = desk.run("import", custodian, "--json").json["sources"][0]
    assert (again["messages"], again["copies"]) == (0, 0)
    assert desk.export() == before


@needs_mail
def test_the_owner_of_every_mailbox_is_proposed(tmp_path: Path) -> None:
    wrong = []
    for custodian in CUSTODIANS:
        desk = Desk(tmp_path / custodian.name / "records.db")
        desk.run("import", *custodian.glob("*sent*.mbox"), *custodian.glob("contacts.mbox"))
        proposed = desk.asks("me")["addresses"]
        family = custodian.name.partition("-")[0]
        wrong += [custodian.name] if not any(family in address for address in proposed) else []
    assert wrong == []


def threads_by_headers(file: Path) -> dict[str, str]:
    """Returns a representative of the thread of every message id, by union-find over headers."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    own = []
    for raw in records_in(file):
        head = message_from_bytes(raw.partition(b"\n\n")[0] + b"\n\n")
        ids = _ID.findall(str(head.get("Message-ID", "")))
        if not ids:
            continue
        own.append(ids[0])
        for name in ("In-Reply-To", "References"):
            for value in head.get_all(name, []):
                for other in _ID.findall(str(value)):
                    parent[root(other)] = root(ids[0])
    return {one: root(one) for one in own}


def grouped(threads: dict[str, str], keys: set[str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        groups[threads[key]].add(key)
    return {frozenset(group) for group in groups.values()}


@needs_mail
def test_threads_of_a_list_are_those_its_headers_make(desk: Desk) -> None:
    desk.takes_in(LIST)
    threads = {line["message_id"]: line["thread"] for line in desk.exported("message")}
    truth = threads_by_headers(LIST)
    shared = threads.keys() & truth.keys()
    assert len(shared) >= 0.99 * len(truth)
    found, wanted = grouped(threads, shared), grouped(truth, shared)
    split = [one for one in wanted if not any(one <= other for other in found)]
    assert split == []
    # Mail without any such header may join a thread by its words: that is no error here.
    named = {one for one in shared if len(next(set_ for set_ in wanted if one in set_)) > 1}
    joined = [one & named for one in found if len({truth[key] for key in one & named}) > 1]
    assert joined == []
