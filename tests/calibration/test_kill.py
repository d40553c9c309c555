"""An import killed at fifty random moments, and pieces of mailboxes by the hundred."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.contracts.test_concluding import FEW, assert_same_in_pieces_and_at_once
from tests.support.desk import Desk
from tests.support.faults import mixed_mailbox, stopped_imports
from tests.support.fixtures import at_home
from tests.support.mailboxes import Copy, mailboxes

__all__ = ["at_home"]

pytestmark = pytest.mark.slow


def test_an_import_killed_at_fifty_moments_comes_to_the_same_end(tmp_path: Path) -> None:
    root = mixed_mailbox(tmp_path / "mail", 1_500)
    undisturbed = Desk(tmp_path / "undisturbed" / "records.db")
    undisturbed.takes_in(root)
    expected, times = undisturbed.export(), 0
    for desk, exported in stopped_imports(root, tmp_path, times=50, number=signal.SIGKILL, seed=50):
        times += 1
        assert exported == expected
        assert desk.asks("verify") == {"sound": True, "findings": []}
    assert times == 50


@settings(parent=FEW, max_examples=80)
@given(mailboxes())
def test_mailboxes_read_in_pieces_give_what_they_give_at_once(copies: list[Copy]) -> None:
    assert_same_in_pieces_and_at_once(copies, "kim@adler.example")
