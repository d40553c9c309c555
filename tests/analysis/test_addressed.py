"""By whom a letter is from and whom it names, it is one person's word to another or it is none."""

from __future__ import annotations

import pytest

from gonequiet.analysis.addressed import is_a_persons

KIM = "kim@adler.example"


@pytest.mark.parametrize(
    ("sender", "recipients"),
    [
        ("dana.reyes@harbour.example", (KIM,)),
        ("dana.reyes@harbour.example", ()),
        ("dana.reyes@harbour.example", (KIM, "crew@lists.harbour.example")),
        ("hr@harbour.example", (KIM,)),
        ("office@harbour.example", (KIM, "all.staff@harbour.example")),
        ("sales@birch.example", ("info@adler.example",)),
        ("adler.kim@adler.example", ("dana.reyes@harbour.example",)),
        ("", (KIM,)),
        ("tel:+493012345678", ("tel:+493087654321",)),
    ],
)
def test_a_person_or_an_office_that_names_its_reader_speaks_to_them(
    sender: str, recipients: tuple[str, ...]
) -> None:
    assert is_a_persons(sender, recipients)


@pytest.mark.parametrize(
    ("sender", "recipients"),
    [
        ("no-reply@harbour.example", (KIM,)),
        ("harbour_update@mail.example", (KIM,)),
        ("harbour.announcements@harbour.example", (KIM,)),
        ("anna@news.harbour.example", (KIM,)),
        ("crew-request@harbour.example", (KIM,)),
        ("dana.reyes@harbour.example", ("crew@lists.harbour.example",)),
        ("office@harbour.example", ("all.staff@harbour.example",)),
        ("office@harbour.example", ("sales@harbour.example", "info@harbour.example")),
        ("office@harbour.example", (KIM, "crew@lists.harbour.example")),
        ("office@harbour.example", ()),
        ("administration.harbour@harbour.example", ()),
        ("chairman.harbour@harbour.example", ("harbour.employees@harbour.example",)),
    ],
)
def test_machines_lists_and_offices_that_name_nobody_speak_to_no_one(
    sender: str, recipients: tuple[str, ...]
) -> None:
    assert not is_a_persons(sender, recipients)
