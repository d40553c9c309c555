"""What a call, a text or a meeting is in a contact's timeline: something asked, answered, or had.

A call that was taken and a meeting that was held are exchanges: both sides had their say. A call
nobody took, an invitation without an answer, and a meeting that was cancelled with no new date
wait for something, as an unanswered mail does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.domain.call import CallOutcome, call_from
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.meeting import Attendance, Meeting, MeetingState, meeting_from
from gonequiet.domain.message import Channel, MessageKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_OUTBOUND: Final = Direction.OUTBOUND.value
_INBOUND: Final = Direction.INBOUND.value
_FIRST: Final = (-1, 0, "")
NOTICE_SECONDS: Final = 3_600
"""How far apart a calendar's moment of calling off and the mail that says so may lie."""
CROWD: Final = 10
"""With more people invited, a meeting answers nobody's mail, as a mail to so many asks nobody."""
_HAD: Final = frozenset((CallOutcome.ANSWERED, CallOutcome.UNKNOWN))


class Exchange(NamedTuple):
    """What the store knows of a record that is not mail, beyond what mail has.

    Attributes:
        channel: a `Channel`.
        states: the direction the record states, "" where the people tell.
        detail: of the channel, as text.
        event: what all versions of one meeting share, 0 for anything else.
    """

    channel: str
    states: str
    detail: str
    event: int


def direction_of(exchange: Exchange, sender: str, owner: Collection[str]) -> Direction:
    """Which way it went; what nobody else began, the owner did."""
    if exchange.channel == Channel.CARD.value:
        return Direction.OBSERVED
    if exchange.states:
        return Direction(exchange.states)
    return Direction.OUTBOUND if not sender or sender in owner else Direction.INBOUND


def superseded(versions: Iterable[tuple[int, Exchange]]) -> frozenset[int]:
    """Returns the records of meetings of which a later version is known.

    What one person answered replaces what they answered before, and stands for the meeting only
    where nothing else does.

    Args:
        versions: message number and exchange of every record that is not mail.
    """
    latest: dict[tuple[int, str], tuple[tuple[int, int, str], int]] = {}
    replaced: set[int] = set()
    events = [(number, exchange) for number, exchange in versions if exchange.event]
    times = Counter(exchange.event for _, exchange in events)
    for number, exchange in events:
        if times[exchange.event] == 1:
            continue
        meeting = meeting_from(exchange.detail)
        # Of two versions that claim the same rank, the order of reading must not decide.
        order = (meeting.sequence, meeting.changed_at or 0, exchange.detail) if meeting else _FIRST
        key = (exchange.event, _replier(meeting))
        known = latest.get(key)
        if known is None or known[0] <= order:
            latest[key] = (order, number)
            replaced |= {known[1]} if known else set()
        else:
            replaced.add(number)
    replaced |= {
        number
        for (event, replier), (_, number) in latest.items()
        if replier and (event, "") in latest
    }
    return frozenset(replaced)


def _replier(meeting: Meeting | None) -> str:
    """Who answered an invitation, "" for a record of the meeting itself."""
    if meeting is None or not meeting.is_reply:
        return ""
    return meeting.attendance[0][0] if meeting.attendance else "somebody"


def with_replies(exchanges: Mapping[int, Exchange]) -> Mapping[int, Exchange]:
    """Returns the records with what was answered by mail written into the meetings themselves.

    Args:
        exchanges: every record that is not mail, by message number.
    """
    answers: dict[int, list[Meeting]] = defaultdict(list)
    for exchange in exchanges.values():
        if exchange.event and _IS_REPLY in exchange.detail:
            meeting = meeting_from(exchange.detail)
            answers[exchange.event] += [meeting] if meeting and meeting.is_reply else []
    if not answers:
        return exchanges
    return {
        number: _answered(one, answers[one.event]) if one.event in answers else one
        for number, one in exchanges.items()
    }


_IS_REPLY: Final = '"is_reply":true'


def _answered(exchange: Exchange, answers: Sequence[Meeting]) -> Exchange:
    meeting = meeting_from(exchange.detail)
    if meeting is None or meeting.is_reply:
        return exchange
    return exchange._replace(detail=answered(meeting, answers).as_text())


def answered(meeting: Meeting, answers: Iterable[Meeting]) -> Meeting:
    """Returns a meeting with what people answered to it as it stands; the latest word counts."""
    said, changed_at = dict(meeting.attendance), meeting.changed_at
    for answer in sorted(answers, key=lambda one: (one.sequence, one.changed_at or 0)):
        is_of_this = answer.sequence >= meeting.sequence
        is_later = (answer.changed_at or 0) >= (meeting.changed_at or 0)
        for address, word in answer.attendance:
            if is_later or (is_of_this and said.get(address) in _NOT_SAID):
                said[address] = word
                changed_at = answer.changed_at or changed_at
    return meeting._replace(attendance=tuple(said.items()), changed_at=changed_at)


