"""Use case: read what the words of messages do, a pass of its own that can stop and go on.

Runs after the first verdicts, in worker processes. What was read is saved with how far reading
came, in one transaction, so that a pass that is killed goes on where it stopped. A newer reader
(`VERSION`) reads everything again. Only what a person wrote is read: promises, requests, hedges
and deeds in list mail, receipts and notifications are nobody's word to the owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from gonequiet.analysis.addressed import is_a_persons, is_on_their_side, sender_kind
from gonequiet.app.ports import Progress
from gonequiet.app.reading_version import VERSION
from gonequiet.domain.commitment import Claim, claim_key
from gonequiet.domain.contact import ContactKind
from gonequiet.language import acts, commitments, deeds
from gonequiet.language.acts import Act, SpokenAct
from gonequiet.language.commitments import Party
from gonequiet.language.deeds import SpokenDeed
from gonequiet.language.hedges import HEDGED_FROM, find_hedges, hedge_chances
from gonequiet.language.lexicon import Tongue
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.pages import Page, bit_of, page_of
from gonequiet.language.sentences import Sentence
from gonequiet.language.tongues import find_tongue

BATCH = 400
"""Messages in one transaction; a pass that is killed reads at most so many again."""
HEDGE = "hedge"
_WEIGHTS = "weights"
_MAX_CHARS = commitments.MAX_CHARS
_MOST_HEDGES = 40  # sentences of one message that are weighed
_HEDGES = bit_of("hedge")
_SHORTEST = 12  # characters of a sentence whose hedging can be weighed


class TextToRead(NamedTuple):
    """The words of one message.

    Attributes:
        message: its number.
        content_digest: of its content; the same after every import.
        sent_at: UTC epoch seconds, None when unknown.
        utc_offset_minutes: of the sender's clock, None when unknown.
        sender: the address it came from, "" without one.
        text: its new words.
        footer: what stands below them: a signature, small print.
        is_to_many: small print that was cut away says that it was sent to many.
        recipients: the first addresses it names as its readers.
    """

    message: int
    content_digest: int
    sent_at: int | None
    utc_offset_minutes: int | None
    sender: str
    text: str
    footer: str = ""
    is_to_many: bool = False
    recipients: tuple[str, ...] = ()


class ReadAct(NamedTuple):
    """What one sentence does.

    Attributes:
        act: a value of `language.acts.Act`, or "hedge".
        start: index in the new words of the sentence's first character.
        stop: index after its last.
        rule: the rule that read it, or "weights".
        chance: how likely it is meant, in per cent.
    """

    act: str
    start: int
    stop: int
    rule: str
    chance: int


class WordsRead(NamedTuple):
    """What the words of one message do.

    Attributes:
        message: its number.
        tongue: the language they are written in, "other" when it is none we read.
        sentences: how many there are.
        acts: what its sentences do, in order; those that only inform are left out.
        deeds: what they say was done.
        claims: what they undertake.
    """

    message: int
    tongue: str
    sentences: int
    acts: tuple[ReadAct, ...]
    deeds: tuple[SpokenDeed, ...]
    claims: tuple[Claim, ...]


class WordsStore(Protocol):
    """What reading needs of the store."""

    def read_through(self, version: int) -> int:
        """Returns the message number up to which this version has read, 0 for none."""

    def unread(self, after: int, limit: int) -> list[TextToRead]:
        """Returns the next personal messages by number."""

    def count_unread(self, after: int) -> int:
        """Returns how many personal messages are still to be read."""

    def save_words(
        self, words: Sequence[WordsRead], *, after: int, through: int, version: int
    ) -> None:
        """Replaces what was read of the messages in between, and notes how far it came."""

    def forget_words(self) -> None:
        """Drops everything read, so that it is read again."""

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""


class ReadWords(Protocol):
    """What was read, for the questions that rest on it."""

    def acts_of(self, messages: Sequence[int]) -> Mapping[int, WordsRead]:
        """Returns what the words of these messages do; messages that were not read are missing."""


class WordReader(Protocol):
    """Reads batches of texts, in this process or in others."""

    def in_order(
        self, batches: Iterable[Sequence[TextToRead]]
    ) -> Iterator[tuple[Sequence[TextToRead], list[WordsRead]]]:
        """Yields each batch with what was read, in the order of the batches."""


def read_messages(
    store: WordsStore, reading: AbstractContextManager[WordReader], progress: Progress
) -> int:
    """Reads every message not read yet; returns how many there were.

    The caller holds the writer's lock.
    """
    through = store.read_through(VERSION)
    total, newest = store.count_unread(through), store.newest_message()
    if not total and through >= newest:
        return 0
    done = 0
    progress("reading the words", done, total)
    with reading as reader:
        for batch, words in reader.in_order(_batches(store, through)):
            last = batch[-1].message
            store.save_words(words, after=through, through=last, version=VERSION)
            through, done = last, done + len(batch)
            progress("reading the words", done, total)
    store.save_words([], after=through, through=newest, version=VERSION)
    return done


def read_again(store: WordsStore) -> None:
    """Reads what was read once more, in this process: to hold one reading against the other."""
    until, through = store.read_through(VERSION), 0
    if not until:
        return
    store.forget_words()
    for batch in _batches(store, 0):
        known = [text for text in batch if text.message <= until]
        if not known:
            break
        last = known[-1].message
        store.save_words(read_texts(known), after=through, through=last, version=VERSION)
        through = last
    store.save_words([], after=through, through=until, version=VERSION)


def _batches(store: WordsStore, after: int) -> Iterator[list[TextToRead]]:
    while batch := store.unread(after, BATCH):
        yield batch
        after = batch[-1].message


def make_ready() -> None:
    """Loads rules and weights; processes forked afterwards share them."""
    read_texts(
        [TextToRead(0, 0, None, None, "", "Could you perhaps send it by Friday? I will call.")]
    )


def read_texts(texts: Sequence[TextToRead]) -> list[WordsRead]:
    """Reads several messages; many at a time cost less than one by one."""
    pages = [_page(text) for text in texts]
    found = zip(texts, pages, acts.read_pages(pages), _hedges(pages), strict=True)
    return [_words(*one) for one in found]


def _page(message: TextToRead) -> Page:
    text = message.text[:_MAX_CHARS]
    return page_of(text, find_tongue(text) if _is_a_persons(message) else Tongue.OTHER)


def _is_a_persons(message: TextToRead) -> bool:
    """Whether the words are one person's to another, by whom they are between and by themselves."""
    if message.is_to_many or not is_a_persons(message.sender, message.recipients):
        return False
    whole = f"{message.text[:_MAX_CHARS]}\n{message.footer}"
    return not is_sent_to_many(whole, from_a_role=_is_an_office(message))


