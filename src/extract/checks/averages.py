"""Averages: a total and a count printed for the same year and place give the average printed elsewhere.

An average names what is divided and among what: 单个项目平均投资, 企业平均营业收入, 平均每家企业营收. The total is the
amount of that measure, the count the number of those things; both in the article, for the average's own year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extract.checks.claims import Claim, Declined, decline, printed
from extract.checks.facts import Fact, Sheet
from extract.checks.words import measure_of, series_of, without_measure
from extract.patterns import Pattern

Found = Iterator[Claim | Declined]
_AVERAGE = Pattern(
    r"^(?:平均)?(?:单个|每个|每家|每户|每|各)(?P<thing>\p{Han}{2,10}?)(?:平均)?(?P<measure>\p{Han}{2,6})$"
)
_THING_FIRST = Pattern(r"^(?P<thing>\p{Han}{2,10})平均(?P<measure>\p{Han}{2,6})$")


def find_averages(sheet: Sheet) -> Found:
    """Claims on averages whose total and count are printed in the article."""
    averages = [(fact, named) for fact in sheet.of("levels") if (named := read_average(fact.label)) is not None]
    if not averages:
        return
    index: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in sheet.of("levels", "project_counts"):
        if fact.is_amount and read_average(fact.label) is None:
            index[(fact.article, fact.region, fact.year)].append(fact)
    made: dict[tuple[object, ...], tuple[list[Fact], list[Fact]]] = {}
    for average, named in averages:
        scope = (average.article, average.region, average.year)
        if (*scope, average.unit, named) not in made:
            made[*scope, average.unit, named] = _totals_and_counts(index.get(scope, []), average.unit, *named)
        yield _average(average, *made[*scope, average.unit, named])


def read_average(label: str) -> tuple[str, str] | None:
    """What is counted and what is divided among them.

    >>> read_average("单个项目平均投资")
    ('项目', '投资')
    >>> read_average("项目总投资") is None
    True
    """
    match = _AVERAGE.match(label) or _THING_FIRST.match(label)
    if match is None or measure_of(match["measure"]) is None:
        return None
    return match["thing"].removesuffix("平均"), match["measure"]


def _totals_and_counts(near: list[Fact], unit: str, thing: str, measure: str) -> tuple[list[Fact], list[Fact]]:
    totals = [fact for fact in near if fact.unit == unit and _is_total(fact, thing, measure)]
    return totals, [fact for fact in near if fact.unit == "count" and _is_count(fact, thing)]


def _average(average: Fact, totals: list[Fact], counts: list[Fact]) -> Claim | Declined:
    subjects = {without_measure(str(series_of(fact)[0])) for fact in (*totals, *counts)}
    if average.year is None or not totals or not counts:
        return decline("average", "total and count of its year are not both printed", average)
    if len(subjects) > 1:
        return decline("average", "more than one total or count of its year", average)
    whole, count = totals[0], counts[0]
    try:
        derived = whole.interval / count.interval
    except ZeroDivisionError:
        return decline("average", "the count may be zero", whole, count, average)
    return Claim("average", (whole, count), average, derived, f"{printed(whole)} / {printed(count)}")


def _is_total(fact: Fact, thing: str, measure: str) -> bool:
    subject, role = series_of(fact)[:2]
    wanted = "total_investment" if measure_of(measure) == "investment" else measure_of(measure)
    return thing in str(subject) and (role == wanted or measure_of(str(role)) == wanted)


def _is_count(fact: Fact, thing: str) -> bool:
    if fact.table == "project_counts" and (fact.row["stage"] != "listed" or fact.row["invest_min"] is not None):
        return False
    if fact.table == "project_counts" and fact.row["invest_max"] is not None:
        return False
    return fact.label.endswith(thing)
