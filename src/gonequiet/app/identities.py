"""Use case: the owner says who is who; every word is kept, and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from gonequiet.app.records import ContactCard, Records
from gonequiet.domain.edit import Edit, EditVerb, active_edits
from gonequiet.domain.reach import SCHEMES, TEL, is_mail
from gonequiet.errors import Ambiguous, NotFound, RequestError
from gonequiet.formats.phone_numbers import tel_address

_NUMBER: Final = re.compile(r"(?:tel:)?\+?[\d\s()./-]{5,30}", re.IGNORECASE)


class EditStore(Protocol):
    """The owner's journal."""

    def add_edit(self, verb: EditVerb, first: str, second: str, undoes: int, *, now: int) -> Edit:
        """Adds one line and waits until it is on the disk."""


def written_address(text: str, country: str = "") -> str:
    """Returns an address as the records have it, from how a person writes it.

    Args:
        text: a mail address, a telephone number, or an address of another channel.
        country: the owner's, for numbers without one.
    """
    written = " ".join(text.lower().split())
    if _NUMBER.fullmatch(written):
        return tel_address(written.removeprefix(TEL), country)
    return written


def get_contact(records: Records, text: str, country: str = "") -> ContactCard:
    """Returns the one contact a name, address or telephone number means.

    Raises:
        NotFound: nobody goes by it.
        Ambiguous: several do.
    """
    found = records.find_contacts(text)
    if not found and _NUMBER.fullmatch(text.strip()):
        found = records.find_contacts(written_address(text, country))
    active = [card for card in found if not card.set_aside] or found
    if not active:
        raise NotFound(
            f"No contact goes by '{text}'. 'gonequiet contacts' lists them; part of a name or "
            "an address is enough."
        )
    if len(active) > 1:
        names = tuple(f"{card.name} <{card.key}>" for card in active[:10])
        listed = "\n".join(f"  {name}" for name in names)
        more = f"\n  ... and {len(active) - 10} more" if len(active) > 10 else ""
        raise Ambiguous(
            f"'{text}' may mean {len(active)} contacts. Name one by address:\n{listed}{more}",
            names,
        )
    return active[0]


def merge(
    records: Records, store: EditStore, texts: Sequence[str], *, now: int, country: str = ""
) -> list[Edit]:
    """Says that several contacts are one.

    Raises:
        RequestError: fewer than two different contacts are named.
    """
    if len(texts) < 2:
        raise RequestError("Name two contacts at least: gonequiet merge ADDRESS ADDRESS.")
    cards = {card.key: card for card in (get_contact(records, text, country) for text in texts)}
    if len(cards) < 2:
        raise RequestError(
            "These are one contact already. Name two different ones: "
            "gonequiet merge ADDRESS ADDRESS."
        )
    first, *others = cards
    return [store.add_edit(EditVerb.MERGE, first, other, 0, now=now) for other in others]


def split(records: Records, store: EditStore, address: str, *, now: int, country: str = "") -> Edit:
    """Says that an address is a contact of its own.

    Raises:
        RequestError: it stands alone already.
    """
    wanted = written_address(address, country)
    card = get_contact(records, wanted)
    if wanted not in {known for known, _ in card.addresses}:
        raise RequestError(f"'{address}' is no address. 'gonequiet show' lists a contact's.")
    if len(card.addresses) == 1:
        raise RequestError(f"{wanted} stands alone already; there is nothing to split.")
    return store.add_edit(EditVerb.SPLIT, wanted, "", 0, now=now)


def set_owner(
    store: EditStore, addresses: Sequence[str], *, forget: bool, now: int, country: str = ""
) -> list[Edit]:
    """Says which addresses are the owner's (or, with `forget`, are not).

    Raises:
        RequestError: something given is no address.
    """
    verb = EditVerb.NOT_ME if forget else EditVerb.ME
    wanted = [written_address(address, country) for address in addresses]
    for address, text in zip(wanted, addresses, strict=True):
        if (not is_mail(address) or " " in address) and not address.startswith(SCHEMES):
            raise RequestError(
                f"'{text}' is no address. Write it as name@example.com, a telephone number as "
                "+493012345678."
            )
    return [store.add_edit(verb, address, "", 0, now=now) for address in wanted]


def undo(edits: Sequence[Edit], store: EditStore, *, now: int) -> Edit:
    """Takes back the last thing the owner said that still holds; returns it.

    Raises:
        RequestError: nothing is left to take back.
    """
    # That a draft was made is a memory, not a word to be taken back.
    active = [edit for edit in active_edits(edits) if edit.verb is not EditVerb.DRAFT]
    if not active:
        raise RequestError("There is nothing to undo.")
    store.add_edit(EditVerb.UNDO, "", "", active[-1].number, now=now)
    return active[-1]
