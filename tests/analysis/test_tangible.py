"""Tangible commitments: what counts, and the near things that do not."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.analysis.tangible import find_tangibles
from gonequiet.domain.tangible import TangibleKind, Where

ON = date(2026, 4, 22)


def kinds(
    words: str = "", *documents: str, subject: str = "Paper", automatic: bool = False
) -> list[str]:
    found = find_tangibles(
        subject=subject, words=words, documents=documents, written_on=ON, is_automatic=automatic
    )
    return [one.kind.value for one in found]


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("", "contract-signed.pdf", "contract"),
        ("", "Lease_Agreement_fully_executed.PDF", "contract"),
        ("", "NDA (countersigned).pdf", "nda"),
        ("", "SOW-14-signed.docx", "sow"),
        ("", "MOU signed.pdf", "mou"),
        ("", "loi.signed.pdf", "loi"),
        ("", "PO-4711.pdf", "po"),
        ("", "purchase_order_88.pdf", "po"),
        ("", "rahmenvertrag-unterschrieben.pdf", "contract"),
        ("", "geheimhaltungsvereinbarung_unterzeichnet.pdf", "nda"),
        ("", "absichtserklärung-gegengezeichnet.pdf", "loi"),
        ("", "Bestellung-7781.pdf", "po"),
        ("", "Auftrag_unterschrieben.pdf", "contract"),
        ("The signed contract is attached.", "contract.pdf", "contract"),
        ("Please find the signed agreement attached.", "scan-signed.pdf", "contract"),
        ("anbei der unterschriebene Vertrag.", "vertrag.pdf", "contract"),
    ],
)
def test_signed_documents_are_found(words: str, name: str, kind: str) -> None:
    assert kinds(words, name) == [kind]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("", "contract-draft.docx"),
        ("", "engagement-letter-template.pdf"),
        ("", "agreement-for-signature.pdf"),
        ("", "nda-last-page.pdf"),
        ("", "contract.pdf"),
        ("", "vertragsentwurf-unterschrieben.docx"),
        ("", "invoice-88.pdf"),
        ("", "signed-photo.jpg"),
        ("", "report.pdf"),
        ("I will send the signed contract tomorrow, here is the plan.", "plan.pdf"),
        ("We will return the contract signed next week.", "contract.pdf"),
        ("Is the contract signed yet?", "contract-v3.pdf"),
        ("", "shipping-order-profile.xlsx"),
        ("", "Auftrag-Entwurf-unterschrieben.pdf"),
    ],
)
def test_what_is_not_signed_yet_is_none(words: str, name: str) -> None:
    assert kinds(words, name) == []


@pytest.mark.parametrize(
    ("subject", "words", "kind"),
    [
        ("Remittance advice 12", "Payment was released today.", "invoice_paid"),
        ("Your payment", "Payment of invoice A-12 over 300.00 was sent today.", "invoice_paid"),
        ("Purchase order 4500", "Purchase order 4500 has been issued to you.", "po"),
        ("Order", "Dovetail Yard has issued Purchase Order #PO-88 to you.", "po"),
        ("Completed: Service agreement", "All parties have signed the agreement.", "contract"),
        ("Done", "Your document Mutual NDA has been signed by all signers.", "nda"),
        ("Zahlungsavis", "Die Rechnung 44 wurde heute überwiesen.", "invoice_paid"),
        ("Abgeschlossen", "Alle Parteien haben die Vereinbarung unterzeichnet.", "contract"),
    ],
)
def test_notices_of_what_was_signed_ordered_or_paid_are_found(
    subject: str, words: str, kind: str
) -> None:
    assert kinds(words, subject=subject, automatic=True) == [kind]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Payment received", "A payment of 30.00 has been credited to account 12."),
        ("Your order", "Thank you for your order 778: two lamps."),
        ("Invoice for your stay", "Thank you for staying with us. Your invoice is attached."),
        ("Please sign", "A document waits for your signature."),
        ("Weekly report", "Players you have signed this week: three."),
        ("Welcome", "You have signed up for the contract newsletter."),
        ("New sign-in", "There was a sign-in to your account."),
        ("Statement", "Your statement is ready. Invoice 12 was paid by direct debit."),
    ],
)
def test_notices_of_the_owners_own_spending_are_none(subject: str, words: str) -> None:
    assert kinds(words, subject=subject, automatic=True) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("We have signed the contract this morning.", "contract"),
        ("The NDA has been countersigned.", "nda"),
        ("Our board signed the memorandum of understanding last night.", "mou"),
        ("Your invoice was paid on Monday.", "invoice_paid"),
        ("The first instalment was wired this morning.", "invoice_paid"),
        ("The deposit has been paid.", "invoice_paid"),
        ("The agreed start date is 1 September.", "start_date"),
        ("The start date is Monday, 3 March.", "start_date"),
        ("wir haben den Vertrag gestern unterschrieben.", "contract"),
        ("Ihre Rechnung ist bereits überwiesen.", "invoice_paid"),
    ],
)
def test_what_is_said_to_be_signed_or_paid_is_found(words: str, kind: str) -> None:
    assert kinds(words) == [kind]


@pytest.mark.parametrize(
    "words",
    [
        "We signed on Friday, and the party was loud.",
        "I will sign the contract on Friday.",
        "Once the contract is signed we can start on 1 May.",
        "Have you signed the contract?",
        "Could you return the signed contract by Friday?",
        "We have not signed the agreement.",
        "Eleven people signed up for the early slot.",
        "The contract should be signed soon.",
        "The start date is still open.",
        "The deposit is not paid yet.",
        "The second instalment was paid by you in March.",
        "Your deposit was transferred to the landlord.",
        "den unterschriebenen Vertrag sende ich Ihnen bis Donnerstag.",
        "He signed off on the memo.",
        "We signed a contract with Meridian on Monday night.",
    ],
)
def test_what_is_only_said_of_signing_is_none(words: str) -> None:
    assert kinds(words) == []


def test_each_kind_counts_once_a_message_and_says_where_it_was_found() -> None:
    found = find_tangibles(
        subject="Contract",
        words="We have signed the contract today.",
        documents=["contract-signed.pdf", "contract-annex-signed.pdf"],
        written_on=ON,
        is_automatic=False,
    )

    assert [(one.kind, one.where) for one in found] == [(TangibleKind.CONTRACT, Where.ATTACHMENT)]
