"""The command line: one module per command; parse, call a use case, print."""
