"""Places that changed, shrank, are damaged, or hold what is no mail: nothing stops, all is said."""

from __future__ import annotations

import lzma
import os
import random
import socket
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import (
    ANSWERED,
    APART,
    ASKED,
    FOURTH,
    OWNER,
    THREE,
    Letter,
    answer_to,
    append_mbox,
    as_mbox,
    settle,
    write_eml,
    write_maildir,
    write_mbox,
    write_zip,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "mail"
    made.mkdir()
    return made


def ids(desk: Desk) -> set[str]:
    return {line["message_id"] for line in desk.exported("message")}


ALL = {letter.message_id for letter in THREE}


class TestWhatShrank:
    """What was read stays, whatever the place says later."""

    def test_a_file_that_is_gone_from_a_folder_is_told_and_its_mail_kept(
        self, root: Path, desk: Desk
    ) -> None:
        write_mbox(root / "a.mbox", THREE[:2])
        write_mbox(root / "b.mbox", THREE[2:])
        desk.takes_in(root)
        (root / "b.mbox").unlink()
        answer = desk.import_(root)
        assert answer.json["sources"][0]["emptied"] == ["b.mbox"]
        assert ids(desk) == ALL
        assert [(one["kind"], one["position"]) for one in desk.problems()] == [
            ("skipped", "b.mbox")
        ]

    def test_an_mbox_that_is_empty_now_is_told_and_its_mail_kept(
        self, root: Path, desk: Desk
    ) -> None:
        write_mbox(root / "a.mbox", THREE)
        write_mbox(root / "b.mbox", [FOURTH])
        desk.takes_in(root)
        (root / "a.mbox").write_bytes(b"")
        assert desk.import_(root).json["sources"][0]["emptied"] == ["a.mbox"]
        assert ids(desk) == {*ALL, FOURTH.message_id}

    def test_an_only_mbox_that_is_empty_now_is_refused_and_its_mail_kept(
        self, root: Path, desk: Desk
    ) -> None:
        file = write_mbox(root / "a.mbox", THREE)
        desk.takes_in(file)
        file.write_bytes(b"")
        answer = desk.run("import", file)
        assert answer.code == 1
        assert "No records were found" in answer.words
        assert ids(desk) == ALL

    def test_a_vanished_file_is_told_in_words_too(self, root: Path, desk: Desk) -> None:
        write_mbox(root / "a.mbox", THREE[:2])
        write_mbox(root / "b.mbox", THREE[2:])
        desk.takes_in(root)
        (root / "b.mbox").unlink()
        assert "b.mbox" in desk.run("import", root).out

    def test_a_maildir_that_is_empty_now_is_told_and_its_mail_kept(
        self, root: Path, desk: Desk
    ) -> None:
        write_maildir(root, THREE)
        settle(root)
        desk.takes_in(root)
        for file in (root / "cur").iterdir():
            file.unlink()
        assert "1 problem" in desk.run("import", root).out
        assert ids(desk) == ALL
        assert [one["kind"] for one in desk.problems()] == ["emptied"]

    def test_a_single_letter_that_was_deleted_is_kept_in_silence(
        self, root: Path, desk: Desk
    ) -> None:
        write_maildir(root, THREE)
        settle(root)
        desk.takes_in(root)
        (root / "cur" / f"{APART.message_id}:2,S").unlink()
        assert desk.import_(root).json["sources"][0]["emptied"] == []
        assert ids(desk) == ALL
        assert desk.problems() == []

    def test_what_comes_back_is_no_problem_any_more(self, root: Path, desk: Desk) -> None:
        write_mbox(root / "a.mbox", THREE[:1])
        write_maildir(root / "post", THREE[1:])
        settle(root)
        desk.takes_in(root)
        away = root.parent / "away"
        (root / "a.mbox").rename(away)
        (root / "post" / "cur").rename(root.parent / "cur")
        (root / "post" / "cur").mkdir()
        desk.takes_in(root)
        assert len(desk.problems()) == 2
        away.rename(root / "a.mbox")
        (root / "post" / "cur").rmdir()
        (root.parent / "cur").rename(root / "post" / "cur")
        settle(root)
        assert desk.takes_in(root) == (0, 0)
        assert desk.problems() == []


class TestWhatWasRewritten:
    """Mail programs pack, mark and move what they keep."""

    def test_a_packed_mbox_is_read_anew_without_doubling_anything(
        self, root: Path, desk: Desk
    ) -> None:
        file = write_mbox(root / "a.mbox", THREE)
        desk.takes_in(file)
        write_mbox(file, [*THREE[1:], FOURTH])
        assert desk.takes_in(file) == (1, 2)
        assert ids(desk) == {*ALL, FOURTH.message_id}

    def test_what_was_packed_away_keeps_its_direction(self, root: Path, desk: Desk) -> None:
        file = write_mbox(root / "a.mbox", THREE)
        desk.takes_in(file)
        write_mbox(file, [APART, FOURTH])
        desk.takes_in(file)
        desk.asks("me", "kim@adler.example")
        directions = {one["message_id"]: one["direction"] for one in desk.exported("message")}
        assert directions[ANSWERED.message_id] == "outbound"

    def test_an_mbox_rewritten_to_its_old_length_is_read_anew(self, root: Path, desk: Desk) -> None:
        file = write_mbox(root / "a.mbox", [ASKED])
        desk.takes_in(file)
        before = file.stat()
        other = ASKED._replace(
            message_id="two@harbour.example", text=ASKED.text.replace("Thursday", "Saturday")
        )
        write_mbox(file, [other])
        assert file.stat().st_size == before.st_size
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        assert desk.takes_in(file) == (1, 0)

    def test_a_letter_that_was_half_written_is_whole_the_next_time(
        self, root: Path, desk: Desk
    ) -> None:
        whole = b"".join(as_mbox(one) for one in THREE)
        file = root / "a.mbox"
        file.write_bytes(whole[:-40])
        desk.takes_in(file)
        file.write_bytes(whole)
        desk.takes_in(file)
        texts = {one["message_id"]: one["new_text"] for one in desk.exported("message")}
        assert texts[APART.message_id].split() == APART.text.split()

    def test_a_letter_half_written_in_its_headers_is_whole_the_next_time(
        self, root: Path, desk: Desk
    ) -> None:
        file = write_mbox(root / "a.mbox", THREE[:2])
        last = as_mbox(APART)
        with file.open("ab") as out:
            out.write(last[:70])
        desk.takes_in(file)
        with file.open("ab") as out:
            out.write(last[70:])
        desk.takes_in(file)
        assert APART.message_id in ids(desk)

    def test_flags_and_moves_within_a_maildir_are_nothing_new(self, root: Path, desk: Desk) -> None:
        write_maildir(root, THREE, part="new")
        settle(root)
        desk.takes_in(root)
        before = desk.export()
        for file in (root / "new").iterdir():
            file.rename(root / "cur" / f"{file.name}:2,RS")
        assert desk.takes_in(root) == (0, 0)
        assert desk.export() == before

    def test_mail_that_came_in_the_same_moment_as_an_import_is_found_by_the_next(
        self, root: Path, desk: Desk
    ) -> None:
        write_maildir(root, THREE[:2])
        desk.takes_in(root)
        write_maildir(root, THREE[2:])
        assert desk.takes_in(root) == (1, 0)

    def test_a_moved_mailbox_is_known_by_its_letters(self, root: Path, desk: Desk) -> None:
        file = write_mbox(root / "a.mbox", THREE)
        desk.takes_in(file)
        assert desk.takes_in(file.rename(root / "b.mbox")) == (0, 3)

    def test_the_last_line_needs_no_end(self, root: Path, desk: Desk) -> None:
        file = root / "a.mbox"
        file.write_bytes(b"".join(map(as_mbox, THREE)).rstrip(b"\n"))
        assert desk.takes_in(file) == (3, 0)
        with file.open("ab") as out:
            out.write(b"\n\n")
        append_mbox(file, [FOURTH])
        assert desk.takes_in(file) == (1, 0)

    def test_lines_that_begin_with_from_are_the_writers_words(self, root: Path, desk: Desk) -> None:
        said = "From the first of May we are elsewhere.\nFrom then on, write to the yard.\n"
        letter = ASKED._replace(text=said)
        desk.takes_in(write_mbox(root / "a.mbox", [letter]))
        munged = desk.exported("message")[0]["new_text"]
        assert munged.replace(">", "").split() == said.split()
        assert desk.takes_in(*write_eml(root / "loose", [letter])) == (0, 1)


class TestWhatIsNoMail:
    """Links, pipes, pictures: left alone, listed, in nobody's way."""

    @pytest.fixture
    def place(self, root: Path) -> Path:
        write_mbox(root / "good.mbox", THREE)
        return root

    def reasons(self, desk: Desk, place: Path) -> dict[str, str]:
        assert desk.takes_in(place) == (3, 0)
        assert ids(desk) == ALL
        return {one["position"]: one["kind"] for one in desk.problems()}

    def test_links_are_not_followed(self, place: Path, desk: Desk, tmp_path: Path) -> None:
        elsewhere = write_mbox(tmp_path / "secret" / "other.mbox", [FOURTH])
        (place / "loop").symlink_to(place)
        (place / "self").symlink_to("self")
        (place / "gone").symlink_to("nowhere")
        (place / "out.mbox").symlink_to(elsewhere)
        (place / "out").symlink_to(elsewhere.parent)
        assert self.reasons(desk, place) == dict.fromkeys(
            ("gone", "loop", "out", "out.mbox", "self"), "skipped"
        )

    def test_pipes_and_sockets_are_not_opened(self, place: Path, desk: Desk) -> None:
        os.mkfifo(place / "pipe")
        with socket.socket(socket.AF_UNIX) as listening:
            previous = Path.cwd()
            os.chdir(place)
            listening.bind("socket")
            os.chdir(previous)
            assert self.reasons(desk, place) == {"pipe": "skipped", "socket": "skipped"}

    def test_links_and_pipes_inside_a_maildir_are_left(
        self, root: Path, desk: Desk, tmp_path: Path
    ) -> None:
        secret = write_eml(tmp_path / "secret", [FOURTH])[0]
        write_maildir(root, THREE)
        os.mkfifo(root / "cur" / "pipe:2,")
        (root / "cur" / "link:2,").symlink_to(secret)
        (root / "new" / "loop").symlink_to("loop")
        (root / "new" / "folder").mkdir()
        settle_all_but_links(root)
        assert desk.takes_in(root) == (3, 0)
        assert ids(desk) == ALL

    def test_a_maildir_whose_cur_is_a_link_is_not_entered(
        self, root: Path, desk: Desk, tmp_path: Path
    ) -> None:
        write_maildir(tmp_path / "secret", [FOURTH])
        write_mbox(root / "good.mbox", THREE)
        (root / "post").mkdir()
        (root / "post" / "new").mkdir()
        (root / "post" / "cur").symlink_to(tmp_path / "secret" / "cur")
        assert self.reasons(desk, root) == {"post/cur": "skipped"}

    def test_what_is_no_mail_is_listed(self, place: Path, desk: Desk) -> None:
        (place / "empty").touch()
        (place / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
        (place / "notes.txt").write_text("Milk, bread, nails.\n")
        (place / "table.csv").write_text("a,b\n1,2\n")
        assert self.reasons(desk, place) == dict.fromkeys(
            ("empty", "notes.txt", "picture.jpg", "1"),  # the last: line 1 of the table
            "not_recognised",
        )

    def test_a_folder_without_mail_is_refused_in_one_sentence(self, root: Path, desk: Desk) -> None:
        (root / "notes.txt").write_text("Milk, bread, nails.\n")
        answer = desk.run("import", root)
        assert answer.code == 1
        assert "No records were found" in answer.words

    @pytest.mark.parametrize("special", [os.mkfifo, Path.touch, Path.mkdir])
    def test_a_special_or_empty_place_named_alone_is_refused(
        self, special: Callable[[Path], None], root: Path, desk: Desk
    ) -> None:
        special(root / "thing")
        good = write_mbox(root / "good.mbox", THREE)
        answer = desk.import_(root / "thing", good)
        assert answer.code == 1
        assert [one[0] for one in answer.json["refused"]] == [str(root / "thing")]
        assert ids(desk) == ALL

    def test_a_link_the_owner_names_is_followed(self, root: Path, desk: Desk) -> None:
        write_mbox(root / "good.mbox", THREE)
        (root / "link.mbox").symlink_to("good.mbox")
        assert desk.takes_in(root / "link.mbox") == (3, 0)

    def test_folders_nested_without_end_come_to_one(self, place: Path, desk: Desk) -> None:
        deep = place
        for _ in range(60):
            deep /= "d"
        deep.mkdir(parents=True)
        write_mbox(deep / "deep.mbox", [FOURTH])
        kinds = set(self.reasons(desk, place).values())
        assert kinds == {"skipped"}


def settle_all_but_links(root: Path) -> None:
    for part in ("cur", "new"):
        then = (root / part).stat().st_mtime - 3_600
        os.utime(root / part, (then, then))


ODD_NAMES = {
    "line ends": "two\nlines\r.mbox",
    "colours": "\x1b[31mred\x1b[0m.mbox",
    "right to left": "a\u202egpj.mbox",
    "markup": "[bold red]x[] {0} %s.mbox",
    "blanks": "  leading and trailing  ",
    "long": "n" * 200 + ".mbox",
}


class TestOddNames:
    """A name in the records is only ever shown, and shown literally."""

    @pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
    def test_a_file_of_any_name_is_read_and_shown_literally(
        self, name: str, root: Path, desk: Desk
    ) -> None:
        write_mbox(root / name, THREE)
        (root / f"not {name}").write_bytes(b"\0no mail")
        assert desk.takes_in(root) == (3, 0)
        assert [one["position"] for one in desk.problems()] == [f"not {name}"]
        shown = desk.run("problems").out
        assert not set(shown) & set("\x1b\r\u202e")
        assert len(shown.strip().splitlines()) <= 8

    @pytest.mark.parametrize("name", [b"caf\xe9.mbox", b"\xff\xfe", b"\xed\xa0\x80"])
    def test_a_name_in_no_encoding_is_read_too(self, name: bytes, root: Path, desk: Desk) -> None:
        file = root / os.fsdecode(name)
        write_mbox(file, THREE)
        (root / (os.fsdecode(name) + " no mail")).write_bytes(b"\0")
        assert desk.takes_in(root) == (3, 0)
        assert desk.takes_in(root) == (0, 0)
        assert len(desk.problems()) == 1
        assert desk.run("problems").code == 0
        assert desk.exported("message")[0]["copies"]

    def test_a_letter_whose_file_name_is_in_no_encoding_is_read_too(
        self, root: Path, desk: Desk
    ) -> None:
        for part in ("cur", "new", "tmp"):
            (root / part).mkdir()
        (root / "cur" / os.fsdecode(b"caf\xe9:2,S")).write_bytes(ASKED.raw())
        settle(root)
        assert desk.takes_in(root) == (1, 0)
        assert desk.takes_in(root) == (0, 0)


class TestArchives:
    """A zip is read as it streams by; nothing of it is written to the disk."""

    def test_a_cut_off_zip_is_refused_in_one_sentence(self, root: Path, desk: Desk) -> None:
        file = write_zip(root / "cut.zip", [("all.mbox", b"".join(map(as_mbox, THREE)))])
        file.write_bytes(file.read_bytes()[:-60])
        good = write_mbox(root / "good.mbox", THREE)
        answer = desk.import_(file, good)
        assert answer.code == 1
        assert "cut off" in answer.json["refused"][0][1]
        assert ids(desk) == ALL

    def test_a_cut_off_zip_in_a_folder_stops_nothing_else(self, root: Path, desk: Desk) -> None:
        file = write_zip(root / "a-cut.zip", [("all.mbox", b"".join(map(as_mbox, THREE)))])
        file.write_bytes(file.read_bytes()[:-60])
        write_mbox(root / "good.mbox", THREE)
        answer = desk.import_(root)
        assert answer.json["sources"][0]["messages"] == 3
        assert ids(desk) == ALL
        assert [one["unit"] for one in desk.problems()] == ["a-cut.zip"]

    def test_what_comes_before_a_damage_is_read(self, root: Path, desk: Desk) -> None:
        chance = random.Random(7)
        letters = [
            APART._replace(
                text="".join(chance.choices("abcdefghij \n", k=10_000)) + "\n",
                message_id=f"n{n}@made.example",
                at=APART.at + timedelta(hours=n),
            )
            for n in range(400)
        ]
        file = write_zip(root / "hurt.zip", [("all.mbox", b"".join(map(as_mbox, letters)))])
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
        answer = desk.import_(file)
        assert answer.code == 0
        whole = {letter.text.strip() for letter in letters}
        read = [line["new_text"].strip() in whole for line in desk.exported("message")]
        assert sum(read) > 100
        assert ("partly_read", "all.mbox") in {
            (one["kind"], one["position"]) for one in desk.problems()
        }

    def test_a_bomb_is_left_out_quickly(self, root: Path, desk: Desk) -> None:
        bomb = root / "bomb.zip"
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            with archive.open("bomb.mbox", "w", force_zip64=True) as out:
                out.write(as_mbox(ASKED))
                for _ in range(40):
                    out.write(b"\n" * 10_000_000)
            archive.writestr("good.eml", APART.raw())
        assert bomb.stat().st_size < 1_000_000
        assert desk.takes_in(bomb)[0] >= 1
        assert APART.message_id in ids(desk)
        assert ("skipped", "bomb.mbox") in {
            (one["kind"], one["position"]) for one in desk.problems()
        }

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_members_of_one_name_are_all_read(self, root: Path, desk: Desk) -> None:
        members = [("mail.eml", one.raw()) for one in THREE]
        assert desk.takes_in(write_zip(root / "same.zip", members)) == (3, 0)
        assert desk.takes_in(root / "same.zip") == (0, 0)

    def test_names_that_climb_out_touch_nothing(self, root: Path, desk: Desk) -> None:
        names = ["../../climbed.eml", "/etc/absolute.eml", "C:\\drive.eml"]
        members = [(name, one.raw()) for name, one in zip(names, THREE, strict=True)]
        before = {path for path in root.parent.rglob("*") if "desk" not in path.parts}
        file = write_zip(root / "slip.zip", members)
        assert desk.takes_in(file) == (3, 0)
        after = {path for path in root.parent.rglob("*") if "desk" not in path.parts}
        assert after == before | {file}

    def test_odd_names_in_an_archive_stay_literal(self, root: Path, desk: Desk) -> None:
        members = [(name, b"\0no mail") for name in ODD_NAMES.values()]
        file = write_zip(root / "odd.zip", [*members, ("good.eml", ASKED.raw())])
        assert desk.takes_in(file) == (1, 0)
        shown = desk.run("problems").out
        assert not set(shown) & set("\x1b\r\u202e")
        assert len(desk.problems()) == len(ODD_NAMES)

    def test_a_zip_in_a_zip_is_listed_and_not_opened(self, root: Path, desk: Desk) -> None:
        inner = write_zip(root / "inner.zip", [("x.eml", ASKED.raw())]).read_bytes()
        (root / "inner.zip").unlink()
        outer = write_zip(root / "outer.zip", [("inner.zip", inner), ("y.eml", APART.raw())])
        assert desk.takes_in(outer) == (1, 0)
        assert [one["position"] for one in desk.problems()] == ["inner.zip"]

    def test_an_archive_without_mail_says_what_it_holds(self, root: Path, desk: Desk) -> None:
        file = write_zip(root / "pictures.zip", [("a.txt", b"Milk and bread\n"), ("b/", b"")])
        answer = desk.import_(file)
        assert answer.code == 1
        assert answer.json["sources"][0]["nothing_read"]
        assert [one["kind"] for one in desk.problems()] == ["not_recognised"]

    def test_labels_of_takeout_say_what_was_sent(self, root: Path, desk: Desk) -> None:
        sent = answer_to(ASKED, OWNER)._replace(extra=("X-Gmail-Labels: Sent,Important",))
        arrived = ASKED._replace(extra=("X-Gmail-Labels: Inbox,Unread",))
        file = write_zip(
            root / "takeout.zip", [("Takeout/Mail/All mail.mbox", as_mbox(arrived) + as_mbox(sent))]
        )
        desk.takes_in(file)
        assert {line["message_id"]: line["direction"] for line in desk.exported("message")} == {
            arrived.message_id: "inbound",
            sent.message_id: "outbound",
        }
        assert [one["has_sent"] for one in desk.asks("status")["sources"]] == [True]

    def test_labels_in_the_owners_language_are_understood(self, root: Path, desk: Desk) -> None:
        label = "=?UTF-8?Q?Messages_envoy=C3=A9s?="
        sent = answer_to(ASKED, OWNER)._replace(extra=(f"X-Gmail-Labels: {label}",))
        desk.takes_in(write_zip(root / "t.zip", [("Mail/Tous.mbox", as_mbox(sent))]))
        assert [one["has_sent"] for one in desk.asks("status")["sources"]] == [True]


ENCODINGS: dict[str, tuple[bytes, bytes, str]] = {
    "latin-1 and says nothing": (
        b"",
        "Grüße aus Köln, Ihr Jörg Müller".encode("latin-1"),
        "aus",
    ),
    "latin-1 and says UTF-8": (
        b"Content-Type: text/plain; charset=utf-8\n",
        "Grüße aus Köln".encode("latin-1"),
        "aus",
    ),
    "UTF-8 and says ASCII": (
        b"Content-Type: text/plain; charset=us-ascii\n",
        "Grüße aus Köln".encode(),
        "Grüße",
    ),
    "a charset nobody knows": (
        b"Content-Type: text/plain; charset=x-klingon\n",
        "Grüße aus Köln".encode(),
        "aus",
    ),
    "windows-1252": (
        b"Content-Type: text/plain; charset=windows-1252\n",
        "“quoted” – really".encode("cp1252"),
        "“quoted”",
    ),
    "shift-jis": (
        b"Content-Type: text/plain; charset=shift_jis\n",
        "木曜日に会いましょうか".encode("shift_jis"),
        "木曜日",
    ),
    "UTF-16 in base64": (
        b"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n",
        b"//5HAHIA/ADfAGUA\n",
        "Grüße",
    ),
    "lone surrogates": (b"Content-Type: text/plain; charset=utf-8\n", b"ok \xed\xa0\x80", "ok"),
    "NUL": (b"Content-Type: text/plain; charset=utf-8\n", b"one\0two", "one"),
}


class TestEncodings:
    """Whatever the bytes claim to be, the words come out or it is said."""

    @pytest.mark.parametrize("case", ENCODINGS.values(), ids=ENCODINGS)
    def test_the_words_come_out(
        self, case: tuple[bytes, bytes, str], root: Path, desk: Desk
    ) -> None:
        header, body, word = case
        head = b"From: a@harbour.example\nTo: kim@adler.example\nSubject: s\n"
        (root / "x.eml").write_bytes(head + header + b"\n" + body + b"\n")
        desk.takes_in(root / "x.eml")
        assert word in desk.exported("message")[0]["new_text"]
        assert desk.asks("verify")["sound"] is True

    @pytest.mark.parametrize(
        ("raw", "shown"),
        [
            (b"=?iso-8859-1?q?Gr=FC=DFe?=", "Grüße"),
            (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
            (b"Gr\xfc\xdfe", None),
            (b"=?x-unknown?q?abc?=", None),
            (b"=?utf-8?q?=ed=a0=80?=", None),
            (b"a\x1b[31mb", None),
        ],
    )
    def test_a_subject_in_any_encoding_is_kept(
        self, raw: bytes, shown: str | None, root: Path, desk: Desk
    ) -> None:
        (root / "x.eml").write_bytes(
            b"From: a@harbour.example\nTo: kim@adler.example\nSubject: " + raw + b"\n\nwords\n"
        )
        desk.takes_in(root / "x.eml")
        subject = desk.exported("message")[0]["subject"]
        assert "\x1b" not in subject
        assert shown is None or subject == shown
        assert desk.run("search", "words").code == 0


class TestWhatMayNotBeRead:
    """Permissions are the owner's business; the rest is read."""

    @pytest.fixture(autouse=True)
    def not_root(self) -> None:
        if os.geteuid() == 0:
            pytest.skip("the superuser may read everything")

    def test_an_unreadable_file_and_folder_are_listed(self, root: Path, desk: Desk) -> None:
        write_mbox(root / "good.mbox", THREE)
        write_mbox(root / "shut.mbox", [FOURTH]).chmod(0)
        (root / "shut").mkdir(mode=0)
        assert desk.takes_in(root) == (3, 0)
        assert {one["position"]: one["kind"] for one in desk.problems()} == {
            "shut": "unreadable",
            "shut.mbox": "unreadable",
        }

    def test_an_unreadable_letter_in_a_maildir_is_listed(self, root: Path, desk: Desk) -> None:
        write_maildir(root, [*THREE, FOURTH])
        (root / "cur" / f"{FOURTH.message_id}:2,S").chmod(0)
        assert desk.takes_in(root) == (3, 0)
        assert [one["position"] for one in desk.problems()] == [FOURTH.message_id]


class TestNothingButProblems:
    """A path that gave nothing is not passed over as one that holds nothing new."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("cards.vcf", b"BEGIN:VCARD\r\n" + bytes(600)),
            ("calls.csv", b"milk;bread\n1;2\n"),
        ],
    )
    def test_exits_with_1_each_time_and_says_where_to_look(
        self, name: str, content: bytes, root: Path, desk: Desk
    ) -> None:
        (root / name).write_bytes(content)
        for _ in range(2):
            answer = desk.run("import", root / name, "--workers", "1")
            assert answer.code == 1, answer
            assert "Nothing of it could be read; 'gonequiet problems' says why." in answer.words
        assert desk.problems()

    def test_is_not_said_of_a_path_that_gave_records_once(self, root: Path, desk: Desk) -> None:
        write_mbox(root / "a.mbox", THREE)
        (root / "letter.pdf").write_bytes(b"%PDF-1.7\n")
        assert desk.takes_in(root) == (3, 0)
        assert desk.takes_in(root) == (0, 0)

    @pytest.mark.parametrize("name", ["mail.txz", "mail.mbox.xz"])
    def test_what_is_packed_is_refused_with_what_to_do(
        self, name: str, root: Path, desk: Desk
    ) -> None:
        (root / name).write_bytes(lzma.compress(as_mbox(ASKED)))
        for place in (root, root / name):
            answer = desk.run("import", place)
            assert answer.code == 1
            assert "Unpack it, and import what was in it." in answer.words


def test_letters_beside_other_files_are_the_only_mail_in_a_folder(root: Path, desk: Desk) -> None:
    write_eml(root, THREE)
    (root / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    (root / "notes.txt").write_text("Milk, bread, nails.\n")
    assert desk.takes_in(root) == (3, 0)
    assert {one["position"] for one in desk.problems()} == {"notes.txt", "picture.jpg"}


def test_a_letter_of_no_length_in_a_maildir_is_listed(root: Path, desk: Desk) -> None:
    write_maildir(root, THREE)
    (root / "cur" / "nothing:2,").touch()
    settle(root)
    desk.import_(root)
    assert {one["position"] for one in desk.problems()} >= {"nothing"}


def test_one_letter_in_many_folders_is_one_message(root: Path, desk: Desk) -> None:
    for name in ("Inbox", "Sent", "All mail", "Yard"):
        write_mbox(root / name, [ASKED._replace(message_id=f"{name.split()[0]}@copy.example")])
    assert desk.takes_in(root) == (1, 3)
    assert len(desk.exported("message")[0]["copies"]) == 4


def test_one_id_on_two_different_letters_keeps_both(root: Path, desk: Desk) -> None:
    twin = Letter(subject="Something else", text="Not the same at all.\n", sender=OWNER)
    assert desk.takes_in(write_mbox(root / "a.mbox", [ASKED, twin])) == (2, 0)
