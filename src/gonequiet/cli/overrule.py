"""`gonequiet overrule`: the owner's word that a sign does not count."""

from __future__ import annotations

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import FINE, console, literal, print_indented, print_json


def overrule(sign: str, *, because: str = "", shared: Judging | None = None) -> int:
    """Say that a sign does not count. Kept for ever; 'undo' takes it back.

    The sign keeps its id when the same mail is imported again, and your word
    outranks the rule that read it.

    For example:
        gonequiet overrule 3f9a0c1d5be210
        gonequiet overrule 3f9a0c1d5be210 --because "she was in hospital"

    Args:
        sign: Its id, as 'gonequiet reflect' shows it.
        because: Why, for yourself.
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    desk = office(shared.db)
    as_of = asked_at(shared.as_of, desk, now())
    found = desk.overrule(sign, because=because, as_of=as_of)
    if shared.json:
        print_json(found._asdict())
        return FINE
    console().print("Overruled; it does not count any more:")
    print_indented(f'"{literal(found.quote)}"', 2)
    console().print("'gonequiet undo' takes it back.", style="dim")
    return FINE
