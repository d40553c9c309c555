"""What one line near the end of a message is: a closing, details of contact, or running prose."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST_LINE = 100
_LONGEST_TITLE = 60
_LONGEST_CLOSING = 40
MARKS_AT_END = ",.!;:-"
MARKS_AFTER_WORDS = ",.!?;"
ENOUGH_DETAILS = 2  # a telephone number alone, or a title and a page of the web
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
_SMALL_WORDS = frozenset(
    (
        "of", "and", "the", "for", "de", "der", "und", "la", "le", "du", "von", "van", "at", "in",
        "to", "fax", "phone", "cell", "mobile", "tel", "ext", "office", "email", "direct", "home",
        "work",
    )
)  # fmt: skip


def is_closing(line: str) -> bool:
    """Whether a line opens as the closing of a letter does, and is short enough for one."""
    if len(line) > _LONGEST_CLOSING:
        return False
    words = line.lower().split(None, 2)
    if words and not words[0][0].isalpha():
        words[0] = words[0].lstrip("-–—~* ")
    if not words or words[0].rstrip(MARKS_AT_END) in _CLOSING_WORDS:
        return bool(words)
    return len(words) > 1 and f"{words[0]} {words[1].rstrip(MARKS_AT_END)}" in _CLOSING_PAIRS


def is_said(line: str, *, is_all: bool) -> bool:
    """Whether a line ends as a sentence does, and not in "Ltd." or "Ph.D.".

    Args:
        line: without blanks around it.
        is_all: nothing else was said; then a word in small letters is enough.
    """
    if not line or contact_weight(line):
        return False
    if line[-1] in ".!?":
        return "." not in line.rsplit(maxsplit=1)[-1][:-1]
    return is_all and any(word.islower() and word not in _SMALL_WORDS for word in line.split())


def contact_weight(line: str) -> int:
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


def ends_walk(line: str) -> bool:
    """Whether a line is running prose, a form field or a closing, and so no part of a signature."""
    return len(line) > _LONGEST_LINE or _is_written(line)


@lru_cache(maxsize=4096)
def _is_written(line: str) -> bool:
    """Whether a short line is; cached, as the same people end their letters with the same lines."""
    bare = [word.rstrip(MARKS_AFTER_WORDS) for word in line.split()]
    lowered = [word for word in bare if word.islower() and word.isalpha()]
    if len(lowered) >= 2:
        lowered = [word for word in lowered if word not in _SMALL_WORDS]
        if len(lowered) >= 4 or (len(lowered) >= 2 and line[-1] in ".?!,;:"):
            return True
    if ":" in line and _is_form_field(line):
        return True
    return is_closing(line) and contact_weight(line) < ENOUGH_DETAILS


def _is_form_field(line: str) -> bool:
    """Whether a line is "Label: value" with a label that is no way to reach anybody."""
    label = _LABEL.match(line)
    return label is not None and not _CONTACT_LABEL.match(label[1])
