"""Addresses of every channel, in one form each, so that people are recognised across them.

A mail address stands as it is ("dana@harbor.example"). Everything else has a scheme before it:
"tel:+493012345" (RFC 3966, E.164 digits), "tel:03012345" where the country is not known,
"net:linkedin/dana-reyes" for a profile of a network, "chat:dana reyes" where a chat names its
people and gives no number, "name:dana reyes" where a record names nobody's address at all.
"""

from __future__ import annotations

from typing import Final

from gonequiet.domain.message import Channel

TEL: Final = "tel:"
NET: Final = "net:"
CHAT: Final = "chat:"
NAME: Final = "name:"
SCHEMES: Final = (TEL, NET, CHAT, NAME)
_LAST_DIGITS: Final = 7


def is_mail(address: str) -> bool:
    """Returns whether an address is one mail can be sent to."""
    return "@" in address and not address.startswith(SCHEMES)


def named(scheme: str, name: str) -> str:
    """Returns the address of somebody who is only named: white space folded, lower case."""
    folded = " ".join(name.split()).casefold()
    return f"{scheme}{folded}" if folded else ""


def key_order(address: str) -> tuple[bool, bool, str]:
    """Orders the addresses of a contact: it goes by its mail before anything else."""
    is_bare = not address.startswith(SCHEMES)
    return not is_bare, not address.startswith(TEL), address


def network_of(address: str) -> str:
    """Returns what a name on a network or in a chat is one of, "" for any other address."""
    if not address.startswith((NET, CHAT, NAME)):
        return ""
    return address.partition("/")[0] if address.startswith(NET) else address.partition(":")[0]


def alike(address: str) -> str:
    """Returns what an address has in common with every way to write it.

    Of a telephone that is its last digits, with or without its country; else the address.
    """
    return TEL + address[len(TEL) :][-_LAST_DIGITS:] if address.startswith(TEL) else address


def channel_of(address: str) -> Channel:
    """Returns the channel an address belongs to."""
    if address.startswith(TEL):
        return Channel.CALL
    if address.startswith(NET):
        return Channel.NETWORK
    return Channel.CHAT if address.startswith(CHAT) else Channel.MAIL


def shown(address: str) -> str:
    """Returns an address as people write it."""
    for scheme in SCHEMES:
        if address.startswith(scheme):
            return address.removeprefix(scheme)
    return address
