"""Ordinary threads: who starts, who answers when, and how it ends in an ordinary way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

from gonequiet.demo.absences import note_absence
from gonequiet.demo.cast import Cast, Party, Person, fold_ascii
from gonequiet.demo.composing import Composer, Sheet
from gonequiet.demo.course import Course, Thread, Turn, parse_turn
from gonequiet.demo.dates import weekday
from gonequiet.demo.hours import random_working_moment
from gonequiet.demo.matters import draw_matter
from gonequiet.demo.outcomes import find_meetings, is_sound, note_promise
from gonequiet.demo.pacing import Pace, due_day
from gonequiet.demo.speech import Speech
from gonequiet.demo.wording import Wording, load_phrases

AWAY = 0.05
MAY_WAIT = ("answer", "deliver_direct", "review_comments", "decision")


class ThreadWriter:
    """Writes the ordinary threads of everybody."""

    def __init__(
        self,
        cast: Cast,
        composer: Composer,
        wordings: dict[str, Wording],
        last_days: Mapping[str, date],
    ) -> None:
        self._cast = cast
        self._composer = composer
        self._wordings = wordings
        self._last_days = last_days
        scripts = load_phrases("scripts")
        self._scripts = {
            circle: [
                (row["weight"], tuple(map(parse_turn, row["turns"]))) for row in table.values()
            ]
            for circle, table in scripts.items()
            if not circle.startswith("recipes")
        }
        self._speech = Speech()
        self._pace = Pace(cast.owner)

    def write(self, person: Person, start: date, key: str, random: Random) -> Thread:
        """Writes one thread with that person that starts on, or soon after, that day."""
        scripts = self._scripts[person.circle]
        turns = random.choices([s for _, s in scripts], [w for w, _ in scripts])[0]
        course = self._course(person, start, key, random)
        is_unanswered = not all(self._play(course, turn) for turn in turns)
        return Thread(
            mails=tuple(course.mails),
            is_unanswered=is_unanswered and course.mails[-1].calls_for_answer,
            is_sound=is_sound(course),
            promises=tuple(course.promises),
            meetings=tuple(find_meetings(course)),
            notices=(course.absence.notice,) if course.absence else (),
            absences=(course.absence.truth,) if course.absence else (),
        )

    def _course(self, person: Person, start: date, key: str, random: Random) -> Course:
        moment = random_working_moment(person.place, start, person.starts, random)
        circle = person.circle if person.circle in self._wordings else person.language
        copied: tuple[Party, ...] = ()
        colleagues = [
            colleague
            for colleague in self._cast.colleagues(person)
            if start < self._last_days.get(colleague.address, date.max)
        ]
        if person.circle in ("business", "internal") and colleagues and random.random() < 0.24:
            copied = (random.choice(colleagues).party,)
        return Course(
            person=person,
            key=key,
            slots=draw_matter(person, self._cast, moment.date(), random),
            random=random,
            wording=self._wordings[circle],
            copied=copied,
            moment=moment,
        )

    def _play(self, course: Course, turn: Turn) -> bool:
        """Writes one turn; False when nobody answers and the thread ends here."""
        if turn.chance < 1 and course.random.random() > turn.chance:
            return True
        previous = course.previous
        if previous is None or turn.by == "owner" or not previous.calls_for_answer:
            self._say(course, turn)
            return True
        habit = course.person.habit
        is_at_work = course.person.circle != "friend" and turn.act in MAY_WAIT
        if is_at_work and course.random.random() < AWAY:
            course.absence = note_absence(course.person, previous, self._cast.owner, course.random)
            course.moment = course.absence.back_at
        if course.random.random() < habit.reply_share:
            self._say(course, turn)
            return True
        return self._chase(course, turn)

    def _chase(self, course: Course, turn: Turn) -> bool:
        """The contact lets the message lie; half the time the owner asks again."""
        if course.random.random() < 0.4:
            return False
        course.moment = self._pace.days_later(course, course.random.randrange(5, 9))
        reminder = Turn(
            by="owner", act="reminder", calls_for_answer=True, has_attachment=False, chance=1
        )
        self._say(course, reminder, is_own_follow_up=True)
        if course.random.random() < 0.2:
            return False
        self._say(course, turn, is_late=True)
        return True

    def _say(
        self, course: Course, turn: Turn, is_late: bool = False, is_own_follow_up: bool = False
    ) -> None:
        writer = self._cast.owner if turn.by == "owner" else course.person
        reader = course.person if turn.by == "owner" else self._cast.owner
        if not is_own_follow_up:
            course.moment = self._pace.moment(course, turn, writer)
        self._set_day_slots(course, turn, writer)
        forwarded = self._speech.forwarded(course, turn)
        turn = replace(turn, act="forward") if forwarded else turn
        paragraphs, spans = self._speech.paragraphs(course, turn, is_late)
        mail = self._composer.compose(
            Sheet(
                writer=writer,
                reader=reader,
                to=(self._as_known_to(course, reader),),
                sender=self._as_signed_by(course, writer),
                cc=course.copied,
                sent_at=course.moment,
                subject=course.subject,
                paragraphs=paragraphs,
                act=turn.act,
                previous=course.previous,
                attachments=self._attachments(course, turn),
                calls_for_answer=turn.calls_for_answer,
                spans=spans,
                thread=course.key,
                forwarded=forwarded,
            )
        )
        course.mails.append(mail)
        note_promise(course, turn, mail)

    def _as_known_to(self, course: Course, person: Person) -> Party:
        """Returns name and address: the owner's private one among friends."""
        if person.key == "owner" and course.person.circle == "friend":
            return Party(person.name, person.also[-1])
        return person.party

    def _as_signed_by(self, course: Course, person: Person) -> Party:
        """Returns the same, now and then in another form of the address."""
        is_friend = course.person.circle == "friend"
        if person.also and not is_friend and course.random.random() < 0.1:
            return Party(person.name, person.also[0])
        return self._as_known_to(course, person)

    def _set_day_slots(self, course: Course, turn: Turn, writer: Person) -> None:
        local = course.moment.date()
        previous = course.previous
        if previous is not None:
            course.slots["sentday"] = weekday(previous.sent_at.date(), course.language)
        if turn.act == "promise_doc":
            course.due_on = due_day(writer, local, course.random)
            course.slots["due"] = weekday(course.due_on, course.language)

    def _attachments(self, course: Course, turn: Turn) -> tuple[str, ...]:
        if not turn.has_attachment:
            return ()
        if turn.act == "invoice":
            return (f"{course.slots['invoice']}.pdf",)
        words = fold_ascii(course.slots["doc"]).split()[1:]
        suffix = course.random.choice(("pdf", "xlsx", "docx"))
        return ("-".join(words) + "." + suffix,)
