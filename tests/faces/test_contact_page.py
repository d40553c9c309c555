"""The page of one contact: every figure on it opens to the records, and nothing in it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from gonequiet.cli.pages.chart import Month, rhythm_chart
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, answer_to, write_mbox

DANA_ADDRESS = "dana.reyes@harbour.example"
JUDGED = "2025-04-20"


class Elements(HTMLParser):
    """Every element of a page, with its attributes, and whether all were closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, name: str) -> Iterator[str]:
        return (str(attrs[name]) for _, attrs in self.found if name in attrs)


@pytest.fixture
def page(desk: Desk, tmp_path: Path) -> str:
    """A question answered, a promise, a question that waits, and letters of somebody else."""
    first = Letter(
        sender=OWNER, to=DANA, subject="Figures", text="Could you send me the figures?\n"
    )._replace(message_id="1@x.example")
    reply = answer_to(first, DANA, text="I will send you the figures by Friday.\n")
    later = Letter(
        sender=OWNER,
        to=DANA,
        subject="The pilot",
        text="When can we start with the pilot?\n",
        at=START + timedelta(days=20),
        message_id="3@x.example",
    )
    crowd = Letter(
        sender=TOMAS,
        to=f"{OWNER}, {DANA}, " + ", ".join(f"p{number}@crowd.example" for number in range(9)),
        subject="To all",
        text="word " * 400 + "\n",
        at=START + timedelta(days=21),
        message_id="4@x.example",
    )
    fresh = crowd._replace(
        sender="Ada Noor <ada@noor.example>",
        to=OWNER,
        at=START + timedelta(days=45),
        message_id="5@x.example",
    )
    desk.takes_in(
        write_mbox(tmp_path / "Sent.mbox", [first, reply._replace(message_id="2@x.example")]),
        write_mbox(tmp_path / "Inbox.mbox", [later, crowd, fresh]),
    )
    desk.run("me", "kim@adler.example")
    target = tmp_path / "dana.html"
    answer = desk.run("whole", DANA_ADDRESS, "--html", target, "--as-of", JUDGED)
    assert answer.code == 0, answer
    return target.read_text()


def test_every_link_leads_to_a_place_on_the_page(page: str) -> None:
    read = Elements(page)
    links = list(read.values("href"))
    assert links
    assert {one[0] for one in links} == {"#"}
    assert {one[1:] for one in links} <= set(read.values("id"))
    assert read.open == []


def test_nothing_on_the_page_is_fetched_or_run(page: str) -> None:
    read = Elements(page)
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in read.found}
    assert not any(name.startswith("on") for _, attrs in read.found for name in attrs)
    assert "url(" not in page
    assert "@import" not in page


def test_a_probability_stands_with_its_interval_its_reasons_and_its_message(page: str) -> None:
    open_ = page[page.index("What is open") : page.index("<h2>Records")]
    assert "The pilot" in open_
    assert re.search(r"<strong>[\d. a-z]+ %</strong> <span>reply within 30 days", open_)
    assert "90 % interval" in open_
    assert "of silence so far" in open_
    number = re.search(r'<a href="#(m\d+)">the message</a>', open_)
    assert number
    record = page[page.index(f'id="{number[1]}"') :]
    assert "When can we start with the pilot?" in record[: record.index("</article>")]


def test_a_promise_opens_to_where_it_was_said(page: str) -> None:
    promises = page[page.index("<h2>Promises") : page.index("<h2>Records")]
    said = re.search(r'<a href="#(m\d+)">said', promises)
    assert said
    record = page[page.index(f'id="{said[1]}"') :]
    assert "by Friday" in record[: record.index("</article>")]


def test_a_letter_of_somebody_else_is_not_counted_as_theirs(page: str) -> None:
    record = page[page.index("from somebody else") :]
    record = record[: record.index("</article>")]
    assert "To all" in record
    assert "and 6 more" in record
    assert "the rest, " in record
    said = [one for one in Elements(page).values("aria-label") if "from them," in one]
    assert sum(int(one.split(": ")[1].split(" ")[0]) for one in said) == 1


def test_where_no_verdict_is_given_the_page_says_so(desk: Desk, page: str, tmp_path: Path) -> None:
    assert "No verdict." not in page
    desk.run("whole", DANA_ADDRESS, "--html", tmp_path / "late.html", "--as-of", "2026-04-20")
    late = (tmp_path / "late.html").read_text()
    head = late[: late.index("</header>")]
    assert "No verdict." in head
    assert "Your records end on" in head


def test_bars_are_as_long_as_the_messages_were_many() -> None:
    march, may = Month(2025, 3), Month(2025, 5)
    chart = rhythm_chart([march, march, may], [march])
    (first, last) = chart["bars"]
    assert [part["height"] for part in first["parts"]] == [48.0, 24.0]
    assert [(part["side"], part["height"]) for part in last["parts"]] == [("them", 24.0)]
    assert last["says"] == "May 2025: 1 from them, 0 from you"
    assert last["x"] == pytest.approx(2 * chart["width"] / 3, abs=0.1)


def test_many_years_name_only_those_that_have_room() -> None:
    chart = rhythm_chart([Month(1990, 1), Month(2025, 12)], [])
    places = [one["x"] for one in chart["years"]]
    assert len(chart["years"]) < 36
    assert all(two - one >= 60 for one, two in pairwise(places))


def test_without_messages_there_is_no_chart() -> None:
    assert rhythm_chart([], []) == {"bars": []}
