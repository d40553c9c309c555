"""Where a contact works: the country, region and clock that their records tell, and by which clue.

Four kinds of clue are weighed against each other: telephone numbers and places in signatures, the
country code of addresses, and the UTC offsets of their mail. What a signature said last weighs
most, because people move. Nothing is guessed: without a clue the country is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from gonequiet.analysis.clock_offsets import SeenOffset, country_by_clock, fit_country, in_words
from gonequiet.analysis.phones import Phone, find_national_phones, find_phones
from gonequiet.analysis.places import Place, find_places, zones_of

# What each kind of clue weighs; an address at home in a country weighs less than a telephone there,
# and offsets that contradict a country speak against it as strongly as the weaker clues for it.
_PHONE, _PLACE, _ADDRESS, _CLOCK = 3.0, 2.0, 2.0, 2.0
_ENOUGH = 0.5
_NORTH_AMERICA = ("US", "CA")  # one clock, one way to write a number
_FADES = 0.5**0.5  # a signature weighs half as much as one written two messages later
_SECONDARY = 0.5  # the second number or place of a signature, against the one before

# Sold to everybody, or to machines.
_SAYS_NOTHING = (
    "ac ai am as bz cc cd cf co dj eu fm ga gg gl gq im io la ly me ml ms mu nu "
    "pw sc sh so st su tf tk to tv vc vg ws"
)
_ISO_3166 = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br "
    "bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz "
    "ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw "
    "gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky "
    "kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py "
    "qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg "
    "th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm "
    "zw"
)
_TELLING = frozenset(_ISO_3166.split()) - frozenset(_SAYS_NOTHING.split())


class SeenSignature(NamedTuple):
    """A signature of the contact, and when it was sent (UTC epoch seconds)."""

    at: int
    text: str


class Clues(NamedTuple):
    """What the records hold on where a contact is, each in any order.

    Attributes:
        addresses: of the contact, lower case.
        signatures: of their latest messages.
        offsets: of their mail; one a month is enough.
    """

    addresses: tuple[str, ...] = ()
    signatures: tuple[SeenSignature, ...] = ()
    offsets: tuple[SeenOffset, ...] = ()


class Whereabouts(NamedTuple):
    """Where a contact works, as far as their records tell.

    Attributes:
        country: ISO 3166-1 code, "" unknown.
        region: subdivision by ISO 3166-2 without the country ("SCT", "BY", "TX"), "" unknown.
        time_zone: IANA name, "" unknown; where only the clock is known, one of those who keep it.
        utc_offset_minutes: of their latest mail, None unknown.
        why: the clue that decided, in words; "" when there was none.
    """

    country: str
    region: str
    time_zone: str
    utc_offset_minutes: int | None
    why: str


class _Sign(NamedTuple):
    """One clue that names a country."""

    country: str
    weight: float
    at: int
    why: str


def find_whereabouts(clues: Clues) -> Whereabouts:
    """Returns where a contact works, by all clues together; of equals, the latest."""
    signatures = sorted(clues.signatures, reverse=True)
    offsets = sorted(clues.offsets)
    latest = offsets[-1].minutes if offsets else None
    signs = _signs(clues.addresses, signatures)
    best = _best(signs, offsets)
    if best is None:
        return _by_clock(signatures, offsets, latest)
    place = _place_in(best.country, signatures)
    zone = place.time_zone or _zone(best.country, signatures, offsets)
    return Whereabouts(best.country, place.region, zone, latest, best.why)


def _signs(addresses: Iterable[str], signatures: Sequence[SeenSignature]) -> list[_Sign]:
    domains = sorted({address.rpartition("@")[2] for address in addresses})
    named = [sign for sign in map(_by_domain, domains) if sign]
    return [
        *(sign._replace(weight=_ADDRESS / len(named)) for sign in named),
        *_by_signature(signatures, find_phones, _PHONE, "the telephone number {0.number}"),
        *_by_signature(signatures, find_places, _PLACE, "{0.name}"),
    ]


def _by_domain(domain: str) -> _Sign | None:
    """Reads the country code at the end of a domain; some codes are sold to everybody."""
    code = domain.rpartition(".")[2]
    if code == "uk":
        return _Sign("GB", 1.0, 0, "an address that ends in .uk")
    if code not in _TELLING:
        return None
    return _Sign(code.upper(), 1.0, 0, f"an address that ends in .{code}")


def _by_signature(
    signatures: Sequence[SeenSignature],
    find: Callable[[str], Sequence[Phone | Place]],
    weight: float,
    words: str,
) -> list[_Sign]:
    """Returns the countries that signatures name, newest first, weights adding up to `weight`."""
    signs: list[_Sign] = []
    freshness = 1.0
    for signature in signatures:
        found = find(signature.text)
        for rank, one in enumerate(found):
            why = f"{words.format(one)} in their signature"
            signs.append(_Sign(one.country, freshness * _SECONDARY**rank, signature.at, why))
        freshness *= _FADES if found else 1.0
    whole = sum(sign.weight for sign in signs)
    return [sign._replace(weight=weight * sign.weight / whole) for sign in signs]


def _best(signs: Sequence[_Sign], offsets: Sequence[SeenOffset]) -> _Sign | None:
    """Returns the country with most weight, told by its strongest clue; None without enough."""
    by_country: dict[str, list[_Sign]] = defaultdict(list)
    for sign in signs:
        by_country[sign.country].append(sign)
    ranked = [
        (
            round(sum(one.weight for one in told) + _clock_weight(country, offsets), 6),
            max(one.at for one in told),
            country,
        )
        for country, told in by_country.items()
    ]
    if not ranked or max(ranked)[0] < _ENOUGH:
        return None
    return max(by_country[max(ranked)[2]], key=lambda one: (one.weight, one.at))


def _clock_weight(country: str, offsets: Sequence[SeenOffset]) -> float:
    fit = fit_country(offsets, country)
    return 0.0 if fit is None else _CLOCK * (fit.share - fit.contrary)


def _by_clock(
    signatures: Sequence[SeenSignature], offsets: Sequence[SeenOffset], latest: int | None
) -> Whereabouts:
    """Returns what offsets tell alone; a telephone written as at home may name the neighbour."""
    country, zone = country_by_clock(offsets)
    if not zone:
        return Whereabouts("", "", "", latest, "")
    seen = dict.fromkeys(in_words(one.minutes) for one in offsets)
    why = f"the UTC offset of their mail ({', '.join(sorted(seen))})"
    if not country:
        return Whereabouts("", "", zone, latest, why)
    at_home = _national(country, signatures)
    if at_home and at_home.country in _NORTH_AMERICA:
        country, zone = at_home.country, at_home.time_zone or zone
        why = f"the telephone number {at_home.number} in their signature, and {why}"
    return Whereabouts(country, "", zone, latest, why)


def _place_in(country: str, signatures: Sequence[SeenSignature]) -> Place:
    """Returns the place of a country that was named last; one without names when none was."""
    for signature in signatures:
        for place in find_places(signature.text):
            if place.country == country:
                return place
    return Place("", country, "", "")


def _zone(country: str, signatures: Sequence[SeenSignature], offsets: Sequence[SeenOffset]) -> str:
    """Returns the clock of a contact in a country, "" when it has several and none is told."""
    phones = [phone for one in signatures for phone in find_phones(one.text)]
    for phone in phones:
        if phone.country == country and phone.time_zone:
            return phone.time_zone
    zones = zones_of(country)
    if len(zones) < 2:
        return zones[0] if zones else ""
    at_home = _national(country, signatures)
    if at_home and at_home.country == country and at_home.time_zone:
        return at_home.time_zone
    fit = fit_country(offsets, country)
    return fit.time_zone if fit and fit.share > fit.contrary else ""


def _national(country: str, signatures: Sequence[SeenSignature]) -> Phone | None:
    """Returns the number written last as one writes it within a country."""
    found = (phone for one in signatures for phone in find_national_phones(one.text, country))
    return next(found, None)
