"""Made-up threads of every kind of ending, as a mailbox with a history around them."""

from __future__ import annotations

import random
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

AS_OF = datetime(2025, 6, 27, 18, 0, tzinfo=UTC)
OWNER = "Kim Adler <kim@adler.example>"
FLAGGED = frozenset(
    {
        "question",
        "request",
        "proposal",
        "invitation",
        "attached_draft",
        "two_questions",
        "promise_overdue",
    }
)
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


class Mail(NamedTuple):
    """One mail of a thread, as the data file has it.

    Attributes:
        outbound: the owner wrote it.
        at: when it was sent.
        words: its new words.
        attached: name of the file that came with it, "" when none did.
        sender: name of somebody else of the contact's firm, "" for the contact.
        kind: "away", "bounce" or "" for a person's own mail.
    """

    outbound: bool
    at: datetime
    words: str
    attached: str = ""
    sender: str = ""
    kind: str = ""


class Thread(NamedTuple):
    """One thread, and whether a careful person would say that something is still awaited."""

    number: int
    kind: str
    contact: str
    subject: str
    mails: tuple[Mail, ...]
    is_awaited: bool

    @property
    def address(self) -> str:
        """The contact's address."""
        return address_of(self.contact, self.contact)


def read_threads(file: Path) -> list[Thread]:
    """Reads a data file of threads."""
    return [
        Thread(
            number,
            row["kind"],
            row["with"],
            row["subject"],
            tuple(_mail(text) for text in row["mail"]),
            row.get("flagged", row["kind"] in FLAGGED),
        )
        for number, row in enumerate(tomllib.loads(file.read_text("utf-8"))["thread"])
    ]


def _mail(text: str) -> Mail:
    first, _, words = text.partition("\n")
    way, days, clock, *notes = first.split(None, 3)
    hour, minute = map(int, clock.split(":"))
    at = (AS_OF - timedelta(days=int(days))).replace(hour=hour, minute=minute)
    said = dict(_notes(notes[0] if notes else ""))
    return Mail(
        way == "out",
        at,
        _dated(words.strip(), german="ß" in words or " ich " in words.lower()),
        said.get("attach", ""),
        said.get("from", ""),
        said.get("kind", ""),
    )


def _notes(text: str) -> Iterator[tuple[str, str]]:
    """The notes of the opening line: name=value, or name="two words"."""
    while text:
        name, _, rest = text.partition("=")
        value, _, text = rest[1:].partition('"') if rest.startswith('"') else rest.partition(" ")
        text = text.strip()
        yield name, value


def _dated(words: str, *, german: bool) -> str:
    """Puts dates in the place of their marks."""
    while "{d:" in words:
        before, _, rest = words.partition("{d:")
        days, _, after = rest.partition("}")
        day = AS_OF + timedelta(days=int(days))
        month = MONTHS_DE.split()[day.month - 1]
        said = f"{day.day}. {month} {day.year}" if german else f"{day.day} {day:%B %Y}"
        words = before + said + after
    return words


def plain(name: str) -> str:
    """A name as it stands in an address."""
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", " ": ".", "'": ""}
    spelt = "".join(pairs.get(letter, letter) for letter in name.lower())
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


def address_of(name: str, contact: str) -> str:
    """The address of somebody of the contact's firm."""
    trades = ("marine", "works", "partner", "logistics", "engineering")
    surname = plain(contact.rsplit(maxsplit=1)[-1])
    return f"{plain(name)}@{surname}-{trades[len(contact) % len(trades)]}.example"


# The mails as they lie on the disk.


class Placed(NamedTuple):
    """A mail, ready for its folder."""

    at: datetime
    outbound: bool
    raw: bytes


def as_mails(thread: Thread) -> list[Placed]:
    """The mails of a thread, quoting one another in the manner of the contact's mail program."""
    placed: list[Placed] = []
    for place in range(len(thread.mails)):
        mail = thread.mails[place]
        message = _bounce(thread, place) if mail.kind == "bounce" else _written(thread, place)
        placed.append(Placed(mail.at, mail.outbound, message.as_bytes()))
    return placed


