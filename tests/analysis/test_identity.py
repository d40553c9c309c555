"""Who is who: what joins addresses, what must never, and the owner's word above both."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.addresses import canonical_address, kind_of, organisation_of
from gonequiet.analysis.identity import resolve
from gonequiet.domain.contact import (
    ContactAddress,
    ContactKind,
    Identities,
    JoinRule,
    NameCount,
    SeenAddress,
    SetAside,
    SetAsideReason,
    Suggestion,
    SuggestionReason,
)
from gonequiet.domain.edit import Edit, EditVerb, active_edits, replay

DANA = "dana.reyes@harbor.example"
TOMAS = "tomas.lindt@harbor.example"


def seen(address: str, *names: str, **counts: int | bool) -> SeenAddress:
    base = SeenAddress(address, tuple(NameCount(name, 3) for name in names), 2, 2, 2)
    return base._replace(**counts)  # type: ignore[arg-type]


def groups(found: Identities) -> list[set[str]]:
    return [{one.address for one in contact.addresses} for contact in found.contacts]


def are_one(*addresses: SeenAddress) -> bool:
    return len(resolve(addresses).contacts) == 1


def rule_of(found: Identities, address: str) -> JoinRule:
    rules = {one.address: one.rule for contact in found.contacts for one in contact.addresses}
    return rules[address]


# What joins.


def test_a_tag_is_the_same_mailbox() -> None:
    found = resolve([seen("dana@harbor.example"), seen("dana+boats@harbor.example")])

    assert groups(found) == [{"dana@harbor.example", "dana+boats@harbor.example"}]
    assert rule_of(found, "dana@harbor.example") is JoinRule.TAGGED
    assert found.contacts[0].key == "dana+boats@harbor.example"


def test_gmail_ignores_dots_and_is_googlemail() -> None:
    found = resolve([seen("made.up.dana@gmail.com"), seen("madeupdana@googlemail.com")])

    assert len(found.contacts) == 1
    assert rule_of(found, "madeupdana@googlemail.com") is JoinRule.GMAIL


def test_dots_count_everywhere_else() -> None:
    assert not are_one(seen("da.na@harbor.example"), seen("dana@harbor.example"))


def test_one_full_name_within_an_organisation_is_one_person() -> None:
    found = resolve([seen(DANA, "Dana Reyes"), seen("dr@boats.harbor.example", "Reyes, Dana")])

    assert groups(found) == [{DANA, "dr@boats.harbor.example"}]
    assert rule_of(found, "dr@boats.harbor.example") is JoinRule.SAME_NAME


@pytest.mark.parametrize(
    "name",
    [
        "Dana M. Reyes",
        "Reyes, Dana M.",
        "Dana M Reyes/HBR/SEA@SEA",
        "Reyes, Dana </O=HARBOR/OU=EU/CN=RECIPIENTS/CN=DREYES>",
        "'Dana Reyes' (work)",
        "DANA REYES",
        "Dr. Dana Reyes, PhD",
        "Dana Réyes",
    ],
)
def test_a_name_is_known_in_every_way_programs_write_it(name: str) -> None:
    assert are_one(seen(DANA, "Dana Reyes"), seen("x17@harbor.example", name))


def test_an_address_that_spells_the_name_needs_no_display_name() -> None:
    assert are_one(seen(DANA), seen("dana.m.reyes@harbor.example"))


@pytest.mark.parametrize(
    "alias", ["dreyes@harbor.example", "d.reyes@harbor.example", "reyesd@harbor.example",
              "dmreyes@harbor.example", "m..reyes@harbor.example"]
)  # fmt: skip
def test_a_form_of_the_name_that_nobody_else_fits_is_an_alias(alias: str) -> None:
    found = resolve([seen(DANA, "Dana M Reyes"), seen(alias)])

    assert groups(found) == [{DANA, alias}]
    assert JoinRule.ALIAS in {one.rule for one in found.contacts[0].addresses}


def test_a_directory_login_names_its_owner_among_namesakes() -> None:
    entry = "Reyes, Dana </O=HARBOR/OU=EU/CN=RECIPIENTS/CN=DREYES>"
    found = resolve(
        [seen(DANA, entry), seen("dora.reyes@harbor.example"), seen("dreyes@harbor.example")]
    )

    assert {DANA, "dreyes@harbor.example"} in groups(found)


def test_a_short_form_of_the_given_name_is_the_same_person_where_only_one_fits() -> None:
    mike = seen("mike.okafor@harbor.example", "Mike Okafor")
    michael = seen("michael.okafor@harbor.example", "Michael Okafor")

    assert are_one(mike, michael)


# What never joins.


def test_two_people_who_fit_a_form_get_it_neither() -> None:
    found = resolve([seen(DANA), seen("dora.reyes@harbor.example"), seen("dreyes@harbor.example")])

    assert len(found.contacts) == 3


@pytest.mark.parametrize("name", ["Tomas", "Harbor News", "Dora Reyes", "Dana Lindt"])
def test_a_form_of_the_name_under_another_name_is_no_alias(name: str) -> None:
    assert not are_one(seen(DANA, "Dana Reyes"), seen("dreyes@harbor.example", name))


def test_two_middle_letters_are_two_people_and_none_of_them_is_the_one_without() -> None:
    found = resolve(
        [
            seen("dkr@harbor.example", "Dana K Reyes"),
            seen("djr@harbor.example", "Dana J Reyes"),
            seen("x@harbor.example", "Dana Reyes"),
        ]
    )

    assert len(found.contacts) == 3


def test_in_a_crowded_family_a_short_form_proves_nothing() -> None:
    both = [seen("mike.hale@harbor.example", "Mike Hale"), seen("m@harbor.example", "Michael Hale")]
    others = [
        seen(f"{name}@harbor.example", f"{name.title()} Hale") for name in ("anna", "tom", "lucy")
    ]
    assert {"mike.hale@harbor.example", "m@harbor.example"} in groups(resolve([*both, *others[:2]]))
    assert len(groups(resolve([*both, *others]))) == 5


def test_in_a_crowded_family_a_missing_middle_letter_proves_nothing() -> None:
    family = [seen(f"{name}.smith@harbor.example") for name in ("ann", "bob", "carl", "dora", "ed")]
    both = [seen("a1@harbor.example", "Ann Smith"), seen("a2@harbor.example", "Ann B Smith")]

    found = resolve([*family, *both])
    assert {"a2@harbor.example"} in groups(found)
    assert SuggestionReason.SAME_NAME_HERE in {one.reason for one in found.suggestions}


def test_the_same_local_part_elsewhere_is_somebody_else() -> None:
    assert not are_one(seen("j.smith@harbor.example"), seen("jsmith@quay.example"))
    assert not are_one(seen("jsmith@harbor.example"), seen("jsmith@gmail.com"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (seen(DANA, "Dana Reyes"), seen("dana.reyes@quay.example", "Dana Reyes")),
        (seen(DANA, "Dana Reyes"), seen("dana.reyes@harb0r.example", "Dana Reyes")),
        (seen(DANA, "Dana Reyes"), seen("made.up.dana@gmail.com", "Dana Reyes")),
        (seen("a.made.up@gmail.com", "Dana Reyes"), seen("b.made.up@gmail.com", "Dana Reyes")),
    ],
    ids=["another organisation", "a look-alike domain", "a public provider", "two private ones"],
)
def test_a_name_proves_nothing_outside_the_organisation(
    left: SeenAddress, right: SeenAddress
) -> None:
    found = resolve([left, right])

    assert len(found.contacts) == 2
    assert len(found.suggestions) == 1


def test_letters_of_another_script_are_another_name() -> None:
    assert not are_one(seen(DANA, "Dana Reyes"), seen("x@harbor.example", "Dana R\u0435yes"))
    assert not are_one(
        seen(DANA, "Dana Reyes"), seen("d\u0430na.reyes@harbor.example", "Dana Reyes")
    )


def test_a_number_at_the_end_parts_namesakes_of_one_organisation() -> None:
    left = seen("dana.reyes@harbor.example", "Dana Reyes")
    right = seen("dana.reyes2@harbor.example", "Dana Reyes")
    found = resolve([left, right])

    assert len(found.contacts) == 2
    assert found.suggestions == (
        Suggestion(right.address, left.address, SuggestionReason.NUMBERED),
    )


def test_an_uncertain_sender_is_joined_with_nobody() -> None:
    forged = seen("dana+x@harbor.example", "Dana Reyes", is_uncertain=True)
    found = resolve([seen("dana@harbor.example", "Dana Reyes"), forged])

    assert len(found.contacts) == 2
    assert [one.is_uncertain for one in found.contacts] == [True, False]


def test_a_display_name_that_contradicts_the_address_joins_nobody() -> None:
    assert not are_one(seen(DANA, "Dana Reyes"), seen(TOMAS, "Dana Reyes"))


def test_an_address_under_many_names_is_nobodys_second_address() -> None:
    shared = seen("crew@harbor.example", "Dana Reyes", "Tomas Lindt", "Ines Okafor")

    assert not are_one(seen(DANA, "Dana Reyes"), shared)


@pytest.mark.parametrize("name", ["Dana", "Harbor News", "dana.reyes@harbor.example", "D. R.", ""])
def test_what_is_no_full_name_of_a_person_joins_nobody(name: str) -> None:
    assert not are_one(seen("a1@harbor.example", name), seen("b2@harbor.example", name))


# Evidence across organisations.


def test_a_private_address_that_answered_for_the_work_address_is_joined() -> None:
    work, private = seen(DANA, "Dana Reyes"), seen("made.up.dana@gmail.com", "Dana Reyes")
    found = resolve([work, private], met=[(work.address, private.address)])

    assert len(found.contacts) == 1
    assert rule_of(found, private.address) is JoinRule.ANSWERED_FOR
    assert found.contacts[0].organisation == "harbor.example"


def test_answering_for_somebody_of_another_name_joins_nobody() -> None:
    work, private = seen(DANA, "Dana Reyes"), seen("made.up.tom@gmail.com", "Tomas Lindt")

    assert len(resolve([work, private], met=[(work.address, private.address)]).contacts) == 2


def test_answering_from_another_organisation_is_only_suggested_without_the_thread() -> None:
    left, right = seen(DANA, "Dana Reyes"), seen("dr@quay.example", "Dana Reyes")
    found = resolve([left, right])

    assert found.suggestions[0].reason is SuggestionReason.SAME_NAME_ELSEWHERE
    assert len(found.contacts) == 2


def test_answering_in_the_thread_from_another_organisation_is_one_person() -> None:
    left, right = seen(DANA, "Dana Reyes"), seen("dr@quay.example", "Dana Reyes")
    found = resolve([left, right], met=[(left.address, right.address)])

    assert len(found.contacts) == 1


def test_a_namesake_with_family_at_the_other_organisation_stays_apart() -> None:
    left, right = seen(DANA, "Dana Reyes"), seen("dr@quay.example", "Dana Reyes")
    kin = seen("d.reyes@quay.example", "Diego Reyes")
    found = resolve([left, right, kin], met=[(left.address, right.address)])

    assert len(found.contacts) == 3


def test_a_name_that_five_people_bear_is_not_suggested() -> None:
    found = resolve([seen(f"x{n}@house{n}.example", "Ann Smith") for n in range(5)])

    assert found.suggestions == ()


# Kinds, names, organisations.


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("no-reply@harbor.example", SetAsideReason.NO_REPLY),
        ("donotreply@harbor.example", SetAsideReason.NO_REPLY),
        ("notifications@harbor.example", SetAsideReason.NO_REPLY),
        ("bounces+17=robin@harbor.example", SetAsideReason.NO_REPLY),
        ("mailer-daemon@harbor.example", SetAsideReason.MAILER_DAEMON),
        ("postmaster@harbor.example", SetAsideReason.MAILER_DAEMON),
        ("support@harbor.example", SetAsideReason.ROLE_BOX),
        ("info@harbor.example", SetAsideReason.ROLE_BOX),
        ("sales@harbor.example", SetAsideReason.ROLE_BOX),
        ("boats-request@harbor.example", SetAsideReason.LIST),
        ("boats@lists.harbor.example", SetAsideReason.LIST),
    ],
)
def test_boxes_that_are_no_person_are_set_aside_and_listed(
    address: str, reason: SetAsideReason
) -> None:
    found = resolve([seen(address), seen(DANA)])

    assert found.set_aside == (SetAside(address, reason),)
    assert len(found.contacts) == 2


@pytest.mark.parametrize(
    "address",
    [DANA, "dana@harbor.example", "mail.reyes@harbor.example", "ina.fo@harbor.example",
     "dana.reyes@lists.harbor.example", "supportiva@harbor.example",
     "will.alerton@harbor.example", "13800138000@163.com"],
)  # fmt: skip
def test_people_are_not_set_aside_for_their_names(address: str) -> None:
    assert resolve([seen(address)]).set_aside == ()


def test_who_only_ever_sent_automatic_mail_is_set_aside() -> None:
    machine = seen("shop@harbor.example", n_sender=9, n_recipient=0, n_personal=0, n_automatic=9)
    written_to = machine._replace(address="desk@quay.example", n_recipient=9)
    found = resolve([machine, written_to])

    assert found.set_aside == (SetAside("shop@harbor.example", SetAsideReason.ONLY_AUTOMATIC),)


def test_who_only_ever_posted_to_lists_is_set_aside() -> None:
    poster = seen(DANA, n_sender=5, n_recipient=0, n_personal=0, n_list=5)

    assert resolve([poster]).set_aside == (SetAside(DANA, SetAsideReason.LIST),)
    assert resolve([poster._replace(n_personal=1)]).set_aside == ()


def test_a_list_by_its_own_headers_is_a_list() -> None:
    found = resolve([seen("harbor-watch@harbor.example", is_list_post=True)])

    assert found.contacts[0].kind is ContactKind.LIST


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (seen("dr@harbor.example", "Reyes, Dana M."), "Dana M Reyes"),
        (seen("dr@harbor.example", "'Dana Reyes' (work)"), "Dana Reyes"),
        (seen("dr@harbor.example", "DANA REYES"), "Dana Reyes"),
        (seen("dr@harbor.example", "Dana", "Dana Reyes"), "Dana Reyes"),
        (seen("dr@harbor.example", "Dana"), "Dana"),
        (seen("dr@harbor.example"), "dr@harbor.example"),
        (seen(DANA), "Dana Reyes"),
        (seen(DANA, DANA), "Dana Reyes"),
    ],
)
def test_a_contact_is_called_by_the_best_name_there_is(one: SeenAddress, name: str) -> None:
    assert resolve([one]).contacts[0].name == name


@pytest.mark.parametrize(
    ("address", "organisation"),
    [
        (DANA, "harbor.example"),
        ("dana@mail.eu.harbor.example", "harbor.example"),
        ("dana@harbor.co.uk", "harbor.co.uk"),
        ("dana@boats.harbor.com.br", "harbor.com.br"),
        ("dana@gmail.com", ""),
        ("dana@yahoo.co.uk", ""),
        ("dana@web.de", ""),
        ("dana@localhost", ""),
        ("dana", ""),
        ("dana@[192.0.2.1]", ""),
        ("dana@harbor.example.", "harbor.example"),
    ],
)
def test_the_organisation_is_the_registered_domain(address: str, organisation: str) -> None:
    assert organisation_of(address) == organisation


@given(st.text(max_size=200))
def test_any_text_may_stand_for_an_address(text: str) -> None:
    assert canonical_address(canonical_address(text)) == canonical_address(text)
    organisation_of(text)
    kind_of(text)
    assert len(resolve([seen(text, text)]).contacts) == 1


# The owner.


def test_the_owners_other_addresses_are_recognised_by_the_same_rules() -> None:
    found = resolve(
        [seen(DANA, "Dana M Reyes"), seen("m..reyes@harbor.example"), seen(TOMAS)],
        owner_addresses=[DANA],
    )

    assert [one.address for one in found.owner] == [DANA, "m..reyes@harbor.example"]
    assert groups(found) == [{TOMAS}]


def test_not_me_takes_an_address_from_the_owner_for_ever() -> None:
    edits = [
        Edit(1, EditVerb.ME, DANA),
        Edit(2, EditVerb.NOT_ME, "m..reyes@harbor.example"),
    ]
    found = resolve([seen(DANA, "Dana M Reyes"), seen("m..reyes@harbor.example")], edits=edits)

    assert found.owner == (ContactAddress(DANA, JoinRule.ALONE),)
    assert groups(found) == [{"m..reyes@harbor.example"}]


# Edits.

A, B, C = (seen(f"{letter}@{letter}.example") for letter in "abc")


def after(*edits: Edit) -> list[set[str]]:
    return groups(resolve([A, B, C], edits=edits))


def merge(number: int, left: SeenAddress, right: SeenAddress) -> Edit:
    return Edit(number, EditVerb.MERGE, left.address, right.address)


def split(number: int, one: SeenAddress) -> Edit:
    return Edit(number, EditVerb.SPLIT, one.address)


def undo(number: int, undoes: int) -> Edit:
    return Edit(number, EditVerb.UNDO, undoes=undoes)


def test_what_the_owner_merged_is_one_contact() -> None:
    found = resolve([A, B, C], edits=[merge(1, A, B)])

    assert groups(found) == [{A.address, B.address}, {C.address}]
    assert rule_of(found, B.address) is JoinRule.OWNER_SAID


def test_an_undone_merge_is_as_if_it_had_never_been() -> None:
    assert after(merge(1, A, B), undo(2, 1)) == after()


def test_an_undo_can_be_undone() -> None:
    assert after(merge(1, A, B), undo(2, 1), undo(3, 2)) == after(merge(1, A, B))


def test_a_split_beats_every_rule() -> None:
    tagged = [seen("dana@harbor.example"), seen("dana+x@harbor.example")]
    edits = [Edit(1, EditVerb.SPLIT, "dana+x@harbor.example")]

    assert len(resolve(tagged, edits=edits).contacts) == 2


def test_a_split_takes_out_one_and_leaves_the_rest_together() -> None:
    assert after(merge(1, A, B), merge(2, B, C), split(3, B)) == [
        {A.address, C.address},
        {B.address},
    ]


def test_a_merge_after_a_split_holds() -> None:
    assert after(split(1, A), merge(2, A, B)) == [{A.address, B.address}, {C.address}]


def test_a_split_pair_is_not_suggested_again() -> None:
    pair = [seen(DANA, "Dana Reyes"), seen("dr@quay.example", "Dana Reyes")]

    assert resolve(pair).suggestions
    assert not resolve(pair, edits=[Edit(1, EditVerb.SPLIT, DANA)]).suggestions


def test_an_edit_about_an_address_that_is_gone_changes_nothing() -> None:
    gone = Edit(1, EditVerb.MERGE, A.address, "gone@gone.example")

    assert after(gone) == after()


def journal(seed: int) -> list[Edit]:
    dice = random.Random(seed)
    entries = []
    for number in range(1, 12):
        verb = dice.choice([EditVerb.MERGE, EditVerb.SPLIT, EditVerb.UNDO])
        left, right = dice.sample([A, B, C], 2)
        entries.append(
            Edit(number, verb, left.address, right.address, dice.randrange(1, number + 1))
        )
    return entries


@given(seed=st.integers(0, 10_000))
def test_the_journal_means_the_same_in_whatever_order_it_is_read(seed: int) -> None:
    entries = journal(seed)
    mixed = random.Random(seed).sample(entries, len(entries))

    assert replay(mixed) == replay(entries)
    assert after(*mixed) == after(*entries)


@given(seed=st.integers(0, 10_000))
def test_undoing_the_last_entry_gives_what_was_before_it(seed: int) -> None:
    *before, last = journal(seed)

    assert active_edits([*before, last, undo(99, last.number)]) == active_edits(before)


# Everything together.


def book(seed: int) -> list[SeenAddress]:
    """A made-up address book with every likeness the rules look at."""
    dice = random.Random(seed)
    given = ["Dana", "Dora", "Mike", "Michael", "Tomas", "Ann"]
    family = ["Reyes", "Okafor", "Lindt"]
    houses = ["harbor.example", "quay.example", "gmail.com"]
    found: dict[str, SeenAddress] = {}
    for _ in range(dice.randrange(2, 25)):
        first, last, middle = dice.choice(given), dice.choice(family), dice.choice(["", "K", "J"])
        full = " ".join(part for part in (first, middle, last) if part)
        local = dice.choice(
            [f"{first}.{last}", f"{first[0]}{last}", f"k..{last}", f"{first}.{last}2",
             f"{first}{last}+x", f"{first}.{middle or 'k'}.{last}"]
        ).lower()  # fmt: skip
        address = f"{local}@{dice.choice(houses)}"
        names = dice.choice([(), (full,), (f"{last}, {first}",), (first,)])
        found[address] = seen(address, *names, is_uncertain=dice.random() < 0.05)
    return list(found.values())


@given(seed=st.integers(0, 100_000))
def test_every_address_is_in_one_contact_with_one_rule_from_its_key(seed: int) -> None:
    addresses = book(seed)
    found = resolve(addresses)

    assert sorted(one.address for one in addresses) == sorted(
        one.address for contact in found.contacts for one in contact.addresses
    )
    for contact in found.contacts:
        assert contact.key == contact.addresses[0].address == min(contact.addresses).address
        alone = [one.address for one in contact.addresses if one.rule is JoinRule.ALONE]
        assert alone == [contact.key]


@given(seed=st.integers(0, 100_000))
def test_resolving_one_organisation_alone_gives_what_resolving_everybody_gives(seed: int) -> None:
    addresses = book(seed)
    houses: dict[str, list[SeenAddress]] = {}
    for one in addresses:
        house = organisation_of(one.address) or canonical_address(one.address)
        houses.setdefault(house, []).append(one)
    apart = [contact for house in houses.values() for contact in resolve(house).contacts]

    assert sorted(apart) == list(resolve(addresses).contacts)


@given(seed=st.integers(0, 100_000))
def test_the_order_of_the_address_book_changes_nothing(seed: int) -> None:
    addresses = book(seed)
    mixed = random.Random(seed).sample(addresses, len(addresses))

    assert resolve(mixed).contacts == resolve(addresses).contacts


@pytest.mark.parametrize(
    "mailbox",
    ["tickets", "buchung", "rechnungen", "confirmation", "payments", "redaktion", "kundendienst"],
)
def test_the_mailbox_of_a_task_is_nobodys(mailbox: str) -> None:
    kind, reason = kind_of(f"{mailbox}@ferry.example")

    assert (kind, reason) == (ContactKind.ROLE, SetAsideReason.ROLE_BOX)


@pytest.mark.parametrize("mailbox", ["tim.ticket", "rechnungsrat", "payne", "welcome.njoku"])
def test_a_name_that_holds_the_word_of_a_task_is_somebodys(mailbox: str) -> None:
    assert kind_of(f"{mailbox}@ferry.example") == (ContactKind.PERSON, None)
