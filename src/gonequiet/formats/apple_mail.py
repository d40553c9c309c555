"""Apple Mail's own files (`.emlx`): a line with a length, a mail of that length, a property list.

Its folders lie as `Sent Messages.mbox/<id>/Data/1/Messages/123.emlx`; a file that is not loaded
whole is called `123.partial.emlx`. There is no published description; this is what it writes.
"""

from __future__ import annotations

import re
from typing import Final

_COUNTED: Final = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]{1,80}[ \t]*:)")
_MESSAGES: Final = "Messages"
_MAILBOX: Final = ".mbox"
DIGITS: Final = tuple(b"%d" % digit for digit in range(10))
"""What such a file begins with."""


def without_count(raw: bytes) -> bytes:
    """Returns the mail alone, or what it was given where no length stands before a mail."""
    found = _COUNTED.match(raw)
    return raw[found.end() : found.end() + int(found[1])] if found else raw


def mailbox_of(path: str) -> str:
    """Returns the mailbox a folder of Apple Mail's belongs to, "" for a folder of another sort.

    Args:
        path: of the folder, its parts separated by "/".
    """
    *above, last = path.split("/")
    if last != _MESSAGES:
        return ""
    mailboxes = [part for part in above if part.endswith(_MAILBOX)]
    return "/".join(part.removesuffix(_MAILBOX) for part in mailboxes)
