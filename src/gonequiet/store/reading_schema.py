"""The tables of what was read in the words of messages; all of it can be read again.

`reader` says how far which version of the reader came; `words` holds what the sentences of a
message do, packed; `commitment` the claims that something was undertaken.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from gonequiet.store.schema import metadata

reader = Table(
    "reader",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("through", Integer, nullable=False),  # number of the last message read
)

words = Table(
    "words",
    metadata,
    Column("message_id", Integer, primary_key=True),
    Column("tongue", String, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("acts", Text, nullable=False),  # "act start stop rule chance", one a line
    Column("deeds", Text, nullable=False),  # "deed start stop word word ...", one a line
)

commitment = Table(
    "commitment",
    metadata,
    Column("message_id", Integer, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("stop", Integer, nullable=False),
    Column("what_start", Integer, nullable=False),
    Column("what_stop", Integer, nullable=False),
    Column("claim", String, nullable=False),
    Column("by_reader", Integer, nullable=False),
    Column("due_on", String, nullable=False),
    Column("is_sure", Integer, nullable=False),
    Column("rule", String, nullable=False),
    sqlite_with_rowid=False,
)

CLAIM_INDEX = Index("commitment_claim", commitment.c.claim)
