"""A figure somebody intends to reach."""

from __future__ import annotations

from typing import Literal

from extract.models import described
from extract.records.base import Fact


class Target(Fact):
    """A figure somebody intends to reach."""

    measure: Literal["level", "growth", "count", "share"] = described("What is aimed at", example="growth")
    invest_min: float | None = described("Lower threshold on project size", unit="CNY")
    invest_max: float | None = described("Upper threshold on project size", unit="CNY")
