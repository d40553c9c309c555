"""How people write days: "Friday", "Friday 17 April", "Freitag, 17. April"."""

from __future__ import annotations

from datetime import date

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
}


def weekday(day: date, language: str) -> str:
    """Returns the name of the weekday."""
    return WEEKDAYS[language][day.weekday()]


def month(day: date, language: str) -> str:
    """Returns the name of the month."""
    return MONTHS[language][day.month - 1]


def long_date(day: date, language: str) -> str:
    """Returns weekday, day and month."""
    if language == "de":
        return f"{weekday(day, 'de')}, {day.day}. {month(day, 'de')}"
    return f"{weekday(day, 'en')} {day.day} {month(day, 'en')}"


def short_date(day: date, language: str) -> str:
    """Returns day and month."""
    if language == "de":
        return f"{day.day}. {month(day, 'de')}"
    return f"{day.day} {month(day, 'en')}"


def full_date(day: date, language: str) -> str:
    """Returns day, month and year."""
    return f"{short_date(day, language)} {day.year}"
