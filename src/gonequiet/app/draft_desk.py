"""Use case: what the owner asks for when asking for a draft, and the drafts that were made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from gonequiet.app.drafting import (
    DraftPlan,
    SavedDraft,
    WrittenDraft,
    choose_matters,
    save_draft,
    write_plan,
)
from gonequiet.app.identities import get_contact
from gonequiet.app.outbox_ports import (
    DraftMemory,
    FoundDraft,
    KeptDraft,
    LetterRecords,
    Outbox,
    TemplateBook,
)
from gonequiet.app.pending import Promises, find_pending
from gonequiet.app.records import ContactCard, Records
from gonequiet.domain.course import Course, CourseState
from gonequiet.domain.days import Days
from gonequiet.domain.draft import DraftForm, DraftState, Proposal, Step
from gonequiet.domain.engagement import Engagement
from gonequiet.errors import Ambiguous, NotFound, RequestError

_STEP = re.compile(
    r"\s*(?P<who>[^:\n]{1,80}):\s*(?P<what>[^\n]{1,300}?)"
    r"(?:,?\s+(?:by|bis|until)\s+(?P<by>\d{4}-\d\d-\d\d))?\s*"
)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWish:
    """What the owner asked for.

    Attributes:
        contact: a name, part of a name, or an address.
        matters: parts of subjects, or matters in the owner's words; of a recap, what was discussed.
        language: "en" or "de"; None: the one the owner writes to them in.
        steps: the next step; of a recap "who: what by 2026-03-05".
        person: who takes over (hand-off), who is asked about (reference).
        on: the day of the meeting (invitation).
        at: its hour, "10:00".
        minutes: how long it takes.
    """

    contact: str
    form: DraftForm
    matters: tuple[str, ...] = ()
    language: str | None = None
    steps: tuple[str, ...] = ()
    note: str = ""
    person: str = ""
    on: date | None = None
    at: str = ""
    place: str = ""
    minutes: int = 45


_OUTREACH = frozenset((DraftForm.REMINDER, DraftForm.INVITATION, DraftForm.CALL))


def _reservation(engagement: Engagement, course: Course) -> str:
    """Why nothing more would be proposed, "" when something might."""
    name = f"“{engagement.name}”"
    if course.is_frozen or course.state is CourseState.CLOSED:
        state = "frozen" if course.is_frozen else "closed"
        return f"You have {state} {name}; nothing is proposed there any more."
    if course.attempts >= course.cap:
        return (
            f"{name} has had {course.attempts} attempts without an answer, and you set "
            f"{course.cap} as enough. A closing note, or letting it rest, is the decent step."
        )
    return ""


class ListedDraft(NamedTuple):
    """A draft that was made, and what became of it.

    Attributes:
        place: its file, "" when it is gone.
        contact: key of the contact; "" when only the file is known.
    """

    plan: str
    form: str
    state: DraftState
    made_at: int | None
    contact: str
    subject: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDesk:
    """Everything drafting needs, put together.

    Attributes:
        doubts: asks why verdicts are withheld as of a moment; sentences.
        courses: the engagements of a contact as of a moment, and where each stands.
        days: of the owner's wall clock.
        disabled: rules of tone the owner does not want.
    """

    records: Records
    letters: LetterRecords
    templates: TemplateBook
    memory: DraftMemory
    promises: Promises | None
    doubts: Callable[[int], Sequence[str]]
    courses: Callable[[int, int], Sequence[tuple[Engagement, Course]]]
    days: Days
    disabled: tuple[str, ...] = ()

    def plan(self, wish: DraftWish, *, as_of: int) -> DraftPlan:
        """Returns the plan that a wish comes to, filled from the records.

        Raises:
            NotFound: nobody goes by that name.
            Ambiguous: several do.
            RequestError: something is missing that such a draft needs.
        """
        card = get_contact(self.records, wish.contact)
        self.check_thawed(card)
        is_recap = wish.form is DraftForm.RECAP
        pending = find_pending(
            self.records,
            card.number,
            as_of=as_of,
            day_of=self._day_of,
            promises=self.promises,
            documents=self.letters.documents,
        )
        named = () if is_recap else wish.matters
        _check(wish)
        return DraftPlan(
            card=card,
            form=wish.form,
            matters=choose_matters(wish.form, pending, named, wish.contact),
            language=wish.language,
            steps=tuple(_step(text, is_recap=is_recap) for text in wish.steps),
            points=wish.matters if is_recap else (),
            note=wish.note,
            person=wish.person,
            proposal=_proposal(wish, self.days.zone, as_of),
        )

    def reservations(self, plan: DraftPlan, *, as_of: int) -> list[str]:
        """Returns why an outreach had better not be sent, by the course of what it is about."""
        if plan.form not in _OUTREACH:
            return []
        threads = {matter.thread for matter in plan.matters if matter.thread is not None}
        return [
            reason
            for engagement, course in self.courses(plan.card.number, as_of)
            if threads.intersection(engagement.threads)
            for reason in [_reservation(engagement, course)]
            if reason
        ]

    def check_thawed(self, card: ContactCard) -> None:
        """Makes sure that something may be drafted to a contact.

        Raises:
            RequestError: the contact is frozen.
        """
        if card.set_aside == "frozen":
            raise RequestError(
                f"{card.name} is frozen: nothing is concluded about them, and nothing is drafted. "
                f"'gonequiet freeze {card.key} --thaw' changes that."
            )

    def write(self, plan: DraftPlan, *, as_of: int) -> WrittenDraft:
        """Writes a plan in the owner's language and habits.

        Raises:
            RequestError: the contact has no mail address, or a template of the owner's is wrong.
        """
        return write_plan(
            plan,
            letters=self.letters,
            templates=self.templates,
            as_of=as_of,
            written_on=self._day_of(as_of),
            disabled=self.disabled,
        )

    def save(
        self, written: WrittenDraft, contact: str, *, outbox: Outbox, now: int, again: bool = False
    ) -> SavedDraft:
        """Puts a draft among the owner's; the same plan twice makes one.

        Raises:
            OutboxError: it cannot be written.
        """
        return save_draft(
            written, contact=contact, outbox=outbox, memory=self.memory, now=now, again=again
        )

    def _day_of(self, moment: int) -> date:
        return self.days.day_of(moment)


def list_drafts(outbox: Outbox, memory: DraftMemory) -> list[ListedDraft]:
    """Returns every draft made for an outbox and every one of ours in it, oldest first."""
    there: dict[str, FoundDraft] = {}
    for found in outbox.drafts():
        if found.plan not in there or found.state is DraftState.UNTOUCHED:
            there[found.plan] = found
    known = [kept for kept in memory.made() if kept.outbox == outbox.location]
    listed = [_listed(kept, there.pop(kept.plan, None)) for kept in known]
    strays = (
        ListedDraft(one.plan, "", one.state, None, "", "", one.place) for one in there.values()
    )
    return [*listed, *strays]


def _listed(kept: KeptDraft, found: FoundDraft | None) -> ListedDraft:
    state = DraftState.GONE if found is None else found.state
    place = "" if found is None else found.place
    return ListedDraft(kept.plan, kept.form, state, kept.made_at, kept.contact, kept.subject, place)


def get_draft(outbox: Outbox, given: str) -> FoundDraft:
    """Returns the draft whose id begins as given.

    Raises:
        NotFound: there is none.
        Ambiguous: there are several.
    """
    wanted = given.strip().lower()
    plans = {one.plan for one in outbox.drafts() if wanted and one.plan.startswith(wanted)}
    if len(plans) > 1:
        raise Ambiguous(f"'{given}' may mean {len(plans)} drafts. Write more of it.", tuple(plans))
    found = outbox.find(plans.pop()) if plans else None
    if found is None:
        raise NotFound(f"There is no draft '{given}' in {outbox.location}. See 'gonequiet outbox'.")
    return found


def remove_draft(outbox: Outbox, memory: DraftMemory, given: str) -> FoundDraft:
    """Removes a draft of ours that nobody touched, and forgets it.

    Raises:
        NotFound: there is none.
        RequestError: the owner has edited it.
        OutboxError: it cannot be removed.
    """
    found = get_draft(outbox, given)
    if found.state is not DraftState.UNTOUCHED:
        raise RequestError(
            f"You have edited this draft, so it stays. It lies at {found.place}; remove it there "
            "if you want it gone."
        )
    outbox.remove(found.plan)
    memory.forget(found.plan, outbox.location)
    return found


def _check(wish: DraftWish) -> None:
    """Refuses what such a draft cannot do without."""
    if wish.form is DraftForm.INVITATION and (wish.on is None or not wish.at):
        raise RequestError("Say when: --on 2026-03-05 --at 10:00, and --place if you like.")
    if wish.form is DraftForm.REFERENCE and not wish.person:
        raise RequestError("Say whom it is about: --person 'Lea Ost'.")
    if wish.form is DraftForm.RECAP and not (wish.matters or wish.steps):
        raise RequestError(
            "Say what was discussed, --matter 'the price', and who does what: "
            "--step 'Dana: sends the plan by 2026-03-05'."
        )


def _step(text: str, *, is_recap: bool) -> Step:
    if not is_recap:
        return Step(who="", what=text.strip())
    found = _STEP.fullmatch(text)
    if found is None:
        raise RequestError(
            f"'{text}' does not say who. Write --step 'Dana: sends the plan by 2026-03-05'."
        )
    return Step(who=found["who"].strip(), what=found["what"].strip(), by=_day(found["by"]))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RequestError(f"'{text}' is not a day. Write it as 2026-03-05.") from None


def _proposal(wish: DraftWish, zone: tzinfo, as_of: int) -> Proposal | None:
    if wish.form is not DraftForm.INVITATION or wish.on is None:
        return None
    clock = _CLOCK.fullmatch(wish.at.strip())
    if clock is None:
        raise RequestError(f"'{wish.at}' is not an hour. Write --at 10:00.")
    starts = datetime.combine(wish.on, time(int(clock[1]), int(clock[2])), zone)
    if starts.timestamp() <= as_of:
        raise RequestError("That moment is past. Name a later one with --on and --at.")
    return Proposal(
        starts_at=int(starts.timestamp()),
        minutes=wish.minutes,
        on=wish.on,
        clock=f"{starts:%H:%M}",
        zone="" if wish.place else _offset(starts),
        place=wish.place,
    )


def _offset(moment: datetime) -> str:
    """How far a clock is from UTC, for a talk that is held at no one place."""
    away = moment.utcoffset() or timedelta()
    if not away:
        return "UTC"
    minutes = int(away.total_seconds()) // 60
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
