"""Who the owner is taken to be before they say so."""

from __future__ import annotations

from gonequiet.analysis.owner import OwnerHint, likely_owner, propose_owner


def likely(**sent: int) -> set[str]:
    """The owner's addresses by how much each wrote of what lies in Sent folders."""
    hints = [
        OwnerHint(address.replace("_at_", "@").replace("__", "."), n, 0, 0)
        for address, n in sent.items()
    ]
    return set(likely_owner(hints, propose_owner(hints)))


def test_an_alias_that_wrote_a_fair_share_of_what_was_sent_is_the_owners_too() -> None:
    found = likely(ida__holm_at_orchard__example=60, ida_at_holm__example=40)

    assert found == {"ida.holm@orchard.example", "ida@holm.example"}


def test_an_assistant_who_sends_from_the_same_mailbox_is_not_the_owner() -> None:
    assert likely(ida__holm_at_orchard__example=80, tom__reed_at_orchard__example=20) == {
        "ida.holm@orchard.example"
    }


def test_a_namesake_with_a_few_stray_mails_is_not_taken_for_the_owner() -> None:
    assert likely(ida__holm_at_orchard__example=990, ida__berg_at_pier__example=10) == {
        "ida.holm@orchard.example"
    }


def test_the_mailbox_of_a_task_shares_no_name() -> None:
    assert likely(office_at_orchard__example=60, office_at_pier__example=40) == {
        "office@orchard.example"
    }


def test_where_nothing_was_sent_only_the_most_frequent_recipient_is_proposed() -> None:
    hints = [
        OwnerHint("ida.holm@orchard.example", 0, 9, 90),
        OwnerHint("ida@holm.example", 0, 1, 40),
    ]

    assert likely_owner(hints, propose_owner(hints)) == {"ida.holm@orchard.example"}


def test_without_any_record_nobody_is() -> None:
    assert likely_owner([], ()) == frozenset()
