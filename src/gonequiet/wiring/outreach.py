"""Engagements, the next decent step of each, and drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonequiet.wiring.judging import edition_of
from gonequiet.wiring.places import default_outbox, now, template_folder
from gonequiet.wiring.promising import Promising

if TYPE_CHECKING:
    from gonequiet.analysis.course import QuietSpell
    from gonequiet.app.draft_desk import DraftDesk, ListedDraft
    from gonequiet.app.engagement_desk import EngagementDesk
    from gonequiet.app.initiative import Initiative
    from gonequiet.app.ledger import Followed, StepKey
    from gonequiet.app.meetings import MeetingReport
    from gonequiet.app.outbox_ports import FoundDraft
    from gonequiet.app.own_side import OwedAnswer
    from gonequiet.app.planned import PlannedStep
    from gonequiet.app.quiet import QuietReport
    from gonequiet.app.recap import RecapDesk
    from gonequiet.app.today import TodayReport
    from gonequiet.outbox.folders import FolderOutbox
    from gonequiet.store.drafting import DraftTables


_PLANNERS = ("app", "analysis", "analysis/silence", "domain", "language", "language/cues", "stats")
"""The folders a next step rests on."""


class Outreach(Promising):
    """Plans what the owner may do next."""

    def engagement_desk(self, quiet: QuietReport | None = None) -> EngagementDesk:
        """Returns what engagements are asked about and spoken of with.

        Args:
            quiet: who is quiet at the moment asked about, where that is known already.
        """
        from gonequiet.app.engagement_desk import EngagementDesk
        from gonequiet.domain.engagement import benchmarks_from
        from gonequiet.store.engaging import EngagementTables

        return EngagementDesk(
            store=EngagementTables(self._known),
            records=self._records,
            edits=self._edits,
            shelf=self._shelf,
            quiet=lambda as_of: self._quiet_spells(quiet or self.quiet(as_of=as_of)),
            known=self._known_as_of,
            ledger=self._followed,
            house=self._house,
            benchmarks=benchmarks_from(self.settings.benchmarks),
            persistence_cap=self.settings.persistence_cap,
            forget_after_days=self.settings.forget_after_days,
        )

    def _followed(self, as_of: int) -> Mapping[StepKey, Followed]:
        """Returns what became of what was promised for a day lately."""
        from gonequiet.app.courses import PLAN_DAYS
        from gonequiet.app.ledger import follow_since

        known = self._known_as_of(as_of)
        first_on = known.today - timedelta(days=PLAN_DAYS)
        return follow_since(self._ledger, as_of=known, first_on=first_on)

    def _quiet_spells(self, quiet: QuietReport) -> Mapping[int, QuietSpell]:
        from gonequiet.app.quiet_spells import find_quiet_spells

        return find_quiet_spells(self._with_promises(quiet.as_of), quiet)

    def draft_desk(self) -> DraftDesk:
        """Returns what drafts are planned, written and saved with."""
        from gonequiet.app.draft_desk import DraftDesk
        from gonequiet.app.promised_matters import LedgerPromises
        from gonequiet.store.drafting import LetterTables

        return DraftDesk(
            records=self._records,
            letters=LetterTables(self._known),
            templates=template_folder(),
            memory=self.draft_memory,
            promises=LedgerPromises(
                records=self._ledger,
                known=self._known_as_of,
                awaited=lambda as_of: {one.key for one in self._awaited(as_of)},
            ),
            doubts=lambda as_of: self.doubts(as_of=as_of),
            courses=lambda contact, as_of: self.engagement_desk().course_with(contact, as_of),
            days=self.days,
            disabled=self.lint_disabled,
        )

    def recap_desk(self) -> RecapDesk:
        """Returns what recaps are read, kept and written with."""
        from gonequiet.app.recap import RecapDesk
        from gonequiet.store.meetings import MeetingTables

        return RecapDesk(
            drafts=self.draft_desk(),
            meetings=MeetingTables(self._known),
            edits=self._edits,
            journal=self._conclusions(self._known).edits,
        )

    @property
    def draft_memory(self) -> DraftTables:
        """Which drafts were made."""
        from gonequiet.store.drafting import DraftTables

        return DraftTables(self._known, now())

    @property
    def lint_disabled(self) -> tuple[str, ...]:
        """The rules of tone the owner does not want."""
        return tuple(filter(None, self.settings.lint_disable.split(", ")))

    def outbox(self, folder: Path | None) -> FolderOutbox:
        """Returns where drafts go: the folder named, else the one set, else the usual one."""
        from gonequiet.outbox.folders import open_outbox

        given = self.settings.outbox
        usual = Path(given).expanduser() if given else default_outbox()
        return open_outbox(usual if folder is None else folder.expanduser().absolute())

    def list_drafts(self, folder: Path | None) -> list[ListedDraft]:
        """Returns the drafts made for an outbox, and what became of them."""
        from gonequiet.app.draft_desk import list_drafts

        return list_drafts(self.outbox(folder), self.draft_memory)

    def remove_draft(self, given: str, folder: Path | None) -> FoundDraft:
        """Removes a draft of ours that nobody touched."""
        from gonequiet.app.draft_desk import remove_draft

        return remove_draft(self.outbox(folder), self.draft_memory, given)

    def find_draft(self, given: str, folder: Path | None) -> FoundDraft:
        """Returns a draft of ours by the beginning of its id."""
        from gonequiet.app.draft_desk import get_draft

        return get_draft(self.outbox(folder), given)

    def steps(self, *, as_of: int) -> list[PlannedStep]:
        """Returns the next decent step of each engagement that needs one."""
        self._read_what_is_new()
        return self._steps(as_of, lambda: self.quiet(as_of=as_of))

    def _steps(self, as_of: int, quiet: Callable[[], QuietReport]) -> list[PlannedStep]:
        """Returns steps as they were planned of the same records and moment, else plans them."""
        from gonequiet.app.planned import from_rows

        def planned() -> list[list[Any]]:
            from gonequiet.app.planned import as_rows

            return as_rows(self._initiative(report := quiet()).steps(report, as_of=as_of))

        terms = f"{edition_of(_PLANNERS)} {self.settings!r} {self.days} {as_of}"
        return from_rows(self._shelf.standing("steps", planned, terms))

    def _initiative(self, quiet: QuietReport) -> Initiative:
        from gonequiet.app.initiative import Initiative
        from gonequiet.store.meetings import MeetingTables

        return Initiative(
            self.engagement_desk(quiet),
            self._records,
            MeetingTables(self._known),
            self._clocks,
            self.days,
        )

    def today(self, *, as_of: int) -> TodayReport:
        """Returns the morning page."""
        from gonequiet.app.promise_list import list_due
        from gonequiet.app.recapped import recapped_in
        from gonequiet.app.today import lay_out, near_days

        self._read_what_is_new()
        quiet = self.quiet(as_of=as_of)
        known = self._known_as_of(as_of)
        first_on, last_on = near_days(known.today)
        with self._known.one_moment():
            return lay_out(
                as_of=as_of,
                quiet=quiet,
                steps=self._steps(as_of, lambda: quiet),
                owed=self._owed(as_of),
                promises=list_due(self._ledger, as_of=known, first_on=first_on, last_on=last_on),
                meetings=self.meetings(None, as_of=as_of),
                recapped=recapped_in(
                    self._conclusions(self._known).edits(), self.draft_memory.made()
                ),
            )

    def _owed(self, as_of: int) -> list[OwedAnswer]:
        """Returns the answers owed as they were found of the same records and moment."""
        from gonequiet.app.own_side import as_rows, from_rows

        def found() -> list[list[Any]]:
            return as_rows(self.own_side(as_of=as_of).owed)

        terms = f"{edition_of(_PLANNERS)} {self._rules!r} {as_of}"
        return from_rows(self._shelf.standing("owed", found, terms))

    def meetings(self, contact: str | None, *, as_of: int) -> MeetingReport:
        """Returns meetings to come and held, and who is due for one in person."""
        from gonequiet.app.meetings import list_meetings
        from gonequiet.store.meetings import MeetingTables

        return list_meetings(
            MeetingTables(self._known),
            as_of=as_of,
            contact=None if contact is None else self.contact(contact).number,
            house=self._house if contact is None else frozenset(),
        )
