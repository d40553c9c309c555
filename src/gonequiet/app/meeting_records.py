"""What the use cases need to know of meetings: values in, values out."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Protocol

from gonequiet.domain.meeting import Attendance, Meeting


class ContactMeeting(NamedTuple):
    """A meeting with one contact.

    Attributes:
        theirs: what the contact said to the invitation.
        own: what the owner said.
        is_gone: it lay in a calendar that was read before, and does not any more.
    """

    message: int
    message_id: str
    contact: int
    contact_key: str
    name: str
    title: str
    meeting: Meeting
    theirs: Attendance
    own: Attendance
    is_gone: bool = False


class MeetingRecords(Protocol):
    """Meetings, numbers and cities, as the store knows them."""

    def meetings(self) -> list[ContactMeeting]:
        """Returns every meeting with a contact that is the latest version of itself."""

    def numbers(self, contacts: Collection[int]) -> dict[int, str]:
        """Returns a telephone number of each contact that has one."""

    def cities(self) -> tuple[dict[int, str], str]:
        """Returns the city on each contact's card, and that on the owner's."""

    def written_at(self, contacts: Collection[int]) -> dict[int, list[int]]:
        """Returns the moments of each contact's own messages, oldest first."""

    def last_sent_at(self, contacts: Collection[int], as_of: int) -> dict[int, int]:
        """Returns when the owner wrote to or called each contact last."""
