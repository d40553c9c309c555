"""The made-up demo mailbox and the truth about it.

`generate` makes a year and a half of a consultant's mail: the same seed gives the same bytes.
"""

from gonequiet.demo.folders import DemoFile
from gonequiet.demo.making import DemoMailbox, generate
from gonequiet.demo.truth import Truth

__all__ = ["DemoFile", "DemoMailbox", "Truth", "generate"]
