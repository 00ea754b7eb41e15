"""Lists said in one breath: 甲县、乙县的比重分别是5.1%、3.2%; 2017—2019年依次为3.1亿元、3.4亿元、3.8亿元.

Needs the figures of one sentence; sets what differs from item to item - region, year or noun - on each figure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from extract.figures import Figure, is_place
from extract.grammar.mentions import Period
from extract.grammar.nouns import trim_front
from extract.grammar.regions import RegionMention
from extract.grammar.words import split_words
from extract.patterns import Pattern

_SPLIT = Pattern(r"、|(?<!共)和(?![谐解平])|以及|(?<![普涉以])及(?![时格率])|(?<!参)与")


# 同比、环比分别增长: one thing against two bases
_TWO_BASES = Pattern(r"同比[、和与]环比|环比[、和与]同比")


def align_lists(figures: list[Figure], text: str, start: int, regions: list[RegionMention]) -> None:
    """Align every 分别 list of a sentence one to one; a list whose items do not match its figures stays as it is."""
    at = 0
    while at < len(figures):
        end = at + 1
        while end < len(figures) and figures[end].parallel:
            end += 1
        group = figures[at:end]
        if len(group) > 1 and _respectively(group[0], text):
            before = figures[:at]
            _align(group, before, text, start, regions)
        at = end


def _respectively(first: Figure, text: str) -> bool:
    clause = text[first.left.low : first.start]
    return "分别" in clause or "依次" in clause


def _align(group: list[Figure], before: list[Figure], text: str, start: int, regions: list[RegionMention]) -> None:
    first, size = group[0], len(group)
    if first.left.compared is not None and first.left.compared[0] < first.left.low:
        # 比全省（7.7%）和全国（7.0%）分别高: one thing against two others
        return
    years = _years(first.period, size)
    # 高于全国、全省平均: what each is compared with, no place of its own
    places = (
        None
        if first.left.has("gap") or first.left.compared is not None
        else _region_list(regions, text, start, first.start, size)
    )
    if not places and not years and (shared := _shared_verb(first, text, size)) is not None:
        for figure, subject in zip(group, shared, strict=True):
            figure.subject = subject
        return
    items = _noun_list(first, text, size)
    if places:
        for figure, place in zip(group, places, strict=True):
            figure.regions = [place]
    elif items and not years:
        named = [text[slice(*item)] for item in items]
        if text[items[-1][1]] in _COUNTED and named[-1][-1] not in _COUNTED:
            named[-1] += text[items[-1][1]]
        subjects = _completed(named)
        for figure, item, subject in zip(group, items, subjects, strict=True):
            figure.noun, figure.subject = item, subject
    elif size == 2 and first.subject and first.subject.startswith("城乡"):
        # 城乡居民收入分别增长4.7%、6.6%: town first, country second
        for figure, side in zip(group, ("城镇", "农村"), strict=True):
            figure.subject = side + first.subject[2:]
    elif years:
        for figure, year in zip(group, years, strict=True):
            figure.period, figure.period_text = year, text[year.start : year.end]
    elif len(before) >= size and first.noun is None and not _TWO_BASES.search(text, first.left.low, first.start):
        for figure, source in zip(group, _sources(before, size), strict=True):
            figure.subject, figure.regions = source.subject, source.regions


def _sources(before: list[Figure], size: int) -> list[Figure]:
    """The last figures of as many different things: 面积由…扩大到…，产量由…增至…，分别增长 is of both."""
    if before[-size].first is None and all(
        figure.first is before[-size] for figure in before[len(before) - size + 1 :]
    ):
        # 存贷款余额285亿元、240亿元，分别是: a list again
        return before[-size:]
    found: list[Figure] = []
    for figure in reversed(before):
        if all((figure.subject, figure.regions) != (other.subject, other.regions) for other in found):
            found.insert(0, figure)
    return found[-size:] if len(found) >= size else before[-size:]


# 交通、水利分别完成投资: the measure stands behind 分别
_BEHIND = Pattern(r"(?:分别|依次)(?:完成|实现|达到?|投入|落实)(?P<measure>[一-鿿]{2,8}?)(?:为|达到?|约|超)*$")


# 有色金属、机械装备两大产业: what only sums up the list
_SUMMED = Pattern(r"[两三四五六七八九十\d](?:大|个|项|类|种)[一-鿿]{2,8}$")


def _shared_verb(first: Figure, text: str, size: int) -> list[str] | None:
    """Each item of the list with the measure behind 分别."""
    if first.noun is None or (behind := _BEHIND.search(text, first.left.low, first.noun[1])) is None:
        return None
    stretch = text[max(first.left.low, behind.start() - 40) : behind.start()]
    items = _SPLIT.split(_SUMMED.sub("", stretch))
    if len(items) < size:
        return None
    start = trim_front(items[-size], 0, len(items[-size]))
    items = [items[-size][start:], *items[len(items) - size + 1 :]]
    return [item + behind["measure"] for item in items] if all(len(item) >= 2 for item in items) else None


_MEASURES = (
    "增加值",
    "出栏",
    "存栏",
    "投资",
    "收入",
    "支出",
    "产量",
    "产值",
    "销售额",
    "零售额",
    "进出口",
    "余额",
    "面积",
    "比重",
    "占比",
    "普及率",
    "覆盖率",
    "处理率",
    "利用率",
    "合格率",
    "参保率",
    "吞吐量",
    "客运量",
    "货运量",
    "周转量",
)


_COUNTED = frozenset("量数额率值")


def _completed(items: list[str]) -> list[str]:
    """The items of a list with what the first says before all, and the last behind all: 项目开工率、投产率."""
    if not all(items):
        return items
    first, second, last = items[0], items[1], items[-1]
    if first[-1] == second[-1] and len(first) > len(second) + 1 and len({len(item) for item in items[1:]}) == 1:
        shared = first[: len(first) - len(second)]
        return [first, *(shared + item for item in items[1:])]
    words = [last[a:b] for a, b in split_words(last, 0, len(last))]
    if (
        len(words) > 1
        and last[-1] in _COUNTED
        and not any(item[-1] in _COUNTED or len(item) > 4 for item in items[:-1])
    ):
        # 刑事、治安案件立案数分别下降
        shared = words.pop()
        while len(shared) < 3 and len(words) > 1 and not words[-1].endswith("业"):
            shared = words.pop() + shared
        return [*(item + shared for item in items[:-1]), last]
    for measure in _MEASURES:
        if last.endswith(measure) and not any(item.endswith(_MEASURES) for item in items[:-1]):
            return [*(item + measure for item in items[:-1]), last]
    return items


def _years(period: Period | None, size: int) -> list[Period] | None:
    if period is None or period.first is None or period.last is None or period.grain != "span":
        return None
    if period.last.year - period.first.year + 1 != size:
        return None
    return [
        replace(period, first=date(year, 1, 1), last=date(year, 12, 31), grain="year")
        for year in range(period.first.year, period.last.year + 1)
    ]


def _region_list(
    regions: list[RegionMention], text: str, start: int, end: int, size: int
) -> list[RegionMention] | None:
    """The last `size` places before the figures that are joined by list marks alone."""
    named = [r for r in regions if start <= r.start and r.end <= end and is_place(r)]
    for last in range(len(named), size - 1, -1):
        run = named[last - size : last]
        if all(text[a.end : b.start] in ("、", "和", "及", "与") for a, b in pairwise(run)):
            return run
    return None


def _noun_list(first: Figure, text: str, size: int) -> list[tuple[int, int]] | None:
    if first.noun is None:
        return None
    start, end = first.left.low, first.noun[1]
    for region in first.left.regions:
        start = max(start, region.end) if region.end < first.noun[0] else start
    cuts = list(_SPLIT.finditer(text, start, end))
    if len(cuts) > size - 1:
        # 采矿业、制造业、电力燃气及水生产业: one item has a joint of its own
        cuts = [cut for cut in cuts if cut.group() == "、"]
    if len(cuts) != size - 1:
        return None
    bounds = [start, *(c.end() for c in cuts)]
    ends = [*(c.start() for c in cuts), end]
    items = [(trim_front(text, low, high), high) for low, high in zip(bounds, ends, strict=True)]
    whole = text.endswith(_MEASURES, items[-1][0], end)
    return items if all(high - low >= 2 or whole for low, high in items) else None
