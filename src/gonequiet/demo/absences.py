"""Absence notes of the past: somebody was away, said so, and answered after the return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gonequiet.demo.cast import Person
from gonequiet.demo.dates import full_date, long_date
from gonequiet.demo.hours import random_working_moment, shift_working_days
from gonequiet.demo.machines import make_machine_mail
from gonequiet.demo.mail import Mail
from gonequiet.demo.truth import AbsenceTruth
from gonequiet.demo.wording import load_phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A note, what is true about it, and the moment somebody is back."""

    notice: Mail
    truth: AbsenceTruth
    back_at: datetime


def note_absence(person: Person, asked: Mail, owner: Person, random: Random) -> Absence:
    """Returns the absence note that answers a message of the owner."""
    zone = ZoneInfo(person.place.zone)
    sent_at = asked.sent_at.astimezone(zone) + timedelta(seconds=random.randrange(5, 80))
    back_on = shift_working_days(person.place, sent_at.date(), random.randrange(3, 12))
    words = load_phrases("absences")["de" if person.language == "de" else "en"]
    written = random.choice((full_date, long_date))(back_on, person.language)
    notice = make_machine_mail(
        sender=person.party,
        to=owner.party,
        sent_at=sent_at,
        subject=random.choice(words["subjects"]).format(subject=asked.subject),
        text=random.choice(words["texts"]).format(back=written) + f"\n\n{person.name}",
        style="out_of_office",
        random=random,
    )
    return Absence(
        notice=replace(notice, in_reply_to=asked.message_id, references=(asked.message_id,)),
        truth=AbsenceTruth(
            contact=person.name, message_id=notice.message_id, returns_on=back_on.isoformat()
        ),
        back_at=random_working_moment(person.place, back_on, person.starts, random),
    )
