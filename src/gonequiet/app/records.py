"""What the questions ask of the store: values in, values out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from gonequiet.analysis.completeness import AnswersSeen
from gonequiet.app.owner import OwnerView
from gonequiet.domain.episode import Episode
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import MessageKind
from gonequiet.domain.source import SourceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """A contact as the questions show it.

    Attributes:
        number: the contact's number in this database.
        key: its smallest address; stays the same between databases.
        name: display name, the key when none is known.
        organisation: "" when none is known.
        addresses: every address and the rule that joined it.
        kind: person, role, machine, list.
        set_aside: why it is not shown by default, "" when it is.
        received: messages from the contact.
        sent: messages of the owner to the contact.
        last_received_at: the latest message from the contact.
        last_sent_at: the latest message to the contact.
    """

    number: int
    key: str
    name: str
    organisation: str
    addresses: tuple[tuple[str, str], ...]
    kind: str
    set_aside: str
    received: int
    sent: int
    last_received_at: int | None
    last_sent_at: int | None


class TimelineEntry(NamedTuple):
    """One message in a contact's timeline.

    Attributes:
        at: UTC epoch seconds, None when unknown.
        rule: what tied it to its thread.
        sender: name or address of who wrote it.
        opening: the first words written for it.
        expects_answer: whether it may call for an answer.
        folder: where its first copy lies.
        channel: what it went through.
        detail: what only that channel knows, as text (`domain.call`, `domain.meeting`).
        is_theirs: the contact wrote it, or called; not somebody else who named them.
    """

    message: int
    message_id: str
    thread: int
    parent: int | None
    rule: str
    at: int | None
    direction: str
    kind: str
    sender: str
    subject: str
    opening: str
    expects_answer: bool
    folder: str
    channel: str
    detail: str
    is_theirs: bool

    @property
    def is_of_others(self) -> bool:
        """Whether somebody else wrote it, to the owner and the contact among others."""
        is_exchange = self.is_theirs or self.direction == Direction.OUTBOUND
        return not is_exchange and self.kind not in _TOGETHER


_TOGETHER = frozenset((MessageKind.MEETING.value, MessageKind.CALL.value))
"""Whoever called for it, both took part."""


class OpenMatter(NamedTuple):
    """An open episode with what a reader needs to recognise it.

    Attributes:
        asked_by: the outbound message the wait counts from: the opener, or the last follow-up.
        asked_at: when that was sent.
        message_id: the Message-ID of the opener.
        channel: what the opener went through.
        promised_on: the day they had promised it for, None where it was asked for.
    """

    episode: Episode
    contact_key: str
    contact_name: str
    organisation: str
    address: str
    subject: str
    message_id: str
    channel: str
    asked_by: int
    asked_at: int
    promised_on: date | None = None


class AsideRow(NamedTuple):
    """A message of the owner's that is not waited for.

    Attributes:
        closure: what ended the wait, "" where no answer was expected.
        text: its new words, "" where something ended the wait.
        attached: names of the files that came with it.
    """

    contact: str
    contact_key: str
    subject: str
    message_id: str
    message: int
    sent_at: int
    closure: str
    text: str
    attached: tuple[str, ...]


class SearchHit(NamedTuple):
    """One message (a mail, a text, a meeting ...) found by its words."""

    message: int
    message_id: str
    at: int | None
    direction: str
    sender: str
    subject: str
    excerpt: str
    channel: str


class ListedProblem(NamedTuple):
    """One problem with a record, with the source it belongs to."""

    source: str
    unit: str
    position: str
    kind: str
    reason: str


class WaitColumns(NamedTuple):
    """Every wait in the store, column by column, ordered by moment of sending.

    The columns are those of `domain.episode.Wait`; spans are seconds, None for "not so far". The
    last says when the owner took the question back: from then on nothing was waited for.
    """

    message: list[int]
    contact: list[int]
    sent_at: list[int]
    n_to: list[int]
    n_cc: list[int]
    is_reply: list[int]
    is_forward: list[int]
    asks_question: list[int]
    has_request: list[int]
    new_text_chars: list[int]
    replied_after: list[int | None]
    answered_after: list[int | None]
    answered_by_other_after: list[int | None]
    bounced_after: list[int | None]
    expects_answer: list[int]
    is_mass: list[int]
    withdrawn_after: list[int | None]


class Records(Protocol):
    """The reading side of the store."""

    def owner(self) -> OwnerView:
        """Returns who the owner is taken to be."""

    def sources(self) -> list[SourceFacts]:
        """Returns how far and how completely each source was read."""

    def answers_seen(self, as_of: int, latest: int) -> AnswersSeen:
        """Returns of how many of the latest answers to the owner the letter is here."""

    def newest_at(self, as_of: int) -> int | None:
        """Returns the moment of the newest message up to a moment."""

    def daily_counts(self, start: int, stop: int) -> dict[int, int]:
        """Returns how many messages each day (days since 1970) holds between two moments."""

    def open_matters(self, as_of: int, contact: int | None = None) -> list[OpenMatter]:
        """Returns the episodes open at a moment: of a contact, or of all not set aside."""

    def closed_matters(self, since: int, as_of: int) -> dict[str, int]:
        """Returns how many episodes opened since were closed by then, by closure."""

    def unexpecting(self, since: int, as_of: int) -> int:
        """Returns how many unanswered outbound messages since then called for no answer."""

    def set_aside(self, since: int, as_of: int) -> list[AsideRow]:
        """Returns what `closed_matters` (but for plain responses) and `unexpecting` count."""

    def waits(self) -> WaitColumns:
        """Returns every wait."""

    def waits_of(self, contact: int) -> WaitColumns:
        """Returns the waits for one contact."""

    def inbound(self) -> tuple[list[int], list[int]]:
        """Returns contact and moment of every message a contact wrote to the owner."""

    def inbound_near(self, contacts: Sequence[int], since: int) -> tuple[list[int], list[int]]:
        """Returns those of some contacts, and those of anybody since a moment."""

    def channels_of(self, contacts: Collection[int]) -> dict[int, frozenset[str]]:
        """Returns what each of the contacts was in touch through besides mail."""

    def contact_counts(self) -> tuple[int, int]:
        """Returns how many contacts there are, and how many more are set aside."""

    def contacts(self, *, including_set_aside: bool) -> list[ContactCard]:
        """Returns contacts, most recent exchange first."""

    def find_contacts(self, text: str) -> list[ContactCard]:
        """Returns the contacts a name, part of a name, or address may mean, best first."""

    def timeline(
        self, contact: int, as_of: int, *, worded: int | None = None
    ) -> list[TimelineEntry]:
        """Returns a contact's messages up to a moment, oldest first.

        Args:
            contact: the contact's number.
            as_of: UTC epoch seconds.
            worded: so many of the latest between the two come whole, the others without
                Message-ID, names,
                subject, words, folder and channel; None: all of them whole.
        """

    def episodes(self, contact: int) -> list[Episode]:
        """Returns a contact's episodes, oldest first."""

    def search(self, text: str, limit: int, *, inside_words: bool) -> list[SearchHit]:
        """Returns messages that hold a text literally, newest first.

        Args:
            text: what is looked for.
            limit: how many at most.
            inside_words: look inside words too, though the text begins some words elsewhere.
        """

    def problems(self) -> list[ListedProblem]:
        """Returns everything that could not be read as it should be."""

    def problem_counts(self) -> dict[str, int]:
        """Returns how many problems there are of each kind."""


__all__ = ["Records", "Sequence"]
