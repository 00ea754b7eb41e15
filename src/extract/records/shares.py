"""A part of a named whole."""

from __future__ import annotations

from extract.figures import Figure
from extract.grammar.sectors import SECTORS
from extract.models import described
from extract.patterns import Pattern
from extract.records.base import Fact


class Share(Fact):
    """A part of a named whole."""

    whole: str | None = described("The denominator as printed, null if only implied", example="全省")


_RATE = Pattern(
    r"自然增长率$|(?<!增长|下降|压缩|压减|增|降|收益|回报|功|效)率$|(?:强度|比重|占比|比例|系数|程度|覆盖面|比)$"
)


def recognise(figure: Figure, text: str) -> str | None:
    """The rule by which the figure is a part of a whole."""
    quantity, left = figure.quantity, figure.left
    if quantity.base_unit != "%":
        return None
    if quantity.rule in SECTORS:
        return "share.sectors"
    if left.part_of:
        return "share.part_of"
    if left.has("share"):
        return "share.proportion"
    if left.noun and _RATE.search(text[slice(*left.noun)]):
        return "share.rate"
    if figure.after is not None:
        return "share.of_those"
    return "share.plain"


def whole(figure: Figure, text: str) -> str | None:
    """The denominator as printed."""
    if figure.left.whole is not None:
        return text[slice(*figure.left.whole)].strip() or None
    if figure.rule == "share.of_those" and figure.after is not None:
        return text[slice(*figure.after)]
    return None
