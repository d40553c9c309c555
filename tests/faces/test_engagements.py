"""Engagements by the command line: the owner's word outlives imports, and rests are respected."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, append_mbox, write_mbox


def letter(number: int, day: float, text: str, *, by: str = OWNER, subject: str = "") -> Letter:
    other = DANA if by == OWNER else OWNER
    return Letter(
        sender=by,
        to=other,
        subject=subject or f"Crane hire {number}",
        text=f"{text}\n",
        at=START + timedelta(days=day),
        message_id=f"c{number}@made.example",
    )


ASKED = letter(1, 0, "Could you tell me whether the crane is free in June?")
ANSWERED = letter(2, 1, "It is free. Which week do you need it in?", by=DANA)
AGAIN = letter(3, 2, "Could you hold the second week for us, please?")
LATER = letter(4, 30, "Could you tell me what the second crane would cost?")
ELSEWHERE = Letter(
    sender=TOMAS,
    subject="Survey of the north field",
    text="Could you let me have the drawings?\n",
    at=START + timedelta(days=3),
    message_id="t1@made.example",
)
SENT = Letter(
    sender=OWNER,
    to=TOMAS,
    subject="Re: Survey of the north field",
    text="They are on their way.\n",
    at=START + timedelta(days=4),
    message_id="t2@made.example",
    answers="t1@made.example",
)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    rows = (ASKED, ANSWERED, AGAIN, ELSEWHERE, SENT)
    return write_mbox(tmp_path / "mail" / "all.mbox", rows)


@pytest.fixture
def known(desk: Desk, box: Path) -> Desk:
    desk.takes_in(box)
    desk.asks("me", "kim@adler.example")
    return desk


def engagements(desk: Desk) -> dict[str, dict[str, Any]]:
    return {one["organisation"]: one for one in desk.asks("engagements")}


def course(desk: Desk, organisation: str, day: float) -> dict[str, Any]:
    as_of = (START + timedelta(days=day)).isoformat()
    found = desk.asks("engagements", "show", key(desk, organisation), "--as-of", as_of)
    course: dict[str, Any] = found["course"]
    return course


def key(desk: Desk, organisation: str) -> str:
    return str(engagements(desk)[organisation]["key"])


def at(day: float) -> tuple[str, str]:
    return "--as-of", (START + timedelta(days=day)).isoformat()


def told(desk: Desk, *tokens: str) -> str:
    answer = desk.run(*tokens)
    assert answer.code == 2, answer
    return answer.err


def test_each_house_is_an_engagement(known: Desk) -> None:
    assert engagements(known).keys() == {"harbour.example", "birch.example"}


def test_a_name_outlives_an_import_a_new_beginning_and_another_database(
    known: Desk, box: Path, tmp_path: Path
) -> None:
    known.asks("engagements", "name", key(known, "harbour.example"), "The  harbour crane")
    before = engagements(known)["harbour.example"]
    append_mbox(box, [letter(9, -20, "Do you hire out cranes?"), LATER])
    known.takes_in(box)
    after = engagements(known)["harbour.example"]

    assert before["name"] == after["name"] == "The harbour crane"
    assert before["key"] == after["key"]
    assert len(after["message_ids"]) == len(before["message_ids"]) + 2
    assert known.run("verify").code == 0


def test_a_split_and_a_merge_are_taken_back_one_by_one(known: Desk) -> None:
    harbour, birch = key(known, "harbour.example"), key(known, "birch.example")
    known.asks("engagements", "split", harbour, "hire 3")
    assert len(known.asks("engagements")) == 3
    known.asks("engagements", "merge", harbour, birch)
    assert len(known.asks("engagements")) == 2
    known.asks("undo")
    assert len(known.asks("engagements")) == 3
    known.asks("undo")
    assert len(known.asks("engagements")) == 2


def test_what_is_no_engagement_is_dismissed_and_comes_back_with_undo(known: Desk) -> None:
    known.asks("engagements", "dismiss", key(known, "birch.example"))
    assert "birch.example" not in engagements(known)
    known.asks("undo")
    assert "birch.example" in engagements(known)


def test_what_cannot_be_done_says_what_can(known: Desk) -> None:
    harbour = key(known, "harbour.example")

    assert "consulting" in told(known, "engagements", "kind", harbour, "hobby")
    assert "gonequiet engagements name KEY" in told(known, "engagements", "name", harbour)
    assert "lists them with their keys" in told(known, "engagements", "show", "nobody")
    assert "'gonequiet engagements show'" in told(known, "engagements", "split", harbour, "moon")
    assert "two different" in told(known, "engagements", "merge", harbour, harbour)
    assert "There is: nothing" in told(known, "engagements", "confirm", harbour)
    assert "not frozen" in told(known, "engagements", "thaw", harbour)


def test_the_owners_words_are_in_the_export_and_nothing_else_is_new(known: Desk) -> None:
    before = known.export()
    known.asks("engagements", "name", key(known, "harbour.example"), "The harbour crane")
    added = set(known.export().splitlines()) - set(before.splitlines())

    assert len(added) == 1
    assert "The harbour crane" in next(iter(added))


@pytest.mark.parametrize("state", ["keep-warm", "close"])
def test_a_return_is_welcome(known: Desk, box: Path, state: str) -> None:
    known.asks("engagements", state, key(known, "harbour.example"), *at(20))
    append_mbox(box, [letter(5, 40, "Here I am again. Is the crane still wanted?", by=DANA)])
    known.takes_in(box)

    assert not course(known, "harbour.example", 30)["may_reach_out"]
    assert course(known, "harbour.example", 41)["state"] == "in rhythm"
    assert course(known, "harbour.example", 41)["attempts"] == 0


def test_keeping_warm_ends_at_the_first_sign_that_it_is_unwelcome(known: Desk, box: Path) -> None:
    known.asks("engagements", "keep-warm", key(known, "harbour.example"), *at(20))
    touch = letter(5, 100, "Happy new season! No answer needed.")
    stop = letter(6, 101, "Please stop writing to me about cranes.", by=DANA)
    append_mbox(box, [touch, stop])
    known.takes_in(box)

    assert course(known, "harbour.example", 100.5)["state"] == "keep-warm"
    ended = course(known, "harbour.example", 102)
    assert ended["state"] == "closed"
    assert ended["changes"][-1]["event"] == "unwelcome"
    assert not ended["may_reach_out"]


def test_lists_are_read_by_people_too(known: Desk) -> None:
    listed = known.run("engagements")
    shown = known.run("engagements", "show", key(known, "harbour.example"))
    triaged = known.run("triage", "--all", "--as-of", "2025-03-07")

    assert listed.code == shown.code == 0
    assert "Crane hire" in listed.out
    assert "Threads" in shown.out
    assert "How serious it is" in triaged.out
    assert known.run("answered").code == 0


def test_a_mailbox_without_an_engagement_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(write_mbox(tmp_path / "one.mbox", [ANSWERED]))
    desk.asks("me", "kim@adler.example")

    assert "No engagement was found" in desk.run("engagements").out
    assert desk.asks("triage")["engagements"] == []
    assert desk.asks("answered") == []


def test_what_is_taken_back_is_said_in_words(known: Desk) -> None:
    known.asks("engagements", "name", key(known, "harbour.example"), "The harbour crane")

    assert "name The harbour crane" in known.run("undo").out


@pytest.mark.parametrize("as_of", ["1970-01-01", "2999-12-31"])
def test_a_day_far_from_any_record_is_judged_too(known: Desk, box: Path, as_of: str) -> None:
    far = letter(8, 0, "Could you tell me what the crane costs? I will pay by Friday.")
    append_mbox(box, [far._replace(at=far.at.replace(year=9998))])
    known.takes_in(box)
    for command in ("triage", "engagements", "answered"):
        assert known.run(command, "--as-of", as_of).code in (0, 1)


def settings_file(text: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "gonequiet" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_kind_of_ones_own_stands_in_the_settings_file(known: Desk) -> None:
    settings_file(
        '[benchmarks.hire]\nwords = ["crane"]\nmeeting = "3 weeks"\ntangible = "2 interactions"\n'
    )
    as_of = (START + timedelta(days=40)).isoformat()
    harbour = key(known, "harbour.example")
    found = known.asks("engagements", "show", harbour, "--as-of", as_of)

    assert found["kind"] == "hire"
    assert [(one["what"], one["expected"], one["state"]) for one in found["benchmark"]] == [
        ("meeting", "3 weeks", "not known"),
        ("tangible", "2 interactions", "due"),
    ]


@pytest.mark.parametrize(
    "line",
    ['tangible = "soon"', "words = 3", 'counts = ["handshake"]', 'deadline = "3 weeks"'],
)
def test_a_benchmark_that_makes_no_sense_is_refused_with_its_place(known: Desk, line: str) -> None:
    settings_file(f"[benchmarks.hire]\n{line}\n")
    said = told(known, "triage")

    assert "settings.toml" in said
    assert "write" in said
