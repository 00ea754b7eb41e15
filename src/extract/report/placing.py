"""Where a figure stands in its sentence as read.

The tables give raw offsets, and a sentence's text leaves out page breaks and the typesetter's spaces; how many
characters were left out before a figure is its *shift*. Shifts never fall along a sentence and end at the length of the
raw span less the length of the text, which settles most of them. Where a figure stands twice within reach, the places
with the fewest changes of shift are taken, because a page break is left out in one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_MOST = 24
"""Places of one figure that are weighed against each other; no printed sentence comes near."""
_SKIP = 6
"""What leaving a figure out costs, in changes of shift."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure to place: its raw span, relative to the sentence's start, and how it is printed."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class _Path:
    """The cheapest way to the place of one mark: its cost, its end in the text, the shift behind it, the places."""

    cost: int
    end: int
    shift: int
    places: tuple[tuple[int, int] | None, ...]


def fold(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, one to one.

    >>> fold("４１．２％"), fold("合计")
    ('41.2%', '合计')
    """
    return text.translate(_FOLD)


def squeeze(text: str) -> str:
    """Folded and without white space, in which a figure and its place are compared.

    >>> squeeze("3.4 个\\n百分点"), squeeze("")
    ('3.4个百分点', '')
    """
    return "".join(fold(text).split())


def place_marks(text: str, length: int, marks: Sequence[Mark]) -> list[tuple[int, int] | None]:
    """The half-open span of each mark in the sentence's text, None where it does not stand there.

    `length` is that of the raw span; marks come in order and do not overlap.

    >>> place_marks("今年3个，明年3个。", 12, [Mark(2, 5, "3 个"), Mark(8, 11, "3 个")])
    [(2, 4), (7, 9)]
    >>> place_marks("今年无。", 4, [Mark(2, 3, "3")])
    [None]
    """
    folded = fold(text)
    if len(text) == length and all(folded[mark.start : mark.end] == fold(mark.surface) for mark in marks):
        return [(mark.start, mark.end) for mark in marks]
    total = max(0, length - len(text))
    paths = [_Path(0, 0, 0, ())]
    for mark in marks:
        spans = _spans(folded, mark, total)
        paths = _extend(paths, mark, spans)
    best = min(paths, key=lambda path: path.cost + (path.shift != total))
    return list(best.places)


def _extend(paths: list[_Path], mark: Mark, spans: list[tuple[int, int]]) -> list[_Path]:
    """Every path, led to each of the mark's spans by the cheapest way, or past the mark."""
    found: list[_Path] = []
    for start, end in spans:
        shift = mark.start - start
        ways = [path for path in paths if path.end <= start and path.shift <= shift]
        if ways:
            way = min(ways, key=lambda path: path.cost + (path.shift != shift))
            cost = way.cost + (way.shift != shift)
            found.append(_Path(cost, end, mark.end - end, (*way.places, (start, end))))
    past = min(paths, key=lambda path: path.cost)
    found.append(_Path(past.cost + _SKIP, past.end, past.shift, (*past.places, None)))
    return found


def _spans(folded: str, mark: Mark, total: int) -> list[tuple[int, int]]:
    """The spans where the mark's characters stand in the text, at most `total` before its raw place.

    A run of digits is taken whole: 3 is not found inside 13.
    """
    letters = squeeze(mark.surface)
    if not letters:
        return []
    pattern = r"\s*+".join(map(regex.escape, letters))
    if letters[0].isdecimal():
        pattern = r"(?<!\d)" + pattern
    if letters[-1].isdecimal():
        pattern += r"(?!\d)"
    first = max(0, mark.start - total)
    spans: list[tuple[int, int]] = []
    for found in regex.compile(pattern).finditer(folded, first, overlapped=True):
        if found.start() > mark.start or len(spans) == _MOST:
            break
        spans.append(found.span())
    return spans
