"""Use case: a draft for one contact, planned from the records, written, and put among the drafts.

Planning, writing and saving are apart: whoever has a plan already (what to say to whom, about what)
calls `write_plan` and `save_draft` with it. Nothing here can send.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gonequiet.analysis.wording import TemplateProblem, write_draft
from gonequiet.app.linting import LintReport, lint_letter
from gonequiet.app.manners import write_manners
from gonequiet.app.outbox_ports import (
    DraftMemory,
    FoundDraft,
    KeptDraft,
    LetterRecords,
    Outbox,
    Template,
    TemplateBook,
)
from gonequiet.app.records import ContactCard
from gonequiet.domain.draft import (
    Draft,
    DraftForm,
    DraftRequest,
    DraftState,
    Held,
    PendingMatter,
    Person,
    Proposal,
    Side,
    Step,
    is_letter,
)
from gonequiet.errors import RequestError
from gonequiet.formats.mail_writing import render_mail, written_at_of

MOST_MATTERS = 5
"""A letter that brings up more than this asks for none of it."""

_ANSWERS = frozenset((DraftForm.REMINDER, DraftForm.CLOSING, DraftForm.INVITATION))
_DECLINES = frozenset((DraftForm.DECLINE, DraftForm.HAND_OFF))
_ABOUT_ALL = frozenset((DraftForm.REMINDER, DraftForm.CALL))
_ABOUT_ONE = frozenset((DraftForm.CLOSING, DraftForm.CLOSING_CALL, DraftForm.INVITATION))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """What to write to whom; made of the owner's wish, or by whoever plans an outreach.

    Attributes:
        card: the contact.
        matters: what it is about, the most important first.
        language: "en" or "de"; None: the language the owner writes to them in.
        steps: of a recap; of anything else the one easy next step.
        points: what was discussed (recap).
        note: the owner's own words.
        person: who takes over (hand-off), who is asked about (reference).
        proposal: the meeting (invitation).
        held: the conversation (recap).
        thread: what it answers although no matter stands there, None for nothing.
    """

    card: ContactCard
    form: DraftForm
    matters: tuple[PendingMatter, ...] = ()
    language: str | None = None
    steps: tuple[Step, ...] = ()
    points: tuple[str, ...] = ()
    note: str = ""
    person: str = ""
    proposal: Proposal | None = None
    held: Held | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDraft:
    """A draft, the template it was written from, and what is better worded otherwise in it."""

    draft: Draft
    template: Template
    tone: LintReport


class Saved(StrEnum):
    """What saving a draft came to."""

    MADE = "made"
    SAME = "same"  # it was there already, to the letter
    REWRITTEN = "rewritten"  # it was there, untouched, and says it newly
    EDITED = "edited"  # it was there, edited by the owner, and was left alone
    GONE = "gone"  # it was made before and is there no more; not made again


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDraft:
    """Where a draft is now.

    Attributes:
        place: its file, "" when it is gone.
    """

    outcome: Saved
    place: str


def choose_matters(
    form: DraftForm, pending: Sequence[PendingMatter], named: Sequence[str], contact: str
) -> tuple[PendingMatter, ...]:
    """Returns what a draft is about: what the owner named, else what the records hold open.

    Args:
        form: what the draft is for.
        pending: what is open, both sides.
        named: parts of subjects, or matters in the owner's words.
        contact: as the owner named them, for what is said when nothing is open.

    Raises:
        RequestError: nothing is open that such a draft could be about.
    """
    if named:
        return tuple(_named(text, pending, form) for text in named)
    wanted = Side.OWNER if form in _DECLINES else Side.CONTACT
    fitting = [matter for matter in pending if matter.side is wanted]
    if form in _DECLINES or form is DraftForm.REMINDER:
        _need(fitting, form, contact)
    if form in _ABOUT_ALL:
        others = [matter for matter in pending if matter.side is not wanted]
        return (*fitting[:MOST_MATTERS], *others[:MOST_MATTERS])
    return tuple(fitting[:1]) if form in _ABOUT_ONE | _DECLINES else ()


def _need(fitting: Sequence[PendingMatter], form: DraftForm, contact: str) -> None:
    if not fitting:
        whose = "on your side" if form in _DECLINES else "on their side"
        raise RequestError(
            f"The records hold nothing open {whose} with '{contact}'. Name the matter yourself: "
            "--matter 'the lease'."
        )


def _named(text: str, pending: Sequence[PendingMatter], form: DraftForm) -> PendingMatter:
    """The pending matter whose name holds a text, else one in the owner's own words."""
    wanted = text.casefold().strip()
    side = Side.OWNER if form in _DECLINES else Side.CONTACT
    own = PendingMatter(what=text.strip(), side=side)
    fitting = [matter for matter in pending if wanted in matter.what.casefold()]
    return min(fitting, key=lambda matter: matter.side is not side, default=own)


