"""Everything a face needs, put together for one database."""

from __future__ import annotations

from gonequiet.wiring.keeping import Keeping
from gonequiet.wiring.rights import Rights
from gonequiet.wiring.saying import Saying


class Office(Keeping, Rights, Saying):
    """Every use case of one database: a face asks here and knows nothing of what is behind it."""
