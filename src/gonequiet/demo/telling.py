"""Writes down what was planted, from the staged plays and the ordinary threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gonequiet.demo.cast import Cast, Person
from gonequiet.demo.course import Thread
from gonequiet.demo.hours import count_working_days, shift_working_days
from gonequiet.demo.mail import Mail
from gonequiet.demo.plays import Performance
from gonequiet.demo.truth import (
    DriftTruth,
    EngagementTruth,
    IdentityTruth,
    LookAlikeTruth,
    NonSilenceTruth,
    PromiseTruth,
    ReferenceTruth,
    ResponseTruth,
    SignTruth,
    SilenceTruth,
    TangibleTruth,
    Truth,
    WaitingTruth,
)

SIGNS = ("hedge", "deferral", "warmth", "rescheduling", "refusal", "effort")
LOOK_ALIKES = (
    (("michael-chen-castellan", "michael-chen-thornbury"), "same name, two firms, two cities"),
    (("thomas-weber-lindenhof", "thomas-weber-vantage"), "same name, two firms, two countries"),
    (("john-park", "jon-park"), "one letter apart: a researcher and a friend"),
    (("mei-chen", "michael-chen-castellan"), "same initial and family name, two firms"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that was lived, before it is laid out as files."""

    cast: Cast
    mails: list[Mail]
    performances: tuple[Performance, ...]
    threads: tuple[Thread, ...]
    set_aside: tuple[str, ...]
    end: date

    def more_addresses(self) -> dict[str, tuple[str, ...]]:
        """Returns, by person, the addresses that turn up only in plays."""
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for performance in self.performances:
            identity = performance.play.get("identity")
            if identity:
                found[performance.play["contact"]] += tuple(identity["addresses"])
        return dict(found)

    def addresses(self, person: Person) -> tuple[str, ...]:
        """Returns every address of a person, later ones included."""
        return (*person.addresses, *self.more_addresses().get(person.key, ()))


def tell_truth(records: Records, seed: int, as_of: datetime) -> Truth:
    """Returns everything that is known about the mailbox."""
    personal = [mail for mail in records.mails if mail.style == "personal"]
    return Truth(
        seed=seed,
        as_of=as_of.isoformat(),
        owner_addresses=records.cast.owner.addresses,
        contacts=len(records.cast.people),
        messages=len(records.mails),
        silences=tuple(_silences(records)),
        non_silences=tuple(_non_silences(records)),
        absences=tuple(absence for thread in records.threads for absence in thread.absences),
        drifting=tuple(_drifting(records)),
        waiting_on_owner=tuple(_waiting(records)),
        set_aside=_set_aside(records),
        identities=tuple(_identities(records)),
        look_alikes=tuple(_look_alikes(records)),
        promises=(*_planted_promises(records), *_ordinary_promises(records)),
        signs=tuple(_signs(records)),
        responses=tuple(_responses(records)),
        engagements=tuple(_engagements(records)),
        tangibles=tuple(_tangibles(records)),
        meetings=(
            *(meeting for thread in records.threads for meeting in thread.meetings),
            *(meeting for play in records.performances for meeting in play.meetings),
        ),
        references=tuple(_references(records)),
        calls_for_answer=tuple(
            mail.message_id for mail in personal if mail.folder == "sent" and mail.calls_for_answer
        ),
        asks_owner=tuple(
            mail.message_id for mail in personal if mail.folder == "inbox" and mail.calls_for_answer
        ),
    )


def _told(records: Records, key: str) -> Iterator[tuple[Performance, Person, dict[str, Any]]]:
    for performance in records.performances:
        if key in performance.play:
            person = records.cast.named(performance.play["contact"])
            yield performance, person, performance.play[key]


def _silences(records: Records) -> Iterator[SilenceTruth]:
    for performance, person, told in _told(records, "silence"):
        opening = performance.mails[told["opening"]]
        yield SilenceTruth(
            contact=person.name,
            organisation=person.organisation,
            addresses=records.addresses(person),
            message_id=opening.message_id,
            follow_up_ids=tuple(map(performance.message_id, told["follow_ups"])),
            subject=opening.subject,
            kind=told["kind"],
            sent_at=_moment(opening),
            waited_working_days=count_working_days(
                person.place, opening.sent_at.date(), records.end
            ),
        )


def _non_silences(records: Records) -> Iterator[NonSilenceTruth]:
    for performance, person, told in _told(records, "not_silence"):
        returns = told.get("returns")
        day = shift_working_days(person.place, records.end, returns) if returns else None
        yield NonSilenceTruth(
            contact=person.name,
            addresses=records.addresses(person),
            message_id=performance.message_id(told["message"]),
            why=told["why"],
            evidence_id=performance.message_id(told.get("evidence", "")),
            detail=day.isoformat() if day else told.get("detail", ""),
        )


