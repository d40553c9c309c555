"""The one place that picks implementations and reads the clock."""
