"""Threads: headers first, then quotations, then subjects; and the same answer from any part."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.threads import link
from gonequiet.domain.thread import Link, LinkRule, MessageHead

OWNER = "robin@mill.example"
DANA = "dana.reyes@harbor.example"
TOMAS = "tomas.lindt@harbor.example"
LIST = "boats@lists.example.org"
NOON = 1_700_000_000
HOUR = 3_600
DAY = 24 * HOUR


def head(
    message: int,
    sender: str = DANA,
    to: tuple[str, ...] = (OWNER,),
    at: int | None = 0,
    subject: str = "quote for the slipway",
    *,
    reply: bool = False,
    answers: tuple[str, ...] = (),
    references: tuple[str, ...] = (),
    quotes: int = 0,
    opens: int = 0,
    named: bool = True,
) -> MessageHead:
    return MessageHead(
        message,
        f"m{message}@example.org" if named else "",
        answers,
        references,
        sender,
        to,
        None if at is None else NOON + at,
        subject,
        reply,
        quotes,
        opens,
    )


def of(links: list[Link], message: int) -> Link:
    return next(one for one in links if one.message == message)


def test_a_reply_is_tied_to_the_message_it_names() -> None:
    links = link([head(1), head(2, OWNER, (DANA,), HOUR, "other", answers=("m1@example.org",))])

    assert of(links, 2) == Link(2, 1, LinkRule.IN_REPLY_TO, 1)
    assert of(links, 1) == Link(1, None, LinkRule.START, 1)


def test_without_its_parent_a_reply_is_tied_to_the_last_reference_we_have() -> None:
    later = head(
        3,
        at=2 * HOUR,
        answers=("lost@example.org",),
        references=("m1@example.org", "m2@example.org", "lost@example.org"),
    )
    links = link([head(1), head(2, at=HOUR, answers=("m1@example.org",)), later])

    assert of(links, 3) == Link(3, 2, LinkRule.REFERENCES, 1)


def test_answers_to_a_message_we_do_not_have_share_a_thread() -> None:
    links = link(
        [
            head(1, DANA, at=0, subject="one", answers=("lost@example.org",)),
            head(2, TOMAS, at=HOUR, subject="two", references=("lost@example.org",)),
        ]
    )

    assert of(links, 2) == Link(2, None, LinkRule.SHARED_ROOT, 1)


def test_headers_win_over_any_likeness_of_words() -> None:
    links = link(
        [
            head(1, opens=77),
            head(2, at=HOUR, subject="elsewhere"),
            head(3, at=2 * HOUR, reply=True, quotes=77, answers=("m2@example.org",)),
        ]
    )

    assert of(links, 3).parent == 2
    assert of(links, 1).thread != of(links, 3).thread


def test_messages_that_name_one_another_in_a_circle_get_one_thread_and_an_end() -> None:
    links = link(
        [
            head(1, at=0, answers=("m3@example.org",)),
            head(2, at=HOUR, answers=("m1@example.org",)),
            head(3, at=2 * HOUR, answers=("m2@example.org",)),
            head(4, at=3 * HOUR, answers=("m4@example.org",)),
        ]
    )

    assert {of(links, number).thread for number in (1, 2, 3)} == {1}
    assert [of(links, number).parent for number in (1, 2, 3, 4)] == [None, 1, 2, None]


def test_two_messages_of_one_id_are_one_thread() -> None:
    first, second = head(1), head(2, at=HOUR)._replace(message_id="m1@example.org")

    assert {one.thread for one in link([first, second])} == {1}


def test_a_reply_without_headers_is_tied_to_the_latest_of_its_subject() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0),
            head(2, DANA, (OWNER,), HOUR, reply=True),
            head(3, OWNER, (DANA,), 2 * HOUR, reply=True),
        ]
    )

    assert [of(links, number).parent for number in (2, 3)] == [1, 2]
    assert of(links, 3).rule is LinkRule.SUBJECT


def test_what_is_quoted_tells_apart_two_messages_of_one_subject() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0, opens=11),
            head(2, OWNER, (DANA,), HOUR, opens=22),
            head(3, DANA, (OWNER,), 2 * HOUR, reply=True, quotes=11),
        ]
    )

    assert of(links, 3) == Link(3, 1, LinkRule.QUOTE, 1)


def test_a_quotation_ties_a_reply_whose_subject_was_changed() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0, opens=11),
            head(2, DANA, (OWNER,), HOUR, "one more thing", quotes=11),
        ]
    )

    assert of(links, 2).parent == 1


def test_a_colleague_to_whom_it_was_passed_on_answers_in_its_thread() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0, opens=11),
            head(2, TOMAS, (OWNER,), 2 * DAY, reply=True, quotes=11),
        ],
        owner=(OWNER,),
    )

    assert of(links, 2) == Link(2, 1, LinkRule.QUOTE, 1)


@pytest.mark.parametrize(
    ("sender", "to", "subject", "quotes"),
    [
        ("ida@quay.example", OWNER, "quote for the slipway", 11),  # of another house
        (TOMAS, LIST, "quote for the slipway", 11),  # not to the owner
        (TOMAS, OWNER, "something else", 11),
        (TOMAS, OWNER, "quote for the slipway", 22),
    ],
)
def test_who_was_passed_nothing_on_starts_a_thread(
    sender: str, to: str, subject: str, quotes: int
) -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0, opens=11),
            head(2, sender, (to,), 2 * DAY, subject, reply=True, quotes=quotes),
        ],
        owner=(OWNER,),
    )

    assert of(links, 2).parent is None


def test_quoting_common_words_ties_only_people_who_wrote_to_one_another() -> None:
    links = link(
        [
            head(1, TOMAS, (OWNER,), 0, "lunch", opens=11),
            head(2, DANA, (OWNER,), HOUR, reply=True, quotes=11),
        ],
        owner=(OWNER,),
    )

    assert of(links, 2).parent is None


def test_the_owner_alone_does_not_make_two_people_one_thread() -> None:
    links = link(
        [
            head(1, TOMAS, (OWNER,), 0, "meeting"),
            head(2, DANA, (OWNER,), HOUR, "meeting", reply=True),
        ],
        owner=(OWNER,),
    )

    assert of(links, 2) == Link(2, None, LinkRule.START, 2)


def test_a_list_address_in_common_is_enough() -> None:
    links = link([head(1, TOMAS, (LIST,), 0), head(2, DANA, (LIST,), HOUR, reply=True)])

    assert of(links, 2).parent == 1


def test_the_weekly_report_does_not_answer_last_weeks() -> None:
    links = link([head(week, at=week * 7 * DAY, subject="weekly report") for week in range(1, 5)])

    assert {one.rule for one in links} == {LinkRule.START}
    assert len({one.thread for one in links}) == 4


def test_a_reply_is_not_tied_to_a_message_of_half_a_year_ago() -> None:
    links = link([head(1, OWNER, (DANA,), 0), head(2, DANA, at=180 * DAY, reply=True)])

    assert of(links, 2).parent is None


def test_a_subject_that_is_only_a_mark_ties_nothing() -> None:
    links = link([head(1, OWNER, (DANA,), 0, ""), head(2, DANA, at=HOUR, subject="", reply=True)])

    assert of(links, 2).parent is None


def test_a_reply_a_few_hours_before_its_parent_has_a_shifted_clock() -> None:
    links = link([head(1, OWNER, (DANA,), 7 * HOUR), head(2, DANA, at=0, reply=True)])

    assert of(links, 2) == Link(2, 1, LinkRule.SUBJECT, 2)


def test_a_reply_is_never_tied_to_the_far_future() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 2 * DAY, opens=11),
            head(2, DANA, at=0, reply=True),
            head(3, DANA, at=0, subject="other", reply=True, quotes=11),
        ]
    )

    assert of(links, 2).parent is None
    assert of(links, 3).parent is None


def test_a_message_without_a_moment_is_tied_by_headers_only() -> None:
    links = link(
        [
            head(1, OWNER, (DANA,), 0),
            head(2, DANA, at=None, reply=True),
            head(3, DANA, at=None, answers=("m1@example.org",)),
        ]
    )

    assert of(links, 2).parent is None
    assert of(links, 3).parent == 1


def test_where_replies_carry_headers_one_without_them_starts() -> None:
    links = link(
        [
            head(1, TOMAS, (LIST,), 0),
            head(2, DANA, (LIST,), HOUR, reply=True, answers=("m1@example.org",)),
            head(3, DANA, (LIST,), 2 * HOUR, reply=True),
        ]
    )

    assert of(links, 3).rule is LinkRule.START


def test_a_thread_is_named_by_its_earliest_message_whatever_the_order() -> None:
    heads = [
        head(9, OWNER, (DANA,), 0),
        head(4, DANA, at=HOUR, reply=True),
        head(7, OWNER, (DANA,), 2 * HOUR, reply=True),
    ]
    shuffled = [heads[1], heads[2], heads[0]]

    assert {one.thread for one in link(heads)} == {9}
    assert sorted(link(shuffled)) == sorted(link(heads))


def mailbox(seed: int, size: int) -> list[MessageHead]:
    """Made-up mail with and without headers, with lost parents and shifted clocks."""
    dice = random.Random(seed)
    people = [OWNER, DANA, TOMAS, LIST, "ines@quay.example", "paul@quay.example"]
    heads = []
    for number in range(size):
        asked = dice.random() < 0.6
        names = tuple(
            f"m{dice.randrange(size + 5)}@example.org" for _ in range(dice.randrange(1, 3))
        )
        has_headers = asked and dice.random() < 0.4
        heads.append(
            head(
                number,
                dice.choice(people),
                tuple(dice.sample(people, dice.randrange(1, 3))),
                None if dice.random() < 0.02 else dice.randrange(200) * HOUR,
                f"matter {dice.randrange(1 + size // 6)}",
                reply=asked,
                answers=names[:1] if has_headers else (),
                references=names if has_headers and dice.random() < 0.5 else (),
                quotes=dice.randrange(1, size) if asked and dice.random() < 0.4 else 0,
                opens=dice.randrange(1, size),
            )
        )
    return heads


def components(heads: list[MessageHead]) -> list[list[MessageHead]]:
    """Messages that share an id, a subject or a quoted opening, directly or over others."""
    roots = list(range(len(heads)))

    def root(at: int) -> int:
        while roots[at] != at:
            at = roots[at]
        return at

    keys: dict[object, int] = {}
    for at, one in enumerate(heads):
        names = ("id", one.message_id), *(("id", name) for name in one.in_reply_to + one.references)
        digests = [
            ("words", digest) for digest in (one.quoted_digest, one.opening_digest) if digest
        ]
        for key in (*names, ("subject", one.subject_key), *digests):
            roots[root(at)] = root(keys.setdefault(key, at))
    parts: dict[int, list[MessageHead]] = {}
    for at, one in enumerate(heads):
        parts.setdefault(root(at), []).append(one)
    return list(parts.values())


@given(seed=st.integers(0, 10_000), size=st.integers(2, 60))
def test_linking_a_component_alone_gives_what_linking_everything_gives(
    seed: int, size: int
) -> None:
    heads = mailbox(seed, size)
    apart = [one for part in components(heads) for one in link(part, owner=(OWNER,))]

    assert sorted(apart, key=str) == sorted(link(heads, owner=(OWNER,)), key=str)


@given(seed=st.integers(0, 10_000))
def test_no_message_is_its_own_ancestor_and_a_parent_is_in_the_same_thread(seed: int) -> None:
    links = {one.message: one for one in link(mailbox(seed, 40))}

    for one in links.values():
        at, steps = one, 0
        while at.parent is not None:
            at, steps = links[at.parent], steps + 1
            assert at.thread == one.thread
            assert steps <= len(links)


@given(seed=st.integers(0, 10_000))
def test_a_reply_by_words_is_not_earlier_than_its_parent_by_more_than_clocks_err(seed: int) -> None:
    heads = mailbox(seed, 40)
    for one in link(heads):
        if one.parent is not None and one.rule in (LinkRule.QUOTE, LinkRule.SUBJECT):
            child, parent = heads[one.message].sent_at, heads[one.parent].sent_at
            assert child is not None
            assert parent is not None
            assert child >= parent - 14 * HOUR


@pytest.mark.parametrize("marked", [False, True])
def test_ten_thousand_messages_of_one_subject_are_linked(marked: bool) -> None:
    heads = [
        head(number, TOMAS if number % 2 else DANA, (LIST,), number * 60, "status", reply=marked)
        for number in range(10_000)
    ]
    links = link(heads)

    if marked:
        assert all(later.parent == earlier.message for earlier, later in pairwise(links))
    else:
        assert {one.rule for one in links} == {LinkRule.START}
