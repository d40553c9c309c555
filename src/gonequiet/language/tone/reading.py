"""Marks what costs goodwill in a text that is about to be sent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gonequiet.language.lexicon import Tongue
from gonequiet.language.tone.folding import Sentence, bare_lines, folded, sentences
from gonequiet.language.tone.mood import moved
from gonequiet.language.tone.phrases import Phrase
from gonequiet.language.tone.rules import LANGUAGES, Rule, Wording, rule_ids, rules
from gonequiet.language.tone.weighing import THRESHOLD, Weighed, weigh
from gonequiet.language.tongues import find_tongue
from gonequiet.language.zones import Part, Zone, zone_spans

MAX_CHARS: Final = 65_536
"""Text past this is not judged; no letter is longer."""

_ALLOW: Final = re.compile(r"gonequiet:\s{0,9}allow\s{1,9}([a-z][a-z, -]{0,300})")
_BLANK_LINE: Final = re.compile(r"\n[ ]{0,99}\n")
_WORD: Final = re.compile(r"[^\W_]+")
_KNOWN_WORDS: Final = 32_768
_LONGEST_HINT: Final = 20
_CHECK_IN: Final = "empty-check-in"
_SAYS_MORE: Final = 4
"""Where fewer than one sentence in so many is marked, the letter says more than a check-in."""

_OF_A_PHRASE: Final = 4.0
"""Log odds that a sentence offends in which a phrase stands, as far as the others go."""

_MAY_READ: Final = "As a whole it may read so: "
"""What stands before the reason where no phrase of the rule was found."""

_OWN_ZONES: Final = (Zone.PARAGRAPH, Zone.GREETING, Zone.CLOSING)


class Finding(NamedTuple):
    """One place in a text that is better worded otherwise.

    Attributes:
        rule: id of the rule.
        start: where it begins, in characters of the text.
        end: where it ends.
        line: the line it begins in, from 1.
        column: the character of that line it begins at, from 1.
        reason: why it is marked; where it is only weighed, what it may read like.
        suggestion: a better wording.
        quote: the words themselves.
        is_weighed: no phrase of the rule stands there; the sentence as a whole weighs enough.
    """

    rule: str
    start: int
    end: int
    line: int
    column: int
    reason: str
    suggestion: str
    quote: str
    is_weighed: bool = False


class _Cue(NamedTuple):
    """A phrase and what it stands for."""

    phrase: Phrase
    rule: Rule
    wording: Wording


class _Match(NamedTuple):
    """A cue found, in characters of the text."""

    start: int
    end: int
    cue: _Cue


_Spans = Mapping[str, Sequence[tuple[int, int]]]
"""Where a rule is excused, by its id."""


def lint(
    text: str, *, language: str | None = None, disabled: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Returns what is better worded otherwise in the sender's own new words, in order.

    Quotations, forwarded mail and signatures are not judged, nor is text past the first
    `MAX_CHARS` characters. It judges wording alone: a text without findings promises nothing.

    Args:
        text: a letter or the text of a mail, whatever its line ends.
        language: "en" or "de" to apply the rules of one language; by default both.
        disabled: ids of rules not to apply.

    Raises:
        ValueError: no such language, or no such rule.
    """
    unknown = set(disabled) - set(rule_ids())
    if unknown:
        raise ValueError(f"No such rule: {', '.join(sorted(unknown))}.")
    bare = bare_lines(text[:MAX_CHARS])
    low = folded(bare)
    cues = _Cues.of(LANGUAGES if language is None else (language,))
    words_of = _language_of_words(bare, language)
    found = _without_full_check_ins(_all_matches(_own_sentences(bare, low), cues, words_of), bare)
    excused = _excused(low, disabled)
    kept = _without_overlaps(match for match in found if not _is_excused(match, excused))
    return _findings(text, bare, kept)


