"""The truth holds against the messages, by simple reading of their headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

import pytest

from gonequiet.demo import DemoMailbox
from gonequiet.demo.truth import MeetingTruth, Truth
from tests.support.planted import NOT_SILENCE

KINDS = ("question", "request", "proposal", "invitation", "draft")


def sender(message: Message) -> str:
    return getaddresses([str(message["From"])])[0][1].lower()


def readers(message: Message) -> set[str]:
    return {address.lower() for _, address in getaddresses([str(message["To"])])}


def sent_at(message: Message) -> datetime:
    return parsedate_to_datetime(str(message["Date"]))


def is_written_by_a_person(message: Message) -> bool:
    return not any(name in message for name in ("Auto-Submitted", "List-Id"))


def plain_text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode(part.get_content_charset("us-ascii"))
    return ""


def folded(text: str) -> str:
    return " ".join(text.split())


def ids_in(value: object) -> Iterator[str]:
    """Finds every message id the truth names, wherever it stands."""
    if isinstance(value, tuple):
        for one in value:
            yield from ids_in(one)
    elif is_dataclass(value) and not isinstance(value, MeetingTruth):
        for field in fields(value):
            name = field.name
            inner = getattr(value, name)
            if name.endswith(("_id", "_ids")) or name in ("calls_for_answer", "asks_owner"):
                yield from (inner if isinstance(inner, tuple) else (inner,))
            else:
                yield from ids_in(inner)


def test_every_id_in_the_truth_is_a_message(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    named = {one for one in ids_in(demo.truth) if one}
    assert len(named) > 500
    assert named <= set(messages)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_silence_is_planted_several_times(demo: DemoMailbox, kind: str) -> None:
    assert Counter(one.kind for one in demo.truth.silences)[kind] >= 3


@pytest.mark.parametrize("why", NOT_SILENCE)
def test_every_kind_of_no_silence_is_planted_several_times(demo: DemoMailbox, why: str) -> None:
    assert Counter(one.why for one in demo.truth.non_silences)[why] >= 2


def test_a_silent_contact_has_not_written_since(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    for silence in demo.truth.silences:
        opening = messages[silence.message_id]
        since = [
            message
            for message in messages.values()
            if sender(message) in silence.addresses and sent_at(message) > sent_at(opening)
        ]
        assert since == [], silence.contact
        assert silence.waited_working_days >= 15
        assert sender(opening) in demo.owner
        assert readers(opening) <= set(silence.addresses)


def test_a_silent_contact_used_to_answer_within_days(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    by_parent = {str(m["In-Reply-To"]).strip("<>"): m for m in messages.values()}
    asked = set(demo.truth.calls_for_answer)
    for silence in demo.truth.silences:
        waits = [
            sent_at(by_parent[name]) - sent_at(messages[name])
            for name in asked & set(by_parent)
            if readers(messages[name]) & set(silence.addresses)
            and sender(by_parent[name]) in silence.addresses
        ]
        assert len(waits) >= 6, silence.contact
        assert sorted(waits)[len(waits) // 2] <= timedelta(days=2), silence.contact


def test_nobody_else_was_asked_last_and_has_not_answered(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    told = [one.addresses for one in demo.truth.silences]
    told += [other.addresses for other in demo.truth.non_silences]
    explained = {address for addresses in told for address in addresses}
    asked = set(demo.truth.calls_for_answer)
    waiting: dict[str, datetime] = {}
    for name, message in messages.items():
        if name in asked:
            waiting.update(dict.fromkeys(readers(message), sent_at(message)))
        elif is_written_by_a_person(message):
            waiting.pop(sender(message), None)
    assert set(waiting) <= explained


def test_nobody_waits_for_the_owner_but_those_who_are_named(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    asked = set(demo.truth.asks_owner)
    waiting: dict[str, str] = {}
    for name, message in messages.items():
        if name in asked:
            waiting[sender(message)] = name
        elif sender(message) in demo.owner:
            for reader in readers(message):
                waiting.pop(reader, None)
        elif is_written_by_a_person(message):
            waiting.pop(sender(message), None)
    assert set(waiting.values()) == {one.message_id for one in demo.truth.waiting_on_owner}
    assert len(waiting) >= 5


def test_an_out_of_office_names_a_return_after_the_end(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    away = [one for one in demo.truth.non_silences if one.why == "out_of_office"]
    for one in away:
        returns = date.fromisoformat(one.detail)
        assert returns > demo.as_of.date()
        assert str(returns.year) in plain_text(messages[one.evidence_id])
        assert f"{returns.day}" in plain_text(messages[one.evidence_id])
        assert messages[one.evidence_id]["Auto-Submitted"] == "auto-replied"


def test_whoever_was_away_answers_after_the_return(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    assert len(demo.truth.absences) >= 8
    for one in demo.truth.absences:
        note = messages[one.message_id]
        asked = str(note["In-Reply-To"]).strip("<>")
        answers = [
            message
            for message in messages.values()
            if str(message["References"]).strip("<>").endswith(asked)
            and is_written_by_a_person(message)
            and sender(message) == sender(note)
        ]
        assert all(sent_at(m).date() >= date.fromisoformat(one.returns_on) for m in answers)


def test_a_bounce_names_the_failed_address(demo: DemoMailbox, messages: dict[str, Message]) -> None:
    for one in demo.truth.non_silences:
        if one.why == "bounce":
            report = messages[one.evidence_id]
            assert report.get_content_type() == "multipart/report"
            assert f"Final-Recipient: rfc822; {one.addresses[0]}" in report.as_string()


def test_somebody_who_moved_writes_from_the_new_address(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    senders = {sender(message) for message in messages.values()}
    moved = [one for one in demo.truth.identities if one.why == "new employer"]
    assert moved
    assert all(set(one.addresses) <= senders for one in demo.truth.identities)


def test_look_alikes_are_different_people_who_all_write(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    senders = {sender(message) for message in messages.values()}
    assert len(demo.truth.look_alikes) >= 3
    for pair in demo.truth.look_alikes:
        assert len(set(pair.addresses)) == 2
        assert set(pair.addresses) <= senders


def test_list_and_machine_addresses_are_set_aside(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    automatic = {
        sender(message)
        for message in messages.values()
        if "List-Id" in message or message["Auto-Submitted"] == "auto-generated"
    }
    assert automatic <= {address.lower() for address in demo.truth.set_aside}
    assert len(automatic) >= 15


def test_a_promise_stands_in_its_message_and_is_dated_after_it(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    for promise in demo.truth.promises:
        message = messages[promise.message_id]
        text = folded(plain_text(message))
        assert folded(promise.sentence).lower() in text.lower(), promise
        if promise.due_on:
            assert date.fromisoformat(promise.due_on) > sent_at(message).date()


def test_promises_of_both_sides_end_in_every_way(demo: DemoMailbox) -> None:
    ends = Counter((one.owed_by == "owner", one.state) for one in demo.truth.promises)
    for is_owners in (True, False):
        assert ends[is_owners, "kept"] >= 5
        assert ends[is_owners, "lapsed"] >= 2
        assert ends[is_owners, "open"] >= 1


def test_a_kept_promise_has_its_evidence_later(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    for promise in demo.truth.promises:
        if promise.state == "kept":
            made, kept = messages[promise.message_id], messages[promise.evidence_id]
            assert sent_at(made) < sent_at(kept)
            assert (sent_at(kept).date() > date.fromisoformat(promise.due_on)) == promise.is_late


def test_signs_and_references_stand_in_their_messages(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    truth = demo.truth
    told = [(one.message_id, one.sentence) for one in truth.signs]
    told += [(other.message_id, other.sentence) for other in truth.references]
    for name, sentence in told:
        assert folded(sentence) in folded(plain_text(messages[name])), sentence
    labels = Counter(sign.label for sign in truth.signs)
    for label in ("hedge", "deferral", "warmth", "rescheduling", "effort"):
        assert labels[label] >= 5, label


def test_responses_after_a_silence_take_every_path(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    paths = Counter(one.path for one in demo.truth.responses)
    assert all(paths[path] >= 2 for path in ("reaffirmed", "detached", "avoidant", "none"))
    for one in demo.truth.responses:
        opening, answer = messages[one.opening_id], messages[one.message_id]
        between = [
            message
            for message in messages.values()
            if sender(message) == sender(answer)
            and sent_at(opening) < sent_at(message) < sent_at(answer)
        ]
        assert between == [], one
        assert sent_at(answer) - sent_at(opening) > timedelta(days=20)


def test_engagements_are_serious_and_otherwise(demo: DemoMailbox) -> None:
    standings = Counter(one.standing for one in demo.truth.engagements)
    assert standings["serious"] >= 4
    assert standings["window_shopping"] >= 4
    assert {one.state for one in demo.truth.engagements} == {"quiet", "in_rhythm"}


def test_tangible_documents_of_every_kind(demo: DemoMailbox) -> None:
    kinds = {one.kind for one in demo.truth.tangibles}
    assert kinds >= {"contract", "mou", "nda", "po", "sow", "loi", "invoice_paid", "start_date"}
    assert {one.where for one in demo.truth.tangibles} == {"attachment", "notice", "words"}


def test_meetings_of_every_state_and_mode(demo: DemoMailbox) -> None:
    meetings = demo.truth.meetings
    assert {one.state for one in meetings} >= {"held", "moved", "cancelled", "missed"}
    assert {one.mode for one in meetings} == {"face_to_face", "video", "call"}
    assert len({one.uid for one in meetings}) == len(meetings)


def test_drifting_contacts_have_nothing_open_and_faded_long_ago(
    demo: DemoMailbox, messages: dict[str, Message]
) -> None:
    open_ids = set(demo.truth.calls_for_answer) | set(demo.truth.asks_owner)
    assert len(demo.truth.drifting) >= 2
    for one in demo.truth.drifting:
        last = messages[one.last_message_id]
        assert demo.as_of - sent_at(last) > timedelta(days=90)
        assert one.last_message_id not in open_ids


def test_the_truth_names_the_owner_first(demo: DemoMailbox) -> None:
    truth: Truth = demo.truth
    assert truth.owner_addresses == demo.owner
    assert truth.as_of == demo.as_of.isoformat()
