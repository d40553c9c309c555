"""Ordinary threads: who starts, who answers when, and how it ends in an ordinary way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log
from random import Random

from gonequiet.demo.absences import Absence, note_absence
from gonequiet.demo.cast import Cast, Party, Person, fold_ascii
from gonequiet.demo.composing import Composer, Sheet
from gonequiet.demo.dates import WEEKDAYS, weekday
from gonequiet.demo.hours import (
    add_working_hours,
    at_local,
    in_the_evening,
    random_working_moment,
    shift_working_days,
)
from gonequiet.demo.mail import Mail, Span
from gonequiet.demo.matters import draw_matter
from gonequiet.demo.truth import AbsenceTruth, MeetingTruth, PromiseTruth
from gonequiet.demo.wording import Question, Wording, capitalised, expand, load_phrases

AWAY = 0.035
FORWARDS = 0.3
DAYS_A_WEEKDAY_NAMES = 6
MAY_WAIT = ("answer", "deliver_direct", "review_comments", "decision")
LONGEST_WAIT_HOURS = 150.0
ALIKE = 14
BEFORE_THE_DAY = ("pick_time", "confirm_time", "move_time", "move_ok")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a script."""

    by: str
    act: str
    calls_for_answer: bool
    has_attachment: bool
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A finished thread with what is known about it."""

    mails: tuple[Mail, ...]
    is_unanswered: bool
    is_sound: bool
    promises: tuple[PromiseTruth, ...] = ()
    meetings: tuple[MeetingTruth, ...] = ()
    notices: tuple[Mail, ...] = ()
    absences: tuple[AbsenceTruth, ...] = ()


@dataclass(slots=True)
class Course:
    """The state of a thread while it is being written."""

    person: Person
    key: str
    slots: dict[str, str]
    random: Random
    wording: Wording
    copied: tuple[Party, ...]
    moment: datetime
    question: Question | None = None
    asked: int = 0
    subject: str = ""
    mails: list[Mail] = field(default_factory=list)
    due_on: date | None = None
    promise: Mail | None = None
    promises: list[PromiseTruth] = field(default_factory=list)
    absence: Absence | None = None

    @property
    def previous(self) -> Mail | None:
        """The last message so far."""
        return self.mails[-1] if self.mails else None

    @property
    def language(self) -> str:
        """Of the exchange."""
        return "de" if self.person.language == "de" else "en"


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
        self._recipes = {"": scripts["recipes"], "friend": scripts["recipes_friend"]}

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
        course.moment = self._days_later(course, course.random.randrange(5, 9))
        nudge = Turn(by="owner", act="nudge", calls_for_answer=True, has_attachment=False, chance=1)
        self._say(course, nudge, is_own_follow_up=True)
        if course.random.random() < 0.2:
            return False
        self._say(course, turn, is_late=True)
        return True

    def _days_later(self, course: Course, days: int) -> datetime:
        owner = self._cast.owner
        day = shift_working_days(owner.place, course.moment.date(), days)
        return random_working_moment(owner.place, day, owner.starts, course.random)

    def _say(
        self, course: Course, turn: Turn, is_late: bool = False, is_own_follow_up: bool = False
    ) -> None:
        writer = self._cast.owner if turn.by == "owner" else course.person
        reader = course.person if turn.by == "owner" else self._cast.owner
        if not is_own_follow_up:
            course.moment = self._moment(course, turn, writer)
        self._set_day_slots(course, turn, writer)
        paragraphs, spans = self._paragraphs(course, turn, is_late)
        forwarded = self._forwarded(course, turn)
        mail = self._composer.compose(
            Sheet(
                writer=writer,
                reader=reader,
                to=(self._as_known_to(course, reader),),
                sender=self._as_known_to(course, writer),
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
        if person.also and course.random.random() < 0.1:
            return Party(person.name, person.also[0])
        return person.party

    def _moment(self, course: Course, turn: Turn, writer: Person) -> datetime:
        if course.previous is None:
            return course.moment if turn.by != "owner" else self._in_hours_of_owner(course)
        if turn.act == "no_problem":
            return course.moment + timedelta(minutes=course.random.randrange(2, 40))
        if turn.act == "recap":
            return self._after_the_meeting(course)
        if turn.act == "deliver" and course.due_on:
            return self._delivery(course, writer)
        hours = draw_delay(writer, course.random)
        moment = add_working_hours(writer.place, course.moment, hours, writer.starts)
        late = moment.date() > course.moment.astimezone(moment.tzinfo).date()
        if late and course.random.random() < 0.06:
            earlier = in_the_evening(course.moment.astimezone(moment.tzinfo), course.random)
            return earlier if earlier > course.moment else moment
        return moment

    def _in_hours_of_owner(self, course: Course) -> datetime:
        owner = self._cast.owner
        return random_working_moment(owner.place, course.moment.date(), owner.starts, course.random)

    def _after_the_meeting(self, course: Course) -> datetime:
        day = date.fromisoformat(course.slots["day1_iso"])
        start = at_local(self._cast.owner.place, day, course.slots["time1"])
        return start + timedelta(minutes=course.random.randrange(75, 200))

    def _delivery(self, course: Course, writer: Person) -> datetime:
        due = course.due_on or course.moment.date()
        if course.random.random() < 0.12:
            due = shift_working_days(writer.place, due, course.random.randrange(1, 3))
        moment = random_working_moment(writer.place, due, writer.starts, course.random)
        earliest = add_working_hours(writer.place, course.moment, 1.5, writer.starts)
        return max(moment, earliest)

    def _set_day_slots(self, course: Course, turn: Turn, writer: Person) -> None:
        local = course.moment.date()
        previous = course.previous
        if previous is not None:
            course.slots["sentday"] = weekday(previous.sent_at.date(), course.language)
        if turn.act == "promise_doc":
            course.due_on = due_day(writer, local, course.random)
            course.slots["due"] = weekday(course.due_on, course.language)

    def _paragraphs(
        self, course: Course, turn: Turn, is_late: bool
    ) -> tuple[tuple[str, ...], tuple[Span, ...]]:
        sentences = self._sentences(course, turn, is_late)
        words = [text for _, text in sentences]
        if course.language == "de":
            words = [_after_comma(words[0]), *map(capitalised, words[1:])]
        spans = tuple(
            Span(label=LABELS[pool], sentence=text)
            for (pool, _), text in zip(sentences, words, strict=True)
            if pool in LABELS
        )
        if turn.act == "status":
            return (words[0], "\n".join(f"- {word}" for word in words[1:])), spans
        return _grouped(words, course.random), spans

    def _sentences(self, course: Course, turn: Turn, is_late: bool) -> list[tuple[str, str]]:
        table = self._recipes["friend" if course.person.circle == "friend" else ""]
        recipe = table.get(turn.act) or self._recipes[""].get(turn.act, [turn.act])
        pools = ["late"] if is_late else []
        for step in recipe:
            pool, _, chance = step.partition(" ")
            if not chance or course.random.random() < float(chance):
                pools.append(pool)
        if course.previous is None:
            course.subject = self._subject(course, turn)
        sentences: list[tuple[str, str]] = []
        for pool in pools:
            text = self._sentence(course, turn, pool)
            if all(text[:ALIKE] != other[:ALIKE] for _, other in sentences):
                sentences.append((pool, text))
        return sentences

    def _sentence(self, course: Course, turn: Turn, pool: str) -> str:
        random = course.random
        slots = owners_view(course.slots) if turn.by == "owner" and pool != "ASK" else course.slots
        if pool == "ASK":
            question = self._question(course, turn)
            course.asked = random.randrange(len(question.asks))
            return expand(question.asks[course.asked], slots, random)
        if pool == "ANSWER":
            answers = self._question(course, turn).answers_to(course.asked)
            return expand(random.choice(answers), slots, random)
        if pool == "news" and (turn.by == "owner" or course.person.circle == "internal"):
            pool = "news_owner"
        return course.wording.sentence(pool, slots, random)

    def _question(self, course: Course, turn: Turn) -> Question:
        act = QUESTION_ACTS.get(turn.act)
        if act and (course.question is None or course.question.act != act):
            course.question = course.wording.question(turn.by, act)
        if course.question is None:
            raise LookupError(f"{turn.act} answers a question nobody asked")
        return course.question

    def _subject(self, course: Course, turn: Turn) -> str:
        if turn.act == "ask":
            templates = self._question(course, turn).subjects
        else:
            tables = load_phrases("subjects")
            own = tables.get(course.person.circle, {})
            templates = own.get(turn.act) or tables[course.language][turn.act]
        subject = expand(course.random.choice(templates), course.slots, course.random)
        return capitalised(subject)

    def _forwarded(self, course: Course, turn: Turn) -> str:
        """Now and then a message passes on one of somebody else."""
        if (
            turn.act != "fyi"
            or course.person.circle == "friend"
            or course.random.random() > FORWARDS
        ):
            return ""
        table = load_phrases("forwards")["forward"]
        passed_on = course.random.choice(table)
        course.subject = ("WG: " if course.language == "de" else "Fwd: ") + expand(
            passed_on["subject"], course.slots, course.random
        )
        return render_forward(passed_on, course)

    def _attachments(self, course: Course, turn: Turn) -> tuple[str, ...]:
        if not turn.has_attachment:
            return ()
        if turn.act == "invoice":
            return (f"{course.slots['invoice']}.pdf",)
        words = fold_ascii(course.slots["doc"]).split()[1:]
        suffix = course.random.choice(("pdf", "xlsx", "docx"))
        return ("-".join(words) + "." + suffix,)


QUESTION_ACTS = {"ask": "ask", "decide": "decide", "problem": "problem", "ask_more": "more"}
LABELS = {
    "hedge": "hedge",
    "deferral": "deferral",
    "warm": "warmth",
    "promise_doc": "promise",
    "request_doc": "request",
    "move_time": "rescheduling",
    "decline_invite": "refusal",
    "ASK": "question",
}


def render_forward(passed_on: Mapping[str, str], course: Course) -> str:
    """Returns a forwarded message below its header block."""
    text = expand(passed_on["text"], course.slots, course.random)
    subject = expand(passed_on["subject"], course.slots, course.random)
    day = course.moment.date() - timedelta(days=course.random.randrange(1, 4))
    if course.language == "de":
        head = "-------- Weitergeleitete Nachricht --------\nBetreff: {}\nDatum: {}\nVon: {} <{}>"
    else:
        head = "---------- Forwarded message ---------\nSubject: {}\nDate: {}\nFrom: {} <{}>"
    lines = head.format(subject, f"{day:%d.%m.%Y}", passed_on["name"], passed_on["address"])
    return f"{lines}\n\n{text}"


def parse_turn(text: str) -> Turn:
    """Reads "owner ask!@ 0.6"."""
    by, act, *rest = text.split()
    return Turn(
        by=by,
        act=act.rstrip("!@"),
        calls_for_answer="!" in act,
        has_attachment="@" in act,
        chance=float(rest[0]) if rest else 1.0,
    )


def draw_delay(writer: Person, random: Random) -> float:
    """Returns working hours until the answer, from the writer's own log-normal habit."""
    habit = writer.habit
    hours = random.lognormvariate(log(habit.median_hours), habit.spread)
    return min(max(hours, 0.08), LONGEST_WAIT_HOURS)


