"""The reliability picture: what was said against what came true, as text and as SVG.

Both are pure functions of the reliability bands. The SVG carries a title, a description and no
script; its colours come from the page (`currentColor`), so it works in light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence

from gonequiet.stats.scoring import ReliabilityBand

_SIZE = 320
_MARGIN = 44
_BAR = 28  # columns of the text picture


def render_reliability_text(bands: Sequence[ReliabilityBand]) -> str:
    """One line a band: "we said 20-30 % 212 times; 24 % came true", with a bar."""
    if not bands:
        return "Nothing was said yet whose outcome is known."
    return "\n".join(_text_line(band) for band in bands)


def _text_line(band: ReliabilityBand) -> str:
    said = f"{100 * band.low:.0f}-{100 * band.high:.0f} %"
    bar = list("." * _BAR)
    bar[: round(_BAR * band.happened)] = "#" * round(_BAR * band.happened)
    bar[min(_BAR - 1, int(_BAR * band.said))] = "|"
    times = "time" if band.n == 1 else "times"
    words = f"we said {said:>9} {band.n:>6} {times}; {100 * band.happened:>3.0f} % came true"
    return f"{words}  [{''.join(bar)}]"


def render_reliability_svg(bands: Sequence[ReliabilityBand]) -> str:
    """The diagonal is honesty; a dot's area is how often its band was said."""
    most = max((band.n for band in bands), default=1)
    dots = "\n".join(_dot(band, most) for band in bands)
    low, high = _MARGIN, _SIZE - _MARGIN
    words = "; ".join(_sentence(band) for band in bands) or "nothing was said yet"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img"
 aria-labelledby="reliability-title reliability-text" fill="none" stroke="currentColor">
<title id="reliability-title">What was said against what came true</title>
<desc id="reliability-text">{words}.</desc>
<rect x="{low}" y="{low}" width="{high - low}" height="{high - low}" stroke-opacity="0.3"/>
<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke-dasharray="4 4" stroke-opacity="0.6"/>
{dots}
<g fill="currentColor" stroke="none" font-size="12" text-anchor="middle">
<text x="{_SIZE // 2}" y="{_SIZE - 12}">said, per cent</text>
<text x="16" y="{_SIZE // 2}" transform="rotate(-90 16 {_SIZE // 2})">came true, per cent</text>
<text x="{low}" y="{high + 16}">0</text><text x="{high}" y="{high + 16}">100</text>
<text x="{low - 14}" y="{high}">0</text><text x="{low - 14}" y="{low + 4}">100</text>
</g>
</svg>
"""


def _at(share: float) -> float:
    return round(_MARGIN + share * (_SIZE - 2 * _MARGIN), 1)


def _dot(band: ReliabilityBand, most: int) -> str:
    radius = round(3.0 + 9.0 * float(band.n / most) ** 0.5, 1)
    x, y = _at(band.said), _at(1.0 - band.happened)
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="currentColor" fill-opacity="0.35">'
        f"<title>{_sentence(band)}</title></circle>"
    )


def _sentence(band: ReliabilityBand) -> str:
    return (
        f"said {100 * band.low:.0f} to {100 * band.high:.0f} per cent {band.n} times, "
        f"{100 * band.happened:.0f} per cent came true"
    )
