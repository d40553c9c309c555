"""One message of the demo before it becomes bytes, and the clients that write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from gonequiet.demo.cast import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """How one mail program writes.

    Attributes:
        quotes: "outlook", "angle" (an attribution line and ">"), "inline" or "none".
        attribution: the line above the quotation; {date}, {time}, {name}, {address}.
        reply_prefix: what stands before the subject of a reply.
        keeps_ids: whether replies carry In-Reply-To and References.
        html_share: share of messages with an HTML alternative.
        charset: of what is not ASCII.
        last_first: whether From reads "Last, First".
        agent: its User-Agent or X-Mailer line, "" for none.
    """

    quotes: str
    attribution: str = ""
    reply_prefix: str = "Re: "
    keeps_ids: bool = True
    html_share: float = 0.0
    charset: str = "utf-8"
    last_first: bool = False
    agent: str = ""


CLIENTS = {
    "outlook": Client(quotes="outlook", reply_prefix="RE: ", html_share=0.45, agent="Posthaus 16"),
    "outlook_de": Client(
        quotes="outlook_de",
        reply_prefix="AW: ",
        html_share=0.4,
        charset="iso-8859-1",
        last_first=True,
        agent="Posthaus 16",
    ),
    "gmail": Client(
        quotes="angle",
        attribution="On {weekday}, {month} {day}, {year} at {time} {name} <{address}>\nwrote:",
        html_share=0.35,
    ),
    "apple": Client(
        quotes="angle",
        attribution="On {day} {month} {year}, at {time}, {name} <{address}> wrote:",
        agent="Orchard Mail 7.1",
    ),
    "thunderbird": Client(
        quotes="inline",
        attribution="On {numbers}, {time}, {name} wrote:",
        agent="Stormbird 128",
    ),
    "thunderbird_de": Client(
        quotes="inline",
        attribution="Am {numbers} um {time} schrieb {name}:",
        reply_prefix="Re: ",
        agent="Stormbird 128",
        charset="iso-8859-1",
    ),
    "phone": Client(quotes="none", keeps_ids=False, agent="Pocket Mail"),
    "phone_de": Client(quotes="none", keeps_ids=False, reply_prefix="Aw: ", agent="Pocket Mail"),
    "machine": Client(quotes="none"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A sentence of a message and what it is.

    Attributes:
        label: "promise", "hedge", "deferral", "warmth", "rescheduling", "request", "question" ...
        sentence: the exact words, as they stand before line wrapping.
        key: joins the sentence with a table of the play, "" when there is none.
    """

    label: str
    sentence: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message.

    Attributes:
        text: the new words: greeting, paragraphs, closing; inline quotations where the client
            answers between the lines.
        quotation: what the client put below, "" for none.
        act: what the message does, a name of the recipes ("ask", "thanks", "deliver").
        calls_for_answer: whether a careful person would wait for an answer.
        folder: where the message is kept: "inbox" or "sent".
        style: "personal", "list", "automatic", "out_of_office", "bounce" or "calendar".
        payload: a body that is not plain text (calendar or delivery report), by media type.
    """

    message_id: str
    thread: str
    sender: Party
    to: tuple[Party, ...]
    cc: tuple[Party, ...] = ()
    sent_at: datetime
    subject: str
    text: str
    signature: str = ""
    quotation: str = ""
    client: Client
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    act: str = ""
    calls_for_answer: bool = False
    folder: str = "inbox"
    style: str = "personal"
    headers: tuple[tuple[str, str], ...] = ()
    payload: tuple[tuple[str, str], ...] = ()
    has_html: bool = False
    spans: tuple[Span, ...] = ()

    @property
    def body(self) -> str:
        """The whole plain text."""
        parts = (self.text, self.signature, self.quotation)
        return "\n\n".join(part for part in parts if part)

    @property
    def at(self) -> datetime:
        """The moment of sending in UTC."""
        return self.sent_at.astimezone(UTC)
