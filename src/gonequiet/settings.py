"""Settings: read the settings file and the environment, check all, report all mistakes at once."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from gonequiet.errors import SettingsError

PREFIX = "GONEQUIET_"
NOT_SETTINGS = frozenset({"GONEQUIET_TRACEBACK"})
"""Variables of ours that set nothing."""
_MOST_BYTES = 1024 * 1024


def _share(given: Any) -> float:
    value = float(given)
    if not 0 < value < 1:
        raise ValueError("write a number between 0 and 1, such as 0.1")
    return value


def _days(least: int, most: int) -> Callable[[Any], int]:
    def check(given: Any) -> int:
        value = int(str(given))
        if not least <= value <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return value

    return check


def _country(given: Any) -> str:
    value = str(given).strip().upper()
    if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise ValueError("write a country as two letters, such as DE")
    return value


def _time_zone(given: Any) -> str:
    value = str(given).strip()
    if value and value not in available_timezones():
        raise ValueError("write a time zone as Europe/Berlin")
    return value


def _rules_of_tone(given: Any) -> str:
    from gonequiet.language.tone import rule_ids

    names = given if isinstance(given, list) else str(given).split(",")
    wanted = [str(name).strip() for name in names if str(name).strip()]
    unknown = set(wanted) - set(rule_ids())
    if unknown:
        raise ValueError(f"write rules 'gonequiet lint' has: {', '.join(rule_ids())}")
    return ", ".join(wanted)


def _folder(given: Any) -> str:
    value = str(given).strip()
    if value and not Path(value).expanduser().is_absolute():
        raise ValueError("write a whole path, such as ~/Maildir/.Drafts")
    return value


def _benchmarks(given: Any) -> str:
    from gonequiet.domain.engagement import benchmarks_from

    text = given if isinstance(given, str) else json.dumps(given, sort_keys=True)
    try:
        benchmarks_from(text)
    except ValueError as error:
        raise ValueError(_hint(error, "write one table for each kind")) from None
    return text


def _checked(default: Any, check: Callable[[Any], Any], words: str) -> Any:
    return field(default=default, metadata={"check": check, "words": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the owner can set; every field is described in docs/settings.md."""

    quiet_below: float = _checked(
        0.10, _share, "a matter is quiet when the reply probability is below this"
    )
    horizon_days: int = _checked(30, _days(1, 365), "how far ahead a reply probability looks")
    stale_after_days: int = _checked(
        3, _days(1, 365), "working days without anything new after which records are stale"
    )
    forget_after_days: int = _checked(
        365, _days(7, 3650), "matters quiet for longer are counted, not listed"
    )
    persistence_cap: int = _checked(3, _days(1, 20), "how many outreaches one silence may have")
    benchmarks: str = _checked("", _benchmarks, "what should exist after how much, by kind")
    country: str = _checked("", _country, "your country, for telephone numbers without one")
    outbox: str = _checked("", _folder, "where drafts go: a folder, or a Maildir's Drafts")
    lint_disable: str = _checked("", _rules_of_tone, "rules of tone that are not applied")
    time_zone: str = _checked("", _time_zone, "your time zone, for moments without one")


def read_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings file, if there is one, and the environment, which outranks it.

    Raises:
        SettingsError: lists every mistake, with where it stands.
    """
    given = {name: (value, str(file)) for name, value in _from_file(file).items()}
    variables = os.environ if environment is None else environment
    for variable, value in variables.items():
        if variable.startswith(PREFIX) and variable not in NOT_SETTINGS:
            given[variable.removeprefix(PREFIX).lower()] = (value, variable)
    known = {one.name: one.metadata["check"] for one in fields(Settings)}
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, (value, place) in given.items():
        try:
            values[name] = known[name](value)
        except KeyError:
            mistakes.append(f"{place}: there is no setting '{name}'")
        except (TypeError, ValueError) as error:
            mistakes.append(f"{place}: {name} is {value!r}; {_hint(error)}")
    if mistakes:
        listed = "\n".join(f"  {mistake}" for mistake in mistakes)
        raise SettingsError(f"Some settings are wrong; mend them:\n{listed}", tuple(mistakes))
    return Settings(**values)


def _hint(error: Exception, otherwise: str = "write a number") -> str:
    return str(error) if str(error).startswith("write") else otherwise


def _read(file: Path) -> bytes:
    """Returns what is in the file, without waiting on one that never ends.

    Raises:
        OSError: it cannot be read, is no file of text, or is too large for one of settings.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise OSError("it is no regular file")
        if seen.st_size > _MOST_BYTES:
            raise OSError(f"it is larger than {_MOST_BYTES:,} bytes")
        return opened.read(_MOST_BYTES)


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(file).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}. Mend it or move it away.",
            (str(error),),
        ) from None
