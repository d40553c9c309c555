"""Delivery failures: RFC 3464 reports, and the wordings of mail servers that write none."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gonequiet.formats.addresses import canonical_address

MAX_FAILED = 100
_MAX_SCANNED = 16_384
_MAX_SCANNED_LINE = 300
_MAX_TEXT = 20_000
_NEAR = 400

_MACHINE = re.compile(
    r"(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|maildelivery|smtp-?daemon"
    r"|(?:exchange|system|mail)[._-]?admin(?:istrator)?|microsoftexchange[0-9a-f]+)(?:[+._-]|@)"
)
_EXCHANGE = re.compile(r"(?:exchange|system)[._-]?admin(?:istrator)?@")
_MACHINE_NAME = re.compile(
    r"mail delivery (?:sub)?system|system administrator|mailer-daemon|mail administrator"
    r"|postmaster|internet mail delivery",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver(?:able|ed)\b|non-?delivery\b|failed mail\b|mail (?:not|could not be) delivered"
    r"|mail failed\b|delivery (?:report|status notification$|status notification: error)"
    r"|(?:mail )?delivery (?:status notification \(failure\)|failure|failed"
    r"|has failed|error|problem)|failure (?:notice|delivery)|returned mail"
    r"|mail delivery (?:failed|failure|system)|message (?:could not|cannot) be delivered"
    r"|unzustellbar|nicht zustellbar|non remis|non distribu"
    r"|mail system error|permanent (?:error|failure)|no se puede entregar"
    r"|non recapitabile|onbestelbaar|rejected:",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\(delay(?:ed)?\)|delayed|still being retried|will (?:be retried|keep trying)"
    r"|delivery warning|postponed|(?:attempts? will|will) continue (?:to be made|to try)"
    r"|warning message only|transient non-fatal|warning: could not send",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:did|was) not (?:reach|received? by) the following|did not receive"
    r"|failed (?:recipient|address)|intended recipient|was (?:automatically )?rejected"
    r"|(?:no such|invalid) (?:user|mailbox|recipient)"
    r"|did not reach the following|following (?:recipient|address|destination|user)|fatal errors -"
    r"|(?:could ?n.t|could not|cannot|can't|was not able to|unable to|not) (?:be )?deliver"
    r"|delivery (?:to|has failed|failed)|undeliver|failed permanently|not reachable"
    r"|nicht (?:zugestellt|zustellbar|übermittelt)|pas pu être|n'a pas été|no se (?:ha )?pudo"
    r"|user unknown|unknown user|does not exist|mailbox (?:is )?(?:full|unavailable)|rejected",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"original message|copy of (?:the|your) message|unsent message|message header"
    r"|^-{3,}.{0,40}(?:follows|attach)|^(?:message-id|received):",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK_END = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^([A-Za-z-]{3,40})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9!#$%&'*+/?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_LISTED = re.compile(rf"^[ \t*]{{0,12}}<?{_ADDRESS.pattern}>?(?=[ \t]*(?:[:(]|$))", re.MULTILINE)


class DeliveryReport(NamedTuple):
    """What a delivery report says.

    Attributes:
        failed: who could not be reached.
        is_failure: somebody could not; else something is late, or went well.
        is_told: it says either; else only the words beside it do.
    """

    failed: tuple[str, ...]
    is_failure: bool
    is_told: bool


def read_delivery_report(report: str) -> DeliveryReport:
    """Returns what the machine-readable part of a report says (RFC 3464)."""
    failed: dict[str, None] = {}
    is_failure = is_told = False
    for block in _BLOCK_END.split(report, 2 * MAX_FAILED):
        fields = {name.lower(): value.strip() for name, value in _FIELD.findall(block)}
        action, status = fields.get("action", "").lower(), fields.get("status", "")
        is_told = is_told or action != "" or status != ""
        if not action.startswith(_FAILED) and (action or not status.startswith("5")):
            continue
        is_failure = True
        address = _recipient(fields)
        if address:
            failed[address] = None
    return DeliveryReport(tuple(failed)[:MAX_FAILED], is_failure, is_told)


_FAILED = ("fail", "error")  # as servers write "failed", some with words after it


def _recipient(fields: dict[str, str]) -> str:
    """Returns the address the owner wrote to, else the one it was rewritten to."""
    for name in ("original-recipient", "final-recipient"):
        address = canonical_address(fields.get(name, "").rpartition(";")[2])
        if address:
            return address
    return ""


def is_machine(sender: str, sender_name: str, return_path: str) -> bool:
    """Whether the envelope is one of a mail server that reports."""
    return return_path == "<>" or _is_named_machine(sender, sender_name)


@lru_cache(maxsize=2048)
def _is_named_machine(sender: str, sender_name: str) -> bool:
    """Whether address or name are a mail server's; cached, as the same people write again."""
    return _MACHINE.match(sender) is not None or _MACHINE_NAME.search(sender_name) is not None


