"""Joins those who only have a name, on a network or in a chat, with the one contact who bears it.

This cannot be told from one organisation: that nobody else bears a name is known only of
everybody. So it comes last, over the names of all contacts, and keeps to full names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from gonequiet.analysis.person_names import full_name_key
from gonequiet.domain.reach import key_order, network_of

OWNER_KEY = ""
"""Stands for the owner, who is no contact."""


class Bearer(NamedTuple):
    """A contact and its name.

    Attributes:
        key: of the contact.
        name: its display name.
        is_person: a person, and not set aside.
        alone: its only address, when that is a name on a network or in a chat and the owner did
            not say that it stands by itself; else "".
    """

    key: str
    name: str
    is_person: bool
    alone: str


def find_alike(bearers: Iterable[Bearer], owner_names: Collection[str]) -> dict[str, str]:
    """Returns the contact that each lone name belongs to, by key.

    Args:
        bearers: all contacts but the owner.
        owner_names: the names the owner goes by.
    """
    own = {key for name in owner_names if (key := full_name_key(name))}
    namesakes: dict[str, list[Bearer]] = {}
    for one in bearers:
        if key := full_name_key(one.name):
            namesakes.setdefault(key, []).append(one)
    found: dict[str, str] = {}
    for key, everybody in namesakes.items():
        lone = _one_of_each([one.alone for one in everybody if one.alone])
        others = [one for one in everybody if not one.alone]
        if lone and (target := _target(others, lone, is_owner=key in own)) is not None:
            found |= dict.fromkeys((one for one in lone if one != target), target)
    return found


def _one_of_each(lone: Sequence[str]) -> list[str]:
    """Leaves out those of whom one network knows several: they are different people."""
    networks = [network_of(address) for address in lone]
    return [one for one in lone if networks.count(network_of(one)) == 1]


def _target(others: Sequence[Bearer], lone: Sequence[str], *, is_owner: bool) -> str | None:
    """Returns who the lone ones are, None when that cannot be told."""
    if is_owner:
        return None if others else OWNER_KEY
    if len(others) == 1:
        return others[0].key if others[0].is_person else None
    return min(lone, key=key_order) if len(lone) > 1 and not others else None
