"""How a message ends: the closing, the signature block, and what programs put below it.

Read from the bottom up, a few lines only: footers of law firms, mailing lists and free-mail
providers first, then the block of name, title and telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Ending(NamedTuple):
    """Line indexes at which the parts of an ending start.

    Attributes:
        signature: first line of the signature block.
        footer: first line of the footers; everything from here on was added by programs.
    """

    signature: int
    footer: int


_MAX_SIGNATURE_LINES = 14
_MAX_DELIMITED_LINES = 30
_MAX_FOOTER_LINES = 60
_SHORTEST_FOOTER = 20
_MAX_BLANKS = 3
_LINES_OF_PROSE = 3
_LEGAL_PHRASES = 2
_LONGEST_LINE = 100
_LONGEST_TITLE = 60
_LONGEST_CLOSING = 40
_LINES_OF_NAMES = 2
_ENDS = ",.!;:-"
_ENOUGH_AFTER_CLOSING = 1
_ENOUGH = 2  # a telephone number alone, or a title and a page of the web
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
_DELIMITER = re.compile(r"\s{0,2}(?:--|__|—|–)\s{0,2}$")
_SENT_FROM = re.compile(
    r"\W{0,3}(?:sent (?:for [A-Z]|from|via|with) (?:my|a|an|the|outlook|mail|yahoo|gmail|proton"
    r"|iphone"
    r"|samsung)"
    r"|get outlook for|sent wirelessly|von mein(?:em|er) \S+.{0,20} gesendet|gesendet (?:von|mit)"
    r"|envoyé de(?:puis)? mon|enviado desde mi|diese nachricht wurde von meinem)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d/])(?:\+\d{1,3}[ ./-]{0,2}(?:\(0\)[ ./-]?)?\(?\d{2,5}|\(?\d{3,5})\)?[ ./-]{1,3}\d{3,8}"
    r"(?:[ ./-]?\d{2,4}){0,3}(?![\d/])"
    r"|\b(?:[Xx]|[Ee]xt(?:ension)?\.?)[ :-]{0,2}\d[\d-]{2,6}\b|\b\d-\d{4}\b"
    r"|\b[A-Z]{2}\.? {1,3}\d{5}\b|\b\d{5} [A-ZÄÖÜ][a-zäöüß]"
)
_MAIL_ADDRESS = re.compile(r"[\w.+-]@[\w-]{1,64}\.\w")
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_LABEL = re.compile(r"([A-Za-z][\w ]{2,30}?)\s{0,20}:\s")
_CONTACT_LABEL = re.compile(
    r"(?i:tel|ph|fax|mob|cell|off|dir|voice|pag|handy|e-?mail|mail|fon|durchwahl|web|url|home|work"
    r"|address|internet|main|fac|pin|skype|[thwcomfdpe]$|from|contact)"
)
_MAIL_ADDRESS = re.compile(r"[\w.+-]@[\w-]{1,64}\.\w")
_ATTACHED = re.compile(
    r"\s{0,20}(?:-\s{1,3}\S.{0,80}\.\w{2,4}|<<.{1,90}>>|\(see attached file.{1,90}"
    r"|\[(?:image|cid|attachment).{0,90}\]|<embedded .{3,60}>)\s{0,9}$",
    re.IGNORECASE,
)
_ATTACHED_FIRST = ("-", "<", "(", "[")
# fmt: off
_TITLE_WORDS = frozenset(
    (
    "head", "vice", "manager", "director", "president", "counsel", "engineer", "analyst",
    "assistant", "attorney", "professor", "phd", "esq", "consultant", "officer", "associate",
    "coordinator", "partner", "llp", "llc", "inc", "corp", "ltd", "gmbh", "ag", "plc", "company",
    "group", "department", "dept", "university", "institute", "street", "st", "avenue", "ave",
    "suite", "floor", "road", "rd", "box", "building", "blvd", "geschäftsführer",
    "geschäftsführerin", "leiter", "leiterin", "straße", "str", "abteilung", "vertrieb",
    "prokurist", "prokuristin",
    )
)
_CLOSING_WORDS = frozenset(
    (
    "thanks", "thank", "thx", "tks", "thanx", "regards", "rgds", "cheers", "sincerely",
    "respectfully", "cordially", "best", "love", "later", "ciao", "br", "yours", "kind",
    "kindest", "warm", "warmest", "xoxo", "faithfully", "appreciatively", "gratefully",
    "freundliche", "freundlichen", "beste", "besten", "viele", "vielen", "liebe", "herzliche",
    "herzlichen", "schöne", "schönen", "danke", "mfg", "vg", "lg", "gruß", "grüße",
    "cordialement", "merci", "saludos", "gracias", "atentamente", "grazie", "groeten",
    )
)
_CLOSING_PAIRS = frozenset(
    (
    "many thanks", "most sincerely", "very truly", "very best", "my best", "all the",
    "with kind", "with best", "with warm", "with regards", "with many", "with thanks",
    "with respect", "take care", "see you", "talk soon", "talk to", "have a", "looking forward",
    "hope this", "mit freundlichen", "mit besten", "mit herzlichen", "mit lieben", "bien à",
    "un saludo", "cordiali saluti", "met vriendelijke", "in advance",
    )
)
# fmt: on
_DIGIT = re.compile(r"\d")
_SENT_STARTS = ("Sent", "Get ", "Von ", "Gese", "Envo", "Envi", "Dies", "sent", "<Sent", "(Sent")
_SMALL_WORDS = frozenset(
    {
        "of",
        "and",
        "the",
        "for",
        "de",
        "der",
        "und",
        "la",
        "le",
        "du",
        "von",
        "van",
        "at",
        "in",
        "to",
    }
    | {"fax", "phone", "cell", "mobile", "tel", "ext", "office", "email", "direct", "home", "work"}
)


def find_ending(lines: Sequence[str], start: int, stop: int) -> Ending:
    """Finds signature and footers at the end of `lines[start:stop]`."""
    stop = _skip_attached(lines, start, stop)
    footer = _footer_start(lines, start, stop)
    body_stop = _skip_blank(lines, start, footer)
    return Ending(_signature_start(lines, start, body_stop), footer)


def _skip_blank(lines: Sequence[str], start: int, stop: int) -> int:
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return stop


def _skip_attached(lines: Sequence[str], start: int, stop: int) -> int:
    """Leaves off the names of attachments that mail programs write below the text."""
    stop = _skip_blank(lines, start, stop)
    while stop > start and is_attachment_name(lines[stop - 1]):
        stop = _skip_blank(lines, start, stop - 1)
    return stop


def is_attachment_name(line: str) -> bool:
    """Whether a line is a mail program's note of an attached file."""
    return line.lstrip()[:1] in _ATTACHED_FIRST and _ATTACHED.match(line[:200]) is not None


