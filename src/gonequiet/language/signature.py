"""How a message ends: the closing, the signature block, and what programs put below it.

Read from the bottom up, a few lines only: footers of law firms, mailing lists and free-mail
providers first, then the block of name, title and telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_MAX_LINE = 400

_FOOTER_HINTS = (
    "confidential",
    "intended",
    "unsubscribe",
    "mailing list",
    " in error",
    "vertraulich",
    "disclaim",
    "yahoo",
    "hotmail",
    "virus",
    "msn.com",
    "aol.com",
    "privileged",
    "listinfo",
)
_LEGAL = re.compile(
    r"confidential|intended (?:solely|only|recipient|for)|solely for the (?:use|intended)"
    r"|privileged|(?:received|receive) (?:this|it)\b[^.]{0,60}\bin error|disclos(?:e|ure)"
    r"|(?:unauthori[sz]ed|prohibited|disclaim)|(?:delete|destroy) (?:this|the|it|all|any)"
    r"|notify (?:the|us|me)|attorney|addressee|not (?:the|an) intended|express(?:es"
    r"|ed)? .{0,20}views"
    r"|vertraulich|irrtümlich|nicht der richtige adressat|unbefugt|vernichten"
    r"|confidentiel|destinataire|par erreur|confidencial|destinatario",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"unsubscribe|mailing list\b|listinfo|list archives?|mailman|to (?:leave|be removed from) th"
    r"|manage your subscription|abbestellen|abmelden|yahoo! groups|google groups",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    r"get your (?:free|private)|do you yahoo|join the world.s largest|msn (?:photos|explorer"
    r"|messenger)"
    r"|hotmail\.com|yahoo! (?:mail|auctions|messenger|photos)|(?:free"
    r"|chat with friends).{0,40}https?:"
    r"|scanned (?:for|by)|virus[- ]free|free e-?mail",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:[-_=*#~+]\s?){3,}\s*$")
_DELIMITER = re.compile(r"\s{0,2}(?:--|__|—|–)\s{0,2}$")
_SENT_FROM = re.compile(
    r"\W{0,3}(?:sent (?:from|via|with) (?:my|a|an|the|outlook|mail|yahoo|gmail|proton|iphone"
    r"|samsung)"
    r"|get outlook for|sent wirelessly|von mein(?:em|er) \S+.{0,20} gesendet|gesendet (?:von|mit)"
    r"|envoyé de(?:puis)? mon|enviado desde mi|diese nachricht wurde von meinem)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<!\d)\(?\+?\d{1,4}\)?[ ./-]{0,3}(?:\(0\))?\d{2,4}[ ./-]{1,3}\d{2,4}[ ./-]?\d{0,6}(?!\d)"
    r"|\b(?:[Xx]|[Ee]xt(?:ension)?\.?)[ :-]{0,2}\d[\d-]{2,6}\b|\b\d-\d{4}\b"
    r"|\b[A-Z]{2}\.? {1,3}\d{5}\b|\b\d{5} [A-ZÄÖÜ][a-zäöüß]"
)
_MAIL_ADDRESS = re.compile(r"[\w.+-]@[\w-]{1,64}\.\w")
_ATTACHED = re.compile(
    r"\s*(?:-\s{1,3}\S.{0,80}\.\w{2,4}|<<.{1,90}>>|\(see attached file.{1,90}|\[.{0,90}\]"
    r"|<.{3,60}>)\s*$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:manager|director|president|counsel|engineer|analyst|assistant|attorney|professor"
    r"|ph\.?d|esq"
    r"|consultant|officer|associate|coordinator|partner|llp|llc|inc|corp|ltd|gmbh|ag|plc|company"
    r"|group"
    r"|department|dept|university|institute|street|st|avenue|ave|suite|floor|road|rd|box|building"
    r"|blvd"
    r"|geschäftsführer\w*|leiter\w*|straße|str|abteilung|vertrieb|prokurist)\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"[\s-]{0,4}(?:(?:many|best|kind|kindest|warm|warmest|with|most|very|yours|my|all|thank"
    r"|thanks|thx"
    r"|tks|thanx|regards|rgds|cheers|sincerely|respectfully|cordially|best|love|take care|later"
    r"|ciao|br"
    r"|see you|talk (?:to you )?soon|looking forward|hope this helps|xoxo|have a (?:good|great"
    r"|nice)"
    r"|in advance|faithfully|truly|appreciatively|gratefully"
    r"|mit|freundliche\w*|beste|viele|liebe|herzliche\w*|schöne\w*|danke|vielen dank|mfg|vg|lg"
    r"|gruß|grüße"
    r"|cordialement|bien à vous|merci|saludos|gracias|atentamente|un saludo|cordiali saluti|grazie"
    r"|groeten|met vriendelijke)\b)",
    re.IGNORECASE,
)
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
    stop = _skip_blank(lines, start, stop)
    footer = _footer_start(lines, start, stop)
    body_stop = _skip_blank(lines, start, footer)
    return Ending(_signature_start(lines, start, body_stop), footer)


def _skip_blank(lines: Sequence[str], start: int, stop: int) -> int:
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return stop


def _footer_start(lines: Sequence[str], start: int, stop: int) -> int:
    """First line of the footers; walks up a paragraph at a time while they are footers."""
    floor = max(start, stop - _MAX_FOOTER_LINES)
    while stop > floor:
        top = _paragraph_start(lines, floor, stop)
        if not _is_footer(" ".join(line[:_MAX_LINE] for line in lines[top:stop])):
            break
        stop = _skip_rules(lines, floor, top)
    return stop


def _paragraph_start(lines: Sequence[str], floor: int, stop: int) -> int:
    top = stop - 1
    while top > floor and lines[top - 1].strip() and not _RULE.match(lines[top - 1][:100]):
        top -= 1
    return top


def _skip_rules(lines: Sequence[str], floor: int, stop: int) -> int:
    while stop > floor and (not lines[stop - 1].strip() or _RULE.match(lines[stop - 1][:100])):
        stop -= 1
    return stop


def _is_footer(paragraph: str) -> bool:
    if len(paragraph) < _SHORTEST_FOOTER:
        return False
    lowered = paragraph.lower()
    if not any([hint in lowered for hint in _FOOTER_HINTS]):  # noqa: C419  # a list is faster
        return False
    if len(paragraph) > 60 and len({hit.lower() for hit in _LEGAL.findall(paragraph)}) >= 3:
        return True
    return bool(_LISTED.search(paragraph) or _PROVIDER.search(paragraph))


def _signature_start(lines: Sequence[str], start: int, stop: int) -> int:
    delimited = _delimiter(lines, start, stop)
    if delimited >= 0:
        return delimited
    top = stop
    strong = 0
    blanks = 0
    for at in range(stop - 1, max(start, stop - _MAX_SIGNATURE_LINES) - 1, -1):
        line = lines[at].strip()
        if not line:
            blanks += 1
            if blanks > 2:
                break
            continue
        if _ends_walk(line):
            break
        strong += _is_strong(line)
        top = at
    return _below_closing(lines, top, stop) if strong else stop


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


def _ends_walk(line: str) -> bool:
    """Whether a line is running prose, or a closing, and so cannot stand in a signature."""
    if len(line) > 100:
        return True
    lowered = [word for word in line.split() if word.islower() and word.isalpha()]
    if len(lowered) >= 2:
        lowered = [word for word in lowered if word not in _SMALL_WORDS]
        if len(lowered) >= 4 or (len(lowered) >= 2 and line[-1] in ".?!,;:"):
            return True
    return len(line) < 40 and CLOSING.match(line) is not None and not _is_strong(line)


def _is_strong(line: str) -> bool:
    """Whether a line holds a way to reach somebody."""
    if "@" in line and _MAIL_ADDRESS.search(line):
        return True
    if "www." in line or "://" in line:
        return True
    return _DIGIT.search(line) is not None and _PHONE.search(line) is not None


def _below_closing(lines: Sequence[str], top: int, stop: int) -> int:
    """Leaves the writer's first name with the closing it follows."""
    first = lines[top].strip()
    if " " in first or _is_strong(first) or not first[:1].isalpha():
        return top
    below = top + 1
    while below < stop and not lines[below].strip():
        below += 1
    return below
