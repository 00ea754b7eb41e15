"""What stands before a figure in its clause: the noun it measures and the words that say how it is meant.

Needs the reading, the mentions and the end of the figure before; gives a `Left`. Reads from the figure to the left:
words between noun and figure first (达到, 同比增长, 占全省的), then the noun up to the clause's edge, a time or a place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.grammar.cues import cue_before
from extract.grammar.mentions import Period
from extract.grammar.nouns import ONLY, noun_before
from extract.grammar.regions import RegionMention
from extract.patterns import Pattern

_COMPARED = Pattern(
    r"(?:与|(?<![合共协相不陪如等认会胡连])同|比|较)(?![重例较率值如萨利赛分])(?<![占之性对相])[^，。；]{0,22}$"
)
# 比大型企业高, 较上年同期多: an adjective of more or less, only behind a comparison
_MORE = Pattern(r"(?:[比较]|同比)[^，。；]{0,24}?(?<![增成延提降减加放缩偏])([高低快慢多少长短])$")
# 两年平均增长, 近三年年均增长: how many years the average is of; 年 may be the cue's first character
_SPAN_OF_YEARS = Pattern(r"(?:近|过去|最近)?[两一二三四五六七八九十\d]{1,3}年$")
# 由高峰期的560家减少到: a time without a date, from which something changed
_OVER = Pattern(r"(?<!不)(高于|低于|快于|慢于|高出|好于)[^，。；、\d的]{1,14}$")
_ORIGIN = Pattern(r"(由|从)(?:[^，。；：、由从]{1,6}(?:期|时|初|末|前|阶段)|原来|原先|原有|过去|以往|当初)的?$")
# births less deaths, not a change of what stands before it
_NATURAL = Pattern(r"(自然增长率)(?:为|是|达到?)?$")
# 比全省（7.7%）和全国平均水平（7.0%）分别高0.7、1.4个百分点
_HIGHER = Pattern(r"）(?:分别|均|各)?([高低快慢])出?")
_BRACKETED = Pattern(r"比[^，。；：（）]{1,12}(?:（[^，。；（）]{1,12}）[^，。；：（）]{0,12}){1,3}$")
_EDGES = frozenset("，；：。！？\t\n")
# 3.加固水库5座: the number of an item is no part of what it says
_ITEM = Pattern(r"(?:\d{1,2}[.、](?!\d)|（?\d{1,2}）|[①-⑳]|[a-z][.）]|[■□●○◆◇★☆▲△▶►※•·◎*+])\s?")
_LONGEST_CLAUSE = 240
_SKIP = frozenset(" 的了：:、")
_PART_OF = Pattern(
    r"所?(?:约|仅|近|超|只|均|各)?(?<![侵抢])占(?!补|地(?![区级方])|用|领|道|位|压|有率|比)(?:到|据|了|全部)?"
)
# 完成国家下达任务的100.3%
_FULFILLED = Pattern(
    r"完成(?<whole>[^，。；]{2,14}(?:任务|计划|目标|预算))的?$|"
    r"(?:完成|(?<![成作定列认评确])为|相当于)(?<whole>[^，。；\d的]{2,14}(?:任务|计划|目标|预算)[^，。；\d的]{0,4})的$"
)
# 不足全省总量的8%: a share without 占
_OF_WHOLE = Pattern(r"(?:不足|不到|超过|接近|约为|仅为|相当于)(?<whole>全[国省市县区州球][^，。；\d的]{0,8})的$")
_WHOLE_TAIL = Pattern(
    r"(?:的|之)?(?:比重|比例|比率|份额|总量|总数)?(?:分别|均|仅|约|已)?(?:为|是|达到?|超|近|在|提高到|上升到|[：:]){0,4}+(?:分别|均|仅|约)?(?:为|是|达到?|由|从)?的?$"
)


@dataclass(slots=True)
class Left:
    """The clause before a figure. Spans are in the reading; `cues` are (word, meaning), the nearest first.

    `periods` and `regions` stand between noun and figure or before the noun, nearest first; `whole` is the printed
    denominator of a share; `gap` a word of distance to another place (低于全省);
    `compared` the stretch of 比 and what stands behind it.
    """

    low: int
    noun: tuple[int, int] | None = None
    cues: list[tuple[str, str]] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    regions: list[RegionMention] = field(default_factory=list)
    near_regions: list[RegionMention] = field(default_factory=list)
    whole: tuple[int, int] | None = None
    part_of: bool = False
    gap: tuple[int, int] | None = None
    compared: tuple[int, int] | None = None

    def has(self, *meanings: str) -> bool:
        """Whether a cue of one of the meanings stands before the figure."""
        return bool(self.cues) and any(meaning in meanings for _, meaning in self.cues)


def clause_start(text: str, low: int, end: int) -> int:
    """The edge of the clause that holds `end`, not before `low`; brackets and quotes closed on the way are passed."""
    depth = quotes = 0
    low = max(low, end - _LONGEST_CLAUSE)
    at = end - 1
    while at >= low:
        char = text[at]
        if char == "）":
            depth += 1
        elif char == "（":
            if not depth:
                return at + 1
            depth -= 1
        elif char == "”":
            quotes += 1
        elif char == "“":
            if not quotes:
                return at + 1
            quotes -= 1
        elif char in _EDGES and not depth and not quotes:
            return at + 1
        at -= 1
    return _behind_mark(text, low, end)


def _behind_mark(text: str, low: int, end: int) -> int:
    """The offset behind the number or bullet of an item, where a block begins with one and words follow it."""
    found = _ITEM.match(text, low) if low == 0 or text[low - 1] == "\n" else None
    return found.end() if found and found.end() < end else low


def read_left(text: str, low: int, end: int, periods: list[Period], regions: list[RegionMention]) -> Left:
    """The clause in `[low, end)` before a figure; `periods` and `regions` are those of the sentence."""
    start = clause_start(text, low, end)
    if start > low and not text[start:end].strip(" 的了："):
        start, end = _before_mark(text, low, start)
    left = Left(start)
    if (higher := _HIGHER.fullmatch(text, start, end)) is not None:
        compared = _BRACKETED.search(text, max(0, start - 80), start + 1)
        if compared is not None:
            left.cues.append((higher[1], "growth_up"))
            left.compared = compared.span()
            return left
    inside_periods = [p for p in periods if start <= p.start and p.end <= end]
    inside_regions = [r for r in regions if start <= r.start and r.end <= end]
    only = ONLY.search(text, start + 2, end)
    if only and not text.startswith(("占", "为", "有"), only.end()):
        # 上市企业仅甲、乙共2家: the names behind 仅 are the members, not the noun
        end = only.start()
    end = _read_part_of(text, start, end, left, inside_regions)
    end = _read_cues(text, start, end, left, inside_periods, inside_regions)
    if (origin := _ORIGIN.search(text, start, end)) is not None:
        left.cues.append((origin[1], "start"))
        end = origin.start()
    if left.gap is None and (over := _OVER.search(text, max(start, end - 16), end)) is not None:
        # 高于计划目标4个百分点
        left.cues.append((over[1], "gap"))
        left.gap = over.span()
        end = over.start()
    if left.periods and end > start and text[end - 1] in "比较与同":
        end -= 1
    if left.has("growth_up", "growth_down", "gap") and (base := _COMPARED.search(text, start, end)) is not None:
        # 比大型企业高, 比常年偏多: what it is compared with is not what is measured
        left.compared = (base.start(), end)
        end = base.start()
    _read_noun(text, start, end, left, inside_periods, inside_regions)
    return left


def _before_mark(text: str, low: int, start: int) -> tuple[int, int]:
    """The stretch a figure in brackets or behind a colon belongs to: 新材料（10.02%）, 总产值：30亿元."""
    mark = text[start - 1]
    if mark == "（":
        before = clause_start(text, low, start - 1)
        return max(before, text.rfind("、", before, start - 1) + 1), start - 1
    if mark == "：":
        return clause_start(text, low, start - 1), start - 1
    return start, start


def _read_part_of(text: str, start: int, end: int, left: Left, regions: list[RegionMention]) -> int:
    """Cut 占 + whole off the end and note the whole."""
    parts = list(_PART_OF.finditer(text, start, end))
    found = parts[-1] if parts else None
    if found is None and not _ends_in_whole(text, start, end):
        return end
    if found is None and (done := _FULFILLED.search(text, start, end) or _OF_WHOLE.search(text, start, end)):
        left.part_of, left.whole = True, done.span("whole")
        left.cues.append((done[0][:2], "share"))
        regions[:] = [r for r in regions if r.start < done.start()]
        return done.start()
    if found is None:
        return end
    if (changed := _share_changed(text, found.end(), end)) is not None:
        left.cues += [changed, (found.group(), "share")]
        return found.start()
    whole_end = _WHOLE_TAIL.search(text, found.end(), end)
    stop = whole_end.start() if whole_end else end
    left.part_of = True
    left.cues.append((found.group(), "share"))
    if stop > found.end():
        left.whole = (found.end(), stop)
        regions[:] = [r for r in regions if r.start < found.start()]
    return found.start()


def _ends_in_whole(text: str, start: int, end: int) -> bool:
    """Whether a clause may end in a plan or a total; costs less than to look for either."""
    stretch = text[max(start, end - 20) : end]
    return stretch.endswith(("的", "任务", "计划", "目标", "预算")) and len(stretch) > 4


def _share_changed(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The word of change behind a share: 占地区生产总值的比重提高."""
    cue = cue_before(text, start, end)
    if cue is None or cue[1] not in ("growth_up", "growth_down"):
        return None
    return cue if text.endswith(("比重", "比例", "份额"), start, end - len(cue[0])) else None


