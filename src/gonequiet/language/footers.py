"""What programs put below a message: footers of law firms, mailing lists, free-mail providers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_MAX_FOOTER_LINES = 60
_SHORTEST_FOOTER = 20
LINES_OF_PROSE = 3
_LEGAL_PHRASES = 2
_MAX_LINE = 400

# A paragraph with two of these that speaks of "this message" is a legal footer. Phrases, not
# patterns: looking for plain text in text is ten times as fast, and every message pays for it.
_LEGAL = (
    "confidential",
    "intended",
    "privileged",
    "in error",
    "disclos",
    "unauthori",
    "prohibited",
    "disclaim",
    "delete th",
    "delete it",
    "delete all",
    "destroy",
    "notify the sender",
    "notify us",
    "contact the sender",
    "addressee",
    "virus",
    "vertraulich",
    "adressat",
    "den absender",
    "irrtümlich",
    "unbefugt",
    "vernichten",
    "confidentiel",
    "destinataire",
    "par erreur",
    "confidencial",
    "destinatario",
)
_FOOTER_STEMS = (
    "onfiden",
    "ntended",
    "isclaim",
    "ubscri",
    "receiv",
    "listinfo",
    "list",
    "dvertis",
    "ahoo",
    "msn",
    "irus",
    "ertraul",
    "rrtümlich",
    "estinata",
    "abmelden",
    "abbestellen",
    "registerg",
    "sitz der g",
    "the environ",
    "you print",
    "umwelt",
)
_HINT_CHARS = 700  # every kind of footer shows one of the stems near its end
_OF_THE_MESSAGE = (
    *(f"{which} {what}" for which in ("this", "the") for what in ("message", "email", "e-mail")),
    "communication",
    "transmission",
    "information transmitted",
    "information contained",
    "any attachment",
    "diese e-mail",
    "dieser e-mail",
    "diese nachricht",
    "diese mail",
    "ce message",
    "ce courriel",
    "este mensaje",
    "este correo",
)
_LISTED = (
    "unsubscribe",
    "opt out of",
    "opt-out",
    "not to receive",
    "no longer wish to receive",
    "not wish to receive",
    "change your subscription",
    "manage your subscription",
    "subscription preferences",
    "you received this",
    "you received these",
    "you are receiving this",
    "you are subscribed",
    "you are currently subscribed",
    "mailing list\n",
    "mailing list ",
    "listinfo",
    "list archive",
    "mailman",
    "advertisement",
    "abbestellen",
    "newsletter abmelden",
    "yahoo! groups",
    "google groups",
)
_PROVIDER = (
    "get your free",
    "get your private, free",
    "do you yahoo",
    "join the world's largest",
    "msn explorer",
    "msn photos",
    "chat with friends online",
    "yahoo! mail",
    "yahoo! auctions",
    "yahoo! messenger",
    "scanned for virus",
    "virus-free",
    "free email",
    "free e-mail",
)
# What the law has companies put below every letter, and what offices say of paper.
_REGISTER = (
    "registergericht:",
    "registergericht amtsgericht",
    "sitz der gesellschaft:",
    "consider the environment",
    "save the environment",
    "before you print",
    "der umwelt zuliebe",
    "denken sie an die umwelt",
)
_OF_PROGRAMS = _LISTED + _PROVIDER + _REGISTER
# One of these stands in every phrase of programs.
_PROGRAM_STEMS = (
    "ubscri", "receiv", "list", "opt", "mailman", "dvertis", "abbestellen", "abmelden", "groups",
    "free", "yahoo", "join the", "msn ", "chat with", "virus", "registerger",
    "sitz der ges", "the environment", "you print", "umwelt",
)  # fmt: skip
_RULE = re.compile(r"\s*(?:[-_=*#~+]\s?){3,}\s*$")
_RULED_WITH = frozenset("-_=*#~+")


def footer_start(lines: Sequence[str], start: int, stop: int) -> int:
    """First line of the footers: the highest paragraph near the end that only a program writes.

    Below such a paragraph stand advertisements and addresses that nobody wrote by hand either.
    """
    floor = max(start, stop - _MAX_FOOTER_LINES)
    if not _hints_at_footer("\n".join(lines[floor:stop])[-_HINT_CHARS:].lower()):
        return stop
    footer = at = stop
    while at > floor:
        top = _paragraph_start(lines, floor, at)
        paragraph = lines[top:at]
        at = _skip_rules(lines, floor, top)
        if is_footer(paragraph):
            if at > start or footer <= top + len(paragraph) + 2:
                footer = at
        elif _is_prose(paragraph):
            break
    return footer


def _hints_at_footer(text: str) -> bool:
    """A look that costs little at whether any paragraph can be a footer; False is certain."""
    return any([stem in text for stem in _FOOTER_STEMS])  # noqa: C419  # a list is faster


def _paragraph_start(lines: Sequence[str], floor: int, stop: int) -> int:
    top = stop - 1
    while top > floor and lines[top - 1].strip() and not _is_rule(lines[top - 1]):
        top -= 1
    return top


def _is_rule(line: str) -> bool:
    """Whether a line only draws a rule."""
    return line.lstrip()[:1] in _RULED_WITH and _RULE.match(line[:100]) is not None


def _skip_rules(lines: Sequence[str], floor: int, stop: int) -> int:
    while stop > floor and (not lines[stop - 1].strip() or _is_rule(lines[stop - 1])):
        stop -= 1
    return stop


def _is_prose(paragraph: Sequence[str]) -> bool:
    """Whether a paragraph is too long, and too free of addresses, to be an advertisement."""
    if len(paragraph) < LINES_OF_PROSE:
        return False
    return not any("://" in line or "www." in line or "@" in line for line in paragraph)


def is_footer(paragraph: Sequence[str]) -> bool:
    """Whether nobody but a program writes such a paragraph."""
    text = "\n".join([line[:_MAX_LINE].strip() for line in paragraph]).lower() + "\n"
    return len(text) >= _SHORTEST_FOOTER and _says_footer(text)


@lru_cache(maxsize=2048)
def _says_footer(text: str) -> bool:
    """Whether a paragraph speaks as footers do; cached, as one footer ends many mails."""
    hinted = any([stem in text for stem in _PROGRAM_STEMS])  # noqa: C419  # a list is faster
    if hinted and any(phrase in text for phrase in _OF_PROGRAMS):
        return True
    text = text.replace("\n", " ")
    hits = sum([phrase in text for phrase in _LEGAL])
    return hits >= _LEGAL_PHRASES and any(phrase in text for phrase in _OF_THE_MESSAGE)
