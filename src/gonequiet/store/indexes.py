"""The indexes that are made late, as statements; imported only when they are to be made."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex

from gonequiet.store import schema


def late_indexes() -> list[str]:
    """Returns the statements that make what is missing of `schema.LATE_INDEXES`."""
    sqlite = dialect()
    return [
        str(CreateIndex(index, if_not_exists=True).compile(dialect=sqlite))
        for index in schema.LATE_INDEXES
    ]
