"""Calendar mail around ordinary meetings: the owner's invitation and the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from gonequiet.demo.agenda import render_invitation
from gonequiet.demo.cast import Cast, Party
from gonequiet.demo.course import Thread
from gonequiet.demo.machines import make_machine_mail
from gonequiet.demo.mail import Mail
from gonequiet.demo.truth import MeetingTruth

SHARE = 0.5


def make_invitations(threads: Iterable[Thread], cast: Cast, random: Random) -> list[Mail]:
    """Returns invitations and acceptances for about half of the meetings."""
    mails: list[Mail] = []
    for thread in threads:
        for meeting in thread.meetings:
            if random.random() < SHARE:
                mails.extend(_pair(meeting, thread, cast, random))
    return mails


def _pair(meeting: MeetingTruth, thread: Thread, cast: Cast, random: Random) -> list[Mail]:
    agreed = next(mail for mail in thread.mails if mail.act in ("confirm_time", "move_ok"))
    owner = cast.owner.party
    contact = next(p.party for p in cast.people if p.address in meeting.addresses)
    sent_at = agreed.sent_at + timedelta(minutes=random.randrange(2, 9))
    answered_at = sent_at + timedelta(minutes=random.randrange(3, 90))
    invitation = _calendar_mail(meeting, cast, "REQUEST", owner, contact, sent_at, random)
    answer = _calendar_mail(meeting, cast, "REPLY", contact, owner, answered_at, random)
    return [
        replace(invitation, folder="sent"),
        replace(
            answer,
            subject=f"Accepted: {invitation.subject}",
            text=f"{contact.name} has accepted this invitation.",
            in_reply_to=invitation.message_id,
            references=(invitation.message_id,),
        ),
    ]


def _calendar_mail(
    meeting: MeetingTruth,
    cast: Cast,
    method: str,
    sender: Party,
    to: Party,
    sent_at: datetime,
    random: Random,
) -> Mail:
    day, _, clock = meeting.starts_at.partition("T")
    return make_machine_mail(
        sender=sender,
        to=to,
        sent_at=sent_at,
        subject=meeting.summary,
        text=f"{day} {clock} (London), {meeting.minutes} minutes\n{sender.name}, {to.name}",
        style="calendar",
        random=random,
        payload=((method, render_invitation(meeting, cast, method)),),
    )