def owners_view(slots: Mapping[str, str]) -> dict[str, str]:
    """Returns the slots as the owner's own side fills them: her colleagues are hers."""
    mine = slots["mine"]
    return {**slots, "who": mine, "who2": "Leo" if mine != "Leo" else "Priya"}


def due_day(writer: Person, day: date, random: Random) -> date:
    """Returns a working day within the next six days, so that a weekday names it."""
    due = shift_working_days(writer.place, day, random.randrange(1, 5))
    while (due - day).days > DAYS_A_WEEKDAY_NAMES:
        due = shift_working_days(writer.place, due, -1)
    return due if due > day else shift_working_days(writer.place, day, 1)


def note_promise(course: Course, turn: Turn, mail: Mail) -> None:
    """Records a promise when it is made, and what became of it when the papers come."""
    if turn.act == "promise_doc":
        course.promise = mail
    if turn.act != "deliver" or course.promise is None or course.due_on is None:
        return
    is_owners = turn.by == "owner"
    course.promises.append(
        PromiseTruth(
            owed_by="owner" if is_owners else course.person.name,
            owed_to=course.person.name if is_owners else "owner",
            message_id=course.promise.message_id,
            sentence=_promise_sentence(course.promise),
            due_on=course.due_on.isoformat(),
            state="kept",
            is_late=mail.sent_at.date() > course.due_on,
            evidence_id=mail.message_id,
        )
    )


