"""Mail in packed files is read as it lies there, in one pass; nothing is written or trusted."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.tar_headers import read_header
from tests.support.desk import Desk
from tests.support.letters import ANSWERED, APART, ASKED, THREE, as_mbox

BOX = b"".join(map(as_mbox, THREE))
LONG = "Kundinnen und Kunden/" + "sehr langer Name " * 12


def tar(*members: tuple[str, bytes], how: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=how) as archive:
        for name, content in members:
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return packed.getvalue()


TAKEOUT = tar(
    ("Takeout/archive_browser.html", b"<html><body>Your data</body></html>"),
    ("Takeout/Mail/All mail Including Spam and Trash.mbox", BOX),
)
PACKED: dict[str, bytes] = {
    "takeout.tgz": gzip.compress(TAKEOUT),
    "takeout.tar": TAKEOUT,
    "takeout.tar.bz2": bz2.compress(TAKEOUT),
    "old.mbox.gz": gzip.compress(BOX),
    "2024-March.txt.gz": gzip.compress(BOX),
    "old.bz2": bz2.compress(BOX),
    "named.tar": tar((f"{LONG}/Ablage.mbox", BOX), how=tarfile.GNU_FORMAT),
    "extended.tar": tar((f"{LONG}/Ablage.mbox", BOX), how=tarfile.PAX_FORMAT),
    "plain.tar": tar(("Ablage.mbox", BOX), how=tarfile.USTAR_FORMAT),
}


def subjects(desk: Desk) -> list[str]:
    return sorted(line["subject"] for line in desk.exported("message"))


@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_is_read_and_known_the_next_time(
    name: str, tmp_path: Path, desk: Desk
) -> None:
    file = tmp_path / "mail" / name
    file.parent.mkdir()
    file.write_bytes(PACKED[name])
    assert desk.takes_in(file) == (3, 0)
    assert desk.takes_in(file.parent) == (0, 3)
    assert desk.takes_in(file.parent) == (0, 0)
    assert list(file.parent.iterdir()) == [file]


def as_zip(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [tar, as_zip])
def test_folders_inside_say_what_was_sent(
    pack: Callable[..., bytes], tmp_path: Path, desk: Desk
) -> None:
    packed = pack(
        ("Maildir/cur/1:2,S", ASKED.raw()),
        ("Maildir/.Sent/cur/2:2,S", ANSWERED.raw()),
        ("Maildir/.Archiv/new/3", APART.raw()),
    )
    (tmp_path / "box").write_bytes(packed)
    assert desk.takes_in(tmp_path / "box") == (3, 0)
    (source,) = desk.asks("status")["sources"]
    assert source["has_sent"]
    ways = {one["message_id"]: one["direction"] for one in desk.exported("message")}
    assert ways[ANSWERED.message_id] == "outbound"


@pytest.mark.parametrize("pack", [tar, as_zip])
def test_what_programs_put_beside_mail_is_no_problem(
    pack: Callable[..., bytes], tmp_path: Path, desk: Desk
) -> None:
    packed = pack(
        ("Takeout/archive_browser.html", b"<html><body>Your data</body></html>"),
        ("Takeout/Mail/User Settings/Filters.json", b"{}"),
        ("Takeout/Mail/Inbox.mbox", BOX),
        ("Takeout/Mail/notes.json", b"{}"),
    )
    (tmp_path / "takeout").write_bytes(packed)
    assert desk.takes_in(tmp_path / "takeout") == (3, 0)
    (problem,) = desk.asks("problems")
    assert problem["position"] == "Takeout/Mail/notes.json"


def test_names_are_only_shown_and_links_are_left(tmp_path: Path, desk: Desk) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("/etc/absolute.eml", "../../above.eml", "a\x1b[31m\nb.eml"):
            header = tarfile.TarInfo(name)
            content = ASKED._replace(text=f"About {name!r}\n", message_id=f"{len(name)}@x").raw()
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            header = tarfile.TarInfo(f"special{kind.decode()}")
            header.type, header.linkname = kind, "/etc/passwd"
            archive.addfile(header)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "odd.tar").write_bytes(packed.getvalue())
    assert desk.takes_in(tmp_path / "in") == (3, 0)
    assert not (tmp_path / "above.eml").exists()
    told = [one for one in desk.problems() if "special" in one["position"]]
    assert len(told) == 4
    assert all("only regular files are read" in one["reason"] for one in told)
    assert "\x1b" not in desk.run("problems").out


@pytest.mark.parametrize("name", ["takeout.tgz", "takeout.tar", "old.mbox.gz", "old.bz2"])
def test_a_file_that_is_cut_off_gives_what_came_before_and_is_listed(
    name: str, tmp_path: Path, desk: Desk
) -> None:
    whole = PACKED[name]
    chance = random.Random(name)
    for number in range(12):
        file = tmp_path / f"{number}-{name}"
        # The last bytes are padding: whoever lacks only them lacks no mail.
        file.write_bytes(whole[: chance.randrange(1, len(whole.rstrip(b"\0")) - 30)])
        answer = desk.import_(file)
        listed = [one for one in desk.problems() if one["source"] == str(file)]
        assert listed or (answer.code, len(answer.json["refused"])) == (1, 1)
    assert set(subjects(desk)) <= {one.subject for one in THREE}


@pytest.mark.parametrize("name", ["takeout.tgz", "extended.tar", "old.bz2"])
def test_a_file_with_flipped_bytes_stops_nothing(name: str, tmp_path: Path, desk: Desk) -> None:
    chance = random.Random(name)
    for number in range(12):
        content = bytearray(PACKED[name])
        for _ in range(3):
            content[chance.randrange(10, len(content))] ^= 1 << chance.randrange(8)
        file = tmp_path / f"{number}-{name}"
        file.write_bytes(content)
        assert desk.import_(file).code in (0, 1)
    assert desk.asks("verify")["sound"]


def test_what_grows_beyond_measure_is_not_read_on(tmp_path: Path, desk: Desk) -> None:
    bomb = tmp_path / "bomb.mbox.gz"
    with gzip.open(bomb, "wb") as out:
        out.write(as_mbox(ASKED))
        out.write(as_mbox(APART))
        for _ in range(64):
            out.write(b"a" * 4 * 1024 * 1024)
    desk.import_(bomb)
    (told,) = desk.problems()
    assert "what came before the damage was read" in told["reason"]
    assert set(subjects(desk)) <= {ASKED.subject, APART.subject}


def test_a_name_of_a_thousand_gigabytes_is_not_waited_for(tmp_path: Path, desk: Desk) -> None:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 10**12
    whole = tar(("first.mbox", BOX))
    end = len(whole.rstrip(b"\0")) // 512 * 512 + 512
    (tmp_path / "odd.tar").write_bytes(whole[:end] + header.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    desk.import_(tmp_path / "odd.tar")
    assert len(subjects(desk)) == 3
    (told,) = desk.problems()
    assert "damaged or cut off" in told["reason"]


def test_a_header_is_one_whose_check_sum_fits() -> None:
    block = TAKEOUT[:512]
    found = read_header(block)
    assert found is not None
    assert (found.name, found.is_file) == ("Takeout/archive_browser.html", True)
    for at in (0, 130, 300):
        assert read_header(block[:at] + bytes((block[at] ^ 1,)) + block[at + 1 :]) is None
    assert read_header(block[:511]) is None
    assert read_header(bytes(512)) is None


def test_a_size_beyond_octal_digits_is_read() -> None:
    header = tarfile.TarInfo("large")
    header.size = 20 * 1024**3
    found = read_header(header.tobuf(tarfile.GNU_FORMAT))
    assert found is not None
    assert found.size == header.size


def test_words_about_ustar_make_no_tar() -> None:
    text = b"x" * 257 + b"ustar\0" + b"y" * 400
    assert recognise(text, "notes.txt") is not FileKind.TAR
