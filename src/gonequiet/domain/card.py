"""An address card (RFC 6350), or a line of a network's list of connections."""

from __future__ import annotations

from typing import NamedTuple

from gonequiet.domain.detail import as_text, from_text, text_of


class Card(NamedTuple):
    """What a card says of a person, beyond the ways to reach them.

    Attributes:
        uid: of the card, "" when it has none.
        name: the full name.
        organisation: as written.
        role: title or role as written.
        city: where they are.
        country: as written.
        zone: time zone, as named.
        revised_on: ISO date the card was last changed, or the connection was made, "" unknown.
        is_owner: the card says that it is the owner's own.
    """

    uid: str = ""
    name: str = ""
    organisation: str = ""
    role: str = ""
    city: str = ""
    country: str = ""
    zone: str = ""
    revised_on: str = ""
    is_owner: bool = False

    def as_text(self) -> str:
        """Returns it for the store."""
        return as_text(self._asdict())


def card_from(text: str) -> Card:
    """Returns a card from what the store keeps."""
    values = from_text(text)
    said = {name: text_of(values, name) for name in Card._fields[:-1]}
    return Card(**said, is_owner=values.get("is_owner") is True)
