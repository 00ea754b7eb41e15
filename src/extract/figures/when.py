"""When a figure speaks of: the nearest time before it that is not what it is compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract.document import SentenceSpan
from extract.figures.figure import Carry, Figure, Passage
from extract.grammar.mentions import Period
from extract.patterns import Pattern

# 全年计划开工196个，已开工186个: the year is the plan's, not the fact's
_PLANNED_AFTER = Pattern(r"(?:计划|拟)(?!投资)")
_BASE_BEFORE = Pattern(r"(?:比|较|与|同|(?<!特别|尤其|别)是|相比|相较于?|对比)$")
_BASE_AFTER = Pattern(r"(?:的)?(?:基础上|相比|末?的?(?:近|约)?[\d.一二三四五六七八九十两]+[多余]?倍)")
# 达到2019年同期的86%, 恢复到2019年的86%; but 提高到2025年的45%
_RESTORED = Pattern(r"(同期|水平|同期水平)?的(?=[\d.]+%|[一二三四五六七八九]成)")
_OF_PLAN = Pattern(
    r"[^，。；：、\d]{0,8}(?:目标|计划|任务|预算)[^，。；\d的]{0,6}的(?:近|约|超过?)?(?=[\d.]+%|[一二三四五六七八九]成)"
)
_NAMING = frozenset("获届评列的号部")


def find_period(passage: Passage, figure: Figure, sentence: SentenceSpan, carry: Carry, periods: list[Period]) -> None:
    low = figure.left.low
    if (start := _started_with(figure, carry, periods)) is not None:
        figure.period, figure.period_text = start.period, start.period_text
        return
    for period in reversed(periods):
        if period.start >= figure.start:
            continue
        if is_base_period(passage.text, period):
            between = passage.text[period.end : figure.quantity.outer_start]
            if between == "（" or (between == "的" and figure.quantity.base_unit not in ("%", "ratio")):
                # 比2010年的20万吨增长, 比2010年（20万吨）增长: the value is the base year's
                _take_period(passage, figure, period)
                figure.carried.append("period.base_value")
                return
            if figure.base_period is None and (period.start >= low or _base_value(carry, period)):
                figure.base_period = period
            continue
        if period.start < low and period.point and figure.left.has("annual"):
            # 到2030年企业达到5家，投入年均增长3%: no average is of one day
            continue
        if _is_of_plan(passage, period):
            # 完成全年目标的57%: the time is the plan's
            continue
        if period.rule == "word.now":
            figure.carried.append("now")
            return
        if period.start < low and _starts_change(passage.text, period) and not figure.left.has("annual"):
            # 由2020年的3家增加到5家: the time of the start is not that of the end
            continue
        if period.first is None or (period.grain == "duration" and not _lasts(passage, period, figure)):
            continue
        if period.start < low and period.rule == "word.whole_year" and _PLANNED_AFTER.match(passage.text, period.end):
            continue
        if period.rule.endswith("since") and period.start < low and figure.left.has("link"):
            # 2021年以来新增14家，企业达21家: what has been reached is a stock of now
            continue
        _take_period(passage, figure, period)
        if figure.left.has("annual"):
            _span_years(passage, figure, periods)
        if period.start < low:
            figure.carried.append("period.sentence")
        return
    if passage.paragraph.period is not None:
        _take_period(passage, figure, passage.paragraph.period)
        figure.carried.append("period.paragraph")
    elif (following := _year_after(passage, figure)) is not None:
        figure.carried.append("period.base")
        passage.paragraph.period = figure.period = following
        figure.period_text = passage.text[figure.base_period.start : figure.base_period.end]  # type: ignore[union-attr]
    elif figure.setting.year is not None and not passage.paragraph.now:
        figure.carried.append("period.heading")
        year, stretch = figure.setting.year, figure.setting.stretch
        if stretch is not None:
            figure.period, figure.period_text = stretch
            return
        figure.period_text = f"{year}年"
        figure.period = Period(-1, -1, date(year, 1, 1), date(year, 12, 31), "year", False, True, (), "heading.year")


def _is_of_plan(passage: Passage, period: Period) -> bool:
    """Whether a time is part of the name of a plan that something is a share of."""
    known = passage.of_plan.get(period.end)
    if known is None:
        known = passage.of_plan[period.end] = _OF_PLAN.match(passage.text, period.end) is not None
    return known


def _base_value(carry: Carry, period: Period) -> bool:
    """Whether the figure before was the value of the base: 比2010年（20万吨）增长."""
    last = carry.figures[-1] if carry.figures else None
    return last is not None and last.period is period and "period.base_value" in last.carried


def _starts_change(text: str, period: Period) -> bool:
    """Whether a period dates where a change began (由2020年的3家), not the whole of what is said (从上半年数据看)."""
    return text[period.start - 1] in "由从" and text.startswith("的", period.end)


def _started_with(figure: Figure, carry: Carry, periods: list[Period]) -> Figure | None:
    """The figure whose time a second change starts at: 增速从1-2月的5%升到全年的9%，由第9位升至第6位."""
    if not figure.left.has("start") or any(figure.left.low <= p.start < figure.start for p in periods):
        return None
    return next((f for f in reversed(carry.figures) if f.left.has("start") and f.period is not None), None)


def _span_years(passage: Passage, figure: Figure, periods: list[Period]) -> None:
    """An average per year speaks of all the years: 从2014年的…增加到2022年的…，年均增长."""
    years = [p for p in periods if p.grain == "year" and p.first and p.last and p.end <= figure.start]
    last = figure.period
    looked_back = figure.setting.years
    own = [p for p in years if not is_base_period(passage.text, p)]
    if looked_back is not None and len(own) == 1 and last is own[0] and last.first is not None:
        # 过去五年工作回顾: the average is of the five
        figure.period = replace(last, first=date(last.first.year - looked_back + 1, 1, 1), grain="span", point=False)
        return
    if len(years) < 2 or last is None or last.first is None or years[-1] is not last:
        return
    first = years[-2].first
    if first is not None and first < last.first and passage.text[years[-2].start - 1] in "从由自较比":
        figure.period = replace(last, first=first, grain="span")


def _year_after(passage: Passage, figure: Figure) -> Period | None:
    """A change against the year before speaks of the year under discussion, though nothing names it."""
    base = figure.base_period
    if base is None or base.first is None or base.grain != "year" or base.rule == "date.year":
        return None
    year = base.first.year + 1
    return replace(base, first=date(year, 1, 1), last=date(year, 12, 31))


def _lasts(passage: Passage, period: Period, figure: Figure) -> bool:
    """Whether a stretch of years dates the figure itself, not a clause about its noun (连续三年获奖的117名)."""
    if passage.text.startswith("连续", period.start):
        return False
    sentence = passage.doc.sentences[figure.sentence]
    if period.start - sentence.start <= 2 and passage.text[period.end : period.end + 1] in "，,":
        return True
    return period.start >= figure.left.low and passage.text[figure.quantity.outer_start - 1] != "的"


def _take_period(passage: Passage, figure: Figure, period: Period) -> None:
    figure.period = period
    figure.period_text = passage.text[period.start : period.end]


def dates_paragraph(passage: Passage, period: Period, sentence: SentenceSpan) -> bool:
    """A whole stretch of time that opens a sentence or a clause after ； speaks for what follows."""
    if (
        period.first is None
        or (period.point and period.grain != "year")
        or period.grain in ("duration", "day", "time")
        or is_base_period(passage.text, period)
    ):
        return False
    if period.rule.endswith("since"):
        return False
    if not period.anchored and period.grain != "year" and not _sets_topic(passage, period, sentence):
        return False
    before = passage.text[max(sentence.start, period.start - 1) : period.start]
    alone = before == "，" and passage.text[period.end : period.end + 1] == "，"
    return alone or before in ("", "；", "）", "。") or (period.start - sentence.start <= 3 and before in "到至自于在")


# 数据显示，上半年，; 记者获悉，一季度，
_SAID = Pattern(r"(?:显示|获悉|据悉|了解到?|介绍|公布|发布|表示|通报|统计)[，：]$")


def _sets_topic(passage: Passage, period: Period, sentence: SentenceSpan) -> bool:
    """Whether months without a year are set before a sentence for all that follows: 上半年，全市实现."""
    if period.grain not in ("half", "quarter", "span") or period.first is None or period.last is None:
        return False
    whole_months = period.first.day == 1 and (period.last + timedelta(1)).day == 1
    text, start = passage.text, period.start
    said = _SAID.search(text, max(sentence.start, start - 6), start) is not None
    return whole_months and (start == sentence.start or said) and text[period.end : period.end + 1] in ("，", ",")


def is_base_period(text: str, period: Period) -> bool:
    """Whether a period is what a change is measured against: 比上年, 较2020年末, 在2022年基础上.

    >>> from extract.grammar.periods import scan_periods
    >>> text = "较2020年增长5%"
    >>> is_base_period(text, scan_periods(text)[0])
    True
    """
    if _BASE_BEFORE.search(text, max(0, period.start - 4), period.start):
        return not text.startswith("以来", period.end)
    verb = text[max(0, period.start - 3) : period.start]
    restored = _RESTORED.match(text, period.end) if verb.endswith(("到", "至", "于", "为", "是")) else None
    if restored and (restored[1] or "年同期" in text[period.start : period.end] or verb.startswith(("恢复", "相当"))):
        return True
    return _BASE_AFTER.match(text, period.end) is not None


def is_quoted(text: str, start: int, at: int) -> bool:
    """Whether `at` stands inside a quotation that opened behind `start`.

    >>> [is_quoted("喊出“三年内倍增”的口号", 0, at) for at in (3, 9)]
    [True, False]
    """
    return text.rfind("“", start, at) > text.rfind("”", start, at)


def opens_clause(text: str, period: Period) -> bool:
    """Whether a period stands where it dates what follows, not inside a name or a comparison.

    >>> from extract.grammar.periods import scan_periods
    >>> [opens_clause(t, scan_periods(t)[0]) for t in ("2022年，全市增长", "获2022年度科技奖", "与2019年相比，")]
    [True, False, False]
    """
    if is_base_period(text, period):
        return False
    before = text[period.start - 1] if period.start else "\n"
    if before in "到至自截":
        before = text[period.start - 2 : period.start - 1] or "\n"
        return before in "，；。：、（）！？\n截"
    return before in "，；。：、（）！？\n年" or text[period.end : period.end + 1] in "，," or before not in _NAMING
