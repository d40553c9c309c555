"""A draft as the bytes of a mail (RFC 5322, MIME), marked as ours; nothing in it reports back.

The mark is the header `X-Gonequiet-Draft`: the plan, and a digest of everything else.
A draft whose digest no longer fits was edited, and is the owner's own from then on.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from quopri import encodestring
from typing import Final, NamedTuple

from gonequiet.domain.draft import Draft, Person
from gonequiet.formats.ics_writing import FILE_NAME, MEDIA_TYPE, render_invitation

TAG: Final = "X-Gonequiet-Draft"
_LONGEST_LINE: Final = 78
_HARD_LIMIT: Final = 998  # octets of a line, RFC 5322 2.1.1
_WORD_CHARS: Final = 11  # at most 44 octets, 60 of base64: an encoded word of at most 75
_ADDRESS: Final = re.compile(r"[!#-'*+./0-9=?A-Z^_`a-z{|}~-]{1,200}@[\w.-]{1,250}", re.ASCII)
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_MESSAGE_ID: Final = re.compile(r"[^\s<>\x00-\x20\x7f-\uffff]{1,900}")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TAG_LINE: Final = re.compile(
    rb"^X-Gonequiet-Draft:[ \t]{0,9}([0-9a-f]{16})[ \t]{1,9}([0-9a-f]{32})[ \t]{0,9}\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_DATE_LINE: Final = re.compile(rb"^Date:[ \t]{0,9}([ -~]{1,99})\r?$", re.IGNORECASE | re.MULTILINE)


class Tag(NamedTuple):
    """What the mark of a draft says.

    Attributes:
        plan: of the draft.
        is_untouched: everything in it is as we wrote it.
    """

    plan: str
    is_untouched: bool


def render_mail(draft: Draft, *, written_at: int) -> bytes:
    r"""Returns the bytes of a draft, \r\n at the end of each line, ASCII in all headers.

    Args:
        draft: the letter.
        written_at: UTC epoch seconds, for its date.
    """
    date = f"Date: {format_datetime(datetime.fromtimestamp(written_at, UTC))}".encode()
    body_head, body = _body(draft, written_at)
    lines = b"\r\n".join([date, *_headers(draft), *body_head, b"", body])
    return f"{TAG}: {draft.plan} {_digest(lines)}\r\n".encode() + lines


def read_tag(raw: bytes) -> Tag | None:
    """Returns what the mark of a mail says, None when it carries none of ours."""
    head, _, _ = raw.replace(b"\r\n", b"\n")[:65_536].partition(b"\n\n")
    marks = _TAG_LINE.findall(head)
    if len(marks) != 1:
        return None
    plan, digest = (each.decode().lower() for each in marks[0])
    return Tag(plan, _digest(raw) == digest)


def _digest(raw: bytes) -> str:
    """Thirty-two digits over a mail without its mark; line ends count as one kind."""
    head, blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept = [line for line in head.split(b"\n") if not _TAG_LINE.fullmatch(line)]
    return blake2b(b"\n".join(kept) + blank + body, digest_size=16).hexdigest()


def written_at_of(raw: bytes) -> int | None:
    """Returns the moment in the date of a draft, UTC epoch seconds, None when there is none."""
    found = _DATE_LINE.search(raw[:65_536])
    try:
        return int(parsedate_to_datetime(found[1].decode("ascii")).timestamp()) if found else None
    except (ValueError, OverflowError):
        return None


def _headers(draft: Draft) -> Iterator[bytes]:
    if _ADDRESS.fullmatch(draft.owner.address):
        yield _header("From", _mailbox(draft.owner))
    if _ADDRESS.fullmatch(draft.contact.address):
        yield _header("To", _mailbox(draft.contact))
    yield _header("Subject", _unstructured(draft.subject))
    yield _header("Message-ID", [f"<{draft.plan}.draft@{_domain(draft.owner)}>"])
    answered = _ids([draft.reply_to])
    if answered:
        yield _header("In-Reply-To", answered)
        yield _header("References", _ids([*draft.references, draft.reply_to]))
    yield b"MIME-Version: 1.0"


def _domain(owner: Person) -> str:
    domain = owner.address.rpartition("@")[2]
    return domain if re.fullmatch(r"[A-Za-z0-9.-]{1,250}", domain) else "localhost"


def _ids(ids: tuple[str, ...] | list[str]) -> list[str]:
    """Message-IDs between angle brackets, each once; what is no id is left out."""
    return [f"<{each}>" for each in dict.fromkeys(ids) if _MESSAGE_ID.fullmatch(each)]


def _header(name: str, words: list[str]) -> bytes:
    """A header field, broken between words where it grows long."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _LONGEST_LINE and line.strip() and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]).encode("ascii")


def _mailbox(person: Person) -> list[str]:
    """The words of a name and its address; a name that is no plain words is quoted or encoded."""
    name = _CONTROLS.sub("", person.name).strip()
    address = f"<{person.address}>"
    if not name:
        return [address]
    if not name.isascii() or "=?" in name:
        return [*_encoded_words(name), address]
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return [*(name.split() if _ATOMS.fullmatch(name) else [quoted]), address]


def _unstructured(text: str) -> list[str]:
    """The words of a free text."""
    bare = _CONTROLS.sub(" ", text)
    if (
        not bare.isascii()
        or "=?" in bare
        or any(len(word) > _LONGEST_LINE for word in bare.split())
    ):
        return _encoded_words(bare)
    return bare.split()


def _encoded_words(text: str) -> list[str]:
    """RFC 2047 words; no letter is cut in two."""
    clean = text.encode("utf-8", "replace").decode()
    cuts = range(0, len(clean), _WORD_CHARS)
    pieces = (clean[cut : cut + _WORD_CHARS].encode() for cut in cuts)
    return [f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in pieces]


def _body(draft: Draft, written_at: int) -> tuple[list[bytes], bytes]:
    """The headers of the body, and the body."""
    text_head, text = _text_part(draft.body)
    if draft.proposal is None:
        return text_head, text
    calendar = render_invitation(draft, draft.proposal, written_at=written_at)
    boundary = f"part-{draft.plan}"
    parts = [
        b"\r\n".join([*text_head, b"", text]),
        b"\r\n".join([*_calendar_head(), b"", _base64(calendar)]),
    ]
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return [f'Content-Type: multipart/mixed; boundary="{boundary}"'.encode()], body


def _text_part(text: str) -> tuple[list[bytes], bytes]:
    raw = text.encode("utf-8", "replace").replace(b"\n", b"\r\n")
    kind = b"Content-Type: text/plain; charset=utf-8"
    if any(len(line) > _HARD_LIMIT for line in raw.split(b"\r\n")):
        soft = encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        return [kind, b"Content-Transfer-Encoding: quoted-printable"], soft
    how = b"7bit" if raw.isascii() else b"8bit"
    return [kind, b"Content-Transfer-Encoding: " + how], raw


def _calendar_head() -> list[bytes]:
    return [
        f"Content-Type: {MEDIA_TYPE}; charset=utf-8; method=REQUEST".encode(),
        b"Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{FILE_NAME}"'.encode(),
    ]


def _base64(raw: bytes) -> bytes:
    encoded = b64encode(raw)
    return b"\r\n".join(encoded[cut : cut + 76] for cut in range(0, len(encoded), 76))
