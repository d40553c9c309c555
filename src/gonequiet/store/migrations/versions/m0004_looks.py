"""What was judged of open matters, and when to look at each again."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    (
        "CREATE TABLE judged (id INTEGER NOT NULL, as_of BIGINT NOT NULL, "
        "basis VARCHAR NOT NULL, is_whole INTEGER NOT NULL, next_look_at BIGINT, "
        "PRIMARY KEY (id), UNIQUE (as_of))"
    ),
    (
        "CREATE TABLE look (judged_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, "
        "opened_by INTEGER NOT NULL, thread_id INTEGER NOT NULL, look_at BIGINT, "
        "probability FLOAT NOT NULL, low_90 FLOAT NOT NULL, high_90 FLOAT NOT NULL, "
        "reasons TEXT NOT NULL, waited_working_days INTEGER NOT NULL, alike INTEGER NOT NULL, "
        "alike_answered INTEGER NOT NULL, PRIMARY KEY (judged_id, contact_id, opened_by)) "
        "WITHOUT ROWID"
    ),
    "CREATE INDEX look_moment ON look (judged_id, look_at)",
)


def upgrade() -> None:
    """Makes the tables; they are filled by the next question."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A newer database is never taken back."""
