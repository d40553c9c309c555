"""The table of who was erased: nothing that says who it was, only how to know them again.

A token is a keyed digest (HMAC, RFC 2104) of one address. The key lies in the row named "key".
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from gonequiet.store.schema import metadata

erased = Table(
    "erased",
    metadata,
    Column("token", String, primary_key=True),
    Column("digest", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
