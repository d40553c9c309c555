"""The one place that picks implementations and reads the clock."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from gonequiet.errors import GonequietError, NotFound, StoreError

_STANDS_SECONDS = 3_600
_FEW = 2_500
"""The words of so many messages are read in a second or two, before a verdict is given."""

if TYPE_CHECKING:
    from gonequiet.analysis.course import QuietSpell
    from gonequiet.app.beliefs import ReplyBeliefs
    from gonequiet.app.by_hand import Entry
    from gonequiet.app.draft_desk import DraftDesk, ListedDraft
    from gonequiet.app.drifting import DriftingContact
    from gonequiet.app.engagement_desk import EngagementDesk
    from gonequiet.app.health import Finding, StatusReport
    from gonequiet.app.importing import ImportReport
    from gonequiet.app.initiative import Initiative, PlannedStep
    from gonequiet.app.judging import Judge
    from gonequiet.app.ledger import ListedPromise, PromiseReport
    from gonequiet.app.meetings import MeetingReport
    from gonequiet.app.outbox_ports import FoundDraft
    from gonequiet.app.own_side import OwnSideReport
    from gonequiet.app.owner import OwnerView
    from gonequiet.app.ports import Progress, SourceOpener
    from gonequiet.app.promised_waits import Promised
    from gonequiet.app.quiet import QuietReport, QuietRules
    from gonequiet.app.records import ContactCard, ListedProblem, Records, SearchHit
    from gonequiet.app.references import ReferenceReport, ReferenceWish
    from gonequiet.app.reflecting import LookingBack, Reflection
    from gonequiet.app.replaying import Backtested
    from gonequiet.app.rights import Erasure
    from gonequiet.app.set_aside import AsideMatter
    from gonequiet.app.show import ContactReport
    from gonequiet.app.today import TodayReport
    from gonequiet.app.workdays import ContactClocks
    from gonequiet.domain.edit import Edit
    from gonequiet.domain.evidence import Evidence
    from gonequiet.domain.logged import Logged
    from gonequiet.domain.reference import Reference
    from gonequiet.formats.record_file import ReadOptions
    from gonequiet.outbox.folders import FolderOutbox
    from gonequiet.outbox.template_folder import TemplateFolder
    from gonequiet.settings import Settings
    from gonequiet.store.asking import RecordTables
    from gonequiet.store.concluding import ConclusionTables
    from gonequiet.store.database import Database
    from gonequiet.store.editing import EditTables
    from gonequiet.store.ledger import LedgerTables
    from gonequiet.store.looks import LookTables
    from gonequiet.store.shelf import ShelfTables


def now() -> int:
    """Returns the present moment, UTC epoch seconds."""
    return int(time.time())


def day_of(moment: int) -> date:
    """Returns the day of a moment (UTC)."""
    return datetime.fromtimestamp(moment, UTC).date()


def default_database() -> Path:
    """Returns where the database lies when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("gonequiet", appauthor=False) / "gonequiet.db"


def settings_file() -> Path:
    """Returns where the settings file lies."""
    from platformdirs import user_config_path

    return user_config_path("gonequiet", appauthor=False) / "settings.toml"


