"""Use case: a recap after a meeting or a call, from the owner's notes.

What the notes say that each side undertakes goes into the ledger as the owner's word, once the
owner has confirmed it; the letter that says it to the other side is a draft like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gonequiet.analysis.engagements import subject_words
from gonequiet.app.draft_desk import DraftDesk
from gonequiet.app.drafting import DraftPlan, Saved, SavedDraft, WrittenDraft
from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.meeting_records import ContactMeeting, MeetingRecords
from gonequiet.app.meetings import list_meetings
from gonequiet.app.outbox_ports import Outbox
from gonequiet.app.records import ContactCard, TimelineEntry
from gonequiet.domain import draft
from gonequiet.domain.agreed import Agreed, AgreedStep, agreed_in
from gonequiet.domain.call import call_from
from gonequiet.domain.commitment import Side
from gonequiet.domain.draft import DraftForm, Held
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.errors import Ambiguous, NotFound
from gonequiet.language.greetings import first_name
from gonequiet.language.notes import Doer, NotedStep, read_notes

RECENT_DAYS = 30
"""A conversation longer ago is not the one a recap is written of."""
THREAD_DAYS = 60
"""A mail thread that has rested for longer is not answered with a recap."""


class Talk(NamedTuple):
    """The conversation a recap is of.

    Attributes:
        at: when it ended, UTC epoch seconds.
        title: of the meeting, "" for a call, or when none is known.
        mode: "face_to_face", "video", "call", "unknown".
        is_known: the records hold it; else it is taken to have been today.
        others: names of contacts who were there as well.
        record: Message-ID of the meeting or call; where none is known, of the last exchange.
    """

    at: int
    title: str
    mode: str
    is_known: bool
    others: tuple[str, ...] = ()
    record: str = ""


class RecapStep(NamedTuple):
    """A step of the notes, and whose it is.

    Attributes:
        noted: as it stands in the notes.
        who: by what name the recap calls them.
        side: whose it is in the ledger, None when that is nobody the records know.
        address: key of the contact it is owed to, or who owes it.
    """

    noted: NotedStep
    who: str
    side: Side | None
    address: str

    @property
    def is_plain(self) -> bool:
        """Whether it may go into the ledger without being asked about by itself."""
        return self.noted.is_sure and self.side is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """What a recap is written of.

    Attributes:
        card: whom it goes to.
        talk: the conversation.
        points: what was discussed.
        steps: who does what.
        thread: the mail thread it answers, None for none.
    """

    card: ContactCard
    talk: Talk
    points: tuple[str, ...]
    steps: tuple[RecapStep, ...]
    thread: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapDesk:
    """Everything a recap needs, put together.

    Attributes:
        drafts: plans, writes and saves drafts; it holds the records.
        meetings: for the meeting.
        edits: the owner's journal, to add to.
        journal: gives what stands in it.
    """

    drafts: DraftDesk
    meetings: MeetingRecords
    edits: EditStore
    journal: Callable[[], Sequence[Edit]]

    def read(self, about: str, notes: str, *, as_of: int) -> Recap:
        """Returns what a recap is to say.

        Args:
            about: a contact, or part of the title of a meeting held lately.
            notes: the owner's notes, "" for none so far.
            as_of: UTC epoch seconds.

        Raises:
            NotFound: no contact and no meeting goes by that name.
            Ambiguous: several do.
        """
        card, meeting = self._find(about, as_of)
        self.drafts.check_thawed(card)
        timeline = self.drafts.records.timeline(card.number, as_of)
        talk = self._talk(card, meeting, timeline, as_of)
        people = self._people(card, talk, as_of)
        read = read_notes(notes, self._day(talk.at), people.names())
        return Recap(
            card=card,
            talk=talk,
            points=read.points,
            steps=tuple(step for one in read.steps for step in people.steps(one)),
            thread=_thread(timeline, talk),
        )

    def is_reached_by_mail(self, recap: Recap, *, as_of: int) -> bool:
        """Whether a letter can go to the contact at all."""
        card = recap.card
        known = self.drafts.letters.addressee(card.number, as_of).to
        return bool(known) or any("@" in address for address, _ in card.addresses)

    def write(
        self, recap: Recap, chosen: Collection[RecapStep], *, language: str | None, as_of: int
    ) -> WrittenDraft:
        """Writes the letter; what is not plainly said, nor confirmed, stands as it was noted."""
        plain = [one for one in recap.steps if one.is_plain or one in chosen or one.side is None]
        noted = [one.noted.words for one in recap.steps if one not in plain]
        return self.drafts.write(
            DraftPlan(
                card=recap.card,
                form=DraftForm.RECAP,
                language=language,
                steps=tuple(
                    draft.Step(who=one.who, what=one.noted.what, by=one.noted.due_on)
                    for one in plain
                ),
                points=(*recap.points, *dict.fromkeys(noted)),
                held=Held(
                    on=self._day(recap.talk.at),
                    title=recap.talk.title,
                    is_call=recap.talk.mode == "call",
                ),
                thread=recap.thread,
            ),
            as_of=as_of,
        )

    def save(
        self, recap: Recap, written: WrittenDraft, *, outbox: Outbox, now: int, again: bool
    ) -> SavedDraft:
        """Puts the letter among the owner's drafts; a form never takes the place of a letter."""
        there = outbox.find(written.draft.plan)
        if there is not None and not (recap.points or recap.steps):
            return SavedDraft(outcome=Saved.SAME, place=there.place)
        return self.drafts.save(written, recap.card.key, outbox=outbox, now=now, again=again)

    def keep(
        self, recap: Recap, chosen: Sequence[RecapStep], reply_to: str, *, now: int
    ) -> Agreed | None:
        """Puts steps into the ledger as the owner's word; None when they stand there already.

        Args:
            recap: of which conversation.
            chosen: what the owner confirmed.
            reply_to: Message-ID of the mail the recap answers, "" for none.
            now: UTC epoch seconds.
        """
        made = Agreed(
            0,
            recap.card.key,
            recap.talk.at,
            recap.talk.title,
            tuple(filter(None, dict.fromkeys((reply_to, recap.talk.record)))),
            tuple(
                AgreedStep(one.side, one.address, one.noted.words, one.noted.what, one.noted.due_on)
                for one in chosen
                if one.side is not None
            ),
        )
        known = {(one.address, one.as_text()) for one in agreed_in(self.journal())}
        if not made.steps or (made.address, made.as_text()) in known:
            return None
        edit = self.edits.add_edit(EditVerb.AGREED, made.address, made.as_text(), 0, now=now)
        return made._replace(number=edit.number)

    def _day(self, moment: int) -> date:
        return self.drafts.days.day_of(moment)

    def _find(self, about: str, as_of: int) -> tuple[ContactCard, ContactMeeting | None]:
        """Whom, or which meeting, the owner means; a contact before a meeting."""
        try:
            return get_contact(self.drafts.records, about), None
        except NotFound:
            meeting = self._meeting(about, as_of)
            return get_contact(self.drafts.records, meeting.contact_key), meeting

    def _meeting(self, about: str, as_of: int) -> ContactMeeting:
        """The meeting held lately whose title holds a text."""
        wanted = " ".join(about.casefold().split())
        found = [
            one
            for one in list_meetings(self.meetings, as_of=as_of).held
            if wanted in one.title.casefold() and _is_recent(one.meeting.ends_at, as_of)
        ]
        if not found:
            raise NotFound(
                f"No contact goes by '{about}', and no meeting of the last {RECENT_DAYS} days. "
                "'gonequiet meetings' lists them."
            )
        latest = [one for one in found if one.meeting.ends_at == found[0].meeting.ends_at]
        if len(latest) > 1:
            names = tuple(f"{one.name} <{one.contact_key}>" for one in latest)
            raise Ambiguous(
                f"Several people were at '{latest[0].title}'. Say whom the recap goes to: "
                + ", ".join(names),
                names,
            )
        return latest[0]

    def _talk(
        self,
        card: ContactCard,
        meeting: ContactMeeting | None,
        timeline: Sequence[TimelineEntry],
        as_of: int,
    ) -> Talk:
        """The conversation: the meeting named, else the latest meeting or call with them."""
        everything = list_meetings(self.meetings, as_of=as_of).held
        last = meeting or next((one for one in everything if one.contact == card.number), None)
        met_at = 0 if last is None else last.meeting.ends_at
        call = None if meeting is not None else _last_call(timeline)
        called_at = 0 if call is None else call.at or 0
        if not _is_recent(max(met_at, called_at), as_of):
            latest = max(timeline, key=lambda one: one.at or 0, default=None)
            record = "" if latest is None else latest.message_id
            return Talk(as_of, "", "unknown", False, record=record)
        if call is not None and (last is None or called_at > met_at):
            return Talk(called_at, "", "call", True, record=call.message_id)
        assert last is not None
        others = [
            one.name
            for one in everything
            if one.meeting.uid == last.meeting.uid
            and one.meeting.ends_at == last.meeting.ends_at
            and one.contact != card.number
        ]
        mode = last.meeting.mode.value
        return Talk(last.meeting.ends_at, last.title, mode, True, tuple(others), last.message_id)

    def _people(self, card: ContactCard, talk: Talk, as_of: int) -> _People:
        records = self.drafts.records
        owner = self.drafts.letters.addressee(card.number, as_of).owner_name
        cards = records.contacts(including_set_aside=False)
        near = [
            one
            for one in cards
            if one.number != card.number
            and (
                one.name in talk.others
                or (one.organisation and one.organisation == card.organisation)
            )
        ]
        return _People(card, near, owner)


