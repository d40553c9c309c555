"""What was agreed in a meeting or a call, as the owner noted it: kept for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gonequiet.domain.commitment import Side, claim_key
from gonequiet.domain.detail import from_text, number_of, text_of
from gonequiet.domain.digests import text_digest
from gonequiet.domain.edit import Edit, EditVerb, active_edits
from gonequiet.domain.moments import DAY


class AgreedStep(NamedTuple):
    """One thing somebody undertook.

    Attributes:
        side: who owes it.
        address: key of the contact it is owed to, or who owes it.
        words: the line of the notes.
        what: the deed in it.
        due_on: the day, None when none was named.
    """

    side: Side
    address: str
    words: str
    what: str
    due_on: date | None


class Agreed(NamedTuple):
    """What one conversation came to.

    Attributes:
        number: of the edit that holds it, 0 before it is kept.
        address: key of the contact it was with.
        at: when it was, UTC epoch seconds.
        title: of the meeting, "" when it had none.
        about: Message-IDs of the meeting and of the mail it belongs to.
        steps: what was undertaken.
    """

    number: int
    address: str
    at: int
    title: str
    about: tuple[str, ...]
    steps: tuple[AgreedStep, ...]

    def as_text(self) -> str:
        """Returns it for the journal."""
        steps = [
            [one.side.value, one.address, one.words, one.what, str(one.due_on or "")]
            for one in self.steps
        ]
        held = {"at": self.at, "title": self.title, "about": list(self.about), "steps": steps}
        return json.dumps(held, ensure_ascii=False, sort_keys=True)

    def key_of(self, step: AgreedStep) -> str:
        """Returns the key of a step in the ledger; the same in every database."""
        talk = text_digest(f"{self.address}|{self.at // DAY}")
        return claim_key(talk, f"{step.side} {step.address} {step.words} {step.what}")


def agreed_in(journal: Iterable[Edit]) -> list[Agreed]:
    """Returns what was agreed and still holds; of one conversation the latest notes count."""
    found: dict[tuple[str, int], Agreed] = {}
    for edit in active_edits(journal):
        if edit.verb is EditVerb.AGREED and (agreed := _agreed(edit)) is not None:
            found[agreed.address, agreed.at // DAY] = agreed
    return list(found.values())


def _agreed(edit: Edit) -> Agreed | None:
    values = from_text(edit.second)
    at, about, steps = number_of(values, "at"), values.get("about"), values.get("steps")
    if at is None or not isinstance(about, list) or not isinstance(steps, list):
        return None
    return Agreed(
        edit.number,
        edit.first,
        at,
        text_of(values, "title"),
        tuple(map(str, about)),
        tuple(_step(*one) for one in steps),
    )


def _step(side: str, address: str, words: str, what: str, due_on: str) -> AgreedStep:
    day = date.fromisoformat(due_on) if due_on else None
    return AgreedStep(Side(side), address, words, what, day)
