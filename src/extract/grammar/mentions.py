"""What the grammar finds, before it is said what a figure means. All spans are half-open, in the text that was read.

Mentions of one kind never overlap; the kinds are found in the order phrases, periods, quantities, and a later kind
leaves alone what an earlier one has claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Numeral(NamedTuple):
    """A run of Arabic digits with its decimal part and separators, or a Chinese numeral; `value` is exact."""

    start: int
    end: int
    value: Decimal | None


class Quantity(NamedTuple):
    """A number with its unit.

    `start`, `end` span the figure: numeral and unit, 多 or 余 between them included, comparators around it left out.
    `outer_start`, `outer_end` take the comparators in. `unit` is as printed without spaces, None for a bare number.
    `base_value` is `value` times the unit's factor, exact, in `base_unit`; all three None for an unknown unit.
    `value_high` is the upper end of a printed range. `comparator` is one of = >= > <= < ~.
    `numerals` are the one or two numerals inside (two for a range). `rule` names the construction that was read.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    base_value: Decimal | None
    base_value_high: Decimal | None
    base_unit: str | None
    comparator: str
    numerals: tuple[Numeral, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Period:
    """A date, a stretch of time or a duration that places something in time.

    `first` and `last` are inclusive days, None when the text and its date do not settle them (近几年, 3年来 without an
    anchor). `grain` is one of `day`, `month`, `quarter`, `half`, `year`, `span` (several of them), `plan` (五年规划),
    `duration` (两年内, 近5年, 连续3年), `season`. `point` is true for a day that a stock speaks of (截至11月底, 到2025年, 年末).
    `anchored` is false when a part was taken from the context (the year of 11月底, the whole of 全年).
    """

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str
    point: bool
    anchored: bool
    numerals: tuple[Numeral, ...]
    rule: str


class Phrase(NamedTuple):
    """A closed phrase whose numerals are no figures: `role` is `name`, `ordinal`, `contact`, `page`, `artefact`,
    `idiom`, `condition` or `date`."""

    start: int
    end: int
    role: str
    rule: str
