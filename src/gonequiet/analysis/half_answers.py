"""Replies that answer one of several questions: the wait for the rest begins with them.

The reply ends the wait for an answer, and leaves something open: so it stands in the timeline a
second time, as if the owner had asked for the rest a second later. Whatever the contact writes
next, anywhere, is taken to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.language.left_open import leaves_open

_OUTBOUND: Final = Direction.OUTBOUND.value
_INBOUND: Final = Direction.INBOUND.value
_PERSONAL: Final = MessageKind.PERSONAL.value
_MAIL: Final = Channel.MAIL.value


class Said(NamedTuple):
    """The words of a message.

    Attributes:
        text: its new words.
        attached: names of the files that came with it.
    """

    text: str
    attached: tuple[str, ...]


class Pair(NamedTuple):
    """A message that may ask several things, and the first reply to it."""

    asked: Interaction
    reply: Interaction


def find_pairs(interactions: Iterable[Interaction]) -> list[Pair]:
    """The messages to one contact that may ask several things, with the replies to them."""
    found: list[Pair] = []
    waiting: dict[int, Interaction] = {}
    for row in sorted(_of_mail(interactions), key=_order):
        if row.direction == _OUTBOUND:
            if row.expects_answer and row.is_direct and row.asks_several:
                waiting[row.thread] = row
            elif row.expects_answer:
                waiting.pop(row.thread, None)
        elif row.direction == _INBOUND and row.thread in waiting:
            found.append(Pair(waiting.pop(row.thread), row))
    return found


def words_needed(pairs: Iterable[Pair]) -> set[int]:
    """The messages whose words tell what a reply left open."""
    return {row.message for pair in pairs for row in pair}


def with_half_answers(
    interactions: Sequence[Interaction], words: Mapping[int, Said]
) -> list[Interaction]:
    """The interactions with one contact, and a wait for what replies left open.

    Args:
        interactions: all with one contact.
        words: of the messages `words_needed` names; without them nothing is left open.
    """
    return [*interactions, *_rests(find_pairs(interactions), words)]


def _rests(pairs: Iterable[Pair], words: Mapping[int, Said]) -> Iterator[Interaction]:
    for asked, reply in pairs:
        question, answer = words.get(asked.message), words.get(reply.message)
        if question is None or answer is None or reply.at is None:
            continue
        if leaves_open(question.text, answer.text, answer.attached):
            yield asked._replace(
                message=reply.message,
                parent=asked.message,
                at=reply.at + 1,
                is_reply=True,
                asks_several=False,
            )


def _of_mail(interactions: Iterable[Interaction]) -> list[Interaction]:
    return [
        row
        for row in interactions
        if row.channel == _MAIL and row.kind == _PERSONAL and row.at is not None
    ]


def _order(row: Interaction) -> tuple[int, bool, int]:
    return row.at or 0, row.direction == _INBOUND, row.message
