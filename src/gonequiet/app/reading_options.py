"""What files that are not mail are read with: the owner's settings, and what the owner said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from gonequiet.domain.edit import Edit, EditVerb, active_edits
from gonequiet.formats.record_file import ReadOptions

FORMER_NAMES = 20


def options_for_reading(
    edits: Iterable[Edit], names: Sequence[str], *, now: int, country: str, zone: str
) -> ReadOptions:
    """Returns what files that are not mail are read with.

    Args:
        edits: the owner's journal.
        names: names the owner's addresses were seen with.
        now: the moment of reading.
        country: the owner's, from the settings.
        zone: the owner's, from the settings.
    """
    active = active_edits(edits)
    said = {edit.first: json.loads(edit.second) for edit in active if edit.verb is EditVerb.COLUMNS}
    own = [edit.first for edit in active if edit.verb is EditVerb.MY_NAME]
    return ReadOptions(
        now=now,
        country=country,
        zone=zone,
        names=tuple(dict.fromkeys([*own, *sorted(names)[:FORMER_NAMES]])),
        mapping=json.dumps(said, sort_keys=True) if said else "",
    )
