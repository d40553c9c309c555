"""Strings in, spans out: reading words, without any file or network."""
