"""Letters to look for in one pass over a text, for as many forms and readers as there are.

A rule that begins "could you" is worth trying only where these letters stand. The letters of all
rules are put into one pattern that shares what they have in common and looks at each word of the
text once: a fraction of what the rules themselves would cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gonequiet.language.beginnings import beginnings_of

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


class Forms(NamedTuple):
    """Named forms that are found in one pass, by the letters they begin with.

    Attributes:
        pattern: finds the longest letters at a word.
        meant: for these, the forms that may begin there.
        inside: letters that begin no word, and the forms.
    """

    pattern: re.Pattern[str]
    meant: Mapping[str, tuple[_Form, ...]]
    inside: tuple[tuple[str, tuple[_Form, ...]], ...]

    def found_in(self, text: str) -> Iterator[str]:
        """The names of the forms that fit somewhere, each once.

        Args:
            text: in lower case.
        """
        found: set[str] = set()
        for place, forms in self._places(text):
            for name, form in forms:
                if name not in found and form.match(text, place):
                    found.add(name)
                    yield name

    def _places(self, text: str) -> Iterator[tuple[int, tuple[_Form, ...]]]:
        for match in self.pattern.finditer(text):
            yield match.start(), self.meant[match[1]]
        for letters, forms in self.inside:
            at = text.find(letters)
            while at >= 0:
                yield at, forms
                at = text.find(letters, at + 1)


_Form = tuple[str, re.Pattern[str]]


def forms_of(given: Mapping[str, str]) -> Forms:
    """Puts forms together; each must tell the letters it begins with."""
    forms: dict[str, list[_Form]] = {}
    for name, form in given.items():
        for letters in beginnings_of(form):
            forms.setdefault(letters, []).append((name, re.compile(form)))
    words = [letters for letters in forms if letters[0].isalnum()]
    meant = {letters: _all_that_begin(letters, forms) for letters in words}
    inside = tuple((one, tuple(forms[one])) for one in forms if one not in meant)
    return Forms(pattern_of(words), meant, inside)


def _all_that_begin(longest: str, forms: Mapping[str, list[_Form]]) -> tuple[_Form, ...]:
    lengths = range(1, len(longest) + 1)
    found = (form for length in lengths for form in forms.get(longest[:length], ()))
    return tuple(dict.fromkeys(found))
