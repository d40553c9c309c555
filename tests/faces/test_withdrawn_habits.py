"""A question taken back says nothing of how somebody answers: it is left out from then on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gonequiet.app.alike import Alike
from gonequiet.app.believing import as_waits
from gonequiet.app.records import WaitColumns
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

HOUR, DAY = 3_600, 86_400


def asked(number: int) -> Letter:
    at = START + timedelta(days=number * 3)
    name = f"q{number}@adler.example"
    return Letter(OWNER, DANA, f"Matter {number}", f"Could you send plan {number}?\n", at, name)


def letters() -> list[Letter]:
    """Three questions that were answered, and one that was taken back after an hour."""
    answered = [
        answer_to(asked(one), DANA, text="Yes, of course.\n", message_id=f"a{one}@harbour.example")
        for one in range(3)
    ]
    over = answer_to(asked(3), OWNER, hours=1, text="Never mind, found it.\n")._replace(to=DANA)
    later = Letter(DANA, OWNER, "News", "We moved.\n", START + timedelta(days=40), "n@h.example")
    return [*map(asked, range(4)), *answered, over, later]


@pytest.fixture
def known(desk: Desk, tmp_path: Path) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "mail" / "All.mbox", letters()))
    desk.run("me", "kim@adler.example")
    return desk


def habit(desk: Desk, moment: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.asks("show", "Dana Reyes", "--as-of", moment)["their_habit"]
    return found


def test_a_question_taken_back_does_not_count_in_how_they_answer(known: Desk) -> None:
    assert (habit(known, "2025-04-20")["waits"], habit(known, "2025-04-20")["answered"]) == (3, 3)


def test_until_it_was_taken_back_it_did(known: Desk) -> None:
    assert habit(known, "2025-03-12T10:00Z")["waits"] == 4


def columns(*rows: tuple[int, int | None, int | None]) -> WaitColumns:
    """Waits from (sent, replied after, withdrawn after)."""
    plain = {name: [0] * len(rows) for name in WaitColumns._fields}
    sent, replied, withdrawn = (list(column) for column in zip(*rows, strict=True))
    return WaitColumns(
        **{
            **plain,
            "message": list(range(len(rows))),
            "expects_answer": [1] * len(rows),
            "sent_at": sent,
            "replied_after": replied,
            "withdrawn_after": withdrawn,
        }
    )


WAITS = columns((0, None, None), (0, 3 * DAY, None), (0, None, HOUR), (0, HOUR, DAY))


def test_the_model_learns_nothing_of_it_from_then_on() -> None:
    waits = as_waits(WAITS, ([], []), 90 * DAY)

    assert waits.known_at(90.0 * DAY).covered.tolist() == [True, True, False, True]
    assert waits.known_at(60.0).covered.tolist() == [True] * 4
    assert np.isinf(waits.known_at(60.0).replied_after).all()


def test_it_is_no_silence_others_are_compared_with() -> None:
    alike = Alike(WAITS, 90 * DAY, 30)
    assert alike.count(DAY) == (2, 1)  # the one never answered, and the one answered on day three
