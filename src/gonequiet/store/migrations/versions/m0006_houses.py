"""What who-is-who keeps to, for mailboxes at public providers: the mailbox, however written."""

from __future__ import annotations

from alembic import op

from gonequiet.analysis.addresses import house_of

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Writes it anew where a mailbox has several forms; the next import draws all conclusions."""
    run = op.get_bind().exec_driver_sql
    rows = run("SELECT address, id FROM address WHERE organisation = address").all()
    moved = [(house_of(one), number) for one, number in rows if house_of(one) != one]
    if moved:
        run("UPDATE address SET organisation = ? WHERE id = ?", moved)


def downgrade() -> None:
    """A newer database is never taken back."""
