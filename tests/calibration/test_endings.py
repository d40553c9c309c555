"""Threads of every kind of ending: flagged, or not, as a careful person would.

Made-up mail goes in by the front door, with a history around it, and `quiet` says what is still
awaited. The three files were written one after another, each before the rules had been tried on
it; what they scored at first sight stands in docs/decisions/0003-reply-model.md.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.desk import Desk
from tests.support.endings import AS_OF, FLAGGED, Thread, message_id, read_threads, write_mailbox

FILES = sorted((Path(__file__).parent / "endings").glob("*.toml"))
NOT_FLAGGED = (
    "thanks",
    "fyi",
    "share_only",
    "decline",
    "confirmation",
    "scheduling_settled",
    "out_of_office",
    "bounce",
    "colleague_answered",
)


class Told(NamedTuple):
    """What was said of a mailbox.

    Attributes:
        threads: the threads in it.
        quiet: Message-IDs of what is quiet.
        aside: reason by Message-ID of what is set aside.
        counted: how much is set aside, by reason.
        listed: how much of it is listed, by reason.
    """

    threads: list[Thread]
    quiet: frozenset[str]
    aside: dict[str, str]
    counted: dict[str, int]
    listed: dict[str, int]


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What `quiet` says of the threads of one file."""
    threads = read_threads(request.param)
    place = tmp_path_factory.mktemp("endings")
    desk = Desk(place / "desk" / "records.db")
    desk.takes_in(write_mailbox(place / "mail", threads))
    report = desk.asks("quiet", "--aside", "--as-of", f"{AS_OF:%Y-%m-%dT%H:%M}")
    assert not report["doubts"]
    return Told(
        threads=threads,
        quiet=frozenset(one["message_id"] for one in report["quiet"]),
        aside={one["message_id"]: one["reason"] for one in report["aside"]},
        counted=report["set_aside"],
        listed=Counter(one["reason"] for one in report["aside"]),
    )


def ids_of(thread: Thread) -> set[str]:
    return {message_id(thread, place).strip("<>") for place in range(len(thread.mails))}


def flagged(told: Told) -> set[int]:
    """Numbers of the threads of which something is quiet."""
    return {one.number for one in told.threads if not ids_of(one).isdisjoint(told.quiet)}


def test_there_are_threads_of_every_kind(told: Told) -> None:
    kinds = Counter(thread.kind for thread in told.threads)

    assert set(kinds) == {*NOT_FLAGGED, *FLAGGED}
    assert min(kinds.values()) >= 8
    assert len(told.threads) >= 100


def test_precision_and_recall_are_at_least_nine_in_ten(told: Told) -> None:
    awaited = {one.number for one in told.threads if one.is_awaited}

    assert len(awaited & flagged(told)) / len(flagged(told)) >= 0.9
    assert len(awaited & flagged(told)) / len(awaited) >= 0.9


def test_no_kind_of_ending_is_read_wrong_more_than_one_time_in_three(told: Told) -> None:
    wrong = Counter(
        one.kind for one in told.threads if (one.number in flagged(told)) != one.is_awaited
    )

    assert max(wrong.values(), default=0) <= 8 / 3


def test_what_is_set_aside_is_listed_one_by_one(told: Told) -> None:
    assert told.listed == told.counted


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("fyi", "no_answer_expected"),
        ("share_only", "no_answer_expected"),
        ("out_of_office", "away"),
        ("bounce", "bounced"),
        ("colleague_answered", "colleague_answered"),
    ],
)
def test_what_only_looks_like_silence_is_listed_with_its_reason(
    told: Told, kind: str, reason: str
) -> None:
    threads = [one for one in told.threads if one.kind == kind and one.mails[-1].sender == ""]
    listed = [one for one in threads if reason in {told.aside.get(id_) for id_ in ids_of(one)}]

    assert len(listed) >= 0.8 * len(threads) > 0
