"""B4: the base rate - of silences like this one in the owner's own records, so many were answered.

And the other explanations the records hold: away, a dead address.
"""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_each_verdict_counts_silences_like_it(ask: Asked) -> None:
    for matter in ask("quiet")["quiet"]:
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
