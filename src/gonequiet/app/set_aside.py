"""Use case: what is not silence and why, one by one.

`quiet` counts it; here it is listed, so that nothing is hidden and every judgement can be checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from gonequiet.app.records import AsideRow, OpenMatter, Records
from gonequiet.domain.episode import Closure, EpisodeState, state_of
from gonequiet.language.expects import read_expectation

BY_CLOSURE: Final = {
    Closure.BOUNCE: "bounced",
    Closure.COLLEAGUE: "colleague_answered",
    Closure.OTHER_CHANNEL: "answered_on_another_channel",
    Closure.RESPONSE_ELSEWHERE: "answered_elsewhere",
    Closure.WITHDRAWN: "withdrawn",
}
NO_ANSWER: Final = "no_answer_expected"


class AsideMatter(NamedTuple):
    """Something the owner wrote that is not waited for.

    Attributes:
        contact: display name.
        contact_key: the contact's smallest address.
        matter: subject of the message.
        message_id: of that message.
        message: its number in this database.
        sent_at: when it was sent.
        reason: why it is set aside, as `quiet` counts it.
        why: what in its words decided that no answer is expected, "" where something else did.
        answer_probability: how likely a careful reader would feel that an answer is due, None
            where something else decided.
    """

    contact: str
    contact_key: str
    matter: str
    message_id: str
    message: int
    sent_at: int
    reason: str
    why: str = ""
    answer_probability: float | None = None


def list_set_aside(records: Records, *, as_of: int, since: int) -> list[AsideMatter]:
    """Returns what is set aside as of a moment, the latest first.

    Args:
        records: the owner's records.
        as_of: only what was known then counts.
        since: what was last asked before is not listed.
    """
    still = [one for one in records.open_matters(as_of) if one.asked_at > since]
    rows = records.set_aside(since, as_of)
    found = [*_still_open(still, as_of), *map(_as_matter, rows)]
    return sorted(found, key=lambda one: (-one.sent_at, one.contact_key, one.message))


def _still_open(matters: Iterable[OpenMatter], as_of: int) -> Iterable[AsideMatter]:
    for one in matters:
        if one.episode.is_mass:
            yield _open_matter(one, "mass_mail")
        elif state_of(one.episode, as_of) is EpisodeState.PAUSED:
            yield _open_matter(one, "away")


def _open_matter(one: OpenMatter, reason: str) -> AsideMatter:
    return AsideMatter(
        one.contact_name,
        one.contact_key,
        one.subject,
        one.message_id,
        one.episode.opened_by,
        one.episode.opened_at,
        reason,
    )


def _as_matter(row: AsideRow) -> AsideMatter:
    told = (
        row.contact, row.contact_key, row.subject, row.message_id, row.message, row.sent_at
    )  # fmt: skip
    if row.closure:
        return AsideMatter(*told, BY_CLOSURE[Closure(row.closure)])
    read = read_expectation(row.text, row.subject, attached=row.attached)
    return AsideMatter(*told, NO_ANSWER, read.why.value, read.answer_probability)
