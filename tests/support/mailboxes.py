"""Small mailboxes of every shape, for properties that must hold whatever is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, append_mbox

DANA_AWAY = "Dana Reyes <dana@private.example>"
DANA_OTHER = "Dana Reyes <d.reyes@harbour.example>"
COLLEAGUE = "Lee Ward <lee.ward@harbour.example>"
MACHINE = "Harbour <no-reply@harbour.example>"
POSTMASTER = "Mail Delivery System <mailer-daemon@adler.example>"
LIST = "boats@lists.example.org"
CAST = (OWNER, DANA, DANA_OTHER, COLLEAGUE, TOMAS, DANA_AWAY, MACHINE, LIST)
FOLDERS = ("Inbox", "Sent", "Archive")
SUBJECTS = ("Draft agreement", "Keys", "", "Invoice 12")
OPENINGS = (
    "Could you send the signed copy by Friday?",
    "Thanks, that is all for now.",
    "Shall we meet at the yard? Please name a day.",
    "The drawings are with the printer since this morning, and the plan as well.",
    "",
)


class Copy(NamedTuple):
    """A letter in a folder, and with which piece of the mailbox it comes in."""

    letter: Letter
    folder: str
    piece: int


class Draft(NamedTuple):
    """What is drawn of one letter before it is written out."""

    sender: int
    to: int
    cc: int
    subject: int
    opening: int
    answers: int
    hides_headers: bool
    quotes: bool
    gap_hours: int
    kind: str
    arrived: bool
    folders: tuple[tuple[str, int], ...]


_KINDS = ("personal",) * 6 + ("list", "out of office", "bounce")

_drafts = st.builds(
    Draft,
    sender=st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5, 6)),
    to=st.integers(0, len(CAST) - 1),
    cc=st.sampled_from((-1, -1, -1, *range(len(CAST)))),
    subject=st.integers(0, len(SUBJECTS) - 1),
    opening=st.integers(0, len(OPENINGS) - 1),
    answers=st.integers(0, 4),
    hides_headers=st.booleans(),
    quotes=st.booleans(),
    gap_hours=st.integers(-40, 400),
    kind=st.sampled_from(_KINDS),
    arrived=st.booleans(),
    folders=st.lists(
        st.tuples(st.sampled_from(FOLDERS), st.integers(0, 2)),
        min_size=1,
        max_size=2,
        unique_by=lambda found: found[0],
    ).map(tuple),
)


def mailboxes(*, most_folders: int = 2, stamped: bool = False) -> st.SearchStrategy[list[Copy]]:
    """Makes mailboxes.

    Args:
        most_folders: how many folders one letter may lie in.
        stamped: copies that came by a server may say so, and differ in that from those that left.
    """

    def narrowed(one: Draft) -> Draft:
        return one._replace(folders=one.folders[:most_folders], arrived=one.arrived and stamped)

    return st.lists(_drafts.map(narrowed), min_size=1, max_size=14).map(_written)


def _written(drafts: Sequence[Draft]) -> list[Copy]:
    letters: list[Letter] = []
    copies: list[Copy] = []
    for number, draft in enumerate(drafts):
        earlier = letters[-draft.answers] if 0 < draft.answers <= len(letters) else None
        letters.append(_letter(number, draft, earlier))
        copies += [
            Copy(_in_folder(letters[-1], folder, arrived=draft.arrived), folder, piece)
            for folder, piece in draft.folders
        ]
    return copies


def _in_folder(letter: Letter, folder: str, *, arrived: bool) -> Letter:
    """Returns the copy of a letter in a folder; what came by a server says so."""
    if folder == "Sent" or not arrived:
        return letter
    stamp = f"Received: from far.example by near.example; {letter.at:%a, %d %b %Y %H:%M:%S} +0000"
    return letter._replace(extra=(stamp, *letter.extra))


def _letter(number: int, draft: Draft, earlier: Letter | None) -> Letter:
    sender, to = CAST[draft.sender], CAST[draft.to]
    subject, text = SUBJECTS[draft.subject], OPENINGS[draft.opening] + "\n"
    at, answers = START + timedelta(hours=24 * number + draft.gap_hours), ""
    if earlier is not None:
        to, subject = earlier.sender, f"Re: {earlier.subject.removeprefix('Re: ')}"
        at = earlier.at + timedelta(hours=abs(draft.gap_hours) + 1)
        answers = "" if draft.hides_headers else earlier.message_id
        if draft.quotes:
            text += f"\nOn an earlier day {earlier.sender} wrote:\n> {earlier.text.strip()}\n"
    # No two letters lie whole or half hours apart: with equal words they would count as copies.
    at = at.replace(minute=0) + timedelta(seconds=128 * number)
    letter = Letter(sender, to, subject, text, at, f"n{number}@made.example", answers)
    if draft.cc >= 0:
        letter = letter._replace(cc=CAST[draft.cc])
    return _of_kind(letter, draft.kind, earlier)


def _of_kind(letter: Letter, kind: str, earlier: Letter | None) -> Letter:
    if kind == "list":
        extra = ("List-Id: <boats.lists.example.org>", f"List-Post: <mailto:{LIST}>")
        return letter._replace(extra=extra, to=letter.to if letter.cc else LIST)
    if kind == "out of office":
        return letter._replace(
            extra=("Auto-Submitted: auto-replied",),
            subject=f"Automatic reply: {letter.subject}",
            text=f"I am away and will be back on {letter.at + timedelta(days=9):%d %B %Y}.\n",
        )
    if kind == "bounce" and earlier is not None:
        failed = earlier.to.rpartition("<")[2].rstrip(">")
        return letter._replace(
            sender=POSTMASTER,
            to=OWNER,
            subject="Undelivered Mail Returned to Sender",
            text=f"I could not deliver your message to <{failed}>: no such user here.\n",
            extra=("Auto-Submitted: auto-replied",),
        )
    return letter


def add_piece(root: Path, copies: Sequence[Copy], piece: int) -> None:
    """Appends the letters of one piece to the folders they lie in."""
    for copy in copies:
        if copy.piece == piece:
            append_mbox(root / f"{copy.folder}.mbox", [copy.letter])
