"""Use case: which engagements there are, drawn from what was exchanged and the owner's word.

Nothing here is stored but that word: engagements follow from the records, as of any day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gonequiet.analysis.engagements import ThreadSeen, find_dismissed, propose_engagements
from gonequiet.app.engagement_records import EngagementStore, ExchangeSeen, NoticeSeen, Person
from gonequiet.domain.edit import Edit, active_edits
from gonequiet.domain.engagement import Benchmark, Engagement, Said, said_of_engagements
from gonequiet.domain.interaction import Direction
from gonequiet.domain.moments import DAY

AFTERMATH_DAYS = 90
"""So long after its last message an automatic notice may still belong to an engagement."""
_TELLING_CHARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The engagements as of a moment, with what they were drawn from.

    Attributes:
        as_of: the moment.
        engagements: the latest exchange first.
        exchanges: messages, calls and meetings by number.
        people: contacts by number.
        notices: automatic notices by key of the engagement they belong to.
        active: what still holds of the owner's journal, in order.
        said: what of it is about engagements.
        dismissed: numbers of the messages of what the owner said is no engagement.
    """

    as_of: int
    engagements: tuple[Engagement, ...]
    exchanges: Mapping[int, ExchangeSeen]
    people: Mapping[int, Person]
    notices: Mapping[str, tuple[NoticeSeen, ...]]
    active: tuple[Edit, ...]
    said: Said
    dismissed: frozenset[int]

    def of(self, engagement: Engagement) -> list[ExchangeSeen]:
        """Returns what was exchanged in an engagement, oldest first."""
        found = (self.exchanges[number] for number in engagement.messages)
        return sorted(found, key=lambda one: (one.at, one.number))

    def names(self, engagement: Engagement) -> list[str]:
        """Returns the names of its people, the busiest first."""
        return [self.people[one].name or self.people[one].key for one in engagement.contacts]

    def home_of(self, number: int) -> Engagement | None:
        """Returns the engagement a message belongs to."""
        return next((one for one in self.engagements if number in one.messages), None)


def draw_engagements(
    store: EngagementStore,
    *,
    house: frozenset[str],
    benchmarks: Sequence[Benchmark],
    as_of: int,
) -> Drawn:
    """Returns the engagements as of a moment.

    Args:
        store: what they are drawn from.
        house: the owner's own organisations; what stays within them is no engagement.
        benchmarks: kinds in order; the last is for all that fits no other.
        as_of: only what was known then is used.
    """
    people, exchanges = store.people(), store.exchanges(as_of)
    active = active_edits(store.edits())
    said = said_of_engagements(active)
    threads = threads_seen(exchanges, people, house)
    found = propose_engagements(threads, said, benchmarks)
    return Drawn(
        as_of=as_of,
        engagements=found,
        exchanges={one.number: one for one in exchanges},
        people=people,
        notices=_assigned(store.notices(as_of), found, people),
        active=active,
        said=said,
        dismissed=find_dismissed(threads, said),
    )


def threads_seen(
    exchanges: Iterable[ExchangeSeen], people: Mapping[int, Person], house: frozenset[str]
) -> list[ThreadSeen]:
    """Returns the threads with somebody outside the owner's house.

    Args:
        exchanges: oldest first.
        people: by number.
        house: the owner's own organisations.
    """
    outside = {number for number, one in people.items() if one.organisation not in house}
    by_thread: dict[int, list[ExchangeSeen]] = defaultdict(list)
    for one in exchanges:
        by_thread[one.thread].append(one)
    found = (_thread(rows, people, outside) for rows in by_thread.values())
    return [one for one in found if one is not None]


def _thread(
    rows: Sequence[ExchangeSeen], people: Mapping[int, Person], outside: set[int]
) -> ThreadSeen | None:
    contacts = Counter[int]()
    for row in rows:
        contacts.update(contact for contact in row.contacts if contact in outside)
    if not contacts:
        return None
    first = max(contacts, key=lambda one: (contacts[one], people[one].organisation, -one))
    home = people[first].organisation
    return ThreadSeen(
        thread=rows[0].thread,
        party=home or people[first].key,
        organisation=home,
        subject=rows[0].subject,
        anchors=tuple(row.anchor for row in rows),
        messages=tuple(row.number for row in rows),
        contacts={one: times for one, times in contacts.items() if _is_of(one, first, people)},
        inbound=sum(row.direction == Direction.INBOUND for row in rows),
        outbound=sum(row.direction == Direction.OUTBOUND for row in rows),
        first_at=rows[0].at,
        last_at=rows[-1].at,
    )


def _is_of(contact: int, first: int, people: Mapping[int, Person]) -> bool:
    """Whether a contact is of the party of another: their organisation, else themselves."""
    home = people[first].organisation
    return contact == first if not home else people[contact].organisation == home


# --- notices -----------------------------------------------------------------------------------


def _assigned(
    notices: Iterable[NoticeSeen], engagements: Sequence[Engagement], people: Mapping[int, Person]
) -> dict[str, tuple[NoticeSeen, ...]]:
    """Which engagement each notice belongs to; one that fits none is left out."""
    found: dict[str, list[NoticeSeen]] = defaultdict(list)
    for one in notices:
        home = _home_of(one, engagements, people)
        if home is not None:
            found[home.key].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def _home_of(
    notice: NoticeSeen, engagements: Sequence[Engagement], people: Mapping[int, Person]
) -> Engagement | None:
    """By its sender's organisation, else by the people and the organisation it names."""
    near = [
        one
        for one in engagements
        if one.first_at <= notice.at <= one.last_at + AFTERMATH_DAYS * DAY and one.organisation
    ]
    same = [one for one in near if one.organisation == notice.organisation]
    if same:
        return max(same, key=lambda one: (one.first_at, one.anchor))
    text = f"{notice.said.subject} {notice.said.words}".casefold()
    named = {one.key: _named(one, text, people) for one in near}
    best = max(near, key=lambda one: (named[one.key], one.first_at, one.anchor), default=None)
    return best if best is not None and named[best.key] else None


def _named(engagement: Engagement, text: str, people: Mapping[int, Person]) -> int:
    names = (people[one].name.casefold() for one in engagement.contacts)
    label = engagement.organisation.partition(".")[0]
    is_named = len(label) >= _TELLING_CHARS and label in "".join(text.split())
    return sum(" " in name and name in text for name in names) + is_named
