"""Percentages that two other printed figures determine: completed of planned, a rate, a part of a whole.

A share is read with the words before it. They say what it is a share of: a plan (占年度计划的), the figure just named
(占全市160家的25%), the larger place whose amount stands beside it, or a whole that stands nearby under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.claims import Claim, Declined, decline, printed
from extract.checks.facts import Fact, Sheet, bare_label
from extract.checks.intervals import HUNDRED
from extract.checks.words import (
    is_place,
    is_plan,
    is_region_word,
    measure_of,
    other_years,
    shared_words,
    within_region,
)
from extract.patterns import Pattern

Found = Iterator[Claim | Declined]
REACH = 400
_PLAN = Pattern(r"计划|任务|目标")
_OF_PLAN = Pattern(r"(?:占|完成|达到?|为)[^，；。]{0,8}(?:计划|任务|目标)[^，；。]{0,6}$")
_OF_FIGURE = Pattern(r"^[^，；。]{0,3}的(?:比重|比例)?(?:为|达到?|近|约|仅|超过?)?$")
_RATE = Pattern(r"(\p{Han}{2})率(?:\p{Han}{0,3})?$")
_BRACKETED = Pattern(r"^[^，；。]{0,2}[)）]的$")


def find_ratios(sheet: Sheet) -> Found:
    """Claims on every share whose two figures are printed."""
    for share in sheet.of("shares"):
        if share.unit == "%":
            yield from _share(sheet, share)
    yield from _common_wholes(sheet)


def _share(sheet: Sheet, share: Fact) -> Found:
    whole = bare_label(share.row.get("whole"))
    rate = _RATE.search(share.clause) or _RATE.search(share.label)
    if _OF_PLAN.search(share.clause) or _PLAN.search(whole):
        yield _of_plan(sheet, share)
        return
    for relation in (_of_figure_before, _of_average, _of_two_named, _of_larger_place):
        if (claim := relation(sheet, share)) is not None:
            yield claim
            return
    if rate is not None:
        yield _rate(sheet, share, rate[1])
    elif whole and not is_region_word(whole):
        yield _of_named_whole(sheet, share, whole)


def _quotient(kind: str, part: Fact, whole: Fact, share: Fact) -> Claim | Declined:
    """The share as part / whole; declined where the whole may be zero."""
    try:
        derived = (part.interval / whole.interval).times(HUNDRED)
    except ZeroDivisionError:
        return decline(kind, "the denominator may be zero", part, whole, share)
    return Claim(kind, (part, whole), share, derived, f"{printed(part)} / {printed(whole)}")


def _of_plan(sheet: Sheet, share: Fact) -> Claim | Declined:
    """Completed of planned: the amount said in the same sentence, and the plan for the same year and place."""
    part = next((f for f in sheet.back(share) if f.is_amount and f.label == share.label and not is_plan(f)), None)
    if part is None:
        return decline("ratio", "no completed amount in the sentence", share)
    for plan in sheet.back(part, REACH):
        if plan.is_amount and _is_plan_of(plan, part):
            return _quotient("ratio", part, plan, share)
    return decline("ratio", "the plan it is a share of is not printed nearby", part, share)


def _is_plan_of(plan: Fact, part: Fact) -> bool:
    if plan.unit != part.unit or plan.region != part.region or plan.year != part.year:
        return False
    if plan.year is None and other_years(plan) != other_years(part):
        return False
    if plan.unit == "CNY":
        return is_plan(plan) and measure_of(plan.clause) == measure_of(part.clause)
    same_unit = plan.row["unit"] == part.row["unit"]
    whole_year = plan.period[1] is not None and (plan.period[1].month, plan.period[1].day) == (12, 31)
    return same_unit and (is_plan(plan) or whole_year) and len(shared_words(plan.label, part.label)) >= 4


def _rate(sheet: Sheet, share: Fact, act: str) -> Claim | Declined:
    """A rate of an act (开工率): those done of those planned, both in the sentence."""
    done = planned = None
    for fact in sheet.back(share):
        if not fact.is_amount or fact.region != share.region:
            continue
        if fact.label.startswith("未") or (
            act not in fact.label and act not in fact.clause + fact.after.partition("，")[0]
        ):
            continue
        if is_plan(fact):
            planned = planned or fact
        else:
            done = done or fact
    if done is None or planned is None or done.unit != planned.unit or done.year != planned.year:
        return decline("ratio", "the counts the rate is made of are not in the sentence", share)
    return _quotient("ratio", done, planned, share)


def _of_figure_before(sheet: Sheet, share: Fact) -> Claim | Declined | None:
    """占全市160家的25%: the whole is the figure just named, the part the one before it."""
    whole = next(sheet.back(share), None)
    if whole is None or not whole.is_amount:
        return None
    if "占" not in whole.clause or not _OF_FIGURE.search(share.before):
        return None
    part = next(sheet.back(whole), None)
    if part is None or part.unit != whole.unit:
        return decline("share", "no part with the unit of the whole before it", whole, share)
    return _quotient("share", part, whole, share)


def _of_average(sheet: Sheet, share: Fact) -> Claim | Declined | None:
    """不足全省平均值（200亿元）的一半: the whole stands in brackets, the part is the own amount before it."""
    whole = next(sheet.back(share), None)
    if whole is None or not whole.is_amount or not _BRACKETED.search(share.before):
        return None
    for part in sheet.back(whole):
        if part.unit == whole.unit and within_region(part, whole):
            return _quotient("share", part, whole, share)
    return decline("share", "no amount of a place within the other in the sentence", whole, share)


def _of_two_named(sheet: Sheet, share: Fact) -> Claim | Declined | None:
    """研发支出与生产总值之比: both figures are named in the words before the share."""
    named = bare_label(share.before)
    if "与" not in named and "占" not in named:
        return None
    both = [f for f in sheet.back(share) if f.is_amount and f.label]
    found = [(named.find(f.label), f) for f in both if f.label in named and f.period == share.period]
    if len(found) != 2 or found[0][0] == found[1][0] or found[0][1].unit != found[1][1].unit:
        return None
    found.sort(key=lambda pair: pair[0])
    return _quotient("share", found[0][1], found[1][1], share)


def _of_larger_place(sheet: Sheet, share: Fact) -> Claim | Declined | None:
    """The place's amount of the larger place's, both printed in the sentence under one name."""
    near = [f for f in sheet.back(share) if f.is_amount and f.key == share.key]
    name = bare_label(share.row.get("whole"))
    for whole in near:
        for part in near:
            fits = part.region == share.region and whole.unit == part.unit and whole.period == part.period
            if not fits or not within_region(part, whole):
                continue
            if (name and not is_place(whole, name)) or _is_taken(sheet, whole, share):
                return decline("share", "the share is of another place than the amounts", part, whole, share)
            return _quotient("share", part, whole, share)
    return None


def _is_taken(sheet: Sheet, whole: Fact, share: Fact) -> bool:
    """Whether another share of the same place stands between a whole and the share: the whole is that one's."""
    between = sheet.facts[whole.order + 1 : share.order]
    return any(fact.table == "shares" and fact.region == share.region for fact in between)


