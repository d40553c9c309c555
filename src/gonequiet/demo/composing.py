"""Puts a message together: greeting, paragraphs, closing, signature, ids and quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gonequiet.demo.cast import Cast, Party, Person
from gonequiet.demo.chance import chance
from gonequiet.demo.mail import CLIENTS, Client, Mail, Span
from gonequiet.demo.quoting import answer_inline, render_quotation
from gonequiet.demo.wording import load_phrases

PREFIX = re.compile(r"^(?:(?:re|aw|fw|fwd|wg):\s*)+", re.IGNORECASE)
CHANGED_SUBJECTS = 0.015
COURTESIES = 0.3
NEW_SUBJECTS = {
    "en": ("One more point", "Follow-up", "Something else"),
    "de": ("Nachtrag", "Noch etwas"),
}
WOMEN = frozenset(("Sabine", "Anja", "Miriam", "Katrin", "Ingrid", "Nele", "Birte", "Clara"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What somebody wants to write, before it gets its form.

    Attributes:
        reader: whom the greeting names.
        paragraphs: the new words without greeting and closing.
        previous: the message that is answered, None for the first of a thread.
        sender: header form of the writer, when it is not the main address.
        client: name of another mail client than the usual one, "" for the usual one.
        forwarded: a message of somebody else that is passed on, "" for none.
        is_staged: every word is written by hand; nothing is added but greeting and closing.
    """

    writer: Person
    reader: Person
    to: tuple[Party, ...]
    cc: tuple[Party, ...] = ()
    sent_at: datetime
    subject: str
    paragraphs: tuple[str, ...]
    act: str
    previous: Mail | None = None
    sender: Party | None = None
    attachments: tuple[str, ...] = ()
    calls_for_answer: bool = False
    spans: tuple[Span, ...] = ()
    thread: str
    client: str = ""
    forwarded: str = ""
    is_staged: bool = False


OWNER_GREETINGS = {
    "en": ("Hi {name},", "Hi {name},", "Hi {name},", "{name},", "Dear {name},", "Hello {name},"),
    "de": ("Guten Tag {polite},", "Guten Tag {polite},", "Hallo {polite},"),
    "friend": ("Hi {name},", "{name}!", "Hello {name},", "Dear {name},"),
}
OWNER_CLOSINGS = {
    "en": ("Best,", "Best,", "Best,", "All best,", "With best wishes,", "Thanks,"),
    "de": ("Viele Grüße", "Viele Grüße", "Herzliche Grüße"),
    "friend": ("Love,", "x", "Big hug,"),
}


