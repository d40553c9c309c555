"""Which meetings were recapped already: by the owner's notes, or by a draft made since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gonequiet.app.meeting_records import ContactMeeting
from gonequiet.app.outbox_ports import KeptDraft
from gonequiet.domain.agreed import agreed_in
from gonequiet.domain.draft import DraftForm
from gonequiet.domain.edit import Edit


def recapped_in(
    journal: Sequence[Edit], drafts: Iterable[KeptDraft]
) -> Callable[[ContactMeeting], bool]:
    """Returns what tells whether a meeting was recapped.

    Notes of a meeting stand for everybody who was there; a draft only for whom it went to.
    """
    noted = {one.at for one in agreed_in(journal)}
    drafted = {one.contact: one.made_at for one in drafts if one.form == DraftForm.RECAP.value}

    def is_recapped(one: ContactMeeting) -> bool:
        ended_at = one.meeting.ends_at
        return ended_at in noted or drafted.get(one.contact_key, 0) >= ended_at

    return is_recapped
