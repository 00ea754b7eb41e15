"""Changes that printed levels determine: from … to …, this year's against last year's, an increase and its rate.

Growth of output and value added is printed at constant prices, and that of investment and retail sales on a comparable
base (国家统计局, 统计公报注释); a quotient of printed levels says nothing of it, so such measures are declined.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.checks.claims import Claim, Declined, decline, printed, signed
from extract.checks.facts import Days, Fact, Sheet
from extract.checks.intervals import HUNDRED, Interval
from extract.checks.words import at_constant_prices
from extract.patterns import Pattern

Found = Iterator[Claim | Declined]
_FROM = Pattern(r"(?:由|从|自)[^，；。]{0,24}$")
_TO = Pattern(
    r"(?:增|升|长|提高|扩大|扩展|拓展|发展|跃|恢复|降|低|减|减少|压缩|缩短|回落|调)\p{Han}?[到至为][^，；。]{0,12}$"
)
_ANNUAL = Pattern(r"年均|年平均|每年")
_ONE = Interval.around("1")


def find_growth(sheet: Sheet) -> Found:
    """Claims on every change whose levels are printed."""
    levels: dict[tuple[object, ...], Fact] = {}
    for fact in sheet.of("levels", "project_counts", "shares"):
        levels.setdefault(_level_key(fact, fact.period), fact)
    for change in sheet.of("growth_rates"):
        claim = _from_to(sheet, change) or _rate_of_increase(sheet, change)
        if claim is None and not _ANNUAL.search(change.clause):
            claim = _two_years(sheet, levels, change)
        if claim is not None:
            yield claim


def _level_key(fact: Fact, period: Days) -> tuple[object, ...]:
    row = fact.row
    return fact.key, fact.region, period, row.get("stage"), row.get("invest_min"), row.get("invest_max")


def _from_to(sheet: Sheet, change: Fact) -> Claim | Declined | None:
    """由 A 增加到 B, 增长 x: A and B stand side by side before the change, or the change right before them."""
    for first, last in ((-2, -1), (1, 2)):
        start, end = sheet.beside(change, first), sheet.beside(change, last)
        if start is None or end is None or start.unit != end.unit:
            continue
        if _FROM.search(start.clause) and _TO.search(end.before):
            if start.label != end.label and end.label not in start.label:
                return decline("growth", "the two levels are of different things", start, end, change)
            return _between(start, end, change, _years_between(start, end))
    return None


def _years_between(start: Fact, end: Fact) -> int | None:
    if start.period[1] is None or end.period[1] is None:
        return None
    return end.period[1].year - start.period[1].year


def _two_years(sheet: Sheet, levels: dict[tuple[object, ...], Fact], change: Fact) -> Claim | Declined | None:
    """This period's level and the same period's a year before, under the same name."""
    before = _year_earlier(change.period)
    if before is None or change.row["basis"] == "base" or not change.key:
        return None
    end = sheet.beside(change, -1)
    if end is None or end.table == "growth_rates" or end.key != change.key or end.period != change.period:
        end = levels.get((change.key, change.region, change.period, None, None, None))
    start = None if end is None else levels.get(_level_key(end, before))
    if end is None or start is None:
        return None
    if start.unit != end.unit or change.unit not in ("%", "pp", start.unit):
        return decline("growth", "the levels have another unit than the change", start, end, change)
    return _between(start, end, change, 1)


def _year_earlier(period: Days) -> tuple[date, date] | None:
    first, last = period
    if first is None or last is None or first.year != last.year or (first.month, first.day) != (1, 1):
        return None
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    return first.replace(year=first.year - 1), last.replace(year=last.year - 1, day=day)


def _rate_of_increase(sheet: Sheet, change: Fact) -> Claim | Declined | None:
    """A level, its increase in its own unit, and the increase in percent: 248个, 增加36个, 增长17%."""
    level, increase = sheet.beside(change, -2), sheet.beside(change, -1)
    if level is None or increase is None or change.unit != "%" or increase.table != "growth_rates":
        return None
    if increase.unit != level.unit or not level.is_amount or increase.unit == "%":
        return None
    if not increase.label == level.label == change.label:
        return decline("growth", "level, increase and rate are of different things", level, increase, change)
    try:
        derived = (signed(increase) / (level.interval - signed(increase))).times(HUNDRED)
    except ZeroDivisionError:
        return decline("growth", "the level before may be zero", level, increase, change)
    paper = f"{printed(increase)} / ({printed(level)} - {printed(increase)})"
    return _claim((level, increase), change, derived, paper)


def _between(start: Fact, end: Fact, change: Fact, years: int | None) -> Claim | Declined:
    """What a change from one level to another must be, in the unit of the change."""
    facts = (start, end, change)
    if at_constant_prices(change) and change.unit == "%":
        return decline("growth", "growth of this measure is at constant prices or on a comparable base", *facts)
    annual = _ANNUAL.search(change.clause) is not None
    if annual and (years is None or years < 2 or start.unit == "%"):
        return decline("growth", "the years over which the growth is annual are not printed", *facts)
    if change.unit in ("pp", end.unit) and not annual and (change.unit == "pp") == (start.unit == "%"):
        return _claim((start, end), change, end.interval - start.interval, f"{printed(end)} - {printed(start)}")
    if start.unit == "%" or change.unit not in ("%", "ratio"):
        return decline("growth", "the unit of the change does not fit its levels", *facts)
    try:
        times = end.interval / start.interval
        if annual and years is not None:
            derived = (times.root(years) - _ONE).times(HUNDRED)
            return _claim((start, end), change, derived, f"({printed(end)} / {printed(start)})^(1/{years}) - 1")
    except ZeroDivisionError:
        return decline("growth", "the level before may be zero", *facts)
    paper = f"{printed(end)} / {printed(start)}"
    if change.unit == "ratio" and change.row["rule"].startswith("growth.times"):
        return _claim((start, end), change, times, paper)
    factor = HUNDRED if change.unit == "%" else 1
    return _claim((start, end), change, (times - _ONE).times(factor), f"{paper} - 1")


def _claim(facts: tuple[Fact, ...], change: Fact, derived: Interval, paper: str) -> Claim | Declined:
    """The claim with the sign of the change; a fall is compared as what it fell by."""
    if change.row["base_value"] < 0:
        derived = Interval(-derived.high, -derived.value, -derived.low)
        paper = f"-({paper})"
    return Claim("growth", facts, change, derived, paper)
