"""Thresholds that only say which things are counted or meant: 亿元以上项目, 超10%的企业58家, 年产值300亿元主导产业.

A condition makes no record; on project counts it fills `invest_min` and `invest_max`.
"""

from __future__ import annotations

from extract.figures import Figure
from extract.patterns import Pattern

_KIND = Pattern(r"^\s?[级]?(?:及)?(?:以[上下内])?的?\s?[一-鿿“A-Z]")
_HEADED = Pattern(
    r"^\s?级?的?\s?(?:[一-鿿]{0,2}“[^”]{1,12}”)?[一-鿿]{0,14}?(?:项目|工程|企业|单位|产业|集群|园区|开发区|公司|机构|城市|县|区|乡镇|村|镇|基地|品牌|平台|产业链|大户|纳税|机组|工厂|龙头|订单|合同)"
)
_MEASURES = frozenset(["CNY", "USD", "%", "m2", "kg", "W", "person", "day", "m", "year", "tce"])
# 800人以上安置区, 1000立方米以下高炉
_SIZED_NOUN = Pattern(r"(?:区|炉|点|村|厂|站|院|校|企业|单位|机组|锅炉|公司|社区|小区|县|城市|学校|水库)$")
# 年产值300亿元主导产业
_SIZED = Pattern(r"(?:年产值|年营收|年营业收入|年销售额)$")
# GDP超200亿元的仅4个, 10亿元以上的有17个, 30万元以下的287人
_ELLIPTIC = Pattern(r"的?(?:就|已|也)?(?:仅|只)?(?:有|达到?|为)?(?:\d|[一二三四五六七八九十两]+[个家户项])")
_PAID = Pattern(r"奖励|补助|奖补|给予|资助")
# 建成2条以上高速公路的县达到6个
_QUALIFIED = Pattern(r"(?!的)[一-鿿]{2,8}的(?:县|市|区|乡镇|村|企业|单位|项目|园区|户|人|城市|地区)")
_DEMANDED = Pattern(r"的(?:要求|标准|规定|条件|门槛)")
# 工业项目投资原则上不低于1亿元: a criterion, nobody's aim
_RULED = Pattern(r"原则上|筛选原则|认定条件|(?:入选|申报|准入|认定|评选|纳入)(?:标准|条件|范围)|凡(?=年|投资|营|新)")


def recognise(figure: Figure, text: str, sentence_start: int) -> str | None:
    """The rule by which the figure is a threshold, None when it is a figure of its own."""
    quantity = figure.quantity
    if quantity.comparator != "=" and _RULED.search(text, sentence_start, figure.start):
        return "condition.criterion"
    after = text[quantity.outer_end : min(figure.next_start, quantity.outer_end + 30)]
    if quantity.comparator != "=" and _DEMANDED.match(text, quantity.outer_end):
        return "condition.demanded"
    if text.startswith("前", quantity.outer_start - 1) and figure.is_count and figure.after:
        return "condition.top"
    if quantity.comparator in (">=", "<=", ">", "<") and _QUALIFIED.match(text, quantity.outer_end):
        return "condition.qualified"
    if text.startswith("级", quantity.end) and text[quantity.end - 1] in "万亿":
        return "condition.magnitude"
    if quantity.base_unit not in _MEASURES:
        return None
    if quantity.comparator != "=" and text.startswith("指", quantity.outer_start - 1):
        return "condition.defined"
    if quantity.rule == "bare_magnitude" or text.startswith("级", quantity.end):
        return "condition.magnitude" if _HEADED.match(after) or _KIND.match(after) else None
    bounded = quantity.comparator in (">=", ">", "<=", "<") or quantity.value_high is not None
    if bounded and _ELLIPTIC.match(text, quantity.outer_end):
        return "condition.elliptic"
    if _PAID.search(text, sentence_start, figure.start) and after.startswith(("的", "及以上的")):
        return "condition.criterion"
    if quantity.base_unit == "CNY":
        if bounded and (_HEADED.match(after) or not after.strip()):
            return "condition.size"
        return (
            "condition.size" if _SIZED.search(text, max(0, figure.start - 4), figure.start) and figure.after else None
        )
    behind = quantity.outer_end > quantity.end
    if (
        quantity.base_unit in ("person", "m3", "W", "m")
        and bounded
        and behind
        and figure.after
        and not figure.left.cues
    ):
        return "condition.size" if _SIZED_NOUN.search(text, *figure.after) else None
    if (
        quantity.base_unit in ("m", "W", "kg", "tce")
        and quantity.comparator in (">", ">=")
        and figure.after
        and not figure.left.cues
    ):
        return "condition.size" if quantity.outer_start < quantity.start else None
    if (
        figure.left.part_of and (figure.left.whole or figure.next_start - quantity.outer_end >= 12)
    ) or after.startswith(("的比重", "的比例", "的水平", "的份额")):
        return None
    if quantity.base_unit == "%" and bounded and after.startswith("的") and figure.next_start - quantity.outer_end < 12:
        return "condition.share"
    return None


def spread(figures: list[Figure]) -> None:
    """In a list of thresholds (1亿元、5亿元、10亿元的企业) all are thresholds when the last one is."""
    for before, figure in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if figure.role == "condition" and figure.parallel and before.role in ("level", "target"):
            before.role, before.rule, before.aim = "condition", "condition.list", None
