"""Whether words were written to many at once: newsletters, receipts, notices.

What such a mail "will" do binds nobody to the reader, and what it asks is asked of everybody. The
headers tell most of it (`formats.automatic`); this looks at the words, for what came without them.
"""

from __future__ import annotations

import re

_PAGE_CHARS = 6_000
_CLEAR = re.compile(
    r"\bunsubscribe\b|\bopt[ -]out\b|\bto be removed from (?:this|our|the) (?:mailing )?list\b"
    r"|\b(?:manage|update|change) your (?:e-?mail |notification |subscription )?(?:preferences"
    r"|settings|subscription)\b|\bview (?:this (?:e-?mail|message)|it|online) (?:in|with)"
    r" (?:your|a) (?:web )?browser\b|\byou (?:are receiving|have received|received) this"
    r" (?:e-?mail|message|newsletter|notification|notice) because\b"
    r"|\bthis is an automat(?:ed|ic)\b|\bautomatically generated\b"
    r"|\b(?:please )?do not (?:reply|respond) to this (?:e-?mail|message)\b"
    r"|\bthis (?:mailbox|address|e-?mail address) is not (?:monitored|read)\b|\bprivacy policy\b"
    r"|\ball rights reserved\b|\bterms (?:of (?:use|service)|and conditions apply)\b"
    r"|\b(?:your|this) (?:order|invoice|receipt|booking|reservation|parcel|shipment)"
    r" (?:number|no\.|#)"
    r"|\bdear (?:customer|subscriber|member|valued|user|traveler|traveller|shopper|reader)\b"
    r"|\babbestellen\b|\babmelden\b.{0,40}\bnewsletter\b"
    r"|\bautomatisch (?:erzeugt|erstellt|generiert)"
    r"|\bbitte antworten sie nicht auf diese\b|\bdatenschutz(?:erklärung|hinweise)\b",
)
_HINTS = (
    *("unsubscribe", "opt out", "opt-out", "removed from", "preferences", "settings", "browser"),
    *("subscription", "because", "automat", "do not re", "not monitored", "not read", "privacy"),
    *("rights reserved", "terms of", "terms and", "order n", "invoice n", "receipt n", "dear "),
    *("booking n", "reservation n", "parcel n", "shipment n", " #", "abbestellen", "abmelden"),
    *("antworten sie nicht", "datenschutz"),
)


def is_sent_to_many(text: str) -> bool:
    """Whether the words say that they were sent to many, or by a machine."""
    page = text[:_PAGE_CHARS].lower()
    return any(letters in page for letters in _HINTS) and _CLEAR.search(page) is not None
