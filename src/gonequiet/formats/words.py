"""What a message says, and what sort of message that makes it.

The parts have modules of their own: `parts` (the text and what hangs on it), `language.zones` (the
new words), `automatic` (what sort of message), `fingerprints` (digests).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.domain.message import Attachment, MessageKind
from gonequiet.formats.automatic import Envelope, Nature, nature_of
from gonequiet.formats.fingerprints import content_digest, opening_digest, quoted_digest
from gonequiet.formats.headers import Headers
from gonequiet.formats.letterhead import Letterhead
from gonequiet.formats.parts import Body, read_body
from gonequiet.language.expects import NOTHING_ASKED, Expectation, read_expectation
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.zones import Zones, cut_zones


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