def local_zone(named: str) -> tzinfo:
    """Returns the zone the owner set, else the machine's, else the machine's present offset."""
    from zoneinfo import ZoneInfo

    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in (named, os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            if name:
                return ZoneInfo(name)
        except (OSError, ValueError):  # no zone of that name: the next one is asked
            continue
    return datetime.now().astimezone().tzinfo or UTC


def default_outbox() -> Path:
    """Returns where drafts go when nothing else is said."""
    return default_database().with_name("outbox")


def template_folder() -> TemplateFolder:
    """Returns the templates, with the owner's beside the settings file."""
    from gonequiet.outbox.template_folder import TemplateFolder

    return TemplateFolder(settings_file().with_name("templates"))


def _edition() -> str:
    """Returns what tells one state of the judging code from another: release and newest file."""
    from gonequiet import __version__

    here = Path(__file__).parent
    folders = (here / part for part in ("app", "analysis/silence", "domain", "stats"))
    files = (file for folder in folders for file in os.scandir(folder) if file.is_file())
    return f"{__version__} {max(file.stat().st_mtime_ns for file in files)}"


def _silent(phase: str, done: int, total: int | None) -> None:
    """Reports nothing."""


@dataclass(frozen=True)
class Office:
    """Everything a face needs, put together for one database.

    Attributes:
        path: the database file.
        progress: told how a long job goes on that a question needs first.
    """

    path: Path
    progress: Progress = _silent

    @cached_property
    def settings(self) -> Settings:
        """The owner's settings."""
        from gonequiet.settings import read_settings

        return read_settings(settings_file())

    @cached_property
    def _new_or_known(self) -> Database:
        from gonequiet.store.database import Database

        database = Database(self.path)
        database.prepare()
        return database

    @cached_property
    def _known(self) -> Database:
        """The database, which must be there already."""
        from gonequiet.store.database import Database

        database = Database(self.path)
        if not database.exists():
            raise NotFound(
                f"No records have been imported yet (there is no {self.path}). "
                "Start with 'gonequiet import PATH', or look around with 'gonequiet demo'."
            )
        database.check_readable()
        return database

    @cached_property
    def _records(self) -> RecordTables:
        from gonequiet.store.asking import RecordTables

        return RecordTables(self._known)

    @cached_property
    def _edits(self) -> EditTables:
        from gonequiet.store.editing import EditTables

        return EditTables(self._known)

    def _conclusions(self, database: Database) -> ConclusionTables:
        from gonequiet.store.concluding import ConclusionTables

        return ConclusionTables(database)

    @cached_property
    def _beliefs(self) -> ReplyBeliefs:
        from gonequiet.app.believing import ModelBeliefs

        return ModelBeliefs(self._shelf)

    @cached_property
    def _looks(self) -> LookTables:
        from gonequiet.store.looks import LookTables

        return LookTables(self._known)

    @cached_property
    def _judge(self) -> Judge:
        from gonequiet.app.judging import Judge

        return Judge(
            records=self._records,
            beliefs=lambda: self._beliefs,
            clocks=lambda: self._clocks,
            looks=self._looks,
            edition=f"{_edition()} {self._rules.forget_after_days}",
            horizon_days=self._rules.horizon_days,
            threshold=self._rules.threshold,
        )

    def present(self) -> int:
        """Returns the moment of a question about now: when all was judged last, if that stands.

        It does for an hour, as long as no record, edit or setting changes and nothing open was to
        be looked at again meanwhile.
        """
        at = now()
        found = self._looks.find_next(self._judge.terms, at)
        if found is None:
            return at
        judged_at, next_look_at = found
        stands = at - _STANDS_SECONDS < judged_at <= at
        return judged_at if stands and (next_look_at is None or next_look_at > at) else at

    @cached_property
    def _clocks(self) -> ContactClocks:
        from gonequiet.app.workdays import ContactClocks
        from gonequiet.sources.holiday_book import PackagedHolidays
        from gonequiet.store.clues import ClueTables

        return ContactClocks(ClueTables(self._known), PackagedHolidays(), self._shelf)

    @cached_property
    def _shelf(self) -> ShelfTables:
        from gonequiet.store.shelf import ShelfTables

        return ShelfTables(self._known)

    @cached_property
    def _rules(self) -> QuietRules:
        from gonequiet.app.quiet import QuietRules

        found = self.settings
        return QuietRules(
            threshold=found.quiet_below,
            horizon_days=found.horizon_days,
            stale_after_days=found.stale_after_days,
            forget_after_days=found.forget_after_days,
        )

    def import_locations(
        self,
        locations: list[str],
        *,
        progress: Progress,
        workers: int | None = None,
        columns: Sequence[str] = (),
        names: Sequence[str] = (),
    ) -> ImportReport:
        """Imports any mixture of sources.

        Args:
            locations: files and folders.
            progress: told how it goes on.
            workers: how many processes read.
            columns: "field=column" words: which column of a table holds what.
            names: names the owner goes by in chats and networks.
        """
        from gonequiet.app.importing import import_locations
        from gonequiet.store.ingesting import IngestTables

        return import_locations(
            locations,
            reading=_reading(workers, self._read_options(locations, columns, names)),
            store=IngestTables(self._new_or_known),
            conclusions=self._conclusions(self._new_or_known),
            clock=now,
            progress=progress,
            country=self.settings.country,
        )

    def _read_what_is_new(self) -> None:
        """Reads the words not read yet, for a question that needs them.

        An import leaves them: the first verdicts need none, and are shown the sooner. Where the
        database may not be written now, the question is answered from what was read.
        """
        with suppress(StoreError):
            self.read_words(progress=self.progress)

    def _read_a_few(self) -> None:
        """Reads the words of new messages while they are few, so that promises in them count.

        After a large import verdicts are given at once, without what was promised.
        """
        from gonequiet.store.reading import count_behind

        if 0 < count_behind(self._known) <= _FEW:
            self._read_what_is_new()

    def read_words(self, *, progress: Progress, workers: int | None = None) -> int:
        """Reads the words of what was not read yet; returns how many messages."""
        from gonequiet.app.reading import read_messages
        from gonequiet.sources.word_readers import WordPool
        from gonequiet.store.reading import ReadingTables

        with self._known.sole_writer():
            return read_messages(ReadingTables(self._known), WordPool(workers), progress)

    def _read_options(
        self, locations: Sequence[str], columns: Sequence[str], names: Sequence[str]
    ) -> ReadOptions:
        """Returns what files that are not mail are read with; what is said of them is kept."""
        from gonequiet.app.telling import (
            options_for_reading,
            parse_mapping,
            tell_columns,
            tell_name,
        )
        from gonequiet.store.editing import EditTables

        tables, journal = self._conclusions(self._new_or_known), EditTables(self._new_or_known)
        said = parse_mapping(columns)
        for place in locations if said else ():
            if (file := Path(place).expanduser()).is_file():
                tell_columns(journal, _head_of(file), said, now=now())
        for name in names:
            tell_name(journal, tables.edits(), name, now=now())
        found = self.settings
        return options_for_reading(
            tables.edits(),
            tables.owner_names(),
            now=now(),
            country=found.country,
            zone=found.time_zone,
        )

    def quiet(self, *, as_of: int) -> QuietReport:
        """Returns who has gone quiet as of a moment."""
        from gonequiet.app.quiet import find_quiet

        self._read_a_few()
        with self._known.one_moment():
            records = self._with_promises(as_of)
            judge = replace(self._judge, records=records)
            return find_quiet(records, judge, as_of=as_of, rules=self._rules)

    def set_aside(self, *, as_of: int) -> list[AsideMatter]:
        """Returns what is not silence as of a moment, with the reason of each."""
        from gonequiet.app.set_aside import list_set_aside

        since = as_of - self._rules.forget_after_days * 86_400
        return list_set_aside(self._records, as_of=as_of, since=since)

    def _with_promises(self, as_of: int) -> Records:
        """Returns the records, with waits for what was promised for a day that went by."""
        from gonequiet.app.promised_waits import Promised, with_promises

        since = as_of - self._rules.forget_after_days * 86_400
        found = self._shelf.standing(
            "promised", lambda: self._promised(as_of, since), f"{_edition()} {as_of} {since}"
        )
        return with_promises(self._records, [Promised._make(one) for one in found])

    def _promised(self, as_of: int, since: int) -> list[Promised]:
        from gonequiet.app.promised import find_promised
        from gonequiet.store.ledger import LedgerTables

        ledger = LedgerTables(self._known, self._records.owner().addresses)
        return find_promised(ledger, as_of=as_of, since=since)

    def drifting(self, *, as_of: int) -> list[DriftingContact]:
        """Returns with whom the exchange has faded."""
        from gonequiet.app.drifting import find_drifting

        return find_drifting(self._records, as_of=as_of)

    def show(self, contact: str, *, as_of: int) -> ContactReport:
        """Returns what the records say of one contact."""
        from gonequiet.app.show import show_contact

        self._read_a_few()
        with self._known.one_moment():
            records = self._with_promises(as_of)
            judge = replace(self._judge, records=records)
            return show_contact(records, judge, contact, as_of=as_of, rules=self._rules)

    def _looking_back(self) -> LookingBack:
        from gonequiet.app.ledger import all_commitments
        from gonequiet.app.quiet import weigh_contact
        from gonequiet.app.reflecting import BaseRate, LookingBack
        from gonequiet.store.reflecting import ReflectionTables

        def base_rate(contact: int, as_of: int) -> BaseRate | None:
            matters = weigh_contact(self._records, self._judge, contact, as_of=as_of)
            return BaseRate(matters[0].alike, matters[0].alike_answered) if matters else None

        return LookingBack(
            records=self._records,
            exchanges=ReflectionTables(self._known, self._records.owner().addresses),
            clocks=self._clocks,
            commitments=lambda contact, as_of: all_commitments(
                self._ledger, as_of=as_of, contact=contact
            ),
            base_rate=base_rate,
        )

    def reflect(self, contact: str, *, as_of: int) -> Reflection:
        """Looks back on the exchange with one contact."""
        from gonequiet.app.reflecting import reflect_on

        return reflect_on(self._looking_back(), contact, as_of=as_of)

    def overrule(self, sign: str, *, because: str, as_of: int) -> Evidence:
        """Keeps that a sign does not count."""
        from gonequiet.app.reflecting import overrule

        desk = self._looking_back()
        with self._known.sole_writer():
            return overrule(desk, self._edits, sign, because=because, as_of=as_of, now=now())

    def search(self, text: str, limit: int) -> list[SearchHit]:
        """Returns messages that hold a text literally."""
        return self._records.search(text, limit)

    def contacts(self, *, including_set_aside: bool) -> list[ContactCard]:
        """Returns the contacts, the latest exchange first."""
        return self._records.contacts(including_set_aside=including_set_aside)

    def suggestions(self) -> list[tuple[str, str, str]]:
        """Returns pairs of contacts that may be one person, with the reason."""
        from gonequiet.app.concluding import find_suggestions

        return find_suggestions(self._conclusions(self._known))

    def owner(self) -> OwnerView:
        """Returns who the owner is taken to be."""
        return self._records.owner()

    def merge(self, contacts: list[str], *, progress: Progress) -> list[Edit]:
        """Says that several contacts are one."""
        from gonequiet.app.identities import merge

        with self._known.sole_writer():
            country = self.settings.country
            made = merge(self._records, self._edits, contacts, now=now(), country=country)
            self._redraw(progress)
        return made

    def split(self, address: str, *, progress: Progress) -> Edit:
        """Says that an address is a contact of its own."""
        from gonequiet.app.identities import split

        with self._known.sole_writer():
            country = self.settings.country
            made = split(self._records, self._edits, address, now=now(), country=country)
            self._redraw(progress)
        return made

    def set_owner(self, addresses: list[str], *, forget: bool, progress: Progress) -> None:
        """Says which addresses are the owner's, or are not."""
        from gonequiet.app.identities import set_owner

        with self._known.sole_writer():
            country = self.settings.country
            set_owner(self._edits, addresses, forget=forget, now=now(), country=country)
            self._redraw(progress)

    def introduce_owner(self, addresses: Sequence[str]) -> None:
        """Says who the owner is before anything is imported; nothing is said twice."""
        from gonequiet.app.identities import set_owner
        from gonequiet.store.editing import EditTables

        if not self._conclusions(self._new_or_known).edits():
            set_owner(EditTables(self._new_or_known), addresses, forget=False, now=now())

    def log(self, entry: Entry, *, progress: Progress) -> Logged:
        """Enters an exchange by hand."""
        from gonequiet.app.by_hand import log_entry

        with self._known.sole_writer():
            made = log_entry(self._records, self._edits, entry, now=now())
            self._redraw(progress)
        return made

    def log_table(self, table: Path, *, progress: Progress) -> tuple[list[Logged], list[str]]:
        """Enters the rows of a table; returns what was entered, and what could not be.

        Raises:
            GonequietError: the table cannot be read.
        """
        from gonequiet.app.by_hand import log_entry, parse_rows

        try:
            text = table.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise GonequietError(
                f"{table} cannot be read ({error.strerror}). Name another file."
            ) from error
        entries, mistakes = parse_rows(text)
        made = []
        with self._known.sole_writer():
            for entry in entries:
                try:
                    made.append(log_entry(self._records, self._edits, entry, now=now()))
                except GonequietError as error:
                    mistakes.append(str(error))
            self._redraw(progress)
        return made, mistakes

    def logged(self, contact: str | None) -> list[Logged]:
        """Returns what was entered by hand: of one contact, or all of it."""
        from gonequiet.app.identities import get_contact
        from gonequiet.domain.logged import logged_in

        entries = logged_in(self._conclusions(self._known).edits())
        if contact is None:
            return entries
        known = {address for address, _ in get_contact(self._records, contact).addresses}
        return [one for one in entries if one.address in known]

    def change_logged(self, number: int, note: str | None, *, progress: Progress) -> None:
        """Gives an entry another note, or takes it out."""
        from gonequiet.app.by_hand import change_entry

        with self._known.sole_writer():
            edits = self._conclusions(self._known).edits()
            change_entry(self._edits, edits, number, note, now=now())
            self._redraw(progress)

    def undo(self, *, progress: Progress) -> Edit:
        """Takes back the last thing the owner said."""
        from gonequiet.app.identities import undo

        with self._known.sole_writer():
            taken = undo(self._conclusions(self._known).edits(), self._edits, now=now())
            self._redraw(progress)
        return taken

    def _redraw(self, progress: Progress) -> None:
        from gonequiet.app.by_hand import bring_up_to_date
        from gonequiet.app.concluding import conclude
        from gonequiet.store.ingesting import IngestTables

        conclusions = self._conclusions(self._known)
        bring_up_to_date(IngestTables(self._known), conclusions.edits(), now())
        conclude(conclusions, now=now(), progress=progress)

    def engagement_desk(self) -> EngagementDesk:
        """Returns what engagements are asked about and spoken of with."""
        from gonequiet.analysis.addresses import organisation_of
        from gonequiet.app.engagement_desk import EngagementDesk, house_of
        from gonequiet.domain.engagement import benchmarks_from
        from gonequiet.store.engaging import EngagementTables

        return EngagementDesk(
            store=EngagementTables(self._known),
            records=self._records,
            edits=self._edits,
            shelf=self._shelf,
            quiet=self._quiet_spells,
            house=house_of(map(organisation_of, self._records.owner().addresses)),
            benchmarks=benchmarks_from(self.settings.benchmarks),
            persistence_cap=self.settings.persistence_cap,
            forget_after_days=self.settings.forget_after_days,
        )

    def _quiet_spells(self, as_of: int) -> Mapping[int, QuietSpell]:
        from gonequiet.app.quiet_spells import find_quiet_spells

        return find_quiet_spells(self._records, self.quiet(as_of=as_of))

    def draft_desk(self) -> DraftDesk:
        """Returns what drafts are planned, written and saved with."""
        from gonequiet.app.draft_desk import DraftDesk
        from gonequiet.app.pending import days_in
        from gonequiet.app.promised_matters import LedgerPromises
        from gonequiet.app.quiet import find_all_doubts
        from gonequiet.store.drafting import DraftTables, LetterTables

        rules, zone = self._rules, self._zone
        return DraftDesk(
            records=self._records,
            letters=LetterTables(self._known),
            templates=template_folder(),
            memory=DraftTables(self._known, now()),
            promises=LedgerPromises(records=self._ledger, day_of=days_in(zone)),
            doubts=lambda as_of: [
                one.sentence for one in find_all_doubts(self._records, as_of, rules)
            ],
            zone=zone,
            disabled=self.lint_disabled,
        )

    @property
    def lint_disabled(self) -> tuple[str, ...]:
        """The rules of tone the owner does not want."""
        return tuple(filter(None, self.settings.lint_disable.split(", ")))

    @cached_property
    def _zone(self) -> tzinfo:
        return local_zone(self.settings.time_zone)

    def outbox(self, folder: Path | None) -> FolderOutbox:
        """Returns where drafts go: the folder named, else the one set, else the usual one."""
        from gonequiet.outbox.folders import open_outbox

        given = self.settings.outbox
        usual = Path(given).expanduser() if given else default_outbox()
        return open_outbox(usual if folder is None else folder.expanduser().absolute())

    def list_drafts(self, folder: Path | None) -> list[ListedDraft]:
        """Returns the drafts made for an outbox, and what became of them."""
        from gonequiet.app.draft_desk import list_drafts

        return list_drafts(self.outbox(folder), self.draft_desk().memory)

    def remove_draft(self, given: str, folder: Path | None) -> FoundDraft:
        """Removes a draft of ours that nobody touched."""
        from gonequiet.app.draft_desk import remove_draft

        return remove_draft(self.outbox(folder), self.draft_desk().memory, given)

    def find_draft(self, given: str, folder: Path | None) -> FoundDraft:
        """Returns a draft of ours by the beginning of its id."""
        from gonequiet.app.draft_desk import get_draft

        return get_draft(self.outbox(folder), given)

    @cached_property
    def _ledger(self) -> LedgerTables:
        from gonequiet.store.ledger import LedgerTables

        self._read_what_is_new()
        return LedgerTables(self._known, self._records.owner().addresses)

    def promises(
        self,
        contact: str | None,
        *,
        side: str | None,
        states: Sequence[str],
        everything: bool,
        as_of: int,
    ) -> PromiseReport:
        """Returns what both sides undertook, as of a moment."""
        from gonequiet.app.identities import get_contact
        from gonequiet.app.ledger import PromiseWish, list_promises
        from gonequiet.domain.commitment import Side, State

        wish = PromiseWish(
            contact=None if contact is None else get_contact(self._records, contact).number,
            side=None if side is None else Side(side),
            states=frozenset(map(State, states)),
            everything=everything,
        )
        return list_promises(self._ledger, wish, as_of=as_of)

    def proposed_promises(self, *, as_of: int, everything: bool) -> list[ListedPromise]:
        """Returns what may be meant as a promise and waits for the owner's word."""
        from gonequiet.app.ledger import list_proposed

        return list_proposed(self._ledger, as_of=as_of, everything=everything)

    def judge_promise(self, which: str, verdict: str, *, due_on: date | None) -> str:
        """Keeps what the owner says of a promise; returns its key."""
        from gonequiet.app.ledger import judge
        from gonequiet.domain.commitment import Verdict

        word = Verdict("withdrawn" if verdict == "withdraw" else verdict)
        with self._known.sole_writer():
            made = judge(self._ledger, self._edits, which, word, now=now(), due_on=due_on)
        return made.first

    def backtest(self, *, as_of: int, false_alarms: float | None) -> Backtested:
        """Replays the owner's own mail as it was known at a moment."""
        from gonequiet.app.believing import as_waits
        from gonequiet.app.replaying import replay_all

        records = self._records
        waits = as_waits(records.waits(), records.inbound(), as_of).known_at(float(as_of))
        return replay_all(
            waits, threshold=self._rules.threshold, false_alarms=false_alarms, team=False
        )[0]

    def backtest_tables(
        self, directory: Path, target: str, out: Path, *, team: bool, false_alarms: float | None
    ) -> Backtested:
        """Replays tables of waits and writes the predictions."""
        from gonequiet.app.replaying import replay_all
        from gonequiet.sources.waiting_tables import read_waiting_tables, save_predictions

        waits = read_waiting_tables(str(directory), target, team=team)
        found, replay = replay_all(
            waits, threshold=self._rules.threshold, false_alarms=false_alarms, team=team
        )
        save_predictions(replay, str(out))
        return found

    def problems(self) -> list[ListedProblem]:
        """Returns everything that could not be read as it should be."""
        return self._records.problems()

    def status(self, *, as_of: int) -> StatusReport:
        """Returns how fresh and complete the records are."""
        from gonequiet.app.health import assess_records

        with self._known.one_moment():
            return assess_records(
                self._records,
                as_of=as_of,
                stale_after_days=self._rules.stale_after_days,
                judged=self._looks.find_next(self._judge.terms, as_of),
            )

    def verify(self, *, progress: Progress) -> list[Finding]:
        """Returns everything in the database that is not as it was written."""
        from gonequiet.store.verifying import find_damage, find_drift

        progress("checking every row", 0, None)
        found = find_damage(self._known)
        if found:
            return found
        progress("drawing all conclusions again", 0, None)
        with TemporaryDirectory(prefix="gonequiet-", dir=self.path.parent) as folder:
            return find_drift(self._known, self._drawn_again, Path(folder))

    def _drawn_again(self, database: Database) -> None:
        from gonequiet.app.concluding import conclude
        from gonequiet.app.reading import read_again
        from gonequiet.store.reading import ReadingTables

        tables = self._conclusions(database)
        drawn_at = tables.drawn_at()
        conclude(tables, now=drawn_at or now(), progress=_silent, everything=True)
        read_again(ReadingTables(database))

    def steps(self, *, as_of: int) -> list[PlannedStep]:
        """Returns the next decent step of each engagement that needs one."""
        return self._initiative.steps(self.quiet(as_of=as_of), as_of=as_of)

    @cached_property
    def _initiative(self) -> Initiative:
        from gonequiet.app.initiative import Initiative
        from gonequiet.store.meetings import MeetingTables

        return Initiative(
            self.engagement_desk(), self._records, MeetingTables(self._known), self._clocks
        )

    def today(self, *, as_of: int) -> TodayReport:
        """Returns the morning page."""
        from gonequiet.app.today import lay_out

        quiet = self.quiet(as_of=as_of)
        found = self.promises(None, side=None, states=(), everything=False, as_of=as_of)
        return lay_out(
            as_of=as_of,
            withheld=quiet.doubts[0].sentence if quiet.doubts else "",
            steps=self._initiative.steps(quiet, as_of=as_of),
            own_side=self.own_side(as_of=as_of),
            promises=found.listed,
            meetings=self.meetings(None, as_of=as_of),
        )

    def meetings(self, contact: str | None, *, as_of: int) -> MeetingReport:
        """Returns meetings to come and held, and who is due for one in person."""
        from gonequiet.app.meetings import list_meetings
        from gonequiet.store.meetings import MeetingTables

        number = None if contact is None else self.contact(contact).number
        return list_meetings(MeetingTables(self._known), as_of=as_of, contact=number)

    def add_reference(self, contact: str, wish: ReferenceWish) -> Reference:
        """Records what somebody says of a contact's reliability."""
        from gonequiet.app.references import add_reference

        card, moment = self.contact(contact), now()
        return add_reference(self._edits, card, wish, now=moment, today=day_of(moment))

    def remove_reference(self, number: int) -> Reference:
        """Takes a reference out."""
        from gonequiet.app.references import remove_reference

        edits = self._conclusions(self._known).edits()
        return remove_reference(self._edits, edits, number, now=now())

    def references(self, contact: str, *, as_of: int) -> ReferenceReport:
        """Returns the references of a contact, and how reliable their promises were."""
        from gonequiet.app.ledger import all_commitments
        from gonequiet.app.references import report_on
        from gonequiet.domain.commitment import Standing, state_of

        card = self.contact(contact)
        found = [
            one
            for one in all_commitments(self._ledger, as_of=as_of, contact=card.number)
            if one.standing is Standing.RECORDED
        ]
        states = [state_of(one, as_of) for one in found]
        edits = self._conclusions(self._known).edits()
        return report_on(card, edits, found, states, day_of(as_of))

    def own_side(self, *, as_of: int) -> OwnSideReport:
        """Returns who waits for the owner, and how the owner answers."""
        from gonequiet.app.own_side import assess_own_side
        from gonequiet.store.own_side import OwnSideTables

        return assess_own_side(
            OwnSideTables(self._known),
            as_of=as_of,
            forget_after_days=self._rules.forget_after_days,
        )

    def contact(self, text: str) -> ContactCard:
        """Returns the one contact a name or address means."""
        from gonequiet.app.identities import get_contact

        return get_contact(self._records, text)

    def whole(self, contact: str, *, as_of: int) -> dict[str, Any]:
        """Returns everything the store holds of one contact, and what was concluded from it."""
        from gonequiet.app.rights import whole_contact
        from gonequiet.store.whole import ContactTables

        return whole_contact(self.show(contact, as_of=as_of), ContactTables(self._known))

    def write_page(self, whole: dict[str, Any], target: Path) -> None:
        """Writes what `whole` gives as a page to read."""
        from gonequiet.formats.contact_page import render_page

        self.write_lines(render_page(whole).split("\n"), target)

    def freeze(self, contact: str, *, thaw: bool, progress: Progress) -> tuple[ContactCard, Edit]:
        """Says that nothing is to be concluded about a contact, or that it may be again."""
        from gonequiet.app.rights import freeze

        with self._known.sole_writer():
            card, made = freeze(self._records, self._edits, contact, thaw=thaw, now=now())
            self._redraw(progress)
        return card, made

    def erase(self, contact: str, *, progress: Progress) -> Erasure:
        """Erases one contact whole, here and in every backup beside the database."""
        from gonequiet.app.rights import Erasure
        from gonequiet.store.erasing import erase_everywhere, rewrite
        from gonequiet.store.naming import names_of

        with self._known.sole_writer():
            card = self.contact(contact)
            addresses = [address for address, _ in card.addresses]
            names = names_of(self._known, addresses, card.name)
            drafts = self._remove_drafts_to(addresses)
            progress("erasing", 0, None)
            done = erase_everywhere(self._known, addresses, names)
            self._redraw(progress)
            progress("writing the database anew", 0, None)
            rewrite(self._known)
        return Erasure(
            records=done.records,
            blotted=done.blotted,
            edits=done.edits,
            drafts=drafts,
            backups=self._remove_backups(),
        )

    def _remove_drafts_to(self, addresses: Sequence[str]) -> int:
        """Deletes the drafts of ours to any of these addresses, edited or not."""
        made = self.draft_desk().memory.made()
        places = {self.outbox(None).location, *(kept.outbox for kept in made)}
        outboxes = [self.outbox(Path(place)) for place in sorted(places) if Path(place).is_dir()]
        return sum(
            outbox.erase(draft.plan)
            for outbox in outboxes
            for draft in outbox.drafts()
            if _goes_to(draft.raw, addresses)
        )

    def _remove_backups(self) -> int:
        found = list(self.path.parent.glob(f"{self.path.stem}.before-*"))
        for file in found:
            file.unlink(missing_ok=True)
        return len(found)

    def retain(self, source: str, days: int | None, *, progress: Progress) -> int:
        """Keeps the records of a source for so many days; returns how many were deleted.

        Raises:
            NotFound: there is no such source.
        """
        from gonequiet.domain.edit import EditVerb
        from gonequiet.store.erasing import drop_older, rewrite

        known = [one.location for one in self._records.sources()]
        named = str(Path(source).expanduser().absolute())
        location = next((one for one in known if one in (source, named)), None)
        if location is None:
            raise NotFound(f"There is no source {source}. 'gonequiet status' lists them.")
        with self._known.sole_writer():
            said = "" if days is None else str(days)
            self._edits.add_edit(EditVerb.RETAIN, location, said, 0, now=now())
            gone = 0 if days is None else drop_older(self._known, location, now() - days * 86_400)
            self._redraw(progress)
            if gone:
                rewrite(self._known)
        return gone

    def back_up(self, file: Path) -> int:
        """Copies the database to a file; returns its size.

        Raises:
            GonequietError: the file cannot be written.
        """
        from gonequiet.store.database import back_up

        try:
            back_up(self._known.path, file)
            return file.stat().st_size
        except OSError as error:
            raise GonequietError(
                f"{file} cannot be written ({error.strerror}). Name another file."
            ) from error

    def restore(self, file: Path, *, progress: Progress) -> Path | None:
        """Puts a backup or an archive in the place of the database; returns where that lies now.

        Raises:
            GonequietError: the file is neither, or cannot be read.
        """
        from gonequiet.store.database import Database

        fresh = Database(self.path.with_name(f".{self.path.name}.restoring"))
        progress("restoring", 0, None)
        try:
            self._fill(fresh, file)
            kept = self._set_aside() if self.path.exists() else None
            fresh.path.replace(self.path)
        finally:
            for left in self.path.parent.glob(f".{self.path.name}.restoring*"):
                left.unlink(missing_ok=True)
        return kept

    def _fill(self, fresh: Database, file: Path) -> None:
        from gonequiet.store.database import back_up, told
        from gonequiet.store.erasing import rewrite
        from gonequiet.store.restoring import restore_lines

        if not file.is_file():
            raise NotFound(f"There is no file {file}. Name what 'gonequiet backup' wrote.")
        fresh.path.unlink(missing_ok=True)
        if _head_of(file).startswith(b"SQLite format 3\0"):
            with told(file):
                back_up(file, fresh.path)
            fresh.prepare()
        else:
            fresh.prepare()
            with file.open(encoding="utf-8", errors="replace") as lines:
                restore_lines(fresh, lines)
            self._drawn_again(fresh)
        rewrite(fresh)

    def _set_aside(self) -> Path:
        """Moves the database out of the way, with its log folded in."""
        from gonequiet.store.erasing import rewrite

        with self._known.sole_writer():
            rewrite(self._known)
            kept = self.path.with_name(f"{self.path.stem}.before-restore-{now()}.db")
            self.path.replace(kept)
            for log in ("-wal", "-shm"):
                self.path.with_name(f"{self.path.name}{log}").unlink(missing_ok=True)
        return kept

    def archive_lines(self) -> Iterator[str]:
        """Yields what `restore` takes in, as lines of JSON."""
        from gonequiet.store.exporting import archive_lines

        return archive_lines(self._known)

    def export_lines(self) -> Iterator[str]:
        """Yields everything in the store as lines of JSON."""
        from gonequiet.store.exporting import export_lines

        self._read_what_is_new()  # what was read is part of it, however the reading was put off
        return export_lines(self._known)

    def write_lines(self, lines: Iterable[str], target: Path) -> None:
        """Writes lines to a file of the owner's, whole or not at all.

        Raises:
            GonequietError: the file cannot be written.
        """
        partial = target.with_name(f".{target.name}.part")
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in lines)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise GonequietError(
                f"{target} cannot be written ({error.strerror}). Name another file."
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """Where the demo was put.

    Attributes:
        folder: holds everything below.
        mail: the folder of mail.
        records: every folder to import: mail, calendar, cards.
        truth: what was planted.
        database: its own database.
        as_of: the moment of the demo, UTC epoch seconds.
        owner: the made-up owner's addresses.
    """

    folder: Path
    mail: Path
    records: tuple[Path, ...]
    truth: Path
    database: Path
    as_of: int
    owner: tuple[str, ...]


def default_demo_folder() -> Path:
    """Returns where the demo lies when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("gonequiet", appauthor=False) / "demo"


def write_demo(folder: Path) -> DemoPlace:
    """Makes the demo mailbox and writes it to a folder; files already there stay as they are.

    Raises:
        GonequietError: the folder cannot be written.
    """
    from gonequiet.demo import generate

    demo = generate()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        _make_way(folder, demo.fingerprint())
        for empty in demo.folders:
            (folder / empty).mkdir(parents=True, exist_ok=True)
        for file in demo.files:
            _write_if_new(folder / file.path, file.content)
    except OSError as error:
        raise GonequietError(
            f"The demo cannot be written to {folder} ({error.strerror}). Name another folder: "
            "gonequiet demo FOLDER."
        ) from error
    return DemoPlace(
        folder=folder,
        mail=folder / demo.mail,
        records=tuple(
            folder / name
            for name in sorted({file.path.parts[0] for file in demo.files} - {"truth"})
        ),
        truth=folder / "truth" / "truth.json",
        database=folder / "demo.db",
        as_of=int(demo.as_of.timestamp()),
        owner=demo.owner,
    )


_DEMO_MARK = ".gonequiet-demo"


def _make_way(folder: Path, fingerprint: str) -> None:
    """Removes an earlier demo of ours from a folder; anything else there is left alone."""
    mark = folder / _DEMO_MARK
    if mark.exists() and mark.read_text(encoding="utf-8") != fingerprint:
        for name in ("mail", "truth", "calendar", "contacts"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for left in folder.glob("demo.db*"):
            left.unlink()
    mark.write_text(fingerprint, encoding="utf-8")


def _write_if_new(target: Path, content: bytes) -> None:
    if target.exists() and target.stat().st_size == len(content):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _goes_to(content: bytes, addresses: Sequence[str]) -> bool:
    return any(address.encode() in content.lower() for address in addresses)


def _head_of(file: Path) -> bytes:
    try:
        with file.open("rb") as content:
            return content.read(65_536)
    except OSError as error:
        raise GonequietError(
            f"{file} cannot be read ({error.strerror}). Name another file."
        ) from error


@contextmanager
def _reading(workers: int | None, options: ReadOptions) -> Iterator[SourceOpener]:
    from gonequiet.sources.mail_files.source import open_mail_files
    from gonequiet.sources.mail_files.workers import ReadingPool

    with ReadingPool(workers) as pool:
        yield lambda location: open_mail_files(location, pool, options)