def message_id(thread: Thread, place: int) -> str:
    """The Message-ID of a mail of a thread."""
    mail = thread.mails[place]
    host = "adler.example" if mail.outbound else thread.address.rpartition("@")[2]
    return f"<t{thread.number}.{place}.{mail.at:%Y%m%d%H%M}@{host}>"


def _named(thread: Thread, mail: Mail) -> str:
    name = mail.sender or thread.contact
    return f"{name} <{address_of(name, thread.contact)}>"


def _written(thread: Thread, place: int) -> EmailMessage:
    mail = thread.mails[place]
    message = _headed(thread, place)
    earlier = [at for at in range(place) if thread.mails[at].kind != "bounce"]
    text = mail.words
    if earlier and not mail.kind:
        last = thread.mails[earlier[-1]]
        style = _STYLES[(thread.number + mail.outbound) % len(_STYLES)]
        text = style(text, _named(thread, last) if not last.outbound else OWNER, last)
    if thread.number % 6 == 5 and not mail.outbound and not mail.kind:
        text = text.replace(mail.words, f"{mail.words}\n\nSent from my phone", 1)
    message.set_content(text + "\n", charset="utf-8")
    if thread.number % 4 == 0 and not mail.kind:
        message.add_alternative(_html(text), subtype="html", charset="utf-8")
    if mail.attached:
        content = b"%PDF-1.4 made up " + bytes(2_000)
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=mail.attached
        )
    return message


def _headed(thread: Thread, place: int) -> EmailMessage:
    """A message with its headers."""
    mail, message = thread.mails[place], EmailMessage()
    contact = f"{thread.contact} <{thread.address}>"
    others = [one for one in thread.mails[:place] if one.sender]
    to = _named(thread, others[-1]) if others else contact
    message["From"] = OWNER if mail.outbound else _named(thread, mail)
    message["To"] = to if mail.outbound else OWNER
    message["Subject"] = _subject(thread, place)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = message_id(thread, place)
    if place:
        message["In-Reply-To"] = message_id(thread, place - 1)
        message["References"] = " ".join(message_id(thread, at) for at in range(place))
    if not mail.outbound:
        message["Received"] = f"from out.example by mx.adler.example; {format_datetime(mail.at)}"
    if mail.kind == "away":
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    return message


def _subject(thread: Thread, place: int) -> str:
    if not place:
        return thread.subject
    if thread.mails[place].kind == "away":
        return f"{('Automatic reply', 'Out of office', 'AutoReply')[place % 3]}: {thread.subject}"
    bare = thread.subject.lower().startswith(("re:", "aw:"))
    return thread.subject if bare else f"Re: {thread.subject}"


def _bounce(thread: Thread, place: int) -> EmailMessage:
    """A delivery report (RFC 3464) on the mail before."""
    mail, sent = thread.mails[place], thread.mails[place - 1]
    boundary = f"=_report_{thread.number}"
    status = next((word for word in mail.words.split() if word[:2] == "5."), "5.1.1")
    lines = [
        f"From: Mail Delivery System <mailer-daemon@{thread.address.rpartition('@')[2]}>",
        f"To: {OWNER}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {format_datetime(mail.at)}",
        f"Message-ID: {message_id(thread, place)}",
        f"Received: from mx.example by mx.adler.example; {format_datetime(mail.at)}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"Your message could not be delivered to <{thread.address}>:",
        mail.words,
        "",
        f"--{boundary}",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        f"Final-Recipient: rfc822; {thread.address}",
        "Action: failed",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {mail.words}",
        "",
        f"--{boundary}",
        "Content-Type: text/rfc822-headers",
        "",
        f"From: {OWNER}",
        f"To: {thread.contact} <{thread.address}>",
        f"Date: {format_datetime(sent.at)}",
        f"Message-ID: {message_id(thread, place - 1)}",
        "",
        f"--{boundary}--",
        "",
    ]
    return _Raw("\n".join(lines))


