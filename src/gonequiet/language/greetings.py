"""How somebody greets and ends a letter, learnt from letters they wrote.

The words are taken over as they were written: "Hi Dana," to Dana. For somebody who was never
written to, the habit overall is applied to the name: its opening word ("Hi"), whether by first
name, and the mark at its end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from gonequiet.language.zones import Part, Zone, zone_spans

MAX_LINE: Final = 60
"""No greeting or closing is longer."""

_LETTERS: Final = 40
"""So many letters say enough of a habit."""

_SHORT_NAME: Final = 3
"""Letters that a short form of a name has at least: "Rob" of "Robert"."""

_MOST_NAMES: Final = 4
_INITIAL: Final = 2  # letters of "J."

_Seen = TypeVar("_Seen")

_OPENERS: Final = {
    "en": "hi|hello|hey|dear|good morning|good afternoon|good evening|greetings",
    "de": "hallo|liebe|lieber|sehr geehrte|sehr geehrter|guten tag|guten morgen|guten abend|"
    "moin|servus|grüß gott|grüezi|hi|hey",
}
_TITLES: Final = {
    "en": "mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam",
    "de": "herr|frau|dr|prof|professor|professorin",
}
_GREETING: Final = re.compile(
    r"(?P<opener>" + "|".join(_OPENERS.values()) + r")\b\s{0,3}"
    r"(?P<titles>(?:(?:" + "|".join(_TITLES.values()) + r")\b\.?\s{0,3}){0,3})"
    r"(?P<name>[^\d,:;!?<>@()\"]{0,40}?)\s{0,3}(?P<mark>[,:!.]?)",
    re.IGNORECASE,
)
_BARE_NAME: Final = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]{1,20})\s?(?P<mark>,|:|!|--|-|–)(?=\s|\Z)"
)
_CLOSINGS: Final = {
    "en": re.compile(
        r"(?:(?:with )?(?:best|kind|warm|warmest|kindest|many)\s)?"
        r"(?:regards|wishes|thanks|greetings)"
        r"|(?:all the )?best|sincerely|yours(?: sincerely| truly| faithfully)?|cheers|thank you",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"(?:mit )?(?:besten|freundlichen|herzlichen|lieben|vielen|schönen|kollegialen)"
        r" (?:grüßen|gruß|dank)"
        r"|(?:beste|freundliche|herzliche|liebe|viele|schöne|sonnige) grüße"
        r"|(?:besten|herzlichen|lieben|schönen) gruß|grüße|gruß|mfg|lg|vg|herzlichst|danke",
        re.IGNORECASE,
    ),
}
_GROUPS: Final = frozenset(
    ("all", "team", "both", "everyone", "everybody", "folks", "there", "zusammen", "leute", "alle")
)
_DU: Final = re.compile(
    r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE
)
_SIE: Final = re.compile(r"(?<![.!?:\n] )(?<!^)\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b", re.MULTILINE)


class Naming(StrEnum):
    """How the greeted is called."""

    FIRST = "first name"
    FULL = "full name"
    TITLE = "title and name"
    NONE = "no name"


class GreetingSeen(NamedTuple):
    """A greeting as written.

    Attributes:
        line: the whole line.
        opener: its first words: "Hi", "Sehr geehrte".
        mark: what stands at its end, "" for nothing.
    """

    line: str
    opener: str
    naming: Naming
    name: str
    mark: str


class Closing(NamedTuple):
    """How a letter ends.

    Attributes:
        line: "Best regards,"; "" when there is only a name.
        name: the name below it as signed, "" when there was none.
        language: of the line: "en" or "de"; "" without a line.
    """

    line: str
    name: str
    language: str


class LetterHabit(NamedTuple):
    """How the owner begins and ends.

    Attributes:
        greeting: the most usual greeting, None when none was seen.
        closing: the most usual ending, None when none was seen.
        is_familiar: "du" rather than "Sie"; None when neither was seen.
    """

    greeting: GreetingSeen | None
    closing: Closing | None
    is_familiar: bool | None


def find_greeting(text: str, name: str = "") -> GreetingSeen | None:
    """Returns the greeting a letter begins with, None when it has none.

    Args:
        text: the letter.
        name: of whom it was written to; their bare first name ("Dana,") is a greeting too, also
            with the letter going on in the same line.
    """
    line = next((line.strip() for line in text.split("\n", 8) if line.strip()), "")
    bare = _BARE_NAME.match(line)
    if bare is not None and name and _is_short_for(bare["name"], first_name(name)):
        return GreetingSeen(bare[0].strip(), "", Naming.FIRST, bare["name"], bare["mark"])
    if len(line) > MAX_LINE:
        return None
    found = _GREETING.fullmatch(line)
    if found is None:
        return None
    name = " ".join(found["name"].split())
    return GreetingSeen(line, found["opener"], _naming(found["titles"], name), name, found["mark"])


def _naming(titles: str, name: str) -> Naming:
    if titles.strip():
        return Naming.TITLE
    if not name:
        return Naming.NONE
    return Naming.FIRST if " " not in name else Naming.FULL


def find_closing(text: str, owner: str = "") -> Closing | None:
    """Returns how a letter ends, None when it just ends.

    Args:
        text: the letter.
        owner: the name of whoever wrote it; a line below the closing is a name when it is theirs.
    """
    lines = [line.strip() for line in text.rstrip().split("\n")[-6:]]
    for at in range(len(lines) - 1, -1, -1):
        bare = lines[at].rstrip(" ,.!-")
        for language, pattern in _CLOSINGS.items():
            if bare and len(lines[at]) <= MAX_LINE and pattern.fullmatch(bare):
                return Closing(lines[at], _signed(lines[at + 1 :], owner), language)
    name = _signed(lines[-1:], owner)
    return Closing("", name, "") if name else None


def _signed(below: Sequence[str], owner: str) -> str:
    """The name under a letter, "" when what stands there has nothing of the owner's name."""
    name = next((line for line in below if line), "")
    words, known = name.replace(",", " ").split(), owner.casefold().split()
    is_name = 0 < len(words) <= _MOST_NAMES and all(map(_is_name_word, words))
    return name if is_name and any(word.strip(".").casefold() in known for word in words) else ""


