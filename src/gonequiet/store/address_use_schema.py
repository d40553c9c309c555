"""The table of how addresses are used: sums over records, which can be counted again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table

from gonequiet.store.schema import metadata

address_use = Table(
    "address_use",
    metadata,
    Column("address_id", Integer, primary_key=True),
    Column("n_sender", Integer, nullable=False),
    Column("n_recipient", Integer, nullable=False),
    Column("n_personal", Integer, nullable=False),
    Column("n_list", Integer, nullable=False),
    Column("n_automatic", Integer, nullable=False),
    Column("n_uncertain", Integer, nullable=False),
    # What who-is-who rests on (`analysis.identity.look_of`) as it was drawn last, 0 never.
    Column("look", BigInteger, nullable=False, server_default="0"),
)
