"""B1: the whole timeline of a contact, searchable, who they are, and when the rhythm changed."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked
from tests.support.some import some


def test_the_timeline_holds_both_sides_in_order(ask: Asked, truth: dict[str, Any]) -> None:
    for planted in some(truth["silences"][:5]):
        report = ask("show", planted["contact"])
        moments = [one["entry"]["at"] for one in report["timeline"]]
        directions = {one["entry"]["direction"] for one in report["timeline"]}

        assert moments == sorted(moments)
        assert {"inbound", "outbound"} <= directions
        assert any(
            one["is_open"] and one["entry"]["message_id"] == planted["message_id"]
            for one in report["timeline"]
        )


def test_one_person_at_two_addresses_is_one_contact(ask: Asked, truth: dict[str, Any]) -> None:
    for person in some(truth["identities"]):
        if person["why"] == "new employer":
            continue
        found = [ask("show", address)["card"]["key"] for address in person["addresses"]]

        assert len(set(found)) == 1, person


def test_a_namesake_at_a_new_employer_is_joined_by_their_card_or_offered_for_merging(
    ask: Asked, truth: dict[str, Any]
) -> None:
    offered = [{one["left"], one["right"]} for one in ask("contacts", "--suggestions")]
    moved = [one for one in truth["identities"] if one["why"] == "new employer"]

    assert moved
    for one in moved:
        addresses = {known["address"]: known["rule"] for known in _card(ask, one)["addresses"]}
        joined = set(one["addresses"]) <= addresses.keys() and "card" in addresses.values()
        assert joined or set(one["addresses"]) in offered


def _card(ask: Asked, moved: dict[str, Any]) -> dict[str, Any]:
    contacts = ask("contacts", "--all")
    found: dict[str, Any] = next(
        one
        for one in contacts
        if moved["addresses"][0] in {known["address"] for known in one["addresses"]}
    )
    return found


def test_people_who_only_look_alike_stay_apart(ask: Asked, truth: dict[str, Any]) -> None:
    contacts = ask("contacts", "--all")
    of_address = {
        address["address"]: one["key"] for one in contacts for address in one["addresses"]
    }

    for pair in some(truth["look_alikes"]):
        known = [of_address[one] for one in pair["addresses"] if one in of_address]
        assert len(set(known)) == len(known), pair


def test_words_of_the_mail_are_found_literally(ask: Asked, truth: dict[str, Any]) -> None:
    planted = truth["silences"][0]
    found = ask("search", planted["subject"])

    assert planted["message_id"] in {one["message_id"] for one in found}
