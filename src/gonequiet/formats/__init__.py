"""Bytes in, values out: the file and message formats, without any file or socket."""
