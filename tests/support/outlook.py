"""Messages as Outlook saves them (.msg), written out by hand; people and texts are made up."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from tests.support.containers import Tree, container

Value: TypeAlias = str | bytes | int | datetime
Given: TypeAlias = dict[int, Value]


def _properties(given: Given, head: bytes) -> Tree:
    """The streams of some properties: those of a fixed length share one."""
    table, streams = head, dict[str, bytes]()
    for number, value in given.items():
        if isinstance(value, bool):
            table += struct.pack("<HHIQ", 0x000B, number, 6, value)
        elif isinstance(value, int):
            table += struct.pack("<HHIQ", 0x0003, number, 6, value)
        elif isinstance(value, datetime):
            ticks = int(value.timestamp()) * 10_000_000 + 116_444_736_000_000_000
            table += struct.pack("<HHIQ", 0x0040, number, 6, ticks)
        else:
            is_text = isinstance(value, str)
            raw = value.encode("utf-16-le") if isinstance(value, str) else value
            kind = 0x001F if is_text else 0x0102
            table += struct.pack("<HHIII", kind, number, 6, len(raw) + 2 * is_text, 0)
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    return {**streams, "__properties_version1.0": table}


def person(address: str, name: str = "", *, role: int = 1) -> Given:
    """Returns the properties of a recipient (1 To, 2 Cc, 3 Bcc)."""
    return {0x0C15: role, 0x3001: name or address, 0x3002: "SMTP", 0x3003: address, 0x39FE: address}


def msg_file(
    given: Given,
    people: Sequence[Given] = (),
    attached: Sequence[Given] = (),
    *,
    names: bytes = b"",
) -> bytes:
    """Returns a .msg file: properties of the message, of its recipients, of what hangs on it.

    Args:
        given: of the message.
        people: of its recipients.
        attached: of what hangs on it.
        names: which number of this file stands for which name.
    """
    head = b"\0" * 8 + struct.pack("<IIII", len(people), len(attached), len(people), len(attached))
    tree = _properties({0x001A: "IPM.Note", 0x340D: 0x40000, **given}, head + b"\0" * 8)
    tree["__nameid_version1.0"] = {
        f"__substg1.0_000{one}0102": names if one == 3 else b"" for one in (2, 3, 4)
    }
    for number, one in enumerate(people):
        tree[f"__recip_version1.0_#{number:08X}"] = _properties(one, b"\0" * 8)
    for number, one in enumerate(attached):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(one, b"\0" * 8)
    return container(tree)


def sent(sender: str, to: str, *, subject: str, text: str, at: datetime, more: Given) -> bytes:
    """Returns a message as it lies in Sent Items: without the headers it went out with."""
    given: Given = {
        0x0037: subject, 0x0039: at, 0x0C1A: sender.partition("@")[0], 0x0C1E: "SMTP",
        0x0C1F: sender, 0x0E07: 1, 0x1000: text, 0x3FDE: 65001,
    }  # fmt: skip
    return msg_file({**given, **more}, [person(to)])


def arrived(headers: str, text: str, attached: Sequence[Given] = ()) -> bytes:
    """Returns a message as it arrived: with the headers of the mail."""
    mapped = headers.replace("\n", "\r\n") + "\r\n\r\n"
    return msg_file({0x007D: mapped, 0x1000: text, 0x3FDE: 65001}, (), attached)