def _read_cues(text: str, start: int, end: int, left: Left, periods: list[Period], regions: list[RegionMention]) -> int:
    if (natural := _NATURAL.search(text, start, end)) is not None:
        return natural.end(1)
    if (short := _MORE.search(text, start, end)) is not None:
        left.cues.append((short[1], "growth_up" if short[1] in "高快多长" else "growth_down"))
        end = short.start(1)
    period_at = {p.end: p for p in periods}
    region_at = {r.end: r for r in regions}
    while end > start:
        if text[end - 1] in _SKIP:
            end -= 1
        elif (period := period_at.get(end)) is not None:
            left.periods.append(period)
            end = period.start
        elif (region := region_at.get(end)) is not None and _stands_between(text, start, region, region_at):
            left.near_regions.append(region)
            end = region.start
        elif left.cues and text[end - 1] == "要" and text[end - 2 : end] not in ("主要", "需要", "重要", "必要"):
            end -= 1
        elif (cue := cue_before(text, start, end)) is not None and not _inside_noun(text, start, end, cue[0]):
            left.cues.append(cue)
            end -= len(cue[0])
            if cue[1] == "annual" and end not in period_at and (span := _SPAN_OF_YEARS.search(text, start, end + 1)):
                end = span.start()
                left.periods += [p for p in periods if (p.start, p.end) == span.span()]
            if cue[1] == "new":
                break
            if cue[1] == "gap":
                left.gap = (end, end + len(cue[0]))
        else:
            break
    return end


