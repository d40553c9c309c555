"""`gonequiet contacts`, `merge`, `split`, `me`, `undo`: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Shared
from gonequiet.cli.printing import (
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_json,
    progress_to_stderr,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.records import ContactCard
    from gonequiet.domain.edit import Edit


def contacts(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    set_aside: Annotated[bool, Parameter(negative=())] = False,
    suggestions: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """List your contacts, the latest exchange first.

    For example:
        gonequiet contacts
        gonequiet contacts --set-aside
        gonequiet contacts --suggestions

    Args:
        all_: All of them, not only the latest 40.
        set_aside: Those set aside (no-reply, lists, offices), with the reason.
        suggestions: Pairs that may be one person, for you to decide.
    """
    from gonequiet.wiring import now

    shared = shared or Shared()
    desk = office(shared.db)
    if suggestions:
        return _suggest(desk.suggestions(), as_json=shared.json)
    cards = [
        card
        for card in desk.contacts(including_set_aside=set_aside)
        if bool(card.set_aside) == set_aside
    ]
    shown = cards if all_ or shared.json else cards[:LISTED]
    works = desk.workplaces([card.key for card in shown], as_of=now())
    if shared.json:
        print_json([card_as_json(card) | _work_as_json(works.get(card.key)) for card in shown])
    else:
        _list(shown, works, len(cards))
    return FINE


def _work_as_json(here: Workplace | None) -> dict[str, object]:
    """What the card says of where somebody works; `organisation` is that of their address."""
    works_at, role = (here.organisation, here.role) if here else ("", "")
    return {"works_at": works_at, "role": role}


LISTED = 40


def _list(shown: list[ContactCard], works: Mapping[str, Workplace], known: int) -> None:
    from rich.table import Table

    from gonequiet.cli.workplaces import work_text

    table = Table(box=None, pad_edge=False, header_style="dim")
    room = console().width - _FIGURES
    table.add_column("contact", overflow="ellipsis", no_wrap=True, width=room * 3 // 7)
    table.add_column("address", overflow="ellipsis", no_wrap=True, width=room - room * 3 // 7)
    table.add_column("from / to", justify="right", no_wrap=True)
    table.add_column("last", justify="right", no_wrap=True)
    for card in shown:
        more = f" +{len(card.addresses) - 1}" if len(card.addresses) > 1 else ""
        last = max(card.last_received_at or 0, card.last_sent_at or 0) or None
        note = f" [{card.set_aside.replace('_', ' ')}]" if card.set_aside else ""
        table.add_row(
            literal(card.name) + note,
            literal(card.key) + more,
            f"{card.received:,} / {card.sent:,}",
            day(last),
        )
        if card.key in works and (work := work_text(works[card.key])):
            table.add_row(f"  {work}", "", "", "", style="dim")
    console().print(table)
    if len(shown) < known:
        console().print(f"{len(shown)} of {plural(known, 'contact')}; --all lists them.")


_FIGURES = 31
"""Columns of the terminal that counts, the last day and the blanks between take."""


def card_as_json(card: ContactCard) -> dict[str, object]:
    """Returns a contact as JSON can hold it; its number here means nothing elsewhere."""
    from dataclasses import asdict

    value = asdict(card)
    value["last_received_at"] = iso(card.last_received_at)
    value["last_sent_at"] = iso(card.last_sent_at)
    value["addresses"] = [{"address": one, "rule": rule} for one, rule in card.addresses]
    del value["number"]
    return value


def _suggest(pairs: list[tuple[str, str, str]], *, as_json: bool) -> int:
    if as_json:
        print_json([{"left": left, "right": right, "reason": why} for left, right, why in pairs])
        return FINE
    out = console()
    for left, right, why in pairs:
        out.print(f"{literal(left)} and {literal(right)}: {_ALIKE.get(why, why)}")
    if pairs:
        out.print("If two are one person: gonequiet merge ADDRESS ADDRESS")
    else:
        out.print("No two contacts look like one person.")
    return FINE


_ALIKE = {
    "same_name_private": "the same name, once at a private address",
    "same_name_elsewhere": "the same name, in two houses",
    "same_name_here": "the same name, in one house",
    "numbered": "addresses that differ in a number",
    "same_name_channel": "the same name, once on another channel",
}
"""Why two contacts may be one, in words."""


def merge(*contacts: str, shared: Shared | None = None) -> int:
    """Say that two or more contacts are one person. Kept for ever; 'undo' takes it back.

    For example:
        gonequiet merge dana@halden.example dana.reyes@private.example

    Args:
        contacts: Names or addresses, two at least.
    """
    shared = shared or Shared()
    made = office(shared.db).merge(list(contacts), progress=progress_to_stderr())
    return _acknowledge(
        [edit._asdict() for edit in made],
        shared,
        f"Merged {' and '.join(literal(one) for one in contacts)}.",
    )


def split(address: str, *, shared: Shared | None = None) -> int:
    """Say that an address is a contact of its own. Kept for ever; 'undo' takes it back.

    For example:
        gonequiet split d.reyes@other.example

    Args:
        address: The address that belongs to somebody else.
    """
    shared = shared or Shared()
    made = office(shared.db).split(address, progress=progress_to_stderr())
    return _acknowledge([made._asdict()], shared, f"{literal(address)} stands alone now.")


def me(
    *addresses: str,
    forget: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Say which addresses are yours, or show which are taken to be.

    For example:
        gonequiet me
        gonequiet me mara@northlight.example mara@private.example
        gonequiet me --forget assistant@northlight.example

    Args:
        addresses: Your addresses; none shows what is known.
        forget: These addresses are not yours.
    """
    shared = shared or Shared()
    desk = office(shared.db)
    if addresses:
        desk.set_owner(list(addresses), forget=forget, progress=progress_to_stderr())
    owner = desk.owner()
    if shared.json:
        print_json(
            {
                "addresses": owner.addresses,
                "is_confirmed": owner.is_confirmed,
                "candidates": [one._asdict() for one in owner.candidates],
            }
        )
        return FINE
    out = console()
    for address in sorted(owner.addresses):
        out.print(f"{literal(address)}  ({'you said so' if owner.is_confirmed else 'proposed'})")
    if not owner.is_confirmed:
        for one in owner.candidates:
            out.print(f"  {literal(one.address)} {one.evidence}", style="dim")
        named = " ".join(literal(one) for one in sorted(owner.addresses))
        out.print(f"Confirm with: gonequiet me {named or 'ADDRESS ...'}", soft_wrap=True)
    return FINE


