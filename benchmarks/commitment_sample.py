"""Draws the sentences whose labels lie in tests/data/commitment_labels.tsv.

    python benchmarks/commitment_sample.py OUT.tsv

OUT.tsv holds text of real mail: keep it outside the project. Sentences come from the new words of
personal messages of ../shared/data/mail, each message once, in strata:

    promise   the writer and the future: "I'll", "we will", "will send", "going to"
    future    any other word of the future, of ability or duty: "will", "can", "tomorrow"
    rest      everything else

apart for Enron and the list. How many sentences a stratum holds and how many were drawn is printed,
so that a figure can be weighed back to all sentences. The same mail gives the same sample.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent.parent))
from gonequiet.domain.message import MessageKind, ParsedMessage
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.mime import parse_message
from gonequiet.language.sentences import split_sentences

MAIL = Path(__file__).parents[2] / "shared" / "data" / "mail"
DRAWN = {
    ("enron", "promise"): 640,
    ("enron", "future"): 360,
    ("enron", "rest"): 400,
    ("list", "promise"): 120,
    ("list", "future"): 60,
    ("list", "rest"): 60,
}
_PROMISE = re.compile(
    r"\b(?:i|we)(?:'ll| will\b| shall\b|(?:'m|'re| am| are) (?:going|planning) to|(?:'d| would) be)"
    r"|^(?:will|shall) |\b(?:i|we) (?:promise|plan|intend|can have)|\bon it\b"
)
_FUTURE = re.compile(
    r"\b(?:will|won't|'ll|shall|can|let me|let us|going to|have to|need to|tomorrow|tonight|plan"
    r"|working on|by (?:mon|tue|wed|thu|fri|the end|next)|next week|should be able|hope to|try)\b"
)
_FEWEST_CHARS, _MOST_CHARS = 8, 420


class Drawn(NamedTuple):
    """A sentence of the sample.

    Attributes:
        message_id: of its message.
        start: where it begins in the new words.
        stop: where it ends.
        check: CRC-32 of its text, to notice when the new words are cut differently.
        stratum: where it was drawn from.
        written_on: the day, by its sender's clock.
        text: the sentence.
    """

    message_id: str
    start: int
    stop: int
    check: int
    stratum: str
    written_on: date
    text: str


def personal_messages(folder: str) -> Iterator[ParsedMessage]:
    """Every message a person wrote, once; list mail counts where the folder is a list."""
    wanted = (
        {MessageKind.PERSONAL} if folder != "list" else {MessageKind.PERSONAL, MessageKind.LIST}
    )
    seen: set[int] = set()
    for path in sorted((MAIL / folder).rglob("*.mbox")):
        file = path.read_bytes()
        for span in iter_spans(file):
            line = file[span.offset : span.line_end]
            message = parse_message(file[span.start : span.end], mbox_line=line)
            if message.kind in wanted and message.content_digest not in seen:
                seen.add(message.content_digest)
                yield message


def written_on(message: ParsedMessage) -> date:
    """The day a message was written, by its sender's clock."""
    moment = datetime.fromtimestamp(message.sent_at or 0, UTC)
    return (moment + timedelta(minutes=message.utc_offset_minutes or 0)).date()


def sentences_of(message: ParsedMessage, folder: str) -> Iterator[Drawn]:
    """The sentences of a message that may be drawn."""
    for start, stop in split_sentences(message.new_text):
        text = message.new_text[start:stop]
        if _FEWEST_CHARS <= len(text) <= _MOST_CHARS:
            stratum = f"{folder} {_stratum(text)}"
            check = crc32(text.encode())
            yield Drawn(message.message_id, start, stop, check, stratum, written_on(message), text)


def _stratum(text: str) -> str:
    words = text.lower().replace("’", "'")
    if _PROMISE.search(words):
        return "promise"
    return "future" if _FUTURE.search(words) else "rest"


def draw() -> tuple[list[Drawn], dict[str, int]]:
    """The sample in an order that tells nothing, and how many sentences each stratum holds."""
    chance = Random(4)
    held: dict[str, list[Drawn]] = {}
    for folder in ("enron", "list"):
        for message in personal_messages(folder):
            for one in sentences_of(message, folder):
                held.setdefault(one.stratum, []).append(one)
    drawn: list[Drawn] = []
    for (folder, kind), number in DRAWN.items():
        drawn += chance.sample(held[f"{folder} {kind}"], number)
    chance.shuffle(drawn)
    return drawn, {stratum: len(found) for stratum, found in held.items()}


def main() -> None:
    drawn, held = draw()
    for stratum, number in held.items():
        print(f"{stratum:16} {number} sentences")
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for one in drawn:
            text = " ".join(one.text.split())
            out.write("\t".join([*map(str, one[:6]), text]) + "\n")


if __name__ == "__main__":
    main()
