"""Threads of every kind of ending: flagged, or not, as a careful person would.

Made-up mail goes in by the front door, with a history around it, and `quiet` says what is still
awaited. The three files were written one after another, each before the rules had been tried on
it; what they scored at first sight stands in docs/decisions/0003-reply-model.md.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

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


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Thread], dict[str, bool]]:
    """The threads of a file, and of each Message-ID whether `quiet` lists it."""
    threads = read_threads(request.param)
    place = tmp_path_factory.mktemp("endings")
    desk = Desk(place / "desk" / "records.db")
    desk.takes_in(write_mailbox(place / "mail", threads))
    report = desk.asks("quiet", "--as-of", f"{AS_OF:%Y-%m-%dT%H:%M}")
    assert not report["doubts"]
    return threads, {one["message_id"]: True for one in report["quiet"]}


def is_flagged(thread: Thread, quiet: dict[str, bool]) -> bool:
    ids = {message_id(thread, place).strip("<>") for place in range(len(thread.mails))}
    return not ids.isdisjoint(quiet)


def test_there_are_threads_of_every_kind(
    told: tuple[list[Thread], dict[str, bool]],
) -> None:
    threads, _ = told
    kinds = Counter(thread.kind for thread in threads)

    assert set(kinds) == {*NOT_FLAGGED, *FLAGGED}
    assert min(kinds.values()) >= 8


@pytest.mark.slow
def test_precision_and_recall_are_at_least_nine_in_ten(
    told: tuple[list[Thread], dict[str, bool]],
) -> None:
    threads, quiet = told
    flagged = [thread for thread in threads if is_flagged(thread, quiet)]
    awaited = [thread for thread in threads if thread.is_awaited]
    both = [thread for thread in flagged if thread.is_awaited]

    assert len(threads) >= 100
    assert len(both) / len(flagged) >= 0.9
    assert len(both) / len(awaited) >= 0.9


@pytest.mark.slow
def test_no_kind_of_ending_is_read_worse_than_two_times_in_three(
    told: tuple[list[Thread], dict[str, bool]],
) -> None:
    threads, quiet = told
    right = Counter(
        thread.kind for thread in threads if is_flagged(thread, quiet) == thread.is_awaited
    )
    kinds = Counter(thread.kind for thread in threads)

    assert {
        kind: right[kind] / number for kind, number in kinds.items() if right[kind] / number < 2 / 3
    } == {}
