"""The reply model on the owner's own records: columns in, beliefs out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gonequiet.analysis.silence.facts import find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.own_ages import next_looks
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.reasons import find_reasons
from gonequiet.analysis.silence.waits import Arrivals, Waits
from gonequiet.app.beliefs import Belief, Question, Reason
from gonequiet.app.learning import learn
from gonequiet.app.records import WaitColumns
from gonequiet.app.shelf import Shelf
from gonequiet.stats.arrays import Floats, Ints

_DAY = 86_400.0


class ModelBeliefs:
    """Implements `app.beliefs.ReplyBeliefs` by what was learned from the owner's own mail.

    Args:
        shelf: where fitted models are kept.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def believe(
        self,
        waits: WaitColumns,
        inbound: tuple[Sequence[int], Sequence[int]],
        questions: Sequence[Question],
        *,
        as_of: int,
        horizon_days: int,
        threshold: float,
    ) -> list[Belief]:
        """Returns a belief for each question, in order, from what was known at `as_of`."""
        known = as_waits(waits, inbound, as_of).known_at(float(as_of))
        learned = learn(known, self._shelf)
        model = learned.model
        history = History.of(known, model.accumulated())
        rows = _rows_of(known, questions)
        waited = np.array([one.counted_seconds for one in questions], np.float64) / _DAY
        facts = find_facts(known, history, rows, waited * _DAY)
        said = predict(model, known, history, rows, waited, horizon_days=float(horizon_days))
        probability, low, high = learned.own.applied(said)
        looks = next_looks(
            model,
            learned.own,
            known,
            history,
            rows,
            waited,
            horizon_days=float(horizon_days),
            threshold=threshold,
        )
        return [
            Belief(
                float(probability[at]),
                (float(low[at]), float(high[at])),
                tuple(
                    Reason(one.sentence(), one.contribution)
                    for one in find_reasons(model, said, facts, at)
                ),
                _moment(float(looks[at] - waited[at]), as_of),
            )
            for at in range(len(questions))
        ]


def as_waits(
    columns: WaitColumns, inbound: tuple[Sequence[int], Sequence[int]], as_of: int
) -> Waits:
    """Returns the stored waits as the model takes them; a reply is one in the thread."""
    sent_at = np.array(columns.sent_at, np.float64)
    number = len(sent_at)
    contact, received_at = inbound
    return Waits(
        message=np.array(columns.message, np.int64),
        owner=np.zeros(number, np.int64),
        contact=np.array(columns.contact, np.int64),
        sent_at=sent_at,
        observed_until=np.full(number, float(as_of)),
        n_to=np.array(columns.n_to, np.float64),
        n_cc=np.array(columns.n_cc, np.float64),
        is_reply=np.array(columns.is_reply, np.bool_),
        is_forward=np.array(columns.is_forward, np.bool_),
        asks_question=np.array(columns.asks_question, np.bool_),
        has_request=np.array(columns.has_request, np.bool_),
        new_text_chars=np.array(columns.new_text_chars, np.float64),
        replied_after=_spans(columns.replied_after),
        answered_by_other_after=_spans(columns.answered_by_other_after),
        covered=np.ones(number, np.bool_),
        arrivals=Arrivals(
            owner=np.zeros(len(contact), np.int64),
            contact=np.array(contact, np.int64),
            received_at=np.array(received_at, np.float64),
        ),
    )


def _spans(spans: Sequence[int | None]) -> Floats:
    return np.array([np.inf if one is None else float(one) for one in spans], np.float64)


def _rows_of(waits: Waits, questions: Sequence[Question]) -> Ints:
    """Returns the row of each question's wait."""
    place = {
        key: at
        for at, key in enumerate(zip(waits.message.tolist(), waits.contact.tolist(), strict=True))
    }
    found = [
        next(
            place[message, one.contact]
            for message in one.messages
            if (message, one.contact) in place
        )
        for one in questions
    ]
    return np.array(found, np.int64)


def _moment(days: float, as_of: int) -> int | None:
    """When so many days have passed; None when none need to, or no number is enough."""
    return int(as_of + days * _DAY) if np.isfinite(days) and days > 0 else None
