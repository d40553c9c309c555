"""What is loaded of messages while conclusions are drawn from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
    store: ConclusionStore, messages: Collection[int] | None, known_as: Mapping[int, int]
) -> Records:
    """Returns what is known of messages, of all when None.

    Args:
        store: where they are.
        messages: their numbers.
        known_as: digest of the stored message's id by the digest of each copy's own id.
    """
    return Records(
        facts={row.message: row for row in store.message_facts(messages)},
        people=_grouped(store.participants(messages)),
        references=_grouped(
            (message, kind, known_as.get(digest, digest))
            for message, kind, digest in store.references(messages)
        ),
        places=store.copy_facts(messages),
        exchanges=store.exchanges(messages),
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
