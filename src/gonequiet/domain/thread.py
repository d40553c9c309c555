"""A thread: messages that answer one another, and the rule that tied each to the one before.

A link is a belief, so the rule that made it is kept with it: a reply known from its headers
(RFC 5322, 3.6.4) weighs more than one known from its subject.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

SUBJECT_CHARS: Final = 300  # of a subject; what stands behind is not looked at


class LinkRule(StrEnum):
    """Why a message stands where it does in its thread."""

    START = "start"  # nothing ties it to an earlier message
    IN_REPLY_TO = "in_reply_to"  # it names its parent (In-Reply-To)
    REFERENCES = "references"  # the last message named in References that we have
    SHARED_ROOT = "shared_root"  # it answers a message we do not have, as others of the thread do
    QUOTE = "quote"  # it quotes the opening words of the parent
    CHANNEL = "channel"  # no mail: it stands by itself
    SUPERSEDED = "superseded"  # a meeting of which a later version is known
    SUBJECT = "subject"  # a reply by its subject, among the same people, soon enough


class SubjectKey(NamedTuple):
    """A subject without its reply and forward marks and list tags, for comparing.

    Attributes:
        key: folded to lower case and single blanks; "" when nothing is left.
        is_reply: the outermost mark says reply.
        is_forward: the outermost mark says forward.
    """

    key: str
    is_reply: bool
    is_forward: bool


class MessageHead(NamedTuple):
    """What linking needs of one message.

    Attributes:
        message: the message's key.
        message_id: without angle brackets, "" when it has none.
        in_reply_to: ids it says it answers.
        references: ids of the thread so far, oldest first.
        sender: key of the person who wrote it (contact key, else address).
        recipients: keys of the people in To, Cc and Bcc.
        sent_at: UTC epoch seconds, None when unknown.
        subject_key: as `subject_key` gives it.
        is_reply: its subject carries a reply mark.
        quoted_digest: of the first words it quotes, 0 when it quotes nothing.
        opening_digest: of its own first words, 0 when it has none.
    """

    message: int
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: str
    recipients: tuple[str, ...]
    sent_at: int | None
    subject_key: str
    is_reply: bool
    quoted_digest: int
    opening_digest: int


class Link(NamedTuple):
    """Where one message stands.

    Attributes:
        message: the message's key.
        parent: key of the message it answers, None when not known.
        rule: what tied it to its parent or its thread.
        thread: key of the thread's earliest message.
    """

    message: int
    parent: int | None
    rule: LinkRule
    thread: int


# Marks as mail programs write them before a colon, by language.
_REPLY: Final = """
re, aw, antw, antwort, sv, vs, ynt, odp, res, resp, rif, ref, réf, vá, bls, atb, r, hts,
απ, σχετ, отв, ответ, на, השב, תשובה, رد, 答复, 回复, 回覆, 返信, 답장, 회신,
undeliverable, undelivered, unzustellbar, automatic reply, automatische antwort, autoreply,
auto-reply, auto reply, réponse automatique, respuesta automática, out of office, abwesend,
abwesenheitsnotiz, accepted, declined, tentative, zugesagt, abgelehnt, read, not read, gelesen,
delivered, relayed
"""
_FORWARD: Final = """
fw, fwd, wg, tr, rv, enc, doorst, vb, vl, ilt, i, pd, trs, továbbítás, továbbítva, πρθ, пересл, fs,
转发, 轉寄, 転送, 전달, إعادة توجيه, הועבר
"""
_TAG: Final = "external, ext, extern"
_KINDS: Final = {
    mark.strip(): kind
    for kind, marks in (("reply", _REPLY), ("forward", _FORWARD), ("tag", _TAG))
    for mark in marks.split(",")
}
_MARK_CHARS: Final = 30
_COUNTED: Final = re.compile(r"\s?[\[(^]\d{1,3}[\])]?$")  # "Re[2]", "Re(2)"
_BRACKETED: Final = re.compile(r"\[[^\]]{1,60}\]|\*{2,5}[^*]{1,30}\*{2,5}|\{spam\??\}")
# A list's tag goes; a ticket's or a patch's number is what tells two matters apart.
_NUMBERED: Final = re.compile(r"\d{3}|#|\d/")
_TAIL: Final = re.compile(r"\s*(?:\((?:fwd|fw|re)\)|\[(?:external|ext|extern)\])$")


def subject_key(subject: str) -> SubjectKey:
    """Strips reply and forward marks, list tags and case from a subject."""
    text = " ".join(subject[:SUBJECT_CHARS].casefold().split())
    if not text.isascii():
        text = text.replace("\uff1a", ":")  # the wide colon
    at, first, kept = 0, "", ""
    while at < len(text):
        kind, end = _mark_at(text, at)
        if not kind:
            break
        if kind == "kept":
            kept += f"{text[at:end].rstrip()} "
        elif kind != "tag":
            first = first or kind
        at = end
    key = kept + text[at:] if at else text
    if key.endswith((")", "]")):
        key = _TAIL.sub("", key)
    return SubjectKey(key.rstrip(), first == "reply", first == "forward")


def _mark_at(text: str, at: int) -> tuple[str, int]:
    """The kind of mark that stands at a place, and where the words after it begin."""
    if text[at] in "[*{":
        tag = _BRACKETED.match(text, at)
        if tag is None:
            return "", at
        return "kept" if _NUMBERED.search(tag[0]) else "tag", _after_blank(text, tag.end())
    colon = text.find(":", at, at + _MARK_CHARS)
    if colon < 0:
        return "", at
    word = text[at:colon].rstrip()
    kind = _KINDS.get(_COUNTED.sub("", word) if word.endswith((")", "]")) else word, "")
    return kind, _after_blank(text, colon + 1)


def _after_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at
