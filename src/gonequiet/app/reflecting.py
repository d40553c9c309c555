"""Use case: look back on an exchange - commitment, ambivalence, and the benefit of the doubt.

Nothing found here is kept: it is read from the records whenever it is asked for. What is kept is
the owner's word that a sign does not count; it is named by the sign's id, outranks the rule for
ever, and 'undo' takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from gonequiet.analysis.reflection.balance import Balance, weigh_effort
from gonequiet.analysis.reflection.excuses import ColleagueLetter, ExcuseFound, find_excuses
from gonequiet.analysis.reflection.questions import Asked, Outcome, follow_questions
from gonequiet.analysis.reflection.signs import find_signs, question_signs, turning_signs
from gonequiet.analysis.reflection.turning import TurningPoint, find_turning_point
from gonequiet.analysis.reflection.turns import PromiseSeen, Turn, own_words
from gonequiet.analysis.reflection.weighing import Statement, weigh
from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.records import ContactCard, Records
from gonequiet.app.workdays import ContactClocks
from gonequiet.domain.commitment import Commitment, Side, Standing, State, last_change
from gonequiet.domain.days import Days
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.evidence import (
    Evidence,
    EvidenceKind,
    digest_range,
    overruled,
    with_overrules,
)
from gonequiet.errors import Ambiguous, NotFound, RequestError


class ReflectionRecords(Protocol):
    """What looking back asks of the store."""

    def turns(self, contact: int, as_of: int) -> list[Turn]:
        """Returns the latest of an exchange with a contact up to a moment, oldest first."""

    def journal(self) -> list[Edit]:
        """Returns every edit of the owner's."""

    def colleague_letters(self, contact: int, since: int, until: int) -> list[ColleagueLetter]:
        """Returns what others of a contact's house began with the owner between two moments."""

    def contacts_of_digests(self, low: int, high: int) -> list[int]:
        """Returns who took part in the messages whose content digest lies between two."""


class BaseRate(NamedTuple):
    """How silences as long as the present one went in the owner's own records.

    Attributes:
        alike: how many there were.
        answered: how many of them were answered later.
    """

    alike: int
    answered: int


