"""Any other measured quantity, stock or flow."""

from __future__ import annotations

from extract.figures import Figure
from extract.records.base import Fact


class Level(Fact):
    """Any other measured quantity, stock or flow."""


def recognise(figure: Figure, text: str) -> str | None:
    """The rule that found what the figure measures."""
    if figure.left.gap is not None or _gap(figure, text):
        return "level.gap"
    if figure.quantity.rule == "ratio":
        return "level.ratio"
    if figure.quantity.unit is None:
        noun = text[slice(*figure.noun)] if figure.noun else ""
        if _is_total(figure, text):
            return "level.noun_before"
        return "level.index" if noun.endswith(_INDICES) and figure.left.cues else None
    if figure.noun is None:
        return "level.carried"
    return "level.noun_after" if figure.noun == figure.after else "level.noun_before"


def _is_total(figure: Figure, text: str) -> bool:
    """人口八万五千: a large number right behind its noun at the end of the clause, the measure word left out."""
    quantity, noun = figure.quantity, figure.left.noun
    if noun is None or noun[1] != quantity.outer_start or quantity.value < 100 or text[quantity.start].isdigit():
        return False
    return text[quantity.outer_end : quantity.outer_end + 1] in tuple("，。；、（")


_INDICES = ("比", "倍差", "指数", "率", "系数", "得分", "评分", "分值", "净值", "编号数")


def _gap(figure: Figure, text: str) -> bool:
    from extract.records.growth_rates import compared_place

    if figure.quantity.base_unit == "pp":
        return compared_place(figure, text)
    return figure.left.has("growth_up", "growth_down") and compared_place(figure, text)
