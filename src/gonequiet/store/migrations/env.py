"""Alembic looks for this module; migrations are run by `store.migrating`."""
