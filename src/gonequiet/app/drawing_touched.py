"""Which addresses new messages say something new of, and who is only described otherwise now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gonequiet.analysis.identity import describe, look_of
from gonequiet.app.conclusion_store import ConclusionStore
from gonequiet.domain.contact import Contact, Identities, JoinRule, SeenAddress, SetAside
from gonequiet.domain.edit import Edits


class Touched(NamedTuple):
    """What the fresh messages touch of who is who.

    Attributes:
        changed: addresses that are new, or look otherwise than when who-is-who was drawn.
        groups: the other contacts on those messages: the addresses of each, with the rules.
        seen: those addresses, as they are used now.
    """

    changed: frozenset[str]
    groups: Sequence[Mapping[str, JoinRule]]
    seen: Mapping[str, SeenAddress]

    def described(self, resolved: frozenset[str], said: Edits) -> Identities:
        """Returns the contacts that are as they were but for name, house and the like.

        Args:
            resolved: addresses that were looked at anew; their contacts are left out.
            said: the owner's words.
        """
        contacts: list[Contact] = []
        set_aside: list[SetAside] = []
        for rules in self.groups:
            if resolved.isdisjoint(rules):
                members = [self.seen[address] for address in sorted(rules)]
                contact, reason = describe(members, rules, said)
                contacts.append(contact)
                set_aside += [] if reason is None else [SetAside(contact.key, reason)]
        return Identities(tuple(contacts), tuple(set_aside), (), ())


def find_touched(
    store: ConclusionStore, fresh: frozenset[int], cards: frozenset[int], said: Edits
) -> Touched:
    """Looks again at everybody the fresh messages name.

    Args:
        store: where they are.
        fresh: message numbers.
        cards: of all address cards; a new one may tie together what looks as before.
        said: the owner's words.
    """
    named = store.addresses_on(fresh)
    members = store.held_with(named)
    seen = {one.address: one for one in store.seen_of(named | members.keys())}
    before = store.looks_of(named)
    changed = {one for one in named & seen.keys() if before.get(one) != look_of(seen[one], said)}
    changed |= store.addresses_on(fresh & cards)
    groups: dict[str, dict[str, JoinRule]] = {}
    for address, (key, rule) in members.items():
        if rule is JoinRule.NAMED_ALIKE:
            changed |= {address} & named
        elif address in seen:
            groups.setdefault(key, {})[address] = rule
    return Touched(frozenset(changed), list(groups.values()), seen)