class _Cues:
    """All cues of some languages, found by the words that hint at them."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._cues = [
            _Cue(phrase, rule, wording)
            for language in languages
            for rule in rules(language)
            for wording in rule.wordings
            for phrase in wording.phrases
        ]
        self._by_hint: dict[str, list[int]] = {}
        for number, cue in enumerate(self._cues):
            for hint in cue.phrase.hints:
                self._by_hint.setdefault(hint, []).append(number)
        self._by_word = lru_cache(_KNOWN_WORDS)(self._hinted_at_by)

    @classmethod
    @cache
    def of(cls, languages: tuple[str, ...]) -> _Cues:
        """Returns the cues of some languages, made once."""
        return cls(languages)

    def worth_trying(self, text: str) -> Iterator[_Cue]:
        """Yields every cue that may be in a folded text."""
        words = set(_WORD.findall(text))
        hinted = set().union(*map(self._by_word, words))
        cues = map(self._cues.__getitem__, hinted)
        return (cue for cue in cues if cue.phrase.may_occur_among(words))

    def _hinted_at_by(self, word: str) -> tuple[int, ...]:
        cuts = range(1, min(len(word), _LONGEST_HINT) + 1)
        beginnings = (f"{word[:cut]}*" for cut in cuts)
        endings = (f"*{word[-cut:]}" for cut in cuts)
        hints = (word, *beginnings, *endings)
        return tuple({number for hint in hints for number in self._by_hint.get(hint, ())})


def _own_sentences(bare: str, low: str) -> list[Sentence]:
    """The sentences of what the sender wrote for this message."""
    return [
        Sentence(span.start + sentence.start, sentence.text)
        for span in zone_spans(bare)
        if span.part is Part.NEW and span.zone in _OWN_ZONES
        for sentence in sentences(low[span.start : span.stop])
    ]


def _language_of_words(text: str, language: str | None) -> str:
    """The language whose words are weighed, "" for none: what is asked for, when it is that one."""
    is_german = find_tongue(text) is Tongue.GERMAN
    seen = LANGUAGES[1] if is_german else LANGUAGES[0]
    return seen if language in (None, seen) else ""


def _all_matches(own: Sequence[Sentence], cues: _Cues, words_of: str) -> list[_Match]:
    """The phrases in each sentence; of those without, the clauses that make one weigh enough."""
    phrases = [
        [
            each
            for cue in cues.worth_trying(sentence.text)
            if cue.phrase.occurs_in(sentence.text)
            for each in _matches(sentence, cue)
        ]
        for sentence in own
    ]
    found = [match for each in phrases for match in each]
    return found + _weighed_matches(own, phrases, words_of) if words_of else found


def _weighed_matches(
    own: Sequence[Sentence], phrases: Sequence[Sequence[_Match]], words_of: str
) -> list[_Match]:
    """What is marked of the sentences in which no phrase stands."""
    weighed = [
        Weighed(sentence.text, _OF_A_PHRASE) if found else weigh(sentence.text)
        for sentence, found in zip(own, phrases, strict=True)
    ]
    odds = moved([each.log_odds for each in weighed])
    marked = [
        (sentence, each)
        for sentence, found, each, moved_odds in zip(own, phrases, weighed, odds, strict=True)
        if moved_odds > THRESHOLD and not found
    ]
    matches = [_heaviest(sentence.start, each, words_of) for sentence, each in marked]
    if (len(marked) + sum(map(bool, phrases))) * _SAYS_MORE >= len(own):
        return matches
    return [match for match in matches if not _is_check_in(match.cue)]


def _without_full_check_ins(matches: Sequence[_Match], bare: str) -> Iterable[_Match]:
    """The matches, less what only weighs like an empty check-in where the matter stands below it.

    "Any thoughts?" above a forwarded mail asks about that mail.
    """
    if not any(_is_check_in(match.cue) for match in matches):
        return matches
    if all(span.part is Part.NEW for span in zone_spans(bare)):
        return matches
    return (match for match in matches if not _is_check_in(match.cue))


def _is_check_in(cue: _Cue) -> bool:
    """Whether it is an empty check-in, and by weight alone."""
    return cue.rule.id == _CHECK_IN and _is_weighed(cue)


def _heaviest(begin: int, weighed: Weighed, language: str) -> _Match:
    start, end = weighed.heaviest_clause()
    return _Match(begin + start, begin + end, _as_whole(weighed.rule(), language))


@cache
def _as_whole(rule: str, language: str) -> _Cue:
    """The cue of a sentence that is marked for all that it has."""
    meant = next(each for each in rules(language) if each.id == rule)
    return _Cue(Phrase("", frozenset()), meant, Wording((), (), meant.suggestion))


def _matches(sentence: Sentence, cue: _Cue) -> Iterator[_Match]:
    for found in cue.phrase.find_in(sentence.text):
        if _is_mentioned(sentence.text, found.start(), found.end()):
            continue
        if any(harmless.occurs_in(sentence.text) for harmless in cue.wording.unless):
            return
        yield _Match(sentence.start + found.start(), sentence.start + found.end(), cue)


def _is_mentioned(text: str, start: int, end: int) -> bool:
    """Whether words stand inside quotation marks: they are then talked about, not said."""
    return text.count('"', 0, start + 1) % 2 == 1 and text.find('"', end - 1) >= 0


def _excused(low: str, disabled: Iterable[str]) -> _Spans:
    """Where rules are excused: everywhere, or from a line that allows them to the next blank one.

    Where that line stands alone, the paragraph below it is meant.
    """
    spans: dict[str, list[tuple[int, int]]] = {rule: [(0, len(low))] for rule in disabled}
    for allowance in _ALLOW.finditer(low):
        line_end = low.find("\n", allowance.end())
        below = allowance.end() if line_end < 0 else line_end
        while below < len(low) and low[below].isspace():
            below += 1
        blank = _BLANK_LINE.search(low, below)
        stop = blank.start() if blank else len(low)
        for rule in re.split(r"[ ,]+", allowance[1]):
            spans.setdefault(rule, []).append((low.rfind("\n", 0, allowance.start()) + 1, stop))
    return spans


def _is_excused(match: _Match, excused: _Spans) -> bool:
    return any(start <= match.start < stop for start, stop in excused.get(match.cue.rule.id, ()))


def _without_overlaps(matches: Iterable[_Match]) -> list[_Match]:
    """The matches in order; of those of one rule that overlap, the one that begins first."""
    reached: dict[str, int] = {}
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda each: (each.start, -each.end, each.cue.rule.id)):
        if match.start >= reached.get(match.cue.rule.id, 0):
            reached[match.cue.rule.id] = match.end
            kept.append(match)
    return kept


def _findings(text: str, bare: str, matches: Iterable[_Match]) -> tuple[Finding, ...]:
    line_starts = [0, *(end.end() for end in re.finditer("\n", bare))]
    return tuple(_finding(text, line_starts, match) for match in matches)


def _finding(text: str, line_starts: Sequence[int], match: _Match) -> Finding:
    line = bisect_right(line_starts, match.start)
    return Finding(
        match.cue.rule.id,
        match.start,
        match.end,
        line,
        match.start - line_starts[line - 1] + 1,
        _reason(match.cue),
        match.cue.wording.suggestion,
        text[match.start : match.end],
        is_weighed=_is_weighed(match.cue),
    )


def _reason(cue: _Cue) -> str:
    """Why it is marked; where it only weighs so, no more than that it may read so."""
    said = cue.rule.reason
    return f"{_MAY_READ}{said[0].lower()}{said[1:]}" if _is_weighed(cue) else said


def _is_weighed(cue: _Cue) -> bool:
    """Whether it is marked for all that the sentence has, and not for a phrase."""
    return not cue.wording.phrases
