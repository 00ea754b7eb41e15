"""Numerals that count nothing: names, grades, durations, the capacity in a product's name.

Needs a figure with its clause; gives the rule that says so, or None when the figure counts or measures something.
"""

from __future__ import annotations

from extract.figures import Figure
from extract.patterns import Pattern
from extract.records import chinese_counts, growth_rates, levels


def recognise(figure: Figure, text: str) -> str | None:
    """A numeral that counts nothing: 一个目标, 三个地区 just listed, 五县 as a name of them."""
    quantity = figure.quantity
    surface = text[quantity.start : quantity.end]
    if growth_rates.is_doubling(figure, text):
        return None if _doubling(figure, text) else "name.doubling"
    if quantity.unit == "次" and text.startswith("产业", quantity.end):
        return "name.sectors"
    chinese = not any(c.isdigit() for c in surface)
    if quantity.unit is None and levels.recognise(figure, text) is None:
        return "idiom.bare" if chinese else "name.bare"
    if quantity.unit in ("年", "个月", "月"):
        return "date.duration" if quantity.comparator in ("=", "~") else "condition.duration"
    if quantity.unit == "岁" and (figure.after or quantity.comparator != "=" or quantity.value_high is not None):
        return "condition.age"
    if quantity.rule == "per" or text.startswith("每", quantity.start - 1):
        return "condition.per"
    if quantity.unit in _GRADES:
        return "name.grade"
    if quantity.base_unit in ("day", "hour") and not figure.left.cues and _holiday(figure, text):
        return "date.duration"
    if "分之" in surface and _FRACTION_NAME.match(text, quantity.end):
        return "name.fraction"
    if chinese and (rule := chinese_counts.recognise(figure, text)):
        return rule
    noun = text[slice(*figure.after)] if figure.after else ""
    if (
        quantity.base_unit in _PHYSICAL
        and quantity.comparator == "="
        and (noun.endswith(_PRODUCTS) or _CAPACITY.match(text, quantity.outer_end))
    ):
        return "name.product"
    named = noun and quantity.unit == "小时" and quantity.comparator == "=" and not figure.left.cues
    if named and not _LASTING.search(text, max(0, quantity.start - 4), quantity.start):
        return "name.product"
    if noun and (quantity.unit in _FINE or _CIRCLE.match(text, quantity.outer_end)):
        return "name.product"
    return None


_GRADES = frozenset(["级", "期", "团", "连", "等", "年级"])
_HOLIDAY = Pattern(r"(?:假期|假日|节|长假)$")


def _holiday(figure: Figure, text: str) -> bool:
    """A stretch of days that dates what follows: 春节假期8天, 6小时降雨量."""
    if _HOLIDAY.search(text, figure.left.low, figure.quantity.outer_start):
        return True
    return figure.noun == figure.after and figure.left.noun is None and figure.after is not None


_FINE = frozenset(["英寸", "纳米", "微米", "毫米"])
# 最快36小时放款: how long it takes; 24小时书房 is a name
_LASTING = Pattern(r"(?:最[快短长慢]|只?需|均|达|仅|用时|历时)$")
# 30分钟就医圈
_CIRCLE = Pattern(r"[一-鿿]{1,6}圈")
# 实施的5万吨乙醇示范线项目: the capacity is part of the project's name
_CAPACITY = Pattern(r"[一-鿿]{2,10}(?:生产线|示范线|装置|试验)项目")
_PHYSICAL = frozenset(["kg", "W", "tce", "m3", "Wh", "m"])
_PRODUCTS = (
    "项目",
    "系统",
    "装置",
    "生产线",
    "示范线",
    "矿",
    "机组",
    "工程",
    "电站",
    "机床",
    "船",
    "试车",
    "设备",
    "芯片",
    "井",
    "风机",
    "电机",
    "锅炉",
    "机车",
    "轮",
    "卡车",
)
_FRACTION_NAME = Pattern(r"[一-鿿](?<![的以左上近])[一-鿿]{0,3}(?:法|制|原则|定律|工作|制度)")
_DOUBLED_END = Pattern(r"[，。；、”！）\n]|的目标|$")


def _doubling(figure: Figure, text: str) -> bool:
    """倍增 as an aim or a fact: after 实现, or said of a stretch of years, at the end of its clause."""
    before = text[max(0, figure.start - 2) : figure.start]
    ends = _DOUBLED_END.match(text, figure.end)
    if not ends and "翻" not in text[figure.start : figure.end]:
        return False
    if figure.subject is None:
        return False
    return (
        before == "实现"
        or any(p.grain == "duration" for p in figure.left.periods)
        or "翻" in text[figure.start : figure.end]
    )
