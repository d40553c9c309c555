"""Pages to read in a browser: one file each, text only, nothing in them is fetched or run."""
