"""Use case: which engagements there are, and what the owner says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from gonequiet.analysis.engagements import ThreadSeen
from gonequiet.app.engagement_records import ExchangeSeen, Person

_MEETING = "meeting"


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
    rows: list[ExchangeSeen], people: Mapping[int, Person], outside: set[int]
) -> ThreadSeen | None:
    contacts = Counter[int]()
    for row in rows:
        contacts.update(contact for contact in row.contacts if contact in outside)
    if not contacts:
        return None
    first = max(contacts, key=lambda one: (contacts[one], people[one].organisation, -one))
    organisation = people[first].organisation
    return ThreadSeen(
        thread=rows[0].thread,
        party=organisation or people[first].key,
        organisation=organisation,
        subject=rows[0].subject,
        anchors=tuple(row.anchor for row in rows),
        messages=tuple(row.number for row in rows),
        contacts={
            one: count
            for one, count in contacts.items()
            if people[one].organisation == organisation
        },
        inbound=sum(row.direction == "inbound" for row in rows),
        outbound=sum(row.direction == "outbound" for row in rows),
        first_at=rows[0].at,
        last_at=rows[-1].at,
    )
