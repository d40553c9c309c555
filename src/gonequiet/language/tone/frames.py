"""Frames: kinds of words in an order that offends, whatever the words are.

A frame is written as its parts in a row::

    @you never|hardly @answer     one word (or kind, with an @) of each part, in this order;
                                  up to two other words may stand between
    @you promised ... nothing     `...`: up to six words between
    ^just checking                `^`: among the first three words
    back$                         `$`: the last word; alone, the end of the sentence
    why ... @you ?                `?`, `!`: the sentence has that mark
    !if !@detail                  not where one of these stands anywhere in the sentence

A frame says only that a sentence has this shape. How much that speaks for a mark is weighed with
everything else (`weighing`), so that a frame which business mail has too weighs little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from zlib import crc32

from gonequiet.language.tone.kinds import Places

END: Final = "$"
_NEAR: Final = 3
_WIDE: Final = 7
_FAR: Final = 13
_GAPS: Final = {"...": _WIDE, "....": _FAR}
_FIRST_WORDS: Final = 0b111
_MARKS: Final = frozenset("?!")
_ANYWHERE: Final = frozenset({"?", "!", END})


class Part(NamedTuple):
    """A part of a frame.

    Attributes:
        symbols: one of these stands here.
        opening: of these, those that count only among the first words.
        closing: of these, those that count only as the last word.
        reach: how many words after the part before it may stand.
    """

    symbols: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    reach: int


class Frame(NamedTuple):
    """A frame, ready to be looked for.

    Attributes:
        rule: what it speaks for.
        name: what its weight is kept under; the same as long as it is written the same.
        parts: in order.
        without: none of these may stand in the sentence.
    """

    rule: str
    name: str
    parts: tuple[Part, ...]
    without: tuple[str, ...]

    def stands_in(self, places: Places, length: int) -> bool:
        """Whether a sentence of so many words has this shape."""
        if not places.keys().isdisjoint(self.without):
            return False
        reached = -1
        for part in self.parts:
            here = _where(part, places, length) & reached
            if not here:
                return False
            reached = _after(here, part, length)
        return True


class FrameError(ValueError):
    """A frame in a data file is not written as the notation has it."""


def read_frame(written: str, rule: str) -> Frame:
    """Returns a frame.

    Raises:
        FrameError: it has no part.
    """
    parts: list[Part] = []
    without: list[str] = []
    reach = _NEAR
    for word in written.split():
        if word in _GAPS:
            reach = _GAPS[word]
        elif word[0] == "!" and word != "!" and "|" not in word:
            without.append(word[1:])
        else:
            parts.append(_part(word, reach))
            reach = _NEAR
    if not parts:
        raise FrameError(f"Nothing in the frame '{written}' must occur; add a word that does.")
    return Frame(rule, f"F{crc32(written.encode()):08x}", _with_reach(parts), tuple(without))


def _part(written: str, reach: int) -> Part:
    opening, closing, symbols = set(), set(), []
    for each in written.split("|"):
        symbol = each.removeprefix("^")
        symbol = symbol if symbol == END else symbol.removesuffix("$")
        symbols.append(symbol)
        if each.startswith("^"):
            opening.add(symbol)
        if each.endswith("$") and each != END:
            closing.add(symbol)
    return Part(frozenset(symbols), frozenset(opening), frozenset(closing), reach)


def _with_reach(parts: list[Part]) -> tuple[Part, ...]:
    """The parts, each with the reach of what follows it: that is how they are gone through."""
    reaches = [part.reach for part in parts[1:]] + [_NEAR]
    return tuple(
        part._replace(reach=_FAR * 100 if _ANYWHERE & set(after) & _MARKS else reach)
        for part, reach, after in zip(
            parts, reaches, [part.symbols for part in parts[1:]] + [()], strict=True
        )
    )


def _where(part: Part, places: Places, length: int) -> int:
    found = 0
    for symbol in places.keys() & part.symbols:
        here = places[symbol]
        if symbol in part.opening:
            here &= _FIRST_WORDS
        if symbol in part.closing:
            here &= 1 << length - 1
        found |= here
    return found


def _after(here: int, part: Part, length: int) -> int:
    """The places within reach behind some places."""
    if part.reach > _FAR:
        return -1
    behind = 0
    for step in range(1, part.reach + 1):
        behind |= here << step
    return behind & ((1 << length + 1) - 1)


class Frames:
    """Frames, each tried only where a part of it that few sentences have stands."""

    def __init__(self, frames: Iterable[Frame], common: Collection[str] = ()) -> None:
        """Takes the frames; a part with a symbol in `common` is no good to look them up by."""
        self._by_symbol: dict[str, list[Frame]] = {}
        for frame in frames:
            for symbol in set(_rarest(frame, common).symbols):
                self._by_symbol.setdefault(symbol, []).append(frame)

    def found_in(self, places: Places, length: int) -> Iterator[Frame]:
        """Yields each frame that a sentence of so many words has."""
        tried: set[str] = set()
        for symbol in places.keys() & self._by_symbol.keys():
            for frame in self._by_symbol[symbol]:
                if frame.name not in tried:
                    tried.add(frame.name)
                    if frame.stands_in(places, length):
                        yield frame


def _rarest(frame: Frame, common: Collection[str]) -> Part:
    return min(
        frame.parts,
        key=lambda part: (sum(symbol in common for symbol in part.symbols), len(part.symbols)),
    )


def symbols_of(frames: Iterable[Frame]) -> set[str]:
    """Returns every symbol that some frames name, but for kinds."""
    named = {symbol for frame in frames for part in frame.parts for symbol in part.symbols}
    named |= {symbol for frame in frames for symbol in frame.without}
    return {symbol for symbol in named if not symbol.startswith("@")}


def unknown_kinds(frames: Iterable[Frame], kinds: Mapping[str, object]) -> set[str]:
    """Returns the kinds that some frames name and nobody has described."""
    named = {symbol for frame in frames for part in frame.parts for symbol in part.symbols}
    named |= {symbol for frame in frames for symbol in frame.without}
    return {name for name in named if name.startswith("@") and name not in kinds}
