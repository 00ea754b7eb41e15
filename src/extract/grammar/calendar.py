"""What a time expression means, before it is known which year is spoken of: forms that become days.

Needs no text: the scanner of `periods` builds a form from the words. Gives the first and last day once the date of
the document (`reference`) and the days under discussion (`current`) are known.

Why forms and not days at once: the year of 11月底 stands two sentences earlier or in the masthead, and is settled by
the stage that walks through the document, long after the words were read.

Weeks run from Monday (GB/T 7408.1). A day 0 is the last of its month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from extract.grammar.mentions import Period
from extract.grammar.numerals import parse_numeral

Base = Literal["given", "reference", "context"]
Days = tuple[date | None, date | None]
Reference = date | None
Current = tuple[date, date] | None

UNKNOWN: Days = (None, None)
# 二O二三年 and 二0二三年 are common misprints of 二〇二三年.
_ZEROS = str.maketrans("OＯ0", "〇〇〇")
# Two digits without one of these are an estimate (三五年), more are a year.
_PLACES = frozenset("十百千")
# A month so far ahead of the document's own, in a document of the first months, is one of the year before.
_MONTHS_AHEAD = 8
_REVIEW_MONTHS = 3


@lru_cache(maxsize=4096)
def whole_number(numeral: str) -> int | None:
    """The value of a run of digits or of a Chinese numeral; None where it has none (几, 三五).

    >>> [whole_number(n) for n in ("28", "十二", "二十", "两", "二〇二三", "一百二十")]
    [28, 12, 20, 2, 2023, 120]
    >>> whole_number("几") is None
    True
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if len(numeral) == 2 and not _PLACES.intersection(numeral):
        return None
    value = parse_numeral(numeral.translate(_ZEROS))
    return None if value is None or value % 1 else int(value)


def day_of(year: int, month: int, day: int) -> date:
    """The calendar day; day 0 is the last of the month. Raises ValueError for a day that does not exist.

    >>> day_of(2024, 2, 0)
    datetime.date(2024, 2, 29)
    """
    return date(year, month, day or _last_of(year, month))


def _last_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def shift_years(day: date, years: int) -> date:
    """The same day of another year; a month's last day stays its last day (29 February becomes the 28th).

    >>> shift_years(date(2024, 2, 29), -1)
    datetime.date(2023, 2, 28)
    """
    at_end = day.day == _last_of(day.year, day.month)
    return day_of(day.year + years, day.month, 0 if at_end else day.day)


