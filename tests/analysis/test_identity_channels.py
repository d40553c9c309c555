"""Who is who across channels: cards, numbers, and names that stand alone."""

from __future__ import annotations

import pytest

from gonequiet.analysis.addresses import canonical_address, kind_of, organisation_of
from gonequiet.analysis.identity import resolve
from gonequiet.analysis.namesakes import OWNER_KEY, Bearer, find_alike
from gonequiet.domain.contact import (
    ContactKind,
    HeldCard,
    Identities,
    NameCount,
    SeenAddress,
    SetAsideReason,
    SuggestionReason,
)
from gonequiet.domain.edit import Edit, EditVerb

DANA = "dana.reyes@harbor.example"
PRIVATE = "boats77@mail.example"
MOBILE = "tel:+493055501234"
OFFICE = "tel:+493055500"
CARD = HeldCard("Dana Reyes", (DANA, PRIVATE, MOBILE))


def seen(address: str, *names: str, **counts: int | bool) -> SeenAddress:
    base = SeenAddress(address, tuple(NameCount(name, 3) for name in names), 2, 2, 2)
    return base._replace(**counts)  # type: ignore[arg-type]


def rules(found: Identities) -> dict[str, str]:
    return {one.address: one.rule.value for who in found.contacts for one in who.addresses}


def groups(found: Identities) -> list[set[str]]:
    return [{one.address for one in who.addresses} for who in found.contacts]


# Cards.


def test_what_stands_on_one_card_is_one_contact_who_goes_by_mail() -> None:
    found = resolve([seen(DANA), seen(PRIVATE), seen(MOBILE, "Dana Reyes")], cards=[CARD])
    (contact,) = found.contacts
    assert contact.key == PRIVATE
    assert contact.name == "Dana Reyes"
    assert contact.organisation == "harbor.example"
    assert rules(found) == {PRIVATE: "alone", DANA: "card", MOBILE: "card"}


def test_an_office_number_on_the_cards_of_two_joins_nobody() -> None:
    other = HeldCard("Tomas Lindt", ("tomas@harbor.example", OFFICE))
    first = CARD._replace(addresses=(DANA, OFFICE))
    found = resolve([seen(DANA), seen("tomas@harbor.example"), seen(OFFICE)], cards=[first, other])
    assert groups(found) == [{DANA}, {OFFICE}, {"tomas@harbor.example"}]


def test_two_cards_of_one_name_are_one_contact() -> None:
    cards = [
        HeldCard("Dana Reyes", (DANA, MOBILE)),
        HeldCard("Reyes, Dana M.", (PRIVATE, MOBILE)),
    ]
    found = resolve([seen(DANA), seen(PRIVATE), seen(MOBILE)], cards=cards)
    assert groups(found) == [{DANA, PRIVATE, MOBILE}]


def test_the_owner_may_part_what_a_card_joins() -> None:
    said = [Edit(1, EditVerb.SPLIT, MOBILE)]
    found = resolve([seen(DANA), seen(PRIVATE), seen(MOBILE)], cards=[CARD], edits=said)
    assert groups(found) == [{PRIVATE, DANA}, {MOBILE}]


def test_one_of_whom_readers_disagree_is_joined_by_no_card() -> None:
    found = resolve([seen(DANA, is_uncertain=True), seen(PRIVATE)], cards=[CARD])
    assert len(found.contacts) == 2


def test_a_list_on_a_card_is_not_the_person() -> None:
    card = HeldCard("Dana Reyes", (DANA, "boats-l@lists.example.org"))
    found = resolve([seen(DANA), seen("boats-l@lists.example.org")], cards=[card])
    assert len(found.contacts) == 2


def test_the_owners_own_card_names_the_owners_other_addresses() -> None:
    own = HeldCard("Kim Adler", ("kim@adler.example", "kim77@mail.example", MOBILE))
    addresses = [seen(one) for one in own.addresses]
    found = resolve(addresses, cards=[own], owner_addresses=["kim@adler.example"])
    assert {one.address for one in found.owner} == set(own.addresses)
    marked = resolve(addresses, cards=[own._replace(is_owner=True)])
    assert {one.address for one in marked.owner} == set(own.addresses)


