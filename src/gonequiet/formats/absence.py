"""Out-of-office answers: what they look like, and the day of return they state."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

MAX_CHARS = 3_000
_LONGEST_ABSENCE_DAYS = 400

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


_MONTH_NAMES = {
    1: "january jan januar jänner janvier enero gennaio janeiro januari tammikuuta stycznia января",
    2: "february feb februar février febrero febbraio fevereiro februari lutego февраля",
    3: "march mar märz mrz mars marzo março maart marca марта",
    4: "april apr avril abril aprile kwietnia апреля",
    5: "may mai mayo maggio maio mei maj maja мая",
    6: "june jun juni juin junio giugno junho czerwca июня",
    7: "july jul juli juillet julio luglio julho lipca июля",
    8: "august aug août agosto augustus augusti sierpnia августа",
    9: "september sept sep septembre septiembre settembre setembro września сентября",
    10: "october oct okt oktober octobre octubre ottobre outubro października октября",
    11: "november nov novembre noviembre novembro listopada ноября",
    12: "december dec dez dezember décembre diciembre dicembre dezembro desember grudnia декабря",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_WEEKDAY_NAMES = (
    "monday mon montag lundi lunes lunedì maandag måndag mandag",
    "tuesday tue tues dienstag mardi martes martedì dinsdag tisdag tirsdag",
    "wednesday wed mittwoch mercredi miércoles mercoledì woensdag onsdag",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì donderdag torsdag",
    "friday fri freitag vendredi viernes venerdì vrijdag fredag",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag",
)
_WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?:de\s+)?(?P<year>\d{4})\b)?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª)?"
_LEAD_IN = (
    rf"(?:(?:the|den|dem|le|el|il|op|on|am|vom)\s+)?(?:{_WEEKDAY},?\s*(?:the|den|dem|le)?\s*)?"
)
_RETURNS = (
    r"back(?: (?:in|at|to)(?: the| my)? [a-z]+)?(?: again)?",
    r"(?:will )?(?:return|be returning|be back)(?:ing)?(?: (?:back )?to (?:the |my )?\w+)?",
    r"returning(?: to (?:the |my )?\w+)?|(?:available|reachable) again|resume(?: work)?",
    r"until|till|through|thru|up to",
    r"bis(?: (?:zum|einschließlich|inklusive|einschl\.|incl\.|inkl\.))?|ab|zurück",
    r"wieder(?: (?:im (?:büro|haus)|da|(?:persönlich )?erreichbar|zurück|verfügbar))?",
    r"jusqu'?(?:au|à)|de retour|retour|hasta|de vuelta|regreso|vuelvo",
    r"fino al?|rientro|rientrerò|sarò di ritorno|até|de volta|retorno",
    r"tot(?: en met)?|t/m|terug|weer (?:aanwezig|bereikbaar)",
    r"till och med|t\.o\.m\.|til og med|tilbage|tillbaka|åter",
)
_BACK = r"\b(?:" + "|".join(_RETURNS) + ")"
_ON = (
    r"[\s,:]*(?:(?:on|am|ab|from|by|as of|zum|el|le|il|op|den|dem|the|a partire dal|à partir du"
    r"|a partir del|vanaf|i)\s+){0,3}"
)
_MONTH_FIRST = rf"{_MONTH}\s*(?P<day>\d{{1,2}}){_ORDINAL}\b(?!:){_YEAR}"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:\.|{_ORDINAL})\s*(?:of\s+|de\s+)?{_MONTH}{_YEAR}"
_NUMBERS = r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:(?P=mark)(?P<year>\d{2,4})?)?(?!\d)"
_ISO = r"(?P<year>\d{4})-(?P<a>\d{2})-(?P<b>\d{2})"
_FORMS = tuple(
    re.compile(rf"{_BACK}{_ON}{_LEAD_IN}{form}", re.IGNORECASE)
    for form in (_ISO, _MONTH_FIRST, _DAY_FIRST, _NUMBERS)
)
_BY_WEEKDAY = re.compile(
    rf"{_BACK}{_ON}(?:next |nächsten |kommenden )?(?P<weekday>{_WEEKDAY})", re.IGNORECASE
)
_TOMORROW = re.compile(
    rf"{_BACK}{_ON}(?:tomorrow|morgen|demain|mañana|domani|imorgon)\b", re.IGNORECASE
)


def return_date(subject: str, text: str, sent_at: int | None, offset_minutes: int | None) -> str:
    """Returns the stated day of return as an ISO date, "" when none can be made out.

    Days without a year are taken as the first such day on or after the day of sending; numbers
    are read day first with dots and, with slashes, in the order that gives the nearer day.
    A last day away ("until 3 August") counts as the day of return, a day early at worst.

    Args:
        subject: of the message.
        text: its words.
        sent_at: when it was sent, epoch seconds.
        offset_minutes: the sender's offset from UTC.
    """
    if sent_at is None:
        return ""
    sent_on = datetime.fromtimestamp(sent_at + (offset_minutes or 0) * 60, UTC).date()
    words = " ".join(f"{subject}. {text[:MAX_CHARS]}".split())
    found = [
        day
        for form in _FORMS
        for match in form.finditer(words)
        if (day := _day_of(match.groupdict(), sent_on)) is not None
    ]
    if found:
        return max(found).isoformat()
    return _by_weekday(words, sent_on)


def _by_weekday(words: str, sent_on: date) -> str:
    if _TOMORROW.search(words):
        return (sent_on + timedelta(days=1)).isoformat()
    match = _BY_WEEKDAY.search(words)
    if not match:
        return ""
    wanted = _WEEKDAYS[match["weekday"].lower().rstrip(".")]
    ahead = (wanted - sent_on.weekday() - 1) % 7 + 1
    return (sent_on + timedelta(days=ahead)).isoformat()


def _day_of(groups: dict[str, str | None], sent_on: date) -> date | None:
    candidates = [
        day
        for month, number in _month_days(groups)
        if (day := _dated(groups.get("year"), month, number, sent_on)) is not None
    ]
    plausible = [day for day in candidates if 0 <= (day - sent_on).days <= _LONGEST_ABSENCE_DAYS]
    return min(plausible) if plausible else None


def _month_days(groups: dict[str, str | None]) -> list[tuple[int, int]]:
    month, day = groups.get("month"), groups.get("day")
    if month and day:
        return [(_MONTHS[month.lower()], int(day))]
    a, b = int(groups["a"] or 0), int(groups["b"] or 0)
    if groups.get("mark") == ".":
        return [(b, a)]
    if groups.get("mark") == "/":
        return [(a, b), (b, a)]
    return [(a, b)] if groups.get("mark") is None else [(b, a), (a, b)]


def _dated(year: str | None, month: int, day: int, sent_on: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(sent_on.year, month, day)
        return this_year if this_year >= sent_on else date(sent_on.year + 1, month, day)
    except ValueError:
        return None
