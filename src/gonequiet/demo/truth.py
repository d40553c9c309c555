"""What is known about the demo mailbox, because it was planted.

Moments are ISO 8601 in UTC, dates are ISO dates; message ids stand without angle brackets.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceTruth:
    """A matter that has gone quiet.

    Attributes:
        kind: "question", "request", "proposal", "invitation" or "draft".
        message_id: the message that opened the wait.
        follow_up_ids: the owner's later messages on the same matter.
        waited_working_days: from the opening to the end, in working days of the contact.
    """

    contact: str
    organisation: str
    addresses: tuple[str, ...]
    message_id: str
    follow_up_ids: tuple[str, ...]
    subject: str
    kind: str
    sent_at: str
    waited_working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NonSilenceTruth:
    """A matter that looks like a silence and is none.

    Attributes:
        why: "out_of_office", "bounce", "left_company", "colleague_answered", "by_phone",
            "thanks", "fyi", "confirmation", "decline", "closing", "other_thread",
            "private_address", "recent", "slow_but_reliable", "public_holidays", "later_date".
        message_id: the owner's message nobody answered in the plain way.
        evidence_id: the message that explains it, "" when nothing does but the calendar.
        detail: the stated return date, the successor's name, the new address, or "".
    """

    contact: str
    addresses: tuple[str, ...]
    message_id: str
    why: str
    evidence_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTruth:
    """An absence note of the past; the contact answered after the return.

    Attributes:
        message_id: the note.
        returns_on: the first day back.
    """

    contact: str
    message_id: str
    returns_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTruth:
    """A contact with nothing owed either way whose rhythm has faded."""

    contact: str
    addresses: tuple[str, ...]
    last_message_id: str
    last_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTruth:
    """A message the owner has not answered."""

    contact: str
    addresses: tuple[str, ...]
    message_id: str
    subject: str
    sent_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityTruth:
    """Addresses that are one person."""

    name: str
    addresses: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlikeTruth:
    """Addresses that look like one person and are not."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTruth:
    """A commitment in words, and what became of it.

    Attributes:
        owed_by: a contact's name, or "owner".
        sentence: the words of the commitment, as in the message before wrapping.
        due_on: "" when no day was named.
        state: "kept", "lapsed", "open" or "withdrawn", as of the end.
        evidence_id: the message that kept or withdrew it, "" for none.
    """

    owed_by: str
    owed_to: str
    message_id: str
    sentence: str
    due_on: str
    state: str
    is_late: bool = False
    evidence_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTruth:
    """A sentence that speaks for or against commitment.

    Attributes:
        label: "hedge", "deferral", "warmth", "rescheduling", "refusal", "effort", "others".
    """

    contact: str
    message_id: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTruth:
    """The first inbound message after a silence, and its path.

    Attributes:
        path: "reaffirmed", "detached", "avoidant" or "none".
    """

    contact: str
    opening_id: str
    message_id: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementTruth:
    """One piece of business.

    Attributes:
        kind: "consulting", "partnership", "investment", "pilot" or "search".
        standing: "serious" or "window_shopping".
        state: "in_rhythm" or "quiet" at the end.
    """

    name: str
    kind: str
    organisation: str
    contacts: tuple[str, ...]
    standing: str
    state: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TangibleTruth:
    """A tangible commitment.

    Attributes:
        kind: "contract", "mou", "nda", "po", "sow", "loi", "invoice_paid" or "start_date".
        where: "attachment", "notice" or "words".
    """

    contact: str
    message_id: str
    kind: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTruth:
    """A meeting of the calendar file.

    Attributes:
        starts_at: local time of the owner, "2026-04-14T10:00".
        mode: "face_to_face", "video" or "call".
        state: "held", "moved" (and held at the new time), "cancelled" (no new date),
            "missed" or "planned".
    """

    uid: str
    contacts: tuple[str, ...]
    addresses: tuple[str, ...]
    summary: str
    starts_at: str
    minutes: int
    mode: str
    state: str
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTruth:
    """What somebody says of somebody else's reliability.

    Attributes:
        nature: "fact" or "opinion".
        leaning: "reliable" or "unreliable".
    """

    about: str
    said_by: str
    message_id: str
    sentence: str
    nature: str
    leaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything that was planted.

    Attributes:
        set_aside: addresses that are no contacts: lists, machines, roles.
        calls_for_answer: ids of the owner's messages a careful person would want answered.
        asks_owner: ids of inbound messages a careful person would answer.
        contacts: how many people write and are written to, the owner apart.
    """

    seed: int
    as_of: str
    owner_addresses: tuple[str, ...]
    contacts: int
    messages: int
    silences: tuple[SilenceTruth, ...]
    non_silences: tuple[NonSilenceTruth, ...]
    absences: tuple[AbsenceTruth, ...]
    drifting: tuple[DriftTruth, ...]
    waiting_on_owner: tuple[WaitingTruth, ...]
    set_aside: tuple[str, ...]
    identities: tuple[IdentityTruth, ...]
    look_alikes: tuple[LookAlikeTruth, ...]
    promises: tuple[PromiseTruth, ...]
    signs: tuple[SignTruth, ...]
    responses: tuple[ResponseTruth, ...]
    engagements: tuple[EngagementTruth, ...]
    tangibles: tuple[TangibleTruth, ...]
    meetings: tuple[MeetingTruth, ...]
    references: tuple[ReferenceTruth, ...]
    calls_for_answer: tuple[str, ...]
    asks_owner: tuple[str, ...]


def render_truth(truth: Truth) -> bytes:
    """Returns the truth as JSON."""
    return (json.dumps(asdict(truth), indent=1, ensure_ascii=False) + "\n").encode()
