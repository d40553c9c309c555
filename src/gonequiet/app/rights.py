"""Use case: the contacts' rights - one contact exported whole, erased whole, or left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.records import ContactCard, Records
from gonequiet.app.show import ContactReport
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.errors import RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What erasing a contact did.

    Attributes:
        records: records that were theirs alone, deleted.
        blotted: records shared with others, kept without them.
        edits: what you had said about them, deleted.
        drafts: drafts to them that gonequiet had made, deleted.
        backups: backups beside the database that held them, deleted.
    """

    records: int
    blotted: int
    edits: int
    drafts: int
    backups: int


class ContactRecords(Protocol):
    """What the store holds of one contact, besides what questions show."""

    def texts_of(self, contact: int) -> list[dict[str, Any]]:
        """Returns every record of the contact with its whole words, oldest first."""

    def edits_about(self, addresses: Sequence[str]) -> list[Edit]:
        """Returns what the owner said about any of these addresses."""


def freeze(
    records: Records, store: EditStore, text: str, *, thaw: bool, now: int
) -> tuple[ContactCard, Edit]:
    """Says that nothing is to be concluded about a contact, or that it may be again.

    Raises:
        RequestError: that is so already.
    """
    card = get_contact(records, text)
    if (card.set_aside == "frozen") is not thaw:
        raise RequestError(
            f"{card.name} is {'frozen already' if not thaw else 'not frozen'}; nothing was changed."
        )
    verb = EditVerb.THAW if thaw else EditVerb.FREEZE
    return card, store.add_edit(verb, card.key, "", 0, now=now)


def whole_contact(report: ContactReport, held: ContactRecords) -> dict[str, Any]:
    """Returns everything the store holds of one contact, and what was concluded from it."""
    card = report.card
    addresses = [address for address, _ in card.addresses]
    return {
        "contact": {**asdict(card), "addresses": [list(one) for one in card.addresses]},
        "as_of": report.as_of,
        "concluded": {
            "matters": [asdict(one) for one in report.matters],
            "their_habit": report.their_habit._asdict(),
            "own_habit": report.own_habit._asdict(),
            "rhythm_change": report.change and report.change._asdict(),
            "outcomes": report.outcomes,
            "withheld": [one._asdict() for one in report.doubts],
        },
        "records": held.texts_of(card.number),
        "said_by_you": [
            {**edit._asdict(), "verb": edit.verb.value} for edit in held.edits_about(addresses)
        ],
    }
