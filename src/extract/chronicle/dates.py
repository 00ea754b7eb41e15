"""The dates that open a chronicle's entries, and the calendar that gives them year and month.

Needs the text of a line; gives the days an entry speaks of. A range lasts from its first to its last day, a month,
season or year likewise. A date that cannot be (2月30日) has no day and says so; a date whose year is printed nowhere
has no day either.

Seasons are those of meteorology (春 March to May, 冬 December to February of the next year); 初, 上旬 are days 1 to 10,
中, 中旬 11 to 20, 底, 末, 下旬 the rest; the Spring Festival falls between 21 January and 20 February.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import regex

from extract.patterns import Pattern

Precision = Literal["day", "month", "season", "year"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
_N = r"(?:\d{1,2}|[元一二三四五六七八九十廿卅]{1,3})(?!\d)"
_Y = r"(?:\d{4}|[一二三四五六七八九〇○零]{4})"
_TO = r"\s*(?:[～~—–－\-─]{1,2}|至|到)\s*"
_AND = r"\s*[、和]\s*"
_PART = r"上旬|中旬|下旬|上半月|下半月|初|底|末|中(?=[\s，,：:]|$)"
_STOP = r"(?=[\s，,：:*]|$)"
_SPANS: dict[str, tuple[int, int, int, int, Precision]] = {
    "年初": (1, 1, 1, 31, "month"),
    "年中": (6, 1, 6, 30, "month"),
    "年底": (12, 1, 12, 31, "month"),
    "年末": (12, 1, 12, 31, "month"),
    "岁末": (12, 1, 12, 31, "month"),
    "上半年": (1, 1, 6, 30, "season"),
    "下半年": (7, 1, 12, 31, "season"),
    "一季度": (1, 1, 3, 31, "season"),
    "二季度": (4, 1, 6, 30, "season"),
    "三季度": (7, 1, 9, 30, "season"),
    "四季度": (10, 1, 12, 31, "season"),
    "春": (3, 1, 5, 31, "season"),
    "夏": (6, 1, 8, 31, "season"),
    "秋": (9, 1, 11, 30, "season"),
    "冬": (12, 1, 2, 0, "season"),
    "春节": (1, 21, 2, 20, "season"),
}
_PREFIX = Pattern(
    rf"(?:(?P<year>{_Y})\s*(?:年度?|(?={_TO}{_Y}\s*年))|(?P<this>是年|该年|同年(?!级)|(?:本年|当年|今年|全年|年内)(?=[\s，,：:\d])))"
)
_POINT = Pattern(
    rf"""
      (?P<month>{_N})\s*(?:月份?\s*(?:(?P<day>{_N})\s*(?:日|号|(?=(?:{_TO}|{_AND}){_N}\s*日))|(?P<part>{_PART}))?
                         |(?={_TO}{_N}\s*月))
    | (?P<only>{_N})\s*(?:日(?![元本内游龄])|(?=(?:{_TO}|{_AND}){_N}\s*日))
    | (?P<same_day>同日(?!本)|是日|该日|(?:当日|当天|同天|次日|翌日){_STOP})
    | (?P<same_month>该月|同月|是月|(?:本月|当月|月内){_STOP})\s*(?P<of_month>{_PART})?
    | (?P<tenth>(?:上旬|中旬|下旬|月初|月底|月末){_STOP})
    | (?:第)?(?P<span>年初|年中|年底|年末|岁末|上半年|下半年|[一二三四]季度|春节(?=(?:前夕|前后|期间|前|后)?{_STOP})
        |[初开入立]?[春夏秋冬]{{1,2}}(?=(?:季|天|初|末|间|之交)?{_STOP}))(?:季|天|初|末|间|之交|前夕|前后|期间)?
    """,
    regex.VERBOSE,
)
_END = Pattern(
    rf"(?:{_TO}|{_AND})(?:(?P<next>次年|翌年)|(?P<year>{_Y})\s*年)?\s*"
    rf"(?:(?:(?P<month>{_N})\s*月份?)?\s*(?:(?P<day>{_N})\s*[日号](?!元|本)|(?P<part>{_PART})|(?<=[月份])))?"
)
_HEADING = Pattern(
    rf"[\s#*>【〔\[]*+(?:公元|[^（(，。\d]{{1,12}}\d{{0,2}}年?[（(](?:公元)?)?(?P<year>{_Y})\s*(?:年度?|(?=[）)]))"
    rf"\s*(?:(?P<month>{_N})\s*月份?)?(?:大事记要?|大事纪要|大事)?[\s*】〕\]）)]*+(?:[（(][^）)]{{1,16}}[）)])?[\s*:：]*+$"
)
_TITLE_YEAR = Pattern(rf"(?!.*\d{{4}}\D*\d{{4}})[^\d一二]*(?P<year>{_Y})\s*年度?(?:(?P<month>{_N})\s*月份?)?.{{0,12}}$")
_MONTH_HEADING = Pattern(rf"[\s#*【〔\[]*+(?P<month>{_N})\s*月份?(?:大事记?)?[\s*】〕\]]*+$")


@dataclass(frozen=True, slots=True)
class EntryDate:
    """The days of an entry: `last` is None for a single day, `first` where no year or no such day is known."""

    first: date | None
    last: date | None
    precision: Precision
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a printed date; what is not printed is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: its first point, its last point for a range, and its span in the line."""

    first: Point
    last: Point | None
    start: int
    end: int
    surface: str


