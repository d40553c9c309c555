"""How likely a response was when the owner first wrote, beside what was judged."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the column; what was judged before is judged anew by the next question."""
    op.execute("DELETE FROM look")
    op.execute("DELETE FROM judged")
    op.execute("ALTER TABLE look ADD COLUMN at_first FLOAT DEFAULT '1' NOT NULL")


def downgrade() -> None:
    """A newer database is never taken back."""
