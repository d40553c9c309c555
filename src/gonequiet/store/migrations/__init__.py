"""How the database came to be: one module per step, in `versions/`."""
