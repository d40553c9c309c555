"""Places records come from, one module or folder per kind; none knows another."""
