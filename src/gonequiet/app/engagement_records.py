"""What engagements are drawn from: values the store hands over, and the port it does it by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from gonequiet.domain.edit import Edit


class Person(NamedTuple):
    """A contact with a name: its key, how it is called, and its organisation ("" for none)."""

    key: str
    name: str
    organisation: str


class ExchangeSeen(NamedTuple):
    """One message, call or meeting, with the contacts it was exchanged with.

    Attributes:
        number: of the message in this database.
        anchor: its Message-ID, or a digest of its content when it has none.
        thread: number of its thread.
        at: UTC epoch seconds.
        direction: "inbound" or "outbound".
        kind: a `MessageKind`.
        subject: as written.
        sender: number of the contact who wrote it, 0 for the owner or nobody known.
        contacts: numbers of every contact it was exchanged with.
        expects_answer: it may call for an answer.
        has_documents: something is attached.
        detail: what its channel knows of it, "" for mail.
    """

    number: int
    anchor: str
    thread: int
    at: int
    direction: str
    kind: str
    subject: str
    sender: int
    contacts: tuple[int, ...]
    expects_answer: bool
    has_documents: bool
    detail: str


class MessageWords(NamedTuple):
    """What a message says.

    Attributes:
        subject: as written.
        words: its new words.
        documents: names of what is attached.
        utc_offset_minutes: of its writer, 0 when unknown.
    """

    subject: str
    words: str
    documents: tuple[str, ...]
    utc_offset_minutes: int


def written_on(at: int, said: MessageWords) -> date:
    """Returns the day of a message by its writer's clock."""
    return (datetime.fromtimestamp(at, UTC) + timedelta(minutes=said.utc_offset_minutes)).date()


class NoticeSeen(NamedTuple):
    """An automatic message that may report something signed, ordered or paid.

    Attributes:
        organisation: of its sender, "" when none is known.
    """

    number: int
    anchor: str
    at: int
    organisation: str
    said: MessageWords


class AnsweredWait(NamedTuple):
    """A spell of waiting that a message of the contact ended.

    Attributes:
        contact: who was waited for.
        asked: numbers of what waited: the opener, and what the owner sent after it.
        asked_at: when the opener was sent.
        answered_by: number of the response.
        answered_at: when it was sent.
        in_thread: it stands in the thread of the question.
    """

    contact: int
    asked: tuple[int, ...]
    asked_at: int
    answered_by: int
    answered_at: int
    in_thread: bool


class EngagementStore(Protocol):
    """The side of the store that engagements are drawn from."""

    def people(self) -> dict[int, Person]:
        """Returns every contact that is not set aside, by number."""

    def exchanges(self, as_of: int) -> list[ExchangeSeen]:
        """Returns what was exchanged with them up to a moment, oldest first."""

    def words(self, messages: Collection[int]) -> dict[int, MessageWords]:
        """Returns what some messages say, by number."""

    def steps(self, messages: Collection[int]) -> dict[int, list[list[str]]]:
        """Returns what messages undertake for sure, of those whose words were read already.

        Each is who ("writer" or "reader"), what, and the day or "".
        """

    def notices(self, as_of: int) -> list[NoticeSeen]:
        """Returns automatic mail up to a moment that may report a tangible commitment."""

    def answered_waits(self, as_of: int) -> list[AnsweredWait]:
        """Returns waits that called for an answer and had one by then, the latest first."""

    def edits(self) -> list[Edit]:
        """Returns the owner's journal."""
