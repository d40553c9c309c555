"""What a turn of a thread says: its sentences, its subject, what it passes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from gonequiet.demo.course import Course, Turn, owners_view
from gonequiet.demo.dates import full_date
from gonequiet.demo.mail import Span
from gonequiet.demo.wording import Question, capitalised, expand, load_phrases

FORWARDS = 0.3
ALIKE = 14
FORWARD_HEADS = {
    "en": (
        "---------- Forwarded message ---------\n"
        "From: {name} <{address}>\nDate: {day}\nSubject: {subject}\n\n{text}"
    ),
    "de": (
        "-------- Weitergeleitete Nachricht --------\n"
        "Betreff: {subject}\nDatum: {day}\nVon: {name} <{address}>\n\n{text}"
    ),
}
QUESTION_ACTS = {"ask": "ask", "decide": "decide", "problem": "problem", "ask_more": "more"}
LABELS = {
    "hedge": "hedge",
    "deferral": "deferral",
    "warm": "warmth",
    "promise_doc": "promise",
    "request_doc": "request",
    "move_time": "rescheduling",
    "decline_invite": "refusal",
    "ASK": "question",
}


class Speech:
    """Finds the words of a turn by its recipe."""

    def __init__(self) -> None:
        scripts = load_phrases("scripts")
        self._recipes = {"": scripts["recipes"], "friend": scripts["recipes_friend"]}

    def paragraphs(
        self, course: Course, turn: Turn, is_late: bool
    ) -> tuple[tuple[str, ...], tuple[Span, ...]]:
        """Returns the new words of a turn, and what some of the sentences are."""
        sentences = self._sentences(course, turn, is_late)
        words = [text for _, text in sentences]
        if course.language == "de":
            words = [_after_comma(words[0]), *map(capitalised, words[1:])]
        spans = tuple(
            Span(label=LABELS[pool], sentence=text)
            for (pool, _), text in zip(sentences, words, strict=True)
            if pool in LABELS
        )
        if turn.act == "status":
            return (words[0], "\n".join(f"- {word}" for word in words[1:])), spans
        return _grouped(words, course.random), spans

    def _sentences(self, course: Course, turn: Turn, is_late: bool) -> list[tuple[str, str]]:
        table = self._recipes["friend" if course.person.circle == "friend" else ""]
        recipe = table.get(turn.act) or self._recipes[""].get(turn.act, [turn.act])
        pools = ["late"] if is_late else []
        for step in recipe:
            pool, _, chance = step.partition(" ")
            if not chance or course.random.random() < float(chance):
                pools.append(pool)
        if not course.subject:
            course.subject = self._subject(course, turn)
        sentences: list[tuple[str, str]] = []
        for pool in pools:
            text = self._sentence(course, turn, pool)
            if all(text[:ALIKE] != other[:ALIKE] for _, other in sentences):
                sentences.append((pool, text))
        return sentences

    def _sentence(self, course: Course, turn: Turn, pool: str) -> str:
        random = course.random
        slots = owners_view(course.slots) if turn.by == "owner" and pool != "ASK" else course.slots
        if pool == "ASK":
            question = self._question(course, turn)
            course.asked = random.randrange(len(question.asks))
            return expand(question.asks[course.asked], slots, random)
        if pool == "ANSWER":
            answers = self._question(course, turn).answers_to(course.asked)
            return expand(random.choice(answers), slots, random)
        if pool == "news" and (turn.by == "owner" or course.person.circle == "internal"):
            pool = "news_owner"
        return course.wording.sentence(pool, slots, random)

    def _question(self, course: Course, turn: Turn) -> Question:
        act = QUESTION_ACTS.get(turn.act)
        if act and (course.question is None or course.question.act != act):
            course.question = course.wording.question(turn.by, act)
        if course.question is None:
            raise LookupError(f"{turn.act} answers a question nobody asked")
        return course.question

    def _subject(self, course: Course, turn: Turn) -> str:
        if turn.act == "ask":
            templates = self._question(course, turn).subjects
        else:
            tables = load_phrases("subjects")
            own = tables.get(course.person.circle, {})
            templates = own.get(turn.act) or tables[course.language][turn.act]
        subject = expand(course.random.choice(templates), course.slots, course.random)
        return capitalised(subject)

    def forwarded(self, course: Course, turn: Turn) -> str:
        """Now and then a message passes on one of somebody else."""
        is_friend = course.person.circle == "friend"
        if turn.act != "fyi" or is_friend or course.random.random() > FORWARDS:
            return ""
        passed_on = course.random.choice(load_phrases("forwards")[course.language])
        subject = expand(passed_on["subject"], course.slots, course.random)
        course.subject = f"{'WG' if course.language == 'de' else 'Fwd'}: {subject}"
        return render_forward(passed_on, course)


def render_forward(passed_on: Mapping[str, str], course: Course) -> str:
    """Returns a forwarded message below its header block."""
    text = expand(passed_on["text"], course.slots, course.random)
    day = course.moment.date() - timedelta(days=course.random.randrange(1, 4))
    return FORWARD_HEADS[course.language].format(
        subject=course.subject.partition(": ")[2],
        day=f"{day:%d.%m.%Y}" if course.language == "de" else full_date(day, "en"),
        name=passed_on["name"],
        address=passed_on["address"],
        text=text,
    )


def _after_comma(text: str) -> str:
    """Returns a German sentence as it follows the comma of the greeting."""
    first = text.split(maxsplit=1)[0].rstrip(",:;.")
    lowered = load_phrases("courtesies")["lowered"]
    return text[0].lower() + text[1:] if first in lowered else text


def _grouped(words: list[str], random: Random) -> tuple[str, ...]:
    paragraphs = [words[0]]
    for word in words[1:]:
        if random.random() < 0.45:
            paragraphs.append(word)
        else:
            paragraphs[-1] += " " + word
    return tuple(paragraphs)