def _of_named_whole(sheet: Sheet, share: Fact, whole_name: str) -> Claim | Declined:
    """The amount before the share of a whole that stands nearby under the name printed with the share."""
    part = next((f for f in sheet.back(share) if f.is_amount), None)
    if part is None or part.label != share.label or part.period != share.period:
        return decline("share", "the amount it is the share of is not printed", share)
    for whole in sheet.back(part, REACH):
        same = whole.is_amount and whole.unit == part.unit and whole.region == part.region
        named = whole_name in whole.label and measure_of(whole.label) == measure_of(part.label)
        if same and named and whole.period == part.period:
            return _quotient("share", part, whole, share)
    return decline("share", "the whole it is a share of is not printed nearby", part, share)


def _common_wholes(sheet: Sheet) -> Found:
    """Two parts of one unprinted whole: each part and its share give the whole, and so the other's share."""
    first: dict[tuple[object, ...], tuple[Fact, Fact]] = {}
    for share in sheet.of("shares"):
        whole = bare_label(share.row.get("whole"))
        part = next(sheet.back(share), None)
        if not whole or _PLAN.search(whole) or is_region_word(whole) or share.unit != "%":
            continue
        if part is None or not part.is_amount or part.label != share.label:
            continue
        key = (share.article, whole, share.region, share.period, part.unit)
        if key not in first:
            first[key] = (part, share)
        elif first[key][0].label != part.label:
            yield _through_whole(*first[key], part, share)


def _through_whole(part1: Fact, share1: Fact, part2: Fact, share2: Fact) -> Claim | Declined:
    try:
        derived = part2.interval / (part1.interval / share1.interval)
    except ZeroDivisionError:
        return decline("share", "the denominator may be zero", part1, share1, part2, share2)
    paper = f"{printed(part2)} / ({printed(part1)} / {printed(share1)})"
    return Claim("share", (part2, part1, share1), share2, derived, paper)
