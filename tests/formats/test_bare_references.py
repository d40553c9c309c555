"""Some programs leave the brackets off an id in References."""

from __future__ import annotations

from gonequiet.formats.mime import parse_message

HEAD = b"From: a@made.example\nTo: b@made.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"


def test_a_bare_id_among_bracketed_ones_is_read() -> None:
    message = parse_message(
        HEAD + b"References: first.1@made.example\n <second@made.example>\n\nHello.\n"
    )

    assert message.references == ("first.1@made.example", "second@made.example")


def test_bracketed_ids_stay_as_they_are() -> None:
    message = parse_message(HEAD + b"References: <a+b=c@made.example> <d@made.example>\n\nHi.\n")

    assert message.references == ("a+b=c@made.example", "d@made.example")


def test_an_address_in_words_of_in_reply_to_is_no_id() -> None:
    message = parse_message(
        HEAD + b'In-Reply-To: Message of Monday from "tom@made.example" <x@made.example>\n\nHi.\n'
    )

    assert message.in_reply_to == ("x@made.example",)
