"""The database and its migrations; SQL lives here and nowhere else."""
