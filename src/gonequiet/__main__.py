"""Runs the command line: `python -m gonequiet`."""

from gonequiet.cli.entry import main

main()
