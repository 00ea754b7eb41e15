"""What a stretch of text is about before its own words say so: report or plan, which year, which region.

Needs headings and paragraphs in order; gives one `Setting` per block.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from extract.document import Block, Document
from extract.grammar.mentions import Period
from extract.grammar.periods import scan_periods
from extract.patterns import Pattern

_PLAN = Pattern(
    r"目标任务|预期目标|计划安排|计划目标|计划草案|重点项目安排|工作安排|任务安排|主要目标|发展目标|总体要求|总体思路|工作(?:安排|打算|部署|重点|思路|计划|要求|任务)|重点工作|重点任务|主要任务|"
    r"下一步|下步|今后|对策|建议|解决方案|措施|打算|未来|展望|奋斗目标|政策取向|民生实事|安排意见|规划|方案|着力|奋力|坚决|"
    r"(?:明年|今年)(?:经济|政府)?工作"
)
_REVIEW = Pattern(
    r"回顾|总结|成绩|成效|现状|概况|基本情况|情况及特点|做法|存在|问题|困难|不足|完成情况|执行情况|进展|工作情况|主要做法|发展历程|形势|综合|概述"
)
# a first heading that calls to work: 二、深化文旅转型
_IMPERATIVE = Pattern(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章节，]|[（(][一二三四五六七八九十]{1,3}[）)])?\s*"
    r"(?:聚力|深化|推进|加快|强化|着力|坚持|全力|大力|扎实|锚定|突出|做强|做优|打造|培育|优化|激发|筑牢|聚焦|奋力|坚决|统筹|狠抓)"
)
_ACHIEVED = Pattern(r"更加|显著|明显|取得|成效|迈出|实现了|稳步|持续向好|成绩|回顾|情况|现状|问题")
_RETROSPECT = Pattern(r"公报|回顾|年鉴|大事记|统计|运行情况|完成情况|决算")
_OF_MONTHS = Pattern(r"(?:上半|下半)年|[一二三四]季度|前三季度|(?:前|1[—–\-~～至到])\d{1,2}个?月|\d{1,2}月")
_YEAR = Pattern(r"(20\d{2}|19\d{2})\s?年")
_LEAD_PLAN = Pattern(
    r"(?:(?<!\d)20\d{2}年|今年|明年)[^。；]{0,24}(?:总体要求|预期目标|主要目标|目标任务|发展目标)[^。；]{0,6}(?:是|为|：)|"
    r"(?:(?<!\d)20\d{2}年|今年|明年)[^。；]{0,12}(?:重点|着力|扎实|突出)?(?:抓好|做好|推进)以下"
)
# no lead of a plan is without one of these, and to look for them costs far less
_LEAD_WORDS = ("目标", "要求", "以下")


class Setting(NamedTuple):
    """What holds for a block: `mode` is `plan`, `review` or `open`; `year` the year its headings name;
    `discussed` the year that 全年 stands for: the plan's in a plan, else the reference's;
    `main_year` the year the article names most often, the earliest of several;
    `delivered` whether the article says on which day it was delivered;
    `stretch` the part of a year that its title says it reports on (2023年上半年经济运行情况), with its words;
    `years` how many years its headings look back on (过去五年工作回顾)."""

    mode: str
    year: int | None
    reference: date | None
    discussed: int | None = None
    main_year: int | None = None
    delivered: bool = False
    stretch: tuple[Period, str] | None = None
    years: int | None = None


def find_settings(doc: Document) -> list[Setting]:
    """One setting per block, in order.

    A heading that speaks of aims opens a plan, one that looks back closes it; headings of the same level that say
    neither go on as before, because a speech that has turned to the coming year does not turn back unsaid.
    """
    settings: list[Setting] = []
    article, top, mode, year, plan_year = 0, "", "open", None, None
    references = {a.position: a.occasion_date or doc.head.date for a in doc.articles}
    main_years = _main_years(doc)
    titles = {a.position: _dated(a.title or doc.head.title or "", references[a.position]) for a in doc.articles}
    titled = {position: _titled_year(title) for position, title in titles.items()}
    stretches = {position: _titled_stretch(title) for position, title in titles.items() if titled[position]}
    delivered = {a.position for a in doc.articles if a.occasion_date}
    for block in doc.blocks:
        reference = references.get(block.article, doc.head.date)
        if block.article != article:
            article, top, mode, year, plan_year = block.article, "", "open", None, None
        heading = block.section[0] if block.section else ""
        if heading != top:
            top = heading
            mode, year = _turn(heading, mode, year, reference)
        text = doc.reading.text[block.start : block.end]
        here, lead_year = _own_mode(block, text, mode, reference)
        if lead_year is not None:
            mode, plan_year = "plan", lead_year
        own_year = _own_year(block, year) or (titled.get(block.article) if here != "plan" else None)
        discussed = _discussed(here, own_year, plan_year, reference)
        stretch = stretches.get(block.article) if own_year == titled.get(block.article) else None
        main_year = main_years.get(block.article)
        settings.append(
            Setting(here, own_year, reference, discussed, main_year, block.article in delivered, stretch, _years(block))
        )
    return settings


def _turn(heading: str, mode: str, year: int | None, reference: date | None) -> tuple[str, int | None]:
    named = _YEAR.search(heading)
    year = int(named[1]) if named else None
    if mode == "open" and _IMPERATIVE.match(heading) and not _ACHIEVED.search(heading):
        return "plan", year
    if _REVIEW.search(heading):
        return "review", year
    if _PLAN.search(heading):
        return "plan", year
    if named and reference:
        return ("plan" if int(named[1]) > reference.year else mode), year
    return mode, year


def _own_mode(block: Block, text: str, mode: str, reference: date | None) -> tuple[str, int | None]:
    """The block's mode by its lower headings and its own lead; with the year when the lead opens a plan."""
    for heading in block.section[1:]:
        if _REVIEW.search(heading):
            mode = "review"
        elif _PLAN.search(heading) and mode == "open":
            mode = "plan"
    lead = _LEAD_PLAN.search(text) if any(word in text for word in _LEAD_WORDS) else None
    if lead and reference is not None:
        named = _YEAR.search(lead[0])
        year = int(named[1]) if named else reference.year + ("明年" in lead[0])
        if year >= reference.year:
            return "plan", year
    return mode, None


