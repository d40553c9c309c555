"""What programs answer by themselves: receipts, recalls, acknowledgements that something came in.

Each comes in reply and answers nothing. Where headers do not say so, words do, and precision comes
first: a person's answer taken for a machine's would leave a matter open that is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_HEAD_CHARS: Final = 2_000
_LONGEST_ACKNOWLEDGEMENT: Final = 900
_SAID_WITHIN: Final = 300  # characters; that something came in is the first thing it says

_RECEIPT: Final = re.compile(
    r"(?:read|not read|delivered|gelesen|ungelesen|übermittelt|lu|non lu|leído|letto|gelezen)\s*:"
    r"|(?:lese|empfangs)bestätigung\b|return receipt\b|read receipt\b|leesbevestiging\b"
    r"|accusé de (?:lecture|réception)|confirmation de lecture|confirmación de lectura",
    re.IGNORECASE,
)
_RECEIPT_BODY: Final = re.compile(
    r"was (?:read|deleted without being read|delivered) (?:on|to|at)|return receipt"
    r"|wurde (?:am|gelesen)|has been (?:read|delivered)|\b(?:lese|empfangs)bestätigung für"
    r"|accusé de (?:lecture|réception) (?:pour|du)|(?:werd|is) gelezen op|a été lu le"
    r"|se leyó el|è stato letto",
    re.IGNORECASE,
)
_RECALL: Final = re.compile(
    r"(?:message )?(?:recall|rückruf|rappel|intrekken|recuperar|richiamo)\b.{0,30}:", re.IGNORECASE
)
_RECALL_BODY: Final = re.compile(
    r"(?:would like|wants) to recall the message|möchte (?:die|folgende) nachricht .{0,300}"
    r"zurückrufen|souhaite rappeler le message|wil het bericht .{0,300}intrekken",
    re.IGNORECASE | re.DOTALL,
)

_THING: Final = (
    r"(?:e-?mail|message|request|enquiry|inquiry|query|application|correspondence|ticket|case"
    r"|submission)"
)
_SACHE: Final = (
    r"(?:nachricht|anfrage|e-?mail|bewerbung|unterlagen|bestellung|schreiben\w?|anliegen|meldung)"
)
# One of these stands in every form below; looking for them is cheaper.
_STEMS: Final = (
    *("received", "receipt of your", "registered", "been logged", "logged your", "contacting"),
    *("getting in touch", "been created", "been assigned", "been opened", "processed", "got your"),
    *("has reached", "eingegangen", "erhalten", "erfasst", "registriert", "Eingang Ihre"),
    *(
        "passed to the",
        "für Ihre ",
        "reçu votre",
        "recibido su",
        "ricevuto",
        "ebben uw ",
        "ebben je ",
    ),
)
_CAME_IN: Final = re.compile(
    rf"\bwe(?: have|'ve)? (?:received|got|registered|logged) your {_THING}"
    rf"|\b(?:acknowledge|confirm)\w* (?:the )?receipt of your {_THING}"
    rf"|\byour {_THING} (?:\S{{1,20}} )?(?:has been|was|is being) (?:successfully )?"
    r"(?:received|registered|logged|assigned|created|opened|processed)"
    rf"|\b(?:{_THING}|it) (?:\S{{1,20}} )?has been (?:created|opened|registered|logged|assigned)"
    rf"|\byour {_THING},? which has been passed to the \w+ (?:department|team|desk)"
    rf"|\b{_THING} received\b|\bthat your {_THING} has reached\b"
    r"|\bthank(?:s| you) for (?:contacting|getting in touch)\b.{1,200}"
    r"\b(?:aim to|will (?:\w+ )?(?:respond|reply|answer|be with you|be in touch|get back))"
    rf"|\b(?:ihre?|deine?)\w{{0,2}} {_SACHE} .{{0,40}}(?:eingegangen|erhalten|erfasst|registriert)"
    rf"|\b(?:danke?|dank) für ihre {_SACHE}.{{1,200}}\b(?:meldet sich|melden uns)\b"
    rf"|\beingang (?:ihre?|deine?)[rs]? {_SACHE}"
    r"|\bbien reçu votre\b|\bhemos recibido su\b|\babbiamo ricevuto\b|\bhebben (?:uw|je) ",
    re.IGNORECASE | re.DOTALL,
)
# A number to quote, by which the program counts what came in.
_NUMBERED: Final = re.compile(
    r"\b(?:ticket|case|incident|request|enquiry|inquiry|reference|ref|vorgang\w{0,7}|fall|dossier"
    r"|anfrage|zeichen|caso|zaak)(?:[ \t]*(?:number|no|nr|id|bei uns))?"
    r"[.:#(\[ \t-]{0,5}(?:[A-Z]{1,6}[-_])?\d{3}"
    r"|[\[(]#?\d{4,}[\])]|#\d{4}",
    re.IGNORECASE,
)
_BY_MACHINE: Final = re.compile(
    r"\b(?:automat(?:ed|ic|ically)|auto-?generated)\b.{0,40}\b(?:e-?mail|message|confirmation|reply"
    r"|response|acknowledge?ment|generated|sent)"
    r"|\b(?:automatisch|maschinell)\b.{0,30}(?:erzeugt|erstellt|generiert|versandt|verschickt)"
    r"|\b(?:do not|don't) (?:reply|respond) to this\b|nicht auf diese (?:e-?mail|nachricht)"
    r"|\bantworten sie nicht (?:auf|darauf)\b|\bréponse automatique\b|\bne pas répondre à ce\b",
    re.IGNORECASE,
)
# Programs say "we" and settle nothing; who says "I", asks, names a day or sends a paper along,
# sat there and wrote.
_PERSON: Final = re.compile(
    r"\b(?:I|I'm|I've|I'll|my|ich|mir|mein\w{0,2}|je|yo)\b|\?|\d[:.]\d\d\b(?!\.)|\b[Aa]ttached\b"
    r"|\b[Ee]nclosed\b|\banbei\b|\b[Ii]m Anhang\b|\bapproved\b|\bgenehmigt\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri)day\b|\b(?:Mon|Diens|Donners|Frei)tag\b|\bMittwoch\b"
)
_QUOTED: Final = re.compile(r"^(?:>|-{2,}|_{5,}|From:|Von:|De :)", re.MULTILINE)


def answers_by_itself(subject: str, text: str) -> bool:
    """Whether a program wrote this in answer to something, and nobody read that something."""
    body = _body_of(subject)
    if body is not None and body.search(text[:_HEAD_CHARS]):
        return True
    first = text[:_SAID_WITHIN]
    if not any([stem in first for stem in _STEMS]):  # noqa: C419  # a list is faster
        return False
    return _acknowledges(subject, text[:_LONGEST_ACKNOWLEDGEMENT])


@lru_cache(maxsize=1024)
def _body_of(subject: str) -> re.Pattern[str] | None:
    """Returns how the words go below such a subject; cached, as subjects come in runs."""
    if _RECEIPT.match(subject):
        return _RECEIPT_BODY
    return _RECALL_BODY if _RECALL.match(subject) else None


def _acknowledges(subject: str, head: str) -> bool:
    """Whether it says that something came in, under a number or by a machine's own word."""
    quoted = _QUOTED.search(head)
    if quoted is None and len(head) == _LONGEST_ACKNOWLEDGEMENT:
        return False
    said = head[: quoted.start()] if quoted else head
    if _PERSON.search(said) or not _CAME_IN.search(said):
        return False
    return any(form.search(where) for form in (_NUMBERED, _BY_MACHINE) for where in (subject, said))
