"""A full disk, a place that cannot be written, a second writer, a damaged or newer database."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import Answer, Desk
from tests.support.faults import answer_of, assert_one_sentence, child, disk_at
from tests.support.letters import ASKED, THREE, correspondence, settle, write_maildir, write_mbox

READING = (
    ("quiet",),
    ("show", "p1@firm1.example"),
    ("search", "drawings"),
    ("contacts",),
    ("me",),
    ("problems",),
    ("status",),
    ("verify",),
    ("export",),
)


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_maildir(tmp_path_factory.mktemp("mail") / "post", correspondence(300))
    settle(root)
    return root


@pytest.fixture(scope="module")
def exported(mailbox: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    desk = Desk(tmp_path_factory.mktemp("undisturbed") / "records.db")
    desk.takes_in(mailbox)
    return desk.export()


@pytest.fixture(scope="module")
def sound(mailbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("sound") / "records.db")
    desk.takes_in(mailbox)
    desk.asks("me", "kim@adler.example")
    desk.asks("merge", "p1@firm1.example", "p2@firm2.example")
    with sqlite3.connect(desk.db) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return desk


class TestFullDisk:
    @pytest.mark.parametrize("room", [0, 20_000, 150_000, 300_000])
    def test_a_file_that_may_not_grow_stops_in_words_and_the_next_import_makes_good(
        self, room: int, mailbox: Path, exported: str, desk: Desk
    ) -> None:
        def starved() -> Answer:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            return desk.import_(mailbox)

        assert_one_sentence(answer_of(starved))
        assert desk.takes_in(mailbox)[0] >= 0
        assert desk.export() == exported
        assert desk.asks("verify")["sound"] is True

    def test_a_disk_without_room_stops_in_words_and_the_next_import_makes_good(
        self, small_disk: Path, mailbox: Path, exported: str
    ) -> None:
        desk = Desk(small_disk / "records.db")
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * 1_700_000)
        answer = desk.import_(mailbox)
        assert_one_sentence(answer)
        assert "disk is full" in answer.err
        filler.unlink()
        desk.takes_in(mailbox)
        assert desk.export() == exported

    @pytest.fixture
    def small_disk(self, tmp_path: Path) -> Iterator[Path]:
        with disk_at(tmp_path / "small", "size=2m") as place:
            yield place


class TestPlacesThatCannotBeWritten:
    def test_no_folder_can_be_made(self, mailbox: Path) -> None:
        assert_one_sentence(Desk(Path("/proc/nowhere/records.db")).import_(mailbox))

    def test_a_folder_in_the_way_is_a_file(self, mailbox: Path, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert_one_sentence(Desk(tmp_path / "file" / "records.db").import_(mailbox))

    def test_a_folder_that_may_only_be_read(self, mailbox: Path, tmp_path: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("the superuser may write everywhere")
        (tmp_path / "shut").mkdir(mode=0o500)
        assert_one_sentence(Desk(tmp_path / "shut" / "records.db").import_(mailbox))

    def test_an_export_that_cannot_be_written_leaves_nothing(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE))
        (tmp_path / "folder").mkdir()
        before = set(tmp_path.iterdir())
        assert_one_sentence(desk.run("export", "--out", tmp_path / "folder"))
        assert_one_sentence(desk.run("export", "--out", tmp_path / "none" / "x.jsonl"))
        assert set(tmp_path.iterdir()) == before

    def test_what_is_made_is_the_owners_alone(self, desk: Desk, tmp_path: Path) -> None:
        desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE))
        assert desk.run("export", "--out", tmp_path / "all.jsonl").code == 0
        assert desk.db.parent.stat().st_mode & 0o777 == 0o700
        made = [*desk.db.parent.iterdir(), tmp_path / "all.jsonl"]
        assert {file.name: file.stat().st_mode & 0o077 for file in made} == {
            file.name: 0 for file in made
        }

    def test_the_database_is_a_folder(self, mailbox: Path, tmp_path: Path) -> None:
        (tmp_path / "records.db").mkdir()
        assert_one_sentence(Desk(tmp_path / "records.db").import_(mailbox))


class TestTwoAtOnce:
    @pytest.fixture
    def busy(self, desk: Desk, tmp_path: Path) -> Iterator[Desk]:
        """A desk whose database another process is writing to."""
        from gonequiet.store.database import Database

        desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE))
        holds, waits = os.pipe(), os.pipe()

        def hold() -> None:
            with Database(desk.db).sole_writer():
                os.write(holds[1], b"x")
                os.read(waits[0], 1)

        with child(hold):
            os.read(holds[0], 1)
            yield desk
            os.write(waits[1], b"x")
        for end in (*holds, *waits):
            os.close(end)

    def test_a_second_writer_is_refused_in_words_and_changes_nothing(
        self, busy: Desk, mailbox: Path
    ) -> None:
        before = busy.export()
        for command in (
            ("import", mailbox),
            ("merge", "dana", "tomas"),
            ("me", "kim@adler.example"),
            ("undo",),
        ):
            answer = busy.run(*command)
            assert_one_sentence(answer)
            assert "Another gonequiet" in answer.err
        assert busy.export() == before

    def test_whoever_only_reads_need_not_wait(self, busy: Desk) -> None:
        for command in READING:
            answer = busy.run(*command)
            assert answer.code in (0, 1, 2), answer
            assert "Another gonequiet" not in answer.err

    def test_two_imports_at_once_end_as_one_after_the_other(
        self, mailbox: Path, exported: str, desk: Desk
    ) -> None:
        with child(lambda: desk.import_(mailbox)) as first, child(lambda: desk.import_(mailbox)):
            answer = desk.import_(mailbox)
            first.join()
        assert answer.code in (0, 1)
        desk.takes_in(mailbox)
        assert desk.export() == exported
        assert desk.asks("verify")["sound"] is True


class TestDamage:
    """A damaged database is told in words, whatever is asked of it."""

    @pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.7, 0.99])
    def test_a_cut_off_database_is_told_in_words(
        self, share: float, sound: Desk, tmp_path: Path, mailbox: Path
    ) -> None:
        whole = sound.db.read_bytes()
        hurt = Desk(tmp_path / "hurt.db", is_damaged=True)
        hurt.db.write_bytes(whole[: int(len(whole) * share)])
        assert hurt.run("verify").code == 1
        for command in (*READING, ("import", mailbox)):
            answer = hurt.run(*command)
            assert answer.code in (0, 1, 2)
            assert answer.code == 0 or answer.err or answer.out
            assert "Traceback" not in answer.err

    @pytest.mark.parametrize("content", [b"not a database at all\n" * 400, bytes(8192)])
    def test_what_is_no_database_is_refused_and_left_alone(
        self, content: bytes, desk: Desk, mailbox: Path
    ) -> None:
        desk.db.parent.mkdir()
        desk.db.write_bytes(content)
        for command in (*READING, ("import", mailbox)):
            assert_one_sentence(desk.run(*command))
        assert desk.db.read_bytes() == content

    def test_a_newer_database_is_refused_and_left_alone(
        self, sound: Desk, tmp_path: Path, mailbox: Path
    ) -> None:
        newer = Desk(tmp_path / "newer.db")
        newer.db.write_bytes(sound.db.read_bytes())
        with sqlite3.connect(newer.db) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        before = newer.db.read_bytes()
        for command in (*READING, ("import", mailbox), ("undo",)):
            answer = newer.run(*command)
            assert_one_sentence(answer)
            assert "newer gonequiet" in answer.err
        assert newer.db.read_bytes() == before

    def test_a_flipped_bit_in_what_is_exported_is_noticed(
        self, sound: Desk, tmp_path: Path
    ) -> None:
        whole, exported = sound.db.read_bytes(), sound.export()
        chance, changed = random.Random(7), 0
        for _ in range(60):
            content = bytearray(whole)
            content[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            hurt = Desk(tmp_path / "hurt.db", is_damaged=True)
            hurt.db.write_bytes(content)
            differs = told_or_run(hurt) != exported
            changed += differs
            assert hurt.run("verify").code == int(differs) or not differs
            for file in tmp_path.iterdir():
                file.unlink()
        assert changed > 10

    def test_no_flipped_bit_makes_a_traceback(self, sound: Desk, tmp_path: Path) -> None:
        whole, chance = sound.db.read_bytes(), random.Random(11)
        hurt = Desk(tmp_path / "hurt.db", is_damaged=True)
        for _ in range(8):
            content = bytearray(whole)
            for _ in range(3):
                content[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            hurt.db.write_bytes(content)
            for command in READING:
                answer = hurt.run(*command)
                assert answer.code in (0, 1, 2)
                assert "Traceback" not in answer.err

    def test_each_table_is_watched(self, sound: Desk, tmp_path: Path) -> None:
        whole = sound.db.read_bytes()
        for table, change in WATCHED.items():
            hurt = Desk(tmp_path / f"{table}.db")
            hurt.db.write_bytes(whole)
            with sqlite3.connect(hurt.db) as connection:
                assert connection.execute(f"UPDATE {table} SET {change}").rowcount > 0
            connection.close()
            assert hurt.run("verify").code == 1, table

    @pytest.mark.parametrize("table", ["contact", "contact_address", "link", "wait", "episode"])
    def test_what_was_only_concluded_is_drawn_again(
        self, sound: Desk, tmp_path: Path, table: str
    ) -> None:
        exported = sound.export()
        hurt = Desk(tmp_path / "hurt.db")
        hurt.db.write_bytes(sound.db.read_bytes())
        with sqlite3.connect(hurt.db) as connection:
            connection.execute(f"UPDATE {table} SET {WATCHED[table]}")
        connection.close()
        told = hurt.run("verify")
        assert "'gonequiet verify --mend' draws it again." in told.words
        assert "Move the database away" not in told.words
        assert hurt.run("verify", "--mend").code == 0
        assert hurt.run("verify").code == 0
        assert hurt.export() == exported

    def test_a_record_that_changed_is_not_mended(self, sound: Desk, tmp_path: Path) -> None:
        hurt = Desk(tmp_path / "hurt.db")
        hurt.db.write_bytes(sound.db.read_bytes())
        with sqlite3.connect(hurt.db) as connection:
            connection.execute("UPDATE message SET kind = 'automatic'")
        connection.close()
        before = hurt.export()
        told = hurt.run("verify", "--mend")
        assert told.code == 1
        assert "Move the database away" in told.words
        assert hurt.export() == before


WATCHED = {
    "source": "kind = 'archive'",
    "unit": "folder_role = 'sent'",
    "message": "kind = 'automatic'",
    "message_text": "new_text = new_text || ' and not so'",
    "participant": "role = 4 WHERE role = 3",
    "address": "address = 'x' || address",
    "reference": "id_digest = id_digest + 1",
    "copy": "labels = 'sent'",
    "edit": "second = 'p3@firm3.example'",
    "contact": "name = 'Somebody Else'",
    "contact_address": "rule = 'alias'",
    "link": "direction = 'outbound'",
    "wait": "replied_after = NULL",
    "episode": "closed_at = NULL, closure = ''",
}


def told_or_run(desk: Desk) -> str:
    """Returns the export, or the sentence in its place."""
    answer = desk.run("export")
    assert "Traceback" not in answer.err
    return answer.out if answer.code == 0 else answer.err


def test_a_database_nobody_made_yet_is_a_question_of_usage(desk: Desk) -> None:
    for command in READING:
        assert_one_sentence(desk.run(*command), code=2)
    assert not desk.db.exists()


def test_a_database_of_no_length_is_one_nobody_made_yet(desk: Desk, tmp_path: Path) -> None:
    desk.db.parent.mkdir()
    desk.db.touch()
    assert_one_sentence(desk.run("status"), code=2)
    assert desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE)) == (3, 0)


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [("quiet_below", "2"), ("horizon_days", "soon"), ("country", "Utopia")],
)
def test_a_wrong_setting_is_told_with_its_name(
    setting: str, wrong: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED]))
    monkeypatch.setenv(f"GONEQUIET_{setting.upper()}", wrong)
    answer = desk.run("status")
    assert answer.code == 2
    assert setting in answer.err


def test_every_wrong_setting_is_told_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED]))
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "gonequiet"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('quiet_below = "x"\nhorizon = 3\nplanet = "de"\n')
    answer = desk.run("status")
    assert answer.code == 2
    assert all(name in answer.err for name in ("quiet_below", "horizon", "planet"))
    (config / "settings.toml").write_text("quiet_below = = 3\n")
    assert desk.run("status").code == 2


@pytest.mark.parametrize("kind", ["fifo", "device", "huge", "folder"])
def test_settings_that_are_no_file_of_text_stop_no_command_for_ever(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED]))
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "gonequiet" / "settings.toml"
    settings.parent.mkdir(parents=True)
    if kind == "fifo":
        os.mkfifo(settings)
    elif kind == "device":
        settings.symlink_to("/dev/zero")
    elif kind == "folder":
        settings.mkdir()
    else:
        settings.touch()
        os.truncate(settings, 1024**3)
    answer = desk.run("status")
    assert answer.code == 2
    assert "Mend it or move it away." in answer.words


def test_settings_may_lie_elsewhere_behind_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED]))
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "gonequiet" / "settings.toml"
    settings.parent.mkdir(parents=True)
    (tmp_path / "mine.toml").write_text('country = "Utopia"\n')
    settings.symlink_to(tmp_path / "mine.toml")
    assert "write a country as two letters" in desk.run("status").err


def test_the_export_reads_back_as_json(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE))
    lines = [json.loads(line) for line in desk.export().splitlines()]
    assert lines[0] == {"kind": "format", "name": "gonequiet-export-2"}
    assert desk.run("export", "--out", tmp_path / "all.jsonl").code == 0
    assert (tmp_path / "all.jsonl").read_text() == desk.export()
