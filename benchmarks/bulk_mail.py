"""Counts what is recorded as a promise or a request in newsletters, receipts and notifications.

    python benchmarks/bulk_mail.py [--seed 4] [--count 500]

Messages are picked from ../shared/data/mail/enron by their headers, their sender and the words of
leaving a list, never by what gonequiet makes of them:

    sender   the mailbox is named after what it sends: no-reply, news, orders, alerts, support ...
    header   List-*, Precedence: bulk, Auto-Submitted
    leaving  "unsubscribe", "removed from this list", "do not reply to this"; no reply or forward,
             and from outside the owners' own house, where people pass such mail on

From the picks, each letter once, so many are drawn by the seed, written to a mailbox of their own,
and brought in and read by the command line as an owner would. Printed are counts and the ids of
messages with a finding; no text.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.commitment_sample import MAIL
from gonequiet.formats.mbox import iter_spans

_NAMED = re.compile(
    r"(?:^|[._-])(?:no-?reply|do-?not-?reply|(?:e?news)(?:letters?)?|newsletters?|alerts?|notif\w*"
    r"|updates?|offers?|deals?|promo\w*|orders?|receipts?|billing|customer\w*|services?|support|info"
    r"|webmaster|mailer|list\w*|owner|bounce\w*|auto\w*|daily|weekly|digest|specials?|rewards?"
    r"|members?\w*|subscri\w*|announce\w*|feedback|editor\w*|marketing|reservations?|confirm\w*"
    r"|statements?|accounts?|help|registration|admin\w*)(?:$|[._-])"
)
_LEAVING = re.compile(
    rb"\bunsubscribe\b|\bopt[- ]out\b|\bremoved? from (?:this|our|the) (?:mailing )?list"
    rb"|you (?:are receiving|received|have received) this (?:e-?mail|message|newsletter) because"
    rb"|do not reply to this",
    re.IGNORECASE,
)
_LIST_FIELDS = ("list-id", "list-unsubscribe", "list-post", "auto-submitted")
_OWN_HOUSE = "enron.com"
_ANSWERS = ("re:", "fw:", "fwd:")
ASKING = frozenset({"request", "proposal"})


class Picked(NamedTuple):
    """A record that was picked.

    Attributes:
        why: the facts it was picked by.
        key: the same for every copy of a letter.
        record: its bytes, with the line that begins it.
    """

    why: tuple[str, ...]
    key: tuple[str, ...]
    record: bytes


def picked() -> Iterator[Picked]:
    """Every bulk letter of the mailboxes, copies once."""
    seen: set[tuple[str, ...]] = set()
    for path in sorted((MAIL / "enron").rglob("*.mbox")):
        file = path.read_bytes()
        for span in iter_spans(file):
            raw = file[span.start : span.end]
            head = BytesHeaderParser().parsebytes(raw)
            why = tuple(_why(head, raw))
            key = tuple(str(head[name]) for name in ("from", "subject", "date"))
            if why and key not in seen:
                seen.add(key)
                yield Picked(why, key, file[span.offset : span.end])


def _why(head: Message, raw: bytes) -> Iterator[str]:
    local, _, house = parseaddr(str(head["from"] or ""))[1].lower().partition("@")
    if _NAMED.search(local):
        yield "sender"
    is_bulk = str(head["precedence"] or "").lower() in ("bulk", "list", "junk")
    if is_bulk or any(head[name] for name in _LIST_FIELDS):
        yield "header"
    is_answer = str(head["subject"] or "").lower().startswith(_ANSWERS)
    if not is_answer and not house.endswith(_OWN_HOUSE) and _LEAVING.search(raw):
        yield "leaving"


def exported(records: list[bytes]) -> list[dict[str, Any]]:
    """The lines of the export once the records were brought in and read."""
    with tempfile.TemporaryDirectory() as folder:
        mailbox, database = Path(folder) / "bulk.mbox", Path(folder) / "bulk.db"
        mailbox.write_bytes(b"".join(record.rstrip(b"\n") + b"\n\n" for record in records))
        _run("import", str(mailbox), "--db", str(database))
        _run("read", "--db", str(database))
        return [json.loads(line) for line in _run("export", "--db", str(database)).splitlines()]


def _run(*words: str) -> str:
    command = [sys.executable, "-m", "gonequiet", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--count", type=int, default=500)
    arguments = parser.parse_args()
    found = list(picked())
    drawn = Random(arguments.seed).sample(found, min(arguments.count, len(found)))
    print(f"{len(found)} picked, {len(drawn)} drawn")
    print("by", dict(Counter(" and ".join(one.why) for one in drawn)))
    lines = exported([one.record for one in drawn])
    kinds = Counter(line["message_kind"] for line in lines if line["kind"] == "message")
    print("stored", kinds.total(), dict(kinds))
    tongues = Counter(line["tongue"] for line in lines if line["kind"] == "words")
    print(f"read as a person's: {kinds.total() - _unread(kinds, tongues)}")
    _print("recorded as a promise", (one for one in lines if _is_promise(one, is_sure=True)))
    _print("proposed as a promise", (one for one in lines if _is_promise(one, is_sure=False)))
    _print("requests and proposals", (one for one in lines if _is_asking(one)))


def _unread(kinds: Counter[str], tongues: Counter[str]) -> int:
    """What was set aside by its kind, its sender or its words."""
    return kinds.total() - kinds["personal"] + tongues["other"]


def _is_promise(line: dict[str, Any], *, is_sure: bool) -> bool:
    return line["kind"] == "commitment" and bool(line["is_sure"]) == is_sure


def _is_asking(line: dict[str, Any]) -> bool:
    return line["kind"] == "words" and any(act[0] in ASKING for act in line["acts"])


def _print(title: str, lines: Iterable[dict[str, Any]]) -> None:
    found = [line["message"] for line in lines]
    print(f"{title}: {len(found)}")
    for message in found:
        print(f"    {message}")


if __name__ == "__main__":
    main()
