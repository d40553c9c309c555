"""Who is named in an address field.

RFC 5322 mailboxes and groups, and what stands there in real mail: unquoted "Last, First", names
without an address, Exchange and Notes forms, semicolons as commas, quotes that never end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from gonequiet.formats.encoded_words import decode_words
from gonequiet.formats.wording import one_line

MAX_PARTICIPANTS = 10_000
MAX_FIELD_CHARS = 1_000_000
_MAX_TOKENS = 100_000
_MAX_BARE = 600  # a name and an address; no longer, because these are kept in a cache

# An escaped character is a token of its own, so that after a quote without an end no later quote
# is tried again.
_TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|\([^()]*+\)|<[^<>]*+>?|[,;:]|[^"(<,;:\\]++|\\?.', re.DOTALL
)
_SIMPLE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9_.-]+")
_LOOSE = re.compile(
    r'[^\s<>()\[\],;:"\\@]{1,256}@(?:[^\s<>()\[\],;:"\\@\']{1,256}|\[[^\]\s]{1,64}\])'
)
_QUOTED_LOCAL = re.compile(r'"[^"\\<>]{1,128}"@[^\s<>()\[\],;:"\\@]{1,256}')
_IMCEA = re.compile(r"imcea([a-z0-9]+)-(.+)@[^@]+", re.IGNORECASE | re.DOTALL)
_IMCEA_BYTE = re.compile(r"\+([0-9A-Fa-f]{2})")
_NOTES_NAME = re.compile(r"\s*([^/@<>]{2,80}?)\s*/[^<>]*@[^.<>]*")
_SURNAME = re.compile(
    r"(?:(?:van|von|de|del|della|der|den|di|da|la|le|el|al|st\.?)\s+)*\S+", re.IGNORECASE
)
# What Outlook and Notes append to a name: "(E-mail)", "@ SITE".
_NAME_TAIL = re.compile(
    r" *(?:@ ?\w+|\((?:e-?mail|business|home|work|privat)(?: \d)?\))$", re.IGNORECASE
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_SPACED_AT = re.compile(r" ?@ ?(?=\S{1,200}\.\S)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Mailbox(NamedTuple):
    """One named address; the address is "" when only a name was given."""

    name: str
    address: str


NOBODY = Mailbox("", "")


def read_mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Returns everybody an address field names, in order, at most `MAX_PARTICIPANTS`."""
    value = value[:MAX_FIELD_CHARS]
    if "=?" in value:
        value = _ENCODED_WORD.sub(_shielded, value)
    if not _MARKED.search(value):
        return tuple(_bare_list(value))
    known = _known_pieces(value) if len(value) <= _MAX_PIECED else None
    return tuple(_Reader(value).mailboxes() if known is None else _put_together(known))


_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,40}\?[qQ]\?[^?\s]{1,1000}\?=")
_SEPARATING = re.compile(r'[",;:()<>@\\]')


def _shielded(word: re.Match[str]) -> str:
    """Returns an encoded word in which no sign of its own separates people (RFC 2047, 5)."""
    return _SEPARATING.sub(lambda sign: f"={ord(sign[0]):02X}", word[0])


_MARKED = re.compile(r'["(<;:=]')
# What stands between two commas, where no mark in it can reach beyond them.
_PIECE = re.compile(r'(?:[^",<;:(\\]++|"[^"\\]*+"|<[^<>]*+>)++')
_MAX_PIECED = 20_000


class _Piece(NamedTuple):
    """What stands between two commas, read by itself; see `_Reader` for what it is part of."""

    mailbox: Mailbox | None
    is_angled: bool
    is_half_name: bool


def _known_pieces(value: str) -> list[_Piece] | None:
    """Returns a field read piece by piece, None where its pieces cannot be told by their commas.

    The same few people are named over and over, in ever other company.
    """
    pieces: list[str] = _PIECE.findall(value)
    return list(map(_piece, pieces)) if ",".join(pieces) == value else None


@lru_cache(maxsize=8_192)
def _piece(text: str) -> _Piece:
    return _Reader(text).piece()


