"""A1, A3 on every channel: what is taken away changes verdicts, or makes them provisional."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from gonequiet.cli.entry import run


def asked(db: Path, as_of: str, *words: str) -> Any:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run([*words, "--json", "--db", str(db)] + (["--as-of", as_of] if as_of else []))
    assert code in (0, 1), out.getvalue()
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def without(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo persona's year with one channel left out."""
    parts = {"mail": place / "mail", "calendar": place / "calendar", "cards": place / "contacts"}
    made = {}
    for left_out in ("calendar", "cards"):
        db = tmp_path_factory.mktemp(left_out) / "records.db"
        asked(db, "", "import", *(str(path) for name, path in parts.items() if name != left_out))
        asked(db, "", "me", "clara@brandtfield.example", "clara.brandt@brandtfield.example")
        made[left_out] = db
    return made


def test_without_the_calendar_nobody_is_met_and_verdicts_say_so(
    place: Path, without: dict[str, Path], truth: dict[str, Any]
) -> None:
    whole = asked(place / "demo.db", truth["as_of"], "quiet")
    less = asked(without["calendar"], truth["as_of"], "quiet")
    assert "meetings" not in whole["unread"]
    assert "meetings" in less["unread"]
    met = whole["set_aside"]["answered_on_another_channel"]
    assert met > less["set_aside"].get("answered_on_another_channel", 0)
    assert asked(without["calendar"], truth["as_of"], "meetings")["held"] == []


def test_without_the_cards_one_person_falls_apart_into_two(
    place: Path, without: dict[str, Path], truth: dict[str, Any]
) -> None:
    moved = [one for one in truth["identities"] if one["why"] == "new employer"]
    assert moved
    for db, joined in ((place / "demo.db", 1), (without["cards"], 2)):
        contacts = asked(db, "", "contacts", "--all")
        of_address = {
            known["address"]: one["key"] for one in contacts for known in one["addresses"]
        }
        for one in moved:
            assert len({of_address[address] for address in one["addresses"]}) == joined


def test_a_channel_that_ends_early_makes_the_verdict_on_its_people_provisional(
    place: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    from tests.support.channels import calls_xml

    silent = truth["silences"][0]
    db = tmp_path / "records.db"
    db.write_bytes((place / "demo.db").read_bytes())
    (tmp_path / "calls.xml").write_bytes(calls_xml(3))
    asked(db, "", "import", str(tmp_path / "calls.xml"))
    asked(db, "", "merge", silent["addresses"][0], "tel:+493055501000")
    found = asked(db, truth["as_of"], "quiet")
    provisional = {one["contact"]: one["provisional"] for one in found["quiet"]}
    assert "calls only until" in provisional[silent["contact"]]
    assert sum(bool(why) for why in provisional.values()) == 1