_NOT_SAID: Final = (Attendance.NO_ANSWER, Attendance.UNKNOWN, None)


def interactions_with(
    contact: frozenset[str],
    records: Sequence[tuple[Interaction, Exchange]],
    *,
    owner: Collection[str],
    notices: Sequence[int] = (),
) -> list[Interaction]:
    """Returns what records that are not mail come to in one contact's timeline.

    Args:
        contact: the contact's addresses.
        records: each as a plain interaction (of a meeting: at its start), with its exchange.
        owner: the owner's addresses.
        notices: when mails came from the contact that carry a calendar: one that calls a meeting
            off is no new date for it.
    """
    meetings = [
        meeting_from(exchange.detail) if row.kind == MessageKind.MEETING else None
        for row, exchange in records
    ]
    planned_until = max(
        (one.starts_at for one in meetings if one and one.state is not MeetingState.CANCELLED),
        default=0,
    )
    found: list[Interaction] = []
    for (row, exchange), meeting in zip(records, meetings, strict=True):
        if row.kind == MessageKind.CALL:
            found.append(_call(row, exchange))
        elif row.kind == MessageKind.MEETING and meeting is not None:
            if meeting.state is MeetingState.CANCELLED:
                found += _cancelled(row, meeting, planned_until, notices)
            else:
                found += _meeting(row, meeting, contact, frozenset(owner))
        elif row.kind == MessageKind.PERSONAL:
            found.append(row)
    return found


def _call(row: Interaction, exchange: Exchange) -> Interaction:
    """A call; where the records do not say whether it was taken, it is not held against them."""
    was_had = call_from(exchange.detail).outcome in _HAD
    if was_had and row.direction != _OUTBOUND and not row.expects_answer:
        return row  # as it stands; most calls are such
    return row._replace(
        is_exchange=was_had and row.direction == _OUTBOUND,
        expects_answer=not was_had,
    )


def _meeting(
    row: Interaction,
    meeting: Meeting,
    contact: frozenset[str],
    owner: frozenset[str],
) -> list[Interaction]:
    if meeting.state is MeetingState.MISSED:
        return [_waiting(row, meeting.ends_at)]
    said = meeting.attendance_of(contact)
    found = _invited(row, meeting, said, contact)
    if row.n_to <= CROWD and was_held(meeting, said, meeting.attendance_of(owner)):
        found.append(row._replace(at=meeting.ends_at, direction=_OUTBOUND, is_exchange=True))
    return found


def was_held(meeting: Meeting, theirs: Attendance, owners: Attendance) -> bool:
    """Whether a meeting is taken to be held once its end has passed.

    Nobody cancelled it, neither side declined, and an invited contact did not leave it unanswered.
    """
    if meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED):
        return False
    return (
        theirs not in (Attendance.DECLINED, Attendance.NO_ANSWER)
        and owners is not Attendance.DECLINED
    )


def _invited(
    row: Interaction, meeting: Meeting, said: Attendance, contact: frozenset[str]
) -> list[Interaction]:
    """The invitation, and a refusal of it; what somebody else sent to both is from neither."""
    if row.direction == _INBOUND and any(address in contact for address, _ in meeting.attendance):
        return []
    asked_at = meeting.invited_at
    if asked_at is None or asked_at >= meeting.starts_at:
        asked_at = None if said is not Attendance.NO_ANSWER else meeting.starts_at
    found = []
    if asked_at is not None:
        waits = row.direction == _OUTBOUND and said is Attendance.NO_ANSWER
        found.append(row._replace(at=asked_at, expects_answer=waits))
    if said is Attendance.DECLINED and meeting.changed_at is not None:
        found.append(row._replace(at=meeting.changed_at, direction=_INBOUND, expects_answer=False))
    return found


def _cancelled(
    row: Interaction, meeting: Meeting, planned_until: int, notices: Sequence[int]
) -> list[Interaction]:
    """A cancelled meeting waits for a new date, unless there is one."""
    at = meeting.changed_at or meeting.starts_at
    if planned_until > at:
        return []
    told = [one for one in notices if abs(one - at) <= NOTICE_SECONDS]
    return [_waiting(row, max(at, max(told) + 1) if told else at)]


def _waiting(row: Interaction, at: int) -> Interaction:
    return row._replace(at=at, direction=_OUTBOUND, is_direct=True, expects_answer=True)
