"""Which threads are one piece of business, and the owner's word on it."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.engagements import (
    RECALL_DAYS,
    REST_DAYS,
    ThreadSeen,
    find_topics,
    propose_engagements,
)
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.engagement import (
    BENCHMARKS,
    Engagement,
    Mark,
    benchmarks_from,
    get_engagement,
    parse_mark,
    said_of_engagements,
    telling,
)
from gonequiet.domain.moments import DAY

DANA, TOMAS, KIM, LEE = 1, 2, 3, 4


def thread(
    number: int,
    subject: str,
    day: float,
    *contacts: int,
    party: str = "harbour.example",
    days: float = 1,
    inbound: int = 1,
) -> ThreadSeen:
    return ThreadSeen(
        thread=number,
        party=party,
        organisation=party if "." in party else "",
        subject=subject,
        anchors=(f"m{number}a", f"m{number}b"),
        messages=(number * 10, number * 10 + 1),
        contacts=dict.fromkeys(contacts or (DANA,), 2),
        inbound=inbound,
        outbound=1,
        first_at=int(day * DAY),
        last_at=int((day + days) * DAY),
    )


def proposed(*threads: ThreadSeen, edits: tuple[Edit, ...] = ()) -> list[Engagement]:
    return list(propose_engagements(threads, said_of_engagements(edits), BENCHMARKS))


def groups(*threads: ThreadSeen, edits: tuple[Edit, ...] = ()) -> set[frozenset[int]]:
    return {frozenset(one.threads) for one in proposed(*threads, edits=edits)}


def edit(number: int, anchor: str, **said: object) -> Edit:
    return Edit(number, EditVerb.ENGAGEMENT, anchor, telling(**said))


def test_threads_of_the_same_people_that_follow_on_one_another_are_one() -> None:
    assert groups(thread(1, "Crane hire", 0), thread(2, "Lunch", 60)) == {frozenset({1, 2})}


def test_after_a_long_rest_something_new_begins() -> None:
    found = groups(thread(1, "Crane hire", 0), thread(2, "Lunch", REST_DAYS + 2))

    assert found == {frozenset({1}), frozenset({2})}


def test_a_telling_word_ties_what_the_rest_has_parted() -> None:
    found = groups(thread(1, "Osprey: scope", 0), thread(2, "Osprey phase two", 300))

    assert found == {frozenset({1, 2})}


def test_even_a_telling_word_is_forgotten_some_day() -> None:
    found = groups(thread(1, "Osprey: scope", 0), thread(2, "Osprey", RECALL_DAYS + 3))

    assert len(found) == 2


def test_people_of_one_house_who_share_nothing_are_apart() -> None:
    found = groups(thread(1, "Crane hire", 0, DANA), thread(2, "Pension scheme", 3, TOMAS))

    assert len(found) == 2


def test_a_colleague_who_takes_part_ties_two_threads() -> None:
    found = groups(
        thread(1, "Crane hire", 0, DANA),
        thread(2, "Drawings", 5, DANA, TOMAS),
        thread(3, "Survey", 9, TOMAS),
    )

    assert found == {frozenset({1, 2, 3})}


def test_two_organisations_are_two_engagements_whatever_they_are_about() -> None:
    found = groups(thread(1, "Osprey", 0, DANA), thread(2, "Osprey", 1, LEE, party="birch.example"))

    assert len(found) == 2


def test_a_word_used_with_everybody_tells_nothing() -> None:
    crowd = [thread(10 + at, "Budget", 5, 20 + at, party=f"firm{at}.example") for at in range(3)]
    found = groups(thread(1, "Budget", 0, DANA), thread(2, "Budget", 300, DANA), *crowd)

    assert frozenset({1, 2}) not in found


def test_where_only_one_side_wrote_there_is_no_engagement() -> None:
    assert proposed(thread(1, "Crane hire", 0, inbound=0)) == []


def test_the_name_is_what_most_subjects_speak_of() -> None:
    found = proposed(
        thread(1, "Project Osprey: scope", 0),
        thread(2, "Lunch on Monday?", 4),
        thread(3, "Next step on Project Osprey", 9),
        thread(4, "Crane hire", 12),
    )

    assert found[0].name == "Project Osprey"


def test_topics_do_not_repeat_one_another() -> None:
    rows = [thread(1, "The crane hire", 0), thread(2, "Crane hire in Hull", 4)]

    assert len(find_topics(rows)) == 1


def test_the_kind_is_that_whose_words_the_subjects_hold() -> None:
    rows = (thread(1, "Pilot in Hull", 0), thread(2, "Pilot terms", 4))

    assert proposed(*rows)[0].kind == "pilot"
    assert proposed(thread(3, "Crane hire", 0))[0].kind == "consulting"


class TestTheOwnersWord:
    ROWS = (thread(1, "Crane hire", 0), thread(2, "Drawings", 5), thread(3, "Survey", 9))

    def test_a_name_stays_with_the_message_it_was_said_of(self) -> None:
        named = edit(1, "m2a", name="The north field")
        found = proposed(*self.ROWS, edits=(named,))[0]
        older = proposed(*self.ROWS, thread(9, "Hello", -9), edits=(named,))[0]

        assert (found.name, found.is_named, found.anchor) == ("The north field", True, "m2a")
        assert (older.name, older.key) == (found.name, found.key)

    def test_the_latest_name_counts(self) -> None:
        edits = (edit(1, "m1a", name="One"), edit(2, "m3b", name="Two"))

        assert proposed(*self.ROWS, edits=edits)[0].name == "Two"

    def test_threads_that_stand_apart_are_an_engagement_of_their_own(self) -> None:
        apart = edit(1, "m1a", apart=["m2a", "m2b"])

        assert groups(*self.ROWS, edits=(apart,)) == {frozenset({1, 3}), frozenset({2})}

    def test_what_was_merged_after_it_was_split_is_one_again(self) -> None:
        edits = (edit(1, "m1a", apart=["m2a"]), edit(2, "m1a", **{"with": "m2a"}))

        assert groups(*self.ROWS, edits=edits) == {frozenset({1, 2, 3})}

    def test_engagements_with_two_organisations_can_be_merged(self) -> None:
        other = thread(4, "Insurance", 3, LEE, party="birch.example")
        merged = edit(1, "m1a", **{"with": "m4a"})

        assert groups(*self.ROWS, other, edits=(merged,)) == {frozenset({1, 2, 3, 4})}

    def test_what_is_no_engagement_is_not_proposed_again(self) -> None:
        gone = edit(1, "m1a", dismissed=True)

        assert proposed(*self.ROWS, edits=(gone,)) == []

    def test_the_kind_the_owner_gave_outranks_the_words(self) -> None:
        found = proposed(*self.ROWS, edits=(edit(1, "m1a", kind="search"),))[0]

        assert (found.kind, found.is_kind_said) == ("search", True)

    def test_an_edit_that_cannot_be_read_is_left_out(self) -> None:
        broken = Edit(1, EditVerb.ENGAGEMENT, "m1a", "{")

        assert not proposed(*self.ROWS, edits=(broken,))[0].is_named


def test_an_engagement_goes_by_key_its_beginning_or_part_of_its_name() -> None:
    found = proposed(thread(1, "Crane hire", 0), thread(2, "Pension", 0, TOMAS))

    for one in found:
        assert get_engagement(found, one.key) == one
        assert get_engagement(found, one.key[:5]) == one
        assert get_engagement(found, one.name.upper()[:5]) == one


def test_marks_are_written_as_they_are_read() -> None:
    for text in ("6 interactions or 5 weeks", "12 interactions", "3 weeks"):
        assert parse_mark(text).text() == text


def test_of_two_bounds_the_first_to_be_reached_counts() -> None:
    mark = Mark(6, 5)

    assert not mark.is_passed(5, 4.9)
    assert mark.is_passed(6, 1)
    assert mark.is_passed(2, 5)


def test_settings_add_a_kind_and_change_another() -> None:
    text = telling(licence={"words": ["Licence"], "tangible": "3 weeks"}, pilot={"meeting": ""})
    found = {one.kind: one for one in benchmarks_from(text)}

    assert found["licence"].words == ("licence",)
    assert found["pilot"].meeting.text() == ""
    assert found["pilot"].tangible == next(
        one.tangible for one in BENCHMARKS if one.kind == "pilot"
    )
    assert next(reversed(found)) == "consulting"


THREADS = st.lists(
    st.builds(
        thread,
        st.integers(1, 40),
        st.sampled_from(("Osprey", "Crane hire", "Budget", "Lunch", "")),
        st.floats(0, 900),
        st.integers(1, 4),
        party=st.sampled_from(("harbour.example", "birch.example", "ann@post.example")),
    ),
    max_size=25,
    unique_by=lambda one: one.thread,
)


@given(threads=THREADS, chance=st.randoms(use_true_random=False))
def test_every_thread_is_in_one_engagement_whatever_the_order(
    threads: list[ThreadSeen], chance: random.Random
) -> None:
    found = proposed(*threads)
    shuffled = list(threads)
    chance.shuffle(shuffled)

    assert proposed(*shuffled) == found
    assert sorted(number for one in found for number in one.threads) == sorted(
        one.thread for one in threads
    )
    assert len({one.key for one in found}) == len(found)


@given(threads=THREADS, picks=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24))))
def test_whatever_is_merged_and_split_no_thread_is_lost_or_doubled(
    threads: list[ThreadSeen], picks: list[tuple[int, int]]
) -> None:
    edits = []
    for number, (one, other) in enumerate(picks, start=1):
        if max(one, other) < len(threads):
            first, second = threads[one].anchors[0], threads[other].anchors[0]
            said = {"with": second} if number % 2 else {"apart": [second]}
            edits.append(edit(number, first, **said))
    found = proposed(*threads, edits=tuple(edits))

    assert sorted(number for one in found for number in one.threads) == sorted(
        one.thread for one in threads
    )
