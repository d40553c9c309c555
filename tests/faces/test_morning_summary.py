"""The line above the morning page says what stands below it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.faces.test_next_steps import day, fresh_until, take_in
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to


def test_answers_that_are_not_late_yet_are_named_above_as_they_stand_below(
    desk: Desk, tmp_path: Path
) -> None:
    asked = Letter(
        DANA,
        OWNER,
        "Oak or ash",
        "Which would you like, oak or ash?\n",
        START + timedelta(days=20),
        "which@harbour.example",
    )
    earlier = asked._replace(
        subject="Nails", at=START + timedelta(days=2), message_id="nails@harbour.example"
    )
    given = answer_to(earlier, OWNER, hours=50, text="The short ones, please.\n")
    take_in(desk, tmp_path / "mail", [earlier, asked], [given, fresh_until(20.003)])

    page = desk.run("today", "--as-of", f"{day(20)}T09:40Z").out
    assert page.splitlines()[1] == "1 answer to give"
    assert "Dana Reyes: Oak or ash" in page.partition("Waiting for your answer")[2]
