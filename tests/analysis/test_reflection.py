"""Looking back: what counts as evidence, what it comes to, and what else may explain a silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gonequiet.analysis.reflection.balance import weigh_effort
from gonequiet.analysis.reflection.excuses import Excuse, find_excuses
from gonequiet.analysis.reflection.questions import Outcome, follow_questions
from gonequiet.analysis.reflection.signs import find_signs
from gonequiet.analysis.reflection.turning import find_turning_point
from gonequiet.analysis.reflection.turns import PromiseSeen, Turn, own_words
from gonequiet.analysis.reflection.weighing import Verdict, weigh
from gonequiet.domain.days import IN_UTC
from gonequiet.domain.evidence import Evidence, EvidenceKind

START = datetime(2025, 3, 3, 9, tzinfo=UTC)
ASKS = "Could you tell me which berth you want?"
DAY = 86_400


def turn(
    number: int,
    words: str,
    *,
    by_owner: bool = False,
    days: float = 0,
    parent: int | None = None,
    thread: int = 1,
    kind: str = "personal",
    others: tuple[str, ...] = (),
    n_recipients: int = 1,
    return_on: str = "",
    names_owner: bool = True,
    subject: str = "Berth",
    readers: tuple[str, ...] = (),
    attachments: tuple[str, ...] = (),
) -> Turn:
    """Returns a turn of an exchange that began in March."""
    at = START + timedelta(days=days)
    return Turn(
        number,
        f"{number}@made.example",
        1_000_000_007 * number,
        int(at.timestamp()),
        at.date(),
        by_owner,
        kind,
        "mail",
        "",
        subject,
        words,
        thread,
        parent,
        attachments,
        frozenset(others),
        n_recipients,
        by_owner,
        return_on,
        "",
        names_owner,
        frozenset(readers),
    )


def moment(days: float) -> int:
    return int((START + timedelta(days=days)).timestamp())


def kinds(turns: list[Turn], *, days: float = 60) -> list[EvidenceKind]:
    return [one.kind for one in find_signs(turns, [], moment(days))]


def evidence(kind: EvidenceKind, number: int, *, weight: float = 1.0, days: float = 0) -> Evidence:
    return Evidence(f"{number:014x}", kind, moment(days), number, "", "words", 0, 5, "rule", weight)


class TestQuestions:
    """What became of what the owner asked."""

    def test_a_plain_answer_answers(self) -> None:
        turns = [
            turn(1, ASKS, by_owner=True),
            turn(
                2,
                "We want the third berth, and I attach the signed form. Agreed.",
                days=1,
                parent=1,
            ),
        ]
        assert [one.outcome for one in follow_questions(turns, moment(60))] == [Outcome.ANSWERED]

    def test_warm_words_that_put_off_leave_it_open(self) -> None:
        words = "Lovely plan! Let us talk about the berths when things calm down."
        turns = [turn(1, ASKS, by_owner=True), turn(2, words, days=1, parent=1)]
        (found,) = follow_questions(turns, moment(60))
        assert (found.outcome, found.quote) == (Outcome.PUT_OFF, ASKS)

    def test_what_moves_the_day_asked_for_takes_nothing_up(self) -> None:
        asked = turn(1, "Shall we meet at the berth on Thursday?", by_owner=True)
        moved = turn(2, "Things came in between. Could we move to the month after?", days=1)
        other = turn(2, "Could we move our meeting to Friday the 7th at 10?", days=1)
        (found,) = follow_questions([asked, moved], moment(9))
        assert found.outcome is not Outcome.ANSWERED
        (found,) = follow_questions([asked, other], moment(9))
        assert found.outcome is Outcome.ANSWERED

    def test_a_plain_no_is_an_answer(self) -> None:
        words = "Thank you, but we have decided against a berth this year."
        turns = [turn(1, ASKS, by_owner=True), turn(2, words, days=1, parent=1)]
        assert [one.outcome for one in follow_questions(turns, moment(60))] == [Outcome.ANSWERED]

    @pytest.mark.parametrize(("days", "outcome"), [(20, Outcome.OPEN), (22, Outcome.NO_REPLY)])
    def test_silence_counts_after_three_weeks(self, days: float, outcome: Outcome) -> None:
        (found,) = follow_questions([turn(1, ASKS, by_owner=True)], moment(days))
        assert found.outcome is outcome

    def test_an_absence_note_explains_a_missing_answer(self) -> None:
        note = turn(2, "I am away.", days=1, kind="out_of_office")
        (found,) = follow_questions([turn(1, ASKS, by_owner=True), note], moment(60))
        assert found.outcome is Outcome.OPEN

    def test_what_is_asked_of_many_is_asked_of_nobody(self) -> None:
        assert not follow_questions([turn(1, ASKS, by_owner=True, n_recipients=9)], moment(60))

    @pytest.mark.parametrize(
        "words",
        [
            "Should you have any questions, do not hesitate to give me a call.",
            "Please see the attached draft of the lease.",
        ],
    )
    def test_words_of_courtesy_ask_nothing(self, words: str) -> None:
        assert not follow_questions([turn(1, words, by_owner=True)], moment(60))

    def test_a_letter_that_calls_somebody_else_answers_nothing(self) -> None:
        words = "Lee: the third berth it is, please tell the yard."
        answer = turn(2, words, days=1, parent=1, n_recipients=2, readers=("Lee Ward",))
        (found,) = follow_questions([turn(1, ASKS, by_owner=True), answer], moment(60))
        assert found.outcome is not Outcome.ANSWERED

    def test_what_another_reader_is_asked_by_name_is_not_asked_of_the_contact(self) -> None:
        asked = turn(1, "Lee, which berth do you want?", by_owner=True, n_recipients=2)
        assert follow_questions([asked], moment(60))
        assert not follow_questions([asked._replace(readers=frozenset({"Lee Ward"}))], moment(60))

    def test_a_notice_to_many_answers_nothing(self) -> None:
        notice = turn(2, "Today's meeting is cancelled.", days=1, n_recipients=50, subject="Berths")
        asked = turn(1, ASKS, by_owner=True)
        (found,) = follow_questions([asked, notice], moment(60))
        (heard,) = follow_questions([asked, notice._replace(n_recipients=1)], moment(60))
        assert (found.reply, heard.reply is None) == (None, False)

    def test_a_follow_up_asks_for_the_letter_before_it(self) -> None:
        turns = [turn(1, ASKS, by_owner=True), turn(2, ASKS, by_owner=True, days=9)]
        outcomes = [one.outcome for one in follow_questions(turns, moment(60))]
        assert outcomes == [Outcome.OPEN, Outcome.NO_REPLY]


class TestSigns:
    """What in an exchange is evidence."""

    def test_the_owners_own_words_are_no_evidence(self) -> None:
        assert not kinds([turn(1, "We would perhaps take one berth less.", by_owner=True)])

    def test_what_is_written_to_many_is_no_evidence(self) -> None:
        words = "We would perhaps take one berth less, hard to say."
        assert kinds([turn(1, words)]) == [EvidenceKind.HEDGE]
        assert not kinds([turn(1, words, n_recipients=9)])

    @pytest.mark.parametrize("kind", ["list", "automatic", "out_of_office", "bounce"])
    def test_what_no_person_wrote_now_is_no_evidence(self, kind: str) -> None:
        assert not kinds([turn(1, "We will perhaps be closed.", kind=kind)])

    def test_what_came_by_a_list_is_no_evidence(self) -> None:
        words = "We would perhaps take half of it, hard to say."
        assert kinds([turn(1, words)]) == [EvidenceKind.HEDGE]
        assert not kinds([turn(1, words, names_owner=False)])
        assert not kinds([turn(1, words, n_recipients=0)])

    def test_a_letter_to_several_holds_back_only_where_the_owner_had_written(self) -> None:
        words = "We would perhaps take half of it, hard to say."
        alone = [turn(1, words, n_recipients=3)]
        after = [turn(1, ASKS, by_owner=True), turn(2, words, days=1, n_recipients=3)]
        assert not kinds(alone)
        assert kinds(after) == [EvidenceKind.HEDGE]

    def test_what_is_forwarded_is_nobodys_holding_back(self) -> None:
        words = "We would perhaps take half of it, hard to say."
        assert not kinds([turn(1, words, subject="Fwd: Berth")])

    def test_the_owners_words_that_come_again_are_quoted(self) -> None:
        words = "We would perhaps take half of it, hard to say."
        turns = [turn(1, words, by_owner=True), turn(2, f"Fine!\n\n{words}", days=1)]
        assert not kinds(turns)

    def test_what_calls_another_reader_by_name_is_said_to_them(self) -> None:
        words = "Lee:\n\nLet's meet on Thursday at ten."
        assert kinds([turn(1, words, n_recipients=2)]) == [EvidenceKind.DATE_PROPOSED]
        assert not kinds([turn(1, words, n_recipients=2, readers=("Lee Ward",))])

    def test_one_perhaps_shows_nothing_and_a_habit_does(self) -> None:
        asked = [turn(n, ASKS, by_owner=True, days=n, thread=n) for n in (1, 3, 5)]
        sizes = {2: "smaller", 4: "wider", 6: "lower"}
        words = {n: f"We would perhaps take a {size} berth." for n, size in sizes.items()}
        answers = [turn(n, words[n], days=n, thread=n - 1) for n in words]
        plain = [turn(n, "The crane is here.", days=n, thread=n) for n in range(10, 30)]
        assert not kinds([asked[0], answers[0]])
        assert kinds([*asked, *answers]).count(EvidenceKind.HEDGE) == 3
        assert not kinds([*asked, *answers, *plain])

    @pytest.mark.parametrize(
        ("asks", "words"),
        [
            (ASKS, "It is too early to tell for the berth."),
            (ASKS, "I need to think about this a while."),
            ("Haben Sie schon einen Liegeplatz gewählt?", "Ich melde mich demnächst dazu."),
        ],
    )
    def test_what_plainly_puts_off_the_owners_question_counts_singly(
        self, asks: str, words: str
    ) -> None:
        asked, told = turn(1, asks, by_owner=True), turn(1, "The crane is here.", by_owner=True)
        assert kinds([asked, turn(2, words, days=1)]) == [EvidenceKind.DEFERRAL]
        assert not kinds([told, turn(2, words, days=1)])
        several = turn(2, words, days=1, others=("Ines",), n_recipients=2)
        assert kinds([asked, several]) == [EvidenceKind.BROUGHT_IN]

    @pytest.mark.parametrize(
        "words",
        [
            "This looks tricky. Let me ask the harbour and get back to you.",
            "I'm not sure yet. Which one is free in June?",
            "I asked the harbour and have not heard back yet.",
            "It is hectic here, but we take the north quay from 9 April.",
        ],
    )
    def test_who_finds_out_asks_back_or_names_a_day_puts_nothing_off(self, words: str) -> None:
        asked = turn(1, ASKS, by_owner=True)
        assert not kinds([asked, turn(2, words, days=1)])

    def test_talk_among_friends_holds_nothing_back(self) -> None:
        words = "We would perhaps take half of it, hard to say."
        asked = turn(1, ASKS, by_owner=True)
        assert EvidenceKind.HEDGE in kinds([asked, turn(2, words, days=1)])
        assert not kinds([asked, turn(2, f"Hey dude, great party! {words}", days=1)])

    def test_who_cannot_come_moves_only_what_was_agreed(self) -> None:
        asked, sorry = turn(1, "Do come to our dinner.", by_owner=True), "Sorry, I can't make it."
        agreed = turn(2, "Gladly, see you there.", days=1)
        assert not kinds([asked, turn(3, sorry, days=2)])
        assert EvidenceKind.RESCHEDULED in kinds([asked, agreed, turn(3, sorry, days=2)])

    def test_a_long_sentence_that_comes_again_is_quoted(self) -> None:
        words = (
            "I have reserved two rooms for you at the harbour hotel, from Monday until Thursday."
        )
        turns = [turn(1, words), turn(2, f"As I said below.\n\n{words}", days=1)]
        assert kinds(turns) == [EvidenceKind.EFFORT]

    def test_somebody_copied_for_the_first_time_was_brought_in(self) -> None:
        turns = [
            turn(1, ASKS, by_owner=True),
            turn(2, "The third berth.", days=1, others=("Lee Ward",)),
            turn(3, "And the fourth.", days=2, others=("Lee Ward",)),
        ]
        (found,) = find_signs(turns, [], moment(60))
        assert (found.kind, found.quote, found.message) == (EvidenceKind.BROUGHT_IN, "Lee Ward", 2)

    def test_others_who_no_longer_take_part_are_missed(self) -> None:
        early = [
            turn(n, "The third berth.", days=n, others=("Lee Ward", "Ida Moss"))
            for n in range(1, 5)
        ]
        late = [turn(n, "The third berth.", days=n) for n in range(5, 9)]
        assert EvidenceKind.FEWER_PEOPLE in kinds(early + late)
        assert EvidenceKind.FEWER_PEOPLE not in kinds(late)

    @pytest.mark.parametrize(
        ("is_kept", "found"),
        [
            (True, [EvidenceKind.PROMISE_KEPT]),
            (False, [EvidenceKind.PROMISE_LAPSED]),
            (None, []),
        ],
    )
    def test_only_promises_that_came_to_something_count(
        self, is_kept: bool | None, found: list[EvidenceKind]
    ) -> None:
        due_on = (START + timedelta(days=3)).date()
        quote = "I'll send you the plan."
        promise = PromiseSeen(1, quote, 0, 23, False, due_on, is_kept, moment(9))
        turns = [turn(1, quote), turn(2, "The crane is down.", days=20)]
        signs = find_signs(turns, [promise], moment(60))
        assert [one.kind for one in signs] == found

    @pytest.mark.parametrize("last_day", [3, 20])
    def test_a_promise_lapsed_only_where_letters_came_after_its_day(self, last_day: int) -> None:
        quote = "I'll send you the plan."
        due_on = (START + timedelta(days=5)).date()
        promise = PromiseSeen(1, quote, 0, 23, False, due_on, False, moment(40))
        turns = [turn(1, quote), turn(2, "The crane is down.", days=last_day)]
        found = [one.kind for one in find_signs(turns, [promise], moment(60))]
        assert found == ([EvidenceKind.PROMISE_LAPSED] if last_day > 5 else [])

    @pytest.mark.parametrize(
        ("quote", "days", "is_shown"),
        [
            ("I'll get back to you by Thursday.", 4, True),
            ("I'll get back to you by Thursday.", 40, False),  # a letter about something else
            ("I'll call you on Thursday.", 4, False),  # a letter is no call
            ("I'll email them on Thursday.", 4, False),
            ("I'll write to you on Thursday after I have seen the yard.", 4, False),
        ],
    )
    def test_a_letter_keeps_only_a_promise_to_write_to_the_owner(
        self, quote: str, days: float, is_shown: bool
    ) -> None:
        due_on = (START + timedelta(days=3)).date()
        promise = PromiseSeen(
            1, quote, 0, len(quote), False, due_on, True, moment(days), "got in touch"
        )
        turns = [turn(1, quote), turn(2, "The crane is down.", days=days)]
        signs = find_signs(turns, [promise], moment(60))
        assert [one.kind for one in signs] == [EvidenceKind.PROMISE_KEPT] * is_shown

    @pytest.mark.parametrize("attachments", [(), ("plan.pdf",)])
    def test_a_missing_document_shows_only_where_documents_do(
        self, attachments: tuple[str, ...]
    ) -> None:
        quote = "I'll send you the plan."
        due_on = (START + timedelta(days=3)).date()
        promise = PromiseSeen(
            1, quote, 0, 23, False, due_on, False, moment(33), "its day is long past"
        )
        said = turn(1, quote, attachments=attachments)
        signs = find_signs([said, turn(2, "The crane is down.", days=20)], [promise], moment(60))
        assert bool(signs) is bool(attachments)

    def test_a_promise_in_a_letter_to_many_is_no_evidence(self) -> None:
        quote = "I'll send you the plan."
        promise = PromiseSeen(1, quote, 0, 23, False, START.date(), True, moment(9))
        assert not find_signs([turn(1, quote, n_recipients=5)], [promise], moment(60))

    def test_what_is_promised_to_others_does_not_show_as_lapsed(self) -> None:
        words = "I'll send it to the yard."
        promise = PromiseSeen(1, words, 0, 25, False, None, False, moment(9))
        assert not find_signs([turn(1, words)], [promise], moment(60))

    def test_a_promise_of_the_owners_is_the_owners_own_side(self) -> None:
        promise = PromiseSeen(1, "I'll send it.", 0, 13, True, None, False, moment(9))
        assert not find_signs([turn(1, "I'll send it.", by_owner=True)], [promise], moment(60))

    def test_every_sign_has_an_id_of_its_own_that_does_not_rest_on_numbers(self) -> None:
        words = "We would perhaps take one. We might have to wait and then decide."
        first, second = (find_signs([turn(1, words)], [], moment(9)) for _ in range(2))
        renumbered = find_signs([turn(1, words)._replace(message=77)], [], moment(9))
        assert [one.key for one in first] == [one.key for one in second]
        assert [one.key for one in first] == [one.key for one in renumbered]
        assert len({one.key for one in first}) == 2


class TestWeighing:
    """What the evidence comes to."""

    def test_without_evidence_nothing_is_said(self) -> None:
        found = weigh([], moment(0))
        assert found.verdict is Verdict.UNCLEAR
        assert found.interval_90[1] - found.interval_90[0] > 0.7

    def test_one_sign_is_too_little(self) -> None:
        found = weigh([evidence(EvidenceKind.HEDGE, 1, weight=0.4)], moment(0))
        assert found.verdict is Verdict.UNCLEAR

    def test_many_deferrals_lean_ambivalent_and_promises_kept_committed(self) -> None:
        against = [evidence(EvidenceKind.DEFERRAL, n) for n in range(8)]
        against += [evidence(EvidenceKind.PROMISE_LAPSED, 20 + n) for n in range(3)]
        for_ = [evidence(EvidenceKind.PROMISE_KEPT, 40 + n) for n in range(8)]
        for_ += [evidence(EvidenceKind.MEETING_HELD, 60 + n) for n in range(3)]
        assert weigh(against, moment(0)).verdict is Verdict.AMBIVALENT
        assert weigh(for_, moment(0)).verdict is Verdict.COMMITTED
        assert weigh(for_ + against, moment(0)).verdict is Verdict.UNCLEAR

    def test_more_evidence_narrows_the_interval(self) -> None:
        few = weigh([evidence(EvidenceKind.DEFERRAL, n) for n in range(2)], moment(0))
        many = weigh([evidence(EvidenceKind.DEFERRAL, n) for n in range(12)], moment(0))
        assert _width(many.interval_90) < _width(few.interval_90)

    def test_a_habit_of_wording_alone_never_outweighs_what_its_kind_may(self) -> None:
        many = weigh([evidence(EvidenceKind.HEDGE, n) for n in range(500)], moment(0))
        assert sum(one.votes for one in many.votes) < 4.01

    def test_signs_in_one_letter_count_less_than_in_two(self) -> None:
        apart = weigh([evidence(EvidenceKind.DEFERRAL, n) for n in (1, 2)], moment(0))
        together = weigh([evidence(EvidenceKind.DEFERRAL, 1)] * 2, moment(0))
        assert together.chance_ambivalent < apart.chance_ambivalent

    def test_what_is_old_counts_less(self) -> None:
        sign = evidence(EvidenceKind.DEFERRAL, 1)
        old, fresh = weigh([sign], moment(730)), weigh([sign], moment(0))
        assert old.votes[0].votes < 0.6 * fresh.votes[0].votes

    def test_what_the_owner_overruled_counts_for_nothing(self) -> None:
        sign = evidence(EvidenceKind.DEFERRAL, 1)
        found = weigh([sign._replace(is_overruled=True)], moment(0))
        assert found.share == 0.5
        assert found.votes[0].votes == 0

    def test_each_sign_moves_the_log_odds_its_own_way(self) -> None:
        signs = [evidence(EvidenceKind.DEFERRAL, 1), evidence(EvidenceKind.EFFORT, 2)]
        against, for_ = weigh(signs, moment(0)).votes
        assert against.log_odds < 0 < for_.log_odds


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


class TestExcuses:
    """The benefit of the doubt."""

    def excuses(self, turns: list[Turn], *, days: float = 10) -> set[Excuse]:
        today = (START + timedelta(days=days)).date()
        return {one.excuse for one in find_excuses(turns, as_of=moment(days), today=today)}

    def test_a_question_alone_has_no_excuse(self) -> None:
        assert not self.excuses([turn(1, ASKS, by_owner=True)])

    def test_many_recipients_are_told(self) -> None:
        asked = turn(1, ASKS, by_owner=True, n_recipients=12)
        assert self.excuses([asked]) == {Excuse.MANY_RECIPIENTS}

    def test_a_letter_that_asks_nothing_is_told(self) -> None:
        told = turn(1, "The berth is yours.", by_owner=True)._replace(expects_answer=False)
        assert self.excuses([told]) == {Excuse.NO_QUESTION}

    @pytest.mark.parametrize(("return_on", "away"), [("2025-03-20", True), ("2025-03-10", False)])
    def test_an_absence_counts_until_its_return(self, return_on: str, away: bool) -> None:
        note = turn(2, "Away.", kind="out_of_office", days=1, return_on=return_on)
        turns = [turn(1, ASKS, by_owner=True), note]
        assert (Excuse.AWAY in self.excuses(turns)) is away

    def test_a_bounce_is_told(self) -> None:
        turns = [turn(1, ASKS, by_owner=True), turn(2, "No such user.", kind="bounce", days=1)]
        assert Excuse.BOUNCE in self.excuses(turns)

    def test_a_later_day_they_named_is_told_until_it_comes(self) -> None:
        said = turn(1, "I shall know more on 14 April 2025.")
        turns = [said, turn(2, ASKS, by_owner=True, days=2)]
        assert Excuse.LATER_DATE in self.excuses(turns)
        assert Excuse.LATER_DATE not in self.excuses(turns, days=50)

    def test_public_holidays_are_told(self) -> None:
        asked = [turn(1, ASKS, by_owner=True)]
        found = find_excuses(
            asked, as_of=moment(60), today=date(2025, 5, 2), holidays=[date(2025, 5, 1)]
        )
        assert [one.excuse for one in found] == [Excuse.HOLIDAYS]


class TestTurning:
    """Where the exchange turned."""

    def exchange(self, changes_at: int) -> list[Turn]:
        turns = []
        for number in range(24):
            late = number >= changes_at
            hours, words = (120, "Fine.") if late else (4, "The third berth is what we want. " * 5)
            asked = turn(2 * number + 1, ASKS, by_owner=True, days=10 * number, thread=number)
            turns += [
                asked,
                turn(
                    2 * number + 2,
                    words,
                    days=10 * number + (hours + number % 3) / 24,
                    parent=asked.message,
                    thread=number,
                ),
            ]
        return turns

    def test_slower_and_shorter_replies_are_placed(self) -> None:
        turns = self.exchange(14)
        found = find_turning_point(turns, ())
        assert found is not None
        assert found.message == turns[2 * 14 + 1].message
        assert found.slowed
        assert found.shrank
        assert found.earliest_at <= found.at <= found.latest_at

    def test_a_steady_exchange_did_not_turn(self) -> None:
        assert find_turning_point(self.exchange(99), ()) is None

    def test_few_letters_did_not_turn(self) -> None:
        assert find_turning_point(self.exchange(2)[:8], ()) is None


@pytest.mark.parametrize(
    "header",
    [
        "Dana Reyes/HALDEN 05/27/2025 10:49 PM To: Kim Adler/ADLER cc: Subject: Berth",
        """        Dana Reyes
        05/27/2025      To:  Kim Adler
        10:49 PM        cc:
                        Subject:  Berth""",
    ],
)
def test_words_below_a_header_copied_in_are_not_the_writers(header: str) -> None:
    assert own_words(f"Thursday is fine.\n\n{header}\n\nWe might take it.") == "Thursday is fine."


def test_words_without_a_header_are_the_writers() -> None:
    words = "To: whom it may concern.\n\nThe berth is free."
    assert own_words(words) == words


def test_effort_is_counted_on_both_sides() -> None:
    turns = [
        turn(1, ASKS, by_owner=True),
        turn(2, "The third.", days=1, parent=1, others=("Lee Ward",)),
        turn(3, "And when?", days=200, thread=2),
        turn(4, "In June.", by_owner=True, days=200.5, parent=3, thread=2),
    ]
    found = weigh_effort(turns, IN_UTC)
    assert (found.theirs.letters, found.owners.letters) == (2, 2)
    assert (found.theirs.threads_begun, found.owners.threads_begun) == (1, 1)
    assert found.theirs.median_reply_hours == pytest.approx(24)
    assert found.owners.median_reply_hours == pytest.approx(12)
    assert [one.people for one in found.people] == [("Lee Ward",), ()]
