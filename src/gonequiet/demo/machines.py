"""Messages no person writes: delivery failures, absence notes, notices."""

from __future__ import annotations

from datetime import datetime
from random import Random

from gonequiet.demo.cast import Party
from gonequiet.demo.mail import CLIENTS, Mail

STYLE_HEADERS: dict[str, tuple[tuple[str, str], ...]] = {
    "automatic": (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")),
    "out_of_office": (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    "list": (("Precedence", "list"),),
    "calendar": (),
    "bounce": (("Auto-Submitted", "auto-replied"),),
}

BOUNCE_TEXT = """\
This is the mail system at host mx.{domain}.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{address}>: host mail.{domain} said: 550 5.1.1
    <{address}>: Recipient address rejected: User unknown"""

BOUNCE_STATUS = """\
Reporting-MTA: dns; mx.{domain}
Arrival-Date: {arrived}

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.{domain}
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected: User unknown"""

BOUNCE_ORIGINAL = """\
From: {sender} <{sender_address}>
To: {address}
Subject: {subject}
Message-ID: <{message_id}>"""


def make_machine_mail(
    *,
    sender: Party,
    to: Party,
    sent_at: datetime,
    subject: str,
    text: str,
    style: str,
    random: Random,
    headers: tuple[tuple[str, str], ...] = (),
    payload: tuple[tuple[str, str], ...] = (),
    attachments: tuple[str, ...] = (),
    has_html: bool = False,
) -> Mail:
    """Returns a message from a machine, with the headers such messages carry."""
    domain = sender.address.partition("@")[2]
    return Mail(
        message_id=f"{random.getrandbits(96):024x}@{domain}",
        thread=f"machine/{style}",
        sender=sender,
        to=(to,),
        sent_at=sent_at,
        subject=subject,
        text=text,
        client=CLIENTS["machine"],
        act=style,
        style=style,
        headers=(*STYLE_HEADERS[style], *headers),
        payload=payload,
        attachments=attachments,
        has_html=has_html,
    )


def make_bounce(failed: Mail, sent_at: datetime, random: Random) -> Mail:
    """Returns the delivery failure (RFC 3464) for a message of the owner."""
    address = failed.to[0].address
    domain = failed.sender.address.partition("@")[2]
    status = BOUNCE_STATUS.format(
        domain=domain, address=address, arrived=f"{sent_at:%a, %d %b %Y %H:%M:%S %z}"
    )
    original = BOUNCE_ORIGINAL.format(
        sender=failed.sender.name,
        sender_address=failed.sender.address,
        address=address,
        subject=failed.subject,
        message_id=failed.message_id,
    )
    return make_machine_mail(
        sender=Party("Mail Delivery System", f"MAILER-DAEMON@mx.{domain}"),
        to=failed.sender,
        sent_at=sent_at,
        subject="Undelivered Mail Returned to Sender",
        text=BOUNCE_TEXT.format(domain=domain, address=address),
        style="bounce",
        random=random,
        payload=(("message/delivery-status", status), ("text/rfc822-headers", original)),
    )
