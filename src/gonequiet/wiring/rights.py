"""What is owed to a contact: everything of theirs given out, left alone, or erased."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.domain.moments import DAY
from gonequiet.errors import NotFound
from gonequiet.wiring.outreach import Outreach
from gonequiet.wiring.places import now

if TYPE_CHECKING:
    from gonequiet.app.ports import Progress
    from gonequiet.app.records import ContactCard
    from gonequiet.app.rights import Conclusions, Erasure, WholeContact
    from gonequiet.domain.edit import Edit


class Rights(Outreach):
    """Gives out, freezes, erases, and forgets what is older than it is to be kept."""

    def whole(self, contact: str, *, as_of: int) -> WholeContact:
        """Returns everything the store holds of one contact, and what was concluded from it."""
        from gonequiet.app.rights import whole_contact
        from gonequiet.store.whole import ContactTables

        report = self.show(contact, as_of=as_of)
        more = self._conclusions_of(report.card, as_of)
        return whole_contact(report, ContactTables(self._known), more)

    def _conclusions_of(self, card: ContactCard, as_of: int) -> Conclusions:
        from gonequiet.app.rights import Conclusions
        from gonequiet.domain.contact import SetAsideReason

        if card.set_aside == SetAsideReason.FROZEN:
            return Conclusions()
        undertaken = self.promises(card.key, side=None, states=(), everything=True, as_of=as_of)
        return Conclusions(
            workplace=self.workplaces([card.key], as_of=as_of).get(card.key),
            reflection=self.reflect(card.key, as_of=as_of),
            promises=undertaken.listed,
        )

    def freeze(self, contact: str, *, thaw: bool, progress: Progress) -> tuple[ContactCard, Edit]:
        """Says that nothing is to be concluded about a contact, or that it may be again."""
        from gonequiet.app.rights import freeze

        with self._known.sole_writer():
            card, made = freeze(self._records, self._edits, contact, thaw=thaw, now=now())
            self._redraw(progress)
        return card, made

    def erase(self, contact: str, *, progress: Progress) -> Erasure:
        """Erases one contact whole, here and in every backup beside the database."""
        from gonequiet.app.rights import Erasure
        from gonequiet.store.erasing import erase_everywhere, rewrite
        from gonequiet.store.naming import names_of

        with self._known.sole_writer():
            card = self.contact(contact)
            addresses = [address for address, _ in card.addresses]
            names = names_of(self._known, addresses, card.name)
            drafts = self._remove_drafts_to(addresses)
            progress("erasing", 0, None)
            done = erase_everywhere(self._known, addresses, names)
            self._redraw(progress)
            progress("writing the database anew", 0, None)
            rewrite(self._known)
        return Erasure(
            records=done.records,
            blotted=done.blotted,
            edits=done.edits,
            drafts=drafts,
            backups=self._remove_backups(),
        )

    def _remove_drafts_to(self, addresses: Sequence[str]) -> int:
        """Deletes the drafts of ours to any of these addresses, edited or not."""
        made = self.draft_desk().memory.made()
        places = {self.outbox(None).location, *(kept.outbox for kept in made)}
        outboxes = [self.outbox(Path(place)) for place in sorted(places) if Path(place).is_dir()]
        return sum(
            outbox.erase(draft.plan)
            for outbox in outboxes
            for draft in outbox.drafts()
            if _goes_to(draft.raw, addresses)
        )

    def _remove_backups(self) -> int:
        found = list(self.path.parent.glob(f"{self.path.stem}.before-*"))
        for file in found:
            file.unlink(missing_ok=True)
        return len(found)

    def retain(self, source: str, days: int | None, *, progress: Progress) -> int:
        """Keeps the records of a source for so many days; returns how many were deleted.

        Raises:
            NotFound: there is no such source.
        """
        from gonequiet.domain.edit import EditVerb
        from gonequiet.store.erasing import drop_older, rewrite

        known = [one.location for one in self._records.sources()]
        named = str(Path(source).expanduser().absolute())
        location = next((one for one in known if one in (source, named)), None)
        if location is None:
            raise NotFound(f"There is no source {source}. 'gonequiet status' lists them.")
        with self._known.sole_writer():
            said = "" if days is None else str(days)
            self._edits.add_edit(EditVerb.RETAIN, location, said, 0, now=now())
            gone = 0 if days is None else drop_older(self._known, location, now() - days * DAY)
            self._redraw(progress)
            if gone:
                rewrite(self._known)
        return gone


def _goes_to(content: bytes, addresses: Sequence[str]) -> bool:
    return any(address.encode() in content.lower() for address in addresses)