def _is_name_word(word: str) -> bool:
    """A capital first, and a full stop only behind an initial."""
    return word[0].isupper() and (len(word) <= _INITIAL or not word.endswith((".", "?", "!")))


def learn_habit(letters: Iterable[str], name: str = "", owner: str = "") -> LetterHabit:
    """Returns the habit that letters to one contact show, the latest letter first.

    Of what is as usual as another, the later is taken. A greeting of somebody else, to whom the
    letter went too, is none of theirs.

    Args:
        letters: the owner's own words to the contact.
        name: the contact's.
        owner: the owner's name.
    """
    own = [_new_words(letter) for letter, _ in zip(letters, range(_LETTERS), strict=False)]
    seen = (find_greeting(text, name) for text in own)
    greetings = [found for found in seen if found is not None and _greets(found, name)]
    closings = [found for text in own if (found := find_closing(text, owner)) is not None]
    return LetterHabit(_most_usual(greetings), _most_usual(closings), _is_familiar(own))


def _is_short_for(word: str, name: str) -> bool:
    """Whether a word is a name, or short for it: "Rob" of "Robert"."""
    low, whole = word.casefold(), name.casefold()
    return bool(low) and (low == whole or (len(low) >= _SHORT_NAME and whole.startswith(low)))


def _greets(greeting: GreetingSeen, name: str) -> bool:
    """Whether a greeting can be meant for somebody: no name, or theirs, or short for it."""
    known = [word.strip(",.") for word in name.split()]
    called = greeting.name.split()
    return not called or any(_is_short_for(word, each) for word in called for each in known)


