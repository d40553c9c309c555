"""Where somebody works now: told by cards, networks, bounces and addresses; nothing is guessed."""

from __future__ import annotations

import pytest

from gonequiet.analysis.workplace import (
    AddressSeen,
    CardSeen,
    Move,
    MoveRule,
    Workplace,
    find_workplace,
)

OLD, NEW, PHONE = "dana@harbour.example", "dana@quayworks.example", "tel:+493055501000"
PROFILE = "net:linkedin/dana-reyes"


def card(
    organisation: str,
    *ways: str,
    current: bool = True,
    network: bool = False,
    uid: str = "",
    role: str = "",
) -> CardSeen:
    place = "Connections.csv" if network else "contacts.vcf"
    return CardSeen(uid, organisation, role, "", current, network, "", ways, place)


def rules(found: Workplace) -> list[str]:
    return [one.rule.value for one in found.moves]


def test_nothing_known_is_nothing_said() -> None:
    assert find_workplace([], [AddressSeen(OLD, 5, 9)]) == Workplace()


def test_the_card_says_where_somebody_works_and_as_what() -> None:
    found = find_workplace([card("Harbour", OLD, role="Fitter")], [AddressSeen(OLD, 5, 9)])
    assert (found.organisation, found.role) == ("Harbour", "Fitter")
    assert not found.moves
    assert not found.ways


def test_a_new_card_of_the_same_person_shows_a_new_employer_and_the_new_way() -> None:
    cards = [
        card("Harbour", OLD, PHONE, current=False, uid="7"),
        card("Quay Works", NEW, PHONE, uid="7"),
    ]
    found = find_workplace(cards, [AddressSeen(OLD, 5, 9), AddressSeen(PHONE), AddressSeen(NEW)])
    assert found.moves == (Move(MoveRule.CARD, "Harbour", "Quay Works", None, "", "contacts.vcf"),)
    assert found.ways == (NEW, PHONE)
    assert found.organisation == "Quay Works"


def test_a_card_of_somebody_else_in_the_same_file_shows_nothing() -> None:
    cards = [card("Harbour", OLD, current=False, uid="7"), card("Quay Works", NEW, uid="8")]
    assert not find_workplace(cards, [AddressSeen(OLD, 5, 9)]).moves


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour", "Harbour GmbH"),
        ("Harbour & Quays Ltd.", "HARBOUR QUAYS"),
        ("Harbour, Quays", "Harbour"),
        ("Harbour", ""),
        ("", "Harbour"),
    ],
)
def test_another_way_to_write_the_same_organisation_is_no_move(one: str, other: str) -> None:
    cards = [card(one, OLD), card(other, PROFILE, network=True)]
    assert not find_workplace(cards, []).moves
    former = [card(one, OLD, current=False, uid="7"), card(other, OLD, uid="7")]
    assert not find_workplace(former, []).moves


def test_a_network_that_names_another_organisation_than_the_card_is_said() -> None:
    cards = [card("Harbour", OLD), card("Quay Works", PROFILE, network=True)]
    found = find_workplace(cards, [AddressSeen(OLD, 5, 9), AddressSeen(PROFILE)])
    assert rules(found) == ["network"]
    assert found.organisation == "Harbour"
    assert found.ways == (OLD, PROFILE)


def test_a_dead_address_is_never_another_way() -> None:
    addresses = [AddressSeen(OLD, 5, 9, 20, "bounce@x.example"), AddressSeen(PHONE)]
    found = find_workplace([], addresses)
    assert found.moves == (Move(MoveRule.BOUNCE, OLD, "", 20, "", "bounce@x.example"),)
    assert found.ways == (PHONE,)


def test_an_address_that_wrote_after_it_failed_is_not_dead() -> None:
    assert not find_workplace([], [AddressSeen(OLD, 5, 30, 20)]).moves


def test_who_has_written_only_from_another_organisation_since_is_there_now() -> None:
    found = find_workplace([], [AddressSeen(OLD, 5, 9), AddressSeen(NEW, 12, 40)])
    assert found.moves == (
        Move(MoveRule.WRITES_FROM, "harbour.example", "quayworks.example", 12, "", ""),
    )
    assert found.ways == (NEW,)


@pytest.mark.parametrize(
    "second",
    [AddressSeen(NEW, 7, 40), AddressSeen("dana@gmail.com", 12, 40), AddressSeen(NEW)],
)
def test_who_writes_from_two_places_or_from_home_has_not_moved(second: AddressSeen) -> None:
    assert not find_workplace([], [AddressSeen(OLD, 5, 9), second]).moves
