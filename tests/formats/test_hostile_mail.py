"""Mail made to hurt its reader is read, cut, and said to be cut.

How long each takes and how much memory is printed by `benchmarks/mail_reading.py`.
"""

from __future__ import annotations

import pytest

from gonequiet.formats.mime import parse_message
from gonequiet.formats.parts import MAX_PARTS, MAX_TEXT_CHARS
from tests.support.mail import HOSTILE

RECORD_CAP = 16 * 1024 * 1024
"""As much of a record as the sources hand over."""

CUT = {
    "50 MB of header in one field": "The header section is too long; the rest was left out.",
    "50 MB of header in many fields": "The header section is too long; the rest was left out.",
    "50 MB of header in tiny fields": "The header section is too long; the rest was left out.",
    "1 MB of encoded words as subject": "Its subject is too long; the rest was left out.",
    "1 MB of encoded words as names": "It names too many people; the rest were left out.",
    "100,000 recipients": "It names too many people; the rest were left out.",
    "100,000 references": "It refers to too many messages; some were left out.",
    "20,000 levels deep": "Its parts are nested too deeply; the innermost were left out.",
    "100,000 parts": "It has too many parts; the rest was left out.",
    "100,000 attachments": "It has too many parts; the rest was left out.",
    "30 MB text": "Its text is too long; the rest was left out.",
    "30 MB base64 text": "Its text is too long; the rest was left out.",
    "HTML, 30 MB": "Its text is too long; the rest was left out.",
    "bad base64": "Its transfer encoding is damaged; what could be decoded was read.",
    "mixed line ends": "Programs read its author differently.",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_bounded(name: str) -> None:
    raw = HOSTILE[name]()
    message = parse_message(raw[:RECORD_CAP], record_size=len(raw))
    assert len(message.new_text) <= MAX_TEXT_CHARS
    assert len(message.participants) <= 10_000
    assert len(message.references) <= 100
    assert len(message.attachments) <= MAX_PARTS
    assert len(message.subject) <= 2_000
    assert message.size == len(raw)
    if name in CUT:
        assert CUT[name] in message.problems
