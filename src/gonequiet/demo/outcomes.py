"""What comes of a thread: promises kept, meetings agreed, and whether it hangs together."""

from __future__ import annotations

from gonequiet.demo.course import Course, Turn
from gonequiet.demo.dates import WEEKDAYS
from gonequiet.demo.mail import Mail
from gonequiet.demo.truth import MeetingTruth, PromiseTruth

BEFORE_THE_DAY = ("pick_time", "confirm_time", "move_time", "move_ok")


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
