"""Builders of raw mails: ordinary ones, and ones made to hurt whoever reads them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

DANA = "Dana Reyes <dana.reyes@harbour.example>"
OWNER = "Kim Adler <kim@adler.example>"


def mail(
    body: str = "Shall we meet on Thursday?\n",
    *,
    headers: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> bytes:
    """Returns an ordinary mail from Dana to the owner; `headers` add to or replace its own."""
    fields = {
        "From": DANA,
        "To": OWNER,
        "Subject": "Draft agreement",
        "Date": "Mon, 3 Mar 2025 09:30:00 +0100",
        "Message-ID": "<m1@harbour.example>",
        **(headers or {}),
    }
    lines = [f"{name}: {value}\n" for name, value in fields.items() if name not in without]
    return ("".join(lines) + "\n" + body).encode()


def part(content: str, body: str | bytes, **headers: str) -> bytes:
    """Returns one MIME part; keywords are header names with underscores for hyphens."""
    lines = [f"Content-Type: {content}\n"]
    lines += [f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items()]
    words = body if isinstance(body, bytes) else body.encode()
    return "".join(lines).encode() + b"\n" + words


def multipart(
    kind: str, *parts: bytes, boundary: str = "b0", headers: Mapping[str, str] | None = None
) -> bytes:
    """Returns a mail whose body is `multipart/kind` with the given parts."""
    content = {"MIME-Version": "1.0", "Content-Type": f'multipart/{kind}; boundary="{boundary}"'}
    mark = f"--{boundary}\n".encode()
    body = b"".join(mark + each + b"\n" for each in parts) + f"--{boundary}--\n".encode()
    return mail("", headers={**content, **(headers or {})}) + body


def nested(kind: str, *parts: bytes, boundary: str) -> bytes:
    """Returns a multipart as a part of another one."""
    mark = f"--{boundary}\n".encode()
    body = b"".join(mark + each + b"\n" for each in parts) + f"--{boundary}--\n".encode()
    return part(f'multipart/{kind}; boundary="{boundary}"', body)


def delivery_failure(address: str) -> bytes:
    """Returns a bounce as RFC 3464 has it."""
    status = (
        "Reporting-MTA: dns; mx.adler.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n"
    )
    return multipart(
        'report; report-type="delivery-status"',
        part("text/plain", "I could not deliver your message.\n"),
        part("message/delivery-status", status),
        part("message/rfc822", mail("Hello\n")),
        headers={
            "From": "Mail Delivery System <mailer-daemon@mx.adler.example>",
            "Subject": "Undelivered Mail Returned to Sender",
        },
    )


def mbox(
    *messages: bytes, line: bytes = b"From dana@harbour.example Mon Mar  3 09:30:00 2025"
) -> bytes:
    """Returns an mbox file with the messages."""
    return b"".join(line + b"\n" + each.rstrip(b"\n") + b"\n\n" for each in messages)


def _nested_deep(depth: int) -> bytes:
    opening = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'.encode()
        for level in range(1, depth)
    )
    start = mail("", headers={"Content-Type": 'multipart/mixed; boundary="b0"'})
    return start + b"--b0\n" + opening + b"Content-Type: text/plain\n\nthe innermost words\n"


def _same_boundary_deep(depth: int) -> bytes:
    start = mail("", headers={"Content-Type": 'multipart/mixed; boundary="b"'})
    return start + b'--b\nContent-Type: multipart/mixed; boundary="b"\n\n' * depth


def _enclosed_deep(depth: int) -> bytes:
    start = mail("", headers={"Content-Type": "message/rfc822"})
    return start + b"Content-Type: message/rfc822\n\n" * depth + b"Subject: core\n\nwords\n"


def _header(name: str, value: str) -> bytes:
    return mail(headers={name: value})


def _html(body: str) -> bytes:
    return mail(body, headers={"Content-Type": "text/html; charset=utf-8"})


def _encoded_words(size: int) -> str:
    return " ".join(["=?utf-8?b?w6nDqMOg?="] * (size // 21))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one NUL": lambda: b"\x00",
    "only line ends": lambda: b"\n" * 1_000_000,
    "only NULs": lambda: b"\x00" * 5_000_000,
    "no header end": lambda: mail("").rstrip(b"\n"),
    "no header at all": lambda: b"just words, no header\nand more of them\n",
    "random bytes": lambda: bytes((n * 7919 + n // 13) % 256 for n in range(300_000)),
    "50 MB of header in one field": lambda: _header("X-Long", "x" * 50_000_000),
    "50 MB of header in many fields": lambda: b"X-Many: y\n" * 5_000_000 + mail(),
    "50 MB of header in tiny fields": lambda: b"a:\n" * 16_000_000 + mail(),
    "10 MB of folded header": lambda: _header("X-Folded", "\n ".join(["x"] * 3_300_000)),
    "1 MB of encoded words as subject": lambda: _header("Subject", _encoded_words(1_000_000)),
    "1 MB of one encoded word": lambda: _header("Subject", f"=?utf-8?q?{'=C3=A9' * 170_000}?="),
    "1 MB of openings of encoded words": lambda: _header("Subject", "=?a?q?" * 170_000),
    "1 MB of encoded words as names": lambda: _header(
        "To", ", ".join(["=?utf-8?b?w6nDqMOg?= <a@b.example>"] * 28_000)
    ),
    "1 MB of encoded words as one name": lambda: _header(
        "From", _encoded_words(1_000_000) + " <a@b.example>"
    ),
    "60 KB of encoded words in the author that never end": lambda: _header(
        "From", "=?=2 Mar 2025 " * 4_300
    ),
    "100,000 recipients": lambda: _header(
        "To", ", ".join(f"Name {n} <p{n}@example.com>" for n in range(100_000))
    ),
    "100,000 recipients, folded": lambda: _header(
        "To", ",\n ".join(f"p{n}@example.com" for n in range(100_000))
    ),
    "100,000 references": lambda: _header(
        "References", "\n ".join(f"<r{n}@example.com>" for n in range(100_000))
    ),
    "100,000 From fields": lambda: b"From: a@example.com\n" * 100_000 + mail(),
    "1 MB of opening brackets": lambda: _header("To", "<" * 1_000_000),
    "1 MB of parentheses": lambda: _header("From", "(" * 1_000_000),
    "1 MB of quotes": lambda: _header("From", '"' * 1_000_001),
    "1 MB of escaped quotes": lambda: _header("From", '"' + '\\"' * 500_000),
    "1 MB of commas": lambda: _header("From", "," * 1_000_000),
    "1 MB of at signs": lambda: _header("From", "@" * 1_000_000),
    "1 MB address": lambda: _header("From", "a" * 1_000_000 + "@example.com"),
    "1 MB of dots": lambda: _header("From", "a." * 500_000 + "@"),
    "1 MB date": lambda: _header("Date", "1 " * 500_000),
    "1 MB of brackets in ids": lambda: _header("Message-ID", "<" * 1_000_000),
    "1 MB of parameters": lambda: _header("Content-Type", "text/plain" + "; a=b" * 200_000),
    "1 MB boundary": lambda: _header(
        "Content-Type", f"multipart/mixed; boundary={'b' * 1_000_000}"
    ),
    "1 MB of parameter pieces": lambda: _header(
        "Content-Disposition",
        "attachment" + "".join(f"; filename*{n}*=%41" for n in range(60_000)),
    ),
    "20,000 levels deep": lambda: _nested_deep(20_000),
    "20,000 levels deep, one boundary": lambda: _same_boundary_deep(20_000),
    "30 MB, deep and unclosed": lambda: _nested_deep(500) + b"words and more words\n" * 1_500_000,
    "20,000 enclosed messages deep": lambda: _enclosed_deep(20_000),
    "100,000 parts": lambda: multipart("mixed", *[part("text/plain", "x\n")] * 100_000),
    "100,000 attachments": lambda: multipart(
        "mixed", *[part("image/png", "x\n", Content_Disposition="attachment")] * 100_000
    ),
    "1 million near boundaries": lambda: multipart(
        "mixed", part("text/plain", "--b0x\n" * 1_000_000)
    ),
    "30 MB attachment": lambda: multipart(
        "mixed",
        part("text/plain", "see attached\n"),
        part(
            "application/pdf",
            base64.encodebytes(b"\x00" * 22_000_000),
            Content_Transfer_Encoding="base64",
        ),
    ),
    "1 MB of question marks apart": lambda: mail("? " * 500_000),
    "HTML, preformatted text that never begins": lambda: _html("<pre " * 200_000),
    "HTML, a number without an end": lambda: _html("&#" + "9" * 1_000_000),
    "30 MB text": lambda: mail("a line of words\n" * 1_900_000),
    "30 MB base64 text": lambda: mail(
        "YSBsaW5lIG9mIHdvcmRzCmEgbGluZSBvZiB3b3Jkcwo=\n" * 700_000,
        headers={"Content-Transfer-Encoding": "base64"},
    ),
    "30 MB quoted-printable text": lambda: mail(
        "=C3=A9=\n" * 4_000_000, headers={"Content-Transfer-Encoding": "quoted-printable"}
    ),
    "one line of 10 MB": lambda: mail("word " * 2_000_000),
    "one word of 10 MB": lambda: mail("w" * 10_000_000),
    "1 MB of quote marks": lambda: mail(">" * 1_000_000),
    "quotes 1,000 deep": lambda: mail("".join(">" * n + " x\n" for n in range(1_000))),
    "300,000 quoted lines": lambda: mail("> x\n" * 300_000),
    "300,000 header-like lines": lambda: mail("From: x\nTo: y\nSubject: z\n" * 100_000),
    "300,000 dashes": lambda: mail("-----Original Message-----\n" * 30_000),
    "300,000 attributions": lambda: mail("On Monday Dana wrote:\n" * 40_000),
    "bad base64": lambda: mail("@@@= =\n=", headers={"Content-Transfer-Encoding": "base64"}),
    "base64 of nothing": lambda: mail(
        "=" * 500_000, headers={"Content-Transfer-Encoding": "base64"}
    ),
    "HTML, 200,000 open tags": lambda: _html("<div>" * 200_000 + "<p>x" * 10_000),
    "HTML, 100,000 fonts": lambda: _html("".join(f"<font size={n}><p>" for n in range(50_000))),
    "HTML, 100,000 quotes deep": lambda: _html("<blockquote>" * 80_000 + "x"),
    "HTML, 1 MB of open brackets": lambda: _html("<" * 1_000_000),
    "HTML, 1 MB of open comments": lambda: _html("<!--" * 250_000),
    "HTML, 1 MB of open styles": lambda: _html("<style>" * 140_000),
    "HTML, 1 MB of open pre": lambda: _html("<pre>" * 200_000),
    "HTML, 1 MB tag": lambda: _html("<p " + "a" * 1_000_000),
    "HTML, 1 MB of office paragraphs": lambda: _html("Mso" + "<p " * 330_000),
    "HTML, 1 MB of breaks": lambda: _html("<br> " * 200_000),
    "HTML, 1 MB of entities": lambda: _html("&amp" * 250_000),
    "HTML, 30 MB": lambda: _html("<p>a line of words</p>\n" * 1_400_000),
    "charset of compressed bytes": lambda: mail(
        headers={"Content-Type": "text/plain; charset=zip"}
    ),
    "charset that escapes": lambda: mail(
        "\\ud800", headers={"Content-Type": "text/plain; charset=unicode_escape"}
    ),
    "charset of surrogates": lambda: mail(
        "+2AA-", headers={"Content-Type": "text/plain; charset=utf-7"}
    ),
    "5 MB of bytes in no charset": lambda: mail("") + bytes(range(128, 256)) * 40_000,
    "bounce of one long line": lambda: mail(
        "not deliver " + "a" * 1_000_000,
        headers={"From": "mailer-daemon@example.com", "Subject": "Undeliverable: x"},
    ),
    "bounce of brackets": lambda: mail(
        ("<" * 300 + "\n") * 3_000,
        headers={"From": "mailer-daemon@example.com", "Subject": "Undeliverable: x"},
    ),
    "bounce of cues": lambda: mail(
        "could not deliver a.a.a.a.a.a@ " * 30_000,
        headers={"From": "mailer-daemon@example.com", "Subject": "Undeliverable: x"},
    ),
    "delivery report of 5 MB": lambda: multipart(
        "report",
        part(
            "message/delivery-status",
            "Action: failed\nFinal-Recipient: rfc822; a@b.example\n\n" * 90_000,
        ),
    ),
    "absence of one long line": lambda: mail(
        "back on " * 100_000, headers={"Subject": "Automatic reply: x", "Precedence": "auto_reply"}
    ),
    "1 MB of labels": lambda: _header("X-Gmail-Labels", "a," * 500_000),
    "1 MB of list id": lambda: _header("List-Id", "<" * 1_000_000),
    "mixed line ends": lambda: mail().replace(b"\n", b"\r", 3),
    "old Mac line ends": lambda: mail().replace(b"\n", b"\r"),
    "20 MB of bare CR": lambda: mail("") + b"words\r" * 3_300_000,
}
