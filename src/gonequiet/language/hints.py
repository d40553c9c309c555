"""Letters to look for in one pass over a text, for as many readers as there are.

A rule that begins "could you" is worth trying only where these letters stand. The letters of all
rules are put into one pattern that shares what they have in common and looks at each word of the
text once: a fraction of what the rules themselves would cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_Branch = dict[str, "_Branch"]
_END = ""  # in a branch: letters may end here


def pattern_of(letters: Iterable[str], *, anywhere: bool = False) -> re.Pattern[str]:
    """A pattern whose matches are empty and whose group 1 holds the longest letters at a place.

    Args:
        letters: what to look for; begins with a letter.
        anywhere: also inside a word, as languages need that put words together.
    """
    root: _Branch = {}
    for one in letters:
        branch = root
        for letter in one:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    edge = "" if anywhere else r"\b"
    return re.compile(f"{edge}(?=({_shared(root)}))")


def _shared(branch: _Branch) -> str:
    longer = [re.escape(letter) + _shared(branch[letter]) for letter in branch if letter != _END]
    if not longer:
        return ""
    is_end = _END in branch
    one = longer[0] if len(longer) == 1 and not is_end else f"(?:{'|'.join(longer)})"
    return f"{one}?" if is_end else one
