"""Hand-written threads with planted truth: reads `plays/*.toml` and stages them.

A play is a list of mails. "at" counts working days of the writer back from the end ("-31 10:20").
In the text, `{+3 weekday}` is a day after the writing and `{@+8 long}` one after the end;
`[[hedge: words]]` marks what the words are, and `[[p1: words]]` a promise listed in `promises`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from gonequiet.demo import dates
from gonequiet.demo.cast import Cast, Party, Person
from gonequiet.demo.composing import Composer, Sheet
from gonequiet.demo.hours import at_local, is_working_day, next_working_day, shift_working_days
from gonequiet.demo.machines import make_bounce, make_machine_mail
from gonequiet.demo.mail import Mail, Span
from gonequiet.demo.truth import MeetingTruth

DAY_SLOT = re.compile(r"\{(@?)([+-]\d+) (weekday|long|short|full|month)\}")
MARK = re.compile(r"\[\[(\w+): (.*?)\]\]", re.DOTALL)
FORMS = {
    "weekday": dates.weekday,
    "long": dates.long_date,
    "short": dates.short_date,
    "full": dates.full_date,
    "month": dates.month,
}
LEAST_PAUSE = timedelta(seconds=40)
KEYED = {"p": "promise", "r": "reference"}
PLAYBILLS = (
    "engagements",
    "window_shoppers",
    "silences",
    "not_silences",
    "responses",
    "own_side",
    "references",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A staged play.

    Attributes:
        play: its table, as in the file.
        mails: by the name each has in the play.
        meetings: those the play sets in the calendar.
    """

    play: Mapping[str, Any]
    mails: Mapping[str, Mail]
    dues: Mapping[str, str]
    meetings: tuple[MeetingTruth, ...]

    def message_id(self, name: str) -> str:
        """Returns the id of the mail of that name, "" for no name."""
        return self.mails[name].message_id if name else ""


@dataclass(slots=True)
class Scene:
    """The state of a play while it is being staged."""

    play: dict[str, Any]
    contact: Person
    mails: dict[str, Mail] = field(default_factory=dict)
    dues: dict[str, str] = field(default_factory=dict)
    meetings: list[MeetingTruth] = field(default_factory=list)
    subject: str = ""
    act_number: int = 0


def load_plays() -> list[dict[str, Any]]:
    """Reads every play, in a fixed order."""
    folder = files("gonequiet.demo").joinpath("plays")
    return [
        {**play, "playbill": name}
        for name in PLAYBILLS
        for play in tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))["play"]
    ]


def first_final_days(plays: Iterable[dict[str, Any]], cast: Cast, end: date) -> dict[str, date]:
    """Returns, by person, the day from which on only plays are allowed to write to them."""
    found: dict[str, date] = defaultdict(lambda: end + timedelta(days=1))
    for play in plays:
        last = play.get("last")
        if not last:
            continue
        first = next(mail for mail in play["mails"] if mail["id"] == last)
        day = working_day_before(cast, cast.owner, end, first["at"])
        for key in (play["contact"], *play.get("also_last", ())):
            found[key] = min(found[key], day)
    return dict(found)


def working_day_before(cast: Cast, writer: Person, end: date, at: str) -> date:
    """Returns the day of "-31 10:20", counted back in the owner's calendar.

    When the writer does not work on that day, it is their next working day, so that everybody's
    days keep the order of the play.
    """
    day = end
    while not is_working_day(cast.owner.place, day):
        day -= timedelta(days=1)
    day = shift_working_days(cast.owner.place, day, int(at.split(maxsplit=1)[0]))
    return min(next_working_day(writer.place, day), end)


