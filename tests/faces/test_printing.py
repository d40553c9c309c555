"""Every command on paper: in a terminal, in a pipe, as JSON, and with mail made to spoil it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from gonequiet.cli.commands import COMMANDS
from tests.support.desk import Answer, Desk, start
from tests.support.letters import (
    OWNER,
    START,
    Letter,
    correspondence,
    write_mbox,
)

MOMENT = ("--as-of", "2025-03-13")
READING: dict[str, tuple[str, ...]] = {
    "quiet": ("quiet", "--all", "--waiting", *MOMENT),
    "show": ("show", "p13@firm6.example", "--all", *MOMENT),
    "search": ("search", "drawings"),
    "contacts": ("contacts", "--all"),
    "set aside": ("contacts", "--set-aside"),
    "suggestions": ("contacts", "--suggestions"),
    "me": ("me",),
    "problems": ("problems", "--all"),
    "verify": ("verify",),
    "status": ("status", *MOMENT),
}
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def mixed(root: Path) -> Path:
    """Makes a mailbox with a Sent folder, long names and subjects, and a problem."""
    letters = correspondence(160)
    letters += [
        Letter(
            sender=OWNER,
            to="Bartholomew Featherstonehaugh-Cholmondeley <b@" + "very-" * 12 + "long.example>",
            subject="A subject that goes on " * 12,
            text="Could you name a day, please? " * 40 + "\n",
            at=START + timedelta(days=2),
            message_id="long@adler.example",
        ),
        Letter(
            sender="山田太郎 <taro@yamada.example>",
            subject="木曜日の打ち合わせについて" * 8,
            text="木曜日に会いましょうか。" * 30 + "\n",
            at=START + timedelta(days=3),
            message_id="wide@yamada.example",
        ),
        Letter(
            sender="Harbour <no-reply@harbour.example>",
            text="Your parcel with the drawings has left us.\n",
            message_id="robot@harbour.example",
        ),
    ]
    write_mbox(root / "Inbox", [one for one in letters if one.sender != OWNER])
    write_mbox(root / "Sent", [one for one in letters if one.sender == OWNER])
    (
        root / "picture with a name that is much longer than a line of a terminal is wide"
    ).write_bytes(b"\0" * 100)
    return root


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    place = tmp_path_factory.mktemp("mail")
    desk = Desk(tmp_path_factory.mktemp("desk") / "records.db")
    desk.takes_in(mixed(place))
    return desk


SEPARATOR = "----- next -----"
EACH = """
import sys
from gonequiet.cli.entry import run
for line in sys.argv[1:]:
    run(line.split("|"))
    print("----- next -----", flush=True)
"""


def on_terminal(columns: int, desk: Desk) -> dict[str, str]:
    """Returns what each reading command prints on a terminal of a width."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    orders = ["|".join((*tokens, "--db", str(desk.db))) for tokens in READING.values()]
    with subprocess.Popen(
        [sys.executable, "-c", EACH, *orders],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)},
    ):
        os.close(theirs)
        shown = b"".join(iter(lambda: read_or_end(ours), b""))
    os.close(ours)
    parts = shown.decode().replace("\r\n", "\n").split(SEPARATOR)
    return dict(zip(READING, parts, strict=False))


