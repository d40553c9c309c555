"""The benefit of the doubt: what else in the records may explain that nothing comes.

Looks at the spell since the contact wrote last. Public holidays are given by the caller, because
they depend on where the contact is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.analysis.reflection.turns import MANY, Turn, is_letter
from gonequiet.domain.message import MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.language.dates import find_dates
from gonequiet.language.sentences import split_sentences
from gonequiet.language.tongues import find_tongue


class Excuse(StrEnum):
    """What may explain a silence."""

    AWAY = "away"
    HOLIDAYS = "holidays"
    BOUNCE = "bounce"
    MANY_RECIPIENTS = "many_recipients"
    NO_QUESTION = "no_question"
    LATER_DATE = "later_date"
    COLLEAGUE = "colleague"


class ExcuseFound(NamedTuple):
    """One explanation.

    Attributes:
        excuse: what it is.
        at: of the message that shows it, UTC epoch seconds; None for holidays.
        message: its number, None for holidays.
        message_id: its Message-ID, "" for holidays.
        quote: the words, or what was counted.
        until_on: until when it explains, None when that is not said.
    """

    excuse: Excuse
    at: int | None
    message: int | None
    message_id: str
    quote: str
    until_on: date | None = None


class ColleagueLetter(NamedTuple):
    """Something a colleague of the contact's wrote to the owner of their own accord.

    Attributes:
        at: UTC epoch seconds.
        message: its number.
        message_id: its Message-ID.
        writer: the name of who wrote it.
        subject: its subject.
    """

    at: int
    message: int
    message_id: str
    writer: str
    subject: str


COLLEAGUE_DAYS: Final = 21
"""So soon after a question, what a colleague writes may be the answer to it."""
_AWAY_STILL: Final = 30 * DAY  # an absence note so old without a return date explains nothing
_LETTERS_BACK: Final = 3
_MANY_HOLIDAYS: Final = 1


def find_excuses(
    turns: Sequence[Turn],
    *,
    as_of: int,
    today: date,
    holidays: Sequence[date] = (),
    colleagues: Sequence[ColleagueLetter] = (),
) -> list[ExcuseFound]:
    """Returns what else may explain the present silence, as of a moment.

    Args:
        turns: in order.
        as_of: UTC epoch seconds.
        today: the same as a day, where the contact is.
        holidays: public holidays there since the owner wrote last.
        colleagues: what others of their house wrote to the owner outside these threads, in order.
    """
    heard = max((at for at, one in enumerate(turns) if _is_heard(one)), default=-1)
    since = turns[heard + 1 :]
    waiting = [one for one in since if one.by_owner and is_letter(one)]
    found = [*_away(turns, as_of, today), *_later(turns, today)]
    if waiting:
        found += [*_bounced(since), *_asked(waiting), *_in_their_place(waiting, colleagues)]
        if len(holidays) >= _MANY_HOLIDAYS:
            days = ", ".join(f"{one:%d %b}" for one in holidays[:4])
            found.append(ExcuseFound(Excuse.HOLIDAYS, None, None, "", days))
    return found


def _is_heard(turn: Turn) -> bool:
    return is_letter(turn) and not turn.by_owner


def _away(turns: Sequence[Turn], as_of: int, today: date) -> Iterator[ExcuseFound]:
    notes = [one for one in turns if one.kind == MessageKind.OUT_OF_OFFICE and not one.by_owner]
    for note in notes[-1:]:
        back_on = date.fromisoformat(note.return_on) if note.return_on else None
        still = as_of - note.at < _AWAY_STILL if back_on is None else back_on >= today
        if still:
            quote = note.subject or "an absence note"
            yield ExcuseFound(Excuse.AWAY, note.at, note.message, note.message_id, quote, back_on)


def _bounced(since: Sequence[Turn]) -> Iterator[ExcuseFound]:
    for one in since:
        if one.kind == MessageKind.BOUNCE:
            yield ExcuseFound(Excuse.BOUNCE, one.at, one.message, one.message_id, one.subject)
            return


def _in_their_place(
    waiting: Sequence[Turn], colleagues: Sequence[ColleagueLetter]
) -> Iterator[ExcuseFound]:
    """A colleague's first letter after the last question, while it may be the answer to it."""
    asked = max((one.at for one in waiting if one.expects_answer), default=0)
    for letter in colleagues:
        if 0 < letter.at - asked <= COLLEAGUE_DAYS * DAY:
            quote = f"{letter.writer}: {letter.subject}" if letter.writer else letter.subject
            where = (letter.at, letter.message, letter.message_id)
            yield ExcuseFound(Excuse.COLLEAGUE, *where, quote)
            return


def _asked(waiting: Sequence[Turn]) -> Iterator[ExcuseFound]:
    last = waiting[-1]
    where = (last.at, last.message, last.message_id)
    if last.n_recipients >= MANY:
        yield ExcuseFound(Excuse.MANY_RECIPIENTS, *where, f"to {last.n_recipients} people")
    if not any(one.expects_answer for one in waiting):
        yield ExcuseFound(Excuse.NO_QUESTION, *where, last.subject)


def _later(turns: Sequence[Turn], today: date) -> Iterator[ExcuseFound]:
    """A day they named in their last letters that has not come yet."""
    for letter in reversed([one for one in turns if _is_heard(one)][-_LETTERS_BACK:]):
        tongue = find_tongue(letter.words)
        for span in split_sentences(letter.words):
            sentence = letter.words[slice(*span)]
            ahead = [
                one
                for one in find_dates(sentence, letter.written_on, tongue)
                if one.first_on > today
            ]
            if ahead:
                quote = " ".join(sentence.split())
                where = (letter.at, letter.message, letter.message_id)
                yield ExcuseFound(Excuse.LATER_DATE, *where, quote, ahead[0].first_on)
                return
