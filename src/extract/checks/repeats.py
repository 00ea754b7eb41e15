"""One figure printed more than once: the same measure, period, place, unit and scope in another sentence.

What makes two printings one figure is decided without looking at their values: all keys equal, and words in common
around them. A key under which very many figures stand names no single figure and is declined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extract.checks.claims import Claim, Declined, decline, printed
from extract.checks.facts import Fact, Sheet, bare_label
from extract.checks.intervals import Interval
from extract.checks.words import other_years, series_of, shared_words

Found = Iterator[Claim | Declined]
MOST = 24
"""As many printings of one figure are believed."""

_SCOPE = (
    "其中", "等共", "另", "再", "每", "均", "新增", "净增", "增速", "增幅", "增长率", "增量", "总量", "总数", "总额",
    "规模", "占比", "比重", "累计", "日均", "余额", "首次", "同类", "最",
)  # fmt: skip
_EXTRA = ("stage", "invest_min", "invest_max", "measure", "among", "basis", "base_period_start", "base_period_end")
_SHORTEST = 4
_TELLING = 8
_LONG = 10
_NEAR = 24
_BREATH = 300


def find_repeats(sheet: Sheet) -> Found:
    """Claims that later printings of a figure say what the first said."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in sheet.facts:
        if (key := _key(fact)) is not None:
            groups[key].append(fact)
    for group in groups.values():
        if len(group) > MOST:
            yield decline("repeat", f"{len(group)} figures stand under one name, period and place", group[0], group[-1])
        elif len(group) > 1:
            yield from _group(group)


def _key(fact: Fact) -> tuple[object, ...] | None:
    """What the figure is of; None where its name is too general to be known again, or comes from another sentence.

    Aims of one issue are of one plan, whether the article names its year or not; `_alike` looks at their periods.
    """
    row = fact.row
    named = series_of(fact) if fact.table == "levels" else (fact.key,)
    shortest = _SHORTEST - fact.label.endswith("率")
    if row["concept"] is None and (len(fact.label) < shortest or fact.label[0].isdigit() or named[0] == ""):
        return None
    if fact.label[:_SHORTEST] not in fact.text:
        return None
    return (
        fact.table,
        named,
        fact.region,
        fact.table == "targets" or fact.period,
        fact.unit,
        row["modality"],
        bare_label(row.get("whole")),
        tuple(row.get(name) for name in _EXTRA),
        fact.clause.endswith("等"),
        tuple(word for word in _SCOPE if word in fact.clause),
    )


def _group(group: list[Fact]) -> Found:
    """Each later printing against the first with which it shares words."""
    firsts: list[Fact] = []
    for fact in group:
        alike = next((f for f in firsts if f.sentence != fact.sentence and _alike(f, fact)), None)
        if alike is None:
            firsts.append(fact)
        else:
            yield _repeat(alike, fact)


def _alike(one: Fact, other: Fact) -> bool:
    """Whether the words around two figures make them one.

    A writer who comes back to a figure does so further on, so in one breath only a long phrase in common counts (a
    headline and its first sentence). Further on a telling name is enough, or a phrase in common, longer where the name
    is short or nothing fixes the period.
    """
    if one.period == other.period == (None, None) and other_years(one) != other_years(other):
        return False
    if one.article == other.article and other.start - one.start < _BREATH:
        return len(_common(one.clause, other.clause)) >= _TELLING
    common = max(len(_common(one.before, other.before)), len(shared_words(one.after[:_NEAR], other.after[:_NEAR])))
    if one.period != other.period:
        return None in (one.period[0], other.period[0]) and common >= _LONG
    if one.period[0] and (one.row["concept"] or one.label.endswith("率") or len(one.label) >= _TELLING):
        return True
    return common >= (6 if len(one.label) < 5 else 4 if one.period[0] else 5)


def _common(one: str, other: str) -> str:
    """The longest phrase that stands in both, after the words of the date."""
    return shared_words(*(words.rpartition("年")[2].rpartition("月")[2][-_NEAR:] for words in (one, other)))


def _repeat(first: Fact, later: Fact) -> Claim | Declined:
    """不低于580万亩 twice is one bound said twice; two different bounds say nothing of each other."""
    same = first.row["comparator"] == later.row["comparator"]
    if first.is_compared and later.is_compared and not same:
        return decline("repeat", "comparators on both sides", first, later)
    if not same:
        return Claim("repeat", (first,), later, first.interval, printed(first))
    one, other = first.numeral, later.numeral
    if one.unit == other.unit:  # printed to the same digit, so nothing is rounded
        exact = (Interval.around(one.plain.value), Interval.around(other.plain.value))
    else:
        exact = (one.plain, other.plain)
    return Claim("repeat", (first,), later, exact[0], printed(first), exact[1])