class Business(NamedTuple):
    """An engagement, as it is looked back on.

    Attributes:
        key: short name to type.
        name: the owner's, else the subject that stands for it.
        contacts: keys of its contacts, the busiest first.
        messages: numbers of its messages.
    """

    key: str
    name: str
    contacts: tuple[str, ...]
    messages: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What an exchange shows, looking back from a moment.

    Attributes:
        card: with whom; of an engagement, its busiest contact.
        business: the engagement looked back on, None when it is all of one contact.
        cards: all whose letters were looked at, the busiest first.
        first_at: moment of the first exchange, None without any.
        last_at: of the last.
        letters: how many letters both sides wrote.
        statement: what the evidence comes to, with every sign.
        turning: where the exchange turned, None where it did not.
        balance: who gave how much.
        unanswered: the owner's questions that were put off or left without a word.
        excuses: what else may explain the present silence.
        base_rate: of silences as long as the present one, None when nothing is awaited.
    """

    as_of: int
    card: ContactCard
    business: Business | None
    cards: tuple[ContactCard, ...]
    first_at: int | None
    last_at: int | None
    letters: int
    statement: Statement
    turning: TurningPoint | None
    balance: Balance
    unanswered: tuple[Asked, ...]
    excuses: tuple[ExcuseFound, ...]
    base_rate: BaseRate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingBack:
    """What looking back is done with.

    Attributes:
        records: the questions every use case asks.
        exchanges: the words of an exchange.
        clocks: where contacts work.
        commitments: the ledger: what was undertaken with a contact up to a moment.
        base_rate: how silences like the present one with a contact went.
        businesses: the engagements known at a moment.
        days: of the owner's wall clock.
    """

    records: Records
    exchanges: ReflectionRecords
    clocks: ContactClocks
    commitments: Callable[[int, int], Sequence[Commitment]]
    base_rate: Callable[[int, int], BaseRate | None]
    businesses: Callable[[int], Sequence[Business]]
    days: Days


def reflect_on(desk: LookingBack, text: str, *, as_of: int) -> Reflection:
    """Looks back on the exchange with the contact, or on the engagement, that a text means.

    Args:
        desk: what it is done with.
        text: a contact's name, part of it, or address; an engagement's name or key.
        as_of: UTC epoch seconds.

    Raises:
        NotFound: nothing goes by it.
        Ambiguous: several do.
    """
    meant = find_meant(desk.records, desk.businesses(as_of), text)
    if not isinstance(meant, Business):
        return _reflect(desk, (meant,), None, as_of)
    return _reflect(desk, _cards(desk.records, meant), meant, as_of)


def _cards(records: Records, business: Business) -> tuple[ContactCard, ...]:
    """The contacts of an engagement, the busiest first."""
    found = ((key, records.find_contacts(key)) for key in business.contacts)
    return tuple(card for key, cards in found for card in cards if card.key == key)


def find_meant(
    records: Records, businesses: Sequence[Business], text: str
) -> ContactCard | Business:
    """Returns the contact or the engagement that a text means.

    A whole name comes before part of one, and a contact before an engagement; of the same whole
    name, neither is guessed.

    Raises:
        NotFound: nothing goes by it.
        Ambiguous: several do.
    """
    wanted = " ".join(text.casefold().split())
    cards = [card for card in records.find_contacts(text) if not card.set_aside]
    named = [card for card in cards if wanted in (card.name.casefold(), card.key.casefold())]
    exact = [one for one in businesses if wanted in (one.key, one.name.casefold())]
    if exact and named:
        raise Ambiguous(_both(text, named, exact), tuple(one.key for one in exact))
    if exact or not records.find_contacts(text):
        return _get_business(exact or _partly(businesses, wanted), text)
    return get_contact(records, text)


def _partly(businesses: Sequence[Business], wanted: str) -> list[Business]:
    return [
        one
        for one in businesses
        if wanted and (one.key.startswith(wanted) or wanted in one.name.casefold())
    ]


def _get_business(found: Sequence[Business], text: str) -> Business:
    if not found:
        raise NotFound(
            f"No contact and no engagement goes by '{text}'. 'gonequiet contacts' and "
            "'gonequiet engagements' list them; part of a name is enough."
        )
    if len(found) > 1:
        raise Ambiguous(
            f"'{text}' may mean {len(found)} engagements. Name one by key:\n{_keys(found)}",
            tuple(one.key for one in found),
        )
    return found[0]


def _both(text: str, cards: Sequence[ContactCard], businesses: Sequence[Business]) -> str:
    people = "\n".join(f"  {card.key}  the contact" for card in cards[:_MOST_NAMED])
    return (
        f"'{text}' is a contact and an engagement. Name the contact by address, or the "
        f"engagement by key:\n{people}\n{_keys(businesses)}"
    )


_MOST_NAMED = 10


def _keys(businesses: Sequence[Business]) -> str:
    listed = [f"  {one.key}  {one.name}" for one in businesses[:_MOST_NAMED]]
    return "\n".join(listed)


def _reflect(
    desk: LookingBack, cards: tuple[ContactCard, ...], business: Business | None, as_of: int
) -> Reflection:
    turns = _turns_of(desk, [card.number for card in cards], business, as_of)
    asked = follow_questions(turns, as_of)
    numbers = [card.number for card in cards]
    turning, signs = _signs(desk, numbers, turns, asked, as_of)
    last_at = turns[-1].at if turns else None
    balance = weigh_effort(turns if business is None else _with_writers(turns), desk.days)
    return Reflection(
        as_of=as_of,
        card=cards[0],
        business=business,
        cards=cards,
        first_at=turns[0].at if turns else None,
        last_at=last_at,
        letters=balance.theirs.letters + balance.owners.letters,
        statement=weigh(signs, last_at or as_of),
        turning=turning,
        balance=balance,
        unanswered=tuple(
            one for one in asked if one.outcome in (Outcome.PUT_OFF, Outcome.NO_REPLY)
        ),
        excuses=tuple(_excuses(desk, numbers[0], turns, as_of)),
        base_rate=desk.base_rate(numbers[0], as_of),
    )


def _turns(desk: LookingBack, contact: int, as_of: int) -> list[Turn]:
    """The exchange with a contact, each letter in its writer's own words."""
    found = desk.exchanges.turns(contact, as_of)
    return [one._replace(words=own_words(one.words)) for one in found]


def _with_writers(turns: Sequence[Turn]) -> list[Turn]:
    """Letters of an engagement, each writer among those who took part."""
    return [
        one if one.by_owner else one._replace(others=one.others | {one.sender}) for one in turns
    ]


def _turns_of(
    desk: LookingBack, contacts: Sequence[int], business: Business | None, as_of: int
) -> list[Turn]:
    """The exchange with a contact; or with all contacts of an engagement, in its messages."""
    if business is None:
        return _turns(desk, contacts[0], as_of)
    found: dict[int, Turn] = {}
    for contact in contacts:
        for one in _turns(desk, contact, as_of):
            if one.message in business.messages:
                known = found.get(one.message, one)
                found[one.message] = one._replace(others=one.others | known.others)
    return sorted(found.values(), key=lambda one: (one.at, one.message))


_HOLDS_BACK = frozenset((EvidenceKind.HEDGE, EvidenceKind.DEFERRAL, EvidenceKind.RESCHEDULED))


