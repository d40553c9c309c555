"""The reliability picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from gonequiet.analysis.silence.picture import render_reliability_svg, render_reliability_text
from gonequiet.stats.scoring import ReliabilityBand

BANDS = (
    ReliabilityBand(low=0.0, high=0.1, n=900, said=0.04, happened=0.05),
    ReliabilityBand(low=0.2, high=0.3, n=212, said=0.25, happened=0.24),
)


def test_the_text_says_how_often_and_what_came_true() -> None:
    lines = render_reliability_text(BANDS).splitlines()
    assert lines[1].startswith("we said   20-30 %    212 times;  24 % came true")
    assert max(map(len, lines)) <= 80


def test_the_svg_is_well_formed_and_readable_without_seeing_it() -> None:
    root = ET.fromstring(render_reliability_svg(BANDS))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}circle")) == 2
    described = root.find(f"{space}desc")
    assert described is not None
    assert "said 20 to 30 per cent 212 times, 24 per cent came true" in (described.text or "")
    assert not list(root.iter(f"{space}script"))


def test_nothing_said_is_said() -> None:
    assert "Nothing was said yet" in render_reliability_text(())
    ET.fromstring(render_reliability_svg(()))
