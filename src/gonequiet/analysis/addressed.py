"""Whether a letter is one person's word to another, by whom it is from and whom it names.

What machines and lists send, and what an office sends to lists, to groups or to nobody named, binds
nobody to this reader and asks nothing of them alone, whatever its words. A person's letter always
counts as one, unless it names only lists; what its words say of it is for `language.mass`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gonequiet.analysis.addresses import kind_of
from gonequiet.domain.contact import ContactKind

_SENT_OUT = frozenset(
    (
        *("update", "updates", "news", "newsdesk", "alert", "alerts", "notification", "notify"),
        *("order", "orders", "daily", "weekly", "bulletin", "digest", "mailings", "promotions"),
        *("offers", "deals", "rewards", "specials", "receipts", "billing", "noreply", "system"),
        *("announcement", "announcements", "announce", "notifications", "notice", "notices"),
        *("newsletter", "newsletters", "reminder", "reminders", "survey", "surveys"),
    )
)
"""What a mailbox is named after that sends one thing to many: "acme_update@"."""

_SENDING_HOSTS = frozenset(
    (
        *("news", "enews", "newsletter", "support", "e", "email", "mailer", "mailing", "alerts"),
        *("offers", "deals", "reply", "bounce", "notifications", "updates"),
    )
)
"""Hosts that send to many: "anna@news.acme.example"."""

_GROUPS = frozenset(
    (
        *("all", "everyone", "everybody", "staff", "employees", "worldwide", "group", "groups"),
        *("list", "lists", "mailing", "distribution", "members", "subscribers", "users", "dl"),
        *("alumni", "undisclosed"),
    )
)
"""What an address is named after that stands for many."""

_PIECES = re.compile(r"[a-z]+")


@lru_cache(maxsize=4_096)
def sender_kind(address: str) -> ContactKind:
    """What stands behind a sender; a mailbox named after what it sends out is a machine's."""
    kind = kind_of(address)[0]
    local, _, domain = address.partition("@")
    is_sent_out = not _SENT_OUT.isdisjoint(_PIECES.findall(local))
    if is_sent_out or not _SENDING_HOSTS.isdisjoint(domain.split(".")[:-2]):
        return ContactKind.MACHINE
    return kind


def is_a_persons(sender: str, recipients: Sequence[str]) -> bool:
    """Whether a letter is one person's to another, as far as addresses tell.

    Args:
        sender: the address it is from, "" when unknown.
        recipients: the addresses it names as its readers.
    """
    kind = sender_kind(sender)
    if kind in (ContactKind.MACHINE, ContactKind.LIST):
        return False
    lists = sum(map(_is_a_list, recipients))
    if recipients and lists == len(recipients):
        return False
    if kind is ContactKind.PERSON and not _is_named_after_its_house(sender):
        return True
    house = sender.partition("@")[2]
    return not lists and any(not _stands_for_many(one, house) for one in recipients)


@lru_cache(maxsize=4_096)
def _is_named_after_its_house(address: str) -> bool:
    """Whether it speaks for the house, not for a person: administration.acme@acme.example."""
    local, _, domain = address.partition("@")
    names, hosts = _PIECES.findall(local), domain.split(".")
    return len(names) > 1 and len(hosts) > 1 and hosts[-2] in names


@lru_cache(maxsize=16_384)
def _is_a_list(address: str) -> bool:
    return kind_of(address)[0] is ContactKind.LIST


@lru_cache(maxsize=16_384)
def _stands_for_many(address: str, house: str) -> bool:
    """Whether nobody reads it alone: a list, a group, an office of the sender's own house."""
    local, _, domain = address.partition("@")
    if _is_a_list(address) or not _GROUPS.isdisjoint(_PIECES.findall(local)):
        return True
    return domain == house and kind_of(address)[0] is ContactKind.ROLE


_TITLES = frozenset(("mr", "ms", "mrs", "dr", "herr", "frau"))


def is_on_their_side(words: str, sender: str, recipients: Sequence[str]) -> bool:
    """Whether words that begin with a name speak of a reader of another house than the sender's.

    Args:
        words: "Anna will send you the draft".
        sender: the address of who says so.
        recipients: the addresses of whom it is said to.
    """
    names = _PIECES.findall(words.lower())[:2]
    name = next((one for one in names if one not in _TITLES), "")
    house = sender.partition("@")[2]
    parted = (one.partition("@") for one in recipients)
    return any(name in _PIECES.findall(local) and domain != house for local, _, domain in parted)