def read_or_end(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""


def width_of(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


@pytest.fixture(scope="module")
def shown(desk: Desk) -> dict[str, str]:
    return on_terminal(80, desk)


class TestInATerminal:
    @pytest.mark.parametrize("name", READING)
    def test_nothing_is_wider_than_the_terminal(self, name: str, shown: dict[str, str]) -> None:
        # A line that is written over again (progress) counts as it ends up.
        lines = [line.rpartition("\r")[2] for line in shown[name].split("\n")]
        plain = [COLOUR.sub("", line).removeprefix("\x1b[K") for line in lines]
        assert "".join(plain).strip()
        assert [line for line in plain if width_of(line) > 80] == []

    def test_a_terminal_gets_colours_and_a_pipe_none(
        self, shown: dict[str, str], desk: Desk
    ) -> None:
        assert COLOUR.search(shown["quiet"])
        assert not COLOUR.search(desk.run(*READING["quiet"]).out)


class TestInAPipe:
    @pytest.mark.parametrize("name", READING)
    def test_it_reads_well_without_a_terminal(self, name: str, desk: Desk) -> None:
        answer = desk.run(*READING[name])
        assert answer.code in (0, 1)
        assert answer.out.strip()
        assert not CONTROL.search(answer.out.replace("\n", " "))
        assert max(width_of(line.rstrip()) for line in answer.out.splitlines()) <= 100

    @pytest.mark.parametrize("name", ["search", "status", "quiet", "problems"])
    def test_continued_lines_keep_their_indent(self, name: str, desk: Desk) -> None:
        """A line that is full is never followed by one further to the left."""
        tokens = ("quiet", "--as-of", "2025-04-20") if name == "quiet" else READING[name]
        lines = desk.run(*tokens).out.splitlines()
        for line, following in pairwise(lines):
            first = following.split(" ")[0]
            if HEAD.match(following):
                continue
            if len(line) + len(first) + 1 >= 100 and line.startswith(" ") and following.strip():
                assert indent(following) >= indent(line), (line, following)

    def test_a_reader_who_leaves_early_is_no_trouble(self, desk: Desk) -> None:
        for tokens in (("export",), ("contacts", "--all"), ("problems",), ("search", "drawings")):
            with start(*tokens, "--db", desk.db) as process:
                assert process.stdout is not None
                assert process.stderr is not None
                process.stdout.read(10)
                process.stdout.close()
                assert (process.stderr.read(), process.wait(60)) == ("", 0), tokens

    def test_a_pipe_that_is_closed_at_once_is_no_trouble(self, desk: Desk) -> None:
        ours, theirs = os.pipe()
        os.close(ours)
        process = subprocess.Popen(
            [sys.executable, "-m", "gonequiet", "contacts", "--db", str(desk.db)],
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(theirs)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "")

    def test_a_terminal_of_another_alphabet_is_no_trouble(self, desk: Desk) -> None:
        for name in ("contacts", "search", "show"):
            process = start(
                *READING[name],
                "--db",
                desk.db,
                environment={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            )
            out, said = process.communicate(timeout=60)
            assert process.returncode == 0, said
            assert "Traceback" not in said
            assert out


HEAD = re.compile(r"\d\d \w{3} \d{4} |/|[a-z ]+: /|\d+ ")
"""How the first line of a new thing begins."""


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


class TestAsJson:
    @pytest.mark.parametrize("name", READING)
    def test_every_command_gives_json_and_nothing_else(self, name: str, desk: Desk) -> None:
        answer = desk.run(*READING[name], "--json")
        assert answer.code == desk.run(*READING[name]).code
        assert isinstance(json.loads(answer.out), (dict, list))

    def test_commands_that_change_something_give_json_too(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path / "records.db")
        place = mixed(tmp_path / "mail")
        for tokens in (
            ("import", str(place)),
            ("me", "kim@adler.example"),
            ("merge", "p1@firm1.example", "p2@firm2.example"),
            ("split", "p2@firm2.example"),
            ("undo",),
        ):
            assert isinstance(json.loads(desk.run(*tokens, "--json").out), (dict, list))

    def test_moments_are_iso_8601_in_utc(self, desk: Desk) -> None:
        moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
        report = desk.asks(*READING["quiet"])
        assert moment.fullmatch(report["as_of"])
        for matter in (*report["quiet"], *report["waiting"]):
            assert moment.fullmatch(matter["opened_at"])
        assert all(moment.fullmatch(hit["at"]) for hit in desk.asks(*READING["search"]))
        assert all(
            moment.fullmatch(one["read_at"]) for one in desk.asks(*READING["status"])["sources"]
        )


SPOILERS = {
    "colours": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "one-byte control": "\x9b31mred",
    "backspace": "visible\x08\x08\x08\x08gone",
    "return": "honest\rfalse",
    "right to left": "invoice\u202egpj.exe",
    "isolates": "a\u2066b\u2069c",
    "no width": "pay\u200bpal\ufeff",
    "line separators": "one\u2028two\u2029three",
    "markup": "[bold red]bold[/bold red] [link=http://x.example]y[/link]",
    "emoji code": ":smiley: :warning:",
    "format": "{0} %s %(x)s ${HOME}",
}


@pytest.fixture(scope="module", params=SPOILERS.values(), ids=list(SPOILERS))
def spoiled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Desk, str]:
    bad: str = request.param
    root = tmp_path_factory.mktemp("mail")
    asked = Letter(
        sender=OWNER,
        to=f'"Eve {bad}" <eve@harbour.example>',
        subject=f"Terms {bad} end",
        text=f"Could you name a day {bad} please?\n",
        message_id="bad@adler.example",
    )
    answer = asked._replace(
        sender=asked.to,
        to=OWNER,
        at=asked.at + timedelta(hours=2),
        message_id=f"x{bad}x@harbour.example".replace(" ", ""),
        extra=(f"List-Id: <{bad}.harbour.example>",),
    )
    write_mbox(root / "Sent", [asked])
    write_mbox(root / "Inbox", [answer])
    (root / f"picture {bad.replace('/', '')}").write_bytes(b"\0" * 9)
    desk = Desk(tmp_path_factory.mktemp("desk") / "records.db")
    desk.import_(root)
    return desk, bad


class TestSpoiledMail:
    """What mail holds is shown, and steers nothing."""

    COMMANDS_TRIED = (
        ("quiet", "--all", "--waiting", *MOMENT),
        ("show", "eve@harbour.example", *MOMENT),
        ("search", "name a day"),
        ("contacts", "--all"),
        ("contacts", "--set-aside"),
        ("problems", "--all"),
        ("status", *MOMENT),
        ("import", "/dev/null"),
    )

    def test_no_command_lets_it_through(self, spoiled: tuple[Desk, str]) -> None:
        desk, _ = spoiled
        for tokens in self.COMMANDS_TRIED:
            answer = desk.run(*tokens)
            shown = answer.out.replace("\n", " ") + answer.err.replace("\n", " ")
            assert not CONTROL.search(shown), tokens

    def test_visible_signs_stay_as_they_are(self, spoiled: tuple[Desk, str]) -> None:
        desk, bad = spoiled
        if CONTROL.search(bad):
            pytest.skip("not all of it can be seen")
        assert f"Terms {bad} end" in desk.run("search", "name a day").out

    def test_json_and_export_do_not_either(self, spoiled: tuple[Desk, str]) -> None:
        desk, _ = spoiled
        for tokens in (*self.COMMANDS_TRIED[:-1], ("export",)):
            answer = desk.run(*tokens, *(() if tokens == ("export",) else ("--json",)))
            assert not CONTROL.search(answer.out.replace("\n", " ")), tokens


class TestHelp:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_command_explains_itself_with_an_example(self, name: str, desk: Desk) -> None:
        answer = run_bare(name, "--help")
        assert answer.code == 0
        assert f"gonequiet {name}" in answer.out.partition("For example:")[2]
        assert max(map(len, answer.out.splitlines())) <= 100

    def test_the_help_names_every_command_in_one_line_each(self) -> None:
        answer = run_bare("--help")
        assert answer.code == 0
        for name in COMMANDS:
            assert re.search(rf"^\W*{name}\s{{2,}}\S", answer.out, re.MULTILINE), name

    def test_nothing_at_all_shows_the_help(self) -> None:
        assert "import" in run_bare().out

    def test_the_version_is_said(self) -> None:
        from gonequiet import __version__

        assert run_bare("--version").out.strip() == __version__


class TestUsage:
    @pytest.mark.parametrize(
        "tokens",
        [
            ("frobnicate",),
            ("quiet", "--frobnicate"),
            ("quiet", "superfluous"),
            ("quiet", "--as-of"),
            ("quiet", "--as-of", "yesterday"),
            ("quiet", "--as-of", "2025-02-30"),
            ("quiet", "--as-of", "2025-03-01T25:00"),
            ("show",),
            ("show", "nobody of that name"),
            ("search",),
            ("search", "x", "--limit", "many"),
            ("import",),
            ("import", "--workers", "many", "x"),
        ],
        ids=" ".join,
    )
    def test_what_is_not_understood_ends_with_2_and_a_sentence(
        self, tokens: tuple[str, ...], desk: Desk
    ) -> None:
        answer = desk.run(*tokens)
        assert answer.code == 2, answer
        assert answer.out == ""
        assert answer.err.startswith("gonequiet: ")
        assert "Traceback" not in answer.err

    def test_a_place_that_is_not_there_ends_with_1_and_a_sentence(self, desk: Desk) -> None:
        answer = desk.run("import", "/nowhere/at/all")
        assert answer.code == 1
        assert "nothing at /nowhere/at/all" in answer.out

    def test_a_day_means_its_end_and_a_moment_itself(self, desk: Desk) -> None:
        asked = {
            given: desk.asks("quiet", "--as-of", given)["as_of"]
            for given in ("2025-03-13", "2025-03-13T09:00", "2025-03-13T09:00+02:00")
        }
        assert asked == {
            "2025-03-13": "2025-03-13T23:59:59Z",
            "2025-03-13T09:00": "2025-03-13T09:00:00Z",
            "2025-03-13T09:00+02:00": "2025-03-13T07:00:00Z",
        }

    @pytest.mark.parametrize("given", ["1970-01-01", "2999-12-31"])
    def test_a_day_far_from_any_record_is_only_empty(self, given: str, desk: Desk) -> None:
        for command in (("quiet",), ("status",), ("show", "p13@firm6.example")):
            assert desk.run(*command, "--as-of", given).code in (0, 1)

    def test_search_is_literal(self, desk: Desk) -> None:
        for text in (
            '"',
            "*",
            "drawings OR keys",
            "subject:x",
            "a-b",
            "NEAR(",
            "' --",
            "%",
            "\0",
            "",
        ):
            answer = desk.run("search", text)
            assert answer.code == 0, answer
        assert desk.asks("search", "draw*") == []
        assert desk.asks("search", "木曜日")

    def test_a_limit_is_kept(self, desk: Desk) -> None:
        assert len(desk.asks("search", "drawings", "--limit", "3")) == 3
        assert desk.run("search", "drawings", "--limit", "0").code in (0, 2)
        assert desk.run("search", "drawings", "--limit", "-1").code in (0, 2)


def run_bare(*tokens: str) -> Answer:
    process = start(*tokens)
    out, err = process.communicate(timeout=60)
    return Answer(process.returncode, out, err)
