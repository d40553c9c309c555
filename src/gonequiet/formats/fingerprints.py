"""Digests by which copies find each other, and a reply the message it quotes.

`content_digest` is over who wrote, the subject and all words, white space folded. The moment is
left out: copies of one message in different folders can differ by hours. `opening_digest` is over
the first words of what was written, `quoted_digest` over the first words of what is quoted, made
the same way, so that equal values join a reply with its parent.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import islice

from gonequiet.domain.digests import bytes_digest, text_digest
from gonequiet.language.zones import cut_zones

OPENING_WORDS = 12
_OPENING_CHARS = 600
_QUOTED_CHARS = 2_000
_QUOTED_LINES = 60
_HEADER_LINES = 20
_FOLDED_AWAY = b" \t\n\r\x0b\x0c>"

# Letters in lower case and digits; all else parts words, as `_WORD` has it.
_TO_WORDS = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256)
)
_WORD = re.compile(r"[^\W_]+")
_ARTEFACT = re.compile(r"=(?:20|09|\n)")
_SUBJECT_HEADER = re.compile(
    r"[ \t>*]*(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|emne|ämne|temat|aihe|тема)"
    r"[*]?[ \t]*:",
    re.IGNORECASE,
)
# Below the subject some programs put the date and to whom, others the importance.
_NEXT_HEADER = re.compile(r"[ \t>*]*[^\W\d_][^\W\d_-]{1,14}[*]?[ \t]*:[ \t]*\S")


def content_digest(sender: str, subject: str, text: str) -> int:
    """Returns the digest that copies of one message share.

    White space counts for nothing, nor do quote marks and what is left of soft line ends.

    Args:
        sender: the address, or the name where there is no address.
        subject: decoded.
        text: all words of the body, quotations included.
    """
    if "=" in text:
        text = _ARTEFACT.sub("", text)
    whole = f"{sender}\n{subject}\n{text}"
    if not whole.isascii():
        whole = "".join(whole.split())
    words = whole.encode("utf-8", "replace").translate(None, _FOLDED_AWAY)
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big", signed=True) or 1


def opening_digest(new_text: str) -> int:
    """Returns the digest of the first words somebody wrote, 0 without words."""
    if not new_text:
        return 0
    opening = new_text[:_OPENING_CHARS]
    if "=" in opening:
        opening = _ARTEFACT.sub(" ", opening)
    if opening.isascii():
        plain = opening.encode().translate(_TO_WORDS).split(None, OPENING_WORDS)
        return bytes_digest(b" ".join(plain[:OPENING_WORDS]))
    words = [found[0] for found in islice(_WORD.finditer(opening), OPENING_WORDS)]
    return text_digest(" ".join(words).lower())


def quoted_digest(quoted: str) -> int:
    """Returns the `opening_digest` of the message a quotation repeats, 0 without quotation."""
    if not quoted:
        return 0
    words = _own_words(quoted[:_QUOTED_CHARS])
    # The beginning is enough unless they answered below what they quoted themselves.
    found = cut_zones(words[:_OPENING_CHARS]).new_text or cut_zones(words).new_text
    return opening_digest(found or words)


def _own_words(quoted: str) -> str:
    """Returns the beginning of the quoted text without its marks and what announces it."""
    lines = quoted.split("\n", _QUOTED_LINES)[:_QUOTED_LINES]
    begun = [line.lstrip() for line in lines] if ">" in quoted else []
    marked = [line[2:] if line[1:2] == " " else line[1:] for line in begun if line[:1] == ">"]
    lines = marked or lines
    return "\n".join(lines[_headers_stop(lines) :]).strip("\n")


def _headers_stop(lines: list[str]) -> int:
    """Returns how many lines announce what is quoted first; it may quote others in its turn."""
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if ":" in line and _SUBJECT_HEADER.match(line):
            stop = number + 1
            while stop < len(lines) and _NEXT_HEADER.match(lines[stop]):
                stop += 1
            return stop
    return 0
