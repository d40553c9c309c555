"""Out-of-office answers: the subjects absence assistants write, and the words for being away."""

from __future__ import annotations

import re

MAX_CHARS = 3_000

_SUBJECTS = (
    r"out[ -]of[ -](?:the[ -])?office(?: auto-?(?:matic )?(?:reply|response))?\s*[:(]",
    r"out of office auto-?reply|automatic reply(?:\s*:|$)|auto(?:-| )?(?:reply|response)\s*:",
    r"autoreply|vacation (?:auto-?)?(?:reply|response|message)",
    r"abwesenheits(?:notiz|benachrichtigung|meldung|agent)|automatische antwort|nicht im büro",
    r"réponse automatique|absence du bureau|message d'absence|absent du bureau",
    r"respuesta automática|fuera de (?:la )?oficina",
    r"risposta automatica|fuori sede|fuori ufficio",
    r"automatisch antwoord|afwezig(?:heid)?",
    r"resposta automática|fora do escritório",
    r"autosvar|automatiskt svar|automatisk svar|frånvaro|fravær|automaattinen vastaus",
    r"odpowiedź automatyczna|autoodpowiedź|автоответ|автоматический ответ",
    r"自动回复|自動返信|不在通知",
)
_SUBJECT = re.compile(r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:" + "|".join(_SUBJECTS) + ")", re.IGNORECASE)
_NOTES_SUBJECT = re.compile(r".{2,60} (?:is|am|are) out of (?:the )?office\b.{0,40}", re.IGNORECASE)
_NOTES_BODY = re.compile(
    r"\s*I (?:will be|am) out of (?:the )?office (?:starting|from|until|and)\b", re.IGNORECASE
)
_AWAY_WORDS = (
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


def is_absence_subject(subject: str, text: str) -> bool:
    """Whether the subject is one that absence assistants write, not people."""
    if _SUBJECT.match(subject):
        return True
    return _NOTES_SUBJECT.fullmatch(subject) is not None and _NOTES_BODY.match(text) is not None


def says_away(subject: str, text: str) -> bool:
    """Whether the words say that somebody is away; only asked of automatic mail."""
    return _AWAY.search(subject) is not None or _AWAY.search(text[:MAX_CHARS]) is not None
