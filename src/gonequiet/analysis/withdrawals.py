"""Questions that are over by the owner's own word: "never mind, found it", "thanks for the reply".

Looked for where it can be: in a short mail of the owner's that asks nothing, in a thread in which
the owner had asked and nothing else is recorded. Thanks for an answer show that one came, though it
was deleted or spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gonequiet.analysis.half_answers import Said
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.language.acknowledged import acknowledges
from gonequiet.language.taken_back import MAX_CHARS, takes_back

_OUTBOUND: Final = Direction.OUTBOUND.value
_PERSONAL: Final = MessageKind.PERSONAL.value
_MAIL: Final = Channel.MAIL.value


def may_withdraw(interactions: Iterable[Interaction]) -> set[int]:
    """The messages to one contact whose words may end what was asked before in the thread."""
    found: set[int] = set()
    waiting: set[int] = set()
    letters = [row for row in interactions if _is_letter(row)]
    if not any(_may(row) for row in letters):
        return found
    for row in sorted(letters, key=_order):
        if row.direction != _OUTBOUND:
            waiting.discard(row.thread)
        elif row.expects_answer:
            waiting.add(row.thread)
        elif row.thread in waiting and _may(row):
            found.add(row.message)
    return found


def with_withdrawals(
    interactions: Sequence[Interaction], words: Mapping[int, Said]
) -> list[Interaction]:
    """The interactions with one contact; those that end a wait by the owner's word are marked.

    Args:
        interactions: all with one contact.
        words: of the messages `may_withdraw` names; without them nothing is taken back.
    """
    return [
        row._replace(withdraws=True)
        if row.message in words and _may(row) and _is_over(row, words[row.message].text)
        else row
        for row in interactions
    ]


def _is_over(row: Interaction, text: str) -> bool:
    return takes_back(text) or (row.is_reply and acknowledges(text))


def _may(row: Interaction) -> bool:
    """Whether a row is a short letter of the owner's that asks nothing."""
    is_mute = row.direction == _OUTBOUND and not row.expects_answer
    return is_mute and 0 < row.new_text_chars <= MAX_CHARS and _is_letter(row)


def _is_letter(row: Interaction) -> bool:
    return row.channel == _MAIL and row.kind == _PERSONAL and row.at is not None


def _order(row: Interaction) -> tuple[int, bool, int]:
    return row.at or 0, row.direction != _OUTBOUND, row.message
