"""`promises` and `read`, through the front door."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

LATER = "2025-03-20"

WANTED = Letter(
    sender=OWNER,
    to=DANA,
    subject="Floor plan",
    text="Hello Dana,\n\ncould you let me have the floor plan of the hall?\n\nKim\n",
    message_id="wanted@adler.example",
)
PROMISED = answer_to(
    WANTED,
    DANA,
    text="Hello Kim,\n\nI will send you the floor plan by Friday.\n\nDana\n",
    message_id="promised@harbour.example",
)
HEDGED = answer_to(
    PROMISED,
    DANA,
    hours=5,
    text="Hello Kim,\n\nI'll try to send the survey next week as well.\n\nDana\n",
    message_id="hedged@harbour.example",
)
OWN = Letter(
    sender=OWNER,
    to=DANA,
    subject="Keys",
    text="Hello Dana,\n\nI will bring you the spare keys on Monday.\n\nKim\n",
    at=START + timedelta(days=1),
    message_id="own@adler.example",
)
DELIVERED = answer_to(
    WANTED,
    DANA,
    hours=60,
    text="Hello Kim,\n\nhere is the floor plan, as promised.\n\nDana\n",
    message_id="delivered@harbour.example",
)
FROM_A_SHOP = Letter(
    sender="Shop <news@shop.example>",
    subject="Your parcel",
    text="Dear customer,\n\nwe will send you a voucher by Friday.\n\nTo unsubscribe, write.\n",
    at=START + timedelta(days=2),
    message_id="shop@shop.example",
)
ALL = (WANTED, PROMISED, HEDGED, OWN, DELIVERED, FROM_A_SHOP)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return write_mbox(tmp_path / "mail" / "all.mbox", ALL)


@pytest.fixture
def full(desk: Desk, box: Path) -> Desk:
    desk.takes_in(box)
    desk.asks("me", "kim@adler.example")
    return desk


def listed(desk: Desk, *words: str, as_of: str = LATER) -> list[dict[str, Any]]:
    found = desk.asks("promises", *words, "--as-of", as_of)
    promises: list[dict[str, Any]] = found["promises"]
    return promises


def of_message(found: list[dict[str, Any]], letter: Letter) -> dict[str, Any]:
    (one,) = [one for one in found if one["said"]["message_id"] == letter.message_id]
    return one


def test_both_sides_promises_are_listed_with_words_day_and_what_became_of_them(full: Desk) -> None:
    found = listed(full)

    theirs, mine = of_message(found, PROMISED), of_message(found, OWN)
    assert len(found) == 2
    assert (theirs["side"], theirs["state"], theirs["due_on"]) == ("theirs", "kept", "2025-03-07")
    assert theirs["said"]["words"] == "I will send you the floor plan by Friday."
    assert theirs["shown"]["message_id"] == DELIVERED.message_id
    assert theirs["shown"]["words"] == "here is the floor plan, as promised."
    assert (mine["side"], mine["state"], mine["due_on"]) == ("mine", "open", "2025-03-10")


def heard_on(day: str) -> Letter:
    """A letter up to which the records reach."""
    return Letter(
        sender=DANA,
        text="Thank you for the tour of the building.\n",
        at=datetime.fromisoformat(f"{day}T09:00Z"),
        message_id=f"tour-{day}@harbour.example",
    )


LEASE = Letter(
    sender=OWNER,
    to=DANA,
    subject="Lease",
    text="Hello Dana,\n\nI will send you the lease on Monday.\n\nKim\n",
    at=START + timedelta(days=1, hours=2),
    message_id="lease@adler.example",
)


def test_a_day_that_passed_within_the_records_is_overdue(full: Desk, tmp_path: Path) -> None:
    full.takes_in(write_mbox(tmp_path / "more" / "later.mbox", [heard_on("2025-03-19")]))
    assert of_message(listed(full), OWN)["is_overdue"]
    assert "overdue since 10 Mar 2025" in full.run("promises", "--as-of", LATER).out


def test_what_was_due_after_the_records_end_is_not_known(full: Desk) -> None:
    mine = of_message(listed(full), OWN)
    assert (mine["is_unseen"], mine["is_overdue"]) == (True, False)
    answer = full.run("promises", "--as-of", LATER)
    assert "Yours: 1 open (1 not known), 0 kept, 0 lapsed" in answer.out
    assert "not known: due 10 Mar 2025  Dana" in answer.out
    assert "your records end before that day" in answer.out


def test_nothing_lapses_for_want_of_records(full: Desk, tmp_path: Path) -> None:
    long_after = "2025-10-01"
    full.takes_in(write_mbox(tmp_path / "lease" / "lease.mbox", [LEASE]))
    assert of_message(listed(full, "--all", as_of=long_after), LEASE)["state"] == "open"
    full.takes_in(write_mbox(tmp_path / "more" / "later.mbox", [heard_on("2025-09-30")]))
    assert of_message(listed(full, "--all", as_of=long_after), LEASE)["state"] == "lapsed"


def test_what_was_known_then_is_all_that_counts(full: Desk) -> None:
    found = listed(full, as_of="2025-03-04")

    assert of_message(found, PROMISED)["state"] == "open"
    assert not of_message(found, PROMISED)["is_overdue"]


def test_a_contact_a_side_and_a_state_can_be_asked_for(full: Desk) -> None:
    assert len(listed(full, "Dana")) == 2
    assert [one["side"] for one in listed(full, "--side", "mine")] == ["mine"]
    assert [one["state"] for one in listed(full, "--state", "kept")] == ["kept"]


def test_of_a_side_that_was_not_asked_for_nothing_is_told(full: Desk) -> None:
    told = full.run("promises", "--side", "theirs", "--as-of", "2025-04-01").out

    assert "Theirs:" in told
    assert "Yours" not in told


def test_the_text_shows_every_promise_and_ends_with_what_may_be_meant(full: Desk) -> None:
    answer = full.run("promises", "--as-of", LATER)

    assert answer.code == 1
    assert "due 10 Mar 2025" in answer.out
    assert "kept 05 Mar 2025, delivered" in answer.out
    assert "1 more may be meant" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_all_is_fine_when_nothing_of_the_owners_is_overdue(full: Desk, tmp_path: Path) -> None:
    assert "No Sent folder was read" in full.run("promises", "--as-of", "2025-03-05").words
    thanks = Letter(sender=OWNER, to=DANA, text="Thank you.\n", message_id="thanks@adler.example")
    full.takes_in(write_mbox(tmp_path / "sent" / "Sent.mbox", [thanks]))
    assert full.run("promises", "--as-of", "2025-03-05").code == 0


def test_what_is_hedged_is_asked_about_and_not_recorded(full: Desk) -> None:
    found = full.asks("promises", "review", "--as-of", LATER)

    (one,) = found
    assert one["said"]["message_id"] == HEDGED.message_id
    assert (one["standing"], one["rule"]) == ("proposed", "own_will: wavering")
    assert "not sure: wavering" in full.run("promises", "review", "--as-of", LATER).out


def test_confirmed_it_is_recorded_and_rejected_it_is_gone(full: Desk) -> None:
    key = full.asks("promises", "review", "--as-of", LATER)[0]["key"]
    full.asks("promises", "confirm", key[:6])
    assert of_message(listed(full), HEDGED)["is_overruled"]

    full.asks("promises", "reject", key)
    assert len(listed(full)) == 2
    assert full.asks("promises", "review", "--as-of", LATER) == []


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("kept", "kept"), ("lapsed", "lapsed"), ("withdraw", "withdrawn"), ("open", "open")],
)
def test_the_owner_says_where_a_promise_stands(full: Desk, verdict: str, state: str) -> None:
    key = of_message(listed(full), OWN)["key"]
    full.asks("promises", verdict, key)

    found = of_message(listed(full, "--all", as_of="2027-01-01"), OWN)
    assert (found["state"], found["because"]) == (state, "you said so")


def test_the_owner_sets_the_day_right(full: Desk) -> None:
    key = of_message(listed(full), OWN)["key"]
    full.asks("promises", "due", key, "2025-04-01")

    assert of_message(listed(full), OWN)["due_on"] == "2025-04-01"
    assert not of_message(listed(full), OWN)["is_overdue"]


def test_undo_takes_the_owners_word_back(full: Desk) -> None:
    before = listed(full)
    full.asks("promises", "reject", of_message(before, OWN)["key"])
    full.asks("undo")

    assert listed(full) == before


def test_another_import_keeps_the_owners_word(full: Desk, box: Path, tmp_path: Path) -> None:
    full.asks("promises", "reject", of_message(listed(full), OWN)["key"])
    elsewhere = write_mbox(tmp_path / "other" / "again.mbox", reversed(ALL))
    full.takes_in(box, elsewhere)

    assert [one["side"] for one in listed(full)] == ["theirs"]


def test_a_promise_has_the_same_id_in_every_database(full: Desk, box: Path, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other" / "records.db")
    other.takes_in(box)
    other.asks("me", "kim@adler.example")

    assert {one["key"] for one in listed(other)} == {one["key"] for one in listed(full)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kept", "zzz"), "No promise is called 'zzz'"),
        (("kept",), "Say which"),
        (("due", "{key}"), "Say the day"),
        (("due", "{key}", "soon"), "'soon' is not a day"),
        (("Nobody",), "No contact goes by 'Nobody'"),
    ],
)
def test_a_wrong_request_is_told_and_changes_nothing(
    full: Desk, words: tuple[str, ...], said: str
) -> None:
    key = of_message(listed(full), OWN)["key"]
    answer = full.run("promises", *(word.replace("{key}", key) for word in words))

    assert answer.code == 2
    assert said in answer.err
    assert not [one for one in full.exported("edit") if one["verb"] == "promise"]


def test_reading_again_finds_nothing_new_to_read(full: Desk) -> None:
    full.asks("promises")
    assert full.asks("read") == {"messages": 0}


def test_what_was_read_is_exported_and_verified(full: Desk) -> None:
    claims = full.exported("commitment")

    assert {one["due_on"] for one in claims} == {"2025-03-07", "2025-03-10", "2025-03-14"}
    assert {"format", "words", "commitment"} <= {
        json.loads(line)["kind"] for line in full.export().splitlines()
    }
    assert full.run("verify").code == 0


def test_mail_from_a_shop_promises_the_owner_nothing(full: Desk) -> None:
    everything = listed(full, "--all") + full.asks("promises", "review", "--all")

    assert FROM_A_SHOP.message_id not in {one["said"]["message_id"] for one in everything}
