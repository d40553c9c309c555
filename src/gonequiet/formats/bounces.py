"""Delivery failures: RFC 3464 reports, and the wordings of mail servers that write none."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import compat32
from typing import NamedTuple

from flufl.bounce import scan_message

from gonequiet.formats.addresses import canonical_address

MAX_FAILED = 100
_MAX_SCANNED = 131_072
_MAX_TEXT = 20_000

_MACHINE = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|maildelivery|smtp-?daemon"
    r"|microsoftexchange[0-9a-f]+|bounces?)(?:[+._-]|@)"
)
_MACHINE_NAME = re.compile(
    r"mail delivery (?:sub)?system|system administrator|mailer-daemon|mail administrator"
    r"|postmaster|internet mail delivery",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver(?:able|ed)\b|(?:mail )?delivery (?:status notification \(failure\)|failure|failed"
    r"|has failed|error|problem)|failure notice|returned mail"
    r"|mail delivery (?:failed|failure|system)|message (?:could not|cannot) be delivered"
    r"|unzustellbar|nicht zustellbar|non remis|non distribu"
    r"|mail system error|warning: could not send|permanent (?:error|failure)|no se puede entregar"
    r"|non recapitabile|onbestelbaar|rejected:",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\(delay(?:ed)?\)|delayed|still being retried|will (?:be retried|keep trying)", re.IGNORECASE
)
_BLOCK_END = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^([A-Za-z-]{3,40})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)


class DeliveryReport(NamedTuple):
    """What a delivery report says: who could not be reached, or only that something is late."""

    failed: tuple[str, ...]
    is_failure: bool


def read_delivery_report(report: str) -> DeliveryReport:
    """Returns what the machine-readable part of a report says (RFC 3464)."""
    failed: dict[str, None] = {}
    is_failure = False
    for block in _BLOCK_END.split(report, MAX_FAILED):
        fields = {name.lower(): value.strip() for name, value in _FIELD.findall(block)}
        action = fields.get("action", "").lower()
        if action != "failed" and (action or not fields.get("status", "").startswith("5")):
            continue
        is_failure = True
        address = _recipient(fields)
        if address:
            failed[address] = None
    return DeliveryReport(tuple(failed), is_failure)


def _recipient(fields: dict[str, str]) -> str:
    """Returns the address the owner wrote to, else the one it was rewritten to."""
    for name in ("original-recipient", "final-recipient"):
        address = canonical_address(fields.get(name, "").rpartition(";")[2])
        if address:
            return address
    return ""


def looks_like_bounce(sender: str, sender_name: str, return_path: str, subject: str) -> bool:
    """Whether the envelope says delivery failure: a machine wrote, and its subject says so."""
    is_machine = (
        return_path == "<>"
        or _MACHINE.match(sender) is not None
        or _MACHINE_NAME.search(sender_name) is not None
    )
    return is_machine and _SUBJECT.search(subject) is not None and not _DELAYED.search(subject)


def failed_in_words(raw: bytes, text: str, sender: str) -> tuple[str, ...]:
    """Returns the addresses a report without a machine-readable part says it could not reach."""
    found = {address.lower() for address in _scanned(raw[:_MAX_SCANNED])}
    if not found:
        head = text[:_MAX_TEXT].partition("\n--- ")[0][:2_000]
        found = {address.lower() for address in _ADDRESS.findall(head)[:5]} - {sender}
    return tuple(sorted(found))[:MAX_FAILED]


def _scanned(raw: bytes) -> set[str]:
    try:
        found = scan_message(message_from_bytes(raw, policy=compat32))
        return {address.decode("ascii", "replace") for address in found}
    except Exception:  # a second opinion that fails is no opinion
        return set()
