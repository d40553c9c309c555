"""Questions the owner took back: "never mind, I found it" ends the wait without an answer.

Looked for where it can be: in a short mail of the owner's that asks nothing, in a thread in which
the owner had asked and heard nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gonequiet.analysis.half_answers import Said
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.language.taken_back import MAX_CHARS, takes_back

_OUTBOUND: Final = Direction.OUTBOUND.value
_PERSONAL: Final = MessageKind.PERSONAL.value
_MAIL: Final = Channel.MAIL.value


def may_withdraw(interactions: Iterable[Interaction]) -> set[int]:
    """The messages to one contact whose words may take back what was asked before in the thread."""
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
    """The interactions with one contact; those that take a question back are marked.

    Args:
        interactions: all with one contact.
        words: of the messages `may_withdraw` names; without them nothing is taken back.
    """
    return [
        row._replace(withdraws=True)
        if row.message in words and _may(row) and takes_back(words[row.message].text)
        else row
        for row in interactions
    ]


def _may(row: Interaction) -> bool:
    """Whether a row is a short letter of the owner's that asks nothing."""
    is_mute = row.direction == _OUTBOUND and not row.expects_answer
    return is_mute and 0 < row.new_text_chars <= MAX_CHARS and _is_letter(row)


def _is_letter(row: Interaction) -> bool:
    return row.channel == _MAIL and row.kind == _PERSONAL and row.at is not None


def _order(row: Interaction) -> tuple[int, bool, int]:
    return row.at or 0, row.direction != _OUTBOUND, row.message
