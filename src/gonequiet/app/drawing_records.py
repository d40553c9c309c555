"""What is loaded of messages while conclusions are drawn from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gonequiet.analysis.exchanges import Exchange
from gonequiet.app.conclusion_store import ConclusionStore, CopyPlace, MessageFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is loaded of some messages, by message number."""

    facts: dict[int, MessageFacts]
    people: dict[int, list[tuple[int, int]]]
    references: dict[int, list[tuple[int, int]]]
    places: dict[int, tuple[CopyPlace, ...]]
    exchanges: dict[int, Exchange]

    def with_more(self, more: Records) -> Records:
        """Returns these records and others, in order of message number."""
        facts = {**self.facts, **more.facts}
        return Records(
            facts=dict(sorted(facts.items())),
            people={**self.people, **more.people},
            references={**self.references, **more.references},
            places={**self.places, **more.places},
            exchanges={**self.exchanges, **more.exchanges},
        )


def load_records(
    store: ConclusionStore, messages: Collection[int] | None, with_sent: Collection[int]
) -> Records:
    """Returns what is known of messages, of all when None.

    Args:
        store: where they are.
        messages: their numbers.
        with_sent: the sources that hold a Sent folder or label.
    """
    return Records(
        facts={row.message: row for row in store.message_facts(messages)},
        people=_grouped(store.participants(messages)),
        references=_grouped(store.references(messages)),
        places=store.copy_facts(messages, with_sent),
        exchanges=store.exchanges(messages),
    )


def load_timelines(
    store: ConclusionStore, theirs: Collection[int], others: Collection[int]
) -> Records:
    """Returns what waits rest on of messages that are linked already.

    Args:
        store: where they are.
        theirs: messages exchanged with those who wait or are waited for.
        others: what else stands in the same threads; who it is to does not matter.
    """
    both = [*theirs, *others]
    return Records(
        facts={row.message: row for row in store.message_facts(both)},
        people=_grouped(store.participants(theirs)),
        references={},
        places={},
        exchanges=store.exchanges(both),
    )


def _grouped(rows: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    grouped: dict[int, list[tuple[int, int]]] = {}
    current, held = -1, []  # type: int, list[tuple[int, int]]
    for message, first, second in rows:
        if message != current:
            current, held = message, []
            grouped[message] = held
        held.append((first, second))
    return grouped
