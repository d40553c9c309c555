"""Notes of a conversation: who does what by when, and what was only discussed."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.language.notes import Doer, NotedStep, read_notes

TUESDAY = date(2026, 5, 5)
NAMES = ("Anna Kern", "Anna", "Kern", "Lea Ost", "Lea", "Frau Ost")


def step_in(line: str) -> NotedStep:
    (step,) = read_notes(line, TUESDAY, NAMES).steps
    return step


@pytest.mark.parametrize(
    ("line", "doer", "what", "day"),
    [
        ("Anna: draft contract by Fri", Doer.NAMED, "draft contract", "2026-05-08"),
        ("- I send the figures tomorrow.", Doer.WRITER, "send the figures", "2026-05-06"),
        ("I'll book the room", Doer.WRITER, "book the room", None),
        ("[ ] me: revised plan, 12 May", Doer.WRITER, "revised plan", "2026-05-12"),
        ("Anna will check with legal by end of next week", Doer.NAMED, "check with legal",
         "2026-05-15"),
        ("Anna to draft the memorandum until next Wed", Doer.NAMED, "draft the memorandum",
         "2026-05-06"),
        ("Lea Ost -> signs the offer by 12 May", Doer.NAMED, "signs the offer", "2026-05-12"),
        ("By Friday Anna sends the plan.", Doer.NAMED, "sends the plan", "2026-05-08"),
        ("they will name two dates", Doer.OTHER, "name two dates", None),
        ("Anna and I meet on 12 May", Doer.BOTH, "meet", "2026-05-12"),
        ("I: invoice by EOM", Doer.WRITER, "invoice", "2026-05-31"),
        ("Anna sends the list by Thu", Doer.NAMED, "sends the list", "2026-05-07"),
        ("ich schicke Frau Ost die Zahlen morgen", Doer.WRITER, "schicke Frau Ost die Zahlen",
         "2026-05-06"),
        ("Frau Ost wird den Termin bis Ende nächster Woche bestätigen", Doer.NAMED,
         "den Termin bestätigen", "2026-05-15"),
        ("wir: überarbeiteter Plan und das Angebot, 12.5.", Doer.WRITER,
         "überarbeiteter Plan und das Angebot", "2026-05-12"),
    ],
)  # fmt: skip
def test_a_line_says_who_does_what_by_when(
    line: str, doer: Doer, what: str, day: str | None
) -> None:
    step = step_in(line)
    assert (step.doer, step.what) == (doer, what)
    assert step.due_on == (None if day is None else date.fromisoformat(day))
    assert step.is_sure


@pytest.mark.parametrize(
    "line",
    [
        "Anna might join the workshop",
        "Anna sends the plan if the board agrees",
        "TODO: ask Jo about licences",
        "Send the slides by Monday",
        "Ben: send slides by Tuesday",
    ],
)
def test_what_is_not_plainly_said_is_to_be_asked_about(line: str) -> None:
    assert not step_in(line).is_sure


@pytest.mark.parametrize(
    "line",
    [
        "price of phase two is fine up to 20k",
        "we agreed on two workshops in June",
        "Budget: 20k by June",
        "Kick-off: in Leeds on 5 June",
        "I won't send the old figures",
        "Is the date fixed by Friday?",
        "Legal will review the contract",
        "I said we might move on",
        "Wir haben uns auf zwei Workshops geeinigt",
        "Ich schicke den alten Plan nicht",
    ],
)
def test_what_was_discussed_stays_as_it_was_written(line: str) -> None:
    read = read_notes(f"- {line}\n", TUESDAY, NAMES)
    assert read.steps == ()
    assert read.points == (line,)


def test_a_name_above_a_list_says_whose_the_items_are() -> None:
    notes = "Anna:\n - collect the signatures by 20 May\n - list open questions\n\nthe venue"
    read = read_notes(notes, TUESDAY, NAMES)
    assert [(one.name, one.what) for one in read.steps] == [
        ("Anna", "collect the signatures"),
        ("Anna", "list open questions"),
    ]
    assert read.points == ("the venue",)


def test_one_line_may_hold_the_steps_of_both_sides() -> None:
    read = read_notes("Anna: contract by Friday; me: figures by Monday", TUESDAY, NAMES)
    assert [(one.doer, str(one.due_on)) for one in read.steps] == [
        (Doer.NAMED, "2026-05-08"),
        (Doer.WRITER, "2026-05-11"),
    ]


def test_headings_and_remarks_are_no_notes() -> None:
    assert read_notes("# With Anna\nNext steps:\n\n", TUESDAY, NAMES) == ((), ())


def test_a_day_that_is_past_is_no_day_something_is_due() -> None:
    assert step_in("Anna: figures of 28 April").due_on is None
