"""The tone of one letter, judged where it stands: a mail file or a plain text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.thread import subject_key
from gonequiet.errors import RequestError
from gonequiet.formats.charsets import decode_text
from gonequiet.formats.headers import read_headers
from gonequiet.formats.html_text import html_to_text
from gonequiet.formats.mime import parse_message
from gonequiet.formats.parts import read_body
from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.language.tone import LANGUAGES, Finding, lint, rule_ids

MAX_BYTES = 16 * 1024 * 1024
"""What is longer than this is no letter."""

_HEAD_BYTES = 4096
_TEXTS = (FileKind.TEXT, FileKind.HTML, FileKind.EMPTY, FileKind.CSV, FileKind.JSON, FileKind.XML)


class LinesOf(StrEnum):
    """What the lines and columns of findings count."""

    FILE = "file"
    DECODED = "decoded text"  # the words are encoded in the file, so its lines say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """What a letter is better worded otherwise in.

    Attributes:
        findings: in order; lines and columns as `lines_of` says, start and end in the text.
        lines_of: what the lines are counted in.
    """

    findings: tuple[Finding, ...]
    lines_of: LinesOf


class _Text(NamedTuple):
    """Some words of the letter, and where they begin in the file; None: nowhere as they are."""

    words: str
    before: str | None


def lint_letter(
    raw: bytes, name: str, *, language: str | None = None, disabled: Collection[str] = ()
) -> LintReport:
    """Judges the sender's own words in a letter.

    Args:
        raw: the bytes of the file.
        name: its name, which decides only where the bytes leave it open.
        language: "en" or "de" for the rules of one language.
        disabled: ids of rules not to apply.

    Raises:
        RequestError: it holds no letter, or there is no such language or rule.
    """
    _check(language, disabled)
    texts = _texts(raw, name)
    lines_of = LinesOf.DECODED if any(text.before is None for text in texts) else LinesOf.FILE
    found = (
        _moved(finding, text.before if lines_of is LinesOf.FILE else "")
        for text in texts
        for finding in lint(text.words, language=language, disabled=disabled)
    )
    return LintReport(findings=tuple(found), lines_of=lines_of)


def _check(language: str | None, disabled: Collection[str]) -> None:
    if language is not None and language not in LANGUAGES:
        raise RequestError(f"There are no rules for '{language}'; name {' or '.join(LANGUAGES)}.")
    unknown = sorted(set(disabled) - set(rule_ids()))
    if unknown:
        raise RequestError(
            f"No rule is called {', '.join(unknown)}. The rules are: {', '.join(rule_ids())}."
        )


def _texts(raw: bytes, name: str) -> list[_Text]:
    if len(raw) > MAX_BYTES:
        raise RequestError("That is too long for a letter. Name a file with one letter in it.")
    kind = recognise(raw[:_HEAD_BYTES], name)
    if kind is FileKind.MBOX and not name.lower().endswith(".eml"):
        raise RequestError("That is a whole mailbox. Name a file with one letter in it.")
    if kind in (FileKind.EML, FileKind.MBOX):
        return _mail_texts(raw)
    if kind not in _TEXTS:
        raise RequestError(f"That is {kind.value}, not a letter. Name a text or a mail file.")
    words = decode_text(raw, "").removeprefix("\ufeff")
    return [_Text(html_to_text(words), None) if kind is FileKind.HTML else _Text(words, "")]


def _mail_texts(raw: bytes) -> list[_Text]:
    """The subject, unless it only answers somebody else's, and the body."""
    mended = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = mended.find(b"\n") + 1 if mended.startswith(b"From ") else 0
    message = mended[start:]
    headers = read_headers(message)
    subject = parse_message(message).subject
    key = subject_key(subject)
    own = "" if key.is_reply or key.is_forward else subject
    body = read_body(message, headers).text
    header_end = start + headers.body_at
    return [
        _Text(words, _before(mended, words, since, until))
        for words, since, until in ((own, start, header_end), (body, header_end, len(mended)))
        if words
    ]


def _before(mended: bytes, words: str, since: int, until: int) -> str | None:
    """What stands before the words in the file, None where they do not stand as they are."""
    for charset in ("utf-8", "cp1252"):
        at = mended.find(words.encode(charset, "replace"), since, until)
        if at >= 0:
            return mended[:at].decode(charset, "replace")
    return None


def _moved(finding: Finding, before: str | None) -> Finding:
    """A finding placed in the whole file."""
    if not before:
        return finding
    column = len(before) - before.rfind("\n") - 1 if finding.line == 1 else 0
    return finding._replace(line=finding.line + before.count("\n"), column=finding.column + column)
