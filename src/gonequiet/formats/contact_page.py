"""One contact, whole, as a page to read: text only, nothing in it is fetched or run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2421; --paper: #fbfaf6; --soft: #6b736e;
  --line: #dcd9cf; --mark: #2f6f5e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8e3; --paper: #171b19; --soft: #98a19b;
  --line: #333a36; --mark: #86c5b2; } }
body { background: var(--paper); color: var(--ink); font: 1rem/1.55 Georgia, "Times New Roman",
  serif; max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; margin: 0; font-weight: 600; }
h2 { font-size: 1.05rem; margin: 2.6rem 0 .6rem; color: var(--mark); font-weight: 600; }
.soft, dt, time { color: var(--soft); font-size: .88rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .4rem 0; }
dd { margin: 0; }
article { border-top: 1px solid var(--line); padding: .9rem 0; }
article h3 { font-size: 1rem; margin: .1rem 0 .3rem; font-weight: 600; }
pre { white-space: pre-wrap; font: inherit; margin: .3rem 0 0; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; }
  body { margin: 1.5rem auto; } }
"""
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_ARROWS: Final = {"outbound": "from you", "inbound": "to you"}


def render_page(whole: Mapping[str, Any]) -> str:
    """Returns the page of what `app.rights.whole_contact` gives."""
    name = _text(whole["contact"]["name"])
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{name}</title><style>{_STYLE}</style></head><body>",
            *_heading(whole),
            *_concluded(whole["concluded"]),
            *_said(whole["said_by_you"]),
            f"<h2>Records ({len(whole['records']):,})</h2>",
            *(line for record in whole["records"] for line in _record(record)),
            "</body></html>",
            "",
        )
    )


def _text(value: object) -> str:
    """Escapes a value; characters that turn the direction of text around are shown, not obeyed."""
    shown = "".join(
        f"\\u{ord(one):04x}" if one in _STEERING or (ord(one) < 32 and one not in "\n\t") else one
        for one in str(value)
    )
    return escape(shown)


_STEERING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def _moment(at: object) -> str:
    if not isinstance(at, int):
        return "unknown"
    return f"{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M} UTC"


def _heading(whole: Mapping[str, Any]) -> Iterator[str]:
    card = whole["contact"]
    yield f"<h1>{_text(card['name'])}</h1>"
    yield f'<p class="soft">{_text(card["organisation"])} · as of {_moment(whole["as_of"])}</p>'
    yield "<dl>"
    for address, rule in card["addresses"]:
        why = "" if rule == "alone" else f" ({rule.replace('_', ' ')})"
        yield f"<dt>reached at</dt><dd>{_text(address + why)}</dd>"
    last = _moment(card["last_received_at"])
    yield f"<dt>from them</dt><dd>{card['received']:,}, last {last}</dd>"
    yield f"<dt>from you</dt><dd>{card['sent']:,}, last {_moment(card['last_sent_at'])}</dd></dl>"


def _concluded(concluded: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>What was concluded, and from what</h2>"
    if not concluded["matters"]:
        yield '<p class="soft">Nothing is open.</p>'
    for matter in concluded["matters"]:
        low, high = matter["interval_90"]
        yield f"<article><h3>{_text(matter['matter'] or '(no subject)')}</h3><dl>"
        yield f"<dt>asked</dt><dd>{_moment(matter['asked_at'])}</dd>"
        yield (
            "<dt>reply probability</dt><dd>"
            f"{100 * matter['probability']:.1f} % "
            f"(90 % interval {100 * low:.1f} to {100 * high:.1f} %)</dd>"
        )
        for reason in matter["reasons"]:
            yield f"<dt>why</dt><dd>{_text(reason[0])}</dd>"
        yield f"<dt>message</dt><dd>{_text(matter['message_id'])}</dd></dl></article>"
    yield "<dl>"
    for what, times in concluded["outcomes"].items():
        often = "once" if times == 1 else f"{times:,} times"
        yield f"<dt>{_text(what.replace('_', ' '))}</dt><dd>{often}</dd>"
    yield "</dl>"
    yield from _workplace(concluded["workplace"])
    yield from _signs(concluded["signs"])
    yield from _promises(concluded["promises"])


def _workplace(found: Mapping[str, Any] | None) -> Iterator[str]:
    if not found:
        return
    yield "<h2>Where they work</h2><dl>"
    for name in ("organisation", "role", "city"):
        if found[name]:
            yield f"<dt>{name}</dt><dd>{_text(found[name])}</dd>"
    for move in found["moves"]:
        said = f"{move['before']}, now {move['now'] or 'not reached'} ({move['seen_in']})"
        yield f"<dt>seen by {_text(move['rule'].replace('_', ' '))}</dt><dd>{_text(said)}</dd>"
    yield "</dl>"


def _signs(votes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if votes:
        yield "<h2>Signs for commitment and for holding back</h2>"
    for vote in votes:
        sign = vote["evidence"]
        ruled = ", overruled by you" if sign["is_overruled"] else ""
        yield f"<article><time>{_moment(sign['at'])}</time>"
        yield f'<span class="soft"> {_text(sign["kind"].replace("_", " "))}{ruled}</span>'
        yield f"<pre>{_text(sign['quote'])}</pre>"
        yield f'<p class="soft">{_text(sign["rule"])}, {_text(sign["message_id"])}</p></article>'


def _promises(listed: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if listed:
        yield "<h2>Promises</h2>"
    for one in listed:
        due = f", due {one['due_on']}" if one["due_on"] else ""
        whose = "yours" if one["side"] == "mine" else "theirs"
        yield f'<article><span class="soft">{whose}, {_text(one["state"] + due)}</span>'
        yield f"<h3>{_text(one['what'])}</h3>"
        yield f'<p class="soft">{_text(one["rule"])}, in: {_text(one["subject"])}</p></article>'


def _said(edits: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not edits:
        return
    yield "<h2>What you said</h2><dl>"
    for edit in edits:
        what = " ".join(str(edit[name]) for name in ("first", "second") if edit[name])
        yield f"<dt>{_text(edit['verb'])}</dt><dd>{_text(what)}</dd>"
    yield "</dl>"


def _record(record: Mapping[str, Any]) -> Iterator[str]:
    is_card = record["channel"] == "card"
    way = "" if is_card else f", {_ARROWS.get(record['direction'], 'between others')}"
    yield f"<article><time>{_text(record['at'] or ('' if is_card else 'no date'))}</time>"
    yield f'<span class="soft"> {_text(record["channel"])}{way}</span>'
    yield f"<h3>{_text(record['subject'] or '(no subject)')}</h3>"
    people = ", ".join(f"{role} {address}" for role, address in record["people"])
    yield "" if is_card else f'<p class="soft">{_text(people)}</p>'
    for part in ("new_text", "forwarded", "signature"):
        if record[part]:
            yield f"<pre>{_text(record[part])}</pre>"
    for place in record["lies_in"]:
        yield f'<p class="soft">lies in {_text(place)}</p>'
    yield "</article>"
