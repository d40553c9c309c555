"""gonequiet: who has gone quiet, how sure, and what the next decent step would be."""

__version__ = "0.1.0"
