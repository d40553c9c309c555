"""Waits and episodes of one contact: what opens, what closes, what only pauses."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.episodes import ContactWaits, cut
from gonequiet.domain.episode import (
    Closure,
    Episode,
    EpisodeState,
    Event,
    ThreadEntry,
    follow_ups_until,
    state_of,
    waited_seconds,
)
from gonequiet.domain.interaction import Interaction

DANA, TOMAS, PAUL = 1, 2, 3  # Dana and Tomas at the harbor, Paul at the quay
MONDAY = int(datetime(2024, 3, 4, 12, tzinfo=UTC).timestamp())
HOUR = 3_600
DAY = 24 * HOUR
LATER = MONDAY + 400 * DAY


def out(message: int, at: int | None, thread: int = 1, **facts: object) -> Interaction:
    base = Interaction(
        message, thread, None, None if at is None else MONDAY + at, "outbound", "personal",
        True, 1, 0, False, False, True, False, 120, True, "",
    )  # fmt: skip
    return base._replace(**facts)  # type: ignore[arg-type]


def into(message: int, at: int | None, thread: int = 1, **facts: object) -> Interaction:
    return out(message, at, thread, direction="inbound", **facts)


def dana(
    *rows: Interaction,
    others: tuple[ThreadEntry, ...] = (),
    begin: int | None = None,
    organisation: str = "harbor.example",
) -> ContactWaits:
    entries: dict[int, list[ThreadEntry]] = {}
    for entry in others:
        entries.setdefault(1, []).append(entry)
    return cut(
        DANA,
        rows,
        entries,
        organisation=organisation,
        records_begin_at=begin,
        plausible_until=LATER,
    )


def only(waits: ContactWaits) -> Episode:
    (episode,) = waits.episodes
    return episode


def test_a_mail_to_a_crowd_answers_in_its_thread_and_nowhere_else() -> None:
    asked = out(1, 0)
    assert only(dana(asked, into(2, DAY, thread=7, n_to=40))).closure is None
    assert only(dana(asked, into(2, DAY, n_to=40))).closure is Closure.RESPONSE
    assert only(dana(asked, into(2, DAY, thread=7, n_to=4))).closure is Closure.RESPONSE_ELSEWHERE


def test_who_was_asked_and_goes_on_in_the_thread_has_answered_whoever_it_names() -> None:
    before, after = (
        ThreadEntry(MONDAY + at, 5 + at, DANA, "harbor.example") for at in (-HOUR, DAY)
    )
    waits = dana(out(1, 0), others=(before, after))
    assert (only(waits).closure, only(waits).closed_by) == (Closure.RESPONSE, after.message)
    assert waits.waits[0].replied_after == DAY
    assert only(dana(out(1, 0), others=(before,))).closure is None


def test_an_invitation_to_a_crowd_is_to_each_of_them() -> None:
    invited = into(2, DAY, thread=7, n_to=40, kind="calendar")
    assert only(dana(out(1, 0), invited)).closure is Closure.RESPONSE_ELSEWHERE


def test_what_the_owner_takes_back_is_closed_by_the_owners_word() -> None:
    word = out(2, DAY, expects_answer=False, withdraws=True)
    (episode,) = dana(out(1, 0), word, into(3, 9 * DAY)).episodes

    assert (episode.closure, episode.closed_by) == (Closure.WITHDRAWN, 2)
    assert episode.follow_ups == ()


def test_after_an_answer_there_is_nothing_to_take_back() -> None:
    word = out(3, 2 * DAY, expects_answer=False, withdraws=True)
    (episode,) = dana(out(1, 0), into(2, DAY), word).episodes
    assert (episode.closure, episode.closed_by) == (Closure.RESPONSE, 2)


def test_a_question_opens_and_the_reply_in_the_thread_closes() -> None:
    waits = dana(out(1, 0), into(2, 3 * HOUR))

    assert waits.waits[0].replied_after == waits.waits[0].answered_after == 3 * HOUR
    episode = only(waits)
    assert (episode.opened_by, episode.closure, episode.closed_by) == (1, Closure.RESPONSE, 2)
    assert episode.closed_at == MONDAY + 3 * HOUR


def test_silence_leaves_the_episode_open() -> None:
    waits = dana(out(1, 0))

    assert only(waits).closed_at is None
    assert waits.waits[0].replied_after is None
    assert waits.waits[0].answered_after is None


def test_an_answer_on_another_thread_closes_and_is_told_apart() -> None:
    waits = dana(out(1, 0), into(2, 5 * HOUR, thread=9), into(3, 8 * HOUR))

    episode = only(waits)
    assert (episode.closure, episode.closed_by) == (Closure.RESPONSE_ELSEWHERE, 2)
    assert episode.replied == Event(MONDAY + 8 * HOUR, 3)
    assert waits.waits[0].answered_after == 5 * HOUR
    assert waits.waits[0].replied_after == 8 * HOUR


def test_a_message_that_was_not_for_the_owner_answers_nothing_elsewhere() -> None:
    assert only(dana(out(1, 0), into(2, HOUR, thread=9, is_direct=False))).closure is None


def test_a_message_before_the_question_answers_nothing() -> None:
    assert only(dana(into(1, -DAY), out(2, 0))).closure is None


@pytest.mark.parametrize("kind", ["bounce", "out_of_office", "automatic"])
def test_machines_answer_nothing(kind: str) -> None:
    waits = dana(out(1, 0), into(2, HOUR, kind=kind))

    assert waits.waits[0].replied_after is None
    assert waits.waits[0].answered_after is None
    assert only(waits).closure not in (Closure.RESPONSE, Closure.RESPONSE_ELSEWHERE)


def test_list_mail_answers_only_in_the_thread() -> None:
    assert only(dana(out(1, 0), into(2, HOUR, thread=9, kind="list"))).closure is None
    assert only(dana(out(1, 0), into(2, HOUR, kind="list", is_direct=False))).closure is None
    assert only(dana(out(1, 0), into(2, HOUR, kind="list"))).closure is Closure.RESPONSE


def test_an_accepted_invitation_is_a_response() -> None:
    assert only(dana(out(1, 0), into(2, HOUR, kind="calendar"))).closure is Closure.RESPONSE


@pytest.mark.parametrize("facts", [{"expects_answer": False}, {"is_direct": False}])
def test_thanks_and_copies_for_information_open_nothing(facts: dict[str, bool]) -> None:
    assert dana(out(1, 0, **facts)).episodes == []


def test_thanks_are_still_a_wait_of_the_table_and_a_copy_is_not() -> None:
    waits = dana(out(1, 0, expects_answer=False), out(2, HOUR, is_direct=False)).waits

    assert [(wait.message, wait.expects_answer) for wait in waits] == [(1, False)]


def test_follow_ups_belong_to_the_episode() -> None:
    waits = dana(
        out(1, 0), out(2, 4 * DAY, expects_answer=False), out(3, 8 * DAY), into(4, 9 * DAY)
    )

    episode = only(waits)
    assert [event.message for event in episode.follow_ups] == [2, 3]
    assert [wait.replied_after for wait in waits.waits] == [9 * DAY, 5 * DAY, DAY]
    assert [event.message for event in follow_ups_until(episode, MONDAY + 5 * DAY)] == [2]


def test_the_day_of_a_meeting_nobody_answered_is_no_attempt() -> None:
    invitation = out(1, 0, kind="calendar")
    meeting = out(2, 9 * DAY, thread=2, kind="meeting", channel="meeting")

    assert only(dana(invitation, meeting)).follow_ups == ()
    call = out(2, 9 * DAY, thread=2, kind="call", channel="call")
    assert [one.message for one in only(dana(invitation, call)).follow_ups] == [2]


def test_a_question_after_the_answer_opens_the_next_episode() -> None:
    episodes = dana(out(1, 0), into(2, HOUR), out(3, 2 * HOUR), into(4, 3 * HOUR)).episodes

    assert [(one.opened_by, one.closed_by) for one in episodes] == [(1, 2), (3, 4)]


def test_a_question_on_another_thread_waits_on_its_own() -> None:
    episodes = dana(out(1, 0), out(2, HOUR, thread=9), into(3, 2 * HOUR, thread=9)).episodes

    assert [one.closure for one in episodes] == [Closure.RESPONSE_ELSEWHERE, Closure.RESPONSE]


def test_a_colleague_who_answers_in_the_thread_closes_it() -> None:
    colleague = ThreadEntry(MONDAY + 2 * HOUR, 5, TOMAS, "harbor.example")
    waits = dana(out(1, 0), into(2, DAY), others=(colleague,))

    episode = only(waits)
    assert (episode.closure, episode.closed_by) == (Closure.COLLEAGUE, 5)
    assert episode.replied == Event(MONDAY + DAY, 2)
    assert waits.waits[0].answered_by_other_after == 2 * HOUR


def test_somebody_of_another_house_answers_without_closing() -> None:
    stranger = ThreadEntry(MONDAY + 2 * HOUR, 5, PAUL, "quay.example")
    waits = dana(out(1, 0), others=(stranger,))

    assert only(waits).closure is None
    assert only(waits).other == Event(MONDAY + 2 * HOUR, 5)
    assert waits.waits[0].answered_by_other_after == 2 * HOUR


def test_without_an_organisation_nobody_is_a_colleague() -> None:
    entry = ThreadEntry(MONDAY + 2 * HOUR, 5, TOMAS, "")

    assert only(dana(out(1, 0), others=(entry,), organisation="")).closure is None


def test_what_others_wrote_before_the_question_or_the_contact_wrote_is_no_other_answer() -> None:
    before = ThreadEntry(MONDAY - HOUR, 4, TOMAS, "harbor.example")
    own = ThreadEntry(MONDAY + HOUR, 2, DANA, "harbor.example")
    waits = dana(out(1, 0), into(2, HOUR), others=(before, own))

    assert only(waits).other is None
    assert only(waits).closure is Closure.RESPONSE


def test_a_question_after_a_colleagues_answer_opens_the_next_episode() -> None:
    colleague = ThreadEntry(MONDAY + 2 * HOUR, 5, TOMAS, "harbor.example")
    episodes = dana(out(1, 0), out(6, DAY), others=(colleague,)).episodes

    assert [(one.opened_by, one.closure) for one in episodes] == [(1, Closure.COLLEAGUE), (6, None)]


def test_a_bounce_closes_the_message_it_names() -> None:
    waits = dana(
        out(1, 0), out(2, DAY, thread=9), into(3, DAY + HOUR, thread=3, kind="bounce", parent=1)
    )

    assert [one.closure for one in waits.episodes] == [Closure.BOUNCE, None]
    assert [wait.bounced_after for wait in waits.waits] == [DAY + HOUR, None]


def test_a_bounce_that_names_none_closes_the_latest_message_before_it() -> None:
    waits = dana(out(1, 0), out(2, DAY, thread=9), into(3, DAY + 60, thread=3, kind="bounce"))

    assert [one.closure for one in waits.episodes] == [None, Closure.BOUNCE]


def test_a_bounce_weeks_later_is_about_another_message() -> None:
    assert only(dana(out(1, 0), into(2, 20 * DAY, thread=3, kind="bounce"))).closure is None


def test_a_follow_up_that_bounces_closes_the_episode() -> None:
    waits = dana(out(1, 0), out(2, 9 * DAY), into(3, 9 * DAY + 60, thread=3, kind="bounce"))

    assert only(waits).closure is Closure.BOUNCE
    assert only(waits).closed_at == MONDAY + 9 * DAY + 60


def test_an_out_of_office_pauses_until_the_stated_return() -> None:
    waits = dana(out(1, 0), into(2, 60, kind="out_of_office", return_on="2024-03-18"))

    episode = only(waits)
    (pause,) = episode.pauses
    assert (pause.from_at, pause.message, pause.is_stated) == (MONDAY + 60, 2, True)
    assert pause.until_at == int(datetime(2024, 3, 18, tzinfo=UTC).timestamp())
    assert state_of(episode, MONDAY + DAY) is EpisodeState.PAUSED
    assert state_of(episode, MONDAY + 15 * DAY) is EpisodeState.OPEN
    assert waited_seconds(episode, MONDAY + 20 * DAY) == 20 * DAY - (pause.until_at - pause.from_at)
    assert waits.waits[0].pauses == (pause,)


def test_an_out_of_office_without_a_return_pauses_for_a_week() -> None:
    (pause,) = only(dana(out(1, 0), into(2, 60, kind="out_of_office"))).pauses

    assert (pause.until_at - pause.from_at, pause.is_stated) == (7 * DAY, False)


@pytest.mark.parametrize("stated", ["2031-01-01", "2023-12-24", "next week", "2024-02-31"])
def test_an_absurd_return_counts_as_none_stated(stated: str) -> None:
    (pause,) = only(dana(out(1, 0), into(2, 60, kind="out_of_office", return_on=stated))).pauses

    assert not pause.is_stated


def test_a_question_asked_while_they_are_away_is_paused_from_its_start() -> None:
    rows = (
        out(1, -DAY, thread=9, expects_answer=False),
        into(2, -DAY + 60, thread=9, kind="out_of_office", return_on="2024-03-11"),
        out(3, 0),
    )

    assert only(dana(*rows)).pauses[0].from_at == MONDAY


def test_writing_again_ends_the_absence() -> None:
    rows = (
        out(1, -2 * DAY, thread=9, expects_answer=False),
        into(2, -2 * DAY + 60, thread=9, kind="out_of_office", return_on="2024-03-29"),
        into(3, -DAY, thread=8),
        out(4, 0),
    )

    assert only(dana(*rows)).pauses == ()


def test_a_pause_ends_with_the_episode() -> None:
    rows = (out(1, 0), into(2, 60, kind="out_of_office", return_on="2024-03-18"), into(3, DAY))

    assert only(dana(*rows)).pauses[0].until_at == MONDAY + DAY


@pytest.mark.parametrize(
    "at", [None, 60_000 * DAY, -60 * 365 * DAY], ids=["missing", "far future", "before mail"]
)
def test_a_message_of_no_or_absurd_date_opens_and_closes_nothing(at: int | None) -> None:
    assert dana(out(1, at)) == ContactWaits([], [])
    assert only(dana(out(1, 0), into(2, at))).closure is None


@pytest.mark.parametrize("at", [None, 500 * DAY], ids=["no moment", "after all records"])
def test_a_reply_to_a_letter_without_a_usable_moment_stands_at_its_own(at: int | None) -> None:
    reply = into(2, 3 * HOUR, parent=9)
    waits = dana(out(1, 0), out(9, at), reply)
    assert [wait.answered_after for wait in waits.waits] == [3 * HOUR]


def test_a_letter_of_theirs_dated_wrong_moves_no_answer_to_it() -> None:
    odd, reply = into(8, 5 * DAY), into(2, DAY, parent=8)
    assert dana(out(1, 0), odd, reply).waits[0].answered_after == DAY


def test_an_answer_dated_before_its_question_answers_it_at_once() -> None:
    waits = dana(out(1, 0), into(2, -2 * HOUR, parent=1))

    assert waits.waits[0].replied_after == 0
    assert only(waits).closed_by == 2


def test_a_question_and_an_answer_of_the_same_second_stand_in_that_order() -> None:
    assert only(dana(into(2, 0), out(1, 0))).closed_by == 2


def test_a_circular_opens_only_weakly() -> None:
    waits = dana(out(1, 0, n_to=11), out(2, DAY, thread=9, n_to=10))

    assert [one.is_mass for one in waits.episodes] == [True, False]
    assert [wait.is_mass for wait in waits.waits] == [True, False]


def test_a_reply_to_nothing_we_have_near_the_start_may_have_begun_before() -> None:
    assert only(dana(out(1, 0, is_reply=True), begin=MONDAY - DAY)).is_left_truncated
    assert not only(dana(out(1, 0), begin=MONDAY - DAY)).is_left_truncated
    assert not only(dana(out(1, 0, is_reply=True, parent=7), begin=MONDAY - DAY)).is_left_truncated
    assert not only(dana(out(1, 0, is_reply=True), begin=MONDAY - 90 * DAY)).is_left_truncated
    assert not only(dana(out(1, 0, is_reply=True))).is_left_truncated


def test_what_passed_between_others_opens_and_closes_nothing() -> None:
    assert dana(out(1, 0, direction="observed")) == ContactWaits([], [])
    assert only(dana(out(1, 0), out(2, HOUR, direction="observed"))).closure is None


def test_the_state_of_a_past_day_is_told_by_what_was_known_then() -> None:
    episode = only(dana(out(1, 0), into(2, 3 * DAY)))

    states = [state_of(episode, MONDAY + day * DAY) for day in (-1, 0, 2, 3, 9)]
    assert states == ["not_yet", "open", "open", "closed", "closed"]
    assert waited_seconds(episode, MONDAY + 9 * DAY) == 3 * DAY


def timeline(seed: int, size: int) -> list[Interaction]:
    """A made-up exchange of many kinds on a few threads."""
    dice = random.Random(seed)
    kinds = ["personal"] * 6 + ["bounce", "out_of_office", "automatic", "list"]
    rows = []
    for number in range(size):
        make = out if dice.random() < 0.5 else into
        row = make(number, dice.randrange(100 * DAY), dice.randrange(4))
        kind = "personal" if row.direction == "outbound" else dice.choice(kinds)
        rows.append(row._replace(kind=kind, expects_answer=dice.random() < 0.7))
    return rows


@given(seed=st.integers(0, 10_000), size=st.integers(0, 40))
def test_the_order_of_reading_changes_nothing(seed: int, size: int) -> None:
    rows = timeline(seed, size)
    shuffled = random.Random(seed + 1).sample(rows, len(rows))

    assert dana(*rows) == dana(*shuffled)


@given(seed=st.integers(0, 10_000), size=st.integers(0, 40))
def test_without_the_future_what_was_true_then_stays_true(seed: int, size: int) -> None:
    rows = timeline(seed, size)
    as_of = MONDAY + 50 * DAY
    past = dana(*(row for row in rows if row.at is not None and row.at <= as_of))
    whole = [one for one in dana(*rows).episodes if one.opened_at <= as_of]

    assert [one.opened_by for one in past.episodes] == [one.opened_by for one in whole]
    assert [state_of(one, as_of) for one in past.episodes] == [
        state_of(one, as_of) for one in whole
    ]
    assert [waited_seconds(one, as_of) for one in past.episodes] == [
        waited_seconds(one, as_of) for one in whole
    ]


@given(seed=st.integers(0, 10_000), size=st.integers(0, 40))
def test_episodes_of_one_thread_do_not_overlap_and_end_after_they_begin(
    seed: int, size: int
) -> None:
    ends: dict[int, int] = {}
    for one in dana(*timeline(seed, size)).episodes:
        assert one.opened_at >= ends.get(one.thread, 0)
        ends[one.thread] = one.closed_at if one.closed_at is not None else LATER
        assert ends[one.thread] >= one.opened_at
        assert (one.closed_at is None) == (one.closure is None) == (one.closed_by is None)
        assert all(one.opened_at <= event.at <= ends[one.thread] for event in one.follow_ups)
