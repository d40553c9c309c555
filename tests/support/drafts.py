"""Requests for drafts, as planning makes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gonequiet.domain.draft import (
    DraftForm,
    DraftRequest,
    Held,
    MatterKind,
    PendingMatter,
    Person,
    Proposal,
    Side,
)

WRITTEN_ON = date(2026, 3, 20)
WRITTEN_AT = int(datetime(2026, 3, 20, 9, tzinfo=UTC).timestamp())

QUESTION = PendingMatter(
    what="Lease for Harbour Street", side=Side.CONTACT, kind=MatterKind.QUESTION,
    on=date(2026, 3, 3),
)  # fmt: skip
PROMISE = PendingMatter(
    what="Site plan", side=Side.CONTACT, kind=MatterKind.PROMISE,
    on=date(2026, 3, 4), due_on=date(2026, 3, 9),
)  # fmt: skip
OWED = PendingMatter(
    what="Revised quote", side=Side.OWNER, kind=MatterKind.QUESTION, on=date(2025, 12, 3)
)
HELD = Held(on=date(2026, 3, 19), title="Lease for Harbour Street", is_call=True)
PROPOSAL = Proposal(
    starts_at=int(datetime(2026, 4, 2, 8, tzinfo=UTC).timestamp()), minutes=45,
    on=date(2026, 4, 2), clock="10:00", place="Cafe Nord",
)  # fmt: skip


def request(form: DraftForm = DraftForm.REMINDER, **changes: Any) -> DraftRequest:
    """A request to Dana Reyes by Max Ohm."""
    given: dict[str, Any] = {
        "form": form,
        "language": "en",
        "owner": Person(name="Max Ohm", address="max@ohm.example"),
        "contact": Person(name="Dana Reyes", address="dana@halden.example"),
        "greeting": "Hi Dana,",
        "closing": "Best regards,\nMax",
        "written_on": WRITTEN_ON,
        "matters": (QUESTION, PROMISE, OWED),
        "person": "Lea Ost",
        "proposal": PROPOSAL if form is DraftForm.INVITATION else None,
        "held": HELD if form is DraftForm.RECAP else None,
    }
    return DraftRequest(**(given | changes))
