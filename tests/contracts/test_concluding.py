"""Conclusions drawn bit by bit are those drawn at once, in whatever order the mail came."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from tests.support.channel_pieces import Piece, add_channel_piece, channel_pieces
from tests.support.desk import Desk
from tests.support.mailboxes import FOLDERS, Copy, add_piece, mailboxes

# Every example is several imports: shrinking one that fails would take minutes.
FEW = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@contextmanager
def two_desks() -> Iterator[tuple[Path, Desk, Desk]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "mail"
        root.mkdir()
        desks = [Desk(Path(folder) / name / "records.db") for name in ("one", "other")]
        yield root, desks[0], desks[1]


def assert_same_in_pieces_and_at_once(
    copies: Sequence[Copy], *owner: str, others: Sequence[Piece] = ()
) -> None:
    with two_desks() as (root, in_pieces, at_once):
        for number, piece in enumerate(sorted({*_pieces(copies), *_pieces(others)})):
            add_piece(root, copies, piece)
            add_channel_piece(root, others, piece)
            in_pieces.takes_in(root)
            if owner and number == 0:
                in_pieces.asks("me", *owner)
        at_once.takes_in(root)
        if owner:
            at_once.asks("me", *owner)
        assert_alike(in_pieces, at_once)
        assert in_pieces.asks("verify") == {"sound": True, "findings": []}


def _pieces(found: Sequence[Copy] | Sequence[Piece]) -> set[int]:
    return {one.piece for one in found}


def assert_alike(one: Desk, other: Desk) -> None:
    """Both say the same, but for when the owner said something."""
    said, otherwise = (lines_of(desk) for desk in (one, other))
    assert sorted(said - otherwise) == sorted(otherwise - said)


def lines_of(desk: Desk) -> set[str]:
    return {line for line in desk.export().splitlines() if '"kind": "edit"' not in line}


def add_all(root: Path, copies: Sequence[Copy]) -> list[Path]:
    for piece in range(3):
        add_piece(root, copies, piece)
    return [file for name in FOLDERS if (file := root / f"{name}.mbox").exists()]


@FEW
@given(mailboxes())
def test_folders_named_in_another_order_say_the_same(copies: list[Copy]) -> None:
    with two_desks() as (root, one, other):
        files = add_all(root, copies)
        one.takes_in(*files)
        other.takes_in(*reversed(files))
        assert_alike(one, other)


@FEW
@given(mailboxes())
def test_folders_imported_one_by_one_say_the_same_in_any_order(copies: list[Copy]) -> None:
    with two_desks() as (root, one, other):
        files = add_all(root, copies)
        for desk, ordered in ((one, files), (other, files[::-1])):
            for file in ordered:
                desk.takes_in(file)
            desk.asks("me", "kim@adler.example")
        assert_alike(one, other)


@FEW
@given(mailboxes(most_folders=1))
def test_letters_read_in_pieces_give_what_they_give_at_once(copies: list[Copy]) -> None:
    assert_same_in_pieces_and_at_once(copies)


@FEW
@given(mailboxes())
def test_copies_that_come_later_give_what_they_give_at_once(copies: list[Copy]) -> None:
    assert_same_in_pieces_and_at_once(copies, "kim@adler.example")


@FEW
@given(mailboxes(), channel_pieces())
def test_calls_meetings_and_cards_in_pieces_give_what_they_give_at_once(
    copies: list[Copy], others: list[Piece]
) -> None:
    assert_same_in_pieces_and_at_once(copies, "kim@adler.example", others=others)


@FEW
@given(mailboxes(), channel_pieces())
def test_cards_and_meetings_alone_propose_no_owner_and_lose_nothing(
    copies: list[Copy], others: list[Piece]
) -> None:
    assert_same_in_pieces_and_at_once(copies, others=others)
