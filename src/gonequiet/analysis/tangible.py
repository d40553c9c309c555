"""Which tangible commitments a message of theirs shows: proposed here, confirmed by the owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gonequiet.domain.tangible import TangibleFound, TangibleKind, Where
from gonequiet.language.tangible import TangibleSpan, read_documents, read_notice, read_words
from gonequiet.language.tongues import find_tongue


def find_tangibles(
    *,
    subject: str,
    words: str,
    documents: Sequence[str],
    written_on: date,
    is_automatic: bool,
) -> tuple[TangibleFound, ...]:
    """Returns what an inbound message gives that is tangible, each kind once.

    Args:
        subject: of the message.
        words: its new words.
        documents: names of what is attached.
        written_on: the day of writing.
        is_automatic: no person wrote it now.
    """
    if is_automatic:
        notice = read_notice(subject, words)
        return () if notice is None else (_found(notice, Where.NOTICE),)
    tongue = find_tongue(words)
    found = [_found(one, Where.ATTACHMENT) for one in read_documents(documents, words, tongue)]
    found += [_found(one, Where.WORDS) for one in read_words(words, written_on, tongue)]
    first: dict[TangibleKind, TangibleFound] = {}
    for one in found:
        first.setdefault(one.kind, one)
    return tuple(first.values())


def _found(span: TangibleSpan, where: Where) -> TangibleFound:
    return TangibleFound(TangibleKind(span.kind), where, span.quote, span.rule)
