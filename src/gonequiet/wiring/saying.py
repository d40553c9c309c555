"""What the owner says: who is who, and what happened outside the records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.errors import GonequietError
from gonequiet.wiring.places import now
from gonequiet.wiring.tables import Tables

if TYPE_CHECKING:
    from gonequiet.app.by_hand import Entry
    from gonequiet.app.owner import OwnerView
    from gonequiet.app.ports import Progress
    from gonequiet.domain.edit import Edit
    from gonequiet.domain.logged import Logged


class Saying(Tables):
    """Takes down what the owner says, and takes it back."""

    def suggestions(self) -> list[tuple[str, str, str]]:
        """Returns pairs of contacts that may be one person, with the reason."""
        from gonequiet.app.concluding import find_suggestions

        return find_suggestions(self._conclusions(self._known))

    def owner(self) -> OwnerView:
        """Returns who the owner is taken to be."""
        return self._records.owner()

    def merge(self, contacts: list[str], *, progress: Progress) -> list[Edit]:
        """Says that several contacts are one."""
        from gonequiet.app.identities import merge

        with self._known.sole_writer():
            country = self.settings.country
            made = merge(self._records, self._edits, contacts, now=now(), country=country)
            self._redraw(progress)
        return made

    def split(self, address: str, *, progress: Progress) -> Edit:
        """Says that an address is a contact of its own."""
        from gonequiet.app.identities import split

        with self._known.sole_writer():
            country = self.settings.country
            made = split(self._records, self._edits, address, now=now(), country=country)
            self._redraw(progress)
        return made

    def set_owner(self, addresses: list[str], *, forget: bool, progress: Progress) -> None:
        """Says which addresses are the owner's, or are not."""
        from gonequiet.app.identities import set_owner

        with self._known.sole_writer():
            country = self.settings.country
            set_owner(self._edits, addresses, forget=forget, now=now(), country=country)
            self._redraw(progress)

    def introduce_owner(self, addresses: Sequence[str]) -> None:
        """Says who the owner is before anything is imported; nothing is said twice."""
        from gonequiet.app.identities import set_owner
        from gonequiet.store.editing import EditTables

        if not self._conclusions(self._new_or_known).edits():
            set_owner(EditTables(self._new_or_known), addresses, forget=False, now=now())

    def log(self, entry: Entry, *, progress: Progress) -> Logged:
        """Enters an exchange by hand."""
        from gonequiet.app.by_hand import log_entry

        with self._known.sole_writer():
            made = log_entry(self._records, self._edits, entry, now=now())
            self._redraw(progress)
        return made

    def log_table(self, table: Path, *, progress: Progress) -> tuple[list[Logged], list[str]]:
        """Enters the rows of a table; returns what was entered, and what could not be.

        Raises:
            GonequietError: the table cannot be read.
        """
        from gonequiet.app.by_hand import log_entry, parse_rows

        try:
            text = table.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise GonequietError(
                f"{table} cannot be read ({error.strerror}). Name another file."
            ) from error
        entries, mistakes = parse_rows(text, self.days)
        made = []
        with self._known.sole_writer():
            for entry in entries:
                try:
                    made.append(log_entry(self._records, self._edits, entry, now=now()))
                except GonequietError as error:
                    mistakes.append(str(error))
            self._redraw(progress)
        return made, mistakes

    def logged(self, contact: str | None) -> list[Logged]:
        """Returns what was entered by hand: of one contact, or all of it."""
        from gonequiet.app.identities import get_contact
        from gonequiet.domain.logged import logged_in

        entries = logged_in(self._conclusions(self._known).edits())
        if contact is None:
            return entries
        known = {address for address, _ in get_contact(self._records, contact).addresses}
        return [one for one in entries if one.address in known]

    def change_logged(self, number: int, note: str | None, *, progress: Progress) -> None:
        """Gives an entry another note, or takes it out."""
        from gonequiet.app.by_hand import change_entry

        with self._known.sole_writer():
            edits = self._conclusions(self._known).edits()
            change_entry(self._edits, edits, number, note, now=now())
            self._redraw(progress)

    def undo(self, *, progress: Progress) -> Edit:
        """Takes back the last thing the owner said."""
        from gonequiet.app.identities import undo

        with self._known.sole_writer():
            taken = undo(self._conclusions(self._known).edits(), self._edits, now=now())
            self._redraw(progress)
        return taken
