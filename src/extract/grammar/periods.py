"""Periods: dates, months, quarters, years, ranges of them, five-year plans and stretches of years.

Needs the reading (full-width digits folded); gives `OpenPeriod` mentions in reading order, without overlap. What an
expression leaves to its context - the year of 11月底, the whole of 全年 - `resolve_period` fills in later.

Atoms (2023年, 11月, 28日, 今年) are joined (2023年 + 11月), given what follows them (底, 上旬, 以来) and linked to
ranges (9月18日至20日). Why not one pattern per whole expression: the ways to write a range multiply with the ways to
write its ends, and a pattern of the atoms alone, tried at every character, took 145 ms for a journal issue.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import regex

from extract.grammar.calendar import (
    THIS_YEAR,
    UNKNOWN,
    Calendar,
    Current,
    Days,
    Form,
    MonthDays,
    OpenPeriod,
    SameSpan,
    day_of,
    whole_number,
)
from extract.grammar.mentions import Numeral, Period
from extract.grammar.time_atoms import find_atoms
from extract.grammar.time_lists import CHINESE, TO, Found
from extract.grammar.time_words import ALONE, CLOCK, DAY, PART, YEAR, Atom, PointWords, load_time_words
from extract.patterns import Pattern

_FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0F: "/", 0xFF0E: ".", 0xFF31: "Q"}
_LINK = Pattern(rf"\x20?(?:{TO})\x20?")
_AND = ("、", "和", "及", "与")
# 底 and 末, 初, 上旬, then 以来; each guarded against the words it may begin (底线, 初步)
_EDGE = Pattern(
    r"(?P<close>[底末](?![线色层部座气牌细盘稿蕴位端梢]))|(?P<open>初(?![步级期心中始审评选衷见]))|(?P<third>[上中下])旬"
)
_SINCE = Pattern(r"以来|[至迄]今(?![年天日后明])")
_EDGE_STARTS = frozenset("底末初上中下以至迄")
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}
_NUMERAL = Pattern(rf"[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+")
_DATE_NUMERAL = Pattern(rf"[0-9]+|[一二三四五六七八九十零〇两廿卅][{CHINESE}廿卅○OＯ]*(?:0[{CHINESE}○OＯ0]+)?")
_LEAP_YEAR = 2000
_WIDEST_LINK = 4


def scan_periods(text: str, claimed: bytearray | None = None) -> list[OpenPeriod]:
    """Every time expression of a reading, in order, without overlap, resolved as far as its own words go.

    `claimed` holds a non-zero byte per character that another mention owns; it is read, not written. An expression
    with 以来 or 至今 has its first day and, until the document's date is known, no last one. A day that does not exist
    (2月30日) is a period without days, rule `date.impossible`.

    >>> [(p.first, p.last, p.point) for p in scan_periods("截至2024年3月底，投资增长5.2%")]
    [(datetime.date(2024, 3, 31), datetime.date(2024, 3, 31), True)]
    >>> [p.grain for p in scan_periods("近5年，2021—2023年每年新增3家")]
    ['duration', 'span']
    >>> scan_periods("百年大计，新建100个，用时3小时，每年一次")
    []
    """
    atoms = find_atoms(text, claimed)
    point_words = load_time_words().point
    periods: list[OpenPeriod] = []
    previous: Atom | None = None
    index = end = 0
    while index < len(atoms):
        found, index = _chain(text, atoms, index)
        if previous is not None and text[end : found.start] in _AND:
            found = found._replace(atom=_inherited(previous, found.atom))
        near = index < len(atoms) and 0 < atoms[index].start - found.end <= _WIDEST_LINK
        if near and _LINK.fullmatch(text, found.end, atoms[index].start):
            other, after = _chain(text, atoms, index)
            linked = _linked(found.atom, other.atom)
            if linked is not None:
                found, index = Found(found.start, other.end, linked), after
        if found.start >= end:
            periods.append(_period(text, found, point_words))
            previous, end = found.atom, found.end
    return periods


def resolve_period(
    period: Period, reference: date | None = None, current: Period | tuple[date, date] | None = None
) -> Period:
    """The period with the days that its words leave open, taken from `current` (the days under discussion) or from
    `reference` (the document's date).

    今年, 去年, 明年, 今天 go by the reference; expressions without a year, 全年, 上年 and 同期 go by `current`, and all
    but 同期 by the reference where there is none. What neither settles stays None.

    >>> period = scan_periods("11月底")[0]
    >>> resolve_period(period, date(2024, 1, 31), (date(2022, 1, 1), date(2022, 12, 31))).last
    datetime.date(2022, 11, 30)
    >>> resolve_period(period).last is None
    True
    """
    if not isinstance(period, OpenPeriod) or period.form is None or period.last is not None:
        return period
    days = _days(period.form, reference, _bounds(current))
    if days is None:
        return replace(period, first=None, last=None, rule="date.impossible", form=None)
    return period if days == UNKNOWN else replace(period, first=days[0], last=days[1])


def periods(text: str, reference: date | None = None) -> list[Period]:
    """Every time expression of a text, resolved with what stands before it in the text and the date it was written.

    Offsets are those of `text`; full-width digits and marks are read like the others. Holidays, days of the lunar
    calendar and stretches that nothing fixes have no days.

    >>> [(p.first, p.last) for p in periods("2024年10月1日至7日，上年同期", date(2024, 12, 1))][0]
    (datetime.date(2024, 10, 1), datetime.date(2024, 10, 7))
    >>> periods("五星级服务")
    []
    """
    found: list[Period] = []
    current: Current = None
    for period in scan_periods(text.translate(_FULL_WIDTH)):
        resolved = resolve_period(period, reference, current)
        if is_topic(resolved):
            current = _bounds(resolved) or current
        found.append(resolved)
    return found


def is_topic(period: Period) -> bool:
    """Whether what follows a period speaks of it: not of a base of comparison (同期, 上年), 目前, a stretch of years.

    >>> [is_topic(period) for period in scan_periods("2021年，上年，近5年")]
    [True, False, False]
    """
    if period.grain == "duration" or period.rule in ("word.same", "word.now"):
        return False
    form = period.form if isinstance(period, OpenPeriod) else None
    return not (isinstance(form, Calendar) and form.first_year.base == "context" and form.first_year.shift)


def _bounds(current: Period | tuple[date, date] | None) -> Current:
    if isinstance(current, Period):
        first = current.first or current.last
        return None if first is None else (first, current.last or first)
    return current


def _days(form: Form, reference: date | None, current: Current) -> Days | None:
    """The days of a form, None for days that do not exist, or end before they begin (26至7日)."""
    try:
        first, last = form.days(reference, current)
    except (ValueError, OverflowError):
        return None
    return None if first is not None and last is not None and last < first else (first, last)


def _chain(text: str, atoms: list[Found], index: int) -> tuple[Found, int]:
    """The expression that begins with an atom: what adjoins it and fits, and its edge; and the next atom's index."""
    start, end, atom = atoms[index]
    index += 1
    while index < len(atoms) and _adjoins(text, end, atoms[index].start):
        joined = _joined(atom, atoms[index].atom)
        if joined is None:
            break
        atom, end = joined, atoms[index].end
        index += 1
    found = _with_edge(text, Found(start, end, atom))
    while index < len(atoms) and atoms[index].start < found.end:
        index += 1
    return found, index


def _adjoins(text: str, end: int, start: int) -> bool:
    """Whether nothing, or the space that goes with digits (2023 年 12 月), stands between two atoms."""
    return end == start or (text[end:start] == " " and text[start].isascii())


def _joined(left: Atom, right: Atom) -> Atom | None:
    """The meaning of two adjacent atoms, None where they do not belong together."""
    if right.level == CLOCK:
        return left if left.level == DAY else None
    if left.level == YEAR and left.grain in ("year", "plan") and left.years is not None and right.level in (PART, DAY):
        if right.years is not None or (right.level == DAY and right.form is None and right.first[0] == 0):
            return None
        if isinstance(right.form, SameSpan):
            return right._replace(form=SameSpan(left.years[1]), level=ALONE)
        return None if right.form is not None else right._replace(years=left.years)
    if left.level == PART and right.level == DAY and (left.grain == "month" or left.form):
        return _day_in_month(left, right)
    return None


def _day_in_month(left: Atom, right: Atom) -> Atom | None:
    """Days in the month before them (12月 + 28日, 上月 + 5日, 本月 + 下旬)."""
    if right.first[0] != 0 or right.form is not None:
        if not (isinstance(right.form, MonthDays) and right.form.shift == 0):
            return None
        days = right.form.first, right.form.last
    else:
        days = right.first[1], right.last[1]
    if isinstance(left.form, MonthDays):
        return right._replace(form=replace(left.form, first=days[0], last=days[1]))
    if left.form is not None:
        return None
    month = left.first[0]
    return right._replace(years=left.years, first=(month, days[0]), last=(month, days[1]), form=None)


def _with_edge(text: str, found: Found) -> Found:
    """The expression with the 底, 末, 初, 上旬 and the 以来 that follow it."""
    start, end, atom = found
    if text[end : end + 1] not in _EDGE_STARTS:
        return found
    if atom.level in (YEAR, PART) and not isinstance(atom.form, SameSpan):
        edge = _EDGE.match(text, end)
        narrowed = _narrowed(atom, edge) if edge else None
        if edge is not None and narrowed is not None:
            atom, end = narrowed, edge.end()
    if atom.level in (YEAR, PART, DAY) and atom.form is None and atom.first[0]:
        since = _SINCE.match(text, end)
        if since is not None:
            atom, end = atom._replace(since=True, point=False, grain="span", rule="date.since"), since.end()
    if atom.point and text[end : end + 1] == "前":
        atom = atom._replace(ahead=True)
    return Found(start, end, atom)


def _narrowed(atom: Atom, edge: regex.Match[str]) -> Atom | None:
    """The end (2023年底, 11月末), the beginning (年初) or the third (中旬) of an atom."""
    if third := edge["third"]:
        return _day_in_month(atom, Atom(DAY, "span", "date.third", form=MonthDays("context", 0, *_THIRDS[third])))
    if isinstance(atom.form, MonthDays):
        day = 0 if edge["close"] else 1
        form = replace(atom.form, first=day, last=day)
        return atom._replace(level=DAY, grain="day", rule="date.edge", point=True, form=form)
    if atom.form is not None or atom.rule == "date.decade":
        return None
    day_of_year, which = (atom.last, 1) if edge["close"] else (atom.first, 0)
    years = atom.years and (atom.years[which], atom.years[which])
    atom = atom._replace(level=DAY, grain="day", rule="date.edge", point=True, years=years)
    return atom._replace(first=day_of_year, last=day_of_year)


def _inherited(left: Atom, right: Atom) -> Atom:
    """The second of a list with the year, and the month, of the first (2023年10月、11月, 3月5日和8日)."""
    if right.years is not None or right.form is not None or left.form is not None or left.level != right.level:
        return right
    if left.level == YEAR or right.first[0] == 0 == left.last[0]:
        return right
    month = left.last[0]
    if right.first[0] == 0:
        right = right._replace(first=(month, right.first[1]), last=(month, right.last[1]))
    return right._replace(years=left.years and (left.years[1], left.years[1]))


def _linked(left: Atom, right: Atom) -> Atom | None:
    """The range from one expression to another, None where they make none."""
    if ALONE in (left.level, right.level) or CLOCK in (left.level, right.level) or right.form is not None:
        return left if left.level == right.level == CLOCK else None
    if left.level == YEAR and right.years is None:
        return None
    bare_day = right.level == DAY and right.first[0] == 0
    if isinstance(left.form, MonthDays) and bare_day:
        return right._replace(form=replace(left.form, last=right.last[1]), grain="span")
    if left.form is not None or (bare_day and left.level != DAY):
        return None
    years = left.years
    if right.years is not None:
        begin, close = left.years or (THIS_YEAR, THIS_YEAR), right.years[1]
        years = begin[0], close.after(begin[1]) if left.years else close
    last = (left.last[0], right.last[1]) if bare_day else right.last
    return right._replace(grain="span", rule="date.range", years=years, first=left.first, last=last, point=False)


def _form(atom: Atom) -> Form | None:
    """What an expression means; None where no day can be found for it."""
    if atom.form is not None:
        return atom.form
    if atom.rule in ("date.clock", "date.lunar"):
        return None
    if atom.first[0] == 0:
        return MonthDays("context", 0, atom.first[1], atom.last[1])
    first_year, last_year = atom.years or (THIS_YEAR, THIS_YEAR)
    return Calendar(first_year, atom.first, last_year, atom.last, atom.since, atom.ahead)


def _period(text: str, found: Found, words: PointWords) -> OpenPeriod:
    """The mention of an expression, with its numerals and the days its own words give."""
    start, end, atom = found
    turning = atom.grain != "span" and atom.form is None and _is_turning(text, start, words)
    form, (first, last), anchored, rule = _meaning(atom, turning)
    point = atom.point or (turning and isinstance(form, Calendar) and not form.since)
    return OpenPeriod(start, end, first, last, atom.grain, point, anchored, _numerals(text, found), rule, form)


@lru_cache(maxsize=2048)
def _meaning(atom: Atom, turning: bool) -> tuple[Form | None, Days, bool, str]:
    """Form, days, anchoring and rule of an expression; `turning` makes it the day it ends on."""
    form = _form(atom)
    if form is None:
        return None, UNKNOWN, False, atom.rule
    if turning and isinstance(form, Calendar) and not form.since:
        form = form.last_day()
    days = _days(form, None, None) if _exists(form) else None
    if days is None:
        return None, UNKNOWN, False, "date.impossible"
    return form, days, form.anchored, atom.rule


def _exists(form: Form) -> bool:
    """Whether the days of a form without a year exist in any year."""
    if isinstance(form, Calendar):
        return all(_is_day(*day) for day in (form.first, form.last))
    return not isinstance(form, MonthDays) or (form.first <= 31 and form.last <= 31)


def _is_day(month: int, day: int) -> bool:
    """Whether the day exists in some year."""
    try:
        return day_of(_LEAP_YEAR, month, day) is not None
    except ValueError:
        return False


def _is_turning(text: str, start: int, words: PointWords) -> bool:
    """Whether 截至, or a 到 that no verb goes before, makes the period the day it ends on."""
    if text.endswith(words.always, 0, start):
        return True
    if not start or text[start - 1] not in words.bare:
        return False
    return start == 1 or text[start - 2] in words.bare_after


def _numerals(text: str, found: Found) -> tuple[Numeral, ...]:
    """Every numeral inside an expression; that of a plan has no value."""
    start, end, atom = found
    pattern = _NUMERAL if atom.grain == "duration" else _DATE_NUMERAL
    return tuple(
        Numeral(match.start(), match.end(), None if atom.grain == "plan" else _value(match[0]))
        for match in pattern.finditer(text, start, end)
    )


@lru_cache(maxsize=4096)
def _value(numeral: str) -> Decimal | None:
    if numeral[0].isascii() and "." in numeral:
        return Decimal(numeral)
    value = whole_number(numeral)
    return None if value is None else Decimal(value)
