"""Use case: what the owner says of files that do not tell it themselves; said once, kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from gonequiet.app.identities import EditStore
from gonequiet.domain.edit import Edit, EditVerb, active_edits
from gonequiet.errors import RequestError
from gonequiet.formats.record_table import FIELDS, heading_key, heading_of_table, mapped_by


def parse_mapping(given: Sequence[str]) -> dict[str, str]:
    """Reads "field=column" words.

    Raises:
        RequestError: one is no such word.
    """
    said: dict[str, str] = {}
    for word in given:
        field, mark, column = word.partition("=")
        if not mark or field not in (*FIELDS, "order") or not column.strip():
            known = ", ".join((*FIELDS, "order"))
            raise RequestError(
                f"'{word}' is not of the form FIELD=COLUMN. The fields are: {known}."
            )
        said[field] = column.strip()
    return said


def tell_columns(store: EditStore, head: bytes, said: Mapping[str, str], *, now: int) -> None:
    """Keeps which column of tables with this heading holds what.

    Raises:
        RequestError: a column named is not there, or the number or the moment is not named.
    """
    heading = heading_of_table(head)
    if mapped_by(heading, said) is None:
        listed = ", ".join(f"'{cell}'" for cell in heading[:40]) or "none"
        raise RequestError(
            "Name a column for number and for at, as they stand in the heading. "
            f"This table has: {listed}."
        )
    store.add_edit(EditVerb.COLUMNS, heading_key(heading), json.dumps(dict(said)), 0, now=now)


def tell_name(store: EditStore, edits: Iterable[Edit], name: str, *, now: int) -> None:
    """Keeps a name the owner goes by in chats and networks; nothing is said twice."""
    known = {edit.first for edit in active_edits(edits) if edit.verb is EditVerb.MY_NAME}
    if name not in known:
        store.add_edit(EditVerb.MY_NAME, " ".join(name.split()), "", 0, now=now)
