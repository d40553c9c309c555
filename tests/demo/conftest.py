"""The demo mailbox, made once, and its messages as the standard library reads them."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

import pytest

from gonequiet.demo import DemoMailbox, generate


def message_id(message: Message) -> str:
    return str(message["Message-ID"]).strip("<>")


def when(message: Message) -> float:
    return parsedate_to_datetime(str(message["Date"])).timestamp()


def split_mbox(content: bytes) -> list[bytes]:
    """Splits at the "From " lines, which the writer keeps out of bodies."""
    pieces = (b"\n" + content).split(b"\nFrom ")[1:]
    return [piece.partition(b"\n")[2].replace(b"\n>From ", b"\nFrom ") for piece in pieces]


def split_mail(demo: DemoMailbox) -> list[bytes]:
    """Every message as often as it lies somewhere."""
    found: list[bytes] = []
    for file in demo.files:
        if file.path.name == "old.mbox":
            found += split_mbox(file.content)
        elif file.path.is_relative_to(demo.mail):
            found.append(file.content)
    return found


def by_id(raws: list[bytes]) -> dict[str, Message]:
    """Every message once, by its id, in order of time."""
    parsed = sorted((message_from_bytes(raw) for raw in raws), key=when)
    return {message_id(message): message for message in parsed}


@pytest.fixture(scope="session")
def demo() -> DemoMailbox:
    return generate()


@pytest.fixture(scope="session")
def raws(demo: DemoMailbox) -> list[bytes]:
    return split_mail(demo)


@pytest.fixture(scope="session")
def messages(raws: list[bytes]) -> dict[str, Message]:
    return by_id(raws)
