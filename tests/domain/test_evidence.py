"""Evidence is named by what was written; the owner's word on it is found again by that name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.evidence import digest_range, evidence_key, overruled

digests = st.integers(-(2**63), 2**63 - 1)


@given(digests, st.text(), st.text())
def test_an_id_leads_back_to_its_message(digest: int, quote: str, rule: str) -> None:
    between = digest_range(evidence_key(digest, quote, rule))
    assert between is not None
    assert between[0] <= digest <= between[1]


@given(digests)
def test_blanks_and_case_do_not_make_another_id(digest: int) -> None:
    assert evidence_key(digest, "We  MAY\nsee", "hedge") == evidence_key(
        digest, "we may see", "hedge"
    )
    assert evidence_key(digest, "We may see", "hedge") != evidence_key(digest, "We may see", "x")


@pytest.mark.parametrize("text", ["", "xyz", "0123456789abcdef", "0123456789abcg", "%' OR 1"])
def test_what_is_no_id_leads_nowhere(text: str) -> None:
    assert digest_range(text) is None


def test_an_overrule_taken_back_holds_no_more() -> None:
    journal = [
        Edit(1, EditVerb.OVERRULE, "aa", "why"),
        Edit(2, EditVerb.OVERRULE, "bb"),
        Edit(3, EditVerb.UNDO, undoes=2),
    ]
    assert overruled(journal) == {"aa": "why"}
