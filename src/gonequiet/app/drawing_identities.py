"""Draws who is who: those the new messages touch, and then those who only have a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonequiet.analysis.identity import resolve
from gonequiet.analysis.namesakes import OWNER_KEY, Bearer, find_alike
from gonequiet.app.conclusion_store import ConclusionStore
from gonequiet.app.drawing_people import People, load_people
from gonequiet.app.drawing_touched import find_touched
from gonequiet.domain.contact import Contact, HeldCard, Identities, JoinRule
from gonequiet.domain.edit import Edit, replay
from gonequiet.domain.reach import TEL
from gonequiet.formats.phone_numbers import tel_address

Pairs = frozenset[tuple[str, str]]
_ALIKE: Final = JoinRule.NAMED_ALIKE.value


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDrawing:
    """What who-is-who is drawn from.

    Attributes:
        store: where the addresses are.
        owner: the owner's addresses, as said or proposed.
        edits: the owner's words on who is who.
        country: the owner's, for telephone numbers without one; "" unknown.
        cards: the address cards there are.
        former: addresses on cards that are there no more.
    """

    store: ConclusionStore
    owner: frozenset[str]
    edits: Sequence[Edit]
    country: str
    cards: Mapping[int, HeldCard]
    former: frozenset[str]

    def draw(self, fresh: frozenset[int] | None, met: Pairs) -> tuple[People, frozenset[int]]:
        """Finds who is who among those the fresh messages (None: everybody) or pairs touch.

        Returns:
            Who is who, and the contacts that are described otherwise now.
        """
        self.store.count_addresses()
        if fresh is None:
            identities = self._resolve(None, met)
        else:
            identities = self._draw_touched(fresh, met)
        described = self.store.save_contacts(identities, everything=fresh is None)
        self._settle_names()
        return load_people(self.store, frozenset(self.store.owned()) | self.owner), described

    def _draw_touched(self, fresh: frozenset[int], met: Pairs) -> Identities:
        """Resolves the houses of those of whom something new is said; describes the others."""
        said = replay(self.edits)
        touched = find_touched(self.store, fresh, frozenset(self.cards), said)
        changed = touched.changed | self.former | self._owned_by_name()
        changed |= {address for pair in met - self.store.met() for address in pair}
        found = self._resolve(changed, met)
        others = touched.described(frozenset(address for address, _ in found.looks), said)
        return found._replace(
            contacts=found.contacts + others.contacts, set_aside=found.set_aside + others.set_aside
        )

    def suggestions(self) -> list[tuple[str, str, str]]:
        """Returns pairs of contacts that may be one person, with the reason, over everybody."""
        found = self._resolve(None, self.store.met())
        joined = {one for one, _, rule in self.store.names_alone() if rule == _ALIKE}
        joined |= self._owned_by_name()
        return [
            (one.left, one.right, one.reason.value)
            for one in found.suggestions
            if joined.isdisjoint((one.left, one.right))
        ]

    def _resolve(self, touched: Collection[str] | None, met: Pairs) -> Identities:
        """Finds who is who in the houses of some addresses, and in all those tied to them."""
        same_numbers = self._same_numbers()
        ties = {*met, *same_numbers.items()}
        ties |= {(one.first, one.second) for one in self.edits if one.first and one.second}
        return resolve(
            self.store.seen_addresses(touched, ties),
            owner_addresses=self.owner,
            edits=self.edits,
            met=met,
            cards=self.cards.values(),
            same_numbers=same_numbers,
        )

    def _same_numbers(self) -> dict[str, str]:
        if not self.country:
            return {}
        written = {
            one: tel_address(one.removeprefix(TEL), self.country) for one in self.store.telephones()
        }
        return {one: number for one, number in written.items() if number not in ("", one)}

    def _owned_by_name(self) -> set[str]:
        return {address for address, rule in self.store.owned().items() if rule == _ALIKE}

    def _settle_names(self) -> None:
        """Joins names on networks and in chats with who bears them, over everybody."""
        alone = self.store.names_alone()
        if not alone:
            return
        contacts = self.store.contacts()
        wanted = find_alike(self._bearers(alone, contacts), self.store.owner_names())
        numbers = {contacts[number][0]: number for number in contacts}
        alike = {address: at for address, at, rule in alone if rule == _ALIKE}
        parted = sorted(alike.keys() - wanted.keys())
        joined = {
            address: key
            for address, key in wanted.items()
            if key != OWNER_KEY and (key in parted or alike.get(address) != numbers.get(key))
        }
        owned = [address for address, key in wanted.items() if key == OWNER_KEY]
        if parted or joined or owned:
            contacts_again = self._alone_again(parted) if parted else []
            self.store.save_alike(parted=contacts_again, joined=joined, owned=owned)

    def _alone_again(self, addresses: Sequence[str]) -> list[tuple[Contact, str]]:
        found = self._resolve(addresses, frozenset())
        aside = {one.contact: one.reason.value for one in found.set_aside}
        return [
            (one, aside.get(one.key, ""))
            for one in found.contacts
            if one.key in addresses and len(one.addresses) == 1
        ]

    def _bearers(
        self,
        alone: Sequence[tuple[str, int, str]],
        contacts: Mapping[int, tuple[str, str, bool, str, bool]],
    ) -> Iterator[Bearer]:
        """Yields every contact as it would be had names joined nobody."""
        apart = replay(self.edits).alone
        theirs = Counter(self.store.contact_of_address().values())
        for address, number, rule in alone:
            if rule == _ALIKE and number in contacts:
                theirs[number] -= 1
                lone = address if address not in apart else ""
                yield Bearer(address, contacts[number][3], True, lone)
        standing = {address: number for address, number, rule in alone if rule == JoinRule.ALONE}
        for number, (key, _, _, name, is_person) in contacts.items():
            if theirs[number] > 0:
                is_lone = theirs[number] == 1 and standing.get(key) == number and key not in apart
                yield Bearer(key, name, is_person, key if is_lone else "")
