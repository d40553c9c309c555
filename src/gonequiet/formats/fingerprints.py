"""Digests by which copies find each other, and a reply the message it quotes.

`content_digest` is over who wrote, the subject and all words, white space folded. The moment is
left out: copies of one message in different folders can differ by hours. `opening_digest` is over
the first words of what was written, `quoted_digest` over the first words of what is quoted, made
the same way, so that equal values join a reply with its parent.
"""

from __future__ import annotations

import re

from gonequiet.domain.digests import text_digest
from gonequiet.language.zones import cut_zones

OPENING_WORDS = 12
_OPENING_CHARS = 600
_QUOTED_CHARS = 4_000

_WORD = re.compile(r"[^\W_]+")
_ARTEFACT = re.compile(r"=(?:20|09|\n)")
_QUOTE_MARKS = re.compile(r"^[ \t]*>[>| \t]?", re.MULTILINE)
_LAST_HEADER = re.compile(
    r"^[ \t>*]*(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|emne|ämne|temat|aihe|тема)"
    r"[ \t]*:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS_WITHIN = 1_500


def content_digest(sender: str, subject: str, text: str) -> int:
    """Returns the digest that copies of one message share.

    Args:
        sender: the address, or the name where there is no address.
        subject: decoded.
        text: all words of the body, quotations included.
    """
    if "=" in text:
        text = _ARTEFACT.sub(" ", text)
    return text_digest(f"{sender}\n{' '.join(subject.split())}\n{' '.join(text.split())}".lower())


def opening_digest(new_text: str) -> int:
    """Returns the digest of the first words somebody wrote, 0 without words."""
    if not new_text:
        return 0
    opening = new_text[:_OPENING_CHARS]
    if "=" in opening:
        opening = _ARTEFACT.sub(" ", opening)
    return text_digest(" ".join(_WORD.findall(opening.lower())[:OPENING_WORDS]))


def quoted_digest(quoted: str) -> int:
    """Returns the `opening_digest` of the message a quotation repeats, 0 without quotation."""
    if not quoted:
        return 0
    words = _own_words(quoted[:_QUOTED_CHARS])
    return opening_digest(cut_zones(words).new_text or words)


def _own_words(quoted: str) -> str:
    """Returns the quoted text without its marks and what announces it."""
    header = _LAST_HEADER.search(quoted, 0, _HEADERS_WITHIN)
    first_mark = _QUOTE_MARKS.search(quoted)
    if header and (first_mark is None or header.start() <= first_mark.start()):
        quoted = quoted[header.end() :]
    elif first_mark:
        quoted = quoted[first_mark.start() :]
    if first_mark:
        quoted = _QUOTE_MARKS.sub("", quoted)
    return quoted.strip("\n")
