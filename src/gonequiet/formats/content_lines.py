"""Content lines, of which calendars (RFC 5545) and address cards (RFC 6350, vCard 2.1) are made.

A file is cut into blocks (one event, one card) by bytes before anything is decoded, so that one
bad block costs only itself and no more than one is held as text.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from gonequiet.formats.charsets import decode_text

MOST_OF_A_BLOCK: Final = 1024 * 1024
_MOST_PARAMETERS: Final = 40
_DEEPEST: Final = 100
_BOUNDARY: Final = re.compile(
    rb"(?im)^(?:[A-Z0-9-]{1,40}\.)?(BEGIN|END)[ \t]*:[ \t]*([A-Z0-9-]{1,40})[ \t]*\r?$"
)
_PARAMETERS: Final = re.compile(r"(;[^:]*):")
_QUOTED_PARAMETERS: Final = re.compile(r'(;(?:[^":]++|"[^"]*+"|")*+):')
_PARAMETER: Final = re.compile(r';[ \t]*([A-Za-z0-9-]*)[ \t]*(?:=((?:[^";]++|"[^"]*+"|")*+))?')
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class Block(NamedTuple):
    """One component of a file.

    Attributes:
        name: "VEVENT", "VCARD" ...
        inside: name of the component around it, "" for none.
        content: its lines, those of components inside it left out; at most `MOST_OF_A_BLOCK`.
        is_whole: it was closed; else the file ends, or the next one begins, inside it.
        is_cut: there was more of it than is looked at.
    """

    name: str
    inside: str
    content: bytes
    is_whole: bool
    is_cut: bool


class Line(NamedTuple):
    """One content line.

    Attributes:
        name: of the property, upper case, without its group.
        parameters: upper case names; several values are joined by ",". A bare word of vCard 2.1
            (";WORK") counts as a TYPE.
        value: decoded, still escaped.
    """

    name: str
    parameters: dict[str, str]
    value: str


def blocks_of(data: bytes, wanted: Collection[str]) -> Iterator[Block]:
    """Yields the components of some names, in the order in which they begin to end.

    A component that begins again before it has ended was not closed: it is yielded as it stands.
    """
    stack: list[_Opened] = []
    for found in _BOUNDARY.finditer(data):
        name = found[2].decode("ascii").upper()
        if found[1].upper() == b"BEGIN":
            while any(one.name == name for one in stack) and name in wanted:
                yield from _closed(stack, data, found.start(), wanted, is_whole=False)
            if stack:
                stack[-1].leave(found.start())
            stack.append(_Opened(name, found.end()))
            if len(stack) > _DEEPEST:
                return
        elif any(one.name == name for one in stack):
            while stack and stack[-1].name != name:
                yield from _closed(stack, data, found.start(), wanted, is_whole=False)
            yield from _closed(stack, data, found.start(), wanted, is_whole=True)
            if stack:
                stack[-1].comes_back(found.end())
    while stack:
        yield from _closed(stack, data, len(data), wanted, is_whole=False)


class _Opened:
    """A component that has begun."""

    __slots__ = ("at", "held", "is_cut", "name", "pieces")

    def __init__(self, name: str, at: int) -> None:
        self.name = name
        self.at: int | None = at
        self.pieces: list[tuple[int, int]] = []
        self.held = 0
        self.is_cut = False

    def leave(self, at: int) -> None:
        """Another component begins inside it, or it ends."""
        if self.at is None:
            return
        end = min(at, self.at + MOST_OF_A_BLOCK - self.held)
        self.is_cut = self.is_cut or end < at
        if end > self.at:
            self.pieces.append((self.at, end))
            self.held += end - self.at
        self.at = None

    def comes_back(self, at: int) -> None:
        """The component inside it has ended."""
        self.at = at


def _closed(
    stack: list[_Opened], data: bytes, at: int, wanted: Collection[str], *, is_whole: bool
) -> Iterator[Block]:
    one = stack.pop()
    if one.name not in wanted:
        return
    one.leave(at)
    content = b"".join(data[start:end] for start, end in one.pieces)
    inside = stack[-1].name if stack else ""
    yield Block(one.name, inside, content, is_whole, one.is_cut)


def lines_of(content: bytes, wanted: Collection[str]) -> Iterator[Line]:
    """Yields the lines of the properties wanted; what is no content line is left out."""
    for written in _unfolded(content).split("\n"):
        colon = written.find(":")
        if colon < 0:
            continue
        begin = written.find(";", 0, colon)
        name = written[: colon if begin < 0 else begin].rpartition(".")[2].strip().upper()
        if name not in wanted:
            continue
        if begin < 0:
            yield Line(name, {}, _value(written[colon + 1 :], {}))
            continue
        is_quoted = written.find('"', begin, colon) >= 0
        found = (_QUOTED_PARAMETERS if is_quoted else _PARAMETERS).match(written, begin)
        if found is not None:
            parameters = _parameters(found[1])
            yield Line(name, parameters, _value(written[found.end() :], parameters))


def _unfolded(content: bytes) -> str:
    content = content.replace(b"\n ", b"").replace(b"\n\t", b"")
    if b"QUOTED-PRINTABLE" in content.upper():
        content = b"\n".join(_without_soft_breaks(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # every byte stays, to be decoded by what the line says


def _without_soft_breaks(content: bytes) -> Iterator[bytes]:
    """Yields lines; one that ends with "=" goes on in the next without being folded (vCard 2.1)."""
    lines = iter(content.split(b"\n"))
    for line in lines:
        if b"QUOTED-PRINTABLE" not in line.partition(b":")[0].upper():
            yield line
            continue
        pieces = [line]
        while pieces[-1].endswith(b"=") and (more := next(lines, None)) is not None:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(more)
        yield b"".join(pieces)


def _parameters(text: str) -> dict[str, str]:
    held: dict[str, str] = {}
    for number, found in enumerate(_PARAMETER.finditer(text)):
        if number >= _MOST_PARAMETERS:
            break
        name, value = found[1].upper(), found[2]
        if value is None:
            name, value = _BARE.get(name, "TYPE"), name
        value = value.strip().replace('"', "")
        held[name] = f"{held[name]},{value}" if name in held else value
    return held


_BARE: Final = {"QUOTED-PRINTABLE": "ENCODING", "BASE64": "ENCODING"}


def _value(value: str, parameters: dict[str, str]) -> str:
    charset = parameters.get("CHARSET", "")
    if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        return decode_text(quopri.decodestring(value.encode("latin-1", "replace")), charset)
    if value.isascii():
        return value
    try:
        raw = value.encode("latin-1")
        return raw.decode("utf-8")  # a line in UTF-8 among others that are not
    except UnicodeEncodeError:
        return value  # it was valid UTF-8, and more than western letters
    except UnicodeDecodeError:
        return decode_text(raw, charset) if charset or _C1.search(value) else value


_C1: Final = re.compile("[\x80-\x9f]")


def plain(value: str, most: int) -> str:
    """Returns a TEXT value as it is meant (RFC 5545 3.3.11), without control characters."""
    value = value[: 2 * most]
    if "\\" in value:
        value = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    if not value.isprintable():
        value = _CONTROL.sub("", value).encode("utf-8", "replace").decode("utf-8")
    return value[:most].strip()


def one_line(value: str, most: int = 500) -> str:
    """Returns a TEXT value as one line, white space folded."""
    return " ".join(plain(value, most).split())


def fields_of(value: str, most: int = 200) -> list[str]:
    """Returns the fields of a structured value (N, ADR, ORG), each as one line."""
    return [one_line(field, most) for field in _FIELD_END.split(value[:4000])[:20]]


_FIELD_END: Final = re.compile(r"(?<!\\);")