class Composer:
    """Writes messages in the hand of each person, with ids from one stream of chance."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast = cast
        self._random = chance(seed, "compose")

    def compose(self, sheet: Sheet) -> Mail:
        """Returns the finished message."""
        client = self._client(sheet)
        is_inline = client.quotes == "inline" and self._answers_inline(sheet)
        sender = sheet.sender or sheet.writer.party
        ids = self._ids(sheet, client)
        return Mail(
            message_id=self._message_id(sender.address),
            thread=sheet.thread,
            sender=self._header_name(sender, client),
            to=sheet.to,
            cc=sheet.cc,
            sent_at=sheet.sent_at,
            subject=self._subject(sheet, client),
            text=self._inline(sheet, client) if is_inline else self._text(sheet),
            signature=self._signature(sheet, client),
            quotation="" if is_inline else self._quotation(sheet, client),
            client=client,
            in_reply_to=ids[-1] if ids else "",
            references=ids,
            attachments=sheet.attachments,
            act=sheet.act,
            calls_for_answer=sheet.calls_for_answer,
            folder="sent" if sheet.writer.key == "owner" else "inbox",
            has_html=self._random.random() < client.html_share,
            spans=sheet.spans,
        )

    def _client(self, sheet: Sheet) -> Client:
        name = sheet.client or sheet.writer.client
        if name == "thunderbird" and sheet.reader.language == "de":
            name = "thunderbird_de"
        return CLIENTS[name]

    def _answers_inline(self, sheet: Sheet) -> bool:
        previous = sheet.previous
        if previous is None or "\n>" in previous.text or previous.sender == sheet.writer.party:
            return False
        return len(sheet.paragraphs) > 1 or self._random.random() < 0.3

    def _ids(self, sheet: Sheet, client: Client) -> tuple[str, ...]:
        previous = sheet.previous
        if previous is None or not client.keeps_ids:
            return ()
        return (*previous.references, previous.message_id)

    def _message_id(self, address: str) -> str:
        token = f"{self._random.getrandbits(80):020x}"
        return f"{token[:8]}.{token[8:]}@{address.partition('@')[2]}"

    def _header_name(self, sender: Party, client: Client) -> Party:
        words = sender.name.split()
        if client.last_first and len(words) == 2:
            return Party(f"{words[1]}, {words[0]}", sender.address)
        return sender

    def _subject(self, sheet: Sheet, client: Client) -> str:
        if sheet.previous is None:
            return sheet.subject
        subject = PREFIX.sub("", sheet.subject)
        if self._random.random() < CHANGED_SUBJECTS and "(was: " not in subject:
            return f"{self._random.choice(NEW_SUBJECTS[sheet.reader.language])} (was: {subject})"
        return client.reply_prefix + subject

    def _text(self, sheet: Sheet) -> str:
        return "\n\n".join((*self._greeting(sheet), *sheet.paragraphs, *self._closing(sheet)))

    def _inline(self, sheet: Sheet, client: Client) -> str:
        previous = sheet.previous
        if previous is None:
            return self._text(sheet)
        seen_at = previous.sent_at.astimezone(ZoneInfo(sheet.writer.place.zone))
        answers = answer_inline(previous, sheet.paragraphs, client, seen_at)
        return "\n\n".join((*self._greeting(sheet), answers, *self._closing(sheet)))

    def _greeting(self, sheet: Sheet) -> tuple[str, ...]:
        is_late_turn = sheet.previous is not None and len(sheet.previous.references) >= 2
        if is_late_turn and self._random.random() < 0.45:
            return ()
        form = sheet.writer.greeting
        if sheet.writer.key == "owner":
            form = self._random.choice(OWNER_GREETINGS[_manner(sheet.reader)])
        return (form.format(name=sheet.reader.first, polite=polite(sheet.reader)),)

    def _closing(self, sheet: Sheet) -> tuple[str, ...]:
        writer = sheet.writer
        closing = writer.closing
        if writer.key == "owner":
            closing = self._random.choice(OWNER_CLOSINGS[_manner(sheet.reader)])
        is_formal = "de" in (sheet.reader.language, writer.language)
        name = writer.name if is_formal and writer.circle != "friend" else writer.first
        return (*self._courtesy(sheet), f"{closing}\n{name}")

    def _courtesy(self, sheet: Sheet) -> tuple[str, ...]:
        is_plain = sheet.is_staged or sheet.reader.circle == "friend"
        if is_plain or not sheet.calls_for_answer or self._random.random() > COURTESIES:
            return ()
        return (self._random.choice(find_courtesies(sheet)),)

    def _signature(self, sheet: Sheet, client: Client) -> str:
        if client.quotes == "none":
            german = client.reply_prefix == "Aw: "
            return "Von unterwegs gesendet" if german else "Sent from my phone"
        if sheet.writer.circle == "friend" or sheet.reader.circle == "friend":
            return ""
        if sheet.previous is not None and self._random.random() < 0.45:
            return ""
        return render_signature(sheet.writer)

    def _quotation(self, sheet: Sheet, client: Client) -> str:
        previous = sheet.previous
        if previous is None:
            return sheet.forwarded
        seen_at = previous.sent_at.astimezone(ZoneInfo(sheet.writer.place.zone))
        return render_quotation(previous, client, seen_at)


def _manner(reader: Person) -> str:
    return "friend" if reader.circle == "friend" else reader.language


def polite(person: Person) -> str:
    """Returns the German form of address."""
    return f"{'Frau' if person.first in WOMEN else 'Herr'} {person.last}"


def render_signature(person: Person) -> str:
    """Returns the block at the end, in one of four manners, with the firm's footer."""
    tel = f"{'Tel.' if person.language == 'de' else 'T'} {person.phone}"
    role = ", ".join(part for part in (person.title, person.organisation) if part)
    manners = {
        "full": ["-- ", person.name, role, person.street, tel],
        "bare": [person.name, person.title, person.organisation, f"{person.city}, {tel}"],
        "line": ["-- ", f"{person.name} | {role} | {person.city} | {person.phone}"],
        "slim": ["--", f"{person.name}, {person.organisation}", tel],
    }
    block = "\n".join(row for row in manners[person.signature] if row)
    footer = load_phrases("courtesies")["footers"].get(person.address.partition("@")[2], "")
    return f"{block}\n\n{footer}" if footer else block


def find_courtesies(sheet: Sheet) -> list[str]:
    """Returns the courtesies before a closing, in the language of the exchange."""
    is_german = sheet.writer.language == "de" or sheet.reader.language == "de"
    found: list[str] = load_phrases("courtesies")["de" if is_german else "en"]
    return found
