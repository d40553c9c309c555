"""`gonequiet search`: full text, literally."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter, validators

from gonequiet.cli.office import office
from gonequiet.cli.options import Shared
from gonequiet.cli.printing import (
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_indented,
    print_json,
)


def search(
    text: str,
    *,
    limit: Annotated[int, Parameter(validator=validators.Number(gte=1, lte=10_000))] = 20,
    inside_words: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Find messages that hold a text, literally, newest first.

    Subjects, new words and forwarded text are searched; case and line breaks do
    not matter. Nothing in the text is an operator. Where no word begins with the
    text, it is looked for inside words and among signs as well.

    For example:
        gonequiet search "draft agreement"
        gonequiet search "Q3 (final)" --limit 50

    Args:
        text: What to look for.
        limit: How many messages at most.
        inside_words: Look inside words even though some begin with the text.
    """
    shared = shared or Shared()
    hits = office(shared.db).search(text, limit, inside_words=inside_words)
    if shared.json:
        print_json([{**hit._asdict(), "at": iso(hit.at)} for hit in hits])
        return FINE
    out = console()
    for hit in hits:
        arrow = {"outbound": "→", "inbound": "←"}.get(hit.direction, "·")
        out.print(f"{day(hit.at):>11} {arrow} {literal(hit.sender)}", style="bold")
        print_indented(literal(hit.subject) or "(no subject)", 12)
        if hit.excerpt != hit.subject:
            print_indented(literal(hit.excerpt), 12, "dim")
    more = f" (the newest {limit}; --limit for more)" if len(hits) == limit else ""
    out.print(f"{plural(len(hits), 'message')} found{more}." if hits else "Nothing found.")
    return FINE
