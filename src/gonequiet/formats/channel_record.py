"""Makes a record of a channel other than mail: the fields mail has and this has not stand empty."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gonequiet.domain.digests import written_digest
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import (
    Attachment,
    Channel,
    MessageKind,
    ParsedMessage,
    Participant,
    Role,
    SentAtFrom,
)
from gonequiet.domain.reach import alike
from gonequiet.language.expects import NOTHING_ASKED, Expectation, read_expectation

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CHARS: Final = 200_000
_SHORT_CHARS: Final = 60
"""A text so short is written over and over."""
_REACHED: Final = frozenset((Role.FROM, Role.TO))
# As a plain value and as it stands in a digest: asking the member takes ten times as long.
_CHANNELS: Final[dict[str, str]] = {str(one): repr(one.value) for one in Channel}
_STATES: Final[dict[str | None, str]] = {None: repr(""), **{one: repr(one) for one in Direction}}


def channel_record(
    *,
    channel: Channel,
    kind: MessageKind,
    people: Sequence[Participant],
    at: int | None,
    states: Direction | None = None,
    subject: str = "",
    text: str = "",
    detail: str = "",
    attachments: Sequence[Attachment] = (),
    utc_offset_minutes: int | None = None,
    size: int = 0,
    problems: Sequence[str] = (),
    event: str = "",
    asks: bool | None = None,
) -> ParsedMessage:
    """Returns a record of one exchange (or card).

    Args:
        channel: what it went through.
        kind: personal (a text, a chat or network message), call, meeting, card.
        people: From: who called, wrote or invited; To: who was called, written to or invited. The
            owner's own address may be left out where the record does not know it; the direction
            must then be stated.
        at: UTC epoch seconds; of a meeting its start, of a card None.
        states: the direction, where the record states it.
        subject: a title, "" when there is none.
        text: what was written.
        detail: a `Call`, `Meeting` or `Card` as text.
        attachments: what came with it.
        utc_offset_minutes: the writer's own, where it is known.
        size: bytes of the raw record.
        problems: sentences on what could not be read.
        event: of a meeting: what all its versions share, made of UID and recurrence.
        asks: whether it calls for an answer, where the words do not decide (a call does).
    """
    said = text[:_MOST_CHARS]
    asked = _asked(said, subject) if said and asks is None else _CALLS_FOR[bool(asks)]
    who = _reached(people)
    content = (
        f"({_CHANNELS[channel]}, {who!r}, {_STATES[states]}, {at!r}, {subject!r}, {said!r}, "
        f"{detail!r})"
    )
    return ParsedMessage(
        message_id="",
        in_reply_to=(),
        references=(event,) if event else (),
        participants=tuple(people),
        sent_at=at,
        sent_at_from=SentAtFrom.NOWHERE if at is None else SentAtFrom.DATE,
        utc_offset_minutes=utc_offset_minutes,
        subject=subject,
        new_text=said,
        signature="",
        forwarded="",
        quoted_digest=0,
        opening_digest=0,
        attachments=tuple(attachments),
        kind=kind,
        list_id="",
        return_on="",
        failed_addresses=(),
        labels=(),
        has_received=False,
        uncertain_sender=False,
        asks_question=asked.asks_question,
        has_request=asked.has_request,
        expects_answer=asked.expects_answer,
        content_digest=written_digest(content),
        size=size or len(said),
        problems=tuple(problems),
        channel=channel,
        states=str(states or ""),
        detail=detail,
    )


_CALLS_FOR: Final = {one: NOTHING_ASKED._replace(expects_answer=one) for one in (False, True)}


def _asked(said: str, subject: str) -> Expectation:
    """What a text asks of its reader."""
    short = _asked_shortly if len(said) <= _SHORT_CHARS else _asked_at_length
    return short(said, subject)


def _asked_at_length(said: str, subject: str) -> Expectation:
    return read_expectation(said, subject, tells_why=False, tells_several=False)


_asked_shortly = lru_cache(maxsize=4_096)(_asked_at_length)


def _reached(people: Sequence[Participant]) -> tuple[str, ...]:
    """Who wrote or was written to, in one form however a number was written."""
    if len(people) == 1 and people[0].role in _REACHED:
        return (alike(people[0].address),)
    return tuple(sorted(alike(one.address) for one in people if one.role in _REACHED))
