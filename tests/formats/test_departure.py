"""An automatic answer that says somebody has left ends the wait: the address is dead."""

from __future__ import annotations

import pytest

from gonequiet.domain.message import MessageKind
from gonequiet.formats.departure import says_left
from gonequiet.formats.mime import parse_message

NOTE = b"""From: Ana Brook <ana@quarry.example>
To: Clara <clara@firm.example>
Subject: Automatic reply: Licences
Date: Tue, 3 Mar 2026 10:00:00 +0000
Auto-Submitted: auto-replied
Message-ID: <1@quarry.example>

Thank you for your mail. Ana Brook has left Quarry and this
mailbox is no longer monitored.
"""


def test_a_note_that_somebody_has_left_is_a_failure_of_their_address() -> None:
    message = parse_message(NOTE)

    assert message.kind is MessageKind.BOUNCE
    assert message.failed_addresses == ("ana@quarry.example",)


@pytest.mark.parametrize(
    "text",
    [
        "I have retired. Please write to the office.",
        "Ich bin in den wohlverdienten Ruhestand gegangen.",
        "Ana is no longer with the company.",
        "Dirk Hansen ist nicht mehr für Nordwerk tätig.",
        "Frau Brook hat das Unternehmen verlassen.",
        "I am no longer employed at Quarry.",
    ],
)
def test_these_words_say_left(text: str) -> None:
    assert says_left(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday.",
        "I have left a message with Tom, who covers for me.",
        "I have left for the day and will answer tomorrow.",
        "Ich bin ab Montag wieder erreichbar.",
    ],
)
def test_these_words_say_only_away(text: str) -> None:
    assert not says_left(text)