def _signs(
    desk: LookingBack,
    contacts: Sequence[int],
    turns: Sequence[Turn],
    asked: Sequence[Asked],
    as_of: int,
) -> tuple[TurningPoint | None, list[Evidence]]:
    """Everything found, with what the owner said of it, and where the exchange turned."""
    said = overruled(desk.exchanges.journal())
    owed = {one.key: one for contact in contacts for one in desk.commitments(contact, as_of)}
    promises = [_promise(one, turns, as_of) for one in owed.values()]
    known = [one for one in promises if one is not None]
    found = find_signs(turns, known, as_of, desk.days)
    found = [with_overrules(one, said) for one in (*found, *question_signs(turns, asked))]
    counted = [one for one in found if not one.is_overruled]
    held_back = {one.message for one in counted if one.kind in _HOLDS_BACK}
    turning = find_turning_point(turns, held_back)
    found += [with_overrules(one, said) for one in turning_signs(turns, turning)]
    return turning, sorted(found, key=lambda one: (one.at, one.message, one.start, one.key))


def _promise(one: Commitment, turns: Sequence[Turn], as_of: int) -> PromiseSeen | None:
    """A recorded commitment in the words of its message; None when that is not looked at."""
    turn = next((turn for turn in turns if turn.message == one.message), None)
    if turn is None or one.standing is not Standing.RECORDED or one.sentence[1] > len(turn.words):
        return None
    if one.due_on is None or one.due_on <= turn.written_on:
        return None  # without a day nothing can be late; the same day it is done by word of mouth
    change = last_change(one, as_of)
    state = State.OPEN if change is None else change.state
    is_kept = state is State.KEPT if state in (State.KEPT, State.LAPSED) else None
    return PromiseSeen(
        one.message,
        " ".join(turn.words[slice(*one.sentence)].split()),
        *one.sentence,
        one.side is Side.MINE,
        one.due_on,
        is_kept,
        one.said_at if change is None else change.at,
        "" if change is None else change.reason,
    )


def _excuses(
    desk: LookingBack, contact: int, turns: Sequence[Turn], as_of: int
) -> list[ExcuseFound]:
    today = desk.days.day_of(as_of)
    own = [turn.at for turn in turns if turn.by_owner]
    if not own:
        return []
    calendar = desk.clocks.calendars([contact], since=own[-1], until=as_of)[contact]
    since = desk.days.day_of(own[-1])
    holidays = [
        day for day in sorted(calendar.holidays) if _is_free(day, since, today, calendar.weekend)
    ]
    heard = max((turn.at for turn in turns if not turn.by_owner), default=0)
    colleagues = desk.exchanges.colleague_letters(contact, heard, as_of)
    return find_excuses(turns, as_of=as_of, today=today, holidays=holidays, colleagues=colleagues)


def _is_free(day: date, since: date, until: date, weekend: tuple[int, ...]) -> bool:
    return since <= day <= until and day.weekday() not in weekend


def overrule(
    desk: LookingBack, edits: EditStore, key: str, *, because: str, as_of: int, now: int
) -> Evidence:
    """Keeps for ever that a sign does not count; returns the sign.

    Raises:
        RequestError: this is no id of a sign, or the sign is overruled already.
        NotFound: no sign goes by it.
    """
    found = _get_sign(desk, key, as_of)
    if found.is_overruled:
        raise RequestError(f"{found.key} is overruled already. 'gonequiet undo' takes it back.")
    edits.add_edit(EditVerb.OVERRULE, found.key, " ".join(because.split()), 0, now=now)
    return found._replace(is_overruled=True, because=" ".join(because.split()))


def _get_sign(desk: LookingBack, key: str, as_of: int) -> Evidence:
    wanted = key.strip().lower()
    between = digest_range(wanted)
    if between is None:
        raise RequestError(
            f"'{key}' is no id of a sign. 'gonequiet reflect CONTACT' shows one beside each."
        )
    for contacts, business in _looked_at(desk, between, as_of):
        turns = _turns_of(desk, contacts, business, as_of)
        asked = follow_questions(turns, as_of)
        for sign in _signs(desk, contacts, turns, asked, as_of)[1]:
            if sign.key == wanted:
                return sign
    raise NotFound(
        f"No sign goes by {wanted} any more. 'gonequiet reflect CONTACT' shows those there are."
    )


def _looked_at(
    desk: LookingBack, between: tuple[int, int], as_of: int
) -> Iterator[tuple[list[int], Business | None]]:
    """Where a sign may show: with those who took part in its message, then in engagements.

    What is counted over an engagement has an id of its own.
    """
    parties = desk.exchanges.contacts_of_digests(*between)
    for contact in parties:
        yield [contact], None
    for business in desk.businesses(as_of):
        numbers = [card.number for card in _cards(desk.records, business)]
        if not set(parties).isdisjoint(numbers):
            yield numbers, business
