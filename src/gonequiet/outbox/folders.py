"""Outboxes that are folders: one of .eml files, and the Drafts folder of a Maildir.

A draft has a name of its own, made of its plan, so that the same plan lands in the same place
whatever was interrupted. Only a file of that name whose mark says that nobody changed it is ever
written anew or removed. Everything else in the folder is left as it is, byte for byte.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gonequiet.app.outbox_ports import FoundDraft
from gonequiet.domain.draft import Draft, DraftState
from gonequiet.errors import OutboxError, RequestError
from gonequiet.formats.folders import FolderRole, folder_role
from gonequiet.formats.mail_writing import read_tag, render_mail
from gonequiet.outbox.files import make_folder, names_in, read_file, remove_file, write_whole

_OURS: Final = ".gonequiet"
_DRAFT_FLAG: Final = ":2,D"
_OWN_NAME: Final = re.compile(r"([0-9a-f]{16})\.gonequiet(?:\.eml|(?::2,[A-Za-z]{0,26})?)")


class FolderOutbox(ABC):
    """What both kinds share; implements `app.outbox_ports.Outbox`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.location = str(folder)

    @abstractmethod
    def _paths(self) -> Iterator[Path]:
        """Yields every file a draft may lie in."""

    @abstractmethod
    def _home(self, plan: str) -> Path:
        """Where a new draft of a plan goes."""

    @abstractmethod
    def _workplace(self, plan: str) -> Path:
        """Where it is written first."""

    def drafts(self) -> Sequence[FoundDraft]:
        """Returns every draft of ours, in a fixed order; of a plan, the untouched one first."""
        return [found for path in self._paths() if (found := self._look_at(path)) is not None]

    def find(self, plan: str) -> FoundDraft | None:
        """Returns our draft of a plan; one that was edited, or copied elsewhere, is found too."""
        own = [found for found in self.drafts() if found.plan == plan]
        return min(own, key=lambda found: found.state is not DraftState.UNTOUCHED, default=None)

    def add(self, draft: Draft, *, written_at: int) -> FoundDraft:
        """Adds a draft unless one of its plan is there; what an interruption left of it goes."""
        there = self.find(draft.plan)
        if there is None:
            return self._write(draft, self._home(draft.plan), written_at)
        remove_file(self._workplace(draft.plan))
        return there

    def replace(self, draft: Draft, *, written_at: int) -> FoundDraft:
        """Writes an untouched draft anew; any other stays as it is and is returned."""
        there = self.find(draft.plan)
        if there is None or there.state is not DraftState.UNTOUCHED:
            return there or self.add(draft, written_at=written_at)
        return self._write(draft, Path(there.place), written_at)

    def remove(self, plan: str) -> FoundDraft | None:
        """Removes an untouched draft and returns it; any other stays and is returned as it is."""
        there = self.find(plan)
        if there is not None and there.state is DraftState.UNTOUCHED:
            remove_file(Path(there.place))
        return there

    def erase(self, plan: str) -> int:
        """Removes our draft of a plan, edited or not; returns how many files that were.

        Only for erasing a contact: nothing of theirs may be left that we made.
        """
        made = [path for path in self._paths() if _plan_in_name(path) == plan]
        for path in (*made, self._workplace(plan)):
            remove_file(path)
        return len(made)

    def _write(self, draft: Draft, target: Path, written_at: int) -> FoundDraft:
        raw = render_mail(draft, written_at=written_at)
        again = target.exists() and not target.is_symlink()
        write_whole(target, raw, by_way_of=self._workplace(draft.plan), replace=again)
        found = self._look_at(target)
        if found is None:
            raise OutboxError(
                f"The draft was not saved: {target} is no file that can be read. Move it away."
            )
        return found

    def _look_at(self, path: Path) -> FoundDraft | None:
        named = _plan_in_name(path)
        raw = read_file(path)
        tag = read_tag(raw) if raw is not None else None
        plan = tag.plan if tag is not None else named
        if raw is None or not plan:
            return None
        is_ours = tag is not None and tag.is_untouched and named == plan
        state = DraftState.UNTOUCHED if is_ours else DraftState.EDITED
        return FoundDraft(plan, str(path), state, raw)


def _plan_in_name(path: Path) -> str:
    """The plan whose draft bears such a name, "" when it is none of our names."""
    named = _OWN_NAME.fullmatch(path.name)
    return named[1] if named else ""


class EmlFolder(FolderOutbox):
    """A folder of .eml files, which every mail program opens."""

    def _paths(self) -> Iterator[Path]:
        names = (name for name in names_in(self._folder) if name.endswith(".eml"))
        return (self._folder / name for name in names)

    def _home(self, plan: str) -> Path:
        make_folder(self._folder)
        return self._folder / f"{plan}{_OURS}.eml"

    def _workplace(self, plan: str) -> Path:
        return self._folder / f".{plan}{_OURS}.part"


class MaildirDrafts(FolderOutbox):
    """The Drafts folder of a Maildir: `cur`, `new`, `tmp`; a mail program may set flags."""

    def _paths(self) -> Iterator[Path]:
        for part in ("cur", "new"):
            yield from (self._folder / part / name for name in names_in(self._folder / part))

    def _home(self, plan: str) -> Path:
        for part in ("cur", "new", "tmp"):
            make_folder(self._folder / part)
        return self._folder / "cur" / f"{plan}{_OURS}{_DRAFT_FLAG}"

    def _workplace(self, plan: str) -> Path:
        return self._folder / "tmp" / f"{plan}{_OURS}"


def open_outbox(location: Path) -> EmlFolder | MaildirDrafts:
    """Returns the outbox at a folder: the Drafts of a Maildir, or a folder of .eml files.

    Raises:
        RequestError: it is no folder, or a Maildir that is not for drafts.
    """
    if location.exists() and not location.is_dir():
        raise RequestError(f"{location} is not a folder. Name a folder for drafts.")
    if not _is_maildir(location):
        return EmlFolder(location)
    if folder_role(location.name) is FolderRole.DRAFTS:
        return MaildirDrafts(location)
    for name in names_in(location):
        if folder_role(name) is FolderRole.DRAFTS and _is_maildir(location / name):
            return MaildirDrafts(location / name)
    raise RequestError(
        f"{location} is a Maildir without a folder for drafts. Name its Drafts folder, or a folder "
        "for .eml files."
    )


def _is_maildir(location: Path) -> bool:
    return all((location / part).is_dir() for part in ("cur", "new"))
