"""The next decent step where something was promised, agreed in a talk, or tried by telephone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

ASKED = Letter(OWNER, DANA, "Slip rails", "Could you quote us for the slip rails?\n")
PROMISED = answer_to(ASKED, DANA, text="Yes. I will send you the quote by Friday.\n")
TOLD = answer_to(ASKED, DANA, text="Yes, with pleasure. The rails are of oak, as you asked.\n")
QUOTE = answer_to(
    TOLD,
    DANA,
    subject="Re: Slip rails",
    text="Here is the quote for the slip rails.\n",
    message_id="quote@harbour.example",
)
BEFORE = [
    Letter(OWNER, DANA, "Oak", "Do you have oak?\n", START - timedelta(days=9), "a@adler.example"),
    Letter(
        DANA,
        OWNER,
        "Re: Oak",
        "Yes, plenty.\n",
        START - timedelta(days=8),
        "b@h.example",
        "a@adler.example",
    ),
    Letter(
        OWNER,
        DANA,
        "Re: Oak",
        "Thanks!\n",
        START - timedelta(days=7),
        "c@adler.example",
        "b@h.example",
    ),
]
NEWEST = "z@adler.example"


def day(number: float) -> str:
    return f"{START + timedelta(days=number):%Y-%m-%d}"


def fresh_until(number: float) -> Letter:
    """A note to oneself up to which the records reach."""
    at = START + timedelta(days=number)
    return Letter(OWNER, OWNER, "Note", "To myself.\n", at, f"{number}{NEWEST}")


def take_in(desk: Desk, place: Path, received: list[Letter], sent: list[Letter]) -> None:
    write_mbox(place / "Inbox.mbox", [BEFORE[1], *received])
    write_mbox(place / "Sent.mbox", [BEFORE[0], BEFORE[2], *sent])
    desk.takes_in(place)
    desk.run("me", "kim@adler.example")


def step_of(desk: Desk, number: float) -> dict[str, Any]:
    (found,) = desk.asks("next", "--as-of", day(number))
    return dict(found)


class TestPromised:
    def test_what_they_promised_and_let_pass_is_brought_up_by_its_day(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        take_in(desk, tmp_path / "mail", [PROMISED], [ASKED, fresh_until(60)])

        found = step_of(desk, 61)

        assert found["state"] == "quiet"
        assert found["step"]["says"] == "Remind them gently of “Slip rails” (7 Mar)"
        assert found["step"]["why"][0].startswith("Promised for 7 Mar; nothing came, ")
        assert found["step"]["form"] == "reminder"

    def test_the_letter_names_what_was_promised_and_answers_its_thread(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        take_in(desk, tmp_path / "mail", [PROMISED], [ASKED, fresh_until(60)])

        words = ("--as", "reminder", "--print", "--language", "en", "--as-of", day(61))
        draft = desk.asks("draft", "Dana Reyes", *words)

        planned = '- "Slip rails", which your note of 3 March planned for 7 March\n'
        assert planned in draft["body"]
        assert "quote" not in draft["body"]  # nobody's words are thrown back at them
        assert draft["reply_to"] == PROMISED.message_id
        assert draft["findings"] == []


class TestAgreed:
    """What was agreed in a talk is followed like a promise in a mail."""

    @pytest.fixture
    def noted(self, desk: Desk, tmp_path: Path) -> Desk:
        take_in(desk, tmp_path / "mail", [TOLD], [ASKED, fresh_until(2)])
        notes = tmp_path / "notes.txt"
        notes.write_text(f"Dana: quote for the slip rails by {day(10)}\n", "utf-8")
        desk.asks("recap", "Dana Reyes", "--notes", notes, "--yes", "--as-of", day(2))
        return desk

    def later(self, desk: Desk, place: Path, *letters: Letter) -> None:
        desk.takes_in(write_mbox(place / "more" / "later.mbox", letters))

    def test_their_step_is_waited_for_until_its_day(self, noted: Desk) -> None:
        found = step_of(noted, 3)

        assert found["state"] == "on track"
        assert found["step"]["kind"] == "wait"
        assert "Wait for theirs, by 13 Mar: “quote for the slip rails”" in found["step"]["says"]

    def test_what_was_agreed_stands_on_the_morning_page_before_its_day(self, noted: Desk) -> None:
        (promise,) = noted.asks("today", "--as-of", day(4))["promises"]
        assert (promise["what"], promise["due_on"]) == ("quote for the slip rails", day(10))

    def test_after_its_day_it_is_awaited_as_an_answer_is(self, noted: Desk, tmp_path: Path) -> None:
        self.later(noted, tmp_path, fresh_until(60))

        (matter,) = noted.asks("quiet", "--as-of", day(61))["quiet"]
        assert matter["promised_on"] == day(10)
        assert step_of(noted, 61)["step"]["why"][0].startswith("Promised for 13 Mar; nothing came")

    def test_with_what_was_agreed_in_hand_nothing_is_awaited(
        self, noted: Desk, tmp_path: Path
    ) -> None:
        came = QUOTE._replace(at=START + timedelta(days=8))
        self.later(noted, tmp_path, came, fresh_until(60))

        (promise,) = noted.asks("promises", "--all", "--as-of", day(61))["promises"]
        assert (promise["state"], promise["shown"]["message_id"]) == ("kept", QUOTE.message_id)
        assert noted.asks("quiet", "--as-of", day(61))["quiet"] == []
        assert noted.asks("next", "--as-of", day(61)) == []

    def test_a_plan_whose_only_step_is_done_early_is_done(
        self, noted: Desk, tmp_path: Path
    ) -> None:
        self.later(noted, tmp_path, QUOTE._replace(at=START + timedelta(days=8)), fresh_until(9))
        assert noted.asks("next", "--as-of", day(9)) == []

    def test_after_the_records_end_it_has_not_lapsed(self, noted: Desk) -> None:
        (promise,) = noted.asks("promises", "--all", "--as-of", day(90))["promises"]
        assert (promise["state"], promise["is_unseen"]) == ("open", True)


class TestAnswered:
    """Dated steps are asked for while an answer is fresh, and not for what was settled by it."""

    @pytest.fixture
    def answered(self, desk: Desk, tmp_path: Path) -> Desk:
        late = TOLD._replace(at=START + timedelta(days=20))
        take_in(desk, tmp_path / "mail", [late], [ASKED, fresh_until(39), fresh_until(89)])
        return desk

    def test_soon_after_their_answer_dated_steps_are_proposed(self, answered: Desk) -> None:
        assert step_of(answered, 40)["step"]["kind"] == "agree"

    def test_long_after_it_nothing_is_left_to_plan(self, answered: Desk) -> None:
        assert answered.asks("next", "--as-of", day(90)) == []


class TestCalls:
    def test_calls_that_found_nobody_are_followed_by_a_note(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        answered = answer_to(ASKED, DANA, text="Yes, here is the quote.\n")
        take_in(desk, tmp_path / "mail", [answered], [ASKED, fresh_until(90)])
        for number in (20, 30, 40):
            desk.asks("log", "called", "Dana Reyes", "--no-answer", "--on", day(number))

        found = step_of(desk, 91)

        assert found["step"]["form"] == "reminder"
        assert found["step"]["says"].startswith("Remind them gently of your call of ")
        assert "3 calls found no answer; a note is the other way." in found["step"]["why"]
        words = ("--as", "reminder", "--print", "--language", "en", "--as-of", day(91))
        assert "- my call of 23 March\n" in desk.asks("draft", "Dana Reyes", *words)["body"]


def test_meetings_within_the_owners_own_house_need_no_recap(desk: Desk, tmp_path: Path) -> None:
    calendar = tmp_path / "mail" / "weekly.ics"
    take_in(desk, tmp_path / "mail", [PROMISED], [ASKED])
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\n"
        "UID:weekly@adler.example\r\nDTSTAMP:20250301T090000Z\r\n"
        "DTSTART:20250304T090000Z\r\nDTEND:20250304T100000Z\r\nSUMMARY:Pipeline\r\n"
        "ORGANIZER:mailto:kim@adler.example\r\n"
        "ATTENDEE;CN=Ute Moss;PARTSTAT=ACCEPTED:mailto:ute@adler.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        "utf-8",
    )
    desk.takes_in(calendar)

    assert desk.asks("today", "--as-of", day(2))["recap"] == []
    found = desk.asks("meetings", "--as-of", day(2))
    assert (found["held"], found["within_house"]) == ([], 1)
    assert "1 meeting within your own house left out" in desk.run("meetings", "--as-of", day(2)).out
    assert len(desk.asks("meetings", "ute@adler.example", "--as-of", day(2))["held"]) == 1


def test_steps_are_the_same_before_and_after_all_words_were_read(
    desk: Desk, tmp_path: Path
) -> None:
    take_in(desk, tmp_path / "mail", [PROMISED], [ASKED, fresh_until(1)])

    def plan() -> Any:
        (found,) = desk.asks("triage", "--all", "--as-of", day(1))["engagements"]
        return found["course"]["plan"]

    read_for_itself = plan()
    desk.asks("promises", "--as-of", day(1))  # reads the words of everything
    assert plan() == read_for_itself != []
    assert [one["owed_by"] for one in plan()] == ["contact"]
