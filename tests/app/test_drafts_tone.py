"""Every template we ship, in both languages, filled at random: no draft of ours has a finding."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.analysis.wording import write_draft
from gonequiet.app.linting import lint_letter
from gonequiet.domain.draft import (
    Draft,
    DraftForm,
    DraftRequest,
    MatterKind,
    PendingMatter,
    Person,
    Proposal,
    Side,
    Step,
)
from gonequiet.formats.mail_writing import render_mail
from gonequiet.outbox.template_folder import TemplateFolder
from tests.support.drafts import WRITTEN_AT, WRITTEN_ON

SHIPPED = TemplateFolder(Path("nowhere"))
NAMES = st.one_of(
    st.sampled_from(["Dana Reyes", "Priya Shah", "Jörg Öhlmann", "{{7*7}}", "%(x)s", "Lea", ""]),
    st.text(max_size=30),
)
# Subjects of others may hold anything, also what we would mark: they are quoted, not said.
SUBJECTS = st.one_of(
    st.sampled_from(
        [
            "Third reminder",
            "Just checking in",
            "Last chance!",
            'The "final" offer',
            "Letzte Mahnung",
        ]
    ),
    st.text(max_size=60),
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MATTERS = st.builds(
    PendingMatter,
    what=SUBJECTS,
    side=st.sampled_from(Side),
    kind=st.sampled_from(MatterKind),
    on=st.none() | DAYS,
    due_on=st.none() | DAYS,
)
OWN_STEPS = {
    "en": ("Would Tuesday at ten suit you?", "A short call this week would settle it."),
    "de": ("Passt Ihnen Dienstag um zehn?", "Ein kurzes Gespräch würde genügen."),
}
NOTES = {
    "en": ("", "The samples arrived in good order.", "Greetings to your team."),
    "de": ("", "Die Muster sind gut angekommen.", "Grüße an das Team."),
}
MEETINGS = st.builds(
    lambda day, hour, minutes, place: Proposal(
        starts_at=WRITTEN_AT + 86_400,
        minutes=minutes,
        on=day,
        clock=f"{hour:02d}:30",
        zone="" if place else "UTC+01:00",
        place=place,
    ),
    day=DAYS,
    hour=st.integers(0, 23),
    minutes=st.integers(5, 480),
    place=st.sampled_from(["", "Cafe Nord", "Room 3, 2nd floor"]),
)


@st.composite
def requests(draw: st.DrawFn, form: DraftForm, language: str) -> DraftRequest:
    """Any request of a form: whoever it is to, whatever is open."""
    name = draw(NAMES)
    is_recap = form is DraftForm.RECAP
    steps = [Step(who="", what=draw(st.sampled_from(OWN_STEPS[language])))] * draw(
        st.integers(0, 1)
    )
    recap = [
        Step(who=draw(NAMES), what="sends the plan", by=draw(st.none() | DAYS))
        for _ in range(draw(st.integers(0, 3)))
    ]
    greeting = {"en": f"Hi {name},", "de": f"Guten Tag {name},"}[language]
    closing = {"en": "Best regards,\nMax Ohm", "de": "Viele Grüße\nMax Ohm"}[language]
    return DraftRequest(
        form=form,
        language=language,
        owner=Person(name="Max Ohm", address="max@ohm.example"),
        contact=Person(name=name, address="dana@halden.example"),
        greeting=greeting,
        closing=closing,
        is_familiar=draw(st.booleans()),
        written_on=WRITTEN_ON,
        matters=tuple(draw(st.lists(MATTERS, max_size=4))),
        steps=tuple(recap if is_recap else steps),
        points=tuple(draw(st.lists(st.sampled_from(["Price", "Roof, phase 2"]), max_size=3))),
        note=draw(st.sampled_from(NOTES[language])),
        person=draw(st.sampled_from(["", "Lea Ost", "Jörg {{x}} Öhlmann"])),
        proposal=draw(MEETINGS) if form is DraftForm.INVITATION else None,
    )


def written(request: DraftRequest) -> Draft:
    return write_draft(request, SHIPPED.get(request.form, request.language).text)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", DraftForm)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_draft_of_ours_has_a_finding(
    form: DraftForm, language: str, data: st.DataObject
) -> None:
    draft = written(data.draw(requests(form, language)))
    findings = lint_letter(render_mail(draft, written_at=WRITTEN_AT), "draft.eml").findings
    assert [(each.rule, each.quote) for each in findings] == []


@pytest.mark.parametrize("language", ["en", "de"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_draft_is_tidy_whatever_it_is_filled_with(language: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(DraftForm))
    draft = written(data.draw(requests(form, language)))
    assert draft.body.endswith("\n")
    assert "\n\n\n" not in draft.body
    assert not re.search(r"[ \t]\n", draft.body)


CONDITIONS = re.compile(
    r"\b(?:if|unless|until|otherwise|should|last|final|wenn|falls|sofern|sonst|bis|letzte\w*)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("is_familiar", [False, True])
@pytest.mark.parametrize("named", [(), ("The lease",)])
def test_a_closing_note_has_no_condition_deadline_or_count(
    language: str, is_familiar: bool, named: tuple[str, ...]
) -> None:
    draft = written(plain(DraftForm.CLOSING, language, is_familiar, named))
    assert not CONDITIONS.search(draft.body)
    assert not re.search(r"\d", draft.body)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", [DraftForm.KEEP_WARM, DraftForm.CLOSING])
def test_what_asks_nothing_has_no_question(language: str, form: DraftForm) -> None:
    assert "?" not in written(plain(form, language, False, ())).body


def plain(
    form: DraftForm, language: str, is_familiar: bool, named: tuple[str, ...]
) -> DraftRequest:
    return DraftRequest(
        form=form,
        language=language,
        owner=Person(name="Max Ohm", address="max@ohm.example"),
        contact=Person(name="Dana Reyes", address="dana@halden.example"),
        greeting="Hallo Dana," if language == "de" else "Hi Dana,",
        closing="Max",
        is_familiar=is_familiar,
        written_on=WRITTEN_ON,
        matters=tuple(PendingMatter(what=what, side=Side.CONTACT) for what in named),
    )
