"""Words out of rich text (RTF), as Outlook keeps them: packed (MS-OXRTFCP), then marked up."""

from __future__ import annotations

import re
import struct
from typing import Final

from gonequiet.formats.charsets import decode_text
from gonequiet.formats.html_text import html_to_text

_MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_GROUPS: Final = 200
_RING: Final = 4096
_KNOWN_BEFORE: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_TOKEN: Final = re.compile(
    rb"\\'([0-9A-Fa-f]{2})|\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\([^A-Za-z])|([{}])|([^\\{}]+)|\\"
)
_UNSEEN: Final = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer",
     b"listtable", b"listoverridetable", b"generator", b"themedata", b"datastore"}
)  # fmt: skip
_BREAKS: Final = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n"}
_MARKS: Final = {b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
                 b"endash": "–", b"emdash": "—", b"bullet": "•"}  # fmt: skip
_SIGNS: Final = {b"~": " ", b"_": "-", b"-": "", b"\r": "\n"}


def unpacked(data: bytes) -> bytes:
    """Returns rich text as it was before it was packed; what can be had of a damaged one."""
    if len(data) < 16:
        return b""
    _, size, how = struct.unpack("<II4s", data[:12])
    if how == _PLAIN:
        return data[16 : 16 + min(size, _MOST_BYTES)]
    return _from_ring(data, min(size, _MOST_BYTES)) if how == _PACKED else b""


def _from_ring(data: bytes, size: int) -> bytes:
    """Undoes the packing: letters, and references to what stood in the last 4,096 of them."""
    held, place = bytearray(_KNOWN_BEFORE), 16
    end = len(held) + size
    while place < len(data) and len(held) < end:
        control, place = data[place], place + 1
        for bit in range(8):
            piece = data[place : place + 1 + (control >> bit & 1)]
            place += len(piece)
            if len(piece) < 2:
                held += piece
            elif not _repeat(held, piece[0] << 8 | piece[1]):
                return bytes(held[len(_KNOWN_BEFORE) : end])
    return bytes(held[len(_KNOWN_BEFORE) : end])


def _repeat(held: bytearray, reference: int) -> bool:
    """Adds what a reference names; False for the one that ends it all, and for one that lies."""
    place, last = reference >> 4, len(held) - 1
    if place == len(held) % _RING or place > last:
        return False
    start = place + (last - place) // _RING * _RING
    for step in range((reference & 15) + 2):
        held.append(held[start + step])
    return True


def rich_text_to_text(rich: bytes, charset: str = "cp1252") -> str:
    r"""Returns the words of rich text, \n line ends.

    Args:
        rich: it, unpacked.
        charset: of letters past ASCII that it writes as bytes.
    """
    reading = _Reading(charset)
    for found in _TOKEN.finditer(rich[:_MOST_BYTES]):
        reading.take(found)
    words = reading.text()
    return html_to_text(words) if reading.is_markup else words


class _Reading:
    """One walk over the marks and words."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._groups = [(True, 1)]
        self._opens = False
        self._skip = 0
        self.is_markup = False

    def text(self) -> str:
        """Returns the words taken so far; halves of a letter are put together."""
        self._settle()
        pairs = "".join(self._pieces).encode("utf-16-le", "surrogatepass")
        return pairs.decode("utf-16-le", "replace")

    def take(self, found: re.Match[bytes]) -> None:
        """Takes one mark or run of words."""
        letter, word, argument, sign, brace, plain = found.groups()
        opens, self._opens = self._opens, False
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, int(argument or 1), opens=opens)
        elif sign:
            self._sign(sign)
        elif letter and self._is_seen():
            self._letters(bytes.fromhex(letter.decode()))
        elif plain and self._is_seen():
            self._letters(plain.replace(b"\r", b"").replace(b"\n", b""))

    def _is_seen(self) -> bool:
        return self._groups[-1][0]

    def _brace(self, brace: bytes) -> None:
        if brace == b"}" and len(self._groups) > 1:
            self._groups.pop()
        elif brace == b"{":
            self._opens = True
            if len(self._groups) < _MOST_GROUPS:
                self._groups.append(self._groups[-1])

    def _word(self, word: bytes, argument: int, *, opens: bool) -> None:
        seen, after = self._groups[-1]
        if word == b"fromhtml":
            self.is_markup = True
        elif word == b"htmlrtf":
            self._groups[-1] = (argument == 0, after)  # what stands for programs without HTML
        elif word == b"htmltag":
            self._groups[-1] = (self.is_markup, after)
        elif opens and word in _UNSEEN:
            self._groups[-1] = (False, after)
        elif word == b"uc":
            self._groups[-1] = (seen, max(0, min(argument, 10)))
        elif seen and word == b"u":
            self._write(chr(argument % 65_536))
            self._skip = after
        elif seen and word in _BREAKS and not self.is_markup:
            self._write(_BREAKS[word])
        elif seen and word in _MARKS:
            self._write(_MARKS[word])

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._groups[-1] = (False, self._groups[-1][1])
        elif self._is_seen():
            self._write(_SIGNS.get(sign, sign.decode("latin-1")))

    def _letters(self, letters: bytes) -> None:
        skipped, self._skip = letters[self._skip :], max(0, self._skip - len(letters))
        self._bytes += skipped

    def _write(self, text: str) -> None:
        self._settle()
        self._pieces.append(text)

    def _settle(self) -> None:
        if self._bytes:
            self._pieces.append(decode_text(bytes(self._bytes), self._charset))
            self._bytes.clear()
