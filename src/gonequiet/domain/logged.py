"""An exchange the owner enters by hand: met, called, texted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.detail import as_text, from_text, number_of, text_of
from gonequiet.domain.edit import Edit, EditVerb, active_edits


class LoggedKind(StrEnum):
    """What happened."""

    MET = "met"  # face to face
    LUNCH = "lunch"
    VIDEO = "video"
    CALLED = "called"
    TEXTED = "texted"
    MISSED = "missed"  # a meeting somebody did not come to


class Logged(NamedTuple):
    """One exchange, as the owner entered it.

    Attributes:
        number: of the edit that holds it.
        address: of the contact.
        kind: what happened.
        at: UTC epoch seconds.
        minutes: how long it took, None when not said.
        is_theirs: it came from the contact.
        is_unanswered: a call nobody took.
        note: the owner's words.
    """

    number: int
    address: str
    kind: LoggedKind
    at: int
    minutes: int | None = None
    is_theirs: bool = False
    is_unanswered: bool = False
    note: str = ""

    def as_text(self, replaces: int = 0) -> str:
        """Returns it for the journal, with the number of the entry it stands in for."""
        values = {**self._asdict(), "kind": self.kind.value, "replaces": replaces}
        return as_text({name: values[name] for name in values if name not in ("number", "address")})


def logged_in(journal: Iterable[Edit]) -> list[Logged]:
    """Returns what is logged and still holds, in the order it was entered."""
    entries = [edit for edit in active_edits(journal) if edit.verb is EditVerb.LOG]
    replaced = {number_of(from_text(edit.second), "replaces") for edit in entries}
    found = [_logged(edit) for edit in entries if edit.number not in replaced]
    return [one for one in found if one is not None]


def _logged(edit: Edit) -> Logged | None:
    """The entry as a value; None when it was taken out again."""
    values = from_text(edit.second)
    kind, at = text_of(values, "kind"), number_of(values, "at")
    if kind not in LoggedKind.__members__.values() or at is None:
        return None
    return Logged(
        edit.number,
        edit.first,
        LoggedKind(kind),
        at,
        number_of(values, "minutes"),
        values.get("is_theirs") is True,
        values.get("is_unanswered") is True,
        text_of(values, "note"),
    )
