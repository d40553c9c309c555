"""HTML mail as lines and quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.html_text import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<br/>Three<BR />Four", "One\nTwo\nThree\nFour"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("One<br></div><div>Two", "One\nTwo"),
        ("  One \n two\t three ", "One two three"),
        ("<b>Bo</b>ld <i>words</i>", "Bold words"),
        ("a &amp; b &lt;c&gt;&nbsp;d &eacute;", "a & b <c> d é"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<style>p {color: red}</style><script>x()</script><title>t</title>words", "words"),
        ("words<!-- hidden <p> -->more", "wordsmore"),
        ("<!DOCTYPE html><html><head></head><body>words</body></html>", "words"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<p title="a > b">words</p>', 'b">words'),
        ("", ""),
        ("<p", ""),
        ("no tags at all", "no tags at all"),
    ],
)
def test_what_is_seen_becomes_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_a_blockquote_is_marked_as_plain_mail_marks_it() -> None:
    html = (
        "<div>Fine with me.</div>"
        '<div class="gmail_quote">On Mon, Kim wrote:<br>'
        "<blockquote>Shall we meet?<br><blockquote>Some day.</blockquote></blockquote></div>"
    )
    assert html_to_text(html).split("\n") == [
        "Fine with me.",
        "On Mon, Kim wrote:",
        "> Shall we meet?",
        ">> Some day.",
    ]


def test_words_after_a_quotation_are_new_again() -> None:
    html = "<blockquote>Shall we?</blockquote><div>Yes.</div>"
    assert html_to_text(html) == "> Shall we?\n\nYes."


def test_preformatted_text_keeps_its_lines() -> None:
    assert html_to_text("<pre>one\n  two\nthree</pre>") == "one\n  two\nthree"


def test_paragraphs_of_an_office_program_are_single_lines() -> None:
    html = '<p class="MsoNormal">One</p><p class="MsoNormal">Two</p>'
    assert html_to_text(html) == "One\nTwo"
    blank = '<p class="MsoNormal">One</p><p class="MsoNormal">&nbsp;</p><p>Two</p>'
    assert html_to_text(blank) == "One\n\nTwo"


def test_a_rule_is_the_rule_of_plain_mail() -> None:
    assert html_to_text("new<hr>old").split("\n") == ["new", "_" * 32, "old"]


def test_an_unclosed_quotation_holds_to_the_end() -> None:
    assert html_to_text("new<blockquote>old<p>older").split("\n")[-1] == "> older"


def test_a_reference_to_no_character_is_shown_as_one_and_breaks_nothing() -> None:
    assert html_to_text("<p>a&#65;b&#" + "9" * 5_000 + ";c</p>") == "aAb\ufffdc"


def test_preformatted_text_that_never_begins_is_read_in_one_pass() -> None:
    assert html_to_text("<p>words</p>" + "<pre " * 200_000) == "words"
    assert html_to_text("words " + "<pre " * 3 + ">a\n  b</pre>") == "words\na\n  b"


@given(st.text(alphabet=st.sampled_from("<>/!-pbr divblockquote&;\x01\x04\"' \n")))
def test_any_text_is_turned_without_raising(html: str) -> None:
    text = html_to_text(html)
    assert not set(text) & set("\x01\x02\x03\x04\x05\x06")
