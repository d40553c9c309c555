"""Notes taken in a meeting or a call: what was discussed, and who does what by when.

Notes are not letters: "Anna: draft contract by Fri", "I send the figures tomorrow", "we agreed on
the price". A line that says who does something is a step; every other line is a point that was
discussed, and stays as it was written. A name counts as a person's when it is one of those given,
so that "Budget: 20k by June" is no promise of a Mr Budget.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from gonequiet.language.dates import DatedSpan, find_dates
from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import split_sentences
from gonequiet.language.tongues import find_tongue

MAX_CHARS = 20_000
_MOST_LINES = 300
_LONGEST_LINE = 500


class Doer(StrEnum):
    """Who does a step, as the notes say it."""

    WRITER = "writer"  # "I", "we"
    OTHER = "other"  # "they", "she"
    BOTH = "both"
    NAMED = "named"
    UNSAID = "unsaid"  # "send the slides by Monday"


class NotedStep(NamedTuple):
    """Something somebody is to do.

    Attributes:
        words: the line, as written.
        what: the deed, in the same words without the day.
        doer: who does it.
        name: as written, "" unless somebody is named.
        due_on: the day, None when none is named.
        is_sure: plainly said; else the owner is to be asked whether it was agreed.
    """

    words: str
    what: str
    doer: Doer
    name: str
    due_on: date | None
    is_sure: bool


class NotesRead(NamedTuple):
    """Notes, read.

    Attributes:
        points: what was discussed, in order.
        steps: who does what, in order.
    """

    points: tuple[str, ...]
    steps: tuple[NotedStep, ...]


def read_notes(text: str, met_on: date, names: Collection[str]) -> NotesRead:
    """Reads notes.

    Args:
        text: as the owner wrote them; `#` begins a line that is not read.
        met_on: the day of the conversation, from which "tomorrow" is counted.
        names: every name, first name and last name of those who may do something.
    """
    tongue = find_tongue(text)
    reader = _Reader(
        tongue if tongue is Tongue.GERMAN else Tongue.ENGLISH,
        met_on,
        frozenset(name.casefold() for name in names if name),
    )
    points: list[str] = []
    steps: list[NotedStep] = []
    for piece, heading in _pieces(text[:MAX_CHARS], reader):
        step = reader.step(piece, heading)
        if step is not None:
            steps.append(step)
        else:
            points.append(piece)
    return NotesRead(tuple(points), tuple(steps))


_BULLET = re.compile(
    r"^[ \t]{0,40}(?:[-*•–—]|\d{1,2}[.)]|\[[ xX]?\])?[ \t]{0,10}(?:\[[ xX]?\])?\s*"
)
_EDGES = " ,;.!-–()"
_BLANK = re.compile(r",? +")
_SEMICOLON = re.compile(r";\s+")


def _pieces(text: str, reader: _Reader) -> Iterator[tuple[str, str]]:
    """Yields every sentence of every line, with the name its heading gives, "" for none."""
    heading = ""
    for line in text.splitlines()[:_MOST_LINES]:
        bullet = _BULLET.match(line)
        words = line[bullet.end() if bullet else 0 :].strip()[:_LONGEST_LINE]
        if not words or line.lstrip().startswith("#"):
            heading = ""
        elif words.endswith(":"):
            heading = words[:-1].strip() if reader.is_doer(words[:-1].strip()) else ""
        else:
            is_item = line[:1].isspace() or line.lstrip()[:1] in "-*•–—["
            heading = heading if is_item else ""
            yield from ((piece, heading) for piece in _sentences(words))


def _sentences(line: str) -> Iterator[str]:
    for part in _SEMICOLON.split(line):
        for span in split_sentences(part):
            yield part[slice(*span)]


class _Cues(NamedTuple):
    """The words of one language, as patterns."""

    myself: re.Pattern[str]
    other: re.Pattern[str]
    both: re.Pattern[str]
    will: re.Pattern[str]
    may: re.Pattern[str]
    do: re.Pattern[str]
    doubt: re.Pattern[str]
    never: re.Pattern[str]
    lead: re.Pattern[str]
    thing: re.Pattern[str]
    prefix: re.Pattern[str]


_LABEL = re.compile(r"(?P<who>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3})\s{0,3}(?::|->|=>|→)\s+")
_SUBJECT = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*){0,2}")
_AND_I = re.compile(r"(?: and (?:i|me)| und ich)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?:by|until|till|before|on|next|this|bis|am|zum|nächsten|kommenden)\s+)?"
    r"(?:(?P<week>eow|end of (?:the )?week|ende der woche|wochenende)"
    r"|(?P<month>eom|end of (?:the )?month|monatsende)|(?P<day>eod|cob)"
    r"|(?<=\s)(?P<weekday>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so))\b\.?",
    re.IGNORECASE,
)
_DAY_NAMES = (("mo",), ("di", "tu"), ("mi", "we"), ("do", "th"), ("fr",), ("sa",), ("so", "su"))
_SHORT_DAYS = {name: day for day, names in enumerate(_DAY_NAMES) for name in names}
_DOUBTFUL_DAYS = frozenset(("mo", "di", "mi", "do", "fr", "sa", "so", "sat", "sun", "mon", "wed"))


class _Said(NamedTuple):
    """Who does something, and where in the words the deed begins."""

    doer: Doer
    name: str
    start: int
    is_sure: bool


class _Reader:
    """Reads the sentences of one set of notes.

    Args:
        tongue: of the notes.
        met_on: the day they were taken.
        names: who may do something, folded.
    """

    def __init__(self, tongue: Tongue, met_on: date, names: frozenset[str]) -> None:
        self._cues = _cues(tongue)
        self._tongue = tongue
        self._met_on = met_on
        self._names = names

    def step(self, words: str, heading: str) -> NotedStep | None:
        """Returns the step a sentence of notes names, None when it names none."""
        if words.endswith("?") or self._cues.never.search(words):
            return None
        dated = self._dated(words)
        prefix = self._cues.prefix.match(words)
        start = prefix.end() if prefix else self._behind_first_day(words, dated)
        found = self._said(words, start, dated)
        if heading and (found is None or found.doer is Doer.UNSAID):
            found = _Said(self._doer(heading), heading, start, True)
        if found is None and prefix:
            found = _Said(Doer.UNSAID, "", start, False)
        return None if found is None else self._step(words, found, dated)

    def is_doer(self, words: str) -> bool:
        """Whether some words by themselves say who does what follows."""
        return self._doer(words) is not Doer.UNSAID

    def _step(self, words: str, said: _Said, dated: DatedSpan | None) -> NotedStep | None:
        what = self._deed(words, said.start, dated)
        if not what:
            return None
        doubtful = self._cues.doubt.search(words, said.start) is not None
        return NotedStep(
            words=words,
            what=what,
            doer=said.doer,
            name=said.name if said.doer is Doer.NAMED else "",
            due_on=None if dated is None else dated.last_on,
            is_sure=said.is_sure and not doubtful,
        )

    def _said(self, words: str, start: int, dated: DatedSpan | None) -> _Said | None:
        """Who does it, where the deed begins, and whether it is plainly said."""
        label = _LABEL.match(words, start)
        if label is not None:
            doer = self._doer(label["who"])
            if doer is not Doer.UNSAID:
                return _Said(doer, label["who"], self._behind_to(words, label.end()), True)
            if dated is not None and self._may_be_a_name(label["who"], words[label.end() :]):
                return _Said(Doer.NAMED, label["who"], label.end(), False)
        return self._in_a_sentence(words, start) or self._as_an_order(words, start, dated)

    def _in_a_sentence(self, words: str, start: int) -> _Said | None:
        """Reads a sentence with a subject: Anna sends, I'll check, they will."""
        for name, stop in self._subjects(words, start):
            if (will := self._cues.will.match(words, stop)) is not None:
                return _Said(self._doer(name), name, will.end(), True)
            if (may := self._cues.may.match(words, stop)) is not None:
                return _Said(self._doer(name), name, may.end(), False)
            if self._cues.do.match(words, stop) is not None:
                return _Said(self._doer(name), name, stop, True)
        return None

    def _subjects(self, words: str, start: int) -> Iterator[tuple[str, int]]:
        """Yields what may be the subject of a sentence, and where it ends; the longest first."""
        longest = _SUBJECT.match(words, start)
        if longest is None:
            return
        parts = longest[0].split(" ")
        for count in range(len(parts), 0, -1):
            name = " ".join(parts[:count])
            bare = name.partition("'")[0] if "'" in name else name
            if self.is_doer(bare):
                stop = start + len(bare)
                with_me = _AND_I.match(words, stop)
                yield ("both", with_me.end()) if with_me else (bare, stop)

    def _as_an_order(self, words: str, start: int, dated: DatedSpan | None) -> _Said | None:
        """Reads an order to nobody, with a day: somebody is to send the slides by Monday."""
        if dated is None or self._cues.do.match(f" {words[start:]}") is None:
            return None
        return _Said(Doer.UNSAID, "", start, False)

    def _behind_to(self, words: str, start: int) -> int:
        """Where a deed begins behind "to" or "will" after a label."""
        will = self._cues.will.match(f" {words[start:]}")
        return start if will is None else start + will.end() - 1

    def _behind_first_day(self, words: str, dated: DatedSpan | None) -> int:
        """Where a sentence goes on that begins with the day: "By Friday Anna sends it"."""
        if dated is None or not self._cues.lead.fullmatch(words[: dated.start] or "on"):
            return 0
        behind = _BLANK.match(words, dated.stop)
        return behind.end() if behind else 0

    def _doer(self, words: str) -> Doer:
        folded = words.casefold().strip(" .")
        if self._cues.both.fullmatch(folded):
            return Doer.BOTH
        if self._cues.myself.fullmatch(folded):
            return Doer.WRITER
        if folded in self._names:
            return Doer.NAMED
        return Doer.OTHER if self._cues.other.fullmatch(folded) else Doer.UNSAID

    def _may_be_a_name(self, label: str, rest: str) -> bool:
        """Whether an unknown label may be somebody's name: capitalised, before a deed."""
        is_word = label[:1].isupper() and len(label.split()) <= 2
        if not is_word or self._cues.thing.fullmatch(label.casefold()):
            return False
        return self._cues.do.match(f" {rest}") is not None

    def _dated(self, words: str) -> DatedSpan | None:
        """The day a sentence names: a limit before any other, and the last of several."""
        found = [
            span
            for span in find_dates(words, self._met_on, self._tongue)
            if span.last_on >= self._met_on
        ]
        if not found:
            return self._abbreviated(words)
        limits = [span for span in found if span.is_limit]
        return (limits or found)[-1]

    def _abbreviated(self, words: str) -> DatedSpan | None:
        """A day as only notes name it: "by Thu", "bis Mo", "EOW"."""
        for match in _RELATIVE.finditer(words):
            day = self._relative_day(match)
            if day is not None:
                return DatedSpan(match.start(), match.end(), day, day, True, "notes")
        return None

    def _relative_day(self, match: re.Match[str]) -> date | None:
        on = self._met_on
        if match["week"]:
            return on + timedelta(days=max(0, 4 - on.weekday()))
        if match["month"]:
            return (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if match["day"]:
            return on
        named = match["weekday"].lower()
        if named in _DOUBTFUL_DAYS and match.start() == match.start("weekday"):
            return None
        return on + timedelta(days=(_SHORT_DAYS[named[:2]] - on.weekday() - 1) % 7 + 1)

    def _deed(self, words: str, start: int, dated: DatedSpan | None) -> str:
        """The words of a deed without the day and what leads to it."""
        if dated is None or dated.start < start:
            return words[start:].strip(_EDGES)
        stop = dated.start
        while (lead := self._cues.lead.search(words, start, stop)) is not None:
            stop = lead.start()
        before, behind = words[start:stop].strip(_EDGES), words[dated.stop :].strip(_EDGES)
        return f"{before} {behind}".strip()


@cache
def _cues(tongue: Tongue) -> _Cues:
    path = resources.files("gonequiet.language.cues").joinpath("notes.toml")
    words = tomllib.loads(path.read_text(encoding="utf-8"))[tongue.value]
    either = {name: "|".join(map(re.escape, listed)) for name, listed in words.items()}
    ends = "s|es" if tongue is Tongue.ENGLISH else ""
    return _Cues(
        myself=re.compile(either["self"], re.IGNORECASE),
        other=re.compile(either["other"], re.IGNORECASE),
        both=re.compile(either["both"], re.IGNORECASE),
        will=_behind(rf"(?:{either['will']})"),
        may=_behind(rf"(?:{either['may']})"),
        do=_behind(rf"(?:{_stemmed(words['do'], ends)})"),
        doubt=re.compile(rf"\b(?:{either['doubt']})\b", re.IGNORECASE),
        never=re.compile(rf"(?<!\w)(?:{either['never']})(?!\w)", re.IGNORECASE),
        lead=re.compile(rf"(?:(?<=\s)|^)(?:{either['lead']})\s*$", re.IGNORECASE),
        thing=re.compile(either["thing"]),
        prefix=re.compile(rf"(?:{either['prefix']})\s?[:-]\s+(?=\S)", re.IGNORECASE),
    )


def _behind(form: str) -> re.Pattern[str]:
    """A form behind a subject, with the blank before it; "'ll" needs none."""
    return re.compile(rf"(?: |(?=')){form}(?!\w)", re.IGNORECASE)


def _stemmed(verbs: list[str], ends: str) -> str:
    """Verbs as they stand, and with the ending of the third person on their first word."""
    if not ends:
        return "|".join(map(re.escape, verbs))
    forms = []
    for verb in verbs:
        first, _, rest = verb.partition(" ")
        stem = (
            f"(?:{re.escape(first[:-1])}ies|{re.escape(first)}(?:{ends})?)"
            if first.endswith("y") and first[-2] not in "aeiou"
            else f"{re.escape(first)}(?:{ends})?"
        )
        forms.append(f"{stem} {re.escape(rest)}" if rest else stem)
    return "|".join(forms)
