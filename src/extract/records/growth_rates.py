"""A change that has happened or is estimated."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from extract.figures import Figure
from extract.models import described
from extract.patterns import Pattern
from extract.records.base import Fact


class GrowthRate(Fact):
    """A change that has happened or is estimated."""

    direction: Literal["up", "down", "flat"] = described("Sign of the change", example="up")
    basis: Literal["yoy", "base", "unmarked"] = described("What it is measured against", example="yoy")
    base_period_start: dt.date | None = described("First day of the base period")
    base_period_end: dt.date | None = described("Last day of the base period")


_GROWTH_NOUN = Pattern(r"增速|增长|增幅|涨幅|降幅|增长率")
_GROWTH_HEAD = Pattern(r"(?:增长|增速|增幅|涨幅)(?:目标|预期)?$")
# 是2010年的3倍, 为1949年6倍, 相当于上年的2倍
_TIMES_OF = Pattern(r"(?:是|为|相当于|达到?)[^，。；]{0,12}(?:年|同期|末)的?$")
# 继续保持40%以上增长, 实现5%的增长
_AT_RATE = Pattern(r"的?(?:高速|快速|较快|正|年均|速度)*(?:增长|增速|增幅|涨幅)(?![率点极])")
# 产量增长的有15种: how many things grew
_WHICH = Pattern(r"(?:增长|上升|上涨|提高|增加|下降|下跌|回落|减少|持平)的(?:有|达到?|为|共|只有|仅)?$")
_OUT_OF = frozenset(["link", "estimate", "aim", "plan", "annual", "yoy", "base", "reach"])


def recognise(figure: Figure, text: str) -> str | None:
    """The rule by which the figure is a change; the nearest cue that carries a meaning decides."""
    quantity, left = figure.quantity, figure.left
    if is_doubling(figure, text):
        return "growth.multiple"
    if quantity.base_unit == "%" and _AT_RATE.match(text, quantity.outer_end) and not left.part_of:
        return "growth.verb"
    clause = text[left.low : (figure.first or figure).quantity.outer_start]
    if quantity.unit == "倍" and (_TIMES_OF.search(clause) or left.has("growth_up")):
        return "growth.times"
    if figure.is_count and _WHICH.search(clause):
        return None
    for word, meaning in left.cues:
        if meaning in _OUT_OF:
            continue
        if meaning in ("growth_up", "growth_down"):
            if figure.is_count and figure.after and not figure.left.has("yoy", "base") and figure.base_period is None:
                figure.declined.append(f"growth: {word} counts the noun behind")
                return None
            return None if compared_place(figure, text) else "growth.verb"
        changes = (figure.of_change and not _is_share(figure.source)) or _GROWTH_NOUN.search(clause)
        if meaning in ("endpoint", "start") and quantity.base_unit == "%" and changes:
            return f"growth.{meaning}"
        figure.declined.append(f"growth: {word} ({meaning}) stands nearer")
        return None
    if quantity.base_unit == "pp" and left.gap is None and not compared_place(figure, text):
        return "growth.points"
    if quantity.base_unit == "%" and figure.noun is None and figure.of_change and not _is_share(figure):
        return "growth.carried"
    if _of_another(figure, text):
        return "growth.carried"
    if quantity.base_unit == "%" and left.noun and _GROWTH_HEAD.search(text, *left.noun):
        return "growth.noun"
    return None


def _of_another(figure: Figure, text: str) -> bool:
    """Whether the growth of another place stands in brackets behind it: 增长8.4%，比全省（7.7%）高."""
    before = figure.source
    if (
        figure.quantity.base_unit != "%"
        or before is None
        or before.role != "growth_rate"
        or figure.left.noun is not None
    ):
        return False
    return text[figure.quantity.outer_start - 1] == "（" and bool(figure.left.regions or figure.left.near_regions)


def _is_share(figure: Figure | None) -> bool:
    return figure is not None and (figure.left.part_of or figure.left.has("share"))


def is_doubling(figure: Figure, text: str) -> bool:
    """Whether the figure is a word for a multiple: 倍增, 翻番, 翻两番."""
    return text.startswith(("倍增", "翻"), figure.start)


def compared_place(figure: Figure, text: str) -> bool:
    """Whether the change is in truth a distance to another place: 比全国平均水平高2个百分点."""
    clause = text[figure.left.low : (figure.first or figure).quantity.outer_start]
    if figure.left.compared is not None and figure.left.compared[0] < figure.left.low:
        return True
    return _PLACE_COMPARED.search(clause) is not None and figure.base_period is None


# 比全国平均水平高, 高于全国、全省平均, 比周边高: a distance between places, not in time
_PLACE_COMPARED = Pattern(
    r"(?:高于|低于|高出|快于|慢于|优于|领先|落后|超出?|好于)[^，。；\d]{0,16}$|"
    r"(?<![同环占])(?:比(?![重例率值])|较)(?![^，。；]{0,8}(?:年|月|季|同期|期|初|末|前一|上周|常年|计划))[^，。；]{1,14}(?:高出?|低|快|慢|多|少|高于)(?:了|约)?$"
)


def sign(figure: Figure) -> int:
    """-1 for a fall, +1 for a rise; the nearest word of change decides."""
    for _, meaning in figure.left.cues:
        if meaning == "growth_down":
            return -1
        if meaning == "growth_up":
            return 1
    return 1


def basis(figure: Figure, text: str) -> str:
    """`yoy`, `base` or `unmarked` by the words of comparison in the clause."""
    if figure.left.has("annual"):
        return "unmarked"
    if (both := _BOTH.search(text, figure.left.low, figure.quantity.outer_start)) is not None:
        return "base" if both[1 + min(figure.parallel, 1)] == "环比" else "yoy"
    if figure.left.has("base"):
        return "base"
    if figure.base_period is not None:
        return "yoy" if is_previous_year(figure) else "base"
    if (against := _AGAINST.search(text, max(0, figure.left.low - 60), figure.quantity.outer_start)) is not None:
        return "yoy" if _YEAR_BEFORE.search(against[1]) else "base"
    if figure.left.compared is not None and _OTHER.search(text, *figure.left.compared):
        return "base"
    if any(meaning == "yoy" and word not in _REAL for word, meaning in figure.left.cues):
        return "yoy"
    return "base" if figure.rule == "growth.endpoint" else "unmarked"


# 与第六次普查相比，共减少15万人
_YEAR_BEFORE = Pattern(r"上年|去年|同期")
_AGAINST = Pattern(r"[与同和]([^。；]{2,40}?)相比，[^，。；]{0,12}$")
# 同比、环比分别增长3.9%和6.2%
_BOTH = Pattern(r"(同比|环比)[、和与](同比|环比)(?:分别|依次)?[一-鿿]{1,4}$")
# 比常年偏多, 比第一期提升: no year, but something of its own
_OTHER = Pattern(r"常年|多年|历年|往年|第[一二三四五六七八九十\d]+[期批轮]|前一[周月期批轮日天]|上[一]?[周期批轮]")
_REAL = frozenset(["名义", "实际", "可比", "按可比价格", "按不变价", "年", "扣除价格因素", "扣除价格因素实际"])


def is_previous_year(figure: Figure) -> bool:
    """Whether the base period is the year before the figure's own."""
    base, own = figure.base_period, figure.period
    if base is None or base.first is None:
        return True
    if own is None or own.first is None:
        return base.rule.startswith("relative") or not base.anchored
    return base.first.year == own.first.year - 1 and base.grain in ("year", "month", "quarter", "half", "span")