def _footer_start(lines: Sequence[str], start: int, stop: int) -> int:
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
        if _is_footer(paragraph):
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
    if len(paragraph) < _LINES_OF_PROSE:
        return False
    return not any("://" in line or "www." in line or "@" in line for line in paragraph)


def _is_footer(paragraph: Sequence[str]) -> bool:
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


def _signature_start(lines: Sequence[str], start: int, stop: int) -> int:
    delimited = _delimiter(lines, start, stop)
    if delimited >= 0:
        return delimited
    top = _block_top(lines, start, stop)
    if top == stop:
        return stop
    after_closing = _follows_closing(lines, start, top)
    again = _named_again(lines, top, stop)
    if again >= 0:
        return again
    top = _below_closing(lines, top, stop)
    needed = _ENOUGH_AFTER_CLOSING if after_closing else _ENOUGH
    if _weighs(lines, top, stop, needed):
        return top
    return top if after_closing and _lines_held(lines, top, stop) > _LINES_OF_NAMES else stop


def _named_again(lines: Sequence[str], top: int, stop: int) -> int:
    """Where "Ida Holm" stands below "Ida", one by hand and one by the program; -1 for nowhere."""
    name = ""
    for at in range(top, stop):
        line = lines[at].strip()
        if name and line.startswith(name):
            return at
        if line:
            is_name = " " not in line and len(line) > 1 and line[0].isupper()
            name = f"{line.rstrip(_ENDS)} " if is_name else ""
    return -1


def _weighs(lines: Sequence[str], top: int, stop: int, needed: int) -> bool:
    """Whether the lines hold enough details of contact; looks no further than it must."""
    weight = 0
    for line in lines[top:stop]:
        weight += _contact_weight(line)
        if weight >= needed:
            return True
    return False


def _follows_closing(lines: Sequence[str], start: int, top: int) -> bool:
    """Whether the nearest line above is "Thanks," or its like."""
    above = _skip_blank(lines, start, top)
    return above > start and is_closing(lines[above - 1])


