"""Who has gone quiet, how sure it is, and what the records say of a contact."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.domain.moments import DAY
from gonequiet.wiring.bringing_in import BringingIn
from gonequiet.wiring.places import now

if TYPE_CHECKING:
    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.beliefs import ReplyBeliefs
    from gonequiet.app.drifting import DriftingContact
    from gonequiet.app.health import StatusReport
    from gonequiet.app.judging import Judge
    from gonequiet.app.promised_waits import Promised
    from gonequiet.app.quiet import QuietReport
    from gonequiet.app.records import Records
    from gonequiet.app.replaying import Backtested
    from gonequiet.app.set_aside import AsideMatter
    from gonequiet.app.show import ContactReport
    from gonequiet.app.workdays import ContactClocks
    from gonequiet.domain.as_of import AsOf


_STANDS_SECONDS = 3_600


_JUDGES = ("app", "analysis/silence", "domain", "stats")
"""The folders a reply probability rests on."""


def edition_of(parts: Sequence[str] = _JUDGES) -> str:
    """Returns what tells one state of some code from another: release and newest file."""
    from gonequiet import __version__

    here = Path(__file__).parent.parent
    folders = (here / part for part in parts)
    files = (file for folder in folders for file in os.scandir(folder) if file.is_file())
    return f"{__version__} {max(file.stat().st_mtime_ns for file in files)}"


class Judging(BringingIn):
    """Gives verdicts as of a moment."""

    @cached_property
    def _beliefs(self) -> ReplyBeliefs:
        from gonequiet.app.believing import ModelBeliefs

        return ModelBeliefs(self._shelf)

    @cached_property
    def _judge(self) -> Judge:
        from gonequiet.app.judging import Judge

        return Judge(
            records=self._records,
            beliefs=lambda: self._beliefs,
            clocks=lambda: self._clocks,
            looks=self._looks,
            edition=f"{edition_of()} {self._rules.forget_after_days}",
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

        since = as_of - self._rules.forget_after_days * DAY
        return list_set_aside(self._records, as_of=as_of, since=since)

    def _with_promises(self, as_of: int) -> Records:
        """Returns the records, with waits for what was promised for a day that went by."""
        from gonequiet.app.promised_waits import with_promises

        return with_promises(self._records, self._awaited(as_of))

    def _awaited(self, as_of: int) -> list[Promised]:
        """Returns what was promised for a day that went by."""
        from gonequiet.app.promised_waits import Promised

        since = as_of - self._rules.forget_after_days * DAY
        found = self._shelf.standing(
            "promised",
            lambda: self._promised(as_of, since),
            f"{edition_of()} {self.days} {self._rules.stale_after_days} {as_of} {since}",
        )
        return [Promised._make(one) for one in found]

    def _promised(self, as_of: int, since: int) -> list[Promised]:
        from gonequiet.app.promised import find_promised
        from gonequiet.store.ledger import LedgerTables

        ledger = LedgerTables(self._known, self._records.owner().addresses)
        return find_promised(ledger, as_of=self._known_as_of(as_of), since=since)

    def _known_as_of(self, as_of: int) -> AsOf:
        from gonequiet.app.quiet import find_known

        return find_known(self._records, as_of, self._rules, self.days)

    def doubts(self, *, as_of: int) -> list[str]:
        """Returns every reason to withhold verdicts as of a moment, in words."""
        from gonequiet.app.doubts import find_all_doubts

        found = find_all_doubts(self._records, as_of, self._rules.stale_after_days, self.days)
        return [one.sentence for one in found]

    def drifting(self, *, as_of: int) -> list[DriftingContact]:
        """Returns with whom the exchange has faded."""
        from gonequiet.app.drifting import find_drifting

        return find_drifting(self._records, as_of=as_of)

    def show(self, contact: str, *, as_of: int, worded: int | None = None) -> ContactReport:
        """Returns what the records say of one contact, with the words of so many messages."""
        from gonequiet.app.show import show_contact

        self._read_a_few()
        with self._known.one_moment():
            records = self._with_promises(as_of)
            judge = replace(self._judge, records=records)
            return show_contact(
                records, judge, contact, as_of=as_of, rules=self._rules, worded=worded
            )

    def workplaces(self, contacts: Collection[str], *, as_of: int) -> dict[str, Workplace]:
        """Returns where contacts work now and how else to reach them, by key."""
        from gonequiet.app.workplaces import list_workplaces
        from gonequiet.store.workplaces import WorkplaceTables

        if not contacts:
            return {}
        return list_workplaces(WorkplaceTables(self._known), contacts, as_of=as_of)

    def gone_meetings(self) -> frozenset[int]:
        """Returns the meetings that were taken out of a calendar they lay in."""
        from gonequiet.store.former_meetings import no_longer_held

        with self._known.reading() as connection:
            return no_longer_held(connection)

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

    def status(self, *, as_of: int) -> StatusReport:
        """Returns how fresh and complete the records are."""
        from gonequiet.app.health import assess_records

        with self._known.one_moment():
            return assess_records(
                self._records,
                as_of=as_of,
                stale_after_days=self._rules.stale_after_days,
                days=self.days,
                judged=self._looks.find_next(self._judge.terms, as_of),
            )
