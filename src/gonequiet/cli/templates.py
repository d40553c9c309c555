"""`gonequiet templates`: what drafts are written from, and how the owner changes it."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.options import Json
from gonequiet.cli.printing import FINE, console, literal, print_json
from gonequiet.errors import RequestError


def templates(
    action: Annotated[Literal["list", "show", "edit"], Parameter(show_choices=False)] = "list",
    name: str | None = None,
    *,
    json: Json = False,
) -> int:
    """List the templates drafts are written from, show one, or copy one for you to edit.

    A template of yours outranks the usual one of the same name; move it away to go back.

    For example:
        gonequiet templates
        gonequiet templates show reminder.en
        gonequiet templates edit reminder.en

    Args:
        action: list, show, or edit: copy it into the folder of your settings.
        name: A form and a language, such as reminder.en.
    """
    from gonequiet.wiring import template_folder

    book = template_folder()
    if action == "list":
        return _list(json=json)
    if name is None:
        raise RequestError(f"Say which: gonequiet templates {action} reminder.en.")
    found = book.named(name) if action == "show" else book.copy_for_editing(name)
    if json:
        print_json(found._asdict())
    elif action == "show":
        console().print(literal(found.text, keep_lines=True).rstrip())
    else:
        console().print(f"Yours to edit: {literal(found.place)}", soft_wrap=True)
    return FINE


def _list(*, json: bool) -> int:
    from gonequiet.wiring import template_folder

    found = template_folder().all()
    if json:
        print_json([{"name": each.name, "file": each.place} for each in found])
        return FINE
    for each in found:
        console().print(f"{each.name:<14}  {literal(each.place) or 'as shipped'}", soft_wrap=True)
    return FINE
