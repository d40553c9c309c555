"""What the demo mailbox plants, said a second time: a test that asked the demo tests nothing."""

from __future__ import annotations

NOT_SILENCE = (
    "out_of_office",
    "bounce",
    "left_company",
    "colleague_answered",
    "by_phone",
    "thanks",
    "fyi",
    "confirmation",
    "decline",
    "closing",
    "other_thread",
    "private_address",
    "recent",
    "slow_but_reliable",
    "public_holidays",
    "later_date",
)
"""Why a planted quiet matter is no silence."""
