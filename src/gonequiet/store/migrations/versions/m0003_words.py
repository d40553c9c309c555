"""What was read in the words of messages: acts, deeds, commitments, and how far reading came."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    (
        "CREATE TABLE reader (version INTEGER NOT NULL, through INTEGER NOT NULL, "
        "PRIMARY KEY (version))"
    ),
    (
        "CREATE TABLE words (message_id INTEGER NOT NULL, tongue VARCHAR NOT NULL, "
        "sentences INTEGER NOT NULL, acts TEXT NOT NULL, "
        "deeds TEXT NOT NULL, PRIMARY KEY (message_id))"
    ),
    (
        "CREATE TABLE commitment (message_id INTEGER NOT NULL, start INTEGER NOT NULL, "
        "stop INTEGER NOT NULL, what_start INTEGER NOT NULL, what_stop INTEGER NOT NULL, "
        "claim VARCHAR NOT NULL, by_reader INTEGER NOT NULL, due_on VARCHAR NOT NULL, "
        "is_sure INTEGER NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (message_id, start)) "
        "WITHOUT ROWID"
    ),
    "CREATE INDEX commitment_claim ON commitment (claim)",
)


def upgrade() -> None:
    """Makes the tables; what is in the store is read by the next import, or by 'read'."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A newer database is never taken back."""
