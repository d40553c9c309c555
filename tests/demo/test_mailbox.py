"""The files of the demo mailbox: repeatable, well formed, made up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from pathlib import PurePosixPath

import pytest

from gonequiet.demo import DemoMailbox, generate
from tests.demo.conftest import message_id

ADDRESS = re.compile(rb"[\w.+-]+@([\w-]+(?:\.[\w-]+)*)")


def digest(mailbox: DemoMailbox) -> str:
    total = sha256()
    for file in mailbox.files:
        total.update(str(file.path).encode() + b"\0" + file.content)
    return total.hexdigest()


def unfolded(raw: bytes) -> bytes:
    """Joins what quoted-printable and folding have cut."""
    return raw.replace(b"\r\n ", b"").replace(b"=\n", b"").replace(b"=40", b"@")


def test_the_same_seed_gives_the_same_bytes(demo: DemoMailbox) -> None:
    assert digest(generate()) == digest(demo)


def test_another_process_with_another_hash_seed_gives_the_same_bytes(demo: DemoMailbox) -> None:
    program = "from tests.demo.test_mailbox import digest, generate; print(digest(generate()))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest(demo)


def test_another_seed_gives_another_year_with_the_same_people(demo: DemoMailbox) -> None:
    other = generate(seed=8)
    assert digest(other) != digest(demo)
    assert {one.contact for one in other.truth.silences} == {
        one.contact for one in demo.truth.silences
    }


def test_another_last_day_moves_everything(demo: DemoMailbox) -> None:
    other = generate(ends_on=date(2026, 1, 30))
    assert other.as_of.date() == date(2026, 1, 30)
    assert len(other.truth.silences) == len(demo.truth.silences)
    assert max(one.sent_at for one in other.truth.silences) < "2026-01-30"


def test_about_six_thousand_messages_of_people_lists_and_machines(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    assert 5500 <= len(messages) <= 6800
    assert demo.truth.messages == len(messages)
    lists = sum("List-Id" in message for message in messages.values())
    machines = sum("Auto-Submitted" in message for message in messages.values())
    assert 1200 <= lists + machines <= 2000


def test_at_least_sixty_contacts_in_fifteen_organisations(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    own = set(demo.owner)
    machines = set(demo.truth.set_aside)
    written = {
        address.lower()
        for message in messages.values()
        for _, address in getaddresses([str(message["From"])])
    }
    people = written - own - machines - {"mailer-daemon@mx.brandtfield.example"}
    domains = {address.partition("@")[2] for address in people}
    assert len(people) >= 60
    assert len(domains) >= 15


def test_the_mail_lies_in_a_maildir_an_mbox_and_letters(demo: DemoMailbox) -> None:
    tops = Counter("/".join(file.path.parts[:3]) for file in demo.files)
    assert tops["mail/Maildir/cur"] > 500
    assert tops["mail/Maildir/new"] > 0
    assert tops["mail/Maildir/.Sent"] > 1000
    assert tops["mail/Maildir/.Archive"] > 500
    assert tops["mail/old.mbox"] == 1
    assert sum(file.path.suffix == ".eml" for file in demo.files) >= 3
    assert PurePosixPath("mail/Maildir/.Sent/tmp") in demo.folders


def test_paths_are_relative_unique_and_stay_inside(demo: DemoMailbox) -> None:
    paths = [file.path for file in demo.files]
    assert len(set(paths)) == len(paths)
    assert not any(path.is_absolute() or ".." in path.parts for path in paths)


def test_some_messages_lie_in_two_places(raws: list[bytes], messages: dict[str, Message]) -> None:
    assert 50 <= len(raws) - len(messages) <= 400


def test_calendar_cards_and_truth_lie_beside_the_mail(demo: DemoMailbox) -> None:
    by_path = {file.path: file.content for file in demo.files}
    assert by_path[demo.calendar].startswith(b"BEGIN:VCALENDAR")
    assert by_path[demo.contacts].count(b"BEGIN:VCARD") >= 60
    told = json.loads(by_path[PurePosixPath("truth/truth.json")])
    assert len(told["silences"]) == len(demo.truth.silences)
    assert not any(path.is_relative_to(demo.mail) for path in (demo.calendar, demo.contacts))


def test_every_address_is_of_a_reserved_domain(demo: DemoMailbox, raws: list[bytes]) -> None:
    others = [file.content for file in demo.files if not file.path.is_relative_to(demo.mail)]
    found = {domain for raw in (*raws, *others) for domain in ADDRESS.findall(unfolded(raw))}
    assert found
    assert all(domain.endswith(b".example") for domain in found), found


def test_every_message_has_a_sender_a_date_an_id_and_a_subject(
    messages: dict[str, Message],
) -> None:
    for message in messages.values():
        assert not message.defects
        assert all(message[name] for name in ("From", "To", "Date", "Message-ID", "Subject"))


def test_every_body_decodes_in_its_own_charset(messages: dict[str, Message]) -> None:
    for message in messages.values():
        for part in message.walk():
            if part.get_content_type() in ("text/plain", "text/html") and part["Content-Type"]:
                payload = part.get_payload(decode=True)
                assert isinstance(payload, bytes)
                assert payload.decode(part.get_content_charset("us-ascii")).strip()


def test_no_slot_choice_or_mark_is_left_in_a_text(messages: dict[str, Message]) -> None:
    for message in messages.values():
        if message.is_multipart():
            continue
        payload = message.get_payload(decode=True)
        assert isinstance(payload, bytes)
        text = payload.decode(message.get_content_charset("us-ascii"))
        assert not re.search(r"[{}]|\[\[|\]\]|\w\|\w", text), message["Subject"]


def test_encodings_and_structures_vary(messages: dict[str, Message]) -> None:
    kinds = Counter(part.get_content_type() for m in messages.values() for part in m.walk())
    charsets = Counter(part.get_content_charset() for m in messages.values() for part in m.walk())
    encodings = Counter(
        str(part["Content-Transfer-Encoding"]) for m in messages.values() for part in m.walk()
    )
    for kind in (
        "multipart/mixed",
        "multipart/alternative",
        "multipart/report",
        "text/html",
        "text/calendar",
        "message/delivery-status",
        "application/pdf",
    ):
        assert kinds[kind], kind
    assert {"utf-8", "iso-8859-1", "us-ascii"} <= set(charsets)
    assert {"base64", "quoted-printable", "7bit"} <= set(encodings)


def test_nothing_is_before_the_period_or_after_the_moment_of_the_demo(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    moments = [parsedate_to_datetime(str(message["Date"])) for message in messages.values()]
    assert max(moments) <= demo.as_of
    assert (demo.as_of - min(moments)).days in range(530, 560)


def test_most_replies_name_the_message_they_answer_and_some_do_not(
    messages: dict[str, Message],
) -> None:
    replies = [
        message
        for message in messages.values()
        if re.match(r"(re|aw): ", str(message["Subject"]), re.IGNORECASE)
        and "List-Id" not in message
    ]
    named = [message for message in replies if message["In-Reply-To"]]
    assert 0.8 < len(named) / len(replies) < 0.99
    known = set(messages)
    assert all(str(message["In-Reply-To"]).strip("<>") in known for message in named)


def test_a_reply_is_later_than_what_it_answers(messages: dict[str, Message]) -> None:
    for message in messages.values():
        answered = messages.get(str(message["In-Reply-To"]).strip("<>"))
        if answered is not None:
            earlier, later = (
                parsedate_to_datetime(str(one["Date"])) for one in (answered, message)
            )
            assert earlier <= later, message_id(message)


@pytest.mark.parametrize(
    "mark",
    [
        b"\n-----Original Message-----\nFrom: ",
        b"\n> ",
        b" wrote:\n",
        b" schrieb ",
        b"\n________________________________\n",
        b"\nVon: ",
    ],
)
def test_every_quoting_style_occurs(raws: list[bytes], mark: bytes) -> None:
    assert sum(mark in raw for raw in raws) >= 10
