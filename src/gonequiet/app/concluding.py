"""Use case: draw conclusions from new records - who is who, threads, waits, episodes.

Everything here can be thrown away and drawn again from the records and the owner's edits. After
an import only what the new messages touch is drawn again, and the outcome is the same as if all
of it had been (`tests/contracts/test_concluding.py` holds the one against the other).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonequiet.app.owner import OwnerView, find_owner
from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, identity_edits

if TYPE_CHECKING:
    from gonequiet.app.conclusion_store import ConclusionStore
    from gonequiet.app.ports import Progress

_FORM = "5"
"""Of what conclusions are; where it is another, all are drawn anew."""


def conclude(
    store: ConclusionStore,
    *,
    now: int,
    progress: Progress,
    everything: bool = False,
    country: str | None = None,
) -> None:
    """Draws conclusions from the messages that are new since the last time.

    Args:
        store: where records are, and conclusions go.
        now: UTC epoch seconds.
        progress: told how it goes on.
        everything: draws all of them anew.
        country: the owner's, for telephone numbers without one; None: the one drawn with last.
    """
    edits = identity_edits(store.edits())
    owner, with_sent = _find_owner(store, edits), store.sources_with_sent()
    country = _country_before(store) if country is None else country
    fingerprint = _fingerprint(owner, edits, with_sent, country)
    through, newest = store.concluded_through(), store.newest_message()
    redraw = everything or fingerprint != store.concluded_for() or through == 0
    fresh = None if redraw else frozenset({*range(through + 1, newest + 1), *store.touched()})
    if fresh is None:
        store.forget_conclusions()
    elif not fresh:
        return
    from gonequiet.app.drawing import Drawing
    from gonequiet.app.drawing_identities import IdentityDrawing

    cards = store.cards()
    former = store.cards_before() - cards.keys()
    identities = IdentityDrawing(
        store=store,
        owner=owner.addresses,
        edits=edits,
        country=country,
        cards=cards,
        former=frozenset(store.addresses_on(former)) if former else frozenset(),
    )
    Drawing(store, identities, with_sent, now, progress).draw(fresh, newest, fingerprint)
    if cards or former:
        store.save_cards(cards)


def make_ready() -> None:
    """Loads what drawing takes: while others read, and never when nothing is new."""
    import gonequiet.app.drawing  # noqa: F401


def find_suggestions(store: ConclusionStore) -> list[tuple[str, str, str]]:
    """Returns pairs of contacts that may be one person, with the reason, over everybody."""
    from gonequiet.app.drawing_identities import IdentityDrawing

    edits = identity_edits(store.edits())
    owner = _find_owner(store, edits)
    drawing = IdentityDrawing(
        store=store,
        owner=owner.addresses,
        edits=edits,
        country=_country_before(store),
        cards=store.cards(),
        former=frozenset(),
    )
    return drawing.suggestions()


def _find_owner(store: ConclusionStore, edits: Sequence[Edit]) -> OwnerView:
    """Returns who the owner is; the records are asked only while the owner has not said it."""
    said = find_owner(edits, ())
    return said if said.is_confirmed else find_owner(edits, store.owner_hints())


def _fingerprint(
    owner: OwnerView, edits: Sequence[Edit], with_sent: Sequence[int], country: str
) -> str:
    """Returns what every conclusion stands on; when it changes, all are drawn anew."""
    return f"{_FORM}|{' '.join(sorted(owner.addresses))}|{digest_of(edits)}|{with_sent}|{country}"


def _country_before(store: ConclusionStore) -> str:
    before = store.concluded_for()
    return before.rpartition("|")[2] if before.startswith(("3|", "4|", f"{_FORM}|")) else ""
