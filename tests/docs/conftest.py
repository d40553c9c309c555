"""What every test in this folder may ask for."""

from tests.support.fixtures import at_home

__all__ = ["at_home"]
