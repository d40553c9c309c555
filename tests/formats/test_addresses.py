"""Who is named in an address field, as people and programs really write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.addresses import (
    MAX_PARTICIPANTS,
    Mailbox,
    canonical_address,
    clean_name,
    read_mailboxes,
    with_names,
)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("dana@harbour.example", "", "dana@harbour.example"),
        ("<dana@harbour.example>", "", "dana@harbour.example"),
        ("Dana Reyes <Dana.Reyes@Harbour.EXAMPLE>", "Dana Reyes", "dana.reyes@harbour.example"),
        ('"Reyes, Dana" <dana@harbour.example>', "Reyes, Dana", "dana@harbour.example"),
        ("Reyes, Dana <dana@harbour.example>", "Reyes, Dana", "dana@harbour.example"),
        ("van der Berg, Jo <jo@harbour.example>", "van der Berg, Jo", "jo@harbour.example"),
        ("dana@harbour.example (Dana Reyes)", "Dana Reyes", "dana@harbour.example"),
        ("Dana (sales) Reyes <dana@harbour.example>", "Dana Reyes", "dana@harbour.example"),
        ("Dana Reyes dana@harbour.example", "Dana Reyes", "dana@harbour.example"),
        ("'Dana Reyes' <dana@harbour.example>", "Dana Reyes", "dana@harbour.example"),
        ('"dana@harbour.example" <dana@harbour.example>', "", "dana@harbour.example"),
        ('"Dana \\"DD\\" Reyes" <dana@harbour.example>', "Dana 'DD' Reyes", "dana@harbour.example"),
        ("=?utf-8?q?D=C3=A4na?= <dana@harbour.example>", "Däna", "dana@harbour.example"),
        ("=?utf-8?q?Reyes=2C_Dana?= <dana@harbour.example>", "Reyes, Dana", "dana@harbour.example"),
        ("<@relay.example:dana@harbour.example>", "", "dana@harbour.example"),
        ("mailto:dana@harbour.example", "", "dana@harbour.example"),
        ("dana @ harbour.example", "", "dana@harbour.example"),
        ('"dana reyes"@harbour.example', "", '"dana reyes"@harbour.example'),
        ("dana@[192.0.2.7]", "", "dana@[192.0.2.7]"),
        ("root@localhost", "", "root@localhost"),
        ("Dana Reyes", "Dana Reyes", ""),
        ("Dana Reyes (E-mail) <dana@harbour.example>", "Dana Reyes", "dana@harbour.example"),
    ],
)
def test_one_person_is_read(written: str, name: str, address: str) -> None:
    assert read_mailboxes(written) == (Mailbox(name, address),)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ('"Reyes, Dana" </O=HARBOUR/OU=NA/CN=RECIPIENTS/CN=DREYES>', "Reyes, Dana", ""),
        ("Reyes, Dana </O=HARBOUR/OU=NA/CN=RECIPIENTS/CN=DREYES>", "Reyes, Dana", ""),
        ("Dana Reyes/NYC/HARBOUR@HARBOUR", "Dana Reyes", ""),
        ("Dana Reyes <dana@harbour.example> @ SITE", "Dana Reyes", "dana@harbour.example"),
        ('"Dana Reyes" <dana@harbour.example>@SITE', "Dana Reyes", "dana@harbour.example"),
        (
            "IMCEANOTES-+22Dana+20Reyes+22+20+3Cdana+40harbour+2Eexample+3E+40SITE@site.example",
            "",
            "dana@harbour.example",
        ),
        (
            "IMCEAEX-_O=HARBOUR_OU=NA_CN=DREYES@harbour.example",
            "",
            "imceaex-_o=harbour_ou=na_cn=dreyes@harbour.example",
        ),
    ],
)
def test_exchange_and_notes_forms_are_read(written: str, name: str, address: str) -> None:
    assert read_mailboxes(written) == (Mailbox(name, address),)


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("a@x.example, b@x.example,c@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
        ("a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        ("Team: a@x.example, Bo <b@x.example>;", ["a@x.example", "b@x.example"]),
        ("undisclosed-recipients:;", []),
        ("", []),
        (" , ,", []),
        ('"A, B" <a@x.example>, C <c@x.example>', ["a@x.example", "c@x.example"]),
        ('"never closed <a@x.example>, b@x.example', ["a@x.example", "b@x.example"]),
        ("<a@x.example>, <b@x.example", ["a@x.example", "b@x.example"]),
    ],
)
def test_several_people_are_read(written: str, addresses: list[str]) -> None:
    assert [mailbox.address for mailbox in read_mailboxes(written)] == addresses


def test_a_list_of_names_without_addresses_keeps_every_name() -> None:
    names = [mailbox.name for mailbox in read_mailboxes("Dana Reyes, Bo Lund, Kim Adler")]
    assert names == ["Dana Reyes", "Bo Lund", "Kim Adler"]


def test_control_and_direction_characters_leave_a_name() -> None:
    assert clean_name("Dana\u202e seyeR\x07\x1b[31m") == "Dana seyeR[31m"


def test_names_are_one_line_and_bounded() -> None:
    assert clean_name("Dana\r\n Reyes") == "Dana Reyes"
    assert len(clean_name("x" * 10_000)) <= 200


def test_a_field_names_at_most_so_many() -> None:
    everybody = ", ".join(f"p{n}@x.example" for n in range(MAX_PARTICIPANTS + 50))
    assert len(read_mailboxes(everybody)) == MAX_PARTICIPANTS
    with_name = ", ".join(f"P <p{n}@x.example>" for n in range(MAX_PARTICIPANTS + 50))
    assert len(read_mailboxes(with_name)) == MAX_PARTICIPANTS


def test_names_shown_elsewhere_are_taken_over_in_order() -> None:
    addressed = read_mailboxes("dana.reyes@x.example, bo@x.example")
    shown = read_mailboxes("Reyes, Dana </O=X/CN=DREYES>, Bob Lund")
    assert with_names(addressed, shown) == (
        Mailbox("Reyes, Dana", "dana.reyes@x.example"),
        Mailbox("", "bo@x.example"),
    )


def test_names_shown_for_another_number_of_people_are_not_taken_over() -> None:
    addressed = read_mailboxes("dana@x.example, bo@x.example")
    assert with_names(addressed, read_mailboxes("Dana Reyes")) == addressed


def test_an_address_is_found_in_clutter_or_not_at_all() -> None:
    assert canonical_address(" <Dana@X.example>. ") == "dana@x.example"
    assert canonical_address("nothing here") == ""
    assert canonical_address("@") == ""


@given(st.text())
def test_any_text_is_read_without_raising(text: str) -> None:
    for name, address in read_mailboxes(text):
        assert name or address
        assert address == address.lower()
        assert "\n" not in name


LOCAL = st.from_regex(r"[a-z0-9]{1,8}(\.[a-z0-9]{1,8})?", fullmatch=True)
NAME = st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){1,2}", fullmatch=True)


@given(st.lists(st.tuples(NAME, LOCAL), min_size=1, max_size=8))
def test_well_formed_lists_are_read_back(people: list[tuple[str, str]]) -> None:
    written = ", ".join(f"{name} <{local}@x.example>" for name, local in people)
    expected = tuple(Mailbox(name, f"{local}@x.example") for name, local in people)
    assert read_mailboxes(written) == expected


ODDLY_WRITTEN = st.lists(
    st.sampled_from(
        ["Dana", " ", "Reyes", "<dana@x.example>", "kim@x.example", '"Reyes, Dana"', "<", ">", "'"]
    ),
    min_size=1,
    max_size=4,
).map("".join)


@given(st.lists(ODDLY_WRITTEN, min_size=1, max_size=5))
def test_a_list_reads_the_same_when_a_group_is_closed_behind_it(pieces: list[str]) -> None:
    # A group's end is no comma, so that such a field is read as a whole and not piece by piece.
    written = ",".join(pieces)
    if any(mark in written for mark in '"<'):
        assert read_mailboxes(written) == read_mailboxes(f"{written};")


def test_a_surname_before_its_comma_belongs_to_the_name_behind_it() -> None:
    named = read_mailboxes("Reyes, Dana <dana@x.example>, Kim Lee <kim@x.example>")
    assert [one.name for one in named] == ["Reyes, Dana", "Kim Lee"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("=?utf-8?Q?Reyes,_D=C3=A4na?= <d@h.example>", ["Reyes, Däna"]),
        ("=?utf-8?Q?Dana_(Sales;_north)?= <d@h.example>", ["Dana (Sales; north)"]),
        ("Dana Reyes, PhD <d@h.example>", ["Dana Reyes"]),
        ("Dana Reyes, Lee Ward <l@h.example>", ["Dana Reyes", "Lee Ward"]),
        ("Reyes, Dana <d@h.example>, Ward, Lee <l@h.example>", ["Reyes, Dana", "Ward, Lee"]),
    ],
)
def test_commas_that_separate_nobody_are_part_of_a_name(written: str, names: list[str]) -> None:
    assert [one.name for one in read_mailboxes(written)] == names
