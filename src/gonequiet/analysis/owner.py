"""Who the owner is: proposed from the folders that hold what the owner sent, until they say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.analysis.addresses import kind_of
from gonequiet.domain.contact import ContactKind
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
OWN_SHARE = 0.05
"""Of what lies in Sent folders, for a second address to be taken for the owner's too."""
_LETTERS = 3  # of a part of an address that can be a name
_PARTS = re.compile(r"[^a-z]+")


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


def likely_owner(
    hints: Sequence[OwnerHint], candidates: Sequence[OwnerCandidate]
) -> frozenset[str]:
    """The addresses of the owner before they said which: the best candidate, and its aliases.

    Many write under two addresses, of their house and of their provider. One that wrote a fair
    share of what was sent, and shares a part of its name with the best, is the owner's as well;
    somebody else who sends from the same mailbox has another name.
    """
    if not candidates:
        return frozenset()
    best, *others = candidates
    has_sent = any(hint.n_sent_folder for hint in hints)
    names = _names_in(best.address)
    alike = {
        one.address
        for one in others
        if has_sent and one.share >= OWN_SHARE and not names.isdisjoint(_names_in(one.address))
    }
    return frozenset({best.address} | alike)


def _names_in(address: str) -> frozenset[str]:
    """The parts before the @ that may be names; none of the mailbox of a task."""
    if kind_of(address)[0] is not ContactKind.PERSON:
        return frozenset()
    parts = _PARTS.split(address.partition("@")[0].lower())
    return frozenset(part for part in parts if len(part) >= _LETTERS)
