"""Why a reply is more or less likely: the scorecard's contributions, in words.

A contribution is what a fact adds to the logit beyond what it adds on average, so that all
contributions and the average make up the stated probability exactly. Only the silence so far is
held against a message just sent, not against the average silence as old: else what makes nearly
every answer unlikely would be no reason. Facts that say the same thing in several ways are one
reason. A reason states what the records show, never why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.facts import Facts
from gonequiet.analysis.silence.model import ReplyModel, age_slope
from gonequiet.analysis.silence.predicting import Predictions
from gonequiet.stats.arrays import Floats
from gonequiet.stats.hazard import DAY, HOUR

_AGE = "waited_days"
_NEGLIGIBLE = 0.1  # in logits; a tenth moves a probability by at most two and a half points


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One signed contribution.

    Attributes:
        key: stable name of the reason, for filters and tests.
        words: what the records show.
        contribution: change of the logit against the average silence; above 0 is more likely.
    """

    key: str
    words: str
    contribution: float

    def sentence(self) -> str:
        """The words with their direction: "you asked a question: more likely"."""
        return f"{self.words}: {'more' if self.contribution > 0 else 'less'} likely"


Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Topic:
    """Facts that make one reason, and how it is said."""

    key: str
    facts: tuple[str, ...]
    say: Callable[[Values], str]


def find_reasons(
    model: ReplyModel, predictions: Predictions, facts: Facts, row: int, *, most: int = 4
) -> tuple[Reason, ...]:
    """The weightiest reasons for one prediction, weightiest first.

    Args:
        model: the model that was asked.
        predictions: what it said.
        facts: the facts it was asked with, `find_facts` of the same rows.
        row: which prediction.
        most: at most so many reasons.
    """
    shares = contributions(model, predictions, row)
    shares[_AGE] += _fallen(model, float(predictions.waited_days[row]))
    values = {name: float(column[row]) for name, column in facts.items()}
    reasons = [
        Reason(
            key=topic.key,
            words=topic.say(values),
            contribution=sum(shares.get(name, 0.0) for name in topic.facts),
        )
        for topic in _TOPICS
        if topic.facts[0] in shares
    ]
    weighty = [
        reason
        for reason in _joined(reasons, values)
        if abs(reason.contribution) >= _NEGLIGIBLE and not _puzzles(reason, values)
    ]
    return tuple(sorted(weighty, key=lambda reason: -abs(reason.contribution))[:most])


def _joined(reasons: Sequence[Reason], values: Values) -> list[Reason]:
    """Says once, of a contact with whom nothing was exchanged, what follows from that."""
    moments = ("since_arrival", "outbound_before", "since_response")
    if values["earlier_waits"] >= 1 or any(np.isfinite(values[name]) for name in moments):
        return list(reasons)
    of_habits = [one for one in reasons if one.key in _HABITS]
    together = Reason(
        key="no_history",
        words="nothing was exchanged with them before",
        contribution=sum(one.contribution for one in of_habits),
    )
    return [together, *(one for one in reasons if one.key not in _HABITS)]


_HABITS = frozenset(("own_rate", "contact_rate", "pace", "their_mail", "their_answers"))


def _puzzles(reason: Reason, values: Values) -> bool:
    """Right against the average silence, but a riddle to read: "none was answered: more likely"."""
    if reason.key == "own_rate":
        unanswered = values["earlier_waits"] >= 1 and values["answered_before"] < 1
        return unanswered and reason.contribution > 0
    rates = _RATES_OF.get(reason.key)
    if rates is None:
        return False
    says_more = sum(values[name] for name in rates) > 0
    seen = reason.key == "owner_rate" or values["earlier_waits"] >= _FEWEST_SEEN
    return not seen or says_more != (reason.contribution > 0)


_RATES_OF = {
    "contact_rate": ("contact_early", "contact_late"),
    "owner_rate": ("owner_early", "owner_late"),
}
_FEWEST_SEEN = 3
"""After fewer waits nobody can say how somebody answers."""


