"""Writes a draft from a request and a template: pure, the same in gives the same out.

A template is plain text. Its first line is the subject ("Subject: ..."), then a blank line, then
the body. Between `{{` and `}}` stand the values named in docs/drafts.md; `{% if %}` and `{% for %}`
are known. What could make a text grow without end (loops over numbers, repetition, `set`, `macro`)
is refused, and fuel stops the rest, so that a template can cost neither time nor memory.

Names, subjects and places come out of records others wrote. They are values, never templates:
`{{7*7}}` stays as it is. Line ends, control characters and marks that turn the direction of text
are taken out of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from minijinja import Environment, TemplateError

from gonequiet.domain.draft import (
    Draft,
    DraftRequest,
    MatterKind,
    PendingMatter,
    Person,
    Side,
    Step,
)
from gonequiet.language.greetings import first_name

FUEL: Final = 50_000
MAX_CHARS: Final = 20_000
_LONGEST_VALUE: Final = 300
_LONGEST_NOTE: Final = 5_000

_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;:?]{0,40}[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)?)")
_QUOTES: Final = str.maketrans(dict.fromkeys('"“”„«»', "'"))
_STRING: Final = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'"
_TAG: Final = re.compile(r"\{#.*?#\}|\{[{%](?:[^\"'}%]|" + _STRING + r"|[}%](?!\}))*+", re.DOTALL)
_GROWING: Final = re.compile(
    r"\*|\b(?:set|macro|call|namespace|range|dict|lipsum|import|include|extends|block|from"
    r"|recursive|loop\s{0,9}\()(?![\w])"
)
_NO_FILTERS: Final = ("format", "replace", "indent", "batch", "slice", "pprint", "tojson")
_SUBJECT: Final = re.compile(r"\ASubject:[ \t]{0,9}([^\n]{0,2000})(?:\n|\Z)")
_BLANK_LINES: Final = re.compile(r"\n[ \t]{0,99}(?:\n[ \t]{0,99}){2,99}")

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_DAYS: Final = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}


class TemplateProblem(ValueError):
    """A template cannot be used as it is written.

    Attributes:
        line: where, from 1; 0 when it is the whole.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def write_draft(request: DraftRequest, template: str) -> Draft:
    """Returns the draft that a request and a template give.

    Raises:
        TemplateProblem: the template is not written as templates are.
    """
    text = _rendered(template, _values(request)).replace("\r\n", "\n").replace("\r", "\n")
    subject, body = _cut_subject(text)
    return Draft(
        plan=plan_of(request),
        form=request.form,
        owner=_tidy_person(request.owner),
        contact=_tidy_person(request.contact),
        subject=_answering(request.subject) or plain_line(subject),
        body=_tidy_body(body),
        reply_to=request.reply_to,
        references=request.references,
        proposal=request.proposal,
    )


def plan_of(request: DraftRequest) -> str:
    """Returns sixteen digits that are the same for the same plan, on whatever day it is drawn up.

    A plan is what the draft is for, to whom, and what it is about; not how a template words it. A
    recap of one conversation is one plan, however often its notes are gone over.
    """
    if request.held is not None:
        held = (request.held.on.isoformat(), request.held.title)
        return _digits((request.form.value, request.contact.address, held))
    plan = (
        request.form.value,
        request.language,
        request.contact.address,
        request.reply_to,
        [(each.what, each.side.value, str(each.due_on), each.words) for each in request.matters],
        [(each.who, each.what, str(each.by)) for each in request.steps],
        request.points,
        request.note,
        request.person,
        request.proposal and (request.proposal.starts_at, request.proposal.place),
    )
    return _digits(plan)


def _digits(plan: object) -> str:
    return blake2b(json.dumps(plan).encode(), digest_size=8).hexdigest()


def plain_line(text: str) -> str:
    """Returns a value as one line in which nothing can steer a mail program or a terminal."""
    bare = _UNSEEN.sub("", _ESCAPES.sub("", text.replace("\r", " ").replace("\n", " ")))
    return " ".join(bare.split())[:_LONGEST_VALUE].strip()


def day_in_words(day: date, language: str, *, written_on: date) -> str:
    """Returns a date as it is written: "3 March", "3. März"; with its year when that is another."""
    month = _MONTHS[language].split()[day.month - 1]
    year = f" {day.year}" if day.year != written_on.year else ""
    dot = "." if language == "de" else ""
    return f"{day.day}{dot} {month}{year}"


def _weekday(day: date, language: str) -> str:
    return _DAYS[language].split()[day.weekday()]


def _values(request: DraftRequest) -> dict[str, Any]:
    """What a template may name."""
    mine = [_matter(each, request) for each in request.matters if each.side is Side.OWNER]
    theirs = [_matter(each, request) for each in request.matters if each.side is not Side.OWNER]
    name = plain_line(request.contact.name)
    return {
        "greeting": plain_line(request.greeting),
        "closing": plain_text(request.closing),
        "contact": name,
        "first_name": first_name(name),
        "owner": plain_line(request.owner.name),
        "du": request.is_familiar,
        "subject": _quotable(request.subject),
        "matters": [_matter(each, request) for each in request.matters],
        "mine": mine,
        "theirs": theirs,
        "steps": [_step(each, request) for each in request.steps],
        "points": [plain_line(each) for each in request.points],
        "note": plain_text(request.note),
        "person": plain_line(request.person),
        "number": plain_line(request.number),
        "meeting": _meeting(request),
        "held": _held(request),
    }


