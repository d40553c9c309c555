"""HTML mail as the text its reader sees, with quotations marked "> " as in plain mail.

One pass of linear patterns, no document tree: a tree built from hostile HTML (a hundred thousand
open tags) grows with the square of its input, and mail needs lines and quotations, not layout.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

MAX_HTML_CHARS = 1_048_576
_MAX_QUOTE_DEPTH = 9
_MAX_RUN = 60

_BREAK, _BLOCK, _PARAGRAPH, _QUOTE, _UNQUOTE = "\x01", "\x02", "\x03", "\x04", "\x05"
_BLOCKS = [
    "div",
    "p",
    "tr",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "center",
    "form",
    "header",
    "footer",
    "section",
    "article",
    "address",
    "body",
    "html",
    "blockquote",
    "pre",
    "hr",
    "fieldset",
]
_MARKS = {
    **{name: _BLOCK for block in _BLOCKS for name in (block, "/" + block)},
    **dict.fromkeys(("p", "/p", "ul", "/ul", "ol", "/ol", "h1", "h2", "h3", "/h1"), _PARAGRAPH),
    "br": _BREAK,
    "br/": _BREAK,
    "li": _BLOCK + "- ",
    "td": " ",
    "th": " ",
    "hr": _BLOCK + "_" * 32 + _BLOCK,
    "blockquote": _QUOTE,
    "/blockquote": _UNQUOTE,
}
_HIDDEN = (("<!--", "-->"), ("<style", "</style"), ("<script", "</script"), ("<title", "</title"))
# Word and Outlook write every line as a paragraph, and an empty one for a blank line.
_OFFICE_MARKS = {**_MARKS, "p": _BLOCK, "/p": _BLOCK}
# No "<" inside the tag: many that never end would each be followed to the end of the text.
_PREFORMATTED = re.compile(r"(<pre\b[^<>]*+>)(.*?)(</pre\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?[A-Za-z!?][^\s>]*)[^>]*(?:>|\Z)")
_BREAKS = re.compile("([\x01\x02\x03][ \x01\x02\x03]*)")
_QUOTE_MARK = re.compile("([\x04\x05])")
_ROW_SPACE = "\x06"
_OWN_MARKS = (_BREAK, _BLOCK, _PARAGRAPH, _QUOTE, _UNQUOTE, _ROW_SPACE)
_NO_CHARACTER = re.compile(r"&#[0-9]{100,};?")  # the standard library raises for longer ones
_COMMON = (("&nbsp;", " "), ("&gt;", ">"), ("&lt;", "<"), ("&quot;", '"'), ("&#39;", "'"))


def html_to_text(html: str) -> str:
    """Returns the visible text of an HTML body, at most the first MiB of it."""
    html = _without_hidden(html[:MAX_HTML_CHARS])
    marks = _OFFICE_MARKS if "MsoNormal" in html else _MARKS
    if "<pre" in html or "<PRE" in html:
        html = _PREFORMATTED.sub(_keep_lines, html)
    pieces = _TAG.split(" ".join(html.split()))
    pieces[1::2] = [marks.get(tag.lower(), "") for tag in pieces[1::2]]
    pieces = _BREAKS.split("".join(pieces))
    pieces[::2] = [words.strip(" ") for words in pieces[::2]]
    pieces[1::2] = [_line_ends(run[:_MAX_RUN]) for run in pieces[1::2]]
    return _with_quotes(_without_entities("".join(pieces)).replace(_ROW_SPACE, " "))


def _without_hidden(html: str) -> str:
    """Returns the HTML without what no reader sees; what never ends hides the rest."""
    for mark in _OWN_MARKS:
        if mark in html:
            html = html.replace(mark, "")
    lowered = html.lower() if html.isascii() else _same_length_lower(html)
    for opening, closing in _HIDDEN:
        if opening in lowered:
            html, lowered = _cut(html, lowered, opening, closing)
    return html


def _same_length_lower(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _cut(html: str, lowered: str, opening: str, closing: str) -> tuple[str, str]:
    kept: list[tuple[int, int]] = []
    at, begin = 0, lowered.find(opening)
    while begin >= 0:
        kept.append((at, begin))
        end = lowered.find(closing, begin + len(opening))
        stop = html.find(">", end) if end >= 0 else -1
        at = len(html) if stop < 0 else stop + 1
        begin = lowered.find(opening, at)
    kept.append((at, len(html)))
    return "".join([html[a:b] for a, b in kept]), "".join([lowered[a:b] for a, b in kept])


def _keep_lines(found: re.Match[str]) -> str:
    kept = found[2].replace("\r\n", "\n").replace("\n", "<br>").replace("  ", _ROW_SPACE * 2)
    return f"{found[1]}{kept}{found[3]}"


@lru_cache(maxsize=1024)
def _line_ends(run: str) -> str:
    """Returns the line ends a run of marks makes, as a browser would lay it out."""
    marks = run.replace(" ", "")
    count = marks.count(_BREAK) + (marks[0] != _BREAK)
    if _PARAGRAPH in marks:
        count = max(count, 2)
    return "\n\n" if count > 1 else "\n"


def _without_entities(text: str) -> str:
    if "&" not in text:
        return text
    for written, meant in _COMMON:
        text = text.replace(written, meant)
    if "&#" in text:
        text = _NO_CHARACTER.sub("\ufffd", text)
    return unescape(text).replace("\xa0", " ") if "&" in text else text


def _with_quotes(text: str) -> str:
    if _QUOTE not in text:
        return text.replace(_UNQUOTE, "").replace("\n \n", "\n\n").strip()
    depth, lines = 0, []
    for piece in _QUOTE_MARK.split(text):
        if piece == _QUOTE:
            depth += 1
        elif piece == _UNQUOTE:
            depth = max(0, depth - 1)
            lines.append("")
        elif piece.strip():
            prefix = ">" * min(depth, _MAX_QUOTE_DEPTH) + (" " if depth else "")
            lines += [(prefix + line.strip()).rstrip() for line in piece.strip().split("\n")]
    return "\n".join(lines).strip()
