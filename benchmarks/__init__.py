"""Scripts that print figures; none is a test."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
