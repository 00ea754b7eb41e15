"""A position in an ordering."""

from __future__ import annotations

from extract.figures import Figure
from extract.models import described
from extract.records.base import Fact


class Ranking(Fact):
    """A position in an ordering."""

    among: str | None = described("Region or set ranked within", example="河南省")


def recognise(figure: Figure, text: str) -> str | None:
    """The rule by which the figure is a position."""
    return figure.quantity.rule if figure.quantity.unit == "位" and figure.quantity.rule.startswith("ranking") else None
