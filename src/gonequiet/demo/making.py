"""Makes the demo mailbox: the cast lives eighteen months, and the truth is written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from pathlib import PurePosixPath

from gonequiet.demo.agenda import render_calendar
from gonequiet.demo.automatic import make_automatic_traffic, make_list_posts
from gonequiet.demo.cards import render_cards
from gonequiet.demo.cast import Cast, load_cast
from gonequiet.demo.chance import chance
from gonequiet.demo.composing import Composer
from gonequiet.demo.course import Thread
from gonequiet.demo.folders import DemoFile, empty_folders, lay_out
from gonequiet.demo.invitations import make_invitations
from gonequiet.demo.mail import Mail
from gonequiet.demo.plays import Performance, Stage, first_final_days, load_plays
from gonequiet.demo.seasons import (
    Season,
    drop_open_ends,
    leavers,
    quiet_spans_of,
    write_fading,
    write_season,
)
from gonequiet.demo.telling import Records, tell_truth
from gonequiet.demo.threads import ThreadWriter
from gonequiet.demo.truth import Truth, render_truth
from gonequiet.demo.wording import load_wordings

DEFAULT_SEED = 7
DEFAULT_END = date(2026, 5, 7)
DAYS = 546
LIST_POSTS = 18
LETTERS_FROM = "vantage-depot"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMailbox:
    """The demo, ready to be written.

    Attributes:
        files: everything to write, paths relative to one folder.
        folders: folders that exist even when empty.
        mail: the folder to import; `calendar` and `contacts` are files for their own importers.
        truth: what was planted; also among the files, as truth/truth.json.
        as_of: the moment of the demo, aware UTC; nothing is later.
        owner: the owner's addresses, the main one first.
    """

    files: tuple[DemoFile, ...]
    folders: tuple[PurePosixPath, ...]
    mail: PurePosixPath
    calendar: PurePosixPath
    contacts: PurePosixPath
    truth: Truth
    as_of: datetime
    owner: tuple[str, ...]

    def fingerprint(self) -> str:
        """Returns a digest of every file: another demo has another one."""
        digest = blake2b(digest_size=16)
        for file in self.files:
            digest.update(str(file.path).encode() + b"\0" + file.content)
        return digest.hexdigest()


def generate(seed: int = DEFAULT_SEED, ends_on: date = DEFAULT_END) -> DemoMailbox:
    """Makes the demo mailbox of eighteen months; the same arguments give the same bytes.

    Args:
        seed: of all chance in it.
        ends_on: the last day. The planted public holidays belong to the default.
    """
    as_of = datetime.combine(ends_on, time(16, 30), tzinfo=UTC)
    start = ends_on - timedelta(days=DAYS)
    records = _live(seed, start, ends_on)
    truth = tell_truth(records, seed, as_of)
    calendar, contacts = (
        PurePosixPath("calendar/calendar.ics"),
        PurePosixPath("contacts/contacts.vcf"),
    )
    first = datetime.combine(start, time(0), tzinfo=UTC)
    extra = (
        DemoFile(
            path=calendar, content=render_calendar(truth.meetings, records.cast, first, as_of)
        ),
        DemoFile(path=contacts, content=render_cards(records.cast, records.more_addresses())),
        DemoFile(path=PurePosixPath("truth/truth.json"), content=render_truth(truth)),
    )
    mail_files = lay_out(records.mails, first, as_of, _letters(records))
    return DemoMailbox(
        files=(*mail_files, *extra),
        folders=empty_folders(),
        mail=PurePosixPath("mail"),
        calendar=calendar,
        contacts=contacts,
        truth=truth,
        as_of=as_of,
        owner=records.cast.owner.addresses,
    )


def _live(seed: int, start: date, end: date) -> Records:
    cast = load_cast(seed)
    composer = Composer(cast, seed)
    plays = load_plays()
    stage = Stage(cast, composer, end, chance(seed, "plays"))
    performances = tuple(stage.perform(play) for play in plays)
    last_days = first_final_days(plays, cast, end)
    threads = _ordinary_threads(seed, cast, composer, performances, last_days, start, end)
    machines, set_aside = make_automatic_traffic(
        cast.owner.party, start, end, chance(seed, "machines")
    )
    personal = [mail for thread in threads for mail in (*thread.mails, *thread.notices)]
    invitations = make_invitations(threads, cast, chance(seed, "invitations"))
    forum = [mail for mail in machines if mail.sender.address.startswith("ops-forum")]
    posts = make_list_posts(composer, forum, LIST_POSTS, chance(seed, "posts"))
    planted = [mail for performance in performances for mail in performance.mails.values()]
    every = [*planted, *personal, *machines, *invitations, *posts]
    return Records(
        cast=cast,
        mails=_until(sorted(every, key=lambda mail: (mail.at, mail.message_id)), end),
        performances=performances,
        threads=tuple(threads),
        set_aside=set_aside,
        end=end,
    )


def _ordinary_threads(
    seed: int,
    cast: Cast,
    composer: Composer,
    performances: tuple[Performance, ...],
    last_days: Mapping[str, date],
    start: date,
    end: date,
) -> list[Thread]:
    words = load_wordings(chance(seed, "wording"))
    writer = ThreadWriter(cast, composer, words, leavers(cast, last_days))
    pairs = _answered_silences(performances)
    later = _planted_mails(performances)
    threads: list[Thread] = []
    for person in cast.people:
        random = chance(seed, f"threads/{person.key}")
        if person.threads_a_month == 0:
            threads += write_fading(person, end, writer, random)
            continue
        season = Season(
            start=max(start, end - timedelta(days=int(person.since_working_days * 1.45)))
            if person.since_working_days
            else start,
            end=min(last_days.get(person.key, end), end) - timedelta(days=1),
            quiet_spans=quiet_spans_of(pairs, person.key),
        )
        found = write_season(person, season, writer, random)
        threads += drop_open_ends(found, later.get(person.key, ()))
    return threads


def _answered_silences(
    performances: tuple[Performance, ...],
) -> dict[str, list[tuple[Mail, Mail]]]:
    pairs: dict[str, list[tuple[Mail, Mail]]] = defaultdict(list)
    for performance in performances:
        response = performance.play.get("response")
        if response:
            opening = performance.mails[response["opening"]]
            answer = performance.mails[response["message"]]
            pairs[performance.play["contact"]].append((opening, answer))
    return pairs


def _planted_mails(performances: tuple[Performance, ...]) -> dict[str, tuple[Mail, ...]]:
    found: dict[str, tuple[Mail, ...]] = defaultdict(tuple)
    for performance in performances:
        key = performance.play["contact"]
        found[key] += tuple(mail for mail in performance.mails.values() if mail.style == "personal")
    return found


def _until(mails: list[Mail], end: date) -> list[Mail]:
    last = datetime.combine(end, time(16, 0), tzinfo=UTC)
    return [mail for mail in mails if mail.at <= last]


def _letters(records: Records) -> frozenset[str]:
    play = next(p for p in records.performances if p.play["name"] == LETTERS_FROM)
    return frozenset(mail.message_id for mail in list(play.mails.values())[:5])
