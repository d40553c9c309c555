"""The exchange that is looked back on: both sides' turns, in order, with their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from gonequiet.domain.message import Channel, MessageKind
from gonequiet.language.acts import Act, read_acts
from gonequiet.language.called import is_said_to
from gonequiet.language.tongues import find_tongue


class Turn(NamedTuple):
    """One message, call or meeting with the contact.

    Attributes:
        message: its number.
        message_id: its Message-ID, "" when it has none.
        content_digest: of its content; the same after every import.
        at: UTC epoch seconds.
        written_on: the day by its writer's clock.
        by_owner: the owner wrote it or called.
        kind: a `MessageKind`.
        channel: a `Channel`.
        sender: name of who wrote it.
        subject: as written.
        words: its new words.
        thread: its thread.
        parent: the message it answers, None when not known.
        attachments: names of what came with it.
        others: who else it was to, or who else wrote: neither the owner nor the contact.
        n_recipients: how many it was to in all.
        expects_answer: whether it may call for an answer.
        return_on: ISO date of the return an out-of-office states, "" when it states none.
        detail: what only its channel knows, as text.
        names_owner: the owner is among those it is addressed to.
        readers: who else it is addressed to, by name or address.
    """

    message: int
    message_id: str
    content_digest: int
    at: int
    written_on: date
    by_owner: bool
    kind: str
    channel: str
    sender: str
    subject: str
    words: str
    thread: int
    parent: int | None
    attachments: tuple[str, ...]
    others: frozenset[str]
    n_recipients: int
    expects_answer: bool
    return_on: str
    detail: str
    names_owner: bool = True
    readers: frozenset[str] = frozenset()


class PromiseSeen(NamedTuple):
    """A commitment of either side and what became of it, as the ledger has it.

    Attributes:
        message: where it was said.
        quote: its words.
        start: index of the quote in that message's new words.
        stop: index after it.
        by_owner: the owner owes it.
        due_on: the day it was due, None without one.
        is_kept: it was kept; False: it lapsed; None: open or withdrawn.
        changed_at: when that showed, UTC epoch seconds.
        reason: how it showed, in the words of the ledger.
    """

    message: int
    quote: str
    start: int
    stop: int
    by_owner: bool
    due_on: date | None
    is_kept: bool | None
    changed_at: int
    reason: str = ""


MANY: Final = 5
"""A message to so many people or more is addressed to nobody in particular."""

_WRITTEN: Final = frozenset((Channel.MAIL, Channel.TEXT, Channel.CHAT, Channel.NETWORK))


def is_letter(turn: Turn) -> bool:
    """Whether a person wrote words for this exchange."""
    return turn.kind == MessageKind.PERSONAL and turn.channel in _WRITTEN


def is_to_owner(turn: Turn) -> bool:
    """Whether a letter is said to the owner: to few, and the owner is named among them.

    What comes by a list, to many, or to "undisclosed recipients" is said to nobody in particular;
    what calls another of its readers by name is said to them.
    """
    is_to_few = turn.names_owner and 0 < turn.n_recipients < MANY
    return is_to_few and not is_said_to(turn.words, turn.readers)


_SHORTEST: Final = 20  # "Any ideas?" asks for nothing that could be left open
_FORMULA = re.compile(
    r"\b(?:any|further|more|additional) (?:questions?|concerns?|comments?|problems?|information)\b"
    r"|\bfeel free\b|\bhesitate\b"
    r"|\bplease (?:see|find|note|be (?:advised|aware)|refer|disregard|excuse)\b"
    r"|\b(?:bei|falls sie|wenn sie) (?:rück|weitere )?fragen\b|\bzögern sie nicht\b",
    re.IGNORECASE,
)  # words of courtesy that ask for nothing
_ASKS: Final = frozenset((Act.QUESTION, Act.PROPOSAL, Act.REQUEST))


def last_question(turn: Turn) -> tuple[int, int] | None:
    """Where the last thing asked stands: what a letter ends on; a question before a request."""
    acts = read_acts(turn.words, turn.written_on, find_tongue(turn.words))
    for wanted in (frozenset((Act.QUESTION, Act.PROPOSAL)), _ASKS):
        spans = [
            (one.start, one.stop)
            for one in acts
            if one.act in wanted
            and one.stop - one.start >= _SHORTEST
            and not _FORMULA.search(turn.words, one.start, one.stop)
        ]
        if spans:
            return spans[-1]
    return None


_COPIED_HEADER = re.compile(
    r"\bTo:[^\n]{0,200}(?:\n[^\n]{0,200}){0,6}?\b(?:Subject|Re):", re.IGNORECASE
)


def own_words(words: str) -> str:
    """Words up to where the header of another message stands that was copied in.

    Some mail programs put it between the lines in shapes of their own; whatever stands below is
    somebody else's. The paragraph the header begins in goes with it.
    """
    found = _COPIED_HEADER.search(words)
    if found is None:
        return words
    return words[: max(0, words.rfind("\n\n", 0, found.start()))]


_LONG: Final = 60  # characters; who says so much in the same words again has quoted it


def is_repeated(quote: str, turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether it had been said in the thread: then it is quoted, not said.

    Short phrases of their own somebody may use again.
    """
    wanted = _folded(quote)
    return any(
        wanted in _folded(one.words)
        for one in turns
        if one.at < turn.at
        and one.thread == turn.thread
        and (one.by_owner is not turn.by_owner or len(wanted) >= _LONG)
    )


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def theirs(turns: Sequence[Turn]) -> list[Turn]:
    """What the contact wrote."""
    return [turn for turn in turns if is_letter(turn) and not turn.by_owner]


def owners(turns: Sequence[Turn]) -> list[Turn]:
    """What the owner wrote."""
    return [turn for turn in turns if is_letter(turn) and turn.by_owner]
