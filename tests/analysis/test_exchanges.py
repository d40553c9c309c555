"""What a meeting is in the timeline of each who was to come."""

from __future__ import annotations

import pytest

from gonequiet.analysis.exchanges import (
    CROWD,
    Exchange,
    interactions_with,
    superseded,
    with_replies,
)
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.meeting import Attendance, Meeting, MeetingState, Mode
from gonequiet.domain.message import Channel, MessageKind

DANA = frozenset({"dana@harbor.example"})
OWNER = {"kim@adler.example"}
DAY = 86_400
START = 1_700_000_000
MEETING = Meeting(
    "1@adler.example", "", 0, START, START + 3600, False, "", False, MeetingState.PLANNED,
    Mode.VIDEO, "", "", (("dana@harbor.example", Attendance.ACCEPTED),), START - 5 * DAY,
    START - 4 * DAY, None,
)  # fmt: skip


def row(direction: Direction, *, number: int = 1, n_to: int = 1) -> Interaction:
    kind, channel = MessageKind.MEETING.value, Channel.MEETING.value
    return Interaction(
        number, number, None, START, direction.value, kind, True, n_to, 0, False, False, False,
        False, 0, False, "", channel,
    )  # fmt: skip


def exchange(meeting: Meeting) -> Exchange:
    return Exchange(Channel.MEETING.value, "", meeting.as_text(), 7)


def comes_to(
    meeting: Meeting, direction: Direction = Direction.OUTBOUND, *, n_to: int = 1
) -> list[tuple[int, str, bool, bool]]:
    """When, which way, whether both had their say, whether it waits: in days from the start."""
    found = interactions_with(DANA, [(row(direction, n_to=n_to), exchange(meeting))], owner=OWNER)
    return [
        ((one.at or 0) // DAY - START // DAY, one.direction, one.is_exchange, one.expects_answer)
        for one in found
    ]


def said(answer: Attendance) -> Meeting:
    return MEETING._replace(attendance=(("dana@harbor.example", answer),))


def test_a_meeting_that_was_held_is_an_invitation_and_an_exchange() -> None:
    assert comes_to(MEETING) == [(-5, "outbound", False, False), (0, "outbound", True, False)]


def test_an_invitation_without_an_answer_waits_for_one() -> None:
    assert comes_to(said(Attendance.NO_ANSWER)) == [(-5, "outbound", False, True)]


def test_an_invitation_that_was_declined_is_answered_when_it_was() -> None:
    assert comes_to(said(Attendance.DECLINED)) == [
        (-5, "outbound", False, False),
        (-4, "inbound", False, False),
    ]


def test_what_a_third_one_sent_to_both_is_from_neither() -> None:
    assert comes_to(MEETING, Direction.INBOUND) == [(0, "outbound", True, False)]
    theirs = MEETING._replace(attendance=(("kim@adler.example", Attendance.ACCEPTED),))
    assert comes_to(theirs, Direction.INBOUND)[0] == (-5, "inbound", False, False)


@pytest.mark.parametrize(("n_to", "held"), [(CROWD, 1), (CROWD + 1, 0)])
def test_a_meeting_of_many_answers_nobody(n_to: int, held: int) -> None:
    assert sum(one[2] for one in comes_to(MEETING, n_to=n_to)) == held


def test_the_mail_that_calls_it_off_is_no_new_date() -> None:
    cancelled = MEETING._replace(state=MeetingState.CANCELLED)
    off_at = START - 4 * DAY
    record = [(row(Direction.INBOUND), exchange(cancelled))]

    (wait,) = interactions_with(DANA, record, owner=OWNER, notices=[off_at + 9, off_at + 2 * DAY])

    assert (wait.at, wait.expects_answer) == (off_at + 10, True)


def test_a_cancelled_meeting_waits_for_a_new_date_unless_there_is_one() -> None:
    cancelled = MEETING._replace(state=MeetingState.CANCELLED)
    assert comes_to(cancelled) == [(-4, "outbound", False, True)]
    again = MEETING._replace(uid="2@adler.example", starts_at=START + 9 * DAY)
    found = interactions_with(
        DANA,
        [
            (row(Direction.OUTBOUND), exchange(cancelled)),
            (row(Direction.OUTBOUND, number=2), exchange(again)),
        ],
        owner=OWNER,
    )
    assert not any(one.expects_answer for one in found)


def test_of_two_versions_the_later_one_counts_in_whatever_order_they_are_read() -> None:
    later = exchange(MEETING._replace(sequence=1))
    assert superseded([(1, exchange(MEETING)), (2, later)]) == {1}
    assert superseded([(1, later), (2, exchange(MEETING))]) == {2}
    assert superseded([(1, later), (2, later)]) == {1}


def reply(answer: Attendance, *, days: int = 1, who: str = "dana@harbor.example") -> Meeting:
    changed_at = (MEETING.changed_at or 0) + days * DAY
    return MEETING._replace(attendance=((who, answer),), changed_at=changed_at, is_reply=True)


def test_an_answer_by_mail_is_written_into_the_meeting_and_stands_for_nothing_else() -> None:
    invited = said(Attendance.NO_ANSWER)
    versions = {1: exchange(invited), 2: exchange(reply(Attendance.DECLINED))}
    assert superseded(versions.items()) == {2}
    answered = with_replies(versions)[1]
    found = interactions_with(DANA, [(row(Direction.OUTBOUND), answered)], owner=OWNER)
    assert [(one.direction, one.expects_answer) for one in found] == [
        ("outbound", False),
        ("inbound", False),
    ]
    assert found[1].at == (MEETING.changed_at or 0) + DAY


def test_the_last_word_of_each_counts_in_whatever_order_it_is_read() -> None:
    other = reply(Attendance.TENTATIVE, who="li@yard.example")
    words = [reply(Attendance.ACCEPTED, days=3), reply(Attendance.DECLINED), other]
    for order in (words, words[::-1]):
        versions = {0: exchange(said(Attendance.NO_ANSWER))}
        versions |= {number: exchange(one) for number, one in enumerate(order, start=1)}
        assert superseded(versions.items()) == {1, 2, 3}
        assert '["dana@harbor.example","accepted"]' in with_replies(versions)[0].detail
        assert '["li@yard.example","tentative"]' in with_replies(versions)[0].detail


def test_an_answer_to_an_earlier_version_does_not_hold_for_a_later_one() -> None:
    moved = said(Attendance.NO_ANSWER)._replace(sequence=3, changed_at=START + 9 * DAY)
    versions = {1: exchange(moved), 2: exchange(reply(Attendance.ACCEPTED))}
    assert with_replies(versions)[1] == versions[1]


def test_answers_alone_stand_for_the_meeting_each_with_its_own() -> None:
    versions = {
        1: exchange(reply(Attendance.ACCEPTED)),
        2: exchange(reply(Attendance.DECLINED, days=2)),
        3: exchange(reply(Attendance.ACCEPTED, who="li@yard.example")),
    }
    assert superseded(versions.items()) == {1}