def _is_an_office(message: TextToRead) -> bool:
    return sender_kind(message.sender) is ContactKind.ROLE


def _words(
    message: TextToRead, page: Page, spoken: Sequence[SpokenAct], hedged: Mapping[Sentence, float]
) -> WordsRead:
    is_office = _is_an_office(message)  # what it asks of somebody, a rule can name
    done = [
        ReadAct(one.act.value, one.start, one.stop, one.rule, round(one.chance * 100))
        for one in spoken
        if one.act is not Act.COMMITMENT and (one.rule != _WEIGHTS or not is_office)
    ]
    done += [ReadAct(HEDGE, *span, _WEIGHTS, round(one * 100)) for span, one in hedged.items()]
    found = commitments.read_page(page, written_on(message))
    claims = [_claim(message, page.text, one) for one in found]
    return WordsRead(
        message.message,
        page.tongue.value,
        len(page.spans),
        tuple(sorted(done, key=lambda one: (one.start, one.act))),
        deeds.read_page(page),
        tuple({one.key: one for one in reversed(claims)}.values())[::-1],
    )


def _claim(message: TextToRead, text: str, one: commitments.SpokenCommitment) -> Claim:
    rule, by_reader = one.rule, one.owed_by is Party.READER
    if one.owed_by is Party.COLLEAGUE and is_on_their_side(
        text[one.what_start : one.what_stop], message.sender, message.recipients
    ):
        rule, by_reader = f"{commitments.COLLEAGUE}: said by the other", True
    return Claim(
        claim_key(message.content_digest, text[one.start : one.stop]),
        message.message,
        one.start,
        one.stop,
        one.what_start,
        one.what_stop,
        by_reader,
        one.due_on,
        one.is_sure and rule == one.rule,
        rule,
    )


def written_on(message: TextToRead) -> date:
    """The day a message was written, by its sender's clock."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        seconds=message.sent_at or 0, minutes=message.utc_offset_minutes or 0
    )
    return moment.date()


def _with_a_hedge(page: Page) -> list[Sentence]:
    """The sentences that hold a hedging word."""
    return [
        span
        for span, kinds in zip(page.spans, page.kinds, strict=True)
        if kinds & _HEDGES
        and span.stop - span.start >= _SHORTEST
        and find_hedges(page.text[span.start : span.stop], page.tongue)
    ]


def _hedges(pages: Sequence[Page]) -> list[dict[Sentence, float]]:
    """The sentences that hold something back: they have a word for it, and the weights agree."""
    found: list[dict[Sentence, float]] = [{} for _ in pages]
    for tongue in (Tongue.ENGLISH, Tongue.GERMAN):
        at = [
            (number, span)
            for number, page in enumerate(pages)
            if page.tongue is tongue
            for span in _with_a_hedge(page)[:_MOST_HEDGES]
        ]
        chances = hedge_chances([pages[n].text[span.start : span.stop] for n, span in at], tongue)
        for (number, span), chance in zip(at, chances, strict=True):
            if chance >= HEDGED_FROM:
                found[number][span] = chance
    return found
