"""The reply model on the owner's own records: columns in, beliefs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.facts import find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.own_ages import next_looks
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.reasons import find_reasons
from gonequiet.analysis.silence.waits import Arrivals, Waits
from gonequiet.app.beliefs import ArrivalRecords, Belief, Question, Reason
from gonequiet.app.learning import Learned, learn
from gonequiet.app.records import WaitColumns
from gonequiet.app.shelf import Shelf
from gonequiet.domain.moments import DAY
from gonequiet.stats.arrays import Floats, Ints

_LOOKS_BACK = 8 * DAY
"""No fact looks further back than a week before the message, but for what the contact wrote."""


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
        arrivals: ArrivalRecords,
        questions: Sequence[Question],
        *,
        as_of: int,
        horizon_days: int,
        threshold: float,
    ) -> list[Belief]:
        """Returns a belief for each question, in order, from what was known at `as_of`."""
        rows = _rows_of(waits, [one.messages for one in questions], questions)
        first = _rows_of(waits, [one.messages[::-1] for one in questions], questions)
        asked = sorted({one.contact for one in questions})
        since = min(waits.sent_at[row] for row in first) - _LOOKS_BACK
        known = as_waits(waits, arrivals.inbound_near(asked, since), as_of)
        known = known.known_at(float(as_of))
        learned = learn(known, self._shelf, lambda: _whole(waits, arrivals, as_of))
        history = History.of(known, learned.model.accumulated(), contacts=np.array(asked))
        waited = np.array([one.counted_seconds for one in questions], np.float64) / DAY
        asking = _Asking(
            learned, known, history, np.array(rows, np.int64), np.array(first, np.int64), waited
        )
        return asking.beliefs(float(horizon_days), threshold)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Some open waits, and all that is needed to say what is believed of them."""

    learned: Learned
    waits: Waits
    history: History
    rows: Ints
    first: Ints
    waited: Floats

    def beliefs(self, horizon_days: float, threshold: float) -> list[Belief]:
        """Returns what is believed of each wait, in order."""
        model, waits, history, rows = self.learned.model, self.waits, self.history, self.rows
        facts = find_facts(waits, history, rows, self.waited * DAY)
        said = predict(model, waits, history, rows, self.waited, horizon_days=horizon_days)
        probability, low, high = self.learned.own.applied(said)
        looks = next_looks(
            model,
            self.learned.own,
            waits,
            history,
            rows,
            self.waited,
            horizon_days=horizon_days,
            threshold=threshold,
        )
        at_first = self._at_first(horizon_days)
        return [
            Belief(
                float(probability[at]),
                (float(low[at]), float(high[at])),
                tuple(
                    Reason(one.sentence(), one.contribution)
                    for one in find_reasons(model, said, facts, at)
                ),
                float(looks[at] * DAY) if np.isfinite(looks[at]) else None,
                float(at_first[at]),
            )
            for at in range(len(rows))
        ]

    def _at_first(self, horizon_days: float) -> Floats:
        """The chance of a response as it was when each matter was opened."""
        unwaited = np.zeros(len(self.first))
        said = predict(
            self.learned.model,
            self.waits,
            self.history,
            self.first,
            unwaited,
            horizon_days=horizon_days,
        )
        return self.learned.own.applied(said)[0]


def _whole(waits: WaitColumns, arrivals: ArrivalRecords, as_of: int) -> Waits:
    return as_waits(waits, arrivals.inbound(), as_of).known_at(float(as_of))


def as_waits(
    columns: WaitColumns, inbound: tuple[Sequence[int], Sequence[int]], as_of: int
) -> Waits:
    """Returns the stored waits as the model takes them; a reply is one in the thread."""
    sent_at = np.array(columns.sent_at, np.float64)
    number = len(sent_at)
    contact, received_at = inbound
    replied_after, withdrawn_after = map(_spans, (columns.replied_after, columns.withdrawn_after))
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
        replied_after=replied_after,
        answered_by_other_after=_spans(columns.answered_by_other_after),
        covered=np.ones(number, np.bool_),
        withdrawn_after=np.where(replied_after > withdrawn_after, withdrawn_after, np.inf),
        arrivals=Arrivals(
            owner=np.zeros(len(contact), np.int64),
            contact=np.array(contact, np.int64),
            received_at=np.array(received_at, np.float64),
        ),
    )


def _spans(spans: Sequence[int | None]) -> Floats:
    return np.array([np.inf if one is None else float(one) for one in spans], np.float64)


def _rows_of(
    waits: WaitColumns, messages: Sequence[Sequence[int]], questions: Sequence[Question]
) -> list[int]:
    """Returns the row of the wait each question's first known message began."""
    place = {key: at for at, key in enumerate(zip(waits.message, waits.contact, strict=True))}
    return [
        next(place[message, one.contact] for message in sent if (message, one.contact) in place)
        for sent, one in zip(messages, questions, strict=True)
    ]
