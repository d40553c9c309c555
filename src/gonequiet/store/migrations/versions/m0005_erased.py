"""Who was erased, by keyed tokens, so that a source that still holds them brings nobody back."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """CREATE TABLE erased (
    token VARCHAR NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (token)
)
 WITHOUT ROWID""",
)


def upgrade() -> None:
    """Makes the table."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A newer database is never taken back."""
