"""The one place that picks implementations and reads the clock: a module for each area."""

from gonequiet.wiring.demo_place import DemoPlace, default_demo_folder, write_demo
from gonequiet.wiring.office import Office
from gonequiet.wiring.places import day_of, default_database, now, template_folder

__all__ = [
    "DemoPlace",
    "Office",
    "day_of",
    "default_database",
    "default_demo_folder",
    "now",
    "template_folder",
    "write_demo",
]
