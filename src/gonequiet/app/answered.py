"""Use case: what came after a silence, and which path it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gonequiet.analysis.course import SILENCE_WORKING_DAYS, working_days
from gonequiet.analysis.engagements import subject_words
from gonequiet.analysis.response import Answer, read_response
from gonequiet.app.decided import paths_said
from gonequiet.app.engagement_records import (
    AnsweredWait,
    EngagementStore,
    ExchangeSeen,
    MessageWords,
    Person,
    written_on,
)
from gonequiet.domain.edit import active_edits
from gonequiet.domain.response import WHAT_FOLLOWS, Path, ResponseRead, SignFound
from gonequiet.domain.thread import subject_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A response after a silence.

    Attributes:
        contact: display name.
        contact_key: smallest address.
        subject: of the message that waited.
        asked_id: Message-ID of that.
        asked_at: when it was sent.
        message_id: of the response.
        answered_at: when that was sent.
        waited_working_days: between the two, weekends left out.
        in_thread: the response stands in the thread of the question.
        path: where it leads.
        is_said: the owner said so.
        because: why, in a sentence.
        evidence: the spans that say so.
        what_follows: the next decent step.
    """

    contact: str
    contact_key: str
    organisation: str
    subject: str
    asked_id: str
    asked_at: int
    message_id: str
    answered_at: int
    waited_working_days: int
    in_thread: bool
    path: Path
    is_said: bool
    because: str
    evidence: tuple[SignFound, ...]
    what_follows: str


def find_answered(store: EngagementStore, *, as_of: int, contact: int | None) -> list[Answered]:
    """Returns the responses that came after a silence, the latest first.

    Args:
        store: what they are read from.
        as_of: only what was known then is used.
        contact: of one contact, or of all when None.
    """
    people = store.people()
    waits = [
        one
        for one in store.answered_waits(as_of)
        if one.contact in people
        and contact in (None, one.contact)
        and working_days(one.asked_at, one.answered_at) >= SILENCE_WORKING_DAYS
    ]
    words = store.words({number for one in waits for number in (*one.asked, one.answered_by)})
    exchanges = {one.number: one for one in store.exchanges(as_of)}
    waits = [_placed(one, exchanges) for one in waits]
    said = paths_said(active_edits(store.edits()))
    found = [
        _answered(wait, people, words, exchanges, said)
        for wait in _once(waits)
        if {wait.answered_by, wait.asked[0]} <= exchanges.keys()
    ]
    return sorted(found, key=lambda one: (-one.answered_at, one.contact_key, one.asked_at))


def _placed(wait: AnsweredWait, exchanges: Mapping[int, ExchangeSeen]) -> AnsweredWait:
    """A reply under the same subject stands in the thread, whatever its headers say."""
    asked, response = exchanges.get(wait.asked[0]), exchanges.get(wait.answered_by)
    if wait.in_thread or asked is None or response is None:
        return wait
    told = subject_key(response.subject)
    is_same = told.is_reply and told.key == subject_key(asked.subject).key
    return wait._replace(in_thread=is_same and bool(subject_words(asked.subject)))


def _once(waits: Sequence[AnsweredWait]) -> Iterable[AnsweredWait]:
    """One wait for each response: that of its own thread, else the longest."""
    best: dict[tuple[int, int], AnsweredWait] = {}
    for one in waits:
        key = (one.contact, one.answered_by)
        if key not in best or _rank(one) > _rank(best[key]):
            best[key] = one
    return best.values()


def _rank(wait: AnsweredWait) -> tuple[bool, int]:
    return wait.in_thread, -wait.asked_at


def _answered(
    wait: AnsweredWait,
    people: Mapping[int, Person],
    words: Mapping[int, MessageWords],
    exchanges: Mapping[int, ExchangeSeen],
    said: Mapping[str, Path],
) -> Answered:
    asked, response = exchanges[wait.asked[0]], exchanges[wait.answered_by]
    person = people[wait.contact]
    read = _read(wait, people, words, exchanges)
    path = said.get(response.anchor, read.path)
    is_said = response.anchor in said
    return Answered(
        contact=person.name or person.key,
        contact_key=person.key,
        organisation=person.organisation,
        subject=asked.subject,
        asked_id=asked.anchor,
        asked_at=wait.asked_at,
        message_id=response.anchor,
        answered_at=wait.answered_at,
        waited_working_days=working_days(wait.asked_at, wait.answered_at),
        in_thread=wait.in_thread,
        path=path,
        is_said=is_said,
        because=f"You said so. (Read as {read.path.value}.)" if is_said else read.because,
        evidence=read.evidence,
        what_follows=WHAT_FOLLOWS[path],
    )


def _read(
    wait: AnsweredWait,
    people: Mapping[int, Person],
    words: Mapping[int, MessageWords],
    exchanges: Mapping[int, ExchangeSeen],
) -> ResponseRead:
    response = exchanges[wait.answered_by]
    asked = [exchanges[one] for one in wait.asked if one in exchanges]
    before = {contact for one in asked for contact in one.contacts} | {response.sender}
    text = words[wait.answered_by]
    return read_response(
        Answer(
            question="\n".join(words[one].words for one in wait.asked if one in words),
            words=text.words,
            written_on=written_on(wait.answered_at, text),
            attachments=text.documents,
            brought=tuple(
                people[one].name for one in response.contacts if one not in before and one in people
            ),
            in_thread=wait.in_thread,
            asked_under=exchanges[wait.asked[0]].subject,
            answered_under=response.subject,
        )
    )