def _drifting(records: Records) -> Iterator[DriftTruth]:
    for person in records.cast.people:
        if person.threads_a_month:
            continue
        last = [mail for mail in records.mails if _touches(mail, person)][-1]
        yield DriftTruth(
            contact=person.name,
            addresses=person.addresses,
            last_message_id=last.message_id,
            last_at=_moment(last),
        )


def _waiting(records: Records) -> Iterator[WaitingTruth]:
    for performance, person, told in _told(records, "waiting"):
        mail = performance.mails[told["message"]]
        yield WaitingTruth(
            contact=person.name,
            addresses=records.addresses(person),
            message_id=mail.message_id,
            subject=mail.subject,
            sent_at=_moment(mail),
        )


def _set_aside(records: Records) -> tuple[str, ...]:
    machines = {
        mail.sender.address
        for mail in records.mails
        if mail.style in ("automatic", "list", "bounce")
    }
    return tuple(sorted(machines))


def _identities(records: Records) -> Iterator[IdentityTruth]:
    for person in records.cast.people:
        if person.also:
            yield IdentityTruth(
                name=person.name, addresses=person.addresses, why="two forms at one firm"
            )
    for _, person, told in _told(records, "identity"):
        yield IdentityTruth(name=person.name, addresses=records.addresses(person), why=told["why"])


def _look_alikes(records: Records) -> Iterator[LookAlikeTruth]:
    for keys, why in LOOK_ALIKES:
        people = [records.cast.named(key) for key in keys]
        yield LookAlikeTruth(
            names=tuple(person.name for person in people),
            addresses=tuple(person.address for person in people),
            why=why,
        )


def _planted_promises(records: Records) -> Iterator[PromiseTruth]:
    for performance in records.performances:
        contact = records.cast.named(performance.play["contact"])
        for line in performance.play["mails"]:
            for key, told in line.get("promises", {}).items():
                mail = performance.mails[line["id"]]
                is_owners = line["by"] == "owner"
                yield PromiseTruth(
                    owed_by="owner" if is_owners else contact.name,
                    owed_to=contact.name if is_owners else "owner",
                    message_id=mail.message_id,
                    sentence=next(span.sentence for span in mail.spans if span.key == key),
                    due_on=performance.dues[f"{line['id']}/{key}"],
                    state=told["state"],
                    is_late=told.get("late", False),
                    evidence_id=performance.message_id(told.get("by", "")),
                )


def _ordinary_promises(records: Records) -> Iterator[PromiseTruth]:
    for thread in records.threads:
        yield from thread.promises


def _signs(records: Records) -> Iterator[SignTruth]:
    names = {
        address: person.name
        for person in records.cast.people
        for address in records.addresses(person)
    }
    for mail in records.mails:
        for span in mail.spans:
            if span.label in SIGNS and mail.folder == "inbox":
                yield SignTruth(
                    contact=names[mail.sender.address],
                    message_id=mail.message_id,
                    label=span.label,
                    sentence=span.sentence,
                )


def _responses(records: Records) -> Iterator[ResponseTruth]:
    for performance, person, told in _told(records, "response"):
        yield ResponseTruth(
            contact=person.name,
            opening_id=performance.message_id(told["opening"]),
            message_id=performance.message_id(told["message"]),
            path=told["path"],
        )


def _engagements(records: Records) -> Iterator[EngagementTruth]:
    for performance, person, told in _told(records, "engagement"):
        yield EngagementTruth(
            name=told["name"],
            kind=told["kind"],
            organisation=person.organisation,
            contacts=tuple(records.cast.named(key).name for key in told["contacts"]),
            standing=told["standing"],
            state=told["state"],
            message_ids=tuple(mail.message_id for mail in performance.mails.values()),
        )


def _tangibles(records: Records) -> Iterator[TangibleTruth]:
    for performance in records.performances:
        for line in performance.play["mails"]:
            for told in line.get("tangible", ()):
                kind, where = told.split(":")
                yield TangibleTruth(
                    contact=records.cast.named(performance.play["contact"]).name,
                    message_id=performance.message_id(line["id"]),
                    kind=kind,
                    where=where,
                )


def _references(records: Records) -> Iterator[ReferenceTruth]:
    for performance, person, told in _told(records, "reference"):
        mail = performance.mails[told["message"]]
        yield ReferenceTruth(
            about=told["about"],
            said_by=person.name,
            message_id=mail.message_id,
            sentence=next(span.sentence for span in mail.spans if span.key == told["mark"]),
            nature=told["nature"],
            leaning=told["leaning"],
        )


def _touches(mail: Mail, person: Person) -> bool:
    return person.party.address in (mail.sender.address, *(party.address for party in mail.to))


def _moment(mail: Mail) -> str:
    return mail.sent_at.astimezone(UTC).isoformat()
