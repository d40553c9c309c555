"""Use case: the contacts' rights - one contact exported whole, erased whole, or left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from typing import Any, Protocol

from gonequiet.analysis.workplace import Workplace
from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.promise_list import ListedPromise
from gonequiet.app.records import ContactCard, Records
from gonequiet.app.reflecting import Reflection
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """What is concluded of a contact beyond what `show` tells; nothing of one who is frozen.

    Attributes:
        workplace: where they work, None where nothing shows it.
        reflection: what speaks for commitment and for holding back, each sign with its words.
        promises: what both sides undertook, old ones as well.
    """

    workplace: Workplace | None = None
    reflection: Reflection | None = None
    promises: Sequence[ListedPromise] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeContact:
    """Everything the store holds of one contact, and what was concluded from it.

    Attributes:
        report: what `show` tells.
        more: what is concluded beyond that.
        records: every record with its whole words, oldest first.
        said: what the owner said about the contact.
    """

    report: ContactReport
    more: Conclusions
    records: list[dict[str, Any]]
    said: list[Edit]


def whole_contact(report: ContactReport, held: ContactRecords, more: Conclusions) -> WholeContact:
    """Returns everything the store holds of one contact, and what was concluded from it."""
    addresses = [address for address, _ in report.card.addresses]
    return WholeContact(
        report=report,
        more=more,
        records=held.texts_of(report.card.number),
        said=held.edits_about(addresses),
    )


def whole_as_fields(whole: WholeContact) -> dict[str, Any]:
    """Returns all of it by the names of its fields; moments are UTC epoch seconds."""
    report, looked_back = whole.report, whole.more.reflection
    card = report.card
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
            "workplace": _plain(whole.more.workplace),
            "verdict": looked_back and looked_back.statement.verdict.value,
            "signs": _plain(looked_back.statement.votes if looked_back else ()),
            "turning_point": _plain(looked_back and looked_back.turning),
            "other_explanations": _plain(looked_back.excuses if looked_back else ()),
            "promises": _plain(whole.more.promises),
        },
        "records": whole.records,
        "said_by_you": [{**edit._asdict(), "verb": edit.verb.value} for edit in whole.said],
    }


def _plain(value: Any) -> Any:
    """Returns a value of ours as JSON can hold it, its fields by name."""
    if hasattr(value, "_asdict"):
        return {name: _plain(held) for name, held in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
