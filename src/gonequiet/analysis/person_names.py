"""Reads display names as people's names, so that two ways of writing one can be compared.

Known forms: "Dana Reyes", "Reyes, Dana M.", "Dana M Reyes/HOU/ACME@ACME", "'Dana Reyes' (work)",
"Reyes, Dana </O=ACME/OU=EU/CN=RECIPIENTS/CN=DREYES>". A text that is no full name of one person
gives None: one word, digits, an office, an address, or letters of two scripts in one word (which
is how look-alikes are made).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

NAME_CHARS: Final = 120
_MIN_WORDS, _MAX_WORDS = 2, 6
_ASCII_END: Final = 128

_PLAIN: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+\.?){1,3}")  # "Dana M. Reyes": nothing to tidy
_NOTES_TAIL: Final = re.compile(r"/[^\s/]*(?:/|@).*$")  # "/HOU/ECT@ECT"
_SITE_TAIL: Final = re.compile(r"\s*@\s*[A-Za-z]\w*$")  # " @ ENRON"
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_VIA: Final = re.compile(r"\s(?:via|on behalf of|through)\s.*$", re.IGNORECASE)
_LOGIN: Final = re.compile(r"/CN=(?:RECIPIENTS/CN=)?([A-Za-z][A-Za-z0-9]{2,19})>?$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s,;]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,4}")  # "J.R."
_DERIVED: Final = re.compile(r"([a-z]{2,})[._](?:([a-z])[._]+)?([a-z][a-z'-]+)")

_TITLES = """
dr mr mrs ms miss prof professor sir dame rev hon judge herr frau dipl ing mag dott dottssa avv
jr sr ii iii iv phd md mba cpa cfa cfp esq pe llm jd dds dphil msc bsc ma ba
"""
_AROUND: Final = frozenset(_TITLES.split())
_BEFORE_FAMILY = (
    "van von der den de del della di da dos das du la le el al bin ibn ten ter st zu zum"
)
_PARTICLES: Final = frozenset(_BEFORE_FAMILY.split())
_OFFICES = """
team support desk helpdesk help group groups department dept division services service inc llc
ltd gmbh corp corporation company co office center centre committee board editor editors news
newsletter relations resources marketing sales customer billing accounts admin administrator
administration notification notifications alerts update updates announcement announcements
system systems mailer mail email daemon list users user members member info information reply
noreply club association society foundation university college bank online store shop security
hr it all staff everyone the and your our undisclosed recipients recipient via desk
"""
_NO_PERSON: Final = frozenset(_OFFICES.split())

_SHORT: Final = """
abby abigail|al albert alan alexander|alex alexander alexandra alexis|andy andrew|angie angela
|annie ann anne anna|art arthur|barb barbara|becky rebecca|ben benjamin|bernie bernard|bert albert
|beth elizabeth|betsy elizabeth|bill william|billy william|bob robert|bobby robert|brad bradley
|cathy catherine|charlie charles|chris christopher christine christina|chuck charles|cindy cynthia
|clem clement|dan daniel|danny daniel|dave david|deb deborah debra|debbie deborah debra|dick richard
|don donald|doug douglas|drew andrew|ed edward edwin edmund|eddie edward|fran frances francis
|frank francis franklin|fred frederick alfred|gabe gabriel|gene eugene|geoff geoffrey|ginny virginia
|greg gregory|hank henry|herb herbert|jack john|jackie jacqueline|jake jacob|jamie james|jan janet
|jeff jeffrey geoffrey|jen jennifer|jenny jennifer|jerry gerald jerome|jim james|jimmy james
|jo joanne joanna|joe joseph|joey joseph|jon jonathan|josh joshua|judy judith|kate katherine
|kathy katherine kathleen|katie katherine|ken kenneth|kim kimberly|larry lawrence|len leonard
|les leslie|lisa elisabeth|liz elizabeth|lou louis louise|maggie margaret|marty martin|matt matthew
|max maximilian|meg margaret|mel melvin melanie|mike michael|mickey michael|mitch mitchell
|nate nathan nathaniel|ned edward|nick nicholas|pam pamela|pat patrick patricia|patty patricia
|peggy margaret|pete peter|phil philip phillip|rachel rachael|randy randall|ray raymond|rich richard
|rick richard frederick|rob robert|ron ronald|russ russell|sally sarah|sam samuel samantha
|sandy sandra alexander|shelly michelle|stan stanley|steph stephanie|steve steven stephen
|sue susan suzanne|susie susan|ted theodore edward|terry terence theresa terrence|theo theodore
|tim timothy|toni antonia|tom thomas|tommy thomas|tony anthony|trish patricia|val valerie
|vic victor|vicky victoria|vince vincent|wally walter|walt walter|wes wesley|will william
|zach zachary
"""
SHORT_FORMS: Final[dict[str, frozenset[str]]] = {
    words[0]: frozenset(words[1:]) for line in _SHORT.split("|") if (words := line.split())
}


class PersonName(NamedTuple):
    """A full name, folded for comparing: lower case, no accents, no marks.

    Attributes:
        given: the given name in full.
        middle: the letter that tells namesakes apart: of the middle name, else one that stands
            before the given name; "" when there is none.
        family: the family name, particles run together with it.
    """

    given: str
    middle: str
    family: str


@lru_cache(maxsize=65_536)
def read_name(display: str) -> PersonName | None:
    """Reads a display name; None when it is no full name of one person."""
    text = tidy_name(display)
    if not text or "@" in text:
        return None
    words = [_folded(word) for word in _WORD.findall(_given_first(text))]
    words = [word for word in words if word and word not in _AROUND]
    if not _MIN_WORDS <= len(words) <= _MAX_WORDS or not _NO_PERSON.isdisjoint(words):
        return None
    if not all(word.isalpha() for word in words):
        return None
    return _arranged(words)


def name_key(display: str) -> str:
    """A name for comparing: of a full name given and family name, else its words."""
    name = read_name(display)
    if name is not None:
        return f"{name.given} {name.family}"
    return " ".join(tidy_name(display).casefold().split())


def full_name_key(display: str) -> str:
    """A full name for comparing, "" for what is none."""
    return "" if read_name(display) is None else " ".join(shown_name(display).casefold().split())


def tidy_name(display: str) -> str:
    """A display name without quotes, asides, addresses and directory paths; case is kept."""
    text = display[:NAME_CHARS].partition("<")[0].strip()
    if _PLAIN.fullmatch(text) and " via " not in text:
        return text
    text = _ASIDE.sub(" ", text).replace('"', " ").strip(" '\t,;")
    text = _SITE_TAIL.sub("", _NOTES_TAIL.sub("", text))
    return " ".join(_VIA.sub("", text).split()).strip(" '")


def shown_name(display: str) -> str:
    """A display name as we show it: tidy, given name first, not in capitals."""
    shown = _given_first(tidy_name(display))
    return shown.title() if shown.isupper() and " " in shown else shown


def login_in(display: str) -> str:
    """The login name an Exchange directory path ends with, "" when there is none."""
    found = _LOGIN.search(display[:400].rstrip(" '\""))
    return found[1].lower() if found else ""


def name_in_address(local: str) -> PersonName | None:
    """The full name an address spells out (first.last, first.m.last), else None."""
    found = _DERIVED.fullmatch(local[:NAME_CHARS])
    if found is None:
        return None
    family = found[3].replace("'", "").replace("-", "")
    if len(family) < _MIN_WORDS or not _NO_PERSON.isdisjoint((found[1], family)):
        return None
    return PersonName(found[1], found[2] or "", family)


def is_short_for(short: str, given: str) -> bool:
    """Whether one given name is a short form of another."""
    return given in SHORT_FORMS.get(short, ())


def _given_first(text: str) -> str:
    """Turns "Reyes, Dana M." around; "Reyes, PhD" stays."""
    family, comma, given = text.partition(",")
    given = given.strip(" ,.")
    if not comma or "," in given or not given or given.casefold().strip(".") in _AROUND:
        return text
    return f"{given} {family.strip()}"


def _folded(word: str) -> str:
    """A word in lower case without accents, hyphens and apostrophes; "?" for mixed scripts."""
    word = word[0] if _INITIALS.fullmatch(word) else word.rstrip(".")
    if word.isascii():
        return word.lower().replace("'", "").replace("-", "").replace("`", "")
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(char) and char not in "'-\u2019\u2018\u2010"
    ).casefold()
    scripts = {unicodedata.name(char, "?").partition(" ")[0] for char in plain}
    return plain if len(scripts) == 1 else "?"


def _arranged(words: list[str]) -> PersonName | None:
    """Sorts the words of a name into given, middle and family."""
    start = 1 if len(words[0]) == 1 and len(words) > _MIN_WORDS else 0
    end = len(words) - 1
    while end > start + 1 and words[end - 1] in _PARTICLES:
        end -= 1
    given, family = words[start], "".join(words[end:])
    middle = words[start + 1][0] if end > start + 1 else words[0] if start else ""
    if min(len(given), len(family)) < _MIN_WORDS:
        return None
    return PersonName(given, middle, family)
