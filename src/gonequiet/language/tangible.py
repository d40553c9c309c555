"""Finds tangible commitments in words: document names, automatic notices, sentences of a letter.

Strings in, spans out. Precision before recall: a draft, a template, a promise to sign and a
question whether it is signed are none of them. The words lie in `cues/tangible_*.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from gonequiet.language.acts import Act, SpokenAct, read_acts
from gonequiet.language.dates import find_dates
from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import split_sentences


class TangibleSpan(NamedTuple):
    """One find.

    Attributes:
        kind: name of the kind, as in the cues: "contract", "nda", "po" ...
        quote: the words it stands on, or the name of the document.
        rule: the rule that read it.
        start: index of the first character in the new words; -1 when it stands elsewhere.
        stop: index after the last.
    """

    kind: str
    quote: str
    rule: str
    start: int = -1
    stop: int = -1


READ_CHARS: Final = 4_000
MOST_DOCUMENTS: Final = 50
_TONGUES: Final = (Tongue.ENGLISH, Tongue.GERMAN)
_NAME_BREAKS = re.compile(r"[-_.()\[\]\s]+")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}$")
_OPEN: Final = frozenset((Act.REQUEST, Act.QUESTION, Act.PROPOSAL, Act.COMMITMENT, Act.DEFERRAL))
_NOT_DONE = re.compile(
    r"\b(?:once|until|when|if|as soon as|before|after|will|would|should|could|shall|not|never|"
    r"unless|waiting|wird|werden|werde|sobald|wenn|falls|bis|nicht|noch|muss|sollte)\b"
)
_DOCUMENT_CHARS: Final = 200


class _Cues(NamedTuple):
    """The patterns of one language, by section of its data file."""

    documents: Mapping[str, re.Pattern[str]]
    marks: Mapping[str, re.Pattern[str]]
    notices: Mapping[str, re.Pattern[str]]
    not_ours: Mapping[str, re.Pattern[str]]
    words: Mapping[str, re.Pattern[str]]


def read_documents(names: Sequence[str], words: str, tongue: Tongue) -> tuple[TangibleSpan, ...]:
    """Signed documents among what came with a message.

    A name must say what the document is; that it is signed may stand in the name or, for a lone
    document of that kind, in the words beside it.
    """
    said = words[:READ_CHARS].lower()
    found = (_document(name, said, tongue) for name in names[:MOST_DOCUMENTS])
    return tuple(one for one in found if one is not None)


def read_notice(subject: str, words: str) -> TangibleSpan | None:
    """What an automatic notice reports as signed, ordered or paid; None for nothing."""
    text = " ".join(f"{subject} . {words[:READ_CHARS]}".lower().split())
    for tongue in _TONGUES:
        cues = _cues(tongue)
        if any(pattern.search(text) for pattern in cues.not_ours.values()):
            return None
        for kind, pattern in cues.notices.items():
            match = pattern.search(text)
            if match:
                particular = _kind_of(text, tongue) if kind == "contract" else None
                return TangibleSpan(particular or kind, match[0], "notice")
    return None


def read_words(words: str, written_on: date, tongue: Tongue) -> tuple[TangibleSpan, ...]:
    """What the sentences of a letter report as signed or paid, and a start with its date."""
    if tongue is Tongue.OTHER or not _cues(tongue).words:
        return ()
    text = words[:READ_CHARS].replace("’", "'")
    if not any(pattern.search(text.lower()) for pattern in _cues(tongue).words.values()):
        return ()
    acts = read_acts(text, written_on, tongue)
    return tuple(_said(text, acts, written_on, tongue))


def _document(name: str, said: str, tongue: Tongue) -> TangibleSpan | None:
    plain = _NAME_BREAKS.sub(" ", _SUFFIX.sub("", name[:_DOCUMENT_CHARS].lower())).strip()
    for cues_of in _TONGUES:
        cues = _cues(cues_of)
        kind = _kind_of(plain, cues_of) or _kind_beside(plain, said, cues_of)
        if kind is None:
            continue
        if any(_cues(one).marks["not_yet"].search(plain) for one in _TONGUES):
            return None
        if any(_cues(one).marks["signed"].search(plain) for one in _TONGUES):
            return TangibleSpan(kind, name, "signed by its name")
        if kind == "po" and cues.marks["bears_itself"].search(plain):
            return TangibleSpan(kind, name, "an order by its name")
        if tongue is not Tongue.OTHER and _is_said_signed(kind, said, tongue):
            return TangibleSpan(kind, name, "signed by the words beside it")
    return None


def _kind_beside(plain: str, said: str, tongue: Tongue) -> str | None:
    """The kind of a document whose name only says that it is signed: "scan signed.pdf"."""
    signed = _cues(tongue).marks["signed"]
    if not signed.search(plain):
        return None
    for sentence in re.split(r"[.!?\n]", said):
        if signed.search(sentence) and (kind := _kind_of(sentence, tongue)):
            return kind
    return None


def _kind_of(text: str, tongue: Tongue) -> str | None:
    return next((kind for kind, form in _cues(tongue).documents.items() if form.search(text)), None)


def _is_said_signed(kind: str, said: str, tongue: Tongue) -> bool:
    cues = _cues(tongue)
    for sentence in (said[slice(*span)] for span in split_sentences(said)):
        has_kind = cues.documents[kind].search(sentence)
        if has_kind and cues.marks["signed"].search(sentence) and not _is_open(sentence):
            return True
    return False


_WITH_OTHERS = re.compile(r"\b(?:with|mit) (?!you\b|us\b|your\b|ihnen\b|uns\b|the |a |its? )")


def _is_open(sentence: str) -> bool:
    """Whether a sentence asks, or speaks of what is still to come."""
    return sentence.endswith("?") or _NOT_DONE.search(sentence) is not None


def _said(
    text: str, acts: Sequence[SpokenAct], written_on: date, tongue: Tongue
) -> Iterator[TangibleSpan]:
    cues = _cues(tongue)
    open_ = {one.start for one in acts if one.act in _OPEN}
    for span in split_sentences(text):
        sentence = text[slice(*span)]
        words = " ".join(sentence.lower().split())
        if span.start in open_ or _is_open(words):
            continue
        for rule, pattern in cues.words.items():
            if not pattern.search(words):
                continue
            if rule == "signed" and _WITH_OTHERS.search(words):
                continue  # signed with somebody else is nothing given to the owner
            kind = _kind_of(words, tongue) if rule == "signed" else rule
            dated = rule != "start_date" or bool(find_dates(sentence, written_on, tongue))
            if kind and dated:
                yield TangibleSpan(kind, " ".join(sentence.split()), rule, *span)
                break


@cache
def _cues(tongue: Tongue) -> _Cues:
    name = f"tangible_{tongue.value}.toml"
    data = resources.files("gonequiet.language.cues").joinpath(name).read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(data)
    return _Cues(
        *(
            {rule: re.compile(form) for rule, form in table[section].items()}
            for section in _Cues._fields
        )
    )
