"""The templates of drafts: ours, which are packaged, and the owner's, which outrank them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from gonequiet.app.outbox_ports import Template
from gonequiet.domain.draft import DraftForm
from gonequiet.errors import NotFound, RequestError
from gonequiet.outbox.files import make_folder, read_file, write_whole

LANGUAGES: Final = ("en", "de")
_MAX_BYTES: Final = 65_536


def template_names() -> tuple[str, ...]:
    """Returns the name of every template: "reminder.en"."""
    return tuple(f"{form.value}.{language}" for form in DraftForm for language in LANGUAGES)


class TemplateFolder:
    """Implements `app.outbox_ports.TemplateBook` over a folder of the owner's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, form: DraftForm, language: str) -> Template:
        """Returns the owner's template where there is one, else ours."""
        return self.named(f"{form.value}.{language}")

    def named(self, name: str) -> Template:
        """Returns a template by its name.

        Raises:
            NotFound: there is none of that name.
            RequestError: the owner's file cannot be read.
        """
        shipped = self._shipped(name)
        own = self.folder / f"{name}.txt"
        if not own.exists():
            return Template(name, shipped, "")
        raw = read_file(own)
        if raw is None or len(raw) > _MAX_BYTES:
            raise RequestError(f"The template {own} cannot be read. Mend it or move it away.")
        try:
            return Template(name, raw.decode("utf-8").removeprefix("\ufeff"), str(own))
        except UnicodeDecodeError:
            raise RequestError(
                f"The template {own} is not UTF-8. Save it as UTF-8, or move it away."
            ) from None

    def all(self) -> list[Template]:
        """Returns every template, the owner's where there is one."""
        return [self.named(name) for name in template_names()]

    def copy_for_editing(self, name: str) -> Template:
        """Puts our template into the owner's folder, unless the owner has one of that name."""
        shipped = self._shipped(name)
        make_folder(self.folder)
        target, part = self.folder / f"{name}.txt", self.folder / f".{name}.part"
        write_whole(target, shipped.encode(), by_way_of=part, replace=False)
        return self.named(name)

    def _shipped(self, name: str) -> str:
        if name not in template_names():
            raise NotFound(
                f"There is no template '{name}'. 'gonequiet templates' lists them; a name is a "
                "form and a language, such as reminder.en."
            )
        packaged = files("gonequiet.outbox").joinpath("templates", f"{name}.txt")
        return packaged.read_text(encoding="utf-8")
