"""A figure somebody intends to reach."""

from __future__ import annotations

from typing import Literal

from extract.figures import Figure
from extract.models import described
from extract.records.base import Fact


class Target(Fact):
    """A figure somebody intends to reach."""

    measure: Literal["level", "growth", "count", "share"] = described("What is aimed at", example="growth")
    invest_min: float | None = described("Lower threshold on project size", unit="CNY")
    invest_max: float | None = described("Upper threshold on project size", unit="CNY")


def measure(figure: Figure, role: str) -> str:
    """What is aimed at, by the role the figure would have had as a fact."""
    if role in ("growth_rate",):
        return "growth"
    if role == "share" or figure.quantity.unit == "倍":
        return "share"
    return "count" if figure.is_count else "level"
