"""Where things lie on this machine, and what time it is there."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gonequiet.outbox.template_folder import TemplateFolder


def now() -> int:
    """Returns the present moment, UTC epoch seconds."""
    return int(time.time())


def default_database() -> Path:
    """Returns where the database lies when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("gonequiet", appauthor=False) / "gonequiet.db"


def settings_file() -> Path:
    """Returns where the settings file lies."""
    from platformdirs import user_config_path

    return user_config_path("gonequiet", appauthor=False) / "settings.toml"


def local_zone(named: str) -> tzinfo:
    """Returns the zone the owner set, else the machine's, else the machine's present offset."""
    from zoneinfo import ZoneInfo

    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in (named, os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            if name:
                return ZoneInfo(name)
        except (OSError, ValueError):  # no zone of that name: the next one is asked
            continue
    return datetime.now().astimezone().tzinfo or UTC


def default_outbox() -> Path:
    """Returns where drafts go when nothing else is said."""
    return default_database().with_name("outbox")


def template_folder() -> TemplateFolder:
    """Returns the templates, with the owner's beside the settings file."""
    from gonequiet.outbox.template_folder import TemplateFolder

    return TemplateFolder(settings_file().with_name("templates"))
