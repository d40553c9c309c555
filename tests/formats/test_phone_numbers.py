"""Telephone numbers come to one form, whoever wrote them and however."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.phone_numbers import tel_address


@pytest.mark.parametrize(
    ("written", "country", "address"),
    [
        ("+49 30 5550 1234", "", "tel:+493055501234"),
        ("+49 (0)30 5550-1234", "", "tel:+493055501234"),
        ("030/5550 1234", "DE", "tel:+493055501234"),
        ("0049 30 55501234", "DE", "tel:+493055501234"),
        ("0049 30 55501234", "", "tel:+493055501234"),
        ("tel:+49-30-5550-1234;ext=12", "DE", "tel:+493055501234"),
        ("+1 212 555 0123 ext. 4", "DE", "tel:+12125550123"),
        ("(212) 555-0123 x12", "US", "tel:+12125550123"),
        ("020 7946 0018", "gb", "tel:+442079460018"),
        ("+39 06 6982 1234", "", "tel:+390669821234"),
        ("030 5550 1234", "", "tel:03055501234"),
        ("22000", "DE", "tel:22000"),
        ("Unknown", "DE", ""),
        ("-2", "DE", ""),
        ("", "DE", ""),
    ],
)
def test_a_number_has_one_form(written: str, country: str, address: str) -> None:
    assert tel_address(written, country) == address


@given(st.text(max_size=80), st.sampled_from(["", "DE", "US", "zz", "x"]))
def test_any_text_is_a_number_or_none(written: str, country: str) -> None:
    found = tel_address(written, country)
    assert found == "" or found.removeprefix("tel:").strip("+*#0123456789") == ""
