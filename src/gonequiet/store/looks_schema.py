"""The tables of what was judged; all of it can be judged again.

`judged` says as of which moment, on what, and when the first open matter is to be looked at again;
`look` holds what was believed of each. `basis` is a text over records, edits, settings and model:
where it differs from that of the question, what was judged stands no longer.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text

from gonequiet.store.schema import metadata

judged = Table(
    "judged",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("as_of", BigInteger, nullable=False, unique=True),
    Column("basis", String, nullable=False),
    Column("is_whole", Integer, nullable=False),  # every open matter was judged
    Column("next_look_at", BigInteger),
)

look = Table(
    "look",
    metadata,
    Column("judged_id", Integer, primary_key=True),
    Column("contact_id", Integer, primary_key=True),
    Column("opened_by", Integer, primary_key=True),
    Column("thread_id", Integer, nullable=False),
    Column("look_at", BigInteger),
    Column("probability", Float, nullable=False),
    Column("low_90", Float, nullable=False),
    Column("high_90", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: [[words, weight], ...]
    Column("waited_working_days", Integer, nullable=False),
    Column("alike", Integer, nullable=False),
    Column("alike_answered", Integer, nullable=False),
    Column("at_first", Float, nullable=False, server_default="1"),
    Index("look_moment", "judged_id", "look_at"),
    sqlite_with_rowid=False,
)
