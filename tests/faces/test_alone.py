"""A quiet matter that stands alone: in no engagement, or beside one that goes on without it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faces.test_next_steps import day, fresh_until, take_in
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, answer_to

LATER = Letter(
    OWNER,
    DANA,
    "Window frames",
    "Could you quote us for the window frames?\n",
    START + timedelta(days=150),
    "frames@adler.example",
)
AGAIN = LATER._replace(
    subject="Re: Window frames",
    text="May I ask once more for the window frames?\n",
    at=START + timedelta(days=170),
    message_id="frames-again@adler.example",
    answers=LATER.message_id,
)
UNKNOWN = LATER._replace(to=TOMAS, message_id="unknown@adler.example")
NOW = 200


@pytest.fixture
def alone(desk: Desk, tmp_path: Path) -> Desk:
    """Dana answered in spring, and a new letter months later lies unanswered."""
    take_in(desk, tmp_path / "mail", [], [LATER, fresh_until(NOW)])
    return desk


def steps(desk: Desk, number: float = NOW + 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.asks("next", "--as-of", day(number))
    return found


def test_who_answered_before_is_reminded_although_nothing_stands_around_it(alone: Desk) -> None:
    (found,) = steps(alone)

    assert (found["contact"], found["name"], found["state"]) == (
        "Dana Reyes",
        "Window frames",
        "quiet",
    )
    assert found["step"]["says"] == "Remind them gently of “Window frames” (31 Jul)"
    assert found["step"]["why"][-1] == "They were last in touch on 23 Feb."
    assert found["message_ids"] == [LATER.message_id]
    assert alone.asks("today", "--as-of", day(NOW + 1))["quiet_besides"] == 0


def test_it_stands_on_the_morning_page_and_has_a_draft(alone: Desk) -> None:
    page = alone.run("today", "--as-of", day(NOW + 1)).words
    assert "Dana Reyes: remind them gently of “Window frames” (31 Jul)" in page

    draft = alone.asks("draft", "Dana Reyes", "--as", "reminder", "--print", "--as-of", day(201))
    assert "Window frames" in draft["body"]
    assert (draft["reply_to"], draft["doubts"]) == (LATER.message_id, [])


def test_nobody_who_never_answered_is_written_to_again(desk: Desk, tmp_path: Path) -> None:
    take_in(desk, tmp_path / "mail", [], [UNKNOWN, fresh_until(NOW)])

    assert len(desk.asks("quiet", "--as-of", day(NOW + 1))["quiet"]) == 1
    assert steps(desk) == []
    page = desk.run("today", "--as-of", day(NOW + 1)).words
    assert "1 matter is quiet and left alone: nothing was ever heard there" in page


def test_its_attempts_count_towards_the_cap(
    alone: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_PERSISTENCE_CAP", "1")
    take_in(alone, tmp_path / "more", [], [LATER, AGAIN, fresh_until(NOW + 2)])

    (found,) = steps(alone, NOW + 3)
    assert (found["attempts"], found["cap"], found["step"]["kind"]) == (1, 1, "close")
    said = alone.asks("draft", "Dana Reyes", "--as", "reminder", "--print", "--as-of", day(203))
    assert "you set 1 as enough" in said["doubts"][0]


def test_after_an_attempt_the_quiet_gap_is_kept(alone: Desk, tmp_path: Path) -> None:
    late = AGAIN._replace(at=START + timedelta(days=199))
    take_in(alone, tmp_path / "more", [], [LATER, late, fresh_until(NOW)])

    assert all(one["step"]["not_before"] >= day(206) for one in steps(alone))


def test_patience_is_spoken_of_only_where_it_moves_the_moment(alone: Desk, tmp_path: Path) -> None:
    words = ("--says", "always came back", "--by", "Greg Hale", "--leaning", "reliable")
    alone.asks("reference", "Dana Reyes", *words, "--on", day(100))
    (found,) = steps(alone)
    assert not any("more time" in one for one in found["step"]["why"])

    late = AGAIN._replace(at=START + timedelta(days=192))
    take_in(alone, tmp_path / "more", [], [LATER, late, fresh_until(NOW)])
    (found,) = steps(alone)
    assert "Greg Hale told you they are reliable: they are left more time." in found["step"]["why"]


@pytest.mark.parametrize("word", ["freeze", "close", "keep-warm", "dismiss"])
def test_what_the_owner_lets_rest_is_let_rest_until_it_is_taken_back(
    alone: Desk, word: str
) -> None:
    key = steps(alone)[0]["engagement"]
    alone.asks("engagements", word, key, "--as-of", day(NOW + 1))

    acts = [one for one in steps(alone) if one["step"]["kind"] not in {"rest", "wait"}]
    assert acts == []
    alone.asks("undo")
    assert [one["engagement"] for one in steps(alone)] == [key]


def test_what_was_said_of_it_holds_when_they_come_back(alone: Desk, tmp_path: Path) -> None:
    key = steps(alone)[0]["engagement"]
    alone.asks("engagements", "name", key, "The new windows", "--as-of", day(NOW + 1))
    answer = answer_to(LATER, DANA, text="The quote comes.\n")._replace(
        at=START + timedelta(days=202)
    )
    take_in(alone, tmp_path / "more", [answer], [fresh_until(NOW + 3)])

    listed = {one["key"]: one["name"] for one in alone.asks("engagements", "--as-of", day(204))}
    assert listed[key] == "The new windows"


def test_it_is_shown_with_its_course(alone: Desk) -> None:
    key = steps(alone)[0]["engagement"]
    shown = alone.run("engagements", "show", key, "--as-of", day(NOW + 1)).words

    assert "went quiet: now quiet (no answer to 'Window frames')" in shown


LEE = "Lee Ostrow <lee.ostrow@harbour.example>"


def test_who_is_silent_beside_an_engagement_that_goes_on_is_reminded(
    desk: Desk, tmp_path: Path
) -> None:
    """The lead writes on; a colleague of theirs leaves a question of its own unanswered."""
    to_lee = Letter(OWNER, LEE, "Fire doors", "Do you have the fire doors?\n", START, "d@a.example")
    to_lee = to_lee._replace(cc=DANA)  # Lee is one of theirs, and Dana writes on
    from_lee = answer_to(to_lee, LEE, text="Yes, we have.\n")
    asked = to_lee._replace(
        cc="",
        subject="Certificate",
        text="Could you send the certificate, please?\n",
        at=START + timedelta(days=2),
        message_id="certificate@adler.example",
    )
    talk = [
        Letter(
            DANA, OWNER, f"Frames {one}", "Delivered.\n", START + timedelta(days=one * 5)
        )._replace(message_id=f"talk{one}@harbour.example")
        for one in range(1, 12)
    ]
    take_in(desk, tmp_path / "mail", [from_lee, *talk], [to_lee, asked, fresh_until(60)])

    def lees() -> list[dict[str, Any]]:
        return [one for one in steps(desk, 61) if one["contact"] == "Lee Ostrow"]

    (found,) = lees()
    assert found["step"]["says"] == "Remind them gently of “Certificate” (5 Mar)"
    listed = {one["key"] for one in desk.asks("engagements", "--as-of", day(61))}
    assert found["engagement"] not in listed  # it goes by a key of its own
    shown = desk.run("engagements", "show", found["engagement"], "--as-of", day(61)).words
    assert "now quiet (no answer to 'Certificate')" in shown
    refused = desk.run("engagements", "name", found["engagement"], "Papers", "--as-of", day(61))
    assert (refused.code, "Make it one of its own first" in refused.words) == (2, True)

    (whole,) = desk.asks("triage", "--all", "--as-of", day(61))["engagements"]
    assert whole["course"]["state"] == "in rhythm"
    for key in (found["engagement"], whole["key"]):
        desk.asks("engagements", "close", key, "--as-of", day(61))
        assert lees() == []
        desk.asks("undo")
        assert lees() == [found]
    desk.asks("engagements", "close", found["engagement"], "--as-of", day(61))
    (still,) = desk.asks("triage", "--all", "--as-of", day(61))["engagements"]
    assert still["course"]["state"] == whole["course"]["state"]
