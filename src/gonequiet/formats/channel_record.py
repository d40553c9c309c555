"""Makes a record of a channel other than mail: the fields mail has and this has not stand empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gonequiet.domain.digests import digest_of
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
from gonequiet.language.expects import read_expectation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gonequiet.domain.interaction import Direction

_MOST_CHARS = 200_000


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
    expectation = None
    if said and asks is None:
        expectation = read_expectation(said, subject, tells_why=False)
    who = tuple(sorted(alike(one.address) for one in people if one.role in (Role.FROM, Role.TO)))
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
        asks_question=bool(expectation and expectation.asks_question),
        has_request=bool(expectation and expectation.has_request),
        expects_answer=bool(expectation.expects_answer if expectation else asks),
        content_digest=digest_of((channel.value, who, states or "", at, subject, said, detail)),
        size=size or len(said),
        problems=tuple(problems),
        channel=channel,
        states=states.value if states else "",
        detail=detail,
    )
