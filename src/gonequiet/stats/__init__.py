"""Numbers in, numbers out: estimation, calibration and scoring, knowing nothing of mail."""
