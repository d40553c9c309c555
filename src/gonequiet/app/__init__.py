"""Use cases: load, decide, save, through the ports."""
