"""The reply model: will they still answer, how sure is that, and why."""
