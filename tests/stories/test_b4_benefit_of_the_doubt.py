"""B4: the base rate - of silences like this one in the owner's own records, so many were answered.

And the other explanations the records hold: away, a dead address.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.some import some


def test_each_verdict_counts_silences_like_it(ask: Asked) -> None:
    for matter in some(ask("quiet")["quiet"]):
        assert 0 <= matter["alike_answered"] <= matter["alike"]
        assert matter["alike"] >= 50


def test_longer_silences_were_answered_less_often(ask: Asked) -> None:
    report = ask("quiet")
    shares = sorted(
        (one["waited_working_days"], one["alike_answered"] / one["alike"])
        for one in report["quiet"] + report["waiting"]
    )

    assert shares[0][1] > shares[-1][1]


def test_a_dead_address_is_told_in_the_timeline(ask: Asked, truth: dict[str, Any]) -> None:
    bounced = next(one for one in truth["non_silences"] if one["why"] == "bounce")
    address = bounced.get("address") or bounced["addresses"][0]
    report = ask("show", address)

    assert report["outcomes"]["bounce"] == 1


@pytest.mark.parametrize(
    ("why", "excuse"),
    [("out_of_office", "away"), ("bounce", "bounce"), ("later_date", "later_date")],
)
def test_other_explanations_are_offered_when_looking_back(
    ask: Asked, truth: dict[str, Any], why: str, excuse: str
) -> None:
    planted = [one for one in truth["non_silences"] if one["why"] == why]

    assert planted
    for one in planted:
        report = ask("show", one["addresses"][0])
        if why == "bounce" and len(_mail(report)) > 1:
            continue  # their card names the new address: there is nothing left to explain
        found = ask("reflect", one["addresses"][0])["other_explanations"]
        assert excuse in {told["excuse"] for told in found}, one["contact"]


def _mail(report: dict[str, Any]) -> list[str]:
    return [one["address"] for one in report["card"]["addresses"] if "@" in one["address"]]


def test_the_base_rate_stands_beside_a_silence(ask: Asked, truth: dict[str, Any]) -> None:
    for one in some(truth["silences"]):
        rate = ask("reflect", one["contact"])["base_rate"]
        assert rate is not None
        assert 0 <= rate["answered"] <= rate["alike"]


def test_nobody_is_excused_by_a_bounce_who_had_none(ask: Asked, truth: dict[str, Any]) -> None:
    for one in some(truth["silences"]):
        found = ask("reflect", one["contact"])["other_explanations"]
        assert not {"bounce", "away"} & {told["excuse"] for told in found}, one["contact"]
