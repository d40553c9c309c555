"""Names of places as they stand in signatures, and the country and clock they tell.

The table is our own: business cities that are not also a common word, surname or first name, and
names of countries. A name counts when it stands by itself, as in an address: "20457 Hamburg",
"| Leeds |", "Boston, MA 02210", but not "Boston Consulting" or "Jack London".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

MAX_CHARS = 2_000
_MOST_WORDS = 3


class Place(NamedTuple):
    """Where a name points.

    Attributes:
        name: as it was written.
        country: ISO 3166-1 code.
        region: subdivision by ISO 3166-2, without the country; "" when the name tells none.
        time_zone: IANA name, "" when the name tells none.
    """

    name: str
    country: str
    region: str
    time_zone: str


# A line: country, region or "-", time zone or "-", names.
_NAMED = """
GB ENG Europe/London: London; Manchester; Leeds; Bristol; Liverpool; Sheffield; Nottingham
GB ENG Europe/London: Leicester; Newcastle upon Tyne; Southampton; Milton Keynes
GB ENG Europe/London: Brighton; Oxford; England
GB SCT Europe/London: Edinburgh; Glasgow; Aberdeen; Scotland
GB WLS Europe/London: Cardiff; Swansea
GB NIR Europe/London: Belfast; Northern Ireland
GB - Europe/London: United Kingdom; UK; Great Britain
IE - Europe/Dublin: Dublin; Galway; Ireland
DE BE Europe/Berlin: Berlin
DE HH Europe/Berlin: Hamburg
DE HB Europe/Berlin: Bremen
DE BY Europe/Berlin: München; Munich; Nürnberg; Nuremberg; Erlangen
DE NW Europe/Berlin: Köln; Cologne; Düsseldorf; Dortmund; Bonn; Aachen; Münster; Bielefeld; Duisburg
DE HE Europe/Berlin: Frankfurt; Frankfurt am Main; Darmstadt; Wiesbaden; Kassel
DE BW Europe/Berlin: Stuttgart; Karlsruhe; Mannheim; Heidelberg; Ulm
DE SN Europe/Berlin: Leipzig; Dresden
DE NI Europe/Berlin: Hannover; Hanover; Braunschweig; Wolfsburg
DE RP Europe/Berlin: Mainz; Ludwigshafen
DE - Europe/Berlin: Germany; Deutschland
AT 9 Europe/Vienna: Wien; Vienna
AT 6 Europe/Vienna: Graz
AT 4 Europe/Vienna: Linz
AT 5 Europe/Vienna: Salzburg
AT - Europe/Vienna: Austria; Österreich
CH ZH Europe/Zurich: Zürich; Zurich; Winterthur
CH GE Europe/Zurich: Genève; Geneva; Genf
CH BS Europe/Zurich: Basel
CH BE Europe/Zurich: Bern
CH VD Europe/Zurich: Lausanne
CH ZG Europe/Zurich: Zug
CH - Europe/Zurich: Switzerland; Schweiz; Suisse; Svizzera
LI - Europe/Vaduz: Vaduz; Liechtenstein
FR - Europe/Paris: Paris; Lyon; Marseille; Toulouse; Bordeaux; Lille; Nantes; Grenoble; France
FR 6AE Europe/Paris: Strasbourg
BE - Europe/Brussels: Brussels; Bruxelles; Brussel; Antwerp; Antwerpen; Ghent; Leuven
BE - Europe/Brussels: Belgium; België; Belgique
NL - Europe/Amsterdam: Amsterdam; Rotterdam; Den Haag; The Hague; Utrecht; Eindhoven; Delft
NL - Europe/Amsterdam: Netherlands; The Netherlands; Nederland
LU - Europe/Luxembourg: Luxembourg; Luxemburg
ES MD Europe/Madrid: Madrid
ES CT Europe/Madrid: Barcelona
ES PV Europe/Madrid: Bilbao
ES AN Europe/Madrid: Sevilla; Málaga
ES - Europe/Madrid: Spain; España
PT - Europe/Lisbon: Lisboa; Lisbon; Porto; Portugal
IT - Europe/Rome: Milano; Milan; Roma; Rome; Torino; Turin; Bologna; Napoli; Italy; Italia
DK - Europe/Copenhagen: København; Copenhagen; Aarhus; Odense; Denmark; Danmark
SE - Europe/Stockholm: Stockholm; Göteborg; Gothenburg; Malmö; Uppsala; Linköping; Sweden; Sverige
NO - Europe/Oslo: Oslo; Stavanger; Trondheim; Norway; Norge
FI - Europe/Helsinki: Helsinki; Espoo; Tampere; Oulu; Finland; Suomi
IS - Atlantic/Reykjavik: Reykjavik; Reykjavík; Iceland
PL - Europe/Warsaw: Warszawa; Warsaw; Kraków; Krakow; Wrocław; Wroclaw; Poznań; Gdańsk; Łódź
PL - Europe/Warsaw: Poland; Polska
CZ - Europe/Prague: Praha; Prague; Brno; Czech Republic; Czechia
SK - Europe/Bratislava: Bratislava; Slovakia
HU - Europe/Budapest: Budapest; Hungary
RO - Europe/Bucharest: Bucharest; Bucureşti; Cluj-Napoca; Romania
BG - Europe/Sofia: Bulgaria
GR - Europe/Athens: Athens; Thessaloniki; Greece
HR - Europe/Zagreb: Zagreb; Croatia
SI - Europe/Ljubljana: Ljubljana; Slovenia
RS - Europe/Belgrade: Belgrade; Beograd; Serbia
EE - Europe/Tallinn: Tallinn; Estonia
LV - Europe/Riga: Riga; Latvia
LT - Europe/Vilnius: Vilnius; Lithuania
UA - Europe/Kyiv: Kyiv; Kiev; Lviv; Ukraine
RU - Europe/Moscow: Moscow; Moskva; Москва; Saint Petersburg; Санкт-Петербург
TR - Europe/Istanbul: Istanbul; İstanbul; Ankara; Izmir; Turkey; Türkiye
IL - Asia/Jerusalem: Tel Aviv; Tel-Aviv; Haifa; Jerusalem; Herzliya; Israel
AE - Asia/Dubai: Dubai; Abu Dhabi; UAE; United Arab Emirates
SA - Asia/Riyadh: Riyadh; Jeddah; Saudi Arabia
QA - Asia/Qatar: Doha; Qatar
KW - Asia/Kuwait: Kuwait; Kuwait City
EG - Africa/Cairo: Cairo; Egypt
NG - Africa/Lagos: Lagos; Abuja; Nigeria
KE - Africa/Nairobi: Nairobi; Kenya
ZA - Africa/Johannesburg: Johannesburg; Cape Town; Durban; Pretoria; South Africa
MA - Africa/Casablanca: Casablanca; Morocco
IN MH Asia/Kolkata: Mumbai; Pune
IN KA Asia/Kolkata: Bangalore; Bengaluru
IN DL Asia/Kolkata: New Delhi; Delhi
IN TN Asia/Kolkata: Chennai
IN TS Asia/Kolkata: Hyderabad
IN WB Asia/Kolkata: Kolkata
IN HR Asia/Kolkata: Gurgaon; Gurugram
IN - Asia/Kolkata: Noida; Ahmedabad; India
PK - Asia/Karachi: Karachi; Lahore; Islamabad; Pakistan
BD - Asia/Dhaka: Dhaka; Bangladesh
LK - Asia/Colombo: Sri Lanka
SG - Asia/Singapore: Singapore
MY 14 Asia/Kuala_Lumpur: Kuala Lumpur
MY - Asia/Kuala_Lumpur: Penang; Malaysia
ID - Asia/Jakarta: Jakarta; Bandung; Indonesia
TH - Asia/Bangkok: Bangkok; Thailand
VN - Asia/Ho_Chi_Minh: Ho Chi Minh City; Hanoi; Vietnam
PH - Asia/Manila: Manila; Makati; Philippines
HK - Asia/Hong_Kong: Hong Kong; Kowloon; 香港
TW - Asia/Taipei: Taipei; Hsinchu; Taiwan; 台北; 臺北
CN - Asia/Shanghai: Shanghai; Beijing; Shenzhen; Guangzhou; Hangzhou; Chengdu; Suzhou
CN - Asia/Shanghai: 上海; 北京; 深圳; 广州
JP - Asia/Tokyo: Tokyo; Osaka; Nagoya; Yokohama; Kyoto; Fukuoka; Sapporo; Kobe; Japan
JP - Asia/Tokyo: 東京; 大阪; 横浜; 京都
KR - Asia/Seoul: Seoul; Busan; Incheon; Daejeon; South Korea; Republic of Korea; Korea; 서울; 부산
AU NSW Australia/Sydney: NSW; New South Wales
AU VIC Australia/Melbourne: Melbourne
AU QLD Australia/Brisbane: Brisbane; Queensland
AU WA Australia/Perth: Western Australia
AU SA Australia/Adelaide: Adelaide; South Australia
AU ACT Australia/Sydney: Canberra
AU - -: Australia
NZ AUK Pacific/Auckland: Auckland
NZ - Pacific/Auckland: Wellington; Christchurch; New Zealand
CA ON America/Toronto: Toronto; Ottawa; Mississauga; Ontario
CA QC America/Toronto: Montréal; Montreal; Québec; Quebec
CA BC America/Vancouver: Vancouver; British Columbia
CA AB America/Edmonton: Calgary; Edmonton; Alberta
CA MB America/Winnipeg: Winnipeg; Manitoba
CA - -: Canada
MX - America/Mexico_City: Mexico City; Ciudad de México; Guadalajara; México
MX - America/Monterrey: Monterrey
BR SP America/Sao_Paulo: São Paulo; Sao Paulo
BR RJ America/Sao_Paulo: Rio de Janeiro
BR - -: Brasil; Brazil
AR - America/Argentina/Buenos_Aires: Buenos Aires; Argentina
CL - America/Santiago: Santiago de Chile; Chile
CO - America/Bogota: Bogotá; Bogota; Medellín; Colombia
PE - America/Lima: Peru; Perú
US NY America/New_York: New York; New York City; NYC; Manhattan; Brooklyn
US MA America/New_York: Boston
US DC America/New_York: Washington DC
US GA America/New_York: Atlanta
US PA America/New_York: Philadelphia; Pittsburgh
US FL America/New_York: Miami; Tampa
US MI America/Detroit: Detroit
US IL America/Chicago: Chicago
US TX America/Chicago: Houston; Dallas; San Antonio; Fort Worth
US MN America/Chicago: Minneapolis
US MO America/Chicago: St Louis; Kansas City
US CO America/Denver: Denver
US UT America/Denver: Salt Lake City
US CA America/Los_Angeles: San Francisco; Los Angeles; San Diego; Palo Alto; Mountain View
US CA America/Los_Angeles: Sunnyvale; Santa Clara; Oakland; Sacramento
US WA America/Los_Angeles: Seattle; Redmond
US NV America/Los_Angeles: Las Vegas
US HI Pacific/Honolulu: Honolulu
US - -: USA; United States; United States of America
"""

# Code, clock, name; a name in brackets counts only before a postal code.
_STATES = """
AL America/Chicago Alabama; AK America/Anchorage Alaska; AZ America/Phoenix Arizona
AR America/Chicago Arkansas; CA America/Los_Angeles California; CO America/Denver Colorado
CT America/New_York Connecticut; DC America/New_York District of Columbia
DE America/New_York (Delaware); FL America/New_York Florida; GA America/New_York (Georgia)
HI Pacific/Honolulu Hawaii; ID America/Boise Idaho; IL America/Chicago Illinois
IN America/Indiana/Indianapolis Indiana; IA America/Chicago Iowa; KS America/Chicago Kansas
KY America/New_York Kentucky; LA America/Chicago Louisiana; ME America/New_York (Maine)
MD America/New_York Maryland; MA America/New_York Massachusetts; MI America/Detroit Michigan
MN America/Chicago Minnesota; MS America/Chicago Mississippi; MO America/Chicago Missouri
MT America/Denver (Montana); NE America/Chicago Nebraska; NV America/Los_Angeles Nevada
NH America/New_York New Hampshire; NJ America/New_York New Jersey; NM America/Denver New Mexico
NY America/New_York New York; NC America/New_York North Carolina
ND America/Chicago North Dakota; OH America/New_York Ohio; OK America/Chicago Oklahoma
OR America/Los_Angeles Oregon; PA America/New_York Pennsylvania; RI America/New_York Rhode Island
SC America/New_York South Carolina; SD America/Chicago South Dakota; TN America/Chicago Tennessee
TX America/Chicago Texas; UT America/Denver Utah; VT America/New_York Vermont
VA America/New_York (Virginia); WA America/Los_Angeles (Washington)
WV America/New_York West Virginia; WI America/Chicago Wisconsin; WY America/Denver Wyoming
"""

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\.?[ \t]{1,2}|-")
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
# A German "DE-20457" is no Delaware: the code stands after a town, and Delaware's begin with 19.
_POSTAL = re.compile(
    r"(?<=[A-Za-z.,])[ \t]+([A-Z][A-Za-z ]{1,19}?)[.,]?[ \t]{1,3}(\d{5})\b(?![\d/])"
)
_NOT_THEIRS = {"of", "de", "von", "van", "du", "the"}


def find_places(text: str) -> tuple[Place, ...]:
    """Returns the places a signature names as an address would, in order, no country twice.

    A place with a postal code and a state goes before one that is only named; only the first
    `MAX_CHARS` are read.
    """
    return _found(text[:MAX_CHARS])


@lru_cache(maxsize=4096)
def _found(text: str) -> tuple[Place, ...]:
    found = [*_by_postal_code(text), *_by_name(text), *_by_wide_name(text)]
    first: dict[str, Place] = {}
    for place in found:
        known = first.setdefault(place.country, place)
        if not known.time_zone or (not known.region and place.region):
            first[place.country] = place
    return tuple(first.values())


def _by_postal_code(text: str) -> Iterator[Place]:
    states = _states()
    for match in _POSTAL.finditer(text):
        state = states.get(match[1]) or states.get(match[1].rstrip().title())
        if state and (state.region != "DE" or match[2].startswith("19")):
            yield state


def _by_name(text: str) -> Iterator[Place]:
    """Yields the places whose names stand by themselves."""
    words = list(_WORD.finditer(text))
    names = _names()
    at = 0
    while at < len(words):
        size, place = _longest(text, words, at, names)
        if place and _stands_alone(text, words, at, size):
            yield place
        at += size


def _longest(
    text: str, words: list[re.Match[str]], at: int, names: dict[str, Place]
) -> tuple[int, Place | None]:
    """Returns the longest name that begins at a word, and how many words it has."""
    found: tuple[int, Place | None] = (1, None)
    joined = ""
    for size in range(1, _MOST_WORDS + 1):
        if at + size > len(words) or (size > 1 and not _adjacent(text, words, at + size - 2)):
            break
        joined = f"{joined} {words[at + size - 1][0]}".strip()
        known = names.get(joined.casefold())
        if known and joined[0].isupper() and (len(joined) > 3 or joined.isupper()):
            found = (size, known._replace(name=joined))
    return found


def _adjacent(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Says whether a word and the next one may be one name."""
    return bool(_GAP.fullmatch(text, words[at].end(), words[at + 1].start()))


