"""Bytes to text, whatever the label says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.charsets import codec_for, decode_text
from gonequiet.formats.encoded_words import decode_words

GREETING = "Schöne Grüße – à bientôt"
RUSSIAN = "Здравствуйте, высылаю договор на подпись, жду ответа до пятницы."


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ('"utf-8"', "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("iso-8859-8-i", "iso8859-8"),
        ("x-unknown", ""),
        ("zip", ""),
        ("rot13", ""),
        ("unicode_escape", ""),
        ("idna", ""),
        ("\x00", ""),
        ("u" * 500, ""),
    ],
)
def test_labels_are_read_as_mail_programs_use_them(label: str, codec: str) -> None:
    assert codec_for(label) == codec


@pytest.mark.parametrize("label", ["utf-8", "", "us-ascii", "iso-8859-1", "x-unknown"])
def test_utf8_is_read_under_any_western_label(label: str) -> None:
    assert decode_text(GREETING.encode(), label) == GREETING


@pytest.mark.parametrize("label", ["windows-1252", "utf-8", "", "us-ascii", "x-unknown"])
def test_western_bytes_are_read_under_a_wrong_label(label: str) -> None:
    assert decode_text(GREETING.encode("cp1252"), label) == GREETING


@pytest.mark.parametrize(
    "codec", ["koi8-r", "cp1251", "iso8859-5", "utf-16", "utf-7", "iso2022_jp"]
)
def test_a_declared_charset_is_believed(codec: str) -> None:
    words = "会議の件" if codec == "iso2022_jp" else RUSSIAN
    assert decode_text(words.encode(codec), codec) == words


def test_an_undeclared_charset_is_guessed_where_there_is_enough_to_go_by() -> None:
    assert decode_text(RUSSIAN.encode("cp1251"), "") == RUSSIAN


def test_control_characters_go_and_line_ends_stay() -> None:
    assert decode_text(b"a\x00b\x1b[31m\tc\r\nd\x07", "") == "ab[31m\tc\r\nd"


def test_lone_surrogates_never_appear() -> None:
    assert decode_text(b"+2AA-", "utf-7").isascii()


@given(st.binary(), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "gb2312", "hz", "nonsense"]))
def test_any_bytes_become_text_that_can_be_stored(data: bytes, label: str) -> None:
    text = decode_text(data, label)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?D=C3=A4na_Reyes?=", "Däna Reyes"),
        ("=?UTF-8?B?RMOkbmE=?=", "Däna"),
        ("=?utf-8?b?RMOkbmE?=", "Däna"),
        ("=?iso-8859-1?q?D=E4na?= Reyes", "Däna Reyes"),
        ("=?utf-8?q?D=C3?= =?utf-8?q?=A4na?=", "Däna"),
        ("=?utf-8?q?one?=\t =?utf-8?q?two?= three", "onetwo three"),
        ("=?utf-8*de?q?gut?=", "gut"),
        ("a =?broken", "a =?broken"),
        ("=?utf-8?x?y?=", "=?utf-8?x?y?="),
        ("=?nonsense?q?abc?=", "abc"),
        ("=?utf-8?q?a b c?=", "a b c"),
        ("=?iso-2022-jp?B?GyRCMnE1RBsoQg==?=", "会議"),
    ],
)
def test_encoded_words_are_decoded(written: str, read: str) -> None:
    assert decode_words(written) == read


@given(st.text())
def test_any_header_value_is_decoded_without_raising(value: str) -> None:
    decode_words("=?utf-8?q?" + value + "?= =?" + value)
