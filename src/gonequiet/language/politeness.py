"""How warm or cold the wording of a request or an answer is.

The learned reader was fitted on requests among strangers who work together; its score is a log
odds of the warmer half, 0 in the middle. Compare a contact's messages with one another, not with
a fixed mark: people differ in how they write.
"""

from __future__ import annotations

from collections.abc import Sequence

from gonequiet.language.learned import read_scores
from gonequiet.language.lexicon import Tongue


def warmth_scores(texts: Sequence[str], tongue: Tongue = Tongue.ENGLISH) -> list[float]:
    """Log odds of each text to be among the warmer half; 0.0 for languages that are not read."""
    if not texts or tongue is Tongue.OTHER:
        return [0.0] * len(texts)
    return list(map(float, read_scores("politeness", texts, tongue)))