def parse_number(text: str) -> int:
    """A day, month or year as printed, Arabic or Chinese.

    >>> parse_number("18"), parse_number("十八"), parse_number("廿三"), parse_number("元"), parse_number("一九九六")
    (18, 18, 23, 1, 1996)
    >>> parse_number("")
    Traceback (most recent call last):
    ValueError: no number
    """
    if not text:
        raise ValueError("no number")
    if text.isdecimal():
        return int(text)
    if len(text) == 4:
        return int("".join(str(_DIGITS[c]) for c in text))
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones, 0))


def match_date(text: str, start: int = 0) -> PrintedDate | None:
    """The date that stands at `start` of a line, as printed, None if there is none.

    >>> match_date("3月18～19日 副省长来县").surface
    '3月18～19日'
    >>> match_date("1987年3月，全县大旱").first
    Point(year=1987, month=3, day=None, word=None)
    >>> match_date("该月　县委召开会议").first.word
    '该月'
    >>> match_date("春耕生产全面展开") is None
    True
    """
    prefix = _PREFIX.match(text, start)
    year = parse_number(prefix["year"]) if prefix and prefix["year"] else None
    at = start if prefix is None else prefix.end()
    found = _POINT.match(text, _skip(text, at) if prefix else at)
    if found is not None:
        first, at = replace(_read_point(found), year=year), found.end()
    elif prefix is None or (prefix["year"] and text[at : at + 1] not in ("", *" 　\t，,：:*—～~-至")):
        return None
    else:
        first = Point(year, word="是年")
    last = None
    while (more := _END.match(text, at)) is not None and _closes(more, first):
        last, at = _end_point(more, first), more.end()
    return PrintedDate(first, last, start, at, text[start:at])


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " 　\t，,":
        at += 1
    return at


def _read_point(found: regex.Match[str]) -> Point:
    if found["month"]:
        day = parse_number(found["day"]) if found["day"] else None
        return Point(None, parse_number(found["month"]), day, found["part"])
    if found["only"]:
        return Point(day=parse_number(found["only"]))
    if found["same_month"]:
        return Point(word=found["of_month"] or "该月")
    if found["tenth"]:
        return Point(word=found["tenth"].removeprefix("月"))
    return Point(word=found["same_day"] or found["span"])


def _closes(more: regex.Match[str], first: Point) -> bool:
    """Whether a connector is followed by something that ends the range the first point began."""
    if more["month"] or more["day"] or more["part"]:
        return True
    return more["year"] is not None and first.month is None and first.day is None


def _end_point(more: regex.Match[str], first: Point) -> Point:
    year = parse_number(more["year"]) if more["year"] else None
    if more["next"]:
        year = -1
    month = parse_number(more["month"]) if more["month"] else first.month
    day = parse_number(more["day"]) if more["day"] else None
    whole_year = month is None and day is None and first.word == "是年"
    return Point(year, month, day, "是年" if whole_year else more["part"])


