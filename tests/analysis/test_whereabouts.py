"""Where contacts are: every kind of clue alone, clues against each other, and no clue."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.analysis.clock_offsets import SeenOffset
from gonequiet.analysis.whereabouts import Clues, SeenSignature, Whereabouts, find_whereabouts

MONTHS = [int(datetime(2025, month, 15, 12, tzinfo=UTC).timestamp()) for month in range(1, 13)]


def signed(*texts: str, addresses: tuple[str, ...] = ()) -> Whereabouts:
    """Returns what signatures tell, the latest one last."""
    seen = tuple(SeenSignature(at, text) for at, text in enumerate(texts))
    return find_whereabouts(Clues(addresses, seen))


def a_year_in(zone: str) -> tuple[SeenOffset, ...]:
    """Returns the offsets mail from a zone has over a year."""
    return tuple(SeenOffset(at, minutes_in(zone, at)) for at in MONTHS)


def minutes_in(zone: str, at: int) -> int:
    offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "country"),
        [
            ("a@werk.de", "DE"),
            ("a@house.co.uk", "GB"),
            ("a@firm.com.sg", "SG"),
            ("a@kaisha.co.jp", "JP"),
        ],
    )
    def test_a_country_code_tells_the_country(self, address: str, country: str) -> None:
        assert find_whereabouts(Clues((address,))).country == country

    @pytest.mark.parametrize(
        "end", ["com", "org", "co", "io", "ai", "me", "tv", "eu", "example", "zz", ""]
    )
    def test_a_code_that_anybody_can_buy_tells_nothing(self, end: str) -> None:
        assert find_whereabouts(Clues((f"a@firm.{end}",))) == Whereabouts("", "", "", None, "")

    def test_the_clue_is_told_in_words(self) -> None:
        assert find_whereabouts(Clues(("a@werk.de",))).why == "an address that ends in .de"


class TestTelephones:
    @pytest.mark.parametrize(
        ("text", "country", "zone"),
        [
            ("Tel. +49 30 901820", "DE", "Europe/Berlin"),
            ("0049 (0)89 2180-0", "DE", "Europe/Berlin"),
            ("T +44 (0)20 7946 0311", "GB", "Europe/London"),
            ("+1 212 555 0123", "US", "America/New_York"),
            ("+1 (713) 555-0123", "US", "America/Chicago"),
            ("+1-416-555-0199", "CA", "America/Toronto"),
            ("+81 3 5550 0121", "JP", "Asia/Tokyo"),
            ("+65 6555 0121", "SG", "Asia/Singapore"),
        ],
    )
    def test_an_international_number_tells_country_and_clock(
        self, text: str, country: str, zone: str
    ) -> None:
        found = signed(text)
        assert (found.country, found.time_zone) == (country, zone)

    def test_a_number_broken_over_two_lines_still_tells_its_country(self) -> None:
        assert signed("Works | +49 40 66969\n124").country == "DE"

    @pytest.mark.parametrize(
        "text", ["030 901820", "(020) 7946 0311", "x3-0560", "+", "00", "+999 123 456 789"]
    )
    def test_a_number_as_at_home_tells_nothing_alone(self, text: str) -> None:
        assert signed(text).country == ""

    def test_a_number_as_at_home_tells_the_clock_of_a_known_country(self) -> None:
        assert signed("713-555-0123\nUSA").time_zone == "America/Chicago"


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "country", "region", "zone"),
        [
            ("Reiherdamm 4, 20457 Hamburg", "DE", "HH", "Europe/Berlin"),
            ("DE 20457 Hamburg", "DE", "HH", "Europe/Berlin"),
            ("Harbour Works | Leeds | Procurement", "GB", "ENG", "Europe/London"),
            ("Edinburgh EH1", "GB", "SCT", "Europe/London"),
            ("9 Dock Avenue, Boston, MA 02210", "US", "MA", "America/New_York"),
            ("Houston, Texas 77002", "US", "TX", "America/Chicago"),
            ("HOUSTON TX 77002", "US", "TX", "America/Chicago"),
            ("Las Cruces, New Mexico, USA", "US", "NM", "America/Denver"),
            ("8001 Zürich", "CH", "ZH", "Europe/Zurich"),
            ("東京都港区", "JP", "", "Asia/Tokyo"),
            ("Tel-Aviv", "IL", "", "Asia/Jerusalem"),
        ],
    )
    def test_a_place_in_an_address_tells_country_region_and_clock(
        self, text: str, country: str, region: str, zone: str
    ) -> None:
        found = signed(text)
        assert (found.country, found.region, found.time_zone) == (country, region, zone)

    @pytest.mark.parametrize(
        "text",
        [
            "Boston Consulting",
            "Jack London",
            "University of London",
            "Paris Hartnell",
            "the lisbon of old",
            "Anna Berlin",
            "in us we trust",
        ],
    )
    def test_a_place_within_another_name_tells_nothing(self, text: str) -> None:
        assert signed(text).country == ""


class TestClocks:
    @pytest.mark.parametrize(
        ("zone", "country"),
        [
            ("Europe/London", "GB"),
            ("America/New_York", "US"),
            ("America/Los_Angeles", "US"),
            ("Asia/Kolkata", "IN"),
            ("Australia/Sydney", "AU"),
        ],
    )
    def test_a_clock_of_one_country_tells_it(self, zone: str, country: str) -> None:
        found = find_whereabouts(Clues(offsets=a_year_in(zone)))
        assert (found.country, found.time_zone) == (country, zone)

    @pytest.mark.parametrize(
        "zone", ["Europe/Paris", "Africa/Lagos", "Asia/Seoul", "Asia/Singapore"]
    )
    def test_a_clock_many_countries_keep_tells_the_clock_only(self, zone: str) -> None:
        found = find_whereabouts(Clues(offsets=a_year_in(zone)))
        assert found.country == ""
        assert [minutes_in(found.time_zone, at) for at in MONTHS] == [
            minutes_in(zone, at) for at in MONTHS
        ]

    def test_summer_alone_does_not_tell_europe_from_africa(self) -> None:
        found = find_whereabouts(Clues(offsets=a_year_in("Europe/Berlin")[5:8]))
        assert found == Whereabouts("", "", "", 120, "")

    def test_a_server_that_keeps_utc_tells_nothing(self) -> None:
        utc = tuple(SeenOffset(at, 0) for at in MONTHS)
        assert find_whereabouts(Clues(offsets=utc)) == Whereabouts("", "", "", 0, "")
        assert find_whereabouts(Clues(("a@werk.de",), offsets=utc)).country == "DE"

    def test_the_latest_offset_is_told(self) -> None:
        seen = (SeenOffset(MONTHS[5], 60), SeenOffset(MONTHS[1], 540))
        assert find_whereabouts(Clues(offsets=seen)).utc_offset_minutes == 60

    def test_an_american_clock_with_a_canadian_telephone_is_canada(self) -> None:
        seen = (SeenSignature(1, "416-555-0199"),)
        found = find_whereabouts(Clues(signatures=seen, offsets=a_year_in("America/Toronto")))
        assert (found.country, found.time_zone) == ("CA", "America/Toronto")


class TestCluesTogether:
    def test_offsets_choose_between_the_clocks_of_a_country(self) -> None:
        found = find_whereabouts(Clues(("a@shire.ca",), offsets=a_year_in("America/Vancouver")))
        assert (found.country, found.time_zone) == ("CA", "America/Vancouver")

    def test_a_place_that_the_clock_contradicts_is_not_believed(self) -> None:
        seen = (SeenSignature(1, "Join us in\nParis"),)
        found = find_whereabouts(Clues(signatures=seen, offsets=a_year_in("America/New_York")))
        assert found.country == "US"

    def test_a_telephone_outweighs_the_end_of_an_address(self) -> None:
        assert signed("+65 6555 0121", addresses=("a@werk.de",)).country == "SG"

    def test_the_offsets_can_outweigh_a_telephone_beside_an_address(self) -> None:
        found = find_whereabouts(
            Clues(
                ("a@werk.de",),
                (SeenSignature(1, "+65 6555 0121"),),
                a_year_in("Europe/Berlin"),
            )
        )
        assert found.country == "DE"

    def test_somebody_who_moved_is_where_they_wrote_from_last(self) -> None:
        before, after = "T +44 20 7946 0311\nLondon", "T +65 6555 0121\nSingapore"
        assert signed(*[before] * 20, *[after] * 3).country == "SG"
        assert signed(*[after] * 20, *[before] * 3).country == "GB"

    def test_of_equal_clues_the_latest_wins(self) -> None:
        texts = ("T +49 30 901820", "+65 6555 0121")
        assert signed(*texts).country == "SG"
        assert signed(*reversed(texts)).country == "DE"

    def test_one_signature_from_a_journey_does_not_move_them(self) -> None:
        assert signed(*["T +44 20 7946 0311"] * 6, "On the road: +65 6555 0121").country == "GB"

    def test_the_first_number_is_the_writers_own(self) -> None:
        assert signed("T +44 20 7946 0311\nDial in: +1 212 555 0123, +49 30 901820").country == "GB"

    def test_nothing_is_known_without_clues(self) -> None:
        assert find_whereabouts(Clues()) == Whereabouts("", "", "", None, "")


TEXTS = st.text(st.sampled_from("+0123456789 ()-,.\nLondonTXBerlin東京é\0"), max_size=80)
ABSURD_OFFSETS = st.builds(SeenOffset, st.integers(-(2**62), 2**62), st.integers(-(10**6), 10**6))


class TestAnything:
    @settings(max_examples=60)
    @given(
        st.lists(TEXTS, max_size=3),
        st.lists(TEXTS, max_size=4),
        st.lists(ABSURD_OFFSETS, max_size=5),
    )
    def test_the_order_of_the_clues_says_nothing_and_absurd_ones_do_no_harm(
        self, addresses: list[str], texts: list[str], offsets: list[SeenOffset]
    ) -> None:
        seen = [SeenSignature(at, text) for at, text in enumerate(texts)]
        found = find_whereabouts(Clues(tuple(addresses), tuple(seen), tuple(offsets)))
        turned = Clues(tuple(addresses[::-1]), tuple(seen[::-1]), tuple(offsets[::-1]))
        assert find_whereabouts(turned) == found

    @pytest.mark.parametrize(
        "piece", ["+", "+1 ", "0 ", "( 0 ) ", "A", "New York ", "TX 1 ", "-. "]
    )
    def test_a_signature_without_end_is_read_in_part(self, piece: str) -> None:
        assert signed(piece * 200_000).country in ("", "US", "DE")
