"""Out-of-office answers: the subjects absence assistants write, and the words for being away."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_CHARS = 3_000

# Only assistants write these.
_ASSISTANTS = (
    r"out of office auto-?reply|automatic reply(?:\s*:|$)|auto(?:-| )?(?:reply|response)\s*:",
    r"autoreply|vacation auto-?(?:reply|response)|automatische antwort|réponse automatique",
    r"abwesenheits(?:notiz|benachrichtigung|meldung|agent)|message d'absence",
    r"respuesta automática|risposta automatica|automatisch antwoord|resposta automática",
    r"autosvar|automatiskt svar|automatisk svar|automaattinen vastaus",
    r"odpowiedź automatyczna|autoodpowiedź|автоответ|автоматический ответ",
    r"自动回复|自動返信|不在通知",
)
# People write these too; assistants put them before the subject they answer.
_ABSENCES = (
    r"out[ -]of[ -](?:the[ -])?office|vacation (?:reply|response|message)|nicht im büro",
    r"absence du bureau|absente? du bureau|fuera de (?:la )?oficina|fuori sede|fuori ufficio",
    r"afwezig(?:heid)?|fora do escritório|frånvaro(?:meddelande)?|fravær",
)
_TAG = r"\s*(?:\[[^\]]{1,40}\]\s*)?"
_BY_ASSISTANT = re.compile(_TAG + "(?:" + "|".join(_ASSISTANTS) + ")", re.IGNORECASE)
_OF_ABSENCE = re.compile(_TAG + "(?:" + "|".join(_ABSENCES) + r")\s?[:(]", re.IGNORECASE)
_NOTES_SUBJECT = re.compile(r".{2,60} (?:is|am|are) out of (?:the )?office\b.{0,40}", re.IGNORECASE)
_NOTES_BODY = re.compile(
    r"\s*I (?:will be|am) out of (?:the )?office (?:starting|from|until|and)\b", re.IGNORECASE
)
_AWAY_WORDS = (
    r"\bOO(?:O|TO)\b",
    r"out of (?:the )?(?:office|country|town)|away from (?:the office|my (?:desk|e-?mail))",
    (
        r"(?:on|taking) (?:annual |maternity |paternity |parental |sick |medical )?"
        r"(?:leave|vacation|holidays?)\b"
    ),
    r"\bI(?:'m| am| will be|'ll be) (?:currently )?(?:away|travell?ing|unavailable|on the road)",
    r"(?:limited|no) access to (?:my )?e-?mail|back in the office|return(?:ing)? to the office",
    r"nicht im (?:büro|haus|office)|außer haus|abwesend|im urlaub|auf dienstreise",
    r"nicht erreichbar|wieder (?:im büro|erreichbar|da)",
    r"absente? (?:du bureau|jusqu)|en (?:congés?|vacances|déplacement)",
    r"fuera de la oficina|de vacaciones|fuori (?:sede|ufficio)|in ferie|assente",
    r"afwezig|met vakantie|niet aanwezig|fora do escritório|de férias",
    r"semester|tjänsteledig|på ferie|urlopie|nieobecn|в отпуске|отсутств|休暇|不在|休假|外出",
)
_AWAY = re.compile("|".join(_AWAY_WORDS), re.IGNORECASE)


_RECEIVED = re.compile(
    r"\breceived\b.{0,40}\b(?:message|e-?mail|request|enquiry|inquiry|application|ticket|order"
    r"|feedback)"
    r"|\b(?:message|e-?mail|request|enquiry|inquiry|application|ticket|order) (?:has been|was|is) "
    r"(?:successfully )?(?:received|registered|logged|created|being)"
    r"|\b(?:ticket|case|reference) (?:number|no\.|id|#)"
    r"|\b(?:nachricht|anfrage|mail|bewerbung|bestellung)\b.{0,40}\b(?:erhalten|eingegangen)"
    r"|\bbien reçu\b|\bhemos recibido\b|\babbiamo ricevuto\b",
    re.IGNORECASE,
)


def only_acknowledges(subject: str, text: str) -> bool:
    """Whether an automatic answer says that something came in, and not that anybody is away."""
    return _RECEIVED.search(text[:MAX_CHARS]) is not None and not says_away(subject, text)


def is_absence_note(subject: str, text: str) -> bool:
    """Whether subject and words are those absence assistants write, not people."""
    form = _form_of(subject)
    if form is None:
        return False
    if form is _BY_ASSISTANT:
        return True
    if form is _OF_ABSENCE:
        return _AWAY.search(text[:MAX_CHARS]) is not None
    return _NOTES_BODY.match(text) is not None


@lru_cache(maxsize=1024)
def _form_of(subject: str) -> re.Pattern[str] | None:
    """Returns the form a subject has; cached, as subjects come in runs."""
    if _BY_ASSISTANT.match(subject):
        return _BY_ASSISTANT
    if _OF_ABSENCE.match(subject):
        return _OF_ABSENCE
    return _NOTES_SUBJECT if _NOTES_SUBJECT.fullmatch(subject) else None


def says_away(subject: str, text: str) -> bool:
    """Whether the words say that somebody is away; only asked of automatic mail."""
    return _AWAY.search(subject) is not None or _AWAY.search(text[:MAX_CHARS]) is not None