class _Raw(EmailMessage):
    """A message whose bytes are given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def as_bytes(self, *_: object, **__: object) -> bytes:
        return self._text.encode()


def _marked(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def _below(text: str, who: str, last: Mail) -> str:
    when = f"{last.at:%a, %d %b %Y} at {last.at:%H:%M}"
    return f"{text}\n\nOn {when}, {who} wrote:\n\n{_marked(last.words)}"


def _below_german(text: str, who: str, last: Mail) -> str:
    when = f"{last.at:%d.%m.%Y} um {last.at:%H:%M}"
    return f"{text}\n\nAm {when} schrieb {who.partition(' <')[0]}:\n{_marked(last.words)}"


def _block(text: str, who: str, last: Mail) -> str:
    return (
        f"{text}\n\n-----Original Message-----\nFrom: {who}\n"
        f"Sent: {last.at:%A, %B %d, %Y %H:%M}\nSubject: earlier\n\n{last.words}"
    )


def _above(text: str, who: str, last: Mail) -> str:
    when = f"{last.at:%Y-%m-%d %H:%M}"
    return f"{who.partition(' <')[0]} wrote on {when}:\n{_marked(last.words)}\n\n{text}"


def _bare(text: str, who: str, last: Mail) -> str:
    del who, last
    return text


_STYLES = (_below, _block, _below_german, _bare, _above, _below, _block)


def _html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<html><body>" + escaped.replace("\n", "<br>\n") + "</body></html>"


# The history around them.

_MATTERS = (
    ("Timber", "Do you have the list of timber for the north side?", "Here it is, in a moment."),
    ("Ladder", "Could you tell me who has the long ladder?", "It is with the painters."),
    ("Rope", "How much rope should I order for you?", "Two hundred metres will do."),
    ("Gate", "When is the gate open on Saturdays?", "From seven until noon."),
    ("Paint", "Please send me the number of the paint.", "RAL 5011, I think."),
    ("Meeting", "Can we meet on Wednesday at nine?", "Nine is fine."),
    ("Lamp", "Would you have a spare lamp for the mast?", "I will bring one along."),
)


def history(threads: Sequence[Thread], *, seed: int = 7) -> Iterator[Placed]:
    """What was written before and around the threads: asked, and mostly answered."""
    chance = random.Random(seed)
    for thread in threads:
        first = min(mail.at for mail in thread.mails)
        for _ in range(chance.randrange(2, 6)):
            at = first - timedelta(days=chance.uniform(20, 500))
            yield from _exchange(thread.contact, at, chance, answered=chance.random() < 0.85)
    for number in range(420):
        at = AS_OF - timedelta(days=number * 1.25 + 0.2, hours=chance.uniform(0, 5))
        yield from _exchange(
            f"Regular Number{number % 24}", at, chance, answered=chance.random() < 0.8
        )


def _exchange(
    contact: str, at: datetime, chance: random.Random, *, answered: bool
) -> Iterator[Placed]:
    subject, question, answer = chance.choice(_MATTERS)
    mails = [Mail(True, at, f"Hello,\n\n{question}\n\nKim")]
    delay = timedelta(hours=chance.lognormvariate(2.2, 1.3))
    if answered and at + delay < AS_OF:
        mails.append(Mail(False, at + delay, answer))
    number = 10_000 + chance.randrange(10**9)
    yield from as_mails(
        Thread(number, "", contact, f"{subject} {number % 997}", tuple(mails), False)
    )


def write_mailbox(root: Path, threads: Sequence[Thread]) -> Path:
    """Writes the threads and their history as two mbox files; returns their folder."""
    root.mkdir(parents=True, exist_ok=True)
    mails = [mail for thread in threads for mail in as_mails(thread)]
    mails += history(threads)
    for name, outbound in (("Inbox", False), ("Sent", True)):
        _write(root / f"{name}.mbox", [one for one in mails if one.outbound is outbound])
    return root


def _write(file: Path, mails: Iterable[Placed]) -> None:
    with file.open("wb") as out:
        for mail in sorted(mails, key=lambda one: one.at):
            out.write(f"From writer@example.com {mail.at:%a %b %e %H:%M:%S %Y}\n".encode())
            out.write(mail.raw.replace(b"\nFrom ", b"\n>From ").rstrip(b"\n") + b"\n\n")
