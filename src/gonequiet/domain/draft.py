"""A draft: what it is to be written from, and what was written; nothing here is ever sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DraftForm(StrEnum):
    """What a draft is for."""

    REMINDER = "reminder"  # of pending matters, by name and date
    INVITATION = "invitation"  # to meet, with an .ics
    CATCH_UP = "catch-up"  # a suggestion, never a demand
    CALL = "call"  # what to say on the phone; no mail
    CLOSING = "closing"  # the polite end
    CLOSING_CALL = "closing-call"  # the same, to say on the phone; no mail
    KEEP_WARM = "keep-warm"  # asks nothing
    RECAP = "recap"  # what was discussed, who does what by when
    DECLINE = "decline"
    HAND_OFF = "hand-off"
    REFERENCE = "reference"  # a discreet question about somebody


class Side(StrEnum):
    """Who has the next move in a matter."""

    CONTACT = "contact"
    OWNER = "owner"
    BOTH = "both"


class MatterKind(StrEnum):
    """What is pending."""

    QUESTION = "question"  # somebody wrote, and no answer came so far
    PROMISE = "promise"
    MEETING = "meeting"
    CALL = "call"  # nobody took it
    DOCUMENT = "document"
    OTHER = "other"  # the owner named it


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMatter:
    """One thing that is open between owner and contact.

    Attributes:
        what: its name, as both would know it: a subject, a document; "" when it has none.
        side: who has the next move.
        on: the day it was written about, said or met.
        due_on: the day it was agreed for.
        thread: number of the thread it stands in, None when the owner named it.
        documents: names of what was attached where it was asked.
        words: in which something was promised.
    """

    what: str
    side: Side
    kind: MatterKind = MatterKind.OTHER
    on: date | None = None
    due_on: date | None = None
    thread: int | None = None
    documents: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a recap: who does what by when.

    Attributes:
        who: a name.
        by: a day, None when none was named.
    """

    who: str
    what: str
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A meeting that is proposed.

    Attributes:
        starts_at: UTC epoch seconds.
        minutes: how long.
        on: its day where the owner is.
        clock: its hour where the owner is, "10:00".
        zone: how far that clock is from UTC, "UTC+01:00"; "" is not said.
        place: "" for none.
    """

    starts_at: int
    minutes: int
    on: date
    clock: str
    zone: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A conversation that was had.

    Attributes:
        on: its day where the owner is.
        title: of the meeting, "" when it had none.
        is_call: they spoke on the phone.
    """

    on: date
    title: str = ""
    is_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody a draft is from or to.

    Attributes:
        name: "" when none is known.
        address: a mail address.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """Everything a draft is written from; the same request gives the same draft.

    Attributes:
        language: "en" or "de".
        greeting: the first line, as the owner greets this contact.
        closing: the last lines, as the owner ends, with the owner's name.
        is_familiar: the owner says "du" to the contact (German).
        written_on: the day it is written, which decides whether a date needs its year.
        subject: of the thread it answers, "" when it answers none.
        reply_to: Message-ID of the message it answers, "" for none.
        references: Message-IDs of that thread, oldest first.
        steps: of a recap, or one easy next step (its `what`) of anything else.
        points: what was discussed.
        note: the owner's own words, put in where the template has them.
        person: who takes over (hand-off), or who is asked about (reference).
        held: the conversation a recap is of.
        number: a telephone number of the contact, "" when none is known.
    """

    form: DraftForm
    language: str
    owner: Person
    contact: Person
    greeting: str
    closing: str
    written_on: date
    is_familiar: bool = False
    subject: str = ""
    reply_to: str = ""
    references: tuple[str, ...] = ()
    matters: tuple[PendingMatter, ...] = ()
    steps: tuple[Step, ...] = ()
    points: tuple[str, ...] = ()
    note: str = ""
    person: str = ""
    proposal: Proposal | None = None
    held: Held | None = None
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter that is ready to be put among the owner's drafts.

    Attributes:
        plan: sixteen hexadecimal digits; the same plan has the same ones.
        body: plain text with bare line feeds.
        reply_to: Message-ID of the message it answers, "" for none.
        references: Message-IDs, oldest first.
        proposal: the meeting it invites to, for the .ics.
    """

    plan: str
    form: DraftForm
    owner: Person
    contact: Person
    subject: str
    body: str
    reply_to: str = ""
    references: tuple[str, ...] = ()
    proposal: Proposal | None = None


class DraftState(StrEnum):
    """What became of a draft of ours."""

    UNTOUCHED = "untouched"
    EDITED = "edited"  # not as we wrote it; ours no more
    GONE = "gone"  # sent or thrown away: we cannot know which


def is_letter(form: DraftForm) -> bool:
    """Whether a draft of this form is a mail; a call script is only read."""
    return form not in (DraftForm.CALL, DraftForm.CLOSING_CALL)