def is_closing(line: str) -> bool:
    """Whether a line opens as the closing of a letter does, and is short enough for one."""
    if len(line) > _LONGEST_CLOSING:
        return False
    words = line.lower().split(None, 2)
    if words and not words[0][0].isalpha():
        words[0] = words[0].lstrip("-–—~* ")
    if not words or words[0].rstrip(_ENDS) in _CLOSING_WORDS:
        return bool(words)
    return len(words) > 1 and f"{words[0]} {words[1].rstrip(_ENDS)}" in _CLOSING_PAIRS


def stands_apart(lines: Sequence[str], start: int, stop: int) -> Ending | None:
    """What a paragraph in the middle of a text is, when it is a footer or a block of contacts.

    Returns:
        An ending within the paragraph, or None when it is an ordinary one.
    """
    if _is_footer(lines[start:stop]):
        return Ending(start, start)
    if stop - start < _LINES_OF_PROSE or any(ends_walk(line.strip()) for line in lines[start:stop]):
        return None
    return Ending(start, stop) if _weighs(lines, start, stop, _ENOUGH + 1) else None


def _lines_held(lines: Sequence[str], start: int, stop: int) -> int:
    return sum(1 for line in lines[start:stop] if line.strip())


def _block_top(lines: Sequence[str], start: int, stop: int) -> int:
    """Walks up from the end until a line that cannot stand in a signature."""
    top = stop
    blanks = 0
    for at in range(stop - 1, max(start, stop - _MAX_SIGNATURE_LINES) - 1, -1):
        line = lines[at].strip()
        if not line:
            blanks += 1
            if blanks > _MAX_BLANKS:
                break
            continue
        if ends_walk(line):
            break
        top = at
    return top


def _contact_weight(line: str) -> int:
    """How much a line looks like part of a block of contact details."""
    if "@" in line and _MAIL_ADDRESS.search(line):
        return 2
    if _DIGIT.search(line) and _PHONE.search(_DATE.sub("", line)):
        return 2
    if "www." in line or "://" in line:
        return 1
    return 1 if len(line) < _LONGEST_TITLE and _names_title(line) else 0


def _names_title(line: str) -> bool:
    words = line.lower().replace(",", " ").replace(".", " ").split()
    return not _TITLE_WORDS.isdisjoint(words)


def _delimiter(lines: Sequence[str], start: int, stop: int) -> int:
    """The line "-- " (RFC 3676) or "Sent from my ...", when near enough to the end."""
    floor = max(start, stop - _MAX_DELIMITED_LINES)
    window = lines[floor:stop]
    if "-- " in window or "--" in window or "__" in window or "—" in window:
        return next(at for at in range(stop - 1, floor - 1, -1) if _DELIMITER.match(lines[at]))
    for at in range(stop - 1, max(start, stop - 4) - 1, -1):
        if lines[at].startswith(_SENT_STARTS) and _SENT_FROM.match(lines[at][:80]):
            return at
    return -1


def ends_walk(line: str) -> bool:
    """Whether a line is running prose, a form field or a closing, and so no part of a signature."""
    return len(line) > _LONGEST_LINE or _is_written(line)


@lru_cache(maxsize=4096)
def _is_written(line: str) -> bool:
    """Whether a short line is; cached, as the same people end their letters with the same lines."""
    lowered = [word for word in line.split() if word.islower() and word.isalpha()]
    if len(lowered) >= 2:
        lowered = [word for word in lowered if word not in _SMALL_WORDS]
        if len(lowered) >= 4 or (len(lowered) >= 2 and line[-1] in ".?!,;:"):
            return True
    if ":" in line and _is_form_field(line):
        return True
    return is_closing(line) and _contact_weight(line) < _ENOUGH


def _is_form_field(line: str) -> bool:
    """Whether a line is "Label: value" with a label that is no way to reach anybody."""
    label = _LABEL.match(line)
    return label is not None and not _CONTACT_LABEL.match(label[1])


def _below_closing(lines: Sequence[str], top: int, stop: int) -> int:
    """Leaves the writer's first name with the closing it follows."""
    first = lines[top].strip()
    if " " in first or _contact_weight(first) or not first[:1].isalpha():
        return top
    below = top + 1
    while below < stop and not lines[below].strip():
        below += 1
    return below