def _put_together(pieces: list[_Piece]) -> list[Mailbox]:
    found: list[Mailbox] = []
    half_name = False
    for mailbox, is_angled, is_half_name in pieces:
        if mailbox is not None:
            if half_name and is_angled and mailbox.name:
                mailbox = _joined(found, mailbox)
            found.append(mailbox)
        half_name = is_half_name
    return found


def _joined(found: list[Mailbox], second: Mailbox) -> Mailbox:
    """Returns a mailbox with the name that stood before a comma, which leaves `found`.

    "Reyes, Dana <address>" and "Dana Reyes, PhD <address>" are one person each; "Dana Reyes, Lee
    Ward <address>" are two.
    """
    name = found[-1].name
    if _SURNAME.fullmatch(name):
        return Mailbox(f"{found.pop().name}, {second.name}", second.address)
    return Mailbox(found.pop().name, second.address) if _TITLE.fullmatch(second.name) else second


_TITLE = re.compile(
    r"(?:(?:ph\.?d|m\.?d|mba|m\.?sc|b\.?sc|ll\.?m|jr|sr|esq|cpa|cfa|p\.?e|d\.?d\.?s|r\.?n|i{2,3}|iv"
    r"|inc|llc|llp|ltd|gmbh|ag|co|corp|dipl\.-[\w.]{2,12})\.?,? ?){1,3}",
    re.IGNORECASE,
)


def _bare_list(value: str) -> list[Mailbox]:
    pieces = value.split(",", MAX_PARTICIPANTS)[:MAX_PARTICIPANTS]
    found = [_bare_piece(piece[:_MAX_BARE]) for piece in pieces]
    return [mailbox for mailbox in found if mailbox is not NOBODY]


@lru_cache(maxsize=16_384)
def _bare_piece(piece: str) -> Mailbox:
    """Returns one of a plain list; cached because the same few people are named over and over."""
    piece = piece.strip()
    if "@" in piece and _SIMPLE.fullmatch(piece):
        return Mailbox("", canonical_address(piece))
    mailbox = _bare(piece) if piece else NOBODY
    return NOBODY if mailbox == NOBODY else mailbox


