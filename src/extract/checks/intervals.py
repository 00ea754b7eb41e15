"""Arithmetic with printed figures: what a figure may stand for, carried through sums, ratios and growth.

A printed figure stands for every value that rounds to it: half a unit of its last printed digit to either side. Things
counted out in full (640个) stand for themselves. A comparator opens the interval to one side, as far as the next
figure a writer would have named: 超600 is 600 to 700, 不足80 is 70 to 80, 约5.5% is 5.4 to 5.6.

Why not a tolerance in percent: it is too wide for figures printed to the hundredth and too narrow for 五分之一.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.patterns import Pattern

ZERO, HUNDRED = Decimal(0), Decimal(100)
_HALF = Decimal("0.5")
_ARABIC = Pattern(r"\d[\d,，]*+(?:[.．]\d++)?")
_FRACTION = Pattern(r"分之|半")
_WHOLE_UNITS = frozenset(["count", "person", "rank"])
_ONE, _TEN = Decimal(1), Decimal(10)
_PLAIN = str.maketrans("．", ".", ",，")


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the bounds of what it may stand for.

    >>> ratio = Interval.around("3", "0.5") / Interval.around("2", "0")
    >>> str(ratio.low), str(ratio.value), str(ratio.high)
    ('1.25', '1.5', '1.75')
    """

    low: Decimal
    value: Decimal
    high: Decimal

    @classmethod
    def around(cls, value: Decimal | str, half: Decimal | str = ZERO) -> Interval:
        """A value and half a unit of its last digit to either side."""
        if isinstance(value, str):
            value = Decimal(value)
        if isinstance(half, str):
            half = Decimal(half)
        return cls(value - half, value, value + half)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.value - other.value, self.high - other.low)

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be zero."""
        if other.low <= ZERO <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        corners = [top / bottom for top in (self.low, self.high) for bottom in (other.low, other.high)]
        return Interval(min(corners), self.value / other.value, max(corners))

    def times(self, factor: Decimal | int) -> Interval:
        """All three bounds times a positive factor."""
        return Interval(self.low * factor, self.value * factor, self.high * factor)

    def root(self, degree: int) -> Interval:
        """The root of positive bounds; raises ZeroDivisionError where a bound is not positive.

        >>> round(Interval.around("1.21").root(2).value, 6)
        Decimal('1.100000')
        """
        if self.low <= ZERO:
            raise ZeroDivisionError("the root of what may be zero")
        exponent = _ONE / degree
        return Interval(self.low**exponent, self.value**exponent, self.high**exponent)

    def slack(self, stated: Interval) -> Decimal:
        """How far the stated value may lie from this one, on the side on which it lies."""
        if stated.value >= self.value:
            return (self.high - self.value) + (stated.value - stated.low)
        return (self.value - self.low) + (stated.high - stated.value)


class Numeral(NamedTuple):
    """A printed figure in base units: its bounds with and without its comparator.

    `factor` is base units per printed unit, `digits` the printed decimals, `unit` one unit of the last printed digit in
    base units; of a Chinese numeral, the distance to the next one.
    """

    interval: Interval
    plain: Interval
    factor: Decimal
    digits: int
    unit: Decimal


def read_numeral(figure: str, base_value: float, base_unit: str | None, comparator: str) -> Numeral | None:
    """What a printed figure stands for; `base_value` without its sign. None where the print is no plain numeral.

    >>> read_numeral("110.4%", 110.4, "%", "=").interval.low
    Decimal('110.35')
    >>> read_numeral("640个", 640.0, "count", "=").interval.high
    Decimal('640')
    >>> read_numeral("600人", 600.0, "person", ">").interval.high
    Decimal('700')
    >>> read_numeral("1—2项", 1.0, "count", "=") is None
    True
    """
    printed = _ARABIC.findall(figure)
    value = Decimal(int(base_value)) if base_value.is_integer() else Decimal(str(base_value))
    if len(printed) > 1:
        return None
    if printed:
        numerals = printed[0].translate(_PLAIN)
        digits = len(numerals.partition(".")[2])
        bare = Decimal(numerals)
        factor = value / bare if bare else _ONE
        unit = factor.scaleb(-digits)
        place = unit if comparator == "=" else _place(bare) * factor
    else:
        digits, factor = 0, _ONE
        unit = place = _chinese_step(figure, value)
    whole = digits == 0 and unit == factor == _ONE and base_unit in _WHOLE_UNITS
    plain = Interval.around(value, ZERO if whole else unit * _HALF)
    return Numeral(plain if comparator == "=" else _opened(value, place, comparator), plain, factor, digits, unit)


def _opened(value: Decimal, place: Decimal, comparator: str) -> Interval:
    """The bounds of a figure with a comparator, as far as the next figure a writer would have named."""
    low = value if comparator in (">", ">=") else value - place
    high = value if comparator in ("<", "<=") else value + place
    return Interval(low, value, high)


def _place(value: Decimal) -> Decimal:
    """The place of the last digit that is not a closing zero of a whole number: 100 for 600, 0.1 for 5.0."""
    exponent = int(value.as_tuple().exponent)
    if exponent < 0 or not value:
        return _ONE.scaleb(exponent)
    return _ONE.scaleb(int(value.normalize().as_tuple().exponent))


def _chinese_step(figure: str, value: Decimal) -> Decimal:
    """The distance to the next figure a writer would have named: 七成 10, 五分之一 the way to 六分之一, 三百 100."""
    if "一半" in figure or "成" in figure or figure == "半数":
        return _TEN
    if _FRACTION.search(figure) and ZERO < value < HUNDRED:
        parts = HUNDRED / value
        return value - HUNDRED / (parts + 1)
    return _place(value)
