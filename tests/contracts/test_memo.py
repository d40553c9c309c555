"""What a reading process keeps, every other one finds whole or not at all."""

from __future__ import annotations

import os
from hashlib import blake2b

from gonequiet.sources.mail_files.memo import SharedMemo

WORDS = ("Dear Kim, ...", "", -7, True, (("plan.pdf", "application/pdf", 12),), ())


def key_of(number: int) -> bytes:
    return blake2b(str(number).encode(), digest_size=16).digest()


def test_what_one_writer_keeps_another_finds() -> None:
    memo = SharedMemo(2)
    memo.of_writer(0).keep(key_of(1), WORDS)
    assert memo.of_writer(1).find(key_of(1)) == WORDS
    assert memo.of_writer(1).find(key_of(2)) is None


def test_what_another_process_keeps_is_found() -> None:
    memo = SharedMemo(2)
    child = os.fork()
    if child == 0:
        memo.of_writer(1).keep(key_of(1), WORDS)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert memo.of_writer(0).find(key_of(1)) == WORDS


def test_the_oldest_is_forgotten_when_the_room_is_used_up() -> None:
    memo = SharedMemo(8)
    writer = memo.of_writer(3)
    for number in range(4_000):
        writer.keep(key_of(number), (number, "x" * 2_000))
    found = [number for number in range(4_000) if writer.find(key_of(number)) is not None]
    assert found
    assert min(found) > 1_000
    assert all(writer.find(key_of(number)) == (number, "x" * 2_000) for number in found)


def test_a_writer_never_leaves_its_region() -> None:
    memo = SharedMemo(8)
    memo.of_writer(4).keep(key_of(1), WORDS)
    for number in range(10, 4_000):
        memo.of_writer(3).keep(key_of(number), (number, "x" * 2_000))
    assert memo.of_writer(3).find(key_of(1)) == WORDS


def test_a_value_that_is_being_written_over_reads_as_nothing() -> None:
    memo = SharedMemo(1)
    writer = memo.of_writer(0)
    writer.keep(key_of(1), WORDS)
    at = memo.memory.find(b"Dear Kim")
    memo.memory[at : at + 4] = b"Dera"
    assert writer.find(key_of(1)) is None


def test_what_is_too_large_is_not_kept() -> None:
    memo = SharedMemo(8)
    memo.of_writer(0).keep(key_of(1), ("x" * 1_000_000,))
    assert memo.of_writer(0).find(key_of(1)) is None