class _Reader:
    """Reads one field token by token; what stands between separators becomes one mailbox."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._found: list[Mailbox] = []
        self._half_name = False
        self._clear()

    def _clear(self) -> None:
        self._words: list[str] = []
        self._comments: list[str] = []
        self._angle: str | None = None
        self._is_quoted = False

    def mailboxes(self) -> list[Mailbox]:
        for token in islice(_TOKEN.finditer(self._value), _MAX_TOKENS):
            self._take(token[0])
            if len(self._found) >= MAX_PARTICIPANTS:
                return self._found[:MAX_PARTICIPANTS]
        self._finish("")
        return self._found

    def piece(self) -> _Piece:
        """Returns what is read of a text that holds no separator."""
        for token in _TOKEN.finditer(self._value):
            self._take(token[0])
        mailbox = self._mailbox()
        return _Piece(mailbox, self._angle is not None, self._is_half_name(mailbox))

    def _take(self, token: str) -> None:
        first = token[0]
        if first in ",;":
            self._finish(token)
        elif first == ":":
            self._clear()  # the name of a group, or "mailto:"
        elif first == '"' and len(token) > 1:
            self._is_quoted = True
            self._words.append(token)
        elif first == "(" and len(token) > 1:
            self._comments.append(token[1:-1])
        elif first == "<" and self._angle is None:
            self._angle = token.strip("<> \t")
        elif first != "<" and (self._angle is None or not self._words):
            self._words.append(token)  # what follows the address is no name: "<a@b.com> @SITE"

    def _finish(self, separator: str) -> None:
        mailbox = self._mailbox()
        if mailbox is not None:
            if self._half_name and self._angle is not None and mailbox.name:
                mailbox = _joined(self._found, mailbox)
            self._found.append(mailbox)
        self._half_name = separator == "," and self._is_half_name(mailbox)
        self._clear()

    def _is_half_name(self, mailbox: Mailbox | None) -> bool:
        """Whether this may be the unquoted "Last," of "Last, First <address>"."""
        return (
            mailbox is not None
            and not mailbox.address
            and self._angle is None
            and not self._is_quoted
        )

    def _mailbox(self) -> Mailbox | None:
        phrase = "".join(self._words).strip()
        if self._angle is None:
            return self._without_angle(phrase)
        name = clean_name(_unquoted(phrase) or " ".join(self._comments))
        return _named(name, canonical_address(self._angle))

    def _without_angle(self, phrase: str) -> Mailbox | None:
        if not phrase:
            return None
        if self._is_quoted and not _QUOTED_LOCAL.fullmatch(phrase):
            phrase = _unquoted(phrase)
        mailbox = _bare(phrase)
        if mailbox.name or not self._comments:
            return mailbox if mailbox != NOBODY else None
        return _named(clean_name(" ".join(self._comments)), mailbox.address)


def _named(name: str, address: str) -> Mailbox | None:
    if not name and not address:
        return None
    return Mailbox("" if name.lower() == address else name, address)


def _bare(piece: str) -> Mailbox:
    """Returns the mailbox of a piece without angle brackets."""
    notes = _NOTES_NAME.fullmatch(piece) if "/" in piece else None
    if notes:
        return Mailbox(clean_name(notes[1]), "")
    if " @" in piece or "@ " in piece:
        piece = _SPACED_AT.sub("@", piece)
    address = canonical_address(piece)
    if not address:
        return Mailbox(clean_name(piece), "")
    if " " not in piece.strip() or piece.startswith('"'):
        return Mailbox("", address)
    name = clean_name(_LOOSE.sub(" ", piece))
    return Mailbox("" if name.lower() in ("e-mail", "email") else name, address)


def with_names(addressed: tuple[Mailbox, ...], shown: tuple[Mailbox, ...]) -> tuple[Mailbox, ...]:
    """Returns the addresses with the names a second field shows for the same people.

    Names are taken over only where both fields name as many, and each only if the address has
    some word of it: the two fields come from different programs.
    """
    if len(addressed) != len(shown):
        return addressed
    pairs = zip(addressed, shown, strict=True)
    return tuple([_with_name(address, name) for (_, address), (name, _) in pairs])


@lru_cache(maxsize=8_192)
def _with_name(address: str, name: str) -> Mailbox:
    local = address.partition("@")[0]
    is_name = any(word in local for word in _LONG_WORD.findall(name.lower()))
    return Mailbox(name if is_name else "", address)


def canonical_address(text: str) -> str:
    """Returns the address in the text, lower case, or "" when there is none in it."""
    if "@" not in text:
        return ""
    text = text.strip()
    if not _SIMPLE.fullmatch(text):
        quoted = _QUOTED_LOCAL.fullmatch(text)
        found = None if quoted else _LOOSE.search(text[:2000])
        if quoted is None and found is None:
            return ""
        text = text if found is None else found[0]
    if text[0] == "'" or text[-1] in ".'":
        text = text.strip(".'")
    if text.startswith("@"):
        return ""
    lowered = text.lower()
    return _unwrapped(lowered) if lowered.startswith("imcea") else lowered


def _unwrapped(address: str) -> str:
    """Returns the address Exchange wrapped as IMCEA<type>-<escaped>@host, else it as it is."""
    wrapped = _IMCEA.fullmatch(address)
    if not wrapped:
        return address
    inner = _IMCEA_BYTE.sub(lambda byte: chr(int(byte[1], 16)), wrapped[2]).replace("_", "/")
    if wrapped[1] != "notes":
        inner = inner.replace("/", "_")
    found = _LOOSE.search(inner)
    return found[0].lower() if found and "." in found[0].rpartition("@")[2] else address


def _unquoted(phrase: str) -> str:
    if '"' not in phrase:
        return phrase
    return _ESCAPED.sub(r"\1", phrase.replace('\\"', "'")).replace('"', "")


def clean_name(text: str) -> str:
    """Returns a display name, decoded, on one line, without quotes around it."""
    name = one_line(decode_words(text) if "=?" in text else text)[:200]
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    if name.endswith(")") or "@" in name:
        name = _NAME_TAIL.sub("", name)
    return name.strip(' ,;<>"')