def _is_recent(at: int, as_of: int) -> bool:
    return as_of - RECENT_DAYS * DAY <= at <= as_of


def _last_call(timeline: Iterable[TimelineEntry]) -> TimelineEntry | None:
    """The last call in which the two spoke, None for none."""
    spoken = (
        one
        for one in timeline
        if one.channel == Channel.CALL and one.at is not None and call_from(one.detail).was_spoken
    )
    return max(spoken, key=lambda one: one.at or 0, default=None)


def _thread(timeline: Sequence[TimelineEntry], talk: Talk) -> int | None:
    """The thread a recap answers: one about the meeting, else that of the last mail."""
    since = talk.at - THREAD_DAYS * DAY
    mails = [
        one
        for one in timeline
        if one.channel == Channel.MAIL
        and one.kind == MessageKind.PERSONAL
        and (one.at or 0) >= since
    ]
    about = subject_words(talk.title)
    same = [one for one in mails if about and about & subject_words(one.subject)]
    latest = max(same or mails, key=lambda one: one.at or 0, default=None)
    return None if latest is None else latest.thread


class _People:
    """Who may be named in the notes.

    Args:
        card: whom the recap goes to.
        others: contacts who were there, or are of the same organisation.
        owner: the owner's name, "" when none is known.
    """

    def __init__(self, card: ContactCard, others: Sequence[ContactCard], owner: str) -> None:
        self._card = card
        self._owner = owner
        shared = Counter(name for one in others for name in _names_of(one.name))
        self._by_name = {
            name: one
            for one in (*others, card)
            for name in _names_of(one.name)
            if shared[name] <= 1 or one is card
        }
        self._own_names = _names_of(owner) - self._by_name.keys()

    def names(self) -> frozenset[str]:
        """Returns every name somebody may go by, folded."""
        return frozenset(self._by_name) | self._own_names

    def steps(self, noted: NotedStep) -> list[RecapStep]:
        """Returns whose step it is; what both are to do is a step of each."""
        mine = RecapStep(noted, first_name(self._owner) or "I", Side.MINE, self._card.key)
        theirs = RecapStep(noted, self._called(self._card), Side.THEIRS, self._card.key)
        if noted.doer is Doer.BOTH:
            return [theirs, mine]
        if noted.doer is Doer.OTHER:
            return [theirs]
        if noted.doer is not Doer.NAMED:
            return [mine]
        folded = noted.name.casefold()
        found = self._by_name.get(folded)
        if found is not None:
            return [theirs._replace(who=self._called(found), address=found.key)]
        is_own = folded in self._own_names
        return [mine if is_own else RecapStep(noted, noted.name, None, "")]

    def _called(self, card: ContactCard) -> str:
        return card.name if "@" in card.name else first_name(card.name)


def _names_of(name: str) -> frozenset[str]:
    """A name, its first and its last word, folded; an address is none."""
    words = [word for word in name.casefold().replace(",", " ").split() if len(word) > 1]
    if "@" in name or not words:
        return frozenset()
    first = first_name(name).casefold()
    last = words[0] if "," in name else words[-1]
    return frozenset((" ".join(words), name.casefold(), first, last))
