"""Draws random claims about what was written, for a check by hand.

    python benchmarks/claims.py OUT.tsv RECORDS.db ...

Claims of every sort are drawn from each database, as of its last message: signs of `reflect` over
all contacts, promises recorded, responses after silences, tangible documents; `SHARES` says how
many of each, and what one sort lacks is drawn from the signs. OUT.tsv gets ids only, for
`tests/data/claims_hand_check.tsv`; OUT.tsv.txt beside it gets words to judge by: keep it outside
the project. The same records and rules give the same draw.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from gonequiet.app.answered import find_answered
from gonequiet.app.ledger import all_commitments
from gonequiet.app.reflecting import reflect_on
from gonequiet.domain.commitment import Commitment, Standing, state_of
from gonequiet.store.engaging import EngagementTables
from gonequiet.wiring import Office

SHARES = {"sign": 26, "promise": 14, "response": 8, "tangible": 2}
SEED = 20261123
_SHOWN_CHARS = 1_200


class Claim(NamedTuple):
    """One claim: its sort, what it says, its id, the message it stands in, and its words."""

    sort: str
    kind: str
    key: str
    message_id: str
    about: str


def claims_of(office: Office) -> Iterator[Claim]:
    """Every claim, as of the last letter of the owner; dates far ahead stand in mail of others."""
    as_of = max(one.last_sent_at or 0 for one in office.contacts(including_set_aside=True))
    committed = all_commitments(office._ledger, as_of=office._known_as_of(as_of))  # noqa: SLF001
    yield from _promises(office, committed, as_of)
    yield from _signs(office, committed, as_of)
    for one in find_answered(EngagementTables(office._known), as_of=as_of, contact=None):  # noqa: SLF001
        yield Claim("response", one.path.value, one.message_id, one.message_id, one.because)
    for engagement in office.engagement_desk().triage(as_of).triaged:
        for seen in engagement.tangibles:
            kind = seen.found.kind.value
            yield Claim("tangible", kind, f"{seen.anchor} {kind}", seen.anchor, seen.found.quote)


def _promises(office: Office, committed: list[Commitment], as_of: int) -> Iterator[Claim]:
    recorded = [one for one in committed if one.standing is Standing.RECORDED]
    words = office._ledger.wordings({one.message for one in recorded})  # noqa: SLF001
    for one in recorded:
        said = words[one.message]
        about = (
            f"{said.text[slice(*one.sentence)]} (due {one.due_on}, {state_of(one, as_of).value})"
        )
        yield Claim("promise", one.side.value, one.key, said.message_id, about)


def _signs(office: Office, committed: list[Commitment], as_of: int) -> Iterator[Claim]:
    owed = defaultdict(list)
    for one in committed:
        for contact in one.contacts:
            owed[contact].append(one)
    desk = replace(
        office._looking_back(),  # noqa: SLF001
        businesses=lambda _: [],
        base_rate=lambda _contact, _as_of: None,
        commitments=lambda contact, _: owed[contact],
    )
    for card in office.contacts(including_set_aside=False):
        for vote in reflect_on(desk, card.key, as_of=as_of).statement.votes:
            sign = vote.evidence
            yield Claim("sign", sign.kind.value, sign.key, sign.message_id, sign.quote)


def draw(claims: list[Claim]) -> list[Claim]:
    """The shares of each sort, in an order of chance."""
    by_sort = {
        sort: sorted({one.key: one for one in claims if one.sort == sort}.values())
        for sort in SHARES
    }
    random = Random(SEED)
    for found in by_sort.values():
        random.shuffle(found)
    taken = [one for sort, share in SHARES.items() for one in by_sort[sort][:share]]
    spare = by_sort["sign"][SHARES["sign"] :]
    return taken + spare[: sum(SHARES.values()) - len(taken)]


def main() -> None:
    """Writes what was drawn of each database."""
    out, *databases = map(Path, sys.argv[1:])
    rows, shown = ["mailbox\tsort\tkind\tid\tmessage_id\tverdict"], []
    for path in databases:
        office = Office(path)
        claims = list(claims_of(office))
        print(path.stem, {sort: sum(one.sort == sort for one in claims) for sort in SHARES})
        for one in draw(claims):
            rows.append("\t".join((path.stem, *one[:4], "")))
            hits = office._ledger.wordings(_numbers(office, one.message_id))  # noqa: SLF001
            text = " / ".join(f"{hit.subject}: {hit.text[:_SHOWN_CHARS]}" for hit in hits.values())
            shown.append(f"{len(rows) - 1} {one}\n    {' '.join(text.split())}\n")
    out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    out.with_suffix(".tsv.txt").write_text("\n".join(shown), encoding="utf-8")


def _numbers(office: Office, message_id: str) -> set[int]:
    with office._known.reading() as connection:  # noqa: SLF001
        found = connection.exec_driver_sql(
            "SELECT id FROM message WHERE message_id = ?", (message_id,)
        )
        return {row[0] for row in found}


if __name__ == "__main__":
    main()
