"""The one place that picks implementations and reads the clock: a module for each area."""

from gonequiet.wiring.office import Office
from gonequiet.wiring.places import default_database, now, template_folder

__all__ = [
    "Office",
    "default_database",
    "now",
    "template_folder",
]
