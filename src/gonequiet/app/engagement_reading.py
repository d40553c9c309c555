"""What engagements need read in the words of messages, as rows that can be kept.

The readers are costly to load. Nothing here is imported before there is something to read: what was
read once is kept (`read_before`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonequiet.analysis.response import Answer, read_response, read_signs
from gonequiet.analysis.tangible import find_tangibles
from gonequiet.app.engagement_records import ExchangeSeen, MessageWords, Person, written_on
from gonequiet.app.read_before import Rows
from gonequiet.domain.response import ResponseRead, Sign
from gonequiet.language.commitments import Party, read_commitments
from gonequiet.language.tongues import find_tongue

_QUOTE_CHARS = 200


def signs_in(said: MessageWords, at: int) -> Rows:
    """Returns what a message shows: sign, quote and rule."""
    found = read_signs(said.words, written_on(at, said), said.documents)
    return [[one.sign.value, one.quote[:_QUOTE_CHARS], one.rule] for one in found]


def tangibles_in(said: MessageWords, at: int, *, is_automatic: bool) -> Rows:
    """Returns what a message gives that is tangible: kind, where, quote and rule."""
    found = find_tangibles(
        subject=said.subject,
        words=said.words,
        documents=said.documents,
        written_on=written_on(at, said),
        is_automatic=is_automatic,
    )
    return [list(one) for one in found]


def steps_in(said: MessageWords, at: int) -> Rows:
    """Returns what a message undertakes for sure: by the writer or the reader, what, which day."""
    found = read_commitments(said.words, written_on(at, said), find_tongue(said.words))
    return [
        [
            "reader" if one.owed_by is Party.READER else "writer",
            " ".join(said.words[one.what_start : one.what_stop].split()),
            one.due_on.isoformat() if one.due_on else "",
        ]
        for one in found
        if one.is_sure
    ]


def is_unwelcome(said: MessageWords, at: int) -> Rows:
    """Returns one row when a message lets the matter go, none when it does not."""
    signs = read_signs(said.words, written_on(at, said))
    return [["refusal"]] if any(one.sign is Sign.REFUSAL for one in signs) else []


def response_in(
    asked: Sequence[ExchangeSeen],
    response: ExchangeSeen,
    words: Mapping[int, MessageWords],
    people: Mapping[int, Person],
    *,
    in_thread: bool,
) -> ResponseRead:
    """Reads a response to what was asked.

    Args:
        asked: what waited, the first first.
        response: what came.
        words: of all of these.
        people: contacts by number.
        in_thread: it stands in the thread of the question.
    """
    before = {contact for one in asked for contact in one.contacts} | {response.sender}
    brought = [people[one].name for one in response.contacts if one not in before and one in people]
    said = words[response.number]
    return read_response(
        Answer(
            question="\n".join(words[one.number].words for one in asked if one.number in words),
            words=said.words,
            written_on=written_on(response.at, said),
            attachments=said.documents,
            brought=tuple(brought),
            in_thread=in_thread,
            asked_under=asked[0].subject,
            answered_under=response.subject,
        )
    )
