"""Who the owner is: proposed from the folders that hold what the owner sent, until they say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.domain.reach import is_mail


class OwnerHint(NamedTuple):
    """How often an address stands where the owner's would.

    Attributes:
        address: lower case.
        n_sent_folder: messages from it in a Sent folder.
        n_delivered_to: records that say they were delivered to it.
        n_recipient: messages that name it in To, Cc or Bcc.
    """

    address: str
    n_sent_folder: int
    n_delivered_to: int
    n_recipient: int


class OwnerCandidate(NamedTuple):
    """An address that may be the owner's.

    Attributes:
        address: lower case.
        share: of the messages that hint at the owner, those that hint at this address.
        evidence: in words.
    """

    address: str
    share: float
    evidence: str


MOST = 5


def propose_owner(hints: Sequence[OwnerHint]) -> tuple[OwnerCandidate, ...]:
    """Returns the likely addresses of the owner, best first.

    The author of what lies in Sent folders is the owner; only where there is no such folder does
    the most frequent recipient stand in. Calls, texts and chats say nothing of who the owner is.
    """
    hints = [hint for hint in hints if is_mail(hint.address)]
    sent = [hint for hint in hints if hint.n_sent_folder]
    if sent:
        total = sum(hint.n_sent_folder for hint in sent)
        ranked = sorted(sent, key=lambda hint: (-hint.n_sent_folder, hint.address))
        return tuple(
            OwnerCandidate(
                hint.address,
                hint.n_sent_folder / total,
                f"wrote {hint.n_sent_folder:,} of the {total:,} messages in Sent folders",
            )
            for hint in ranked[:MOST]
        )
    total = sum(hint.n_recipient for hint in hints)
    ranked = sorted(hints, key=lambda hint: (-hint.n_delivered_to, -hint.n_recipient, hint.address))
    return tuple(
        OwnerCandidate(
            hint.address,
            hint.n_recipient / max(1, total),
            f"is named as a recipient {hint.n_recipient:,} times",
        )
        for hint in ranked[:MOST]
    )
