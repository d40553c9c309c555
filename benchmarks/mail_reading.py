"""Prints what reading a message costs: ordinary mail, and mail made to hurt its reader.

    python -m benchmarks.mail_reading FILE.mbox [FILE.mbox ...]
    python -m benchmarks.mail_reading --hostile

For files: microseconds of CPU per message, in all and without the cutting of new words and the
reading of what they expect; the slowest message; how many have problems or an uncertain sender;
kinds. Hostile: time and growth of memory for each, every one in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path

from tests.support.mail import HOSTILE

from gonequiet.formats.headers import read_headers
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.mime import parse_message
from gonequiet.formats.parts import read_body
from gonequiet.language.expects import read_expectation
from gonequiet.language.zones import cut_zones

RECORD_CAP = 16 * 1024 * 1024
Record = tuple[bytes, bytes]


def records_in(paths: list[Path]) -> list[Record]:
    """All messages of the files, with their From_ lines."""
    found: list[Record] = []
    for path in paths:
        file = path.read_bytes()
        found += [
            (file[span.start : span.end], file[span.offset : span.line_end])
            for span in iter_spans(file)
        ]
    return found


def print_reading(records: list[Record]) -> None:
    began = time.process_time()
    slowest, kinds, troubled, uncertain = 0.0, Counter[str](), 0, 0
    for raw, line in records:
        before = time.process_time()
        message = parse_message(raw, mbox_line=line)
        slowest = max(slowest, time.process_time() - before)
        kinds[message.kind] += 1
        troubled += bool(message.problems)
        uncertain += message.uncertain_sender
    total = time.process_time() - began
    bodies = [read_body(raw, read_headers(raw)).text for raw, _ in records]
    began = time.process_time()
    for text in bodies:
        read_expectation(cut_zones(text).new_text, "")
    language = time.process_time() - began
    count = len(records)
    print(
        f"messages          {count}, {sum(len(raw) for raw, _ in records) / count:,.0f} bytes each"
    )
    print(f"CPU per message   {total / count * 1e6:.0f} us")
    print(f"  of it words     {language / count * 1e6:.0f} us")
    print(f"slowest           {slowest * 1e3:.1f} ms")
    print(f"with problems     {troubled}")
    print(f"uncertain sender  {uncertain}")
    for kind, number in kinds.most_common():
        print(f"  {kind:<15} {number}")


def print_hostile() -> None:
    for name, build in HOSTILE.items():
        child = os.fork()
        if child == 0:
            raw = build()
            print(f"{name:<40} {len(raw) / 1e6:6.1f} MB  {_cost(raw)}", flush=True)
            os._exit(0)
        os.waitpid(child, 0)


def _cost(raw: bytes) -> str:
    part = raw[:RECORD_CAP]
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = _peak_kib()
    began = time.perf_counter()
    parse_message(part, record_size=len(raw))
    took = time.perf_counter() - began
    return f"{took * 1e3:7.1f} ms  +{(_peak_kib() - before) / 1024:6.1f} MiB"


def _peak_kib() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--hostile", action="store_true")
    given = options.parse_args()
    if given.files:
        print_reading(records_in(given.files))
    if given.hostile:
        print_hostile()


if __name__ == "__main__":
    main()
