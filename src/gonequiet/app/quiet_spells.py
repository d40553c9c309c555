"""What is quiet now, as the course of an engagement needs it."""

from __future__ import annotations

from gonequiet.analysis.course import QuietSpell
from gonequiet.app.quiet import QuietReport
from gonequiet.app.records import Records
from gonequiet.domain.episode import follow_ups_until


def find_quiet_spells(records: Records, report: QuietReport) -> dict[int, QuietSpell]:
    """Returns the quiet matters of a report by number of the message that opened each.

    Follow-ups are named by number; whoever draws a course knows their Message-IDs.
    """
    episodes = {
        (one.episode.opened_by, one.contact_key): one.episode
        for one in records.open_matters(report.as_of)
    }
    found: dict[int, QuietSpell] = {}
    for matter in report.quiet:
        episode = episodes.get((matter.message, matter.contact_key))
        if episode is None:
            continue
        sent = follow_ups_until(episode, report.as_of)
        found[matter.message] = QuietSpell(
            contact=episode.contact,
            subject=matter.matter,
            anchor=matter.message_id,
            opened_at=matter.opened_at,
            follow_ups=tuple((one.at, str(one.message)) for one in sent),
            waited_working_days=matter.waited_working_days,
        )
    return found