def _stands_between(text: str, start: int, region: RegionMention, region_at: dict[int, RegionMention]) -> bool:
    """Whether a region right before the figure is what it is compared with, not what it is of: 高于全国、全省平均."""
    while text[region.start - 1] in "、和与及" and (listed := region_at.get(region.start - 1)) is not None:
        region = listed
    cue = cue_before(text, start, region.start)
    return cue is not None and cue[1] in {"rank", "gap", "share", "growth_up", "link", "start", "endpoint", "reach"}


_PARTICLES = frozenset("对向为以从由把将被与及和在于让使给比较同至到")
_NOUN_ENDS = frozenset("率额值量数品业费度")


def _inside_noun(text: str, start: int, end: int, word: str) -> bool:
    """A one-character cue that is the end of a longer word (国有, 标准化程度高)."""
    return len(word) == 1 and word in "有高低多少快慢年计长到" and end - start > 1 and text[end - 2 : end] in _FIXED


_FIXED = frozenset(
    [
        "实到",
        "应到",
        "国有",
        "所有",
        "私有",
        "特有",
        "最高",
        "提高",
        "最低",
        "最多",
        "至少",
        "特长",
        "增长",
        "成长",
        "合计",
        "设计",
        "统计",
        "审计",
        "会计",
        "青年",
        "少年",
        "老年",
        "中年",
        "全年",
    ]
)


def _read_noun(
    text: str, start: int, end: int, left: Left, periods: list[Period], regions: list[RegionMention]
) -> None:
    low = start
    for period in periods:
        if low < period.end <= end - 1 and period.start >= start:
            left.periods.append(period)
            low = max(low, period.end)
    for region in regions:
        if region.end <= end and region not in left.near_regions:
            left.regions.append(region)
            if end - region.end != 1 and text[region.start - 1] != "对" and text[region.end] != "）":
                low = max(low, region.end)
    left.noun = noun_before(text, low, end)
    if left.noun is None and (dated := next((p for p in periods if start < p.start and p.end == low), None)):
        # 经营主体连续4年突破: the noun stands before the time
        left.noun = noun_before(text, start, dated.start - 2 * text.endswith("连续", start, dated.start))
    if (
        left.noun is None
        and end - low == 1
        and "一" <= text[low] <= "鿿"
        and low == start
        and text[low] not in _PARTICLES
    ):
        # 牛148.9万头: a noun of one character that is the whole clause
        left.noun = (low, end)
