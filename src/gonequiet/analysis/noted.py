"""What the owner noted of a conversation, as the ledger takes what is said in a message.

A note is no message. It goes by the number of its edit below zero, so that it can stand beside
messages without ever being taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gonequiet.analysis.ledger import Uttered
from gonequiet.domain.agreed import Agreed, AgreedStep
from gonequiet.domain.commitment import Claim, Side
from gonequiet.language.undertakings import topic_of

RULE = "your notes"


def number_of(agreed: Agreed) -> int:
    """Returns the number a note goes by among messages."""
    return -agreed.number


def text_of(agreed: Agreed) -> str:
    """Returns the words of a note: each line, and behind it the deed it names."""
    return "\n".join(f"{one.words}\n{one.what}" for one in agreed.steps)


def as_uttered(
    agreed: Iterable[Agreed],
    contacts: Mapping[str, int],
    places: Mapping[str, tuple[int, int]],
) -> list[Uttered]:
    """Returns what was agreed as the ledger draws it up.

    Args:
        agreed: what the owner noted.
        contacts: numbers of the contacts that are not set aside, by address.
        places: numbers of message and thread by Message-ID.
    """
    return [one for each in agreed for one in _steps(each, contacts, places)]


def _steps(
    agreed: Agreed, contacts: Mapping[str, int], places: Mapping[str, tuple[int, int]]
) -> Iterator[Uttered]:
    known = (places[one] for one in agreed.about if one in places)
    opener, thread = next(known, (0, number_of(agreed)))
    start = 0
    for step in agreed.steps:
        claim = _claim(agreed, step, start)
        start = claim.what_stop + 1
        if step.address in contacts:
            yield Uttered(
                claim,
                agreed.at,
                thread,
                step.side is Side.MINE,
                (contacts[step.address],),
                True,
                step.what.lower(),
                topic_of(agreed.title.lower()),
                opener=opener,
            )


def _claim(agreed: Agreed, step: AgreedStep, start: int) -> Claim:
    stop = start + len(step.words)
    return Claim(
        key=agreed.key_of(step),
        message=number_of(agreed),
        start=start,
        stop=stop,
        what_start=stop + 1,
        what_stop=stop + 1 + len(step.what),
        by_reader=False,
        due_on=step.due_on,
        is_sure=True,
        rule=RULE,
    )