def is_sound(course: Course) -> bool:
    """Says whether the mails follow one another and a meeting is agreed before its day."""
    moments = [mail.at for mail in course.mails]
    agreed = [mail for mail in course.mails if mail.act in BEFORE_THE_DAY]
    return moments == sorted(moments) and all(
        mail.sent_at.date().isoformat() < course.slots["day1_iso"] for mail in agreed
    )


def find_meetings(course: Course) -> list[MeetingTruth]:
    """Returns the meeting that was agreed in the thread, when it was confirmed."""
    acts = [mail.act for mail in course.mails]
    if not {"confirm_time", "move_ok"} & set(acts):
        return []
    is_moved = "move_ok" in acts
    day, clock = ("day2", "time2") if is_moved else ("day1", "time1")
    by_video = course.slots["place"] == "by video"
    return [
        MeetingTruth(
            uid=course.mails[0].message_id,
            contacts=(course.person.name,),
            addresses=(course.person.address,),
            summary=course.mails[0].subject,
            starts_at=f"{course.slots[day + '_iso']}T{course.slots[clock].zfill(5)}",
            minutes=course.random.choice((30, 45, 60)),
            mode="video" if by_video else course.random.choice(("face_to_face", "call", "video")),
            state="moved" if is_moved else "held",
            message_ids=tuple(mail.message_id for mail in course.mails),
        )
    ]


def _promise_sentence(mail: Mail) -> str:
    """Returns the sentence with the day in it, without what stands around it."""
    whole = next(span.sentence for span in mail.spans if span.label == "promise")
    for part in whole.replace("; ", ". ").split(". "):
        if any(day in part for days in WEEKDAYS.values() for day in days):
            return part.rstrip(".")
    return whole


def _after_comma(text: str) -> str:
    """Returns a German sentence as it follows the comma of the greeting."""
    first = text.split(maxsplit=1)[0].rstrip(",:;.")
    lowered = load_phrases("courtesies")["lowered"]
    return text[0].lower() + text[1:] if first in lowered else text


def _grouped(words: list[str], random: Random) -> tuple[str, ...]:
    paragraphs = [words[0]]
    for word in words[1:]:
        if random.random() < 0.45:
            paragraphs.append(word)
        else:
            paragraphs[-1] += " " + word
    return tuple(paragraphs)
