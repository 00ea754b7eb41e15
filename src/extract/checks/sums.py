"""Totals: the years of a span, a list in brackets or before 合计, planned as done and not done, distances to one place.

A list is a total's list only where the words say so: 集中在…（20%）、…（12%）, …合计. A list after 其中 may name
some parts and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.checks.claims import Claim, Declined, decline, printed, total
from extract.checks.facts import FARTHEST, Fact, Sheet
from extract.checks.intervals import Interval
from extract.checks.words import is_place, is_plan, series_of, within_region
from extract.patterns import Pattern

Found = Iterator[Claim | Declined]
_STOCK = Pattern(r"(?:增|升|提高|扩大|发展)\p{Han}{0,2}[到至]|年均|平均|人均|每年|超额")
_OPEN = Pattern(r"[（(]$")
_CLOSE = Pattern(r"^[)）]")
_LISTED = Pattern(r"集中|分布|包括|包含|涵盖|分为|分别")
_TOGETHER = Pattern(r"(?:合计|共计|总计|总共)(?:为|达|达到|约)?$")
_OTHER_SCOPE = Pattern(r"其中|主要|相较|相比|比|另")
_BREAK = Pattern(r"[；。！？;]")
_GAP = Pattern(r"^(.*?)(低于|高于|低|高)((?:全|我|本)?(?:国|省|市|县)\p{Han}{0,4})$")


def find_sums(sheet: Sheet) -> Found:
    """Claims on totals whose parts are printed."""
    yield from _spans(sheet)
    for group in sheet.sentences.values():
        yield from _bracket_lists(group)
        yield from _together(group)
    for rest in sheet.of("project_counts"):
        if rest.label.startswith("未"):
            yield _not_done(sheet, rest)
    yield from _gaps(sheet)


def sum_claim(parts: Sequence[Fact], whole: Fact) -> Claim:
    """The claim that the parts make the whole."""
    return Claim("sum", tuple(parts), whole, total(parts), " + ".join(map(printed, parts)))


def _spans(sheet: Sheet) -> Found:
    """The total of a span of years against the years printed one by one in the article."""
    spans: list[Fact] = []
    years: dict[tuple[object, ...], dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in sheet.of("levels", "project_counts"):
        first, last = fact.period
        if not fact.is_amount or first is None or last is None or fact.row["modality"] == "target":
            continue
        if fact.year is not None:
            if first.month == 1:
                years[_span_key(fact)][fact.year].append(fact)
        elif (first.month, first.day) == (1, 1) and not _STOCK.search(fact.clause):
            spans.append(fact)
    for whole in spans:
        yield from _span(whole, years.get(_span_key(whole), {}))


def _span_key(fact: Fact) -> tuple[object, ...]:
    return fact.article, fact.region, fact.unit, fact.table, *series_of(fact)


def _span(whole: Fact, years: dict[int, list[Fact]]) -> Found:
    first, last = whole.period
    if first is None or last is None:
        return
    wanted = range(first.year, last.year + 1)
    if not any(year in years for year in wanted):
        return
    missing = [year for year in wanted if year not in years]
    if missing:
        yield decline("sum", f"the span has no figure for {missing[0]}", whole)
        return
    if any(len(years[year]) > FARTHEST for year in wanted):
        yield decline("sum", "too many figures of one year stand under the name", whole)
        return
    parts = [min(years[year], key=lambda fact: (abs(fact.order - whole.order), fact.order)) for year in wanted]
    yield sum_claim(parts, whole)


def _bracket_lists(group: Sequence[Fact]) -> Found:
    """A total, a word that divides it, and its parts in brackets: 32%的…集中在食品（20%）、材料（12%）."""
    run: list[Fact] = []
    for index, fact in enumerate(group):
        inside = _OPEN.search(fact.before) is not None and _CLOSE.match(fact.after) is not None
        if not inside:
            run = []
            continue
        run.append(fact)
        closes = index + 1 == len(group) or not _OPEN.search(group[index + 1].before)
        head = index - len(run)
        if len(run) < 2 or not closes or head < 0:
            continue
        whole, words = group[head], run[0].before
        if _OTHER_SCOPE.search(words) or _BREAK.search(words) or not _LISTED.search(words):
            yield decline("sum", "nothing says that the list in brackets divides the figure before it", whole)
        elif any(part.unit != whole.unit or part.region != whole.region for part in run):
            yield decline("sum", "the list in brackets has another unit or place", whole, *run)
        else:
            yield sum_claim(run, whole)


def _together(group: Sequence[Fact]) -> Found:
    """Figures of one unit, then 合计 and their total."""
    for index, whole in enumerate(group):
        if index < 2 or not _TOGETHER.search(whole.before):
            continue
        parts: list[Fact] = []
        for fact in reversed(group[max(0, index - FARTHEST) : index]):
            if fact.unit != whole.unit or fact.table != whole.table:
                break
            if _OTHER_SCOPE.search(fact.before) or _TOGETHER.search(fact.before):
                break
            parts.insert(0, fact)
            if _BREAK.search(fact.before):
                break
        if len(parts) < 2 or any(fact.region != whole.region or fact.period != whole.period for fact in parts):
            yield decline("sum", "the figures before the total do not fit it", whole)
        else:
            yield sum_claim(parts, whole)


def _not_done(sheet: Sheet, rest: Fact) -> Claim | Declined:
    """Planned against done and not done: 计划开工90个, 实际开工84个, 仍有6个未开工."""
    planned = done = None
    for fact in sheet.back(rest):
        same = fact.table == rest.table and rest.label[1:3] in fact.label
        if not same or fact.region != rest.region or fact.year != rest.year:
            continue
        if is_plan(fact):
            planned = planned or fact
        else:
            done = done or fact
    if planned is None or done is None:
        return decline("sum", "planned and done are not both printed beside what is not done", rest)
    return sum_claim((done, rest), planned)


def _gaps(sheet: Sheet) -> Found:
    """Distances to one larger place: a rate and its distance give that place's rate, printed or given by another's."""
    known: dict[tuple[object, ...], tuple[Fact, Fact, str]] = {}
    for gap in sheet.of("levels"):
        if gap.unit != "pp" or (match := _GAP.search(gap.label)) is None:
            continue
        name, side, place = match.groups()
        rate = next(sheet.back(gap), None)
        if rate is None or rate.label != name or rate.unit not in ("%", "pp"):
            yield decline("sum", "the rate that lies below or above is not printed before the distance", gap)
            continue
        sign = "+" if side.startswith("低") else "-"
        if (own := _rate_of_place(sheet, rate, place)) is not None:
            derived = _shift(rate.interval, gap.interval, sign)
            yield Claim("sum", (rate, gap), own, derived, f"{printed(rate)} {sign} {printed(gap)}")
        key = (gap.article, rate.table, rate.period, place, name[-4:])
        if key in known:
            yield _two_gaps(*known[key], rate, gap, sign)
        else:
            known[key] = (rate, gap, sign)


def _rate_of_place(sheet: Sheet, rate: Fact, place: str) -> Fact | None:
    """The rate of the larger place named, printed in the same sentence."""
    near = sheet.sentences[rate.sentence]
    for fact in near[:FARTHEST]:
        same = fact.key == rate.key and fact.table == rate.table and fact.period == rate.period
        if same and fact.unit == rate.unit and within_region(rate, fact) and is_place(fact, place):
            return fact
    return None


def _shift(value: Interval, gap: Interval, sign: str) -> Interval:
    return value + gap if sign == "+" else value - gap


def _two_gaps(rate1: Fact, gap1: Fact, sign1: str, rate2: Fact, gap2: Fact, sign2: str) -> Claim | Declined:
    if rate1.region == rate2.region:
        return decline("sum", "two distances of one place", rate1, gap1, rate2, gap2)
    back = "-" if sign2 == "+" else "+"
    derived = _shift(_shift(rate1.interval, gap1.interval, sign1), gap2.interval, back)
    paper = f"{printed(rate1)} {sign1} {printed(gap1)} {back} {printed(gap2)}"
    return Claim("sum", (rate1, gap1, gap2), rate2, derived, paper)