def contributions(model: ReplyModel, predictions: Predictions, row: int) -> dict[str, float]:
    """What each fact adds to the logit of one prediction beyond its average."""
    z = float(age_slope(predictions.waited_days[row : row + 1])[0])
    effects, layout = model.card.at(z), model.layout
    usual = np.add.reduceat(effects * model.usual, layout.starts).tolist()
    at = effects.tolist()
    shares = {}
    for fact, (spec, first) in enumerate(zip(model.specs, layout.starts, strict=True)):
        column = predictions.columns[fact]
        left, share = first + int(column.left[row]), float(column.share[row])
        here = (1.0 - share) * at[left] + share * at[left + 1]
        shares[spec.name] = here - usual[fact]
    return shares


def average_logit(model: ReplyModel, waited_days: float) -> float:
    """The logit of the average silence of an age: where all contributions start from."""
    z = float(age_slope(np.array([waited_days]))[0])
    effects: Floats = model.card.at(z)
    return model.card.constant + float(effects @ model.usual)


def _fallen(model: ReplyModel, waited_days: float) -> float:
    """How far the logit of the average silence has moved since its message was sent."""
    return average_logit(model, waited_days) - average_logit(model, 0.0)


def span_words(seconds: float) -> str:
    """A span as a person says it: "3 hours", "5 days", "7 weeks", "14 months"."""
    steps: Sequence[tuple[float, str]] = (
        (60 * DAY * 12, "year"),
        (60 * DAY, "month"),
        (21 * DAY, "week"),
        (1.5 * DAY, "day"),
        (HOUR, "hour"),
    )
    units = {"year": 365.25 * DAY, "month": 30.44 * DAY, "week": 7 * DAY, "day": DAY, "hour": HOUR}
    for least, unit in steps:
        if seconds >= least:
            n = max(1, round(seconds / units[unit]))
            return f"{n} {unit}{'' if n == 1 else 's'}"
    return "less than an hour"


def _times(n: float, one: str, many: str) -> str:
    return one if round(n) == 1 else many.format(n=round(n))


def _say_waited(v: Values) -> str:
    return f"{span_words(v['waited_days'] * DAY)} of silence so far"


def _say_people(v: Values) -> str:
    others = round(v["people_to"] + v["people_cc"]) - 1
    reached = "them alone" if others <= 0 else f"{others + 1} people"
    return f"your message went to {reached}"


def _say_kind(v: Values) -> str:
    kinds = ("opened a new matter", "was itself an answer", "passed another one on")
    return f"your message {kinds[round(v['kind'])]}"


def _say_asks(v: Values) -> str:
    words = (
        "your message asked nothing outright",
        "you asked a question",
        "you requested something",
        "you asked a question and requested something",
    )
    return words[round(v["asks"])]


def _say_length(v: Values) -> str:
    n = v["new_text_chars"]
    return (
        "you wrote a few words"
        if n < 80
        else "you wrote a long message"
        if n > 1500
        else (f"you wrote about {round(n, -2):.0f} characters")
    )


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _say_weekday(v: Values) -> str:
    # Which day it is now is left out: days that do not count shift it against the calendar.
    return f"the days of the week (you wrote on a {_WEEKDAYS[round(v['weekday_sent'])]})"


def _say_own_rate(v: Values) -> str:
    if v["earlier_waits"] < 1:
        return "this is the first you wait for them"
    earlier = round(v["earlier_waits"])
    answered = min(round(v["answered_before"]), earlier)
    if earlier == 1:
        return f"your one earlier message {'was' if answered else 'was not'} answered"
    return f"{answered or 'none'} of your {earlier} earlier messages {_were(answered)} answered"


def _were(n: int) -> str:
    return "was" if n <= 1 else "were"


def _say_contact_rate(v: Values) -> str:
    how = "more" if v["contact_early"] + v["contact_late"] > 0 else "less"
    return f"they answer {how} than most do"


