"""What mail programs put below an answer, in the manner of each."""

from __future__ import annotations

from datetime import datetime

from gonequiet.demo.cast import Party
from gonequiet.demo.dates import full_date, month, weekday
from gonequiet.demo.mail import Client, Mail

MOST_LINES = 48


def render_quotation(previous: Mail, client: Client, seen_at: datetime) -> str:
    """Returns the quotation of a message as this client writes it.

    Args:
        previous: the message that is answered.
        client: of the person who answers.
        seen_at: the moment the previous message was sent, in the zone of the one who answers.
    """
    if client.quotes == "none":
        return ""
    if client.quotes in ("outlook", "outlook_de"):
        return _block(previous, "de" if client.quotes == "outlook_de" else "en", seen_at)
    return f"{attribution(previous, client, seen_at)}\n\n{_angled(previous.body)}"


def attribution(previous: Mail, client: Client, seen_at: datetime) -> str:
    """Returns the line that introduces a quotation."""
    is_german = "schrieb" in client.attribution
    return client.attribution.format(
        weekday=weekday(seen_at, "en")[:3],
        month=month(seen_at, "en")[:3],
        day=seen_at.day,
        year=seen_at.year,
        time=f"{seen_at:%H:%M}",
        numbers=f"{seen_at:%d.%m.%Y}" if is_german else f"{seen_at:%d/%m/%Y}",
        name=previous.sender.name,
        address=previous.sender.address,
    )


def answer_inline(previous: Mail, answers: tuple[str, ...], client: Client, at: datetime) -> str:
    """Puts the answers below the paragraphs they answer, the last ones at the end."""
    quoted = [part for part in previous.text.split("\n\n") if len(part) > 40] or [previous.text]
    spare = len(answers) - len(quoted)
    blocks = [attribution(previous, client, at)]
    for index, paragraph in enumerate(quoted):
        blocks.append(_angled(paragraph))
        if index + spare >= 0 and index < len(answers):
            blocks.append(answers[index])
    blocks.extend(answers[len(quoted) :])
    missing = [answer for answer in answers if answer not in blocks]
    return "\n\n".join([*blocks, *missing])


def _angled(text: str) -> str:
    lines = text.split("\n")[:MOST_LINES]
    return "\n".join(">" + line if line.startswith(">") else f"> {line}".rstrip() for line in lines)


def _block(previous: Mail, language: str, seen_at: datetime) -> str:
    labels = ("Von", "Gesendet", "An", "Cc", "Betreff") if language == "de" else ()
    labels = labels or ("From", "Sent", "To", "Cc", "Subject")
    rows = [
        (labels[0], f"{previous.sender.name} <{previous.sender.address}>"),
        (labels[1], f"{_full(seen_at, language)} {seen_at:%H:%M}"),
        (labels[2], _names(previous.to)),
        (labels[3], _names(previous.cc)),
        (labels[4], previous.subject),
    ]
    head = "\n".join(f"{label}: {value}" for label, value in rows if value)
    body = "\n".join(previous.body.split("\n")[:MOST_LINES])
    return f"{_rule(language, previous)}\n{head}\n\n{body}"


def _rule(language: str, previous: Mail) -> str:
    if len(previous.subject) % 2:
        return "_" * 32
    return "-----Ursprüngliche Nachricht-----" if language == "de" else "-----Original Message-----"


def _full(moment: datetime, language: str) -> str:
    name = weekday(moment, language)
    return f"{name}, {full_date(moment.date(), language)}"


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name or party.address for party in parties)
