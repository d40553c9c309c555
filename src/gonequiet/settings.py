"""Settings: read the settings file and the environment, check all, report all mistakes at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gonequiet.errors import SettingsError

PREFIX = "GONEQUIET_"


class Settings(BaseModel):
    """What the owner can set; every field is described in docs/settings.md."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quiet_below: Annotated[float, Field(gt=0, lt=1)] = 0.10
    """A matter is quiet when the reply probability within the horizon is below this."""
    horizon_days: Annotated[int, Field(ge=1, le=365)] = 30
    """How far ahead a reply probability looks."""
    stale_after_days: Annotated[int, Field(ge=1, le=365)] = 3
    """Working days without anything new after which a source counts as stale."""
    forget_after_days: Annotated[int, Field(ge=7, le=3650)] = 365
    """Matters quiet for longer than this are counted, not listed."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "US"
    """The owner's own country, for working days (ISO 3166)."""


def read_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings file, if there is one, and the environment, which outranks it.

    Raises:
        SettingsError: lists every mistake, with where it stands.
    """
    given = _from_file(file)
    variables = os.environ if environment is None else environment
    for name in Settings.model_fields:
        variable = PREFIX + name.upper()
        if variable in variables:
            given[name] = variables[variable]
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise _told(error, file) from None


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}. Mend it or move it away.",
            (str(error),),
        ) from None


def _told(error: ValidationError, file: Path) -> SettingsError:
    mistakes = tuple(
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
    )
    listed = "\n".join(f"  {mistake}" for mistake in mistakes)
    return SettingsError(
        f"Some settings are wrong; mend them in {file} or in the environment:\n{listed}", mistakes
    )
