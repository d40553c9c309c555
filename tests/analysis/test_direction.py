"""Direction: what the owner wrote, what was written to the owner, and who only claims to."""

from __future__ import annotations

import pytest

from gonequiet.analysis.direction import CopyFacts, MessageDirection, find_direction
from gonequiet.domain.interaction import Direction

OWNER, OTHER_OWN = "robin@mill.example", "robin.kade@mill.example"
DANA, TOMAS = "dana.reyes@harbor.example", "tomas.lindt@harbor.example"

SENT = CopyFacts(is_in_sent=True, source_has_sent=True, has_received=False)
ARRIVED = CopyFacts(is_in_sent=False, source_has_sent=True, has_received=True)
NEVER_ARRIVED = CopyFacts(is_in_sent=False, source_has_sent=True, has_received=False)
NO_SENT_FOLDER = CopyFacts(is_in_sent=False, source_has_sent=False, has_received=True)


def direction(
    sender: str,
    *people: str,
    copies: tuple[CopyFacts, ...] = (ARRIVED,),
    kind: str = "personal",
    is_uncertain: bool = False,
) -> MessageDirection:
    return find_direction(
        sender=sender,
        people=people,
        copies=copies,
        kind=kind,
        owner=(OWNER, OTHER_OWN),
        is_uncertain=is_uncertain,
    )


OUTBOUND = MessageDirection(Direction.OUTBOUND, claims_to_be_owner=False)
INBOUND = MessageDirection(Direction.INBOUND, claims_to_be_owner=False)
OBSERVED = MessageDirection(Direction.OBSERVED, claims_to_be_owner=False)
CLAIMED = MessageDirection(Direction.INBOUND, claims_to_be_owner=True)


@pytest.mark.parametrize(
    "copies",
    [(SENT,), (ARRIVED, SENT), (NEVER_ARRIVED,), (NO_SENT_FOLDER,)],
    ids=["sent", "one copy sent", "never arrived", "no sent folder kept"],
)
def test_the_owners_own_is_outbound(copies: tuple[CopyFacts, ...]) -> None:
    assert direction(OWNER, DANA, copies=copies) == OUTBOUND
    assert direction(OTHER_OWN, DANA, copies=copies) == OUTBOUND


def test_a_post_of_the_owner_that_came_back_from_a_list_is_outbound() -> None:
    assert direction(OWNER, "boats@lists.example.org", kind="list") == OUTBOUND


def test_what_arrived_under_the_owners_name_and_was_never_sent_only_claims_to() -> None:
    assert direction(OWNER, OWNER) == CLAIMED
    assert direction(OWNER, DANA) == CLAIMED


def test_an_uncertain_sender_never_is_the_owner() -> None:
    assert direction(OWNER, DANA, copies=(SENT,), is_uncertain=True).claims_to_be_owner


@pytest.mark.parametrize("people", [(OWNER,), (TOMAS, OTHER_OWN), ()])
def test_what_somebody_else_sent_to_the_owners_mailbox_is_inbound(people: tuple[str, ...]) -> None:
    assert direction(DANA, *people) == INBOUND


def test_what_came_by_blind_copy_is_inbound() -> None:
    assert direction(DANA, TOMAS) == INBOUND


def test_list_mail_between_others_is_observed() -> None:
    assert direction(DANA, "boats@lists.example.org", kind="list") == OBSERVED
    assert direction(DANA, OWNER, "boats@lists.example.org", kind="list") == INBOUND


def test_what_somebody_else_left_in_the_sent_folder_is_observed() -> None:
    assert direction(DANA, TOMAS, copies=(SENT,)) == OBSERVED
