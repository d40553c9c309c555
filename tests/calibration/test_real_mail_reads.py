"""Every message of the real mailboxes is read, or says why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gonequiet.domain.message import MessageKind, ParsedMessage, Role
from gonequiet.formats.mbox import iter_spans, leading_garbage
from gonequiet.formats.mime import parse_message

MAIL = Path(__file__).parents[3] / "shared" / "data" / "mail"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MAIL.is_dir(), reason="the real mail in ../shared/data is not here"),
]


def messages_in(folder: str) -> Iterator[ParsedMessage]:
    for path in sorted((MAIL / folder).rglob("*.mbox")):
        file = path.read_bytes()
        assert leading_garbage(file) == 0
        for span in iter_spans(file):
            line = file[span.offset : span.line_end]
            yield parse_message(file[span.start : span.end], mbox_line=line)


@cache
def custodians() -> tuple[ParsedMessage, ...]:
    return tuple(messages_in("enron"))


@cache
def vendor_list() -> tuple[ParsedMessage, ...]:
    return tuple(messages_in("list"))


def is_whole(message: ParsedMessage) -> bool:
    return message.sent_at is not None and any(
        who.role is Role.FROM and who.address for who in message.participants
    )


def test_every_message_is_whole_or_says_what_is_missing() -> None:
    for message in custodians() + vendor_list():
        assert is_whole(message) or message.problems


def test_hardly_any_message_has_a_problem() -> None:
    everything = custodians() + vendor_list()
    troubled = sum(bool(message.problems) for message in everything)
    assert troubled / len(everything) < 0.002


def test_no_sender_is_uncertain_where_programs_wrote_the_headers() -> None:
    assert not any(message.uncertain_sender for message in custodians() + vendor_list())


def test_the_list_is_list_mail_under_one_name() -> None:
    assert {message.kind for message in vendor_list()} == {MessageKind.LIST}
    assert len({message.list_id for message in vendor_list()}) == 1


def test_business_mail_is_mostly_personal_and_absences_and_bounces_are_rare() -> None:
    kinds = Counter(message.kind for message in custodians())
    total = kinds.total()
    assert kinds[MessageKind.PERSONAL] / total > 0.95
    assert 0 < kinds[MessageKind.OUT_OF_OFFICE] / total < 0.005
    assert 0 < kinds[MessageKind.BOUNCE] / total < 0.005


def test_copies_in_several_folders_share_their_content_digest() -> None:
    digests = {message.content_digest for message in custodians()}
    assert 0.35 < len(digests) / len(custodians()) < 0.7


def test_quotations_lead_to_the_message_that_headers_name() -> None:
    by_id = {message.message_id: message for message in vendor_list()}
    pairs = [
        (message, by_id[message.in_reply_to[0]])
        for message in vendor_list()
        if message.quoted_digest and message.in_reply_to and message.in_reply_to[0] in by_id
    ]
    right = sum(reply.quoted_digest == parent.opening_digest for reply, parent in pairs)
    assert len(pairs) > 1_000
    assert right / len(pairs) > 0.7