def undo(*, shared: Shared | None = None) -> int:
    """Take back the last thing you said that still holds, whatever it was about.

    For example:
        gonequiet undo
    """
    shared = shared or Shared()
    taken = office(shared.db).undo(progress=progress_to_stderr())
    what = " ".join(part for part in (taken.verb.value, taken.first, _told(taken)) if part)
    return _acknowledge([taken._asdict()], shared, f"Taken back: {literal(what)}.")


def _told(edit: Edit) -> str:
    """What an edit says, for reading: its JSON as names and values."""
    from gonequiet.domain.engagement import told_in

    told = told_in(edit)
    if edit.verb.value == "agreed":
        return f"in '{told.get('title') or 'a conversation'}'"
    if not told:
        return edit.second
    return ", ".join(filter(None, (_part(name, value) for name, value in told.items())))


def _part(name: str, value: object) -> str:
    """One thing an edit says; what is said to be so needs only its name, what is empty none."""
    words = name.removeprefix("is_").replace("_", " ")
    if isinstance(value, bool):
        return words if value else f"not {words}"
    if isinstance(value, int) and (name == "at" or name.endswith(("_at", "_on"))):
        return day(value) if name == "at" else f"{words.removesuffix(' at')} {day(value)}"
    if isinstance(value, list):
        return f"{words} {', '.join(map(str, value))}" if value else ""
    return f"{words} {value}" if value not in ("", None) else ""


def _acknowledge(edits: list[dict[str, object]], shared: Shared, sentence: str) -> int:
    if shared.json:
        print_json(edits)
    else:
        console().print(sentence)
    return FINE