def _stands_alone(text: str, words: list[re.Match[str]], at: int, size: int) -> bool:
    """Says whether no neighbouring word makes it the name of something else."""
    after, last = at + size, at + size - 1
    if after < len(words) and _adjacent(text, words, last) and _is_part(words[after][0]):
        return False
    if at and _adjacent(text, words, at - 1):
        before = words[at - 1][0]
        return not (_is_part(before) or before.lower() in _NOT_THEIRS)
    return True


def _is_part(word: str) -> bool:
    """Says whether a neighbouring word looks like part of a longer name: "Consulting"."""
    return word[0].isupper() and word[1:2].islower()


def _by_wide_name(text: str) -> Iterator[Place]:
    """Yields places in scripts that do not part words."""
    if _WIDE.search(text):
        for name, place in _names().items():
            if _WIDE.match(name) and name in text:
                yield place


@cache
def _names() -> dict[str, Place]:
    names: dict[str, Place] = {}
    for line in _NAMED.strip().splitlines():
        where, _, listed = line.partition(": ")
        country, region, zone = (part.replace("-", "", part == "-") for part in where.split())
        for name in listed.split("; "):
            names[_folded(name)] = Place(name, country, region, zone)
    for name, state in _states().items():
        if len(name) > 2 and not state.name.startswith("("):
            names.setdefault(_folded(name), state)
    return names


def _folded(name: str) -> str:
    return name.casefold().replace("-", " ")


@cache
def _states() -> dict[str, Place]:
    states: dict[str, Place] = {}
    for entry in re.split(r"[;\n]\s*", _STATES.strip()):
        code, zone, name = entry.split(" ", 2)
        state = Place(name, "US", code, zone)
        states[code] = states[name.strip("()")] = state
    return states


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """Returns the clocks of a country as far as the table knows them, the main one first."""
    places = [place for place in (*_names().values(), *_states().values()) if place.time_zone]
    return tuple(dict.fromkeys(one.time_zone for one in places if one.country == country))
