"""Whether the last message of a thread is waiting for an answer, over all kinds of endings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gonequiet.language.expects import Expectation, read_expectation
from tests.language.expects_messages import MESSAGES, LastMessage


def alternate(first: int) -> list[LastMessage]:
    """Every other message of each kind, beginning with the first or the second."""
    kinds = dict.fromkeys(message.kind for message in MESSAGES)
    return [
        message
        for kind in kinds
        for message in [one for one in MESSAGES if one.kind == kind][first::2]
    ]


def is_expected(message: LastMessage) -> bool:
    return read(message).expects_answer


def read(message: LastMessage) -> Expectation:
    attached = ("report.pdf",) if message.attached else ()
    return read_expectation(message.text, message.subject, attached=attached)


def precision_and_recall(messages: Sequence[LastMessage]) -> tuple[float, float]:
    found = [message for message in messages if is_expected(message)]
    meant = [message for message in messages if message.expects]
    both = [message for message in found if message.expects]
    return len(both) / len(found), len(both) / len(meant)


def test_there_are_enough_messages_of_every_kind() -> None:
    assert len(MESSAGES) >= 110
    assert len({message.kind for message in MESSAGES}) >= 14


@pytest.mark.parametrize("half", [0, 1], ids=["looked at", "kept aside"])
def test_precision_and_recall_are_at_least_nine_in_ten(half: int) -> None:
    precision, recall = precision_and_recall(alternate(half))
    assert precision >= 0.9
    assert recall >= 0.9


def test_the_graded_answer_ranks_what_calls_for_one_above_what_does_not() -> None:
    chances = {message.text: read(message).answer_probability for message in MESSAGES}
    calls = [chances[message.text] for message in MESSAGES if message.expects]
    others = [chances[message.text] for message in MESSAGES if not message.expects]
    above = sum((call > other) + 0.5 * (call == other) for call in calls for other in others)
    assert above / (len(calls) * len(others)) > 0.95
