"""Use case: the single next decent step of each engagement that needs one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gonequiet.analysis.initiative import (
    PATIENT_GAP_DAYS,
    QUIET_GAP_DAYS,
    Facts,
    PlannedMeeting,
    decent_moment,
    plan_step,
    usual_hour,
)
from gonequiet.analysis.triage import Standing
from gonequiet.app.alone import Concern
from gonequiet.app.engagement_desk import EngagementDesk
from gonequiet.app.meeting_records import ContactMeeting, MeetingRecords
from gonequiet.app.meetings import list_meetings
from gonequiet.app.pending import name_of
from gonequiet.app.planned import PlannedStep
from gonequiet.app.quiet import QuietMatter, QuietReport
from gonequiet.app.records import Records
from gonequiet.app.triage import TriagedEngagement
from gonequiet.app.workdays import ContactClocks
from gonequiet.domain.days import Days
from gonequiet.domain.edit import Edit
from gonequiet.domain.meeting import Mode
from gonequiet.domain.message import Channel
from gonequiet.domain.moments import DAY
from gonequiet.domain.next_step import StepKind
from gonequiet.domain.reference import Leaning, Reference, references_in
from gonequiet.domain.workdays import WorkCalendar


@dataclass(frozen=True)
class Initiative:
    """Plans next steps.

    Attributes:
        engagements: engagements and their courses.
        records: for contacts.
        meetings: for what is planned, numbers and cities.
        clocks: for the working hours of contacts.
        days: of the owner's wall clock.
    """

    engagements: EngagementDesk
    records: Records
    meetings: MeetingRecords
    clocks: ContactClocks
    days: Days

    def steps(self, quiet: QuietReport, *, as_of: int) -> list[PlannedStep]:
        """Returns the next step of each engagement that needs one, the most urgent first."""
        concerns = self.engagements.concerns(as_of)
        contacts = {number for it in concerns for number in it.one.engagement.contacts[:3]}
        around = _Around(self, contacts, as_of, quiet)
        found = [(self._planned(it, around), _weight(it)) for it in concerns]
        known = [(one, weight) for one, weight in found if one is not None]
        return [one for one, _ in sorted(known, key=_rank)]

    def _planned(self, concern: Concern, around: _Around) -> PlannedStep | None:
        one, matters = concern.one, around.matters_of(concern)
        contact = around.contact_of(one, matters)
        if contact is None:
            return None
        step = plan_step(around.facts(concern, matters, contact), around.moment(contact))
        if step is None:
            return None
        name, key, handle = around.named(contact)
        return PlannedStep(
            engagement=one.engagement.key,
            name=one.engagement.name,
            organisation=one.engagement.organisation,
            contact=name,
            contact_key=key,
            handle=handle,
            state=one.course.state.value,
            standing=one.weighed.standing.value,
            attempts=one.course.attempts,
            cap=one.course.cap,
            step=step,
            pending=_pending(matters, self.days),
            message_ids=tuple(matter.message_id for matter in matters),
        )


_GROUPS = (
    (StepKind.DO, StepKind.ASK),
    (StepKind.RAISE,),
    (StepKind.MEET, StepKind.CALL, StepKind.WRITE),
    (StepKind.AGREE,),
    (StepKind.CATCH_UP,),
    (StepKind.TOUCH,),
    (StepKind.CLOSE,),
    (StepKind.WAIT,),
    (StepKind.REST,),
)
"""What is looked at first: quiet matters before answered ones; ways to reach out are one group."""

_ORDER = {kind: place for place, kinds in enumerate(_GROUPS) for kind in kinds}


def _weight(concern: Concern) -> int:
    """How many kinds of tangible commitment hang on it; what stands beside carries none of them."""
    tangibles = () if concern.matters else concern.one.tangibles
    return len({seen.found.kind for seen in tangibles if seen.is_confirmed is not False})


def _rank(found: tuple[PlannedStep, int]) -> tuple[int, int, int, int, str]:
    """In each group the serious come first, of those the weightiest, then the one asked latest."""
    one, weight = found
    latest = max((on.toordinal() for _, on in one.pending), default=0)
    standing = list(Standing).index(Standing(one.standing))
    return _ORDER[one.step.kind], standing, -weight, -latest, one.engagement


def _told_on(day: date, journal: Iterable[Edit]) -> list[Reference]:
    """The references that counted on a day."""
    return [one for one in references_in(journal) if one.said_on <= day <= one.expires_on]


def _pending(matters: Sequence[QuietMatter], days: Days) -> tuple[tuple[str, date], ...]:
    ordered = sorted(matters, key=lambda one: one.asked_at)
    return tuple((_titled(one), one.promised_on or days.day_of(one.opened_at)) for one in ordered)


def _titled(matter: QuietMatter) -> str:
    """The subject of a matter as a title, "" when it is none ("RE:", "-")."""
    return name_of(matter.matter.removesuffix(f" (promised for {matter.promised_on})"))


class _Around:
    """What is known around the engagements as of a moment, asked for once."""

    def __init__(
        self, initiative: Initiative, contacts: set[int], as_of: int, quiet: QuietReport
    ) -> None:
        self._records, self._meetings = initiative.records, initiative.meetings
        self._as_of, self._days = as_of, initiative.days
        self._matters: dict[str, list[QuietMatter]] = {}
        for matter in (*quiet.quiet, *quiet.waiting):
            self._matters.setdefault(matter.contact_key, []).append(matter)
        cards = {card.number: card for card in self._records.contacts(including_set_aside=True)}
        self._cards = cards
        contacts = contacts | {one for one, card in cards.items() if card.key in self._matters}
        self._numbers = self._meetings.numbers(contacts)
        self._written = self._meetings.written_at(contacts)
        self._last = self._meetings.last_sent_at(contacts, as_of)
        self._told = _told_on(self._days.day_of(as_of), initiative.engagements.store.edits())
        self._cities, self._own_city = self._meetings.cities()
        self._calendars: Mapping[int, WorkCalendar] = initiative.clocks.calendars(
            sorted(contacts), since=as_of, until=as_of + 60 * DAY
        )
        ahead = list_meetings(self._meetings, as_of=as_of).to_come
        stands = [one for one in reversed(ahead) if not one.is_gone]  # nothing rests on the others
        self._ahead: dict[int, ContactMeeting] = {one.contact: one for one in stands}

    def matters_of(self, concern: Concern) -> list[QuietMatter]:
        """Returns what is open in an engagement, or the matters that stand alone."""
        engagement = concern.one.engagement
        inside = concern.matters or set(engagement.messages) - concern.besides
        keys = [self._cards[one].key for one in engagement.contacts if one in self._cards]
        return [
            matter
            for key in keys
            for matter in self._matters.get(key, ())
            if matter.message in inside
        ]

    def contact_of(self, one: TriagedEngagement, matters: Sequence[QuietMatter]) -> int | None:
        """Returns whom to turn to: the one waited for longest, else the busiest."""
        known = [number for number in one.engagement.contacts if number in self._cards]
        by_key = {self._cards[number].key: number for number in known}
        for matter in sorted(matters, key=lambda matter: matter.asked_at):
            if matter.contact_key in by_key:
                return by_key[matter.contact_key]
        return known[0] if known else None

    def named(self, contact: int) -> tuple[str, str, str]:
        """Returns name, key, and by what a contact goes in a command."""
        card = self._cards[contact]
        words = card.name.casefold().split()
        alike = sum(
            all(word in one.name.casefold() for word in words) for one in self._cards.values()
        )
        return card.name, card.key, card.name if words and alike == 1 else card.key

    def facts(self, concern: Concern, matters: Sequence[QuietMatter], contact: int) -> Facts:
        """Returns what the step is chosen by."""
        one, heard_at = concern.one, concern.heard_at
        standing = one.weighed.standing
        longest = min(matters, key=lambda matter: matter.asked_at, default=None)
        looks = [matter.look_again_at for matter in matters if matter.look_again_at]
        city = self._cities.get(contact, "")
        return Facts(
            course=one.course,
            is_worth_it=_WORTH.get(standing),
            why_worth="" if heard_at is not None else one.weighed.because,
            heard_on=None if heard_at is None else self._days.day_of(heard_at),
            pending=_pending(matters, self._days)
            or ((one.engagement.name, self._days.day_of(one.engagement.last_at)),),
            waited_days=None if longest is None else longest.waited_working_days,
            asked_on=None if longest is None else self._days.day_of(longest.asked_at),
            promised_on=None if longest is None else longest.promised_on,
            is_call=longest is not None and longest.channel == Channel.CALL.value,
            last_at=one.engagement.last_at,
            is_awaited=bool(matters),
            is_settled=concern.is_settled,
            last_attempt_at=self._last.get(contact),
            vouched_by=self._vouched_by(contact) if self._is_spared(contact) else "",
            today=self._days.day_of(self._as_of),
            days=self._days,
            meeting=self._ahead_with(contact),
            same_city=city if city and city.casefold() == self._own_city.casefold() else "",
            number=self._numbers.get(contact, ""),
            look_at=min(looks, default=None),
        )

    def _vouched_by(self, contact: int) -> str:
        """Who called them reliable, where nobody said otherwise; the latest first."""
        addresses = {address for address, _ in self._cards[contact].addresses}
        told = [one for one in self._told if one.address in addresses]
        if any(one.leaning is Leaning.UNRELIABLE for one in told):
            return ""
        reliable = [one for one in told if one.leaning is Leaning.RELIABLE]
        return max(reliable, key=lambda one: one.said_on).said_by if reliable else ""

    def _ahead_with(self, contact: int) -> PlannedMeeting | None:
        found = self._ahead.get(contact)
        if found is None or found.meeting.starts_at > self._as_of + _SOON * DAY:
            return None
        in_person = found.meeting.mode is Mode.FACE_TO_FACE
        return PlannedMeeting(found.meeting.starts_at, found.title, in_person)

    def moment(self, contact: int) -> int:
        """Returns the first decent moment to turn to a contact."""
        gap = PATIENT_GAP_DAYS if self._vouched_by(contact) else QUIET_GAP_DAYS
        return self._moment(contact, gap)

    def _moment(self, contact: int, gap: int) -> int:
        calendar = self._calendars.get(contact, WorkCalendar())
        written = [at for at in self._written.get(contact, ()) if at <= self._as_of]
        hour = usual_hour(written, calendar.time_zone)
        return decent_moment(self._as_of, calendar, hour, self._last.get(contact), gap)

    def _is_spared(self, contact: int) -> bool:
        """Whether the longer gap moves the moment; long after the last attempt it does not."""
        return self._moment(contact, PATIENT_GAP_DAYS) != self._moment(contact, QUIET_GAP_DAYS)


_SOON = 21
_WORTH = {Standing.SERIOUS: True, Standing.WINDOW_SHOPPING: False}
