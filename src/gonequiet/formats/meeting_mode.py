"""How people meet, from what a calendar says of the place; what it was seen by is kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gonequiet.domain.meeting import Mode

_LOOKED_AT: Final = 4000
_SAYS_NOTHING: Final = frozenset(
    ("tbd", "tba", "tbc", "n/a", "na", "none", "-", "?", ".", "open", "offen", "folgt", "unbekannt")
)


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(text.split())})(?!\w)", re.IGNORECASE)


_VIDEO: Final = _words(
    r"zoom teams ms[\s-]teams teams[\s-]\w+ skype webex google[\s-]meet hangouts? facetime "
    r"gotomeeting bluejeans whereby jitsi bigbluebutton video video[\s-]?\w+ online virtual "
    r"virtuell remote livestream webinar"
)
_VIDEO_LINK: Final = re.compile(
    r"(?:[\w-]{1,40}\.)*(?:zoom\.us|zoomgov\.com|teams\.microsoft\.com|teams\.live\.com|"
    r"meet\.google\.com|hangouts\.google\.com|webex\.com|gotomeeting\.com|gotomeet\.me|"
    r"whereby\.com|meet\.jit\.si|bluejeans\.com|join\.skype\.com|facetime\.apple\.com)/",
    re.IGNORECASE,
)
_CALL: Final = _words(
    r"phone telephone telefon telefonisch telefonat telefonkonferenz telko anruf phone[\s-]?call "
    r"call con(?:f|ference)\.?[\s-](?:call|line) dial[\s-]?in einwahl by[\s-]phone"
)
_NUMBER: Final = re.compile(r"(?:tel:)?\+?[\d\s()./-]{7,30}(?:[;,x#][\d\s#,;x]{0,30})?")
_ROOM: Final = _words(
    r"room \w*raum zimmer saal floor etage stock(?:werk)? office b[üu]ro building geb[äa]ude "
    r"caf[ée] coffee restaurant hotel lobby reception bistro canteen kantine airport flughafen "
    r"bahnhof station halle campus in[\s-]person vor[\s-]ort pub bar tower haus"
)
_STREET: Final = re.compile(
    r"(?<!\w)\d{1,5}[a-z]?\s+(?:[\w.'-]{1,30}\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|"
    r"boulevard|blvd|drive|dr|square|sq|place|way|row|court|quay)(?!\w)|"
    r"(?<!\w)[\w-]{0,40}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ufer|damm|ring|markt)"
    r"\s*\d{1,4}(?!\d)",
    re.IGNORECASE,
)
_MEAL: Final = _words(
    r"lunch dinner breakfast coffee drinks beer visit site[\s-]visit tour in[\s-]person "
    r"face[\s-]to[\s-]face mittagessen abendessen fr[üu]hst[üu]ck kaffee besuch rundgang "
    r"vor[\s-]ort essen"
)


def mode_of(
    location: str, title: str, *, link: str = "", text: str = "", has_room: bool = False
) -> tuple[Mode, str]:
    """Returns how people meet, and what says so.

    Args:
        location: as written.
        title: of the meeting.
        link: addresses given for joining, "" for none.
        text: the description.
        has_room: a room was invited.
    """
    found = _by_place(location[:500])
    if found is not None:
        return found
    if has_room:
        return Mode.FACE_TO_FACE, "a room is booked"
    title = title[:500]
    if link:
        return _by_link(link[:_LOOKED_AT])
    return _by_title(title) or _by_text(text[:_LOOKED_AT]) or (Mode.UNKNOWN, "")


@lru_cache(maxsize=4096)
def _by_place(location: str) -> tuple[Mode, str] | None:
    if not location.strip() or location.strip().lower() in _SAYS_NOTHING:
        return None
    video = _VIDEO_LINK.search(location) or _VIDEO.search(location)
    place = _STREET.search(location) or _ROOM.search(location)
    if video and place:
        return Mode.UNKNOWN, f"location: both '{video[0]}' and '{place[0]}'"
    if video:
        return Mode.VIDEO, f"location: {video[0]}"
    if place:
        return Mode.FACE_TO_FACE, f"location: {place[0]}"
    if call := _CALL.search(location):
        return Mode.CALL, f"location: {call[0]}"
    if _NUMBER.fullmatch(location.strip()):
        return Mode.CALL, "location: a telephone number"
    if "://" in location:
        return Mode.VIDEO, "location: a link"
    return Mode.FACE_TO_FACE, "location: a place is named"


def _by_link(link: str) -> tuple[Mode, str]:
    if link.startswith("tel:"):
        return Mode.CALL, "link: a telephone number"
    found = _VIDEO_LINK.search(link)
    return Mode.VIDEO, f"link: {found[0].rstrip('/')}" if found else "link: to join"


@lru_cache(maxsize=4096)
def _by_title(title: str) -> tuple[Mode, str] | None:
    for mode, words in ((Mode.VIDEO, _VIDEO), (Mode.CALL, _CALL), (Mode.FACE_TO_FACE, _MEAL)):
        if found := words.search(title):
            return mode, f"title: {found[0]}"
    return None


def _by_text(text: str) -> tuple[Mode, str] | None:
    if found := _VIDEO_LINK.search(text):
        return Mode.VIDEO, f"description: {found[0].rstrip('/')}"
    if found := _DIAL_IN.search(text):
        return Mode.CALL, f"description: {found[0]}"
    return None


_DIAL_IN: Final = _words(
    r"dial[\s-]?in einwahl(?:nummer|daten)? telefonkonferenz conference[\s-]call"
)