def _discussed(mode: str, year: int | None, plan_year: int | None, reference: date | None) -> int | None:
    """The year that 全年 and a bare month belong to."""
    if year is not None or reference is None:
        return year
    if mode != "plan":
        return None
    if plan_year is not None:
        return plan_year
    # what is planned in the last months of a year is planned for the next
    return reference.year + (reference.month >= 10)


def _titled_year(title: str) -> int | None:
    """The year a title says the text is about: 2023年统计公报, not the year a work report is given in."""
    named = _YEAR.search(title)
    months = named is not None and _OF_MONTHS.match(title, named.end()) is not None and not _PLAN.search(title)
    return int(named[1]) if named and (months or _RETROSPECT.search(title)) else None


def _dated(title: str, reference: date | None) -> str:
    """A title that begins with months of no year (1—7月…增长), with the year of the text before them."""
    months = _OF_MONTHS.match(title)
    if months is None or reference is None:
        return title
    year = reference.year
    first = next((p for p in scan_periods(f"{year}年{months[0]}") if p.last is not None), None)
    return f"{year - (first is not None and first.last is not None and first.last > reference)}年{title}"


def _titled_stretch(title: str) -> tuple[Period, str] | None:
    """The months of its year that a title says the text reports on, None for the whole year."""
    parts = (
        p for p in scan_periods(title) if p.anchored and not p.point and p.grain in ("half", "quarter", "span", "month")
    )
    found = next((p for p in parts if p.first and p.last and p.first.year == p.last.year), None)
    return (found, title[found.start : found.end]) if found else None


_LOOK_BACK = Pattern(r"(?:过去|近|这|最近)([三四五])年|([三四五])年来?(?:的)?(?:工作|主要)?(?:回顾|成就)")


def _years(block: Block) -> int | None:
    """How many years the headings of a block look back on."""
    for heading in reversed(block.section):
        if (found := _LOOK_BACK.search(heading)) is not None:
            return {"三": 3, "四": 4, "五": 5}[found[1] or found[2]]
    return None


def _own_year(block: Block, year: int | None) -> int | None:
    for heading in reversed(block.section):
        if named := _YEAR.search(heading):
            return int(named[1])
    return year


def _main_years(doc: Document) -> dict[int, int]:
    """The year each article names most often."""
    counts: dict[int, Counter[int]] = {}
    for block in doc.blocks:
        for named in _YEAR.finditer(doc.reading.text, block.start, block.end):
            counts.setdefault(block.article, Counter())[int(named[1])] += 1
    return {article: min(years, key=lambda y: (-years[y], y)) for article, years in counts.items()}
