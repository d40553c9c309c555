"""A tangible commitment: something signed, ordered or paid, or a start that has a date."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class TangibleKind(StrEnum):
    """What was given."""

    CONTRACT = "contract"
    MOU = "mou"  # a memorandum of understanding, heads of terms
    LOI = "loi"  # a letter of intent, a term sheet
    NDA = "nda"
    PO = "po"  # a purchase order
    SOW = "sow"  # a statement of work
    INVOICE_PAID = "invoice_paid"
    START_DATE = "start_date"


NAMES = {
    TangibleKind.CONTRACT: "signed contract",
    TangibleKind.MOU: "memorandum of understanding",
    TangibleKind.LOI: "letter of intent",
    TangibleKind.NDA: "non-disclosure agreement",
    TangibleKind.PO: "purchase order",
    TangibleKind.SOW: "statement of work",
    TangibleKind.INVOICE_PAID: "paid invoice",
    TangibleKind.START_DATE: "agreed start date",
}
"""How each is called in a sentence."""


class Where(StrEnum):
    """What it was found in."""

    ATTACHMENT = "attachment"
    NOTICE = "notice"
    WORDS = "words"


class TangibleFound(NamedTuple):
    """One tangible commitment, proposed.

    Attributes:
        kind: what was given.
        where: what it was found in.
        quote: the words or the name of the document.
        rule: the rule that read it.
    """

    kind: TangibleKind
    where: Where
    quote: str
    rule: str
