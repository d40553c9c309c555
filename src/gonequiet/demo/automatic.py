"""Lists, newsletters, receipts and notifications: the traffic nobody waits for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from gonequiet.demo.cast import Party
from gonequiet.demo.composing import Composer
from gonequiet.demo.dates import long_date, month
from gonequiet.demo.machines import make_machine_mail
from gonequiet.demo.mail import CLIENTS, Mail
from gonequiet.demo.wording import Deck, expand, load_phrases

DAYS_IN_MONTH = 30.44
LONDON = ZoneInfo("Europe/London")


def make_automatic_traffic(
    owner: Party, start: date, end: date, random: Random
) -> tuple[list[Mail], tuple[str, ...]]:
    """Returns every automatic message between two days, and the addresses they come from."""
    data = load_phrases("automatic")
    mails: list[Mail] = []
    for sender in data["sender"]:
        mails.extend(_mails_of(sender, data["slots"], owner, start, end, random))
    return mails, tuple(sender["address"] for sender in data["sender"])


def make_list_posts(
    composer: Composer, posts: list[Mail], count: int, random: Random
) -> list[Mail]:
    """Returns the owner's own posts to a list, in answer to some of what was said there."""
    owner = composer.cast.owner
    words = load_phrases("list_posts")["posts"]
    deck = Deck(tuple(words), random)
    chosen = random.sample([post for post in posts if "Re:" not in post.subject], count)
    return [
        Mail(
            message_id=f"{random.getrandbits(96):024x}@brandtfield.example",
            thread=f"list/{post.message_id}",
            sender=owner.party,
            to=(Party("Operations Forum", post.sender.address),),
            sent_at=post.sent_at + timedelta(hours=random.randrange(1, 30)),
            subject="Re: " + post.subject,
            text=deck.deal(),
            client=CLIENTS["thunderbird"],
            in_reply_to=post.message_id,
            references=(post.message_id,),
            act="list_post",
            folder="sent",
        )
        for post in chosen
    ]


def _mails_of(
    sender: dict[str, Any],
    slots: dict[str, list[str]],
    owner: Party,
    start: date,
    end: date,
    random: Random,
) -> list[Mail]:
    subjects = Deck(tuple(sender["subjects"]), random)
    bodies = Deck(tuple(sender["bodies"]), random)
    mails = []
    for sent_at in _moments(sender, start, end, random):
        drawn = _draw_slots(slots, sent_at, random)
        mails.append(_mail(sender, drawn, owner, sent_at, subjects.deal(), bodies.deal(), random))
    return mails


def _mail(
    sender: dict[str, Any],
    slots: dict[str, str],
    owner: Party,
    sent_at: datetime,
    subject: str,
    body: str,
    random: Random,
) -> Mail:
    attachment = sender.get("attachment")
    to = Party("Ops Forum", sender["address"]) if sender.get("is_discussion") else owner
    return make_machine_mail(
        sender=Party(expand(sender["name"], slots, random), sender["address"]),
        to=to,
        sent_at=sent_at,
        subject=subject.format(**slots),
        text=body.format(**slots),
        style=sender["style"],
        random=random,
        headers=_list_headers(sender),
        attachments=(attachment.format(**slots).lower(),) if attachment else (),
        has_html=sender.get("html", False),
    )


def _list_headers(sender: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if sender["style"] != "list":
        return ()
    domain = sender["address"].partition("@")[2]
    headers = [
        ("List-Id", sender["list_id"]),
        ("List-Unsubscribe", f"<https://{domain}/unsubscribe>"),
    ]
    if sender.get("is_discussion"):
        headers.append(("List-Post", f"<mailto:{sender['address']}>"))
    return tuple(headers)


def _moments(sender: dict[str, Any], start: date, end: date, random: Random) -> list[datetime]:
    days = (end - start).days + 1
    count = round(sender["per_month"] * days / DAYS_IN_MONTH)
    if "weekday" in sender:
        first = (sender["weekday"] - start.weekday()) % 7
        chosen = list(range(first, days, 7))
    else:
        chosen = sorted(random.randrange(days) for _ in range(count))
    return [
        datetime(
            day.year,
            day.month,
            day.day,
            random.randrange(5, 19),
            random.randrange(60),
            random.randrange(60),
            tzinfo=LONDON,
        )
        for day in (start + timedelta(days=offset) for offset in chosen)
    ]


def _draw_slots(slots: dict[str, list[str]], sent_at: datetime, random: Random) -> dict[str, str]:
    drawn = {name: random.choice(choices) for name, choices in slots.items()}
    topics = random.sample(slots["topic"], 2)
    number = random.randrange(3, 9)
    return {
        **drawn,
        "topic": topics[0],
        "topic2": topics[1],
        "n": str(number),
        "n2": str(number + random.randrange(1, 6)),
        "big": str(random.randrange(21, 980)),
        "pct": f"{random.randrange(2, 40)} per cent",
        "money": f"£{random.randrange(9, 640)}.{random.randrange(100):02d}",
        "code": f"{random.choice('KLMRTX')}{random.randrange(10**5, 10**6)}",
        "time": f"{random.randrange(7, 20)}:{random.choice(('00', '15', '30', '45'))}",
        "month": month(sent_at.date() + timedelta(days=20), "en"),
        "day": long_date(sent_at.date() + timedelta(days=2), "en"),
    }