def shift_months(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months away."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def year_of_review(reference: date) -> int:
    """The year that a document looks back on: its own, in its first quarter the year before."""
    return reference.year - (reference.month <= _REVIEW_MONTHS)


class Form(Protocol):
    """The meaning of a time expression; `days` raises ValueError for days that do not exist."""

    @property
    def anchored(self) -> bool:
        """Whether the expression itself, or the document's date, settles it."""

    def days(self, reference: Reference, current: Current) -> Days:
        """First and last day, inclusive; None where they are not settled."""


class Year(NamedTuple):
    """Which year: the year itself (`given`), or so many years from the document's or the one under discussion."""

    base: Base
    shift: int

    def number(self, reference: Reference, current: Current) -> int | None:
        """The year, None where its base is unknown."""
        if self.base == "given":
            return self.shift
        if self.base == "context" and current is not None:
            return current[1].year + self.shift
        return None if reference is None else reference.year + self.shift

    def after(self, earlier: Year) -> Year:
        """This year, where the context is an expression just read (2023年12月至次年3月)."""
        return Year(earlier.base, earlier.shift + self.shift) if self.base == "context" else self


THIS_YEAR = Year("context", 0)


@lru_cache(maxsize=512)
def given_year(year: int) -> Year:
    """The year itself."""
    return Year("given", year)


@dataclass(frozen=True, slots=True)
class Calendar:
    """From a day of one year to a day of another or the same.

    `since` runs on to the date of the document. `ahead` is a deadline (12月底前), never in the year before it.
    """

    first_year: Year
    first: tuple[int, int]
    last_year: Year
    last: tuple[int, int]
    since: bool = False
    ahead: bool = False

    @property
    def anchored(self) -> bool:
        return self.first_year.base != "context"

    def days(self, reference: Reference, current: Current) -> Days:
        first_year = self.first_year.number(reference, current)
        last_year = self.last_year.number(reference, current)
        if first_year is None or last_year is None:
            return UNKNOWN
        if current is None and self._lies_back(reference):
            first_year, last_year = first_year - 1, last_year - 1
        first = day_of(first_year, *self.first)
        if self.since:
            return first, reference if reference is not None and reference >= first else None
        last = day_of(last_year + (last_year == first_year and self.last[0] < self.first[0]), *self.last)
        if last < first:
            raise ValueError(f"{last} is before {first}")
        return first, last

    def _lies_back(self, reference: Reference) -> bool:
        """Whether months without a year (12月 in a text of January) are those of the year before."""
        if reference is None or self.ahead or not self.first_year == self.last_year == THIS_YEAR:
            return False
        return self.first != (1, 1) and self.last[0] - reference.month > _MONTHS_AHEAD

    def last_day(self) -> Calendar:
        """The day it ends on."""
        return Calendar(self.last_year, self.last, self.last_year, self.last, ahead=self.ahead)


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Days of a month that is not named (18日, 本月, 上月底, 上旬)."""

    base: Base
    shift: int
    first: int = 1
    last: int = 0

    @property
    def anchored(self) -> bool:
        return self.base != "context"

    def days(self, reference: Reference, current: Current) -> Days:
        anchor = reference
        if self.base == "context" and current is not None and current[0].replace(day=1) == current[1].replace(day=1):
            anchor = current[1]
        if anchor is None:
            return UNKNOWN
        year, month = shift_months(anchor, self.shift)
        first, last = day_of(year, month, self.first), day_of(year, month, self.last)
        if self.base == "context" and anchor is reference and self.first > 1 and (first - anchor).days > 15:
            year, month = shift_months(anchor, self.shift - 1)
            first, last = day_of(year, month, self.first), day_of(year, month, self.last)
        return first, last


@dataclass(frozen=True, slots=True)
class DayShift:
    """So many days from the document's date or the day under discussion (今天, 昨天, 次日)."""

    base: Base
    shift: int

    @property
    def anchored(self) -> bool:
        return self.base != "context"

    def days(self, reference: Reference, current: Current) -> Days:
        anchor = reference
        if self.base == "context" and current is not None and current[0] == current[1]:
            anchor = current[1]
        if anchor is None:
            return UNKNOWN
        day = anchor + timedelta(days=self.shift)
        return day, day


@dataclass(frozen=True, slots=True)
class Week:
    """A week, or days of it counted from Monday as 0, so many weeks from that of the document's date."""

    shift: int
    first: int = 0
    last: int = 6

    @property
    def anchored(self) -> bool:
        return True

    def days(self, reference: Reference, current: Current) -> Days:
        if reference is None:
            return UNKNOWN
        monday = reference + timedelta(days=7 * self.shift - reference.weekday())
        return monday + timedelta(days=self.first), monday + timedelta(days=self.last)


@dataclass(frozen=True, slots=True)
class Lapse:
    """So many units; `sense` says where they lie.

    `recent` ends with the year under discussion (近5年, 连续3年) or the document's day (最近三天), `past` besides not
    after the year that the document looks back on (过去一年, 五年来). `future` begins the year, month or day after,
    `running` with the document's year (今明两年), `within` with the one under discussion (2年内). `lead` and `tail` are
    the first and last years of a longer stretch under discussion (“十四五”前三年), `whole` is that stretch itself if it
    is as long (这3年).
    """

    count: int | None
    unit: str
    sense: str

    @property
    def anchored(self) -> bool:
        return False

    def days(self, reference: Reference, current: Current) -> Days:
        if not self.count:
            return UNKNOWN
        if self.unit == "year":
            return self._years(self.count, reference, current)
        if self.sense not in ("past", "recent", "future") or reference is None:
            return UNKNOWN
        forward = self.sense == "future"
        if self.unit in ("month", "quarter"):
            months = self.count * (3 if self.unit == "quarter" else 1)
            first = day_of(*shift_months(reference, 1 if forward else 1 - months), 1)
            return first, day_of(*shift_months(reference, months if forward else 0), 0)
        days = self.count * (7 if self.unit == "week" else 1)
        if forward:
            return reference + timedelta(days=1), reference + timedelta(days=days)
        return reference - timedelta(days=days - 1), reference

    def _years(self, count: int, reference: Reference, current: Current) -> Days:
        if self.sense in ("lead", "tail", "whole", "within"):
            if current is None:
                return UNKNOWN
            begin, end = current[0].year, current[1].year
            length = end - begin + 1
            if self.sense == "within":
                return _whole_years(begin, begin + count - 1)
            if self.sense == "whole":
                return _whole_years(begin, end) if length == count else UNKNOWN
            if length <= count:
                return UNKNOWN
            begin = begin if self.sense == "lead" else end - count + 1
            return _whole_years(begin, begin + count - 1)
        if self.sense == "running":
            return UNKNOWN if reference is None else _whole_years(reference.year, reference.year + count - 1)
        years = [] if current is None or (self.sense == "future" and reference) else [current[1].year]
        if reference is not None and (self.sense == "past" or not years):
            years.append(year_of_review(reference))
        if not years or self.sense not in ("past", "recent", "future"):
            return UNKNOWN
        if self.sense == "future":
            return _whole_years(years[0] + 1, years[0] + count)
        return _whole_years(min(years) - count + 1, min(years))


def _whole_years(first: int, last: int) -> Days:
    return date(first, 1, 1), date(last, 12, 31)


@dataclass(frozen=True, slots=True)
class SameSpan:
    """The days under discussion moved to another year: one year back (同期), or to the year that is named."""

    year: Year | None = None

    @property
    def anchored(self) -> bool:
        return False

    def days(self, reference: Reference, current: Current) -> Days:
        if current is None:
            return UNKNOWN
        shift = -1
        if self.year is not None:
            year = self.year.number(reference, current)
            if year is None:
                return UNKNOWN
            # A year counted from a later document can come out as the year itself; a base is never its own comparison.
            shift = year - current[1].year if year < current[1].year or self.year.base == "given" else -1
        return shift_years(current[0], shift), shift_years(current[1], shift)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day fixed by the context alone: its first (期初) or last (期末), or the document's own (目前)."""

    which: str

    @property
    def anchored(self) -> bool:
        return self.which == "now"

    def days(self, reference: Reference, current: Current) -> Days:
        if self.which == "now":
            return reference, reference
        if current is None:
            return UNKNOWN
        day = current[0] if self.which == "open" else current[1]
        return day, day


@dataclass(frozen=True, slots=True)
class OpenPeriod(Period):
    """A period with its meaning, from which the days that its words leave open are found; None where nothing can."""

    form: Form | None = None