def _say_owner_rate(v: Values) -> str:
    how = "more" if v["owner_early"] + v["owner_late"] > 0 else "less"
    return f"your messages are answered {how} than most"


def _say_pace(v: Values) -> str:
    return f"their answers usually took about {span_words(float(np.exp(v['pair_delay'])))}"


def _say_arrivals(v: Values) -> str:
    if v["arrivals_since"] >= 1:
        return _times(
            v["arrivals_since"],
            "they wrote to you about something else since",
            "they wrote to you {n} times about other things since",
        )
    if not np.isfinite(v["since_arrival"]):
        return "they have never written to you"
    return f"they last wrote to you {span_words(v['since_arrival'])} ago"


def _say_responses(v: Values) -> str:
    if v["responses_since"] >= 1:
        return "they answered another message of yours since"
    if not np.isfinite(v["since_response"]):
        return "they have never answered a message of yours"
    return f"they last answered you {span_words(v['since_response'])} ago"


def _say_outbound(v: Values) -> str:
    if v["outbound_since"] >= 1:
        return _times(
            v["outbound_since"],
            "you wrote to them once more since",
            "you wrote to them {n} more times since",
        )
    if not np.isfinite(v["outbound_before"]):
        return "you had never written to them before"
    return f"you had last written to them {span_words(v['outbound_before'])} before"


def _say_other(v: Values) -> str:
    if np.isfinite(v["since_other_answer"]):
        return f"somebody else answered it {span_words(v['since_other_answer'])} ago"
    return "nobody else answered it"


def _say_siblings(v: Values) -> str:
    return (
        "others it went to have answered"
        if v["siblings_answered"] >= 1
        else ("nobody it went to has answered")
    )


def _say_volume(v: Values) -> str:
    return f"you had {round(v['owner_arrivals_7'])} messages in the last week"


def _say_activity(v: Values) -> str:
    if v["activity_since"] >= 1:
        return "they wrote to colleagues since"
    if not np.isfinite(v["since_activity"]):
        return "nobody here has ever heard from them"
    return f"nobody here has heard from them for {span_words(v['since_activity'])}"


_TOPICS = (
    _Topic("waited", (_AGE,), _say_waited),
    _Topic("people", ("people_to", "people_cc"), _say_people),
    _Topic("kind", ("kind",), _say_kind),
    _Topic("asks", ("asks",), _say_asks),
    _Topic("length", ("new_text_chars",), _say_length),
    _Topic("weekday", ("weekday_now", "weekday_sent"), _say_weekday),
    _Topic("own_rate", ("pair_early", "pair_late", "earlier_waits"), _say_own_rate),
    _Topic("contact_rate", ("contact_early", "contact_late"), _say_contact_rate),
    _Topic("owner_rate", ("owner_early", "owner_late"), _say_owner_rate),
    _Topic("pace", ("pair_delay", "contact_delay"), _say_pace),
    _Topic(
        "their_mail",
        (
            "arrivals_since",
            "since_arrival",
            "arrival_before",
            "arrivals_7",
            "arrivals_30",
            "arrivals_180",
        ),
        _say_arrivals,
    ),
    _Topic("their_answers", ("responses_since", "since_response"), _say_responses),
    _Topic(
        "your_mail",
        ("outbound_since", "outbound_before", "outbound_7", "outbound_30"),
        _say_outbound,
    ),
    _Topic("others", ("since_other_answer",), _say_other),
    _Topic("recipients", ("siblings_answered",), _say_siblings),
    _Topic(
        "volume",
        (
            "owner_arrivals_7",
            "owner_outbound_7",
            "owner_outbound_since",
            "owner_arrivals_since",
        ),
        _say_volume,
    ),
    _Topic(
        "activity",
        (
            "activity_since",
            "since_activity",
            "activity_1",
            "activity_7",
            "activity_30",
            "activity_90",
        ),
        _say_activity,
    ),
)
EXPLAINED_FACTS = frozenset(name for topic in _TOPICS for name in topic.facts)
