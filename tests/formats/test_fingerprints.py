"""Digests by which copies find each other, and replies what they quote."""

from __future__ import annotations

import pytest

from gonequiet.formats.fingerprints import content_digest, opening_digest, quoted_digest
from gonequiet.language.zones import cut_zones

LETTER = (
    "Hello Kim,\n\nhere is the draft of the agreement we spoke about on Tuesday.\n"
    "Could you look at section four?\n\nRegards,\nDana\n"
)


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.replace("\n", "  \n"),
        LETTER.replace("\n", "\r\n"),
        LETTER.replace(" ", "\t"),
        LETTER.replace("here is", "here=20\nis"),
        LETTER.replace("\n\n", "\n\n\n\n"),
        LETTER.strip(),
        LETTER.replace("draft of the", "draft of=\n the"),
    ],
)
def test_copies_with_other_white_space_share_a_digest(copy: str) -> None:
    whole = content_digest("dana@harbour.example", "Draft", LETTER)
    assert content_digest("dana@harbour.example", "Draft", copy) == whole


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("kim@adler.example", "Draft", LETTER),
        ("dana@harbour.example", "Re: Draft", LETTER),
        ("dana@harbour.example", "Draft", LETTER + "PS: soon"),
    ],
)
def test_other_messages_have_another(sender: str, subject: str, text: str) -> None:
    assert content_digest(sender, subject, text) != content_digest(
        "dana@harbour.example", "Draft", LETTER
    )


def test_a_digest_fits_a_signed_column() -> None:
    for number in range(200):
        assert -(2**63) <= content_digest("", "", str(number)) < 2**63


def quoted_by(reply: str) -> int:
    return quoted_digest(cut_zones(reply).quoted)


def marked(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "reply",
    [
        "Fine.\n\nOn Mon, 3 Mar 2025 at 09:30, Dana Reyes wrote:\n\n" + marked(LETTER),
        "On Mon, 3 Mar 2025 at 09:30, Dana Reyes wrote:\n" + marked(LETTER) + "\nFine.\n",
        "Fine.\n\n-----Original Message-----\nFrom: Dana Reyes\nSent: Monday, March 3, 2025 9:30\n"
        "To: Kim Adler\nSubject: Draft\n\n" + LETTER,
        "Fine.\n\nAm 03.03.2025 um 09:30 schrieb Dana Reyes:\n" + marked(LETTER),
        "Fine.\n\nOn Mon, Dana Reyes wrote:\n"
        + marked(LETTER.replace("agreement we spoke", "agreement\nwe spoke")),
    ],
)
def test_a_reply_points_to_the_message_it_quotes(reply: str) -> None:
    assert quoted_by(reply) == opening_digest(cut_zones(LETTER).new_text) != 0


def test_of_letters_quoted_inside_each_other_the_one_answered_is_pointed_to() -> None:
    older = (
        "\n\n-----Original Message-----\nFrom: Kim Adler\nSent: Friday, February 28, 2025 4:10\n"
        "To: Dana Reyes\nSubject: Draft\n\nWhere does it stand?\n"
    )
    reply = (
        "Ask Jo, please.\n\n-----Original Message-----\nFrom: Dana Reyes\n"
        "Sent: Monday, March 3, 2025 9:30\nTo: Kim Adler\nSubject: \n\nWho signs it?\n" + older
    )
    assert quoted_by(reply) == opening_digest("Who signs it?") != 0


def test_headers_that_stand_below_the_subject_are_no_part_of_the_opening() -> None:
    reply = (
        "Fine.\n\nBegin forwarded message:\n\nFrom: Dana Reyes\nSubject: Draft\n"
        "Date: 3 March 2025 09:30\nTo: Kim Adler\n\n" + LETTER
    )
    zones = cut_zones(reply)
    assert quoted_digest(zones.quoted or zones.forwarded) == opening_digest(
        cut_zones(LETTER).new_text
    )


def test_a_message_that_quotes_nothing_points_nowhere() -> None:
    assert quoted_by("Fine.\n") == 0
    assert opening_digest("") == 0


def test_only_the_opening_counts() -> None:
    longer = cut_zones(LETTER).new_text + " And more."
    assert opening_digest(longer) == opening_digest(cut_zones(LETTER).new_text)


def test_letters_past_ascii_behind_the_opening_do_not_change_its_digest() -> None:
    opening = "We_met on 3 May; could you send me (soon) the draft of it?"
    assert opening_digest(f"{opening} Grüße") == opening_digest(f"{opening} Bye") != 0