class Calendar:
    """Year and month as a reader carries them down a chronicle.

    `year`, `month` are those of the issue: where no year is printed, a month after the issue's belongs to the year
    before. `lacks_year` turns true when an entry finds no year at all.
    """

    def __init__(self, year: int | None, month: int | None) -> None:
        self._issue = (year, month)
        self._headed: int | None = None
        self._printed: int | None = None
        self._month: int | None = None
        self._section: tuple[str, ...] = ()
        self._previous = EntryDate(None, None, "day")
        self.lacks_year = False

    @property
    def headed(self) -> bool:
        """Whether a heading has given a year."""
        return self._headed is not None

    def enter(self, section: tuple[str, ...]) -> None:
        """Take over year and month from the headings above a block, outermost first."""
        if section != self._section:
            self._section = section
            for heading in section:
                self.read_heading(heading, titled=True)

    def read_heading(self, text: str, *, titled: bool) -> bool:
        """Take over the year or month of a line that is nothing but a year or month; false for any other line."""
        found = _HEADING.match(text)
        if found is None and titled and "大事" in text:
            found = _TITLE_YEAR.match(text)
        if found is not None:
            self._headed = parse_number(found["year"])
            self._month = parse_number(found["month"]) if found["month"] else None
            return True
        month = _MONTH_HEADING.match(text)
        if month is not None:
            self._month = parse_number(month["month"])
        return month is not None

    def resolve(self, printed: PrintedDate) -> EntryDate:
        """The days of a printed date, in the year and month carried so far; the next entry carries on from them."""
        first = printed.first
        if first.word is not None and first.word[-1] in "日天" and first.month is None:
            return self._same_day(first.word)
        if first.year is not None:
            self._printed = first.year
        month = first.month if first.month is not None else self._month
        if first.month is not None and 1 <= first.month <= 12:
            self._month = first.month
        year = first.year if first.year is not None else self._year_of(month)
        start = _bounds(year, month, first)
        end = start if printed.last is None else self._end(printed.last, year, month)
        found = _join(start, end, printed.surface)
        if found.problem is None and year is None:
            self.lacks_year = True
        self._previous = found
        return found

    def repeat(self) -> EntryDate:
        """The date of the entry above (△, 同日)."""
        return replace(self._previous, problem=None)

    def _same_day(self, word: str) -> EntryDate:
        if word in ("次日", "翌日") and self._previous.first is not None:
            day = (self._previous.last or self._previous.first) + timedelta(days=1)
            self._previous = EntryDate(day, None, "day")
        return self.repeat()

    def _year_of(self, month: int | None) -> int | None:
        carried = self._headed if self._headed is not None else self._printed
        if carried is not None:
            return carried
        year, issued = self._issue
        if year is None or month is None or issued is None:
            return year
        return year - 1 if month > issued else year

    def _end(self, last: Point, year: int | None, month: int | None) -> _Days:
        """The last point of a range; a month before the first one's is of the next year."""
        own = year if last.year is None else last.year
        if own == -1:
            own = None if year is None else year + 1
        end = _bounds(own, last.month if last.month is not None else month, last)
        if own is None or last.year is not None or last.month is None or month is None:
            return end
        return _bounds(own + 1, last.month, last) if last.month < month else end


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day of one point; `possible` is false for a date no calendar has."""

    first: date | None
    last: date | None
    precision: Precision
    possible: bool = True


def _bounds(year: int | None, month: int | None, point: Point) -> _Days:
    word = point.word
    if point.day is not None:
        return _day_bounds(year, month, point.day)
    if word in ("是年", None) and point.month is None and (month is None or word == "是年"):
        return _span(year, (1, 1, 12, 31, "year"))
    if word is not None and point.month is None and (word in _SPANS or word[-1] in "春夏秋冬"):
        return _word_bounds(year, word)
    if month is None:
        return _Days(None, None, "month")
    if not 1 <= month <= 12:
        return _Days(None, None, "month", possible=False)
    length = monthrange(year or 2000, month)[1]
    a, b = _part_of_month(word, length)
    return _span(year, (month, a, month, b, "month"))


def _day_bounds(year: int | None, month: int | None, day: int) -> _Days:
    if month is None:
        return _Days(None, None, "day", possible=1 <= day <= 31)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        return _Days(None, None, "day", possible=False)
    return _span(year, (month, day, month, day, "day"))


def _word_bounds(year: int | None, word: str) -> _Days:
    if word in _SPANS:
        return _span(year, _SPANS[word])
    seasons = word.lstrip("初开入立")
    first, last = _span(year, _SPANS[seasons[0]]), _span(year, _SPANS[seasons[-1]])
    return _Days(first.first, last.last, "season")


def _part_of_month(word: str | None, length: int) -> tuple[int, int]:
    if word is None:
        return 1, length
    if word.endswith("半月"):
        return (1, 15) if word[0] == "上" else (16, length)
    if word[0] in "上初":
        return 1, 10
    if word[0] == "中":
        return 11, 20
    return (21, length) if word[0] in "下底末" else (1, length)


def _span(year: int | None, span: tuple[int, int, int, int, Precision]) -> _Days:
    first_month, first_day, last_month, last_day, precision = span
    if year is None or not 1 <= year <= 9998:
        return _Days(None, None, precision)
    last_year = year + (last_month < first_month)
    if last_day == 0:
        last_day = monthrange(last_year, last_month)[1]
    return _Days(date(year, first_month, first_day), date(last_year, last_month, last_day), precision)


def _join(start: _Days, end: _Days, surface: str) -> EntryDate:
    """The date from the first day of one point to the last of another."""
    if not (start.possible and end.possible):
        problem = f"there is no such date as {surface}; correct it in the source"
        return EntryDate(None, None, start.precision, problem)
    order: tuple[Precision, ...] = ("day", "month", "season", "year")
    precision = max(start.precision, end.precision, key=order.index)
    if start.first is None or end.last is None or end.last == start.first:
        return EntryDate(start.first, None, precision)
    if end.last < start.first:
        return EntryDate(None, None, precision, f"{surface} ends before it begins; correct it in the source")
    return EntryDate(start.first, end.last, precision)
