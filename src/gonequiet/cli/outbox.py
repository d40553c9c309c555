"""`gonequiet outbox`: the drafts that were made, and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Shared
from gonequiet.cli.printing import FINE, console, day, iso, literal, plural, print_json
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.draft_desk import ListedDraft


def outbox(
    action: Annotated[Literal["list", "remove"], Parameter(show_choices=False)] = "list",
    draft: str | None = None,
    *,
    to_folder: Path | None = None,
    shared: Shared | None = None,
) -> int:
    """List the drafts made for you, and what became of them, or remove an untouched one.

    Untouched: as it was written. Edited: yours from then on, and left alone. Gone: you
    have sent it or thrown it away. Drafts of anybody else are never looked at or changed.

    For example:
        gonequiet outbox
        gonequiet outbox remove 3f9c

    Args:
        action: list, or remove.
        draft: The id of the draft to remove, or the beginning of it.
        to_folder: The folder to look at, when it is not the one you have set.
    """
    shared = shared or Shared()
    here = office(shared.db)
    if action == "remove":
        return _remove(draft, to_folder, shared)
    drafts = here.list_drafts(to_folder)
    if shared.json:
        place = here.outbox(to_folder).location
        print_json({"outbox": place, "drafts": [_as_json(each) for each in drafts]})
    else:
        _print(drafts, here.outbox(to_folder).location)
    return FINE


def _remove(draft: str | None, to_folder: Path | None, shared: Shared) -> int:
    if draft is None:
        raise RequestError("Say which: gonequiet outbox remove ID. 'gonequiet outbox' lists them.")
    removed = office(shared.db).remove_draft(draft, to_folder)
    if shared.json:
        print_json({"removed": removed.plan, "file": removed.place})
    else:
        console().print(f"Removed draft {removed.plan}.")
    return FINE


def _as_json(listed: ListedDraft) -> dict[str, object]:
    return {**listed._asdict(), "made_at": iso(listed.made_at)}


def _print(drafts: list[ListedDraft], place: str) -> None:
    out = console()
    for each in drafts:
        made = "" if each.made_at is None else day(each.made_at)
        out.print(
            f"{each.plan}  {each.state:<9}  {made:>11}  {each.form:<10}  {literal(each.contact)}",
            style="dim" if each.state == "gone" else "",
        )
        out.print(f"{'':18}{literal(each.subject)}", no_wrap=True, overflow="ellipsis")
    if not drafts:
        out.print(f"No drafts were made for {literal(place)} so far.")
        return
    out.print(f"\n{plural(len(drafts), 'draft')} for {literal(place)}")
