"""How addresses are used, counted once: an import counts only what is new."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """CREATE TABLE address_use (
    address_id INTEGER NOT NULL,
    n_sender INTEGER NOT NULL,
    n_recipient INTEGER NOT NULL,
    n_personal INTEGER NOT NULL,
    n_list INTEGER NOT NULL,
    n_automatic INTEGER NOT NULL,
    n_uncertain INTEGER NOT NULL,
    look BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (address_id)
)""",
)


def upgrade() -> None:
    """Makes the table; the next import fills it."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A newer database is never taken back."""
