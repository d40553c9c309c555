"""Weighs a whole sentence where no phrase is found in it.

Phrases know what they list. A new sentence that offends in words of its own is found by the weight
of all that it has: words, kinds of words near one another, frames. A small net (`net`) weighs them;
`benchmarks/tone_words.py` fits it on made-up sentences and on real mail, of which nothing is kept
but weights of what made-up sentences have. The net says too which rule a sentence comes under;
where it stands is the clause that weighs most.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from gonequiet.language.tone.features import plain_features, shape_features
from gonequiet.language.tone.kinds import words_of
from gonequiet.language.tone.net import Net, Sums

THRESHOLD: Final = 3.0
"""Log odds, as the whole letter moves them, past which a sentence is marked."""

FLOOR: Final = -8.0
"""What a sentence weighs whose words alone weigh so little that the rest is not looked at."""

_TOO_LITTLE: Final = -6.0
"""Log odds of its words alone below which hardly anything near them gets a sentence marked."""

_FEWEST_WORDS: Final = 3
_CLAUSE: Final = re.compile(r"[,;:–—](?=\s)")


class Weighed(NamedTuple):
    """What a sentence weighs.

    Attributes:
        text: the sentence, folded.
        log_odds: that it offends, by itself.
        sums: what of it the net has summed up.
    """

    text: str
    log_odds: float
    sums: Sums = Sums()

    def rule(self) -> str:
        """Returns what it comes under when it offends."""
        return _net().rule(self.sums)

    def heaviest_clause(self) -> tuple[int, int]:
        """Returns where the clause stands that weighs most, if it weighs as much as the whole.

        Otherwise all of the sentence.
        """
        ends = [mark.start() for mark in _CLAUSE.finditer(self.text)]
        if not ends:
            return 0, len(self.text)
        clauses = zip([0, *(end + 1 for end in ends)], [*ends, len(self.text)], strict=True)
        odds, start, end = max(
            (weigh(self.text[start:end].strip()).log_odds, start, end) for start, end in clauses
        )
        if odds < self.log_odds / 2:
            return 0, len(self.text)
        return end - len(self.text[start:end].lstrip()), end


def weigh(sentence: str) -> Weighed:
    """Returns what a folded sentence weighs; what has too few words for it weighs the floor."""
    words, marks = words_of(sentence)
    if len(words) < _FEWEST_WORDS and not marks:
        return Weighed(sentence, FLOOR)
    net = _net()
    plain = plain_features(words, marks)
    sums = net.sums(plain)
    if net.log_odds(sums) <= _TOO_LITTLE:
        return Weighed(sentence, FLOOR)
    sums = net.sums(shape_features(words, marks) - plain, sums)
    return Weighed(sentence, net.log_odds(sums), sums)


@cache
def _net() -> Net:
    return Net(files("gonequiet.language").joinpath("cues", "tone_net.tsv").read_text("utf-8"))
