"""What became of a promise, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from gonequiet.analysis.ledger import CROWD, LAPSES_AFTER_DAYS, Exchange, Ledger, Uttered, draw_up
from gonequiet.domain.commitment import (
    Claim,
    Commitment,
    Said,
    Side,
    Standing,
    State,
    last_change,
    state_of,
)
from gonequiet.domain.message import Channel
from gonequiet.language.deeds import Deed, SpokenDeed

DAY = 86_400
SAID_AT = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
FRIDAY = date(2026, 3, 6)
DANA = 7
THREAD = 100


def uttered(
    words: str = "i will send you the floor plan",
    *,
    by_owner: bool = False,
    by_reader: bool = False,
    due_on: date | None = FRIDAY,
    is_sure: bool = True,
    is_direct: bool = True,
    n_to: int = 1,
) -> Uttered:
    claim = Claim("abc", 1, 0, 30, 0, 29, by_reader, due_on, is_sure, "own_will")
    return Uttered(claim, SAID_AT, THREAD, by_owner, (DANA,), is_direct, words, n_to=n_to)


def exchange(
    days: float,
    *spoken: Deed,
    by_owner: bool = False,
    thread: int = THREAD,
    channel: Channel = Channel.MAIL,
    about: str = "floor plan",
    names: str = "",
    documents: bool = False,
    promises: tuple[tuple[date, frozenset[str]], ...] = (),
) -> Exchange:
    deeds = tuple(SpokenDeed(one, 0, 9, tuple(about.split())) for one in spoken)
    at = SAID_AT + int(days * DAY)
    return Exchange(
        int(100 + days),
        at,
        thread,
        by_owner,
        DANA,
        channel,
        deeds,
        frozenset(names.split()),
        documents,
        promises,
    )


def drawn(one: Uttered, *exchanges: Exchange, said: Said | None = None) -> Commitment:
    words = {} if said is None else {"abc": said}
    ledger = Ledger(by_contact={DANA: sorted(exchanges, key=lambda e: e.at)}, owners_words=words)
    (found,) = draw_up([one], ledger)
    return found


def states(found: Commitment, days: Sequence[float]) -> list[State]:
    return [state_of(found, SAID_AT + int(day * DAY)) for day in days]


def test_a_promise_is_open_until_a_document_comes_along_and_kept_from_then_on() -> None:
    found = drawn(uttered(), exchange(3, documents=True))

    assert states(found, [0, 2.9, 3, 900]) == [State.OPEN, State.OPEN, State.KEPT, State.KEPT]
    change = last_change(found, SAID_AT + 10 * DAY)
    assert change is not None
    assert (change.message, change.reason) == (103, "a document came along")


@pytest.mark.parametrize("deed", [Deed.DELIVERS, Deed.DONE])
def test_words_that_say_so_keep_a_promise_and_are_shown(deed: Deed) -> None:
    change = last_change(drawn(uttered(), exchange(3, deed)), SAID_AT + 9 * DAY)

    assert change is not None
    assert (change.state, change.start, change.stop) == (State.KEPT, 0, 9)


def test_words_about_something_else_show_nothing() -> None:
    found = drawn(uttered(), exchange(3, Deed.DELIVERS, about="survey of the garden"))

    assert states(found, [4]) == [State.OPEN]


def test_thanks_of_the_other_side_show_that_it_came() -> None:
    found = drawn(uttered(), exchange(3, Deed.RECEIVED, by_owner=True))

    assert states(found, [4]) == [State.KEPT]


def test_thanks_for_something_else_show_nothing() -> None:
    found = drawn(uttered(), exchange(3, Deed.RECEIVED, by_owner=True, about="flowers"))

    assert states(found, [4]) == [State.OPEN]


def test_thanks_that_ask_after_it_show_nothing() -> None:
    found = drawn(uttered(), exchange(3, Deed.RECEIVED, Deed.ASKED_AFTER, by_owner=True))

    assert states(found, [4]) == [State.OPEN]


def test_the_other_sides_documents_keep_no_promise() -> None:
    assert states(drawn(uttered(), exchange(3, documents=True, by_owner=True)), [4]) == [State.OPEN]


def test_another_thread_counts_when_it_names_the_thing() -> None:
    elsewhere = exchange(3, documents=True, thread=5, names="floor plan pdf")
    of_something_else = exchange(3, documents=True, thread=5, names="invoice pdf")

    assert states(drawn(uttered(), elsewhere), [4]) == [State.KEPT]
    assert states(drawn(uttered(), of_something_else), [4]) == [State.OPEN]


def test_what_was_to_be_sent_lapses_when_its_day_is_long_past() -> None:
    found = drawn(uttered())
    lapses = 5 + LAPSES_AFTER_DAYS

    assert states(found, [4, 20, lapses - 1, lapses]) == [
        State.OPEN,
        State.OPEN,
        State.OPEN,
        State.LAPSED,
    ]


def test_what_lapsed_can_still_be_kept_late() -> None:
    found = drawn(uttered(), exchange(60, documents=True))

    assert states(found, [50, 61]) == [State.LAPSED, State.KEPT]


def test_a_promise_to_call_never_lapses_because_calls_leave_no_trace() -> None:
    assert states(drawn(uttered("i will call you")), [900]) == [State.OPEN]


@pytest.mark.parametrize(
    "words",
    [
        "i will get you the keys",
        "i will give you the figures",
        "i will send you a cheque",
        "i will bring you the floor plan",
    ],
)
def test_what_may_be_handed_over_never_lapses_by_a_day_going_by(words: str) -> None:
    assert states(drawn(uttered(words)), [90]) == [State.OPEN]


def test_what_is_promised_to_several_never_lapses_by_a_day_going_by() -> None:
    assert states(drawn(uttered(n_to=2)), [90]) == [State.OPEN]


def test_what_was_asked_after_past_its_day_and_did_not_come_lapsed() -> None:
    asked = exchange(20, Deed.ASKED_AFTER, by_owner=True)
    found = drawn(uttered("i will give you the floor plan", n_to=2), asked)

    assert states(found, [30, 60]) == [State.OPEN, State.LAPSED]
    change = last_change(found, SAID_AT + 60 * DAY)
    assert change is not None
    assert (change.message, change.reason) == (asked.message, "asked after, and nothing came")


def test_what_was_asked_after_before_its_day_did_not_lapse() -> None:
    asked = exchange(2, Deed.ASKED_AFTER, by_owner=True)
    assert states(drawn(uttered("i will give you the floor plan"), asked), [90]) == [State.OPEN]


def test_a_call_keeps_a_promise_to_call() -> None:
    called = exchange(2, channel=Channel.CALL, thread=9)

    assert states(drawn(uttered("i will call you"), called), [3]) == [State.KEPT]
    assert states(drawn(uttered(), called), [3]) == [State.OPEN]


def test_a_meeting_held_keeps_a_promise_to_come() -> None:
    held = exchange(4, channel=Channel.MEETING, thread=9)

    assert states(drawn(uttered("i will be there"), held), [5]) == [State.KEPT]


def test_a_promise_without_a_day_stays_open() -> None:
    assert states(drawn(uttered(due_on=None)), [900]) == [State.OPEN]


def test_what_the_other_side_waives_is_withdrawn() -> None:
    found = drawn(uttered(), exchange(1, Deed.WAIVED, by_owner=True))

    assert states(found, [2]) == [State.WITHDRAWN]


def test_what_is_called_off_is_withdrawn() -> None:
    assert states(drawn(uttered(), exchange(1, Deed.CALLED_OFF)), [2]) == [State.WITHDRAWN]


def test_a_later_day_agreed_before_the_first_takes_its_place() -> None:
    moved = exchange(2, promises=((date(2026, 3, 13), frozenset({"plan"})),))
    other = exchange(2, promises=((date(2026, 3, 13), frozenset({"survey"})),))
    too_late = exchange(9, promises=((date(2026, 3, 20), frozenset({"plan"})),))

    assert states(drawn(uttered(), moved), [3]) == [State.WITHDRAWN]
    assert states(drawn(uttered(), other), [3]) == [State.OPEN]
    assert states(drawn(uttered(), too_late), [10]) == [State.OPEN]


@pytest.mark.parametrize(
    ("by_owner", "by_reader", "side"),
    [
        (True, False, Side.MINE),
        (False, False, Side.THEIRS),
        (True, True, Side.THEIRS),
        (False, True, Side.MINE),
    ],
)
def test_who_owes_it_follows_from_who_wrote_and_of_whom(
    by_owner: bool, by_reader: bool, side: Side
) -> None:
    assert drawn(uttered(by_owner=by_owner, by_reader=by_reader)).side is side


def test_what_is_unsure_or_overheard_is_proposed() -> None:
    assert drawn(uttered()).standing is Standing.RECORDED
    assert drawn(uttered(is_sure=False)).standing is Standing.PROPOSED
    assert drawn(uttered(is_direct=False)).standing is Standing.PROPOSED


def test_the_owners_word_outranks_every_rule_from_the_moment_it_was_said() -> None:
    said = Said(Standing.RECORDED, State.KEPT, SAID_AT + 2 * DAY, date(2026, 4, 1))
    found = drawn(uttered(is_sure=False), exchange(1, Deed.CALLED_OFF), said=said)

    assert (found.standing, found.due_on, found.is_overruled) == (
        Standing.RECORDED,
        date(2026, 4, 1),
        True,
    )
    assert states(found, [1.5, 2.5]) == [State.WITHDRAWN, State.KEPT]


def test_evidence_years_later_has_nothing_to_do_with_it() -> None:
    later = exchange(timedelta(days=800).days, documents=True)

    assert states(drawn(uttered(due_on=None), later), [900]) == [State.OPEN]


def test_one_common_word_elsewhere_is_not_enough_unless_it_names_what_came() -> None:
    one = uttered("i will send you the list")
    said = exchange(3, Deed.DELIVERS, thread=5, about="attached list", names="holiday plans")
    came = exchange(3, thread=5, names="list", documents=True)

    assert states(drawn(one, said), [4]) == [State.OPEN]
    assert states(drawn(one, came), [4]) == [State.KEPT]


def test_the_same_subject_elsewhere_is_the_same_matter() -> None:
    one = uttered("i will send you the list")._replace(subject=frozenset({"hall"}))
    came = exchange(3, Deed.DELIVERS, thread=5, about="list")._replace(subject=one.subject)

    assert states(drawn(one, came), [4]) == [State.KEPT]


def test_what_is_told_a_crowd_is_proposed_and_not_recorded() -> None:
    theirs = uttered("we will keep you posted", due_on=None, n_to=CROWD + 1)
    few = theirs._replace(n_to=CROWD)
    own = theirs._replace(by_owner=True)
    standings = [
        draw_up([one], Ledger(by_contact={}, owners_words={}))[0].standing
        for one in (theirs, few, own)
    ]
    assert standings == [Standing.PROPOSED, Standing.RECORDED, Standing.RECORDED]