def is_own_exchange(sender: str, sender_name: str) -> bool:
    """Whether the owner's own Exchange wrote: it names whom it could not reach as recipient."""
    return _EXCHANGE.match(sender) is not None or "System Administrator" in sender_name


def is_telling(subject: str, is_reply: bool) -> bool:
    """Whether a subject begins as a mail server's report does, whoever sent it."""
    folded = subject.lower()
    return (
        not is_reply
        and any(stem in folded for stem in _STEMS)
        and _SUBJECT.match(subject.lstrip()) is not None
    )


_STEMS = ("deliver", "return", "fail", "error", "zustell", "non ", "entregar", "bestel", "recap")


def is_report(text: str) -> bool:
    """Whether words are what a program writes that could not deliver something, or not yet."""
    said = _report_in(text)[:_MOST_OF_A_REPORT]
    return _REPORT.search(said) is not None and _OF_A_PERSON.search(said) is None


_MOST_OF_A_REPORT = 1_500
_OF_A_PERSON = re.compile(r"\?|\bI\b")
_REPORT = re.compile(
    r"(?:created|generated) automatically by|automatically[- ]generated (?:delivery|message|mail)"
    r"|non-?delivery report|failed recipients?\b|rcpt to:|smtp error"
    r"|remote (?:host|server) (?:said|ret)"
    r"|(?:smtp|error)[^\n]{0,30}\b5[05]\d\b|\b5[05]\d[ -]5\.\d\.\d|delivery attempts will continue"
    r"|could not be delivered to (?:the following|one or more)"
    r"|(?:not|unable to|could not) (?:be )?deliver(?:ed)? (?:message )?to the following",
    re.IGNORECASE,
)


def is_late(subject: str, text: str) -> bool:
    """Whether a mail server says that a message is late, and will be tried again."""
    return _LATE.search(subject) is not None or _LATE.search(text[:1_000]) is not None


def says_failed(subject: str, text: str) -> bool:
    """Whether a mail server says that a message was not delivered, not merely late."""
    return (
        _SUBJECT.search(subject) is not None or _CUE.search(_report_in(text)[:_NEAR]) is not None
    ) and not is_late(subject, text)


def failed_in_words(raw: bytes, text: str, not_these: frozenset[str]) -> tuple[str, ...]:
    """Returns the addresses a report without a machine-readable part says it could not reach.

    Args:
        raw: the record.
        text: its words.
        not_these: addresses the report is from and to.
    """
    report = _report_in(text)
    for cue in _CUE.finditer(report):
        near = report[max(0, cue.start() - _BEFORE) : cue.end() + _NEAR]
        kept = _those_named(_ADDRESS.finditer(near), not_these)
        if kept:
            listed = _those_named(_LISTED.finditer(report), not_these)
            return tuple(dict.fromkeys((*kept, *listed)))[:MAX_FAILED]
    if not report.strip():
        return ()
    return tuple(sorted(_scanned(raw) - not_these))[:MAX_FAILED]


def _report_in(text: str) -> str:
    """Returns what a report says itself, the message it gives back left out."""
    text = text[:_MAX_TEXT]
    original = _ORIGINAL.search(text)
    return text[: original.start()] if original else text


def _those_named(found: Iterator[re.Match[str]], not_these: frozenset[str]) -> tuple[str, ...]:
    """Returns the addresses named that are nobody's but recipients'."""
    named = (
        one[0].lower().strip(_AROUND)
        for one in found
        if not one.string[: one.start()].endswith(_OF_A_SENDER)
    )
    return tuple(
        dict.fromkeys(
            address for address in named if address not in not_these and not _MACHINE.match(address)
        )
    )


_BEFORE = 100
_AROUND = "'<>:* \t"
_OF_A_SENDER = ("from ", "from <", "contact ", "contact <", "mailto:")


def _scanned(raw: bytes) -> set[str]:
    """Returns what flufl.bounce finds; lines are cut because its patterns are not linear."""
    from email import message_from_string  # loaded only here: most runs meet no such report
    from email.policy import compat32

    from flufl.bounce import scan_message

    # It logs what its detectors stumble over, with words of the message.
    logging.getLogger("flufl.bounce").disabled = True
    lines = raw[:_MAX_SCANNED].split(b"\n")
    cut = b"\n".join([line[:_MAX_SCANNED_LINE] for line in lines])
    plain = cut.decode("ascii", "replace").replace("\ufffd", "?")
    try:
        found = scan_message(message_from_string(plain, policy=compat32))
    except Exception:  # a second opinion that fails is no opinion
        return set()
    read = (canonical_address(address.decode("ascii", "replace")) for address in found)
    return {address for address in read if address}