def learn_manner(letters: Iterable[str]) -> GreetingSeen | None:
    """Returns the most usual manner of greeting, whoever was greeted; None when none was seen."""
    own = (_new_words(letter) for letter, _ in zip(letters, range(5 * _LETTERS), strict=False))
    seen = (find_greeting(text) for text in own)
    greetings = [one for one in seen if one is not None and one.name.casefold() not in _GROUPS]
    manners = [(found.opener, found.naming, found.mark) for found in greetings]
    if not manners:
        return None
    usual = Counter(manners).most_common(1)[0][0]
    return next(each for each in greetings if (each.opener, each.naming, each.mark) == usual)


def greeting_for(
    name: str, manner: GreetingSeen | None, language: str, *, is_known: bool = False
) -> str:
    """Returns a greeting for somebody who was not greeted before.

    What would need to know a title or a gender ("Dear Ms", "Lieber") is left for what does not.

    Args:
        name: of whoever is greeted, "" when none is known.
        manner: how the owner greets usually, None when that is not known.
        language: "en" or "de".
        is_known: the owner has written to them before, without any greeting.
    """
    if manner is None or _language_of(manner.opener) not in (language, "both"):
        return _plain_greeting(name, language, is_known=is_known)
    opener = _NEUTRAL.get(manner.opener.lower(), manner.opener)
    if manner.naming is Naming.NONE or not name:
        return f"{opener}{manner.mark}"
    if manner.naming is Naming.FIRST:
        return f"{opener} {first_name(name)}{manner.mark}"
    return f"{opener} {name}{manner.mark}"


_NEUTRAL: Final = {
    "liebe": "Hallo",
    "lieber": "Hallo",
    "sehr geehrte": "Guten Tag",
    "sehr geehrter": "Guten Tag",
}


def _language_of(opener: str) -> str:
    low = opener.lower()
    in_both = [language for language, words in _OPENERS.items() if low in words.split("|")]
    return in_both[0] if len(in_both) == 1 else "both"


def _plain_greeting(name: str, language: str, *, is_known: bool) -> str:
    if is_known and name and language == "en":
        return f"Hello {first_name(name)},"
    opener = "Guten Tag" if language == "de" else "Dear" if name else "Hello"
    return f"{opener} {name}," if name else f"{opener},"


def first_name(name: str) -> str:
    """Returns the name somebody is called by: "Dana" of "Dana Reyes" and of "Reyes, Dana"."""
    last, comma, first = name.partition(",")
    words = (first if comma and first.strip() else last).split()
    return words[0] if words else ""


def language_of_greeting(greeting: GreetingSeen) -> str:
    """Returns "en", "de", or "" when the greeting is usual in both."""
    found = _language_of(greeting.opener)
    return "" if found == "both" else found


def default_closing(language: str, *, is_familiar: bool) -> str:
    """Returns how to end when nothing is known of the owner's habit."""
    if language == "de":
        return "Viele Grüße" if is_familiar else "Mit freundlichen Grüßen"
    return "Kind regards,"


def _new_words(letter: str) -> str:
    text = letter.replace("\r\n", "\n").replace("\r", "\n")
    own = (Zone.PARAGRAPH, Zone.GREETING, Zone.CLOSING)
    spans = [span for span in zone_spans(text) if span.part is Part.NEW and span.zone in own]
    return "\n".join(text[span.start : span.stop] for span in spans)


def _most_usual(seen: Sequence[_Seen]) -> _Seen | None:
    """What was seen most often; of several what stands first."""
    counts = Counter(seen)
    return max(counts, key=counts.__getitem__) if counts else None


def _is_familiar(texts: Sequence[str]) -> bool | None:
    familiar = sum(len(_DU.findall(text)) for text in texts)
    formal = sum(len(_SIE.findall(text)) for text in texts)
    return None if familiar == formal else familiar > formal
