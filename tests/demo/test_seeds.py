"""What holds for the demo holds for every seed and every last day."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.demo import generate
from tests.demo import test_truth
from tests.demo.conftest import by_id, split_mail

ALWAYS = (
    test_truth.test_every_id_in_the_truth_is_a_message,
    test_truth.test_a_silent_contact_has_not_written_since,
    test_truth.test_a_silent_contact_used_to_answer_within_days,
    test_truth.test_nobody_else_was_asked_last_and_has_not_answered,
    test_truth.test_nobody_waits_for_the_owner_but_those_who_are_named,
    test_truth.test_a_promise_stands_in_its_message_and_is_dated_after_it,
    test_truth.test_responses_after_a_silence_take_every_path,
    test_truth.test_drifting_contacts_have_nothing_open_and_faded_long_ago,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "ends_on"),
    [(1, date(2026, 5, 7)), (2, date(2026, 5, 7)), (7, date(2025, 11, 14))],
)
def test_the_truth_holds_for_other_seeds_and_days(seed: int, ends_on: date) -> None:
    demo = generate(seed=seed, ends_on=ends_on)
    messages = by_id(split_mail(demo))
    for check in ALWAYS:
        check(demo, messages)
