"""The demo's address book (RFC 6350, version 4.0 and some 3.0)."""

from __future__ import annotations

from gonequiet.demo.cast import Cast, Person


def render_cards(cast: Cast, more_addresses: dict[str, tuple[str, ...]]) -> bytes:
    """Returns one card for the owner and one for most people, the later addresses included."""
    known = [person for index, person in enumerate(cast.people) if index % 9 != 8]
    cards = [_card(cast.owner, (), 0)]
    cards += [
        _card(person, more_addresses.get(person.key, ()), index)
        for index, person in enumerate(known)
    ]
    return "".join(cards).encode()


def _card(person: Person, more: tuple[str, ...], index: int) -> str:
    version = "3.0" if index % 5 == 4 else "4.0"
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        f"FN:{_text(person.name)}",
        f"N:{_text(person.last)};{_text(person.first)};;;",
        f"ORG:{_text(person.organisation)}" if person.organisation else "",
        f"TITLE:{_text(person.title)}" if person.title else "",
        *(f"EMAIL;TYPE=work:{address}" for address in (*person.addresses, *more)),
        f"TEL;TYPE=work:{person.phone}",
        f"ADR;TYPE=work:;;;{_text(person.city)};;;{person.place.country}",
        f"TZ:{person.place.zone}",
        "END:VCARD",
    ]
    return "".join(f"{line}\r\n" for line in lines if line)


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