def _matter(matter: PendingMatter, request: DraftRequest) -> dict[str, str | bool]:
    what = _quotable(matter.what)
    return {
        "what": what or _untitled(matter, request),
        "is_titled": bool(what),
        "words": _quotable(matter.words),
        "documents": _listed(matter.documents, request.language),
        "kind": matter.kind.value,
        "side": matter.side.value,
        "on": _day(matter.on, request),
        "due": _day(matter.due_on, request),
    }


_UNTITLED: Final = {
    "en": ("my call", "my note", "your call", "your message"),
    "de": ("mein Anruf", "mein Schreiben", "Ihr Anruf", "Ihre Nachricht"),
    "du": ("mein Anruf", "mein Schreiben", "dein Anruf", "deine Nachricht"),
}


def _untitled(matter: PendingMatter, request: DraftRequest) -> str:
    """What a matter without a name is called: by who wrote or called."""
    is_du = request.is_familiar and request.language == "de"
    words = _UNTITLED["du" if is_du else request.language]
    return words[2 * (matter.side is Side.OWNER) + (matter.kind is not MatterKind.CALL)]


_MOST_DOCUMENTS: Final = 2


def _listed(documents: Sequence[str], language: str) -> str:
    """Names of documents in quotation marks, the first two."""
    opens, closes, joins = ("„", "“", " und ") if language == "de" else ('"', '"', " and ")
    return joins.join(f"{opens}{_quotable(one)}{closes}" for one in documents[:_MOST_DOCUMENTS])


def _step(step: Step, request: DraftRequest) -> dict[str, str]:
    return {
        "who": plain_line(step.who),
        "what": plain_line(step.what),
        "by": _day(step.by, request),
    }


def _meeting(request: DraftRequest) -> dict[str, str] | None:
    found = request.proposal
    if found is None:
        return None
    return {
        "day": f"{_weekday(found.on, request.language)}, {_day(found.on, request)}",
        "time": found.clock,
        "zone": found.zone,
        "place": plain_line(found.place),
        "minutes": str(found.minutes),
    }


def _held(request: DraftRequest) -> dict[str, str | bool] | None:
    found = request.held
    if found is None:
        return None
    return {
        "day": f"{_weekday(found.on, request.language)}, {_day(found.on, request)}",
        "title": _quotable(found.title),
        "is_call": found.is_call,
    }


def _day(day: date | None, request: DraftRequest) -> str:
    if day is None:
        return ""
    return day_in_words(day, request.language, written_on=request.written_on)


def _quotable(text: str) -> str:
    """A name of something, to be put between quotation marks."""
    return plain_line(text).translate(_QUOTES)


def plain_text(text: str) -> str:
    """Returns the owner's own words, line by line, without what cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_NOTE].split("\n")
    return "\n".join(_UNSEEN.sub("", _ESCAPES.sub("", line)).rstrip() for line in lines).strip()


def _rendered(template: str, values: Mapping[str, Any]) -> str:
    _refuse_growth(template)
    environment = Environment(
        fuel=FUEL,
        undefined_behavior="strict",
        auto_escape_callback=lambda _: False,
        trim_blocks=True,
        lstrip_blocks=True,
        pycompat=False,
    )
    for name in _NO_FILTERS:
        environment.remove_filter(name)
    try:
        text = environment.render_str(template, "template", **values)
    except TemplateError as error:
        raise TemplateProblem(_reason(error), getattr(error, "line", 0) or 0) from None
    if len(text) > MAX_CHARS:
        raise TemplateProblem("it makes a letter that is too long")
    return text


def _reason(error: TemplateError) -> str:
    """What the template is wrong in; never the values it was given."""
    said = error.message.split("\n", 1)[0].partition(" (in ")[0]
    return "it runs on without end" if error.kind == "OutOfFuel" else said[:200]


def _refuse_growth(template: str) -> None:
    for tag in _TAG.finditer(template):
        bare = "" if tag[0].startswith("{#") else re.sub(_STRING, "", tag[0], flags=re.DOTALL)
        if found := _GROWING.search(bare):
            line = template.count("\n", 0, tag.start()) + 1
            raise TemplateProblem(f"'{found[0]}' is not known in templates", line)


def _cut_subject(text: str) -> tuple[str, str]:
    found = _SUBJECT.match(text.lstrip())
    if found is None:
        raise TemplateProblem("its first line is not 'Subject: ...'", 1)
    return found[1], text.lstrip()[found.end() :]


def _answering(subject: str) -> str:
    """The subject of an answer to a thread: "Re: " once."""
    bare = plain_line(subject)
    if not bare:
        return ""
    return bare if bare[:3].lower() == "re:" else f"Re: {bare}"


def _tidy_body(body: str) -> str:
    lines = [line.rstrip() for line in body.strip().split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)) + "\n"


def _tidy_person(person: Person) -> Person:
    return Person(name=plain_line(person.name), address=person.address)
