"""C3 and C5: a reminder names the pending matter and its date, and answers the right message."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.some import some


@pytest.fixture(scope="module")
def drafts(ask: Asked, truth: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """A reminder for the first eight silences of one open matter each."""
    contacts = [one["contact"] for one in truth["silences"]]
    alone = [one for one in truth["silences"] if contacts.count(one["contact"]) == 1]
    words = ("--as", "reminder", "--print", "--as-of", truth["as_of"])
    return [(one, ask("draft", one["addresses"][0], *words)) for one in alone[:8]]


def test_every_quiet_matter_is_named_with_its_date(
    drafts: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    for silence, draft in some(drafts):
        sent = date.fromisoformat(silence["sent_at"][:10])
        subject = silence["subject"].removeprefix("Re: ").replace('"', "'")
        assert subject.casefold() in draft["body"].casefold()
        assert f"{sent.day} {sent:%B}" in draft["body"] or f"{sent.day}. " in draft["body"]


def test_a_reminder_answers_the_last_message_of_its_thread(
    drafts: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    for silence, draft in some(drafts):
        latest = (silence["follow_up_ids"] or [silence["message_id"]])[-1]
        assert draft["reply_to"] == latest


def test_it_goes_to_the_contact_and_comes_from_the_owner(
    drafts: list[tuple[dict[str, Any], dict[str, Any]]], truth: dict[str, Any]
) -> None:
    for silence, draft in some(drafts):
        assert draft["to"] in silence["addresses"]
        assert draft["from"] in truth["owner_addresses"]


def test_the_document_that_went_along_is_named(ask: Asked, truth: dict[str, Any]) -> None:
    words = ("--as", "reminder", "--print", "--language", "en", "--as-of", truth["as_of"])
    body = " ".join(ask("draft", "Dana Reyes", *words)["body"].split())
    assert '"Osprey phase two: proposal", in my note of 12 March' in body
    assert 'with "osprey-phase-two-proposal.pdf"' in body


def test_nothing_in_a_reminder_costs_goodwill(
    drafts: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    assert [draft["findings"] for _, draft in drafts] == [[]] * len(drafts)


def test_a_promise_of_the_owners_that_is_due_is_owned_up_to(
    ask: Asked, truth: dict[str, Any]
) -> None:
    mine = [
        one
        for one in ask("promises", "--side", "mine", "--state", "open")["promises"]
        if one["due_on"]
    ]
    script = ask("draft", mine[0]["contacts"][0]["key"], "--as", "call", "--as-of", truth["as_of"])[
        "body"
    ]
    assert mine[0]["what"].rstrip(".") in script.split("What they have coming from you")[1]
