"""Every channel a record: calls, texts, meetings and cards stand beside mail."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE message ADD COLUMN channel VARCHAR DEFAULT 'mail' NOT NULL",
    "ALTER TABLE message ADD COLUMN states VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE message ADD COLUMN detail TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX message_channel ON message (channel) WHERE channel != 'mail'",
)


def upgrade() -> None:
    """Adds what a message went through; what was read before was mail."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A newer database is never taken back."""
