"""An engagement: one piece of business, with its threads, its people, its kind and its benchmark.

What the owner says of engagements is kept by the Message-IDs it concerns, never by numbers of
rows, so that an import, a redraw or another database keeps every word of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.tangible import TangibleKind
from gonequiet.errors import Ambiguous, NotFound

KEY_CHARS = 7


class Engagement(NamedTuple):
    """One piece of business.

    Attributes:
        key: short name for the owner to type, made of the anchor.
        anchor: Message-ID of the message it is known by: its earliest, unless the owner said
            something of it by another.
        name: the owner's, else the subject that stands for it.
        is_named: the owner named it.
        kind: "consulting", "pilot" ...; "" when no benchmark's words fit.
        is_kind_said: the owner said which kind.
        organisation: of its people, "" when they have none.
        contacts: numbers of the contacts, the busiest first.
        threads: numbers of its threads.
        messages: numbers of its messages, in order of time.
        first_at: its first message.
        last_at: its last message.
        beside: key of the engagement beside whose course it stands, "" for one of its own.
    """

    key: str
    anchor: str
    name: str
    is_named: bool
    kind: str
    is_kind_said: bool
    organisation: str
    contacts: tuple[int, ...]
    threads: tuple[int, ...]
    messages: tuple[int, ...]
    first_at: int
    last_at: int
    beside: str = ""


def key_of(anchor: str) -> str:
    """Returns the short key of an anchor."""
    return blake2b(anchor.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()[:KEY_CHARS]


# --- benchmarks --------------------------------------------------------------------------------


class Mark(NamedTuple):
    """Within how much something is expected; 0 leaves a bound out, and the first reached counts."""

    interactions: int = 0
    weeks: int = 0

    def is_passed(self, interactions: int, weeks: float) -> bool:
        """Whether by now it should be there."""
        return (0 < self.interactions <= interactions) or (0 < self.weeks <= weeks)

    def text(self) -> str:
        """Returns it as it is written in the settings."""
        parts = [f"{self.interactions} interactions"] if self.interactions else []
        return " or ".join(parts + ([f"{self.weeks} weeks"] if self.weeks else []))


class Benchmark(NamedTuple):
    """What should exist after how much, for one kind of engagement.

    Attributes:
        kind: its name.
        words: an engagement whose subjects hold one of these is proposed to be of this kind.
        meeting: by when people should have met; no bound when nothing is expected.
        tangible: by when there should be something tangible.
        counts: what counts as tangible.
    """

    kind: str
    words: tuple[str, ...] = ()
    meeting: Mark = Mark()
    tangible: Mark = Mark()
    counts: frozenset[TangibleKind] = frozenset(TangibleKind)


_BOUND = re.compile(r"(\d{1,4})\s*(interactions?|weeks?)")


def parse_mark(text: str) -> Mark:
    """Reads "6 interactions or 5 weeks".

    Raises:
        ValueError: it says something else.
    """
    bounds = [_BOUND.fullmatch(part.strip().lower()) for part in text.split(" or ")]
    found = {one[2].rstrip("s"): int(one[1]) for one in bounds if one}
    if len(found) != len(bounds) or not all(found.values()):
        raise ValueError("write a benchmark as '6 interactions or 5 weeks'")
    return Mark(found.get("interaction", 0), found.get("week", 0))


_BINDING = frozenset(TangibleKind) - {TangibleKind.NDA}

BENCHMARKS = (
    Benchmark("pilot", ("pilot", "trial", "proof of concept"), Mark(6, 6), Mark(16, 0), _BINDING),
    Benchmark(
        "partnership",
        ("partner", "partnership", "partnerschaft", "reseller", "joint offer", "kooperation"),
        Mark(6, 6),
        Mark(20, 0),
        _BINDING,
    ),
    Benchmark(
        "investment",
        ("fund", "fonds", "investment", "investor", "co investment"),
        Mark(8, 8),
        Mark(24, 0),
        _BINDING,
    ),
    Benchmark(
        "search",
        ("shortlist", "candidate", "candidates", "vacancy", "stelle", "bewerber"),
        Mark(6, 4),
        Mark(16, 0),
        _BINDING,
    ),
    Benchmark("consulting", (), Mark(6, 5), Mark(12, 0), _BINDING),
)
"""Defaults; the settings file changes them and adds kinds. The last is for all that fits no other.

