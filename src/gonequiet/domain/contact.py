"""A contact: one person or role we deal with, and the addresses that are theirs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class NameCount(NamedTuple):
    """A display name an address was seen with, and how often."""

    name: str
    times: int


class SeenAddress(NamedTuple):
    """One address as the records know it, before anybody is recognised in it.

    Attributes:
        address: lower case.
        names: display names it was seen with.
        n_sender: messages from it.
        n_recipient: messages that name it in To, Cc or Bcc.
        n_personal: of those from it, written by a person to people.
        n_list: of those from it, list mail.
        n_automatic: of those from it, automatic mail (bounces and out-of-office left out).
        is_list_post: some message names it as the address of a list.
        is_uncertain: two readers disagreed on a sender, and this was one of them.
    """

    address: str
    names: tuple[NameCount, ...] = ()
    n_sender: int = 0
    n_recipient: int = 0
    n_personal: int = 0
    n_list: int = 0
    n_automatic: int = 0
    is_list_post: bool = False
    is_uncertain: bool = False


class HeldCard(NamedTuple):
    """One address card, as far as it says who is who.

    Attributes:
        name: the full name on it, "" when it has none.
        addresses: every way to reach the person.
        is_owner: it says that it is the owner's own.
    """

    name: str
    addresses: tuple[str, ...]
    is_owner: bool = False


class ContactKind(StrEnum):
    """What stands behind an address."""

    PERSON = "person"
    ROLE = "role"  # an office that several people answer for
    MACHINE = "machine"  # nobody reads what is sent there
    LIST = "list"


class JoinRule(StrEnum):
    """Why an address belongs to its contact."""

    ALONE = "alone"  # the address the contact is named by
    TAGGED = "tagged"  # the same mailbox with a +tag
    GMAIL = "gmail"  # the same Gmail mailbox: dots, googlemail
    SAME_NAME = "same_name"  # the same full name within an organisation
    ALIAS = "alias"  # a form of the name, and nobody else there fits it
    ANSWERED_FOR = "answered_for"  # same rare name, and it answered what the other was asked
    CARD = "card"  # on one address card, and on none of somebody else
    SAME_NUMBER = "same_number"  # one telephone, written in two ways
    NAMED_ALIKE = "named_alike"  # on another channel, by the full name that nobody else bears
    OWNER_SAID = "owner_said"


class ContactAddress(NamedTuple):
    """One address of a contact, and the rule that joined it."""

    address: str
    rule: JoinRule


class Contact(NamedTuple):
    """One person or role.

    Attributes:
        key: the first of its addresses: mail before telephones before anything else.
        addresses: in order.
        name: the best display name, else one made from the address, else the address.
        organisation: the registrable domain most of its mail uses, "" at public providers.
        kind: what stands behind it.
        is_uncertain: somebody may be pretending; it was joined with nobody.
    """

    key: str
    addresses: tuple[ContactAddress, ...]
    name: str
    organisation: str
    kind: ContactKind
    is_uncertain: bool


class SetAsideReason(StrEnum):
    """Why somebody who writes or is written to is no contact by default."""

    NO_REPLY = "no_reply"
    MAILER_DAEMON = "mailer_daemon"
    ROLE_BOX = "role_box"
    LIST = "list"
    ONLY_AUTOMATIC = "only_automatic"
    FROZEN = "frozen"  # the owner wants nothing concluded about them


class SetAside(NamedTuple):
    """A contact that is listed, not analysed."""

    contact: str
    reason: SetAsideReason


class SuggestionReason(StrEnum):
    """Why two contacts may be one, without enough to say so."""

    SAME_NAME_PRIVATE = "same_name_private"  # one of them at a public provider
    SAME_NAME_ELSEWHERE = "same_name_elsewhere"  # at two organisations
    SAME_NAME_HERE = "same_name_here"  # one organisation, but the name is not telling enough
    NUMBERED = "numbered"  # one organisation, addresses that differ in a number
    SAME_NAME_CHANNEL = "same_name_channel"  # one of them is no mail address


class Suggestion(NamedTuple):
    """Two contacts, by key, that the owner may want to merge."""

    left: str
    right: str
    reason: SuggestionReason


class Identities(NamedTuple):
    """Who is who.

    Attributes:
        contacts: everybody but the owner, set aside or not, in order of key.
        set_aside: those who are no contacts by default, in order of key.
        suggestions: merges worth asking about.
        owner: the owner's addresses: those given and those recognised from them.
        looks: for every address a digest of what its contact rests on.
    """

    contacts: tuple[Contact, ...]
    set_aside: tuple[SetAside, ...]
    suggestions: tuple[Suggestion, ...]
    owner: tuple[ContactAddress, ...]
    looks: tuple[tuple[str, int], ...] = ()
