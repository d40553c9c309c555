"""The people of the demo: who they are, where they work, how they write and how fast."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from gonequiet.demo.chance import chance
from gonequiet.demo.hours import Place

GREETINGS = {
    "en": (
        "Hi {name},",
        "Hello {name},",
        "{name},",
        "Dear {name},",
        "Hi {name}",
        "Morning {name},",
    ),
    "de": ("Guten Tag {polite},", "Liebe Frau Brandt,", "Hallo {polite},"),
    "friend": ("Hey {name},", "{name}!", "Hello you,", "Hi {name},"),
}
CLOSINGS = {
    "en": (
        "Best,",
        "Best wishes,",
        "Kind regards,",
        "Regards,",
        "Many thanks,",
        "All the best,",
        "Best regards,",
        "Thanks,",
    ),
    "de": ("Viele Grüße", "Mit freundlichen Grüßen", "Beste Grüße", "Herzliche Grüße"),
    "friend": ("x", "Love,", "Big hug,", "Ciao,"),
}


class Party(NamedTuple):
    """A name and an address as they stand in a header."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How fast and how reliably somebody answers.

    Attributes:
        median_hours: working hours until the answer, in the middle.
        spread: sigma of the logarithm of the delay.
        reply_share: share of mails that call for an answer and get one.
    """

    median_hours: float
    spread: float
    reply_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who writes and is written to."""

    key: str
    name: str
    title: str
    organisation: str
    address: str
    also: tuple[str, ...]
    phone: str
    street: str
    city: str
    place: Place
    language: str
    habit: Habit
    threads_a_month: float
    client: str
    circle: str
    greeting: str
    closing: str
    signature: str
    starts: float
    since_working_days: int
    is_regular: bool
    projects: tuple[str, ...]
    docs: tuple[str, ...]

    @property
    def first(self) -> str:
        """The name friends use; Chinese family names come first."""
        words = self.name.split()
        return " ".join(words[1:]) if len(words) == 3 else words[0]

    @property
    def last(self) -> str:
        """The family name."""
        words = self.name.split()
        return words[0] if len(words) == 3 else words[-1]

    @property
    def party(self) -> Party:
        """Name and main address."""
        return Party(self.name, self.address)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of this person."""
        return (self.address, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, the owner apart."""

    owner: Person
    people: tuple[Person, ...]

    def named(self, key: str) -> Person:
        """Returns the person with that key, the owner included."""
        return self.owner if key == "owner" else next(p for p in self.people if p.key == key)

    def colleagues(self, person: Person) -> tuple[Person, ...]:
        """Returns the others of the same organisation."""
        domain = person.address.partition("@")[2]
        return tuple(
            other
            for other in self.people
            if other.address.endswith("@" + domain) and other is not person
        )


def load_cast(seed: int) -> Cast:
    """Reads the cast; what is left open (greeting, closing) is drawn from the seed."""
    data = tomllib.loads(files("gonequiet.demo").joinpath("cast.toml").read_text("utf-8"))
    habits = {name: _habit(row) for name, row in data["habits"].items()}
    people = tuple(
        _person(row, organisation, habits, seed, index)
        for organisation in data["organisation"]
        for index, row in enumerate(organisation["people"])
    )
    return Cast(owner=_owner(data["owner"], data["organisation"][0]), people=people)


def fold_ascii(name: str) -> str:
    """Writes a name the way it stands in an address: "Krüger" becomes "krueger"."""
    for umlaut, plain in (("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("ß", "ss")):
        name = name.lower().replace(umlaut, plain)
    return unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()


def _habit(row: list[float]) -> Habit:
    return Habit(median_hours=row[0], spread=row[1], reply_share=row[2])


def _person(
    row: list[Any], organisation: dict[str, Any], habits: dict[str, Habit], seed: int, index: int
) -> Person:
    key, name, title, habit, rate, client, circle = row[:7]
    own = {**organisation, **(row[7] if len(row) > 7 else {})}
    random = chance(seed, f"person/{key}")
    manner = "friend" if circle == "friend" else own.get("language", "en")
    local = own.get("local") or ".".join(fold_ascii(word) for word in name.split())
    return Person(
        key=key,
        name=name,
        title=title,
        organisation=own["name"],
        address=f"{local}@{own['domain']}",
        also=tuple(own.get("also", ())),
        phone=f"{own['phone']}{index + 21:02d}",
        street=own["street"],
        city=own["city"],
        place=Place(own["country"], own.get("region", ""), own["zone"]),
        language=own.get("language", "en"),
        habit=habits[habit],
        threads_a_month=rate,
        client=client,
        circle=circle,
        greeting=random.choice(GREETINGS[manner]),
        closing=random.choice(CLOSINGS[manner]),
        signature=random.choice(("full", "full", "bare", "line", "slim")),
        starts=random.choice((8.0, 8.5, 9.0, 9.25)),
        since_working_days=own.get("since", 0),
        is_regular=own.get("steady", False),
        projects=tuple(own["projects"]),
        docs=tuple(own["docs"]),
    )


def _owner(row: dict[str, Any], organisation: dict[str, Any]) -> Person:
    return Person(
        key=row["key"],
        name=row["name"],
        title=row["title"],
        organisation=organisation["name"],
        address=row["address"],
        also=tuple(row["also"]),
        phone=row["phone"],
        street=organisation["street"],
        city=organisation["city"],
        place=Place(organisation["country"], organisation["region"], organisation["zone"]),
        language="en",
        habit=Habit(median_hours=3.5, spread=0.9, reply_share=1.0),
        threads_a_month=0,
        client="thunderbird",
        circle="owner",
        greeting="Hi {name},",
        closing="Best,",
        signature="full",
        starts=8.5,
        since_working_days=0,
        is_regular=False,
        projects=(),
        docs=(),
    )
