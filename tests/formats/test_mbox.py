"""Where messages begin and end in an mbox file."""

from __future__ import annotations

import mmap
from itertools import pairwise

import pytest

from gonequiet.formats.mbox import Span, is_from_line, iter_spans, leading_garbage
from tests.support.mail import mail, mbox

LINE = b"From dana@harbour.example Mon Mar  3 09:30:00 2025"


def bodies(file: bytes) -> list[bytes]:
    return [file[span.start : span.end] for span in iter_spans(file)]


def test_messages_come_out_as_they_went_in() -> None:
    first, second = mail("one\n"), mail("two\n\nlines\n")
    assert bodies(mbox(first, second)) == [first, second]


def test_the_from_line_can_be_read_from_a_span() -> None:
    file = mbox(mail())
    [span] = iter_spans(file)
    assert file[span.offset : span.line_end] == LINE


def test_an_empty_file_has_no_messages() -> None:
    assert list(iter_spans(b"")) == []


def test_a_file_that_ends_in_the_last_word_is_whole() -> None:
    file = mbox(mail("one\n"), mail("two"))[:-2]
    assert file.endswith(b"two")
    assert bodies(file) == [mail("one\n"), mail("two")]


def test_crlf_files_are_cut_at_the_same_places() -> None:
    file = mbox(mail("one\n"), mail("two\n")).replace(b"\n", b"\r\n")
    assert bodies(file) == [each.replace(b"\n", b"\r\n") for each in (mail("one\n"), mail("two\n"))]


def test_from_in_a_paragraph_is_text() -> None:
    told = mail("We heard\nFrom dana@harbour.example Mon Mar  3 09:30:00 2025\nX: y\n")
    assert bodies(mbox(told)) == [told]


@pytest.mark.parametrize(
    "line",
    [
        "From now on we meet on Mondays",
        "From Dana, with thanks",
        "From: dana@harbour.example",
        "From 10:30 on",
        "From the desk of Kim Adler, 3 March 2025",
    ],
)
def test_a_paragraph_that_begins_with_from_is_text(line: str) -> None:
    told = mail(f"Hello\n\n{line}\nand so on\n")
    assert bodies(mbox(told, mail())) == [told, mail()]


def test_a_quoted_from_line_without_headers_after_it_is_text() -> None:
    told = mail("The file had\n\nFrom dana Mon Mar  3 09:30:00 2025\nand then words.\n")
    assert bodies(mbox(told)) == [told]


def test_escaped_from_lines_are_left_as_they_are() -> None:
    told = mail("so\n\n>From now on\n>>From then on\n")
    assert bodies(mbox(told)) == [told]


@pytest.mark.parametrize(
    "line",
    [
        b"From dana@harbour.example Mon Mar  3 09:30:00 2025",
        b"From - Mon Mar 03 09:30:00 2025",
        b"From 1790482736@xxx Mon Mar 03 09:30:00 +0000 2025",
        b"From MAILER-DAEMON Mon Mar  3 09:30:00 2025",
        b"From ???@??? Mon Mar 03 09:30:00 2025",
        b"From dana  Mon Mar  3 09:30 2025",
        b'From "Dana Reyes"@harbour.example Mon Mar  3 09:30:00 2025',
        b"From dana@harbour.example Mon, 3 Mar 2025 09:30:00 +0100",
        b"From dana@harbour.example Mon Mar  3 09:30:00 CET 2025",
        b"From dana@harbour.example",
        b"From list-archive Thu Jan  1 00:00:00 1970",
    ],
)
def test_from_lines_of_many_programs_are_known(line: bytes) -> None:
    file = mbox(mail("one\n"), mail("two\n"), line=line)
    assert bodies(file) == [mail("one\n"), mail("two\n")]


def test_what_stands_before_the_first_message_is_told() -> None:
    file = b"some words\n\n" + mbox(mail())
    assert leading_garbage(file) == len(b"some words\n\n")
    assert bodies(file) == [mail()]


def test_a_file_without_messages_is_all_garbage() -> None:
    assert leading_garbage(b"just words\n") == 11
    assert leading_garbage(mbox(mail())) == 0


def test_blank_lines_before_the_first_message_are_garbage_but_do_not_hide_it() -> None:
    assert bodies(b"\n\n" + mbox(mail())) == [mail()]


def test_a_message_of_headers_only_is_found() -> None:
    file = LINE + b"\nSubject: one\n\n" + LINE + b"\nSubject: two\n"
    assert bodies(file) == [b"Subject: one\n", b"Subject: two\n"]


def test_reading_can_be_taken_up_at_any_span() -> None:
    file = mbox(*(mail(f"number {n}\n") for n in range(5)))
    spans = list(iter_spans(file))
    for number, span in enumerate(spans):
        assert list(iter_spans(file, span.offset)) == spans[number:]


def test_taken_up_between_two_spans_it_goes_on_with_the_next() -> None:
    file = mbox(*(mail(f"number {n}\n") for n in range(3)))
    spans = list(iter_spans(file))
    assert list(iter_spans(file, spans[1].offset + 1)) == spans[2:]
    assert list(iter_spans(file, spans[1].offset - 1)) == spans[1:]


def test_every_place_to_take_up_gives_the_same_messages() -> None:
    inner = mail("They wrote\nFrom dana Mon Mar  3 09:30:00 2025\nX-Y: z\n")
    file = mbox(mail("one\n"), inner, mail("two\n"))
    starts = [span.offset for span in iter_spans(file)]
    for place in range(len(file)):
        expected = [start for start in starts if start >= place]
        assert [span.offset for span in iter_spans(file, place)] == expected


def test_a_mapped_file_reads_like_bytes() -> None:
    file = mbox(mail("one\n"), mail("two\n"))
    with mmap.mmap(-1, len(file)) as mapped:
        mapped.write(file)
        assert list(iter_spans(mapped)) == list(iter_spans(file))


def test_spans_cover_the_file_without_overlap() -> None:
    file = mbox(*(mail(f"number {n}\n" * n) for n in range(20)))
    spans: list[Span] = list(iter_spans(file))
    for earlier, later in pairwise(spans):
        assert earlier.offset < earlier.line_end < earlier.start <= earlier.end < later.offset


def test_a_from_line_longer_than_any_is_none() -> None:
    assert not is_from_line(b"From " + b"x" * 100_000, 0)
