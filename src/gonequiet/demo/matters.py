"""What a thread is about: one set of names, numbers and days that holds through the thread."""

from __future__ import annotations

from datetime import date
from random import Random

from gonequiet.demo.cast import Cast, Person
from gonequiet.demo.dates import long_date, month, weekday
from gonequiet.demo.hours import shift_working_days

CURRENCY = {"GB": "£{}", "US": "${}", "DE": "{} Euro", "SG": "S${}", "JP": "£{}"}
PLACES = {
    "London": ("the café on Whitecross Street", "our office", "your office", "the British Library"),
    "Leeds": ("your office", "the Granary Wharf café", "the works canteen"),
    "Berlin": ("bei Ihnen", "im Café am Ufer"),
    "Hamburg": ("bei Ihnen", "im Werk", "am Empfang"),
    "New York": ("your office", "the Fulton Street place", "by video"),
    "Boston": ("by video", "the demo cell"),
    "Singapore": ("by video", "your office"),
    "Tokyo": ("by video",),
}
OTHERS = {
    "en": ("Megan", "Imran", "Rosa", "Keith", "Fiona", "Dev", "Paula", "Nick", "Yasmin", "Ben"),
    "de": ("Frau Petri", "Herr Lorenz", "Frau Yilmaz", "Herr Grothe", "Frau Sander"),
    "friend": ("Ellie", "Sam", "Aunt Ruth", "the neighbours", "Ravi"),
}
OWNERS_SIDE = ("Tom", "Leo", "Priya")
CITIES = ("Rotterdam", "Leeds", "Crewe", "Antwerp", "Bristol", "Lyon", "Derby", "Hamburg", "Turin")
TIMES = ("9:30", "10:00", "10:30", "11:00", "13:30", "14:00", "14:30", "15:00", "16:00")


def draw_matter(person: Person, cast: Cast, day: date, random: Random) -> dict[str, str]:
    """Returns the slots of a thread with that person which begins on that day."""
    language = "de" if person.language == "de" else "en"
    return {
        **_things(person, cast, random),
        **_numbers(person, random),
        **_days(person, day, language, random),
    }


def _things(person: Person, cast: Cast, random: Random) -> dict[str, str]:
    who, who2, guest = random.sample(_names(person, cast), 3)
    return {
        "project": random.choice(person.projects),
        "doc": random.choice(person.docs),
        "who": who,
        "who2": who2,
        "guest": guest,
        "mine": random.choice([name for name in OWNERS_SIDE if name != person.first]),
        "city": random.choice(CITIES),
        "place": random.choice(PLACES.get(person.city, ("your office", "by video"))),
        "invoice": f"BF-{random.randrange(2100, 2990)}",
    }


def _names(person: Person, cast: Cast) -> list[str]:
    if person.circle == "friend":
        return list(OTHERS["friend"])
    others = list(OTHERS["de" if person.language == "de" else "en"])
    if person.language == "de":
        return others
    return others + [colleague.first for colleague in cast.colleagues(person)]


def _numbers(person: Person, random: Random) -> dict[str, str]:
    small = random.randrange(3, 9)
    large = random.randrange(48, 960)
    amount = f"{random.randrange(24, 960) * 100:,}"
    if person.language == "de":
        amount = amount.replace(",", ".")
    return {
        "n": str(small),
        "n2": str(small + random.randrange(2, 7)),
        "big": str(large),
        "big2": str(large + random.choice((-12, -8, 6, 9, 14, 22, 31))),
        "pct": f"{random.randrange(3, 28)} {'Prozent' if person.language == 'de' else 'per cent'}",
        "money": CURRENCY[person.place.country].format(amount),
    }


def _days(person: Person, day: date, language: str, random: Random) -> dict[str, str]:
    place = person.place
    first = shift_working_days(place, day, random.randrange(6, 10))
    second = shift_working_days(place, first, random.randrange(1, 4))
    near = shift_working_days(place, day, random.randrange(2, 5))
    past = shift_working_days(place, day, -random.randrange(1, 4))
    return {
        "month": _some_month(day, language, random.randrange(1, 4)),
        "past": _some_month(day, language, -random.randrange(1, 3)),
        "weekday": weekday(near, language),
        "lastday": weekday(past, language),
        "day1": long_date(first, language),
        "day2": long_date(second, language),
        "day1_iso": first.isoformat(),
        "day2_iso": second.isoformat(),
        "time": random.choice(TIMES),
        "time1": random.choice(TIMES),
        "time2": random.choice(TIMES),
    }


def _some_month(day: date, language: str, months_ahead: int) -> str:
    index = day.year * 12 + day.month - 1 + months_ahead
    return month(date(index // 12, index % 12 + 1, 1), language)
