"""The sender as other programs read it; asked only where a message is odd.

A message that two parsers read differently can be shown under one name and filed under another.
"""

from __future__ import annotations

import re
import warnings
from email.utils import getaddresses

from gonequiet.formats.addresses import canonical_address

_MAX_SECTION = 65_536
_MAX_FIELD = 4_096
# Encoded words that never end cost fast-mail-parser the cube of the length of their field.
_MAX_ENCODED_FIELD = 2_048
_FIELD = re.compile(rb"[^\n]*+(?:\n[ \t][^\n]*+)*+")


def senders_read_elsewhere(section: bytes) -> set[str]:
    """Returns the author's address as two other parsers see it, lower case, "" for none.

    Args:
        section: the header section as found, line ends and all.
    """
    section = section[:_MAX_SECTION]
    return {_by_standard_library(section), _by_fast_mail_parser(section)}


def _by_standard_library(section: bytes) -> str:
    from email.parser import BytesHeaderParser  # loaded only where a message is odd
    from email.policy import compat32

    try:
        message = BytesHeaderParser(policy=compat32).parsebytes(section)
        values = [str(value)[:_MAX_FIELD] for value in message.get_all("from", [])]
        addresses = [address for _, address in getaddresses(values[:2]) if address]
    except Exception:
        return ""
    return canonical_address(addresses[0]) if addresses else ""


def _by_fast_mail_parser(section: bytes) -> str:
    import fast_mail_parser

    if b"=?" in section and len(section) > _MAX_ENCODED_FIELD:
        section = _FIELD.sub(lambda field: field[0][:_MAX_ENCODED_FIELD], section)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sender = fast_mail_parser.parse_email(section + b"\n\n", mode="metadata").from_
    except Exception:
        return ""
    return canonical_address(sender.address) if sender is not None else ""
