"""Drafts among the owner's own: the only writer outside the store. There is no way to send."""