def write_plan(
    plan: DraftPlan,
    *,
    letters: LetterRecords,
    templates: TemplateBook,
    as_of: int,
    written_on: date,
    disabled: Collection[str] = (),
) -> WrittenDraft:
    """Writes a plan, in the owner's language and greeting habits with this contact.

    Args:
        plan: what to write to whom.
        letters: what was written before.
        templates: the owner's, else ours.
        as_of: UTC epoch seconds; nothing later is used.
        written_on: its day where the owner is.
        disabled: rules of tone the owner does not want.

    Raises:
        RequestError: the contact has no mail address, or a template of the owner's is wrong.
    """
    request = _request(plan, letters, as_of, written_on)
    template = templates.get(plan.form, request.language)
    try:
        draft = write_draft(request, template.text)
    except TemplateProblem as problem:
        raise RequestError(_mend(template, problem)) from None
    raw = render_mail(draft, written_at=as_of)
    return WrittenDraft(
        draft=draft,
        template=template,
        tone=lint_letter(raw, f"{draft.plan}.eml", disabled=disabled),
    )


def _mend(template: Template, problem: TemplateProblem) -> str:
    line = f", line {problem.line}" if problem.line else ""
    place = template.place or template.name
    return f"The template {place}{line}: {problem}. Mend it, or move it away to use the usual one."


def _request(plan: DraftPlan, letters: LetterRecords, as_of: int, written_on: date) -> DraftRequest:
    card = plan.card
    party = letters.addressee(card.number, as_of)
    address = party.to or next((one for one, _ in card.addresses if "@" in one), "")
    if not address and is_letter(plan.form):
        raise RequestError(
            f"The records hold no mail address of '{card.name}'. Use --as call for words to say "
            "on the phone."
        )
    name = "" if "@" in card.name else card.name
    manners = write_manners(letters, card.number, name, party.owner_name, plan.language, as_of)
    request = DraftRequest(
        form=plan.form,
        language=manners.language,
        owner=Person(name=party.owner_name, address=party.owner_address),
        contact=Person(name=name or card.name, address=address),
        greeting=manners.greeting,
        closing=manners.closing,
        is_familiar=manners.is_familiar,
        written_on=written_on,
        matters=plan.matters,
        steps=plan.steps,
        points=plan.points,
        note=plan.note,
        person=plan.person,
        proposal=plan.proposal,
        held=plan.held,
        number=next((one for one, _ in card.addresses if one.startswith("tel:")), "")[4:],
    )
    return _threaded(request, plan, letters, as_of)


def _threaded(
    request: DraftRequest, plan: DraftPlan, letters: LetterRecords, as_of: int
) -> DraftRequest:
    """The request as an answer to the thread named, else to that of its first matter."""
    thread = plan.thread
    if thread is None and plan.form in _ANSWERS | _DECLINES:
        threads = (matter.thread for matter in plan.matters if matter.thread is not None)
        thread = next(threads, None)
    if thread is None:
        return request
    place = letters.place_in_thread(thread, plan.card.number, as_of)
    if place is None or not place.message_id:
        return request
    return replace(
        request, subject=place.subject, reply_to=place.message_id, references=place.references
    )


def save_draft(
    written: WrittenDraft,
    *,
    contact: str,
    outbox: Outbox,
    memory: DraftMemory,
    now: int,
    again: bool = False,
) -> SavedDraft:
    """Puts a draft among the owner's; the same plan twice makes one.

    A draft the owner edited stays as it is. One that was made before and is gone (sent or thrown
    away) is not made again, unless the owner says so.

    Args:
        written: the draft.
        contact: key of the contact.
        outbox: where to.
        memory: what was made before.
        now: UTC epoch seconds.
        again: make it although it was made before and is gone.

    Raises:
        OutboxError: it cannot be written.
    """
    draft = written.draft
    there = outbox.find(draft.plan)
    made = any((kept.plan, kept.outbox) == (draft.plan, outbox.location) for kept in memory.made())
    if there is None and made and not again:
        return SavedDraft(outcome=Saved.GONE, place="")
    outcome, found = _put(draft, there, outbox, now)
    memory.remember(
        KeptDraft(draft.plan, draft.form.value, now, contact, draft.subject, outbox.location)
    )
    return SavedDraft(outcome=outcome, place=found.place)


def _put(
    draft: Draft, there: FoundDraft | None, outbox: Outbox, now: int
) -> tuple[Saved, FoundDraft]:
    if there is None:
        return Saved.MADE, outbox.add(draft, written_at=now)
    if there.state is not DraftState.UNTOUCHED:
        return Saved.EDITED, there
    if render_mail(draft, written_at=written_at_of(there.raw) or now) == there.raw:
        return Saved.SAME, outbox.add(draft, written_at=now)
    return Saved.REWRITTEN, outbox.replace(draft, written_at=now)