def test_what_the_owner_says_is_not_theirs_is_not_made_theirs_by_a_card() -> None:
    own = HeldCard("Kim Adler", ("kim@adler.example", MOBILE), is_owner=True)
    said = [Edit(1, EditVerb.NOT_ME, MOBILE)]
    found = resolve([seen("kim@adler.example"), seen(MOBILE)], cards=[own], edits=said)
    assert {one.address for one in found.owner} == {"kim@adler.example"}


# Numbers.


def test_one_telephone_written_in_two_ways_is_one() -> None:
    found = resolve(
        [seen(MOBILE), seen("tel:03055501234")], same_numbers={"tel:03055501234": MOBILE}
    )
    assert rules(found) == {MOBILE: "alone", "tel:03055501234": "same_number"}


def test_a_short_number_is_a_service_unless_the_owner_rings_it() -> None:
    assert kind_of("tel:22000") == (ContactKind.MACHINE, SetAsideReason.NO_REPLY)
    assert kind_of(MOBILE) == (ContactKind.PERSON, None)
    found = resolve([seen("tel:22000", n_recipient=0), seen("tel:1234", n_recipient=1)])
    assert [one.contact for one in found.set_aside] == ["tel:22000"]


@pytest.mark.parametrize("address", [MOBILE, "net:linkedin/dana-users", "chat:info@harbor.example"])
def test_what_is_no_mail_address_has_no_organisation_and_no_role(address: str) -> None:
    assert organisation_of(address) == ""
    assert canonical_address(address) == address
    assert kind_of(address) == (ContactKind.PERSON, None)


# Names that stand alone.


def bearer(key: str, name: str, *, is_person: bool = True) -> Bearer:
    is_lone = key.startswith(("net:", "chat:", "name:"))
    return Bearer(key, name, is_person, key if is_lone else "")


NET = bearer("net:linkedin/dreyes", "Dana Reyes")
CHAT = bearer("chat:dana reyes", "Dana Reyes")


def test_a_name_on_a_network_is_the_one_contact_who_bears_it() -> None:
    bearers = [bearer(DANA, "Reyes, Dana"), bearer("li@yard.example", "Li Wu"), NET, CHAT]
    assert find_alike(bearers, ()) == {NET.key: DANA, CHAT.key: DANA}


def test_where_two_bear_a_name_nobody_is_joined() -> None:
    bearers = [bearer(DANA, "Dana Reyes"), bearer("dana@yard.example", "Dana Reyes"), NET]
    assert find_alike(bearers, ()) == {}


def test_two_profiles_of_one_network_are_two_people() -> None:
    other = bearer("net:linkedin/dana-reyes-2", "Dana Reyes")
    assert find_alike([bearer(DANA, "Dana Reyes"), NET, other, CHAT], ()) == {CHAT.key: DANA}


@pytest.mark.parametrize("name", ["Dana", "Mum", "Harbour Team", ""])
def test_what_is_no_full_name_joins_nobody(name: str) -> None:
    lone = bearer(f"chat:{name.lower()}", name)
    assert find_alike([bearer(DANA, name), lone], ()) == {}


def test_an_office_is_nobody_to_be_joined_with() -> None:
    assert find_alike([bearer(DANA, "Dana Reyes", is_person=False), NET], ()) == {}


def test_one_name_on_two_networks_and_nowhere_else_is_one() -> None:
    assert find_alike([NET, CHAT], ()) == {NET.key: CHAT.key}


def test_the_owners_name_is_the_owner_unless_another_bears_it() -> None:
    lone = bearer("name:kim adler", "Kim Adler")
    assert find_alike([lone], ["Kim Adler", "kim"]) == {lone.key: OWNER_KEY}
    assert find_alike([lone, bearer("kim@yard.example", "Kim Adler")], ["Kim Adler"]) == {}


def test_a_namesake_on_another_channel_is_suggested() -> None:
    found = resolve([seen(DANA, "Dana Reyes"), seen(MOBILE, "Dana Reyes")])
    (suggestion,) = found.suggestions
    assert suggestion.reason is SuggestionReason.SAME_NAME_CHANNEL
