"""Settings: read the settings file and the environment, check all, report all mistakes at once."""
