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
    if figure.quantity.unit is None:
        return None
    if figure.noun is None:
        return "level.carried"
    return "level.noun_after" if figure.noun == figure.after else "level.noun_before"


def _gap(figure: Figure, text: str) -> bool:
    from extract.records.growth_rates import compared_place

    return figure.quantity.base_unit in ("pp", "%") and compared_place(figure, text)
