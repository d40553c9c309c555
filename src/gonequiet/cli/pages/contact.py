"""One contact, whole, as a page: what stands there is said in the words of the terminal.

Every value is escaped by the template, and characters that steer are shown. A number opens to the
records behind it by links within the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

from gonequiet.analysis.reflection.weighing import Vote
from gonequiet.analysis.rhythm import ReplyHabit
from gonequiet.app.promise_list import ListedPromise
from gonequiet.app.quiet import QuietMatter
from gonequiet.app.reflecting import Reflection
from gonequiet.app.rights import WholeContact
from gonequiet.app.show import ContactReport
from gonequiet.cli.pages.chart import Month, rhythm_chart
from gonequiet.cli.printing import day, literal, local
from gonequiet.cli.quiet import alike_text, percent, title_of, waited_text, whys_of
from gonequiet.cli.reflect import LISTED, SAYS, sentence
from gonequiet.cli.show import change_text, kind_mark, span
from gonequiet.cli.workplaces import move_lines, work_text

_LONG: Final = 1_200
"""Of a longer text the rest is folded away."""
_SCALE: Final = 1_000


def contact_page(whole: WholeContact) -> str:
    """Returns the page of one contact as HTML; nothing in it is fetched or run."""
    from minijinja import Environment

    pages = files("gonequiet.cli.pages")
    environment = Environment(
        templates={"contact.html": (pages / "contact.html").read_text("utf-8")},
        finalizer=_shown,
        trim_blocks=True,
    )
    style = (pages / "page.css").read_text("utf-8")
    return environment.render_template("contact.html", style=style, **_view(whole))


def _shown(value: Any) -> Any:
    """Shows what would turn text around or be unseen; minijinja escapes what is markup."""
    return literal(value, keep_lines=True) if type(value) is str else value


def _view(whole: WholeContact) -> dict[str, Any]:
    report, here = whole.report, whole.more.workplace
    card = report.card
    known = {one["message"] for one in whole.records}
    theirs = {address for address, _ in card.addresses}
    return {
        "name": literal(card.name),
        "lead": (work_text(here) if here else "") or literal(card.organisation),
        "ways": [_way(address, rule) for address, rule in card.addresses],
        "as_of": f"{local(report.as_of):%d %B %Y, %H:%M}",
        "withheld": [one.sentence for one in report.doubts],
        "figures": list(_figures(report)),
        "chart": _chart(whole.records, theirs),
        "changed": _capital(change_text(report.change)) + "." if report.change else "",
        "horizon": report.horizon_days,
        "matters": [_matter(one, known) for one in report.matters],
        "outcomes": _outcomes(report.outcomes),
        "moves": list(move_lines(here)),
        **_looked_back(whole.more.reflection, known),
        "promises": [_promise(one, known) for one in whole.more.promises],
        "said": [
            {"verb": one.verb.value.replace("_", " "), "what": _edit(one.first, one.second)}
            for one in whole.said
        ],
        "count": f"{len(whole.records):,}",
        "months": list(_months(whole.records, theirs)),
    }


def _way(address: str, rule: str) -> str:
    shown = literal(address.removeprefix("tel:"))
    return shown if rule == "alone" else f"{shown} ({rule.replace('_', ' ')})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _edit(first: str, second: str) -> str:
    return literal(" ".join(filter(None, (first, second))))


# --- the head --------------------------------------------------------------------------------


def _figures(report: ContactReport) -> Iterator[dict[str, str]]:
    card = report.card
    yield _figure("them", "From them", f"{card.received:,}", _last(card.last_received_at))
    yield _figure("you", "From you", f"{card.sent:,}", _last(card.last_sent_at))
    yield _figure("them", "They answer", *_habit(report.their_habit))
    yield _figure("you", "You answer", *_habit(report.own_habit))


def _figure(side: str, label: str, value: str, note: str) -> dict[str, str]:
    return {"side": side, "label": label, "value": value, "note": note}


def _last(moment: int | None) -> str:
    return "none" if moment is None else f"the last on {day(moment)}"


def _habit(found: ReplyHabit) -> tuple[str, str]:
    """Returns a habit as a share, and what that is a share of."""
    if not found.waits or found.share is None:
        return "–", "nothing yet that called for an answer"
    if not found.answered:
        return "None", f"of {found.waits:,} that called for an answer, so far"
    of = f"of {found.waits:,} that called for an answer"
    if found.median_hours is None:
        return percent(found.share), f"{of}; half of them not so far"
    return percent(found.share), f"{of}, half of them within {span(found.median_hours * 3600)}"


def _chart(records: Sequence[dict[str, Any]], theirs: set[str]) -> dict[str, Any]:
    dated = [(_side_of(one, theirs), _month(one)) for one in records if one["at"]]
    return rhythm_chart(
        [month for side, month in dated if side == _THEM],
        [month for side, month in dated if side == _YOU],
    )


_THEM, _YOU, _OTHER = "them", "you", "other"


def _side_of(record: dict[str, Any], theirs: set[str]) -> str:
    """Returns whose a record is: theirs, the owner's, or somebody else's."""
    if record["direction"] == "outbound":
        return _YOU
    senders = {address for role, address in record["people"] if role == "from"}
    return _THEM if senders & theirs else _OTHER


def _moment(record: dict[str, Any]) -> datetime:
    return local(int(datetime.fromisoformat(record["at"]).timestamp()))


def _month(record: dict[str, Any]) -> Month:
    at = _moment(record)
    return Month(at.year, at.month)


# --- what was concluded ----------------------------------------------------------------------


def _matter(one: QuietMatter, known: set[int]) -> dict[str, Any]:
    low, high = one.interval_90
    return {
        "title": title_of(one),
        "waited": _capital(waited_text(one)),
        "message": one.message if one.message in known else None,
        "withheld": one.withheld or one.provisional,
        "chance": percent(one.probability),
        "low": percent(low),
        "high": percent(high),
        "from": round(_SCALE * low, 1),
        "to": round(_SCALE * max(high, low + 0.004), 1),
        "at": round(_SCALE * one.probability, 1),
        "whys": whys_of(one),
        "alike": f"{_capital(alike_text(one))}.",
    }


_ENDED: Final = {
    "response": "answered in the thread",
    "response_elsewhere": "answered on another thread",
    "other_channel": "answered on another channel",
    "colleague": "answered by a colleague",
    "bounce": "came back undelivered",
    "withdrawn": "over by your own word",
    "open": "still open",
}


def _outcomes(outcomes: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {_ENDED.get(how, how)}" for how, number in outcomes.items())


def _looked_back(found: Reflection | None, known: set[int]) -> dict[str, Any]:
    if found is None or not found.statement.votes:
        return {"sides": [], "verdict": ""}
    votes = found.statement.votes
    return {
        "verdict": sentence(found),
        "sides": [
            _side(title, [one for one in votes if one.evidence.speaks_for is speaks_for], known)
            for title, speaks_for in (("For commitment", True), ("For holding back", False))
        ],
    }


def _side(title: str, votes: Sequence[Vote], known: set[int]) -> dict[str, Any]:
    """Returns the signs of one side: the strongest in the order of time, then the others."""
    strongest = sorted(votes, key=lambda one: (-one.votes, -one.evidence.at))[:LISTED]
    return {
        "title": title,
        "signs": [_sign(one, known) for one in votes if one in strongest],
        "more": [_sign(one, known) for one in votes if one not in strongest],
    }


def _sign(vote: Vote, known: set[int]) -> dict[str, Any]:
    one = vote.evidence
    return {
        "on": day(one.at),
        "says": SAYS[one.kind.value],
        "quote": literal(one.quote),
        "message": one.message if one.message in known else None,
        "overruled": one.is_overruled,
    }


def _promise(one: ListedPromise, known: set[int]) -> dict[str, Any]:
    shown = one.shown if one.shown and one.shown.message in known else None
    return {
        "whose": "yours" if one.side == "mine" else "theirs",
        "state": "overdue" if one.is_overdue else one.state,
        "due": f"{one.due_on:%d %b %Y}" if one.due_on else "",
        "what": literal(one.what),
        "said": one.said.message if one.said.message in known else None,
        "said_on": day(one.said.at),
        "because": one.because,
        "shown": shown.message if shown else None,
        "shown_on": day(shown.at) if shown else "",
    }


# --- the records -----------------------------------------------------------------------------

_MOST_PEOPLE: Final = 6
_WAYS: Final = {_THEM: ", from them", _YOU: ", from you", _OTHER: ", from somebody else"}


def _months(records: Sequence[dict[str, Any]], theirs: set[str]) -> Iterator[dict[str, Any]]:
    undated = [one for one in records if not one["at"]]
    if undated:
        yield _group("undated", "Without a date", undated, theirs)
    dated = [one for one in records if one["at"]]
    for month, found in groupby(dated, key=_month):
        yield _group(month.anchor, month.name, list(found), theirs)


def _group(
    anchor: str, title: str, records: Sequence[dict[str, Any]], theirs: set[str]
) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "title": title,
        "records": [_record(one, _side_of(one, theirs)) for one in records],
    }


def _record(one: dict[str, Any], side: str) -> dict[str, Any]:
    is_card = one["channel"] == "card"
    mark = "" if is_card else kind_mark(one["kind"], one["channel"], json.dumps(one["detail"]))
    people = [] if is_card else [literal(f"{role} {address}") for role, address in one["people"]]
    return {
        "message": one["message"],
        "side": side,
        "at": f"{_moment(one):%d %b %Y, %H:%M}" if one["at"] else one["channel"],
        "way": ("" if is_card else f"{_WAYS[side]} {mark}").rstrip(),
        "subject": literal(one["subject"]) or "(no subject)",
        "people": ", ".join(people[:_MOST_PEOPLE]),
        "others": people[_MOST_PEOPLE:],
        "texts": [
            _folded(part, one[part])
            for part in ("new_text", "forwarded", "signature")
            if one[part].strip()
        ],
        "files": literal(", ".join(held[0] for held in one["attachments"])),
        "places": [literal(place) for place in one["lies_in"]],
    }


def _folded(part: str, text: str) -> dict[str, str]:
    """Returns a text, of a long one the beginning up to the end of a line, and the rest."""
    if len(text) <= _LONG:
        return {"part": part, "begins": text, "rest": "", "more": ""}
    cut = max(text.rfind("\n", 0, _LONG), text.rfind(" ", 0, _LONG))
    cut = cut if cut > 0 else _LONG
    rest = text[cut:].lstrip("\n")
    return {
        "part": part,
        "begins": text[:cut],
        "rest": rest,
        "more": f"the rest, {len(rest.split()):,} words",
    }
