"""What drafting needs of the world: a place for drafts, templates, the owner's own letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from gonequiet.domain.draft import Draft, DraftForm, DraftState


class FoundDraft(NamedTuple):
    """A draft of ours as it lies in an outbox.

    Attributes:
        place: its file, for the owner to read.
        state: untouched or edited.
    """

    plan: str
    place: str
    state: DraftState
    raw: bytes


class Outbox(Protocol):
    """A place the owner keeps drafts in. It is added to; there is no way to send from it."""

    location: str

    def find(self, plan: str) -> FoundDraft | None:
        """Returns our draft of a plan, None when there is none (any more)."""

    def drafts(self) -> Sequence[FoundDraft]:
        """Returns every draft of ours, in a fixed order."""

    def add(self, draft: Draft, *, written_at: int) -> FoundDraft:
        """Adds a draft, whole or not at all; one of the same plan that is there stays as it is.

        Whatever an interrupted attempt had left behind is cleared away.

        Raises:
            OutboxError: it cannot be written.
        """

    def replace(self, draft: Draft, *, written_at: int) -> FoundDraft:
        """Writes an untouched draft anew; any other stays as it is and is returned.

        Raises:
            OutboxError: it cannot be written.
        """

    def remove(self, plan: str) -> FoundDraft | None:
        """Removes an untouched draft and returns it; any other stays and is returned as it is.

        Raises:
            OutboxError: it cannot be removed.
        """


class KeptDraft(NamedTuple):
    """What is remembered of a draft that was made.

    Attributes:
        made_at: UTC epoch seconds.
        contact: address of the contact it was to.
        subject: its subject.
        outbox: location of the outbox it was put in.
    """

    plan: str
    form: str
    made_at: int
    contact: str
    subject: str
    outbox: str


class DraftMemory(Protocol):
    """Which drafts were made; kept until the owner forgets them."""

    def remember(self, kept: KeptDraft) -> None:
        """Keeps that a draft was made; the same plan and outbox once."""

    def made(self) -> Sequence[KeptDraft]:
        """Returns every draft made, oldest first."""

    def forget(self, plan: str, outbox: str) -> None:
        """Forgets that a draft was made."""


class Template(NamedTuple):
    """A template of the owner's or of ours.

    Attributes:
        name: "reminder.en".
        text: the whole of it.
        place: the owner's file; "" for one of ours.
    """

    name: str
    text: str
    place: str


class TemplateBook(Protocol):
    """The templates: the owner's where there is one, else ours."""

    def get(self, form: DraftForm, language: str) -> Template:
        """Returns a template.

        Raises:
            RequestError: the owner's file cannot be read.
        """


class Addressee(NamedTuple):
    """Where and by whom letters to a contact are written.

    Attributes:
        to: the contact's address they wrote from last, "" when they never did.
        owner_address: the owner's address used last with them, else most often.
        owner_name: the name that address goes by, "" when none is known.
    """

    to: str
    owner_address: str
    owner_name: str


class ThreadPlace(NamedTuple):
    """Where in a thread an answer belongs.

    Attributes:
        message_id: of the latest message, "" when it has none.
        references: Message-IDs from the root down to its parent.
        subject: of the latest message.
        address: of the contact in it, "" when they are not in it.
    """

    message_id: str
    references: tuple[str, ...]
    subject: str
    address: str


class LetterRecords(Protocol):
    """What drafting asks of the records beyond what every question does."""

    def addressee(self, contact: int, as_of: int) -> Addressee:
        """Returns where and by whom letters to a contact are written."""

    def own_letters(self, contact: int | None, as_of: int, limit: int) -> list[str]:
        """Returns the owner's latest new words to a contact, or to anybody, latest first."""

    def their_letters(self, contact: int, as_of: int, limit: int) -> list[str]:
        """Returns a contact's latest new words, latest first."""

    def documents(self, messages: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Returns the names of the documents attached to messages, of those that have any."""

    def place_in_thread(self, thread: int, contact: int, as_of: int) -> ThreadPlace | None:
        """Returns where an answer to a thread belongs, None when nothing personal is in it."""
