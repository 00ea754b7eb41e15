"""How many projects, at which stage, planned or real."""

from __future__ import annotations

from typing import Literal

from extract.models import described
from extract.records.base import Fact


class ProjectCount(Fact):
    """How many projects, at which stage, planned or real."""

    stage: Literal["signed", "reserve", "listed", "start", "continue", "complete", "other"] = described(
        "Stage of the projects counted", example="start"
    )
    planned: bool = described("True for a plan, false for a fact", example=False)
    invest_min: float | None = described("Lower threshold on project size", unit="CNY")
    invest_max: float | None = described("Upper threshold on project size", unit="CNY")
