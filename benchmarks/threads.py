"""How well threads and replies are found, with the reply headers and without them.

Usage: python -m benchmarks.threads [MBOX ...]

The truth is what In-Reply-To and References say, read here on their own. Without the headers,
three things are counted: replies tied to exactly the message they answer (parents); for every
message, the first later message in its thread by each other person (first replies: what waiting
is measured by); and that for the people the message was addressed to only.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from gonequiet.analysis.threads import link
from gonequiet.domain.message import ParsedMessage, Role
from gonequiet.domain.thread import Link, MessageHead, subject_key
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.mime import parse_message

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/mail/list/vendor-list.mbox"


def main() -> None:
    for path in [Path(name) for name in sys.argv[1:]] or [DEFAULT]:
        if path.exists():
            print(path.name)
            report([parse_message(raw) for raw in _records(path.read_bytes())])
        else:
            print(f"{path}: not there, left out")


def _records(buffer: bytes) -> Iterable[bytes]:
    for span in iter_spans(buffer):
        yield buffer[span.start : span.end]


def report(messages: Sequence[ParsedMessage]) -> None:
    heads = [head_of(number, message) for number, message in enumerate(messages)]
    bare = [head._replace(in_reply_to=(), references=()) for head in heads]
    truth = true_threads(heads)
    linked = _timed("with headers", heads)
    print(f"  threads equal the headers': {partition(linked) == truth}")
    guessed = _timed("without headers", bare)
    _share("parents", true_parents(heads), parents(guessed))
    in_truth, found = first_replies(heads, truth), first_replies(heads, partition(guessed))
    _share("first replies", in_truth, found)
    asked = {
        (head.message, person) for head, message in zip(heads, messages, strict=True)
        for person in direct(message)
    }  # fmt: skip
    _share(
        "first replies of the addressed",
        {key: value for key, value in in_truth.items() if key in asked},
        {key: value for key, value in found.items() if key in asked},
    )


def head_of(number: int, message: ParsedMessage) -> MessageHead:
    key = subject_key(message.subject)
    return MessageHead(
        number,
        message.message_id,
        message.in_reply_to,
        message.references,
        next((one.address for one in message.participants if one.role is Role.FROM), ""),
        tuple(
            one.address
            for one in message.participants
            if one.role in (Role.TO, Role.CC, Role.BCC) and one.address
        ),
        message.sent_at,
        key.key,
        key.is_reply,
        message.quoted_digest,
        message.opening_digest,
    )


def direct(message: ParsedMessage) -> list[str]:
    return [one.address for one in message.participants if one.role is Role.TO and one.address]


def _timed(what: str, heads: Sequence[MessageHead]) -> list[Link]:
    spent = []
    for _ in range(5):
        began = time.process_time()
        links = link(heads)
        spent.append(time.process_time() - began)
    each = min(spent) / len(heads) * 1e6
    rules = ", ".join(f"{rule} {count}" for rule, count in Counter(x.rule for x in links).items())
    print(f"  {what}: {len(heads)} messages, {each:.1f} us each; {rules}")
    return links


def true_parents(heads: Sequence[MessageHead]) -> dict[object, object]:
    known = {head.message_id: head.message for head in reversed(heads) if head.message_id}
    found: dict[object, object] = {}
    for head in heads:
        named = (*head.in_reply_to, *reversed(head.references))
        parent = next(
            (known[name] for name in named if known.get(name, head.message) != head.message), None
        )
        if parent is not None:
            found[head.message] = parent
    return found


def true_threads(heads: Sequence[MessageHead]) -> set[frozenset[int]]:
    """Messages that name one another, or the same message, are one thread."""
    by_name: dict[str, set[int]] = {}
    for head in heads:
        names = {head.message_id or f"#{head.message}", *head.in_reply_to, *head.references}
        together = {head.message}.union(*(by_name.get(name, set()) for name in names))
        for name in names | {
            other
            for at in together
            for other in (heads[at].message_id, *heads[at].in_reply_to, *heads[at].references)
        }:
            by_name[name] = together
    by_name.pop("", None)
    return {frozenset(group) for group in by_name.values()}


def parents(links: Sequence[Link]) -> dict[object, object]:
    return {one.message: one.parent for one in links if one.parent is not None}


def partition(links: Sequence[Link]) -> set[frozenset[int]]:
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for one in links:
        groups[one.thread].add(one.message)
    return {frozenset(group) for group in groups.values()}


def first_replies(
    heads: Sequence[MessageHead], threads: Iterable[frozenset[int]]
) -> dict[object, object]:
    found: dict[object, object] = {}
    for thread in threads:
        order = sorted(thread, key=lambda at: (heads[at].sent_at or 0, at))
        for place, at in enumerate(order):
            seen = {heads[at].sender}
            for later in order[place + 1 :]:
                if heads[later].sender not in seen:
                    seen.add(heads[later].sender)
                    found[at, heads[later].sender] = later
    return found


def _share(what: str, truth: dict[object, object], found: dict[object, object]) -> None:
    right = sum(truth.get(key) == value for key, value in found.items())
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    print(f"  {what}: precision {precision:.3f}, recall {recall:.3f} of {len(truth)}")


if __name__ == "__main__":
    main()