There is no credible universal n: these are starting points, and `triage` proposes the owner's own.
"""


def benchmarks_from(text: str) -> tuple[Benchmark, ...]:
    """Returns the defaults with what the owner set of them, the owner's own kinds first.

    Args:
        text: a JSON object of kinds, each an object of `words`, `meeting`, `tangible`, `counts`;
            "" for the defaults alone.

    Raises:
        ValueError: it holds something else; the message begins with "write".
    """
    table = json.loads(text) if text else {}
    if not isinstance(table, dict) or not all(isinstance(one, dict) for one in table.values()):
        raise ValueError("write one table for each kind: [benchmarks.pilot]")
    known = {one.kind: one for one in BENCHMARKS}
    own = [_set(known.get(kind, Benchmark(kind)), values) for kind, values in table.items()]
    named = {one.kind: one for one in own}
    kept = tuple(named.get(one.kind, one) for one in BENCHMARKS)
    return tuple(one for one in own if one.kind not in known) + kept


def _set(known: Benchmark, values: dict[str, object]) -> Benchmark:
    """A benchmark with what the owner set of it."""
    unknown = values.keys() - {"words", "meeting", "tangible", "counts"}
    if unknown:
        raise ValueError("write words, meeting, tangible or counts under [benchmarks.KIND]")
    words, counted = values.get("words", known.words), values.get("counts", known.counts)
    kinds = {one.value for one in TangibleKind}
    if not isinstance(words, (list, tuple)) or not all(isinstance(one, str) for one in words):
        raise ValueError('write words as a list: ["trial", "pilot"]')
    if not isinstance(counted, (list, frozenset)) or not kinds.issuperset(counted):
        raise ValueError(f"write counts as a list of {', '.join(sorted(kinds))}")
    return known._replace(
        words=tuple(word.casefold() for word in words),
        meeting=_mark(values, "meeting", known.meeting),
        tangible=_mark(values, "tangible", known.tangible),
        counts=frozenset(TangibleKind(one) for one in counted),
    )


def _mark(values: dict[str, object], name: str, known: Mark) -> Mark:
    given = values.get(name)
    if given is None:
        return known
    return parse_mark(str(given)) if given else Mark()


# --- what the owner said -----------------------------------------------------------------------


class Verdict(NamedTuple):
    """The owner's word on a tangible commitment: whether it holds."""

    message: str
    kind: str
    holds: bool


class Said(NamedTuple):
    """What the journal says of engagements, in order.

    Attributes:
        joins: pairs of anchors that are one engagement, and lists of anchors that stand apart,
            in the order they were said: ("join", a, b) or ("apart", a, b, ...).
        names: name by anchor, the latest last.
        kinds: kind by anchor, the latest last.
        verdicts: on tangible commitments, the latest last.
        dismissed: anchors of engagements that are none.
    """

    joins: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]
    dismissed: frozenset[str]

    def anchors(self) -> frozenset[str]:
        """Returns every anchor something was said of."""
        said = {anchor for anchor, _ in (*self.names, *self.kinds)} | self.dismissed
        return frozenset(said.union(*(one[1:2] for one in self.joins)))


def said_of_engagements(active: Iterable[Edit]) -> Said:
    """Carries out what still holds of the journal; entries that cannot be read are left out."""
    joins: list[tuple[str, ...]] = []
    names: list[tuple[str, str]] = []
    kinds: list[tuple[str, str]] = []
    verdicts: list[Verdict] = []
    dismissed: dict[str, bool] = {}
    for edit in active:
        told = told_in(edit)
        if edit.verb is EditVerb.TANGIBLE:
            verdicts.append(
                Verdict(edit.first, str(told.get("kind", "")), told.get("holds") is True)
            )
        if edit.verb is not EditVerb.ENGAGEMENT:
            continue
        if "name" in told:
            names.append((edit.first, str(told["name"])))
        if "kind" in told:
            kinds.append((edit.first, str(told["kind"])))
        if isinstance(told.get("with"), str):
            joins.append(("join", edit.first, str(told["with"])))
        apart = told.get("apart")
        if isinstance(apart, list):
            joins.append(("apart", *map(str, apart)))
        if "dismissed" in told:
            dismissed[edit.first] = told["dismissed"] is True
    gone = frozenset(anchor for anchor, is_gone in dismissed.items() if is_gone)
    return Said(tuple(joins), tuple(names), tuple(kinds), tuple(verdicts), gone)


def told_in(edit: Edit) -> dict[str, object]:
    """Returns what an edit holds as JSON; nothing when it is no JSON object."""
    try:
        found = json.loads(edit.second) if edit.second else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def telling(**said: object) -> str:
    """Returns what an edit is to hold."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def get_engagement(engagements: Iterable[Engagement], text: str) -> Engagement:
    """Returns the engagement a key, the beginning of one, or part of a name means.

    Raises:
        NotFound: none does.
        Ambiguous: several do.
    """
    wanted = text.strip().casefold()
    every = list(engagements)
    exact = [one for one in every if wanted in (one.key, one.name.casefold())]
    found = exact or [
        one
        for one in every
        if wanted and (one.key.startswith(wanted) or wanted in one.name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"No engagement goes by '{text}'. 'gonequiet engagements' lists them with their keys."
        )
    names = tuple(f"{one.key}  {one.name}" for one in found[:10])
    listed = "\n".join(f"  {name}" for name in names)
    raise Ambiguous(
        f"'{text}' may mean {len(found)} engagements. Name one by key:\n{listed}", names
    )
