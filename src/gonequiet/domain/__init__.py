"""The nouns: frozen values and small rules, from the standard library only."""
