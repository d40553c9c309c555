"""Things numbered from 0, joined to sets step by step (union-find)."""

from __future__ import annotations


class DisjointSets:
    """Sets that can only grow together; each is known by the smallest number in it."""

    __slots__ = ("_roots",)

    def __init__(self, size: int) -> None:
        self._roots = list(range(size))

    def root_of(self, at: int) -> int:
        """Returns the smallest number of the set something is in, halving the path on the way."""
        roots = self._roots
        while roots[at] != at:
            roots[at] = roots[roots[at]]
            at = roots[at]
        return at

    def unite(self, left: int, right: int) -> bool:
        """Makes one set of two, and returns whether they were two."""
        left, right = self.root_of(left), self.root_of(right)
        if left == right:
            return False
        self._roots[max(left, right)] = min(left, right)
        return True
