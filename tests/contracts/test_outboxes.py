"""What every outbox keeps: one draft a plan, nothing foreign touched, whole or not at all."""

from __future__ import annotations

import os
import resource
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gonequiet.analysis.wording import write_draft
from gonequiet.domain.draft import Draft, DraftState
from gonequiet.errors import OutboxError, RequestError
from gonequiet.formats.mail_writing import render_mail
from gonequiet.outbox.folders import EmlFolder, FolderOutbox, MaildirDrafts, open_outbox
from tests.support.drafts import WRITTEN_AT, request

TEMPLATE = "Subject: A word\n\n{{ greeting }}\n\n{{ note }}\n\n{{ closing }}\n"
FOREIGN = b"From: somebody@else.example\r\nSubject: mine\r\n\r\nleave me alone\r\n"


def draft(note: str = "The plan.") -> Draft:
    return write_draft(request(note=note), TEMPLATE)


def said_newly(one: Draft) -> Draft:
    return replace(one, body="Hi Dana,\n\nThe plan, said newly.\n")


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


class OutboxTests(ABC):
    """The suite every outbox passes."""

    @abstractmethod
    def folder(self, tmp_path: Path) -> Path:
        """Makes the place."""

    @abstractmethod
    def foreign(self, folder: Path) -> Path:
        """Where somebody else's draft may lie."""

    @pytest.fixture
    def outbox(self, tmp_path: Path) -> FolderOutbox:
        return open_outbox(self.folder(tmp_path))

    def test_what_is_added_is_found_untouched_and_private(self, outbox: FolderOutbox) -> None:
        added = outbox.add(draft(), written_at=WRITTEN_AT)
        assert outbox.find(draft().plan) == added
        assert added.state is DraftState.UNTOUCHED
        assert added.raw == render_mail(draft(), written_at=WRITTEN_AT)
        assert Path(added.place).stat().st_mode & 0o777 == 0o600

    def test_the_same_plan_twice_makes_one_draft(self, outbox: FolderOutbox) -> None:
        first = outbox.add(draft(), written_at=WRITTEN_AT)
        again = open_outbox(Path(outbox.location)).add(draft(), written_at=WRITTEN_AT + 99)
        assert again == first
        assert len(outbox.drafts()) == len(bytes_below(Path(outbox.location))) == 1

    def test_an_untouched_draft_can_be_written_anew(self, outbox: FolderOutbox) -> None:
        outbox.add(draft(), written_at=WRITTEN_AT)
        found = outbox.replace(said_newly(draft()), written_at=WRITTEN_AT)
        assert b"said newly" in found.raw
        assert [one.raw for one in outbox.drafts()] == [found.raw]

    def test_an_edited_draft_stays_as_it_is(self, outbox: FolderOutbox) -> None:
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        edited = place.read_bytes().replace(b"The plan.", b"The plan, dear Dana.")
        place.write_bytes(edited)
        assert outbox.add(draft(), written_at=WRITTEN_AT).state is DraftState.EDITED
        assert outbox.replace(said_newly(draft()), written_at=WRITTEN_AT).raw == edited
        kept = outbox.remove(draft().plan)
        assert kept is not None
        assert kept.state is DraftState.EDITED
        assert place.read_bytes() == edited

    def test_an_edit_that_lost_our_mark_is_not_overwritten(self, outbox: FolderOutbox) -> None:
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        place.write_bytes(FOREIGN)
        assert outbox.add(draft(), written_at=WRITTEN_AT).state is DraftState.EDITED
        outbox.replace(draft(), written_at=WRITTEN_AT)
        outbox.remove(draft().plan)
        assert place.read_bytes() == FOREIGN

    def test_a_copy_of_ours_under_another_name_is_the_owners(self, outbox: FolderOutbox) -> None:
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        other = place.with_name(f"copy-{place.name}")
        place.rename(other)
        before = other.read_bytes()
        found = outbox.replace(said_newly(draft()), written_at=WRITTEN_AT)
        assert found.state is DraftState.EDITED
        outbox.remove(draft().plan)
        assert other.read_bytes() == before

    def test_a_foreign_draft_is_untouched_byte_for_byte(
        self, outbox: FolderOutbox, tmp_path: Path
    ) -> None:
        foreign = self.foreign(Path(outbox.location))
        foreign.write_bytes(FOREIGN)
        os.utime(foreign, (1, 1))
        outbox.add(draft(), written_at=WRITTEN_AT)
        outbox.replace(said_newly(draft()), written_at=WRITTEN_AT)
        outbox.remove(draft().plan)
        assert foreign.read_bytes() == FOREIGN
        assert foreign.stat().st_mtime == 1
        assert outbox.drafts() == []

    def test_removing_leaves_nothing_behind(self, outbox: FolderOutbox) -> None:
        outbox.add(draft(), written_at=WRITTEN_AT)
        outbox.remove(draft().plan)
        assert bytes_below(Path(outbox.location)) == {}
        assert outbox.find(draft().plan) is None
        assert outbox.remove(draft().plan) is None

    def test_what_an_interruption_left_is_no_draft_and_no_hindrance(
        self, outbox: FolderOutbox
    ) -> None:
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        part = outbox._workplace(draft().plan)
        place.rename(part)
        part.write_bytes(part.read_bytes()[:100])
        assert outbox.find(draft().plan) is None
        outbox.add(draft(), written_at=WRITTEN_AT)
        assert list(bytes_below(Path(outbox.location))) == [str(place.relative_to(outbox.location))]

    def test_erasing_takes_edited_drafts_of_ours_and_nothing_else(
        self, outbox: FolderOutbox
    ) -> None:
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        place.write_bytes(place.read_bytes() + b"one more line\r\n")
        foreign = self.foreign(Path(outbox.location))
        foreign.write_bytes(FOREIGN)
        assert outbox.erase(draft().plan) == 1
        assert not place.exists()
        assert foreign.read_bytes() == FOREIGN

    def test_links_and_folders_are_not_read(self, outbox: FolderOutbox, tmp_path: Path) -> None:
        secret = tmp_path / "secret.eml"
        secret.write_bytes(render_mail(draft("secret"), written_at=WRITTEN_AT))
        outbox.add(draft(), written_at=WRITTEN_AT)
        self.foreign(Path(outbox.location)).symlink_to(secret)
        assert [one.plan for one in outbox.drafts()] == [draft().plan]

    def test_a_link_at_our_name_is_not_followed(self, outbox: FolderOutbox, tmp_path: Path) -> None:
        target = tmp_path / "target"
        target.write_bytes(FOREIGN)
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        place.unlink()
        place.symlink_to(target)
        with pytest.raises(OutboxError):
            outbox.add(draft(), written_at=WRITTEN_AT)
        assert target.read_bytes() == FOREIGN

    def test_a_disk_that_takes_no_more_is_said_and_leaves_nothing(
        self, outbox: FolderOutbox
    ) -> None:
        added = outbox.add(draft("The other."), written_at=WRITTEN_AT)
        before = bytes_below(Path(outbox.location))
        with room_for(100), pytest.raises(OutboxError, match="Make room"):
            outbox.add(draft(), written_at=WRITTEN_AT)
        with room_for(100), pytest.raises(OutboxError, match="Make room"):
            outbox.replace(said_newly(draft("The other.")), written_at=WRITTEN_AT)
        assert bytes_below(Path(outbox.location)) == before
        assert outbox.find(added.plan) == added


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow past a size, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestEmlFolder(OutboxTests):
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "drafts"

    def foreign(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        return folder / "mine.eml"

    def test_a_folder_of_files_is_opened_as_one(self, tmp_path: Path) -> None:
        assert isinstance(open_outbox(tmp_path / "new"), EmlFolder)


class TestMaildirDrafts(OutboxTests):
    def folder(self, tmp_path: Path) -> Path:
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Maildir" / ".Drafts" / part).mkdir(parents=True)
        return tmp_path / "Maildir" / ".Drafts"

    def foreign(self, folder: Path) -> Path:
        return folder / "cur" / "1700000000.M1.host:2,DS"

    def test_a_maildir_leads_to_its_drafts(self, tmp_path: Path) -> None:
        drafts = self.folder(tmp_path)
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Maildir" / part).mkdir()
        found = open_outbox(tmp_path / "Maildir")
        assert isinstance(found, MaildirDrafts)
        assert found.location == str(drafts)

    def test_a_maildir_without_drafts_is_refused(self, tmp_path: Path) -> None:
        for part in ("cur", "new", "tmp"):
            (tmp_path / "INBOX" / part).mkdir(parents=True)
        with pytest.raises(RequestError, match="Name its Drafts folder"):
            open_outbox(tmp_path / "INBOX")

    def test_flags_a_mail_program_sets_are_no_edit(self, tmp_path: Path) -> None:
        outbox = open_outbox(self.folder(tmp_path))
        place = Path(outbox.add(draft(), written_at=WRITTEN_AT).place)
        seen = place.with_name(place.name + "S")
        place.rename(seen)
        found = outbox.replace(said_newly(draft()), written_at=WRITTEN_AT)
        assert (found.place, found.state) == (str(seen), DraftState.UNTOUCHED)

    def test_a_draft_bears_the_flag_of_drafts(self, tmp_path: Path) -> None:
        added = open_outbox(self.folder(tmp_path)).add(draft(), written_at=WRITTEN_AT)
        assert Path(added.place).parent.name == "cur"
        assert added.place.endswith(":2,D")


def test_a_file_is_no_outbox(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RequestError, match="is not a folder"):
        open_outbox(tmp_path / "file")
