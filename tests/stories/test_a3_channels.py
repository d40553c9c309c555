"""A1, A3 on every channel: what is taken away changes verdicts, or makes them provisional.

The demo persona's year: her mail, calendar and cards from the generator, her calls, texts, chats
and network messages from `tests/support/persona.py`. One channel at a time is left
out, and what that does to each verdict is held against what was planted.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gonequiet.cli.entry import run
from tests.support import persona

PARTS = ("mail", "calendar", "cards", "calls", "texts", "chats", "network")
FILES = {
    "calls": "calls.xml",
    "texts": "texts.xml",
    "chats": f"WhatsApp Chat with {persona.CHATTED}.txt",
    "network": "messages.csv",
}


def asked(db: Path, as_of: str, *words: str) -> Any:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run([*words, "--json", "--db", str(db)] + (["--as-of", as_of] if as_of else []))
    assert code in (0, 1), out.getvalue()
    return json.loads(out.getvalue())


class Year(NamedTuple):
    """The year with some channels: its verdicts, and its database to ask more.

    Attributes:
        quiet: the matter that is quiet, by contact.
        waiting: what is open and not quiet, by contact.
        provisional: why a verdict may change, by contact.
        unread: the channels nothing was read of.
    """

    db: Path
    quiet: dict[str, str]
    waiting: dict[str, str]
    provisional: dict[str, str]
    unread: list[str]


Taken = Callable[..., Year]


def judged(db: Path, as_of: str) -> Year:
    found = asked(db, as_of, "quiet", "--waiting", "--all")
    quiet, waiting = (
        {one["contact"]: one["matter"] for one in found[which]} for which in ("quiet", "waiting")
    )
    every = [*found["quiet"], *found["waiting"]]
    provisional = {one["contact"]: one["provisional"] for one in every if one["provisional"]}
    return Year(db, quiet, waiting, provisional, found["unread"])


@pytest.fixture(scope="module")
def numbers(place: Path) -> dict[str, str]:
    return persona.numbers_on(place / "contacts" / "contacts.vcf")


@pytest.fixture(scope="module")
def without(
    place: Path,
    truth: dict[str, Any],
    numbers: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Taken:
    """The persona's year as of the demo's moment, with one channel left out ("" for none)."""
    phone = tmp_path_factory.mktemp("phone")
    persona.write_telephone(phone, numbers)
    parts = {"mail": place / "mail", "calendar": place / "calendar", "cards": place / "contacts"}
    parts |= {name: phone / file for name, file in FILES.items()}
    made: dict[str, Year] = {}

    def taken(left_out: str = "") -> Year:
        if left_out not in made:
            db = tmp_path_factory.mktemp("year") / "records.db"
            wanted = {name: path for name, path in parts.items() if name != left_out}
            if left_out not in ("mail", "calendar", "cards"):
                shutil.copy(place / "demo.db", db)
                wanted = {name: wanted[name] for name in FILES if name in wanted}
            asked(db, "", "import", *map(str, wanted.values()), "--as", persona.OWNER)
            asked(db, "", "me", "clara@brandtfield.example", "clara.brandt@brandtfield.example")
            made[left_out] = judged(db, truth["as_of"])
        return made[left_out]

    return taken


ANSWERED_BY = {
    "calls": {persona.CALLED_BACK},
    "texts": {persona.TEXTED},
    "chats": {persona.CHATTED},
    "network": {persona.WROTE_THERE},
}


def test_with_every_channel_nobody_is_quiet_who_answered_by_telephone(
    without: Taken, place: Path, truth: dict[str, Any]
) -> None:
    by_mail_alone = judged(place / "demo.db", truth["as_of"])
    silent = {one["contact"] for one in truth["silences"]}
    assert set(by_mail_alone.quiet) == silent
    assert by_mail_alone.unread == ["calls", "texts", "chats"]
    year = without()
    assert set(year.quiet) == silent - set().union(*ANSWERED_BY.values()) - {persona.TRIED}
    assert persona.TRIED in year.waiting
    assert year.unread == []
    assert year.provisional == {}


@pytest.mark.parametrize("channel", sorted(ANSWERED_BY))
def test_without_a_channel_who_answered_on_it_is_quiet_and_nobody_else_changes(
    without: Taken, channel: str
) -> None:
    year, less = without(), without(channel)
    tried = {persona.TRIED} if channel == "calls" else set()
    assert set(less.quiet) - set(year.quiet) == ANSWERED_BY[channel] | tried
    assert set(year.quiet) <= set(less.quiet)
    assert set(year.waiting) - set(less.waiting) == tried
    assert set(less.waiting) <= set(year.waiting)


@pytest.mark.parametrize("channel", ["calls", "texts", "chats"])
def test_without_a_channel_every_verdict_says_that_an_answer_there_would_be_unseen(
    without: Taken, channel: str
) -> None:
    assert without(channel).unread == [channel]


@pytest.mark.parametrize(
    ("channel", "who"), [(channel, who) for channel, all_ in ANSWERED_BY.items() for who in all_]
)
def test_the_record_that_changes_the_verdict_stands_in_the_timeline(
    without: Taken, truth: dict[str, Any], channel: str, who: str
) -> None:
    opened = next(one for one in truth["silences"] if one["contact"] == who)
    for left_out, is_seen in (("", True), (channel, False)):
        shown = asked(without(left_out).db, truth["as_of"], "show", opened["addresses"][0])
        later = [
            one["entry"]
            for one in shown["timeline"]
            if one["entry"]["direction"] == "inbound"
            and one["entry"]["at"] > opened["sent_at"]
            and one["entry"]["channel"] != "mail"
        ]
        assert bool(later) == is_seen
        assert bool(shown["matters"]) != is_seen


def test_without_mail_what_was_asked_by_text_seems_unanswered(without: Taken) -> None:
    year, less = without(), without("mail")
    known = set(year.quiet) | set(year.waiting)
    assert persona.ASKED_BY_TEXT not in known
    assert persona.ASKED_BY_TEXT in set(less.quiet) | set(less.waiting)
    assert not set(less.quiet) & set(year.quiet)


def test_without_the_calendar_fewer_are_met_and_verdicts_say_so(
    without: Taken, truth: dict[str, Any]
) -> None:
    year, less = without(), without("calendar")
    assert less.unread == ["meetings"]
    answered = [
        asked(one.db, truth["as_of"], "quiet")["set_aside"]["answered_on_another_channel"]
        for one in (year, less)
    ]
    assert answered[0] > answered[1]
    held, invited = (asked(one.db, truth["as_of"], "meetings")["held"] for one in (year, less))
    assert len(held) > len(invited)  # of what was not arranged by mail nothing is known


def test_without_the_cards_a_number_is_a_stranger_and_who_called_is_quiet(
    without: Taken, numbers: dict[str, str]
) -> None:
    year, less = without(), without("cards")
    assert set(less.quiet) - set(year.quiet) >= {persona.CALLED_BACK, persona.TEXTED}
    number = "tel:" + numbers[persona.CALLED_BACK].replace(" ", "")
    for one, joined in ((year, True), (less, False)):
        by_address = {
            known["address"]: contact["key"]
            for contact in asked(one.db, "", "contacts", "--all")
            for known in contact["addresses"]
        }
        assert (by_address[number] == by_address["victor.lim@straitscap.example"]) == joined


def test_without_the_cards_one_person_falls_apart_into_two(
    without: Taken, truth: dict[str, Any]
) -> None:
    moved = [one for one in truth["identities"] if one["why"] == "new employer"]
    assert moved
    for left_out, joined in (("", 1), ("cards", 2)):
        contacts = asked(without(left_out).db, "", "contacts", "--all")
        of_address = {
            known["address"]: one["key"] for one in contacts for known in one["addresses"]
        }
        for one in moved:
            assert len({of_address[address] for address in one["addresses"]}) == joined


def test_a_telephone_that_was_not_read_again_makes_its_peoples_verdicts_provisional(
    place: Path, truth: dict[str, Any], numbers: dict[str, str], tmp_path: Path
) -> None:
    db = tmp_path / "records.db"
    shutil.copy(place / "demo.db", db)
    made = datetime(2026, 3, 20, tzinfo=UTC)
    persona.write_telephone(tmp_path / "phone", numbers, until=made)
    asked(db, "", "import", str(tmp_path / "phone"), "--as", persona.OWNER)
    year = judged(db, truth["as_of"])
    assert set(year.quiet) == {one["contact"] for one in truth["silences"]}
    assert set(year.provisional) == {*persona.REGULARS, persona.CHATTED}
    for who in persona.REGULARS:
        assert "calls only until" in year.provisional[who]
        assert "texts only until" in year.provisional[who]
        assert "chats" not in year.provisional[who]
    assert "chats only until" in year.provisional[persona.CHATTED]
    persona.write_telephone(tmp_path / "phone", numbers)
    asked(db, "", "import", str(tmp_path / "phone"), "--as", persona.OWNER)
    again = judged(db, truth["as_of"])
    assert again.provisional == {}
    assert persona.CHATTED not in again.quiet
