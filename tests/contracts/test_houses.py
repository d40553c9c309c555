"""Who is who is looked at only where new mail touches it, and is what it would be as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.mail import mail

SOUND = {"sound": True, "findings": []}


def add(folder: Path, number: int, sender: str) -> None:
    folder.mkdir(exist_ok=True)
    headers = {"From": sender, "Message-ID": f"<{number}@x.example>", "Subject": f"Quay {number}"}
    (folder / f"{number}.eml").write_bytes(mail(f"About quay {number}.\n", headers=headers))


def after(tmp_path: Path, senders: Sequence[str], *said: str) -> Desk:
    """Brings one mail of each sender, each by an import of its own."""
    desk = Desk(tmp_path / "records.db")
    for number, sender in enumerate(senders):
        add(tmp_path / "mail", number, sender)
        desk.takes_in(tmp_path / "mail")
        if said and number == 1:
            assert desk.run(*said).code == 0
    return desk


def contacts(desk: Desk) -> set[tuple[str, ...]]:
    return {
        tuple(sorted(address for address, _ in one["addresses"]))
        for one in desk.exported("contact")
    }


GMAIL = ("Cleo Marsh <cleo.marsh@gmail.com>", "Cleo Marsh <cleomarsh@googlemail.com>")
TAGGED = ("Bo <bo@web.de>", "Bo <bo+quay@web.de>")


@pytest.mark.parametrize("forms", [GMAIL, TAGGED])
def test_forms_of_one_mailbox_are_one_contact_though_they_come_one_by_one(
    tmp_path: Path, forms: Sequence[str]
) -> None:
    desk = after(tmp_path, [*forms, forms[0]])
    both = tuple(sorted(form.partition("<")[2].rstrip(">") for form in forms))
    assert both in contacts(desk)
    assert desk.asks("verify") == SOUND


def test_whom_the_owner_merged_stay_one_when_mail_touches_only_one_of_them(tmp_path: Path) -> None:
    one, other = "ines@quay.example", "ines@home.example"
    desk = after(tmp_path, [one, other, one, "jonas@quay.example"], "merge", one, other)
    assert (other, one) in contacts(desk)
    assert desk.asks("verify") == SOUND


def test_the_owners_addresses_stay_though_mail_touches_none_of_their_house(tmp_path: Path) -> None:
    desk = after(tmp_path, ["ines@quay.example", "jonas@quay.example", "edda@pier.example"])
    assert desk.run("me", "kim@adler.example", "kim@home.example").code == 0
    add(tmp_path / "mail", 7, "finn@pier.example")
    desk.takes_in(tmp_path / "mail")
    assert desk.asks("verify") == SOUND


def test_a_database_of_the_version_before_learns_of_the_forms_of_a_mailbox(tmp_path: Path) -> None:
    desk = after(tmp_path, [GMAIL[0]])
    with sqlite3.connect(desk.db) as database:
        database.execute(
            "UPDATE address SET organisation = address WHERE address LIKE '%@gmail.com'"
        )
        database.execute("ALTER TABLE look DROP COLUMN at_first")
        database.execute("DROP TABLE address_use")
        database.execute("DELETE FROM conclusion WHERE name = 'counted'")
        database.execute("UPDATE alembic_version SET version_num = '0005'")
    database.close()
    add(tmp_path / "mail", 1, GMAIL[1])
    desk.takes_in(tmp_path / "mail")
    assert ("cleo.marsh@gmail.com", "cleomarsh@googlemail.com") in contacts(desk)
    assert desk.asks("verify") == SOUND


def test_a_name_that_shows_somebody_is_another_moves_them(tmp_path: Path) -> None:
    desk = after(
        tmp_path,
        [
            "Ines Falk <ines.falk@quay.example>",
            "ifalk@quay.example",
            "Jonas <jonas@quay.example>",
            "Iris Falk <ifalk@quay.example>",
            "Iris Falk <ifalk@quay.example>",
        ],
    )
    assert {("ifalk@quay.example",), ("ines.falk@quay.example",)} <= contacts(desk)
    assert desk.asks("verify") == SOUND


def test_somebody_known_is_called_by_the_name_that_comes_later(tmp_path: Path) -> None:
    desk = after(tmp_path, ["bo@quay.example", "ada@pier.example", "Bo B. <bo@quay.example>"])
    names = {one["key"]: one["name"] for one in desk.exported("contact")}
    assert names["bo@quay.example"] == "Bo B."
    assert desk.asks("verify") == SOUND


def test_an_address_that_turns_out_to_be_a_list_is_set_aside(tmp_path: Path) -> None:
    desk = after(tmp_path, ["crew@quay.example", "ines@quay.example"])
    headers = {
        "From": "Ines <ines@quay.example>",
        "To": "kim@adler.example",
        "List-Id": "<crew.quay.example>",
        "List-Post": "<mailto:crew@quay.example>",
        "Message-ID": "<list@x.example>",
    }
    (tmp_path / "mail" / "9.eml").write_bytes(mail("To all of you.\n", headers=headers))
    desk.takes_in(tmp_path / "mail")
    aside = {one["key"] for one in desk.exported("contact") if one["set_aside"]}
    assert "crew@quay.example" in aside
    assert desk.asks("verify") == SOUND
