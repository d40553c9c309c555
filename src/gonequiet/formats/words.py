"""What a message says, and what sort of message that makes it.

The parts have modules of their own: `parts` (the text and what hangs on it), `language.zones` (the
new words), `automatic` (what sort of message), `fingerprints` (digests).

Mailboxes hold the same message in several folders, and some exports give every copy an id of its
own. Nearly all the work on a message goes into its words, so what was read of them can be kept in
a `Memo` under a digest of all it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from gonequiet.domain.message import Attachment, MessageKind
from gonequiet.formats.automatic import Envelope, Nature, nature_of
from gonequiet.formats.fingerprints import content_digest, opening_digest, quoted_digest
from gonequiet.formats.headers import Headers
from gonequiet.formats.letterhead import Letterhead
from gonequiet.formats.parts import Body, read_body
from gonequiet.language.expects import NOTHING_ASKED, Expectation, read_expectation
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.zones import Zones, cut_zones

Flat = tuple[Any, ...]
"""Texts, numbers and tuples of them, and nothing else: a memo may lie outside the process."""


class Memo(Protocol):
    """What was read before, by digest; may forget at any time."""

    def find(self, key: bytes) -> Flat | None:
        """Returns what is kept under a key, None when nothing is."""

    def keep(self, key: bytes, value: Flat) -> None:
        """Keeps a value, in the place of older ones if need be."""


class Words(NamedTuple):
    """What the body of a message says; for the meaning of each see `ParsedMessage`."""

    new_text: str
    signature: str
    forwarded: str
    quoted_digest: int
    opening_digest: int
    content_digest: int
    asks_question: bool
    has_request: bool
    expects_answer: bool
    asks_several: bool
    is_to_many: bool
    attachments: tuple[Attachment, ...]
    nature: Nature
    problems: tuple[str, ...]


class Opened(NamedTuple):
    """A message whose header section was read already."""

    raw: bytes
    headers: Headers
    head: Letterhead


def recall_words(mails: Sequence[Opened], memo: Memo | None) -> list[Words]:
    """Returns the words of messages: from the memo where the same ones were read before."""
    if memo is None:
        return read_words(mails)
    keys = [_key(*mail) for mail in mails]
    found = [memo.find(key) if key else None for key in keys]
    fresh = iter(read_words([mail for mail, held in zip(mails, found, strict=True) if not held]))
    known: list[Words] = []
    for key, held in zip(keys, found, strict=True):
        words = _from_memo(held) if held else next(fresh)
        if key and not held and words.nature.kind in _OF_WORDS_ALONE:
            memo.keep(key, _for_memo(words))
        known.append(words)
    return known


def read_words(mails: Sequence[Opened]) -> list[Words]:
    """Returns the words of messages, each as if it were read alone.

    All go through one stage before any goes into the next: the code and the tables of one stage
    stay in the processor's cache, those of all stages do not fit there.
    """
    bodies = [read_body(raw, headers) for raw, headers, _ in mails]
    zones = [cut_zones(body.text) for body in bodies]
    natures = list(map(_nature, mails, bodies, zones))
    expectations = list(map(_expectation, mails, bodies, zones, natures))
    quoted = [quoted_digest(cut.quoted) for cut in zones]
    openings = [opening_digest(cut.new_text) for cut in zones]
    contents = list(map(_content_digest, mails, bodies))
    many = list(map(_is_to_many, bodies, zones, natures))
    parts = (bodies, zones, natures, expectations, quoted, openings, contents, many)
    return list(map(_put_together, *parts))


def _put_together(
    body: Body,
    cut: Zones,
    nature: Nature,
    asked: Expectation,
    quoted: int,
    opening: int,
    content: int,
    is_to_many: bool,
) -> Words:
    asks, requests, expects = asked.asks_question, asked.has_request, asked.expects_answer
    told = (asks, requests, expects, asked.asks_several, is_to_many)
    digests = (quoted, opening, content)
    files, problems = body.attachments, body.problems
    texts = (cut.new_text, cut.signature, cut.forwarded)
    return Words(*texts, *digests, *told, files, nature, problems)


def _content_digest(mail: Opened, body: Body) -> int:
    head = mail.head
    return content_digest(head.author.address or head.author.name, head.subject, body.text)


def _expectation(mail: Opened, body: Body, zones: Zones, nature: Nature) -> Expectation:
    """What the message asks of its reader; what no person wrote asks nothing."""
    if nature.kind in _BY_NOBODY:
        return NOTHING_ASKED
    names = [one.name for one in body.attachments]
    return read_expectation(zones.new_text, mail.head.subject, attached=names, tells_why=False)


_BY_NOBODY = frozenset((MessageKind.AUTOMATIC, MessageKind.OUT_OF_OFFICE, MessageKind.BOUNCE))


_SHORTEST_FOOTER = 20


def _is_to_many(body: Body, zones: Zones, nature: Nature) -> bool:
    """Whether small print that was cut away says that a letter of no one else's was to many."""
    kept = len(zones.new_text) + len(zones.signature)
    if zones.quoted or zones.forwarded or len(body.text) - kept < _SHORTEST_FOOTER:
        return False
    return nature.kind is MessageKind.PERSONAL and is_sent_to_many(body.text)


def _nature(mail: Opened, body: Body, zones: Zones) -> Nature:
    raw, headers, head = mail
    envelope = Envelope(
        raw,
        headers.fields,
        head,
        bool(head.in_reply_to or head.references),
        not zones.quoted and not zones.forwarded,
    )
    return nature_of(envelope, body)


# Of these fields only what is part of the key bears on the words and on what is concluded from
# them; a message with any other is read anew.
_PLAIN_FIELDS = frozenset(
    {
        "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id",
        "in-reply-to", "references", "received", "mime-version", "content-type",
        "content-transfer-encoding", "content-disposition", "user-agent", "importance",
        "x-from", "x-to", "x-cc", "x-bcc", "x-gmail-labels",
    }
)  # fmt: skip
_OF_THE_BODY = ("content-type", "content-transfer-encoding", "content-disposition")
# The others also say when, and name addresses, which rests on more than the words.
_OF_WORDS_ALONE = frozenset({MessageKind.PERSONAL, MessageKind.LIST, MessageKind.CALENDAR})
_WORTH_KEEPING = 16  # bytes of a body
_MOST_KEPT = 65_536


def _key(raw: bytes, headers: Headers, head: Letterhead) -> bytes:
    """Returns a digest of all that the words rest on, b"" where they are better read anew."""
    fields, at = headers.fields, headers.body_at
    if not _WORTH_KEEPING <= len(raw) - at <= _MOST_KEPT or not fields.keys() <= _PLAIN_FIELDS:
        return b""
    stated = ["\n".join(fields.get(name, ())) for name in _OF_THE_BODY]
    is_reply = "reply" if head.in_reply_to or head.references else ""
    told = "\0".join((*stated, head.subject, head.author.name, head.author.address, is_reply))
    whole = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16)
    whole.update(b"\0")
    whole.update(memoryview(raw)[at:])
    return whole.digest()


def _for_memo(words: Words) -> Flat:
    files = tuple(map(tuple, words.attachments))
    return (*words[:11], files, str(words.nature.kind), words.problems)


def _from_memo(held: Flat) -> Words:
    *told, files, kind, problems = held
    attachments = tuple(map(Attachment._make, files))
    return Words._make((*told, attachments, Nature(MessageKind(kind)), problems))