class Stage:
    """Stages plays: turns their tables into mails."""

    def __init__(self, cast: Cast, composer: Composer, end: date, random: Random) -> None:
        self._cast = cast
        self._composer = composer
        self._end = end
        self._random = random

    def perform(self, play: dict[str, Any]) -> Performance:
        """Stages one play."""
        scene = Scene(play=play, contact=self._cast.named(play["contact"]))
        scene.subject = play["subject"]
        for line in play["mails"]:
            scene.mails[line["id"]] = self._mail(scene, line)
        return Performance(
            play=play, mails=scene.mails, dues=scene.dues, meetings=tuple(scene.meetings)
        )

    def _mail(self, scene: Scene, line: dict[str, Any]) -> Mail:
        if line.get("new"):
            scene.act_number += 1
            scene.subject = line.get("subject", scene.subject)
        writer = self._writer(scene, line)
        sent_at = self._moment(scene, line, writer)
        self._set_meeting(scene, line, sent_at)
        style = line.get("style", "personal")
        if style == "bounce":
            return make_bounce(self._previous(scene, line), sent_at, self._random)
        if style != "personal":
            return self._machine_mail(scene, line, writer, sent_at, style)
        return self._personal(scene, line, writer, sent_at)

    def _moment(self, scene: Scene, line: dict[str, Any], writer: Person) -> datetime:
        """Returns when a mail is sent: on its day, and after the mail before it."""
        day = working_day_before(self._cast, writer, self._end, line["at"])
        sent_at = at_local(writer.place, day, line["at"].split()[1])
        if scene.mails:
            last = list(scene.mails.values())[-1].sent_at
            sent_at = max(sent_at, last.astimezone(sent_at.tzinfo) + LEAST_PAUSE)
        return sent_at

    def _personal(
        self, scene: Scene, line: dict[str, Any], writer: Person, sent_at: datetime
    ) -> Mail:
        paragraphs, spans = self._text(scene, line, writer, sent_at)
        readers = self._readers(scene, line, writer)
        is_new = bool(line.get("new")) or not scene.mails
        return self._composer.compose(
            Sheet(
                writer=writer,
                reader=readers[0],
                to=self._addressed(line, readers),
                cc=tuple(self._cast.named(key).party for key in line.get("cc", ())),
                sent_at=sent_at,
                subject=scene.subject,
                paragraphs=paragraphs,
                act=line.get("act", ""),
                previous=None if is_new else self._previous(scene, line),
                sender=Party(writer.name, line["from"]) if "from" in line else None,
                attachments=tuple(line.get("attach", ())),
                calls_for_answer=line.get("asks", False),
                spans=spans,
                thread=f"{scene.play['name']}/{scene.act_number}",
                client=line.get("client", ""),
                is_staged=True,
            )
        )

    def _machine_mail(
        self, scene: Scene, line: dict[str, Any], writer: Person, sent_at: datetime, style: str
    ) -> Mail:
        paragraphs, _ = self._text(scene, line, writer, sent_at)
        mail = make_machine_mail(
            sender=Party(*line["sender"]) if "sender" in line else writer.party,
            to=self._cast.owner.party,
            sent_at=sent_at,
            subject=line.get("subject", scene.subject),
            text="\n\n".join(paragraphs),
            style=style,
            random=self._random,
        )
        if style != "out_of_office":
            return mail
        previous = self._previous(scene, line)
        return replace(mail, in_reply_to=previous.message_id, references=(previous.message_id,))

    def _writer(self, scene: Scene, line: dict[str, Any]) -> Person:
        return scene.contact if line["by"] == "contact" else self._cast.named(line["by"])

    def _readers(self, scene: Scene, line: dict[str, Any], writer: Person) -> tuple[Person, ...]:
        if "to" in line:
            return tuple(self._cast.named(key) for key in line["to"])
        return (scene.contact if writer.key == "owner" else self._cast.owner,)

    def _addressed(self, line: dict[str, Any], readers: tuple[Person, ...]) -> tuple[Party, ...]:
        if "to_address" in line:
            return (Party(readers[0].name, line["to_address"]),)
        return tuple(reader.party for reader in readers)

    def _previous(self, scene: Scene, line: dict[str, Any]) -> Mail:
        return scene.mails[line.get("answers") or list(scene.mails)[-1]]

    def _text(
        self, scene: Scene, line: dict[str, Any], writer: Person, sent_at: datetime
    ) -> tuple[tuple[str, ...], tuple[Span, ...]]:
        language = "de" if scene.contact.language == "de" else "en"
        text = self._with_days(line["text"], writer, sent_at.date(), language)
        paragraphs = [_unwrapped(part) for part in text.strip().split("\n\n")]
        spans: list[Span] = []
        for label, sentence in MARK.findall("\n\n".join(paragraphs)):
            has_key = re.fullmatch(r"[pr]\d+", label) is not None
            name = KEYED[label[0]] if has_key else label
            spans.append(Span(label=name, sentence=sentence, key=label if has_key else ""))
        for key, promise in line.get("promises", {}).items():
            scene.dues[f"{line['id']}/{key}"] = self._due(
                promise.get("due", ""), writer, sent_at.date()
            )
        return tuple(MARK.sub(r"\2", part) for part in paragraphs), tuple(spans)

    def _with_days(self, text: str, writer: Person, day: date, language: str) -> str:
        def written(found: re.Match[str]) -> str:
            start = self._end if found[1] else day
            return FORMS[found[3]](shift_working_days(writer.place, start, int(found[2])), language)

        return DAY_SLOT.sub(written, text)

    def _due(self, due: str, writer: Person, day: date) -> str:
        if not due:
            return ""
        start = self._end if due.startswith("@") else day
        return shift_working_days(writer.place, start, int(due.lstrip("@"))).isoformat()

    def _set_meeting(self, scene: Scene, line: dict[str, Any], sent_at: datetime) -> None:
        meeting = line.get("meeting")
        if not meeting:
            return
        count, clock = meeting["on"].split()
        day = shift_working_days(self._cast.owner.place, sent_at.date(), int(count))
        people = [self._cast.named(key) for key in meeting.get("with", (scene.contact.key,))]
        scene.meetings.append(
            MeetingTruth(
                uid=f"{scene.play['name']}-{line['id']}@brandtfield.example",
                contacts=tuple(person.name for person in people),
                addresses=tuple(person.address for person in people),
                summary=meeting["summary"],
                starts_at=f"{day.isoformat()}T{clock}",
                minutes=meeting.get("minutes", 60),
                mode=meeting["mode"],
                state=meeting["state"],
            )
        )


def _unwrapped(paragraph: str) -> str:
    lines = paragraph.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        joined += ("\n" if line.startswith(("- ", "  ")) else " ") + line.strip()
    return joined
