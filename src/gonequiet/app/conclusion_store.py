"""What drawing conclusions reads of the store and gives back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gonequiet.analysis.episodes import ContactWaits
    from gonequiet.analysis.exchanges import Exchange
    from gonequiet.analysis.half_answers import Said
    from gonequiet.analysis.owner import OwnerHint
    from gonequiet.domain.contact import Contact, HeldCard, Identities, JoinRule, SeenAddress
    from gonequiet.domain.edit import Edit


class MessageFacts(NamedTuple):
    """What conclusions need of one message, as stored.

    Attributes:
        id_digest: digest of its Message-ID, 0 without one.
        facts: see `domain.facts.Fact`.
        sender: address number of the From, None without one.
    """

    message: int
    id_digest: int
    sent_at: int | None
    subject_digest: int
    opening_digest: int
    quoted_digest: int
    kind: str
    return_on: str
    failed_addresses: str
    facts: int
    new_text_chars: int
    sender: int | None


class LinkRow(NamedTuple):
    """A message's place in its thread, and its direction."""

    message: int
    thread: int
    parent: int | None
    rule: str
    direction: str
    claims_to_be_owner: bool


class CopyPlace(NamedTuple):
    """Where one copy of a message lies."""

    is_in_sent: bool
    is_draft: bool
    source_has_sent: bool


class ConclusionStore(Protocol):
    """What drawing conclusions needs of the store. Message numbers None means all of them."""

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""

    def concluded_through(self) -> int:
        """Returns the message number up to which conclusions are drawn, 0 for none."""

    def concluded_for(self) -> str:
        """Returns the fingerprint of owner and edits that the conclusions stand on."""

    def touched(self) -> frozenset[int]:
        """Returns the known messages of which another copy came since conclusions were drawn."""

    def sources_with_sent(self) -> list[int]:
        """Returns the sources that hold a Sent folder or label."""

    def edits(self) -> list[Edit]:
        """Returns the owner's journal, oldest first."""

    def owner_hints(self) -> list[OwnerHint]:
        """Returns the addresses that could be the owner's, with counts."""

    def count_addresses(self) -> None:
        """Adds what the messages not counted yet say of how addresses are used."""

    def seen_addresses(
        self, touched: Collection[str] | None, ties: Collection[tuple[str, str]]
    ) -> list[SeenAddress]:
        """Returns addresses with counts: all, or of the organisations of some.

        Args:
            touched: addresses, None for everything.
            ties: pairs of addresses; where the organisation of one is touched, the other's is.
        """

    def met(self) -> frozenset[tuple[str, str]]:
        """Returns the pairs of addresses where the second answered for the first."""

    def save_met(self, pairs: Collection[tuple[str, str]]) -> None:
        """Keeps those pairs."""

    def address_numbers(self) -> Mapping[str, int]:
        """Returns the number of every address."""

    def save_contacts(self, identities: Identities, *, everything: bool) -> frozenset[int]:
        """Replaces contacts: all of them, or those the identities speak of.

        Returns:
            The latter that are new, or are described otherwise than they were.
        """

    def contact_of_address(self) -> dict[int, int]:
        """Returns the contact number of each address number."""

    def contacts(self) -> dict[int, tuple[str, str, bool, str, bool]]:
        """Returns key, organisation, whether set aside, name, whether a person, by number."""

    def cards(self) -> dict[int, HeldCard]:
        """Returns the address cards that still stand in a source, by message number."""

    def cards_before(self) -> frozenset[int]:
        """Returns the cards conclusions were drawn with last."""

    def save_cards(self, cards: Collection[int]) -> None:
        """Keeps which cards conclusions are drawn with."""

    def addresses_on(self, messages: Collection[int]) -> set[str]:
        """Returns every address some messages name, also as that of a list."""

    def seen_of(self, addresses: Collection[str]) -> list[SeenAddress]:
        """Returns some addresses with counts."""

    def held_with(self, addresses: Collection[str]) -> dict[str, tuple[str, JoinRule]]:
        """Returns all addresses of the contacts that hold some: key of the contact, and rule."""

    def looks_of(self, addresses: Collection[str]) -> dict[str, int]:
        """Returns the looks of addresses as who-is-who was drawn with last, those that have any."""

    def telephones(self) -> list[str]:
        """Returns the telephone numbers written without their country."""

    def names_alone(self) -> list[tuple[str, int, str]]:
        """Returns names on networks and in chats, with contact number and rule."""

    def save_alike(
        self,
        *,
        parted: Collection[tuple[Contact, str]],
        joined: Mapping[str, str],
        owned: Collection[str],
    ) -> None:
        """Moves names on networks and in chats to those they belong to.

        Args:
            parted: contacts that stand alone again, and why they are set aside.
            joined: contact key by address.
            owned: addresses that are the owner's.
        """

    def owned(self) -> dict[str, str]:
        """Returns every address recognised as the owner's, and the rule that did."""

    def owner_names(self) -> list[str]:
        """Returns the names the owner's addresses were seen with, the usual ones."""

    def related_messages(self, messages: Collection[int]) -> list[int]:
        """Returns every message that could share a thread with any of these, these included."""

    def message_facts(self, messages: Collection[int] | None) -> Iterator[MessageFacts]:
        """Yields facts in order of message number."""

    def participants(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, role number and address number in order of message number."""

    def references(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, kind and id digest, in order; the id of a copy as the message's own."""

    def copy_facts(
        self, messages: Collection[int] | None, with_sent: Collection[int]
    ) -> dict[int, tuple[CopyPlace, ...]]:
        """Returns where the copies of each message lie, places that say the same once.

        Args:
            messages: their numbers.
            with_sent: the sources that hold a Sent folder or label.
        """

    def words_of(self, messages: Collection[int]) -> dict[int, Said]:
        """Returns the new words of messages, and the names of what came with them."""

    def messages_of_contacts(self, contacts: Collection[int]) -> list[int]:
        """Returns every message the contacts wrote or received, or that names one as failed."""

    def exchanged_with(self, contacts: Collection[int]) -> list[int]:
        """Returns the messages that stand in the contacts' timelines, as they are linked now."""

    def messages_of_threads(self, threads: Collection[int]) -> list[int]:
        """Returns every message linked into the threads."""

    def records_begin_at(self) -> int | None:
        """Returns when the records begin: the oldest plausible moment of any message."""

    def exchanges(self, messages: Collection[int] | None) -> dict[int, Exchange]:
        """Returns what only their channel knows, of the records that are not mail."""

    def links(self, messages: Collection[int]) -> dict[int, LinkRow]:
        """Returns the stored links of messages."""

    def save_conclusions(
        self,
        *,
        links: Iterable[LinkRow],
        waits: Iterable[ContactWaits],
        contacts: Collection[int] | None,
        through: int,
        fingerprint: str,
        now: int,
    ) -> None:
        """Replaces links, waits and episodes in one transaction (of all contacts when None).

        Links that are not given stay.
        """

    def forget_conclusions(self) -> None:
        """Drops everything concluded, to be drawn again."""
