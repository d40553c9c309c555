"""Calls, texts, chats and networks as telephones and LinkedIn write them, all made up."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

BASE: Final = datetime(2025, 3, 4, 9, 0, tzinfo=timezone.utc)  # noqa: UP017


_HEAD: Final = "<?xml version='1.0' encoding='UTF-8' ?>\n"


def ms(minutes: int) -> int:
    """Returns a moment some minutes after the base, in milliseconds."""
    return (int(BASE.timestamp()) + 60 * minutes) * 1000


def calls_xml(count: int = 4) -> bytes:
    """Returns a backup of calls: in, out, missed, rung out, and so on."""
    rows = [
        f'  <call number="+49 30 555010{number % 10}0" duration="{(number % 4) * 35}" '
        f'date="{ms(number * 60)}" type="{1 + number % 3}" presentation="1" '
        f'readable_date="x" contact_name="Dana Reyes" />'
        for number in range(count)
    ]
    text = "\n".join(rows)
    return f'{_HEAD}<calls count="{count}">\n{text}\n</calls>'.encode()


def texts_xml(count: int = 4) -> bytes:
    """Returns a backup of texts, with a character written as two halves, and a picture message."""
    rows = [
        f'  <sms protocol="0" address="030555010{number % 10}0" date="{ms(number * 30)}" '
        f'type="{1 + number % 2}" body="Number {number}: are you free on Tuesday? '
        f'&#55357;&#56832; &#55357; done" contact_name="Dana Reyes" />'
        for number in range(count)
    ]
    rows.append(
        f'  <mms date="{ms(9999)}" msg_box="1" address="+493055501000"><parts>'
        '<part seq="-1" ct="application/smil" text="null" />'
        '<part seq="0" ct="text/plain" text="The plan, as a picture" />'
        '<part seq="0" ct="image/jpeg" cl="plan.jpg" data="AAAABBBB" /></parts>'
        '<addrs><addr address="+493055501000" type="137" charset="106" /></addrs></mms>'
    )
    text = "\n".join(rows)
    return f'{_HEAD}<smses count="{count}">\n{text}\n</smses>'.encode()


CARRIER_CSV: Final = (
    "Datum;Uhrzeit;Rufnummer;Richtung;Dauer\n"
    "24.03.2025;09:15:00;030 55501000;ausgehend;00:02:10\n"
    "25.03.2025;10:00:00;+493055501000;eingehend;0\n"
    "26.03.2025;11:00:00;unbekannt;eingehend;12\n"
).encode("cp1252")

ODD_CSV: Final = b"when,whom,how\n2025-03-24 09:15,+493055501000,incoming\n"

CHAT_IOS: Final = (
    "[24.03.25, 09:15:09] Dana Reyes: Good morning\n"
    "[24.03.25, 09:16:00] Kim Adler: Could you send me the plan, please?\n"
    "It is about\nthe third floor\n"
    "\u200e[24.03.25, 09:20:00] Dana Reyes: \u200eimage omitted\n"
    "[24.03.25, 09:21:00] Dana Reyes: \u200eMissed voice call\n"
    "[24.03.25, 09:30:00] Messages and calls are end-to-end encrypted.\n"
).encode()

CHAT_ANDROID: Final = (
    "3/24/25, 9:15\u202fPM - Messages and calls are end-to-end encrypted.\n"
    "3/24/25, 9:15\u202fPM - Dana Reyes: Good evening\n"
    "3/24/25, 9:16\u202fPM - Kim Adler: <Media omitted>\n"
).encode()

CONNECTIONS_CSV: Final = (
    b"Notes:\n"
    b'"When exporting your connection data, you may notice that some addresses are missing."\n\n'
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b"Dana,Reyes,https://www.linkedin.com/in/dana-reyes,dana.reyes@harbour.example,Harbour,"
    b"Director,12 Jan 2024\n"
    b"Tomas,Lindt,https://www.linkedin.com/in/tomas-lindt,,Birch,Buyer,03 Feb 2024\n"
)

MESSAGES_CSV: Final = (
    b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    b"DATE,"
    b"SUBJECT,CONTENT,FOLDER\n"
    b"1,,Kim Adler,https://www.linkedin.com/in/kim-adler,Dana Reyes,"
    b"https://www.linkedin.com/in/dana-reyes,2025-03-24 09:15:00 UTC,,"
    b'"Could we talk, Dana?",INBOX\n'
    b"2,,Tomas Lindt,https://www.linkedin.com/in/tomas-lindt,Kim Adler,"
    b"https://www.linkedin.com/in/kim-adler,2025-03-25 09:15:00 UTC,,Thank you for the note,INBOX\n"
)

INVITATIONS_CSV: Final = (
    b"From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    b'Kim Adler,Jo March,"3/24/25, 9:15 AM",,OUTGOING,https://www.linkedin.com/in/kim-adler,'
    b"https://www.linkedin.com/in/jo-march\n"
)

FILES: Final = {
    "calls.xml": calls_xml(),
    "sms.xml": texts_xml(),
    "carrier.csv": CARRIER_CSV,
    "WhatsApp Chat with Dana Reyes.txt": CHAT_IOS,
    "Connections.csv": CONNECTIONS_CSV,
    "messages.csv": MESSAGES_CSV,
    "Invitations.csv": INVITATIONS_CSV,
}
"""One of each kind, by file name."""
