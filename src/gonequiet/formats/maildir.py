"""Maildir: what the names of files and folders say (Maildir++ folders, flags, IMAP names)."""

from __future__ import annotations

import base64
import re
from typing import Final

_SHIFTED: Final = re.compile(r"&([^-]*)-")


def position_of(file_name: str) -> str:
    """Returns the part of a message's file name that stays the same when its flags change."""
    return file_name.split(":2,", 1)[0].split(";2,", 1)[0].split("!2,", 1)[0]


def flags_of(file_name: str) -> str:
    """Returns the flags in a message's file name, "" for none ("S" seen, "R" answered ...)."""
    _, found, flags = file_name.partition(":2,")
    return flags if found else ""


def folder_name(directory: str) -> str:
    """Returns the folder a Maildir++ directory holds: ".Sent.2020" is "Sent/2020", "" the inbox."""
    if not directory.startswith("."):
        return _decoded(directory)
    return "/".join(_decoded(part) for part in directory[1:].split("."))


def _decoded(name: str) -> str:
    """Decodes modified UTF-7 (RFC 3501, 5.1.3); what is no such code stays as it is."""
    return _SHIFTED.sub(_unshifted, name) if "&" in name else name


def _unshifted(found: re.Match[str]) -> str:
    coded = found[1].replace(",", "/")
    if not coded:
        return "&"
    try:
        raw = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
        return raw.decode("utf-16-be")
    except ValueError:  # no base64, no UTF-16, or not even ASCII
        return found[0]
