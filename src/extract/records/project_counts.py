"""How many projects, at which stage, planned or real."""

from __future__ import annotations

from typing import Literal

from extract.models import column
from extract.records.base import Fact


class ProjectCount(Fact):
    """How many projects, at which stage, planned or real."""

    stage: Literal["signed", "reserve", "listed", "start", "continue", "complete", "other"] = column(
        "Stage of the projects counted", example="start"
    )
    planned: bool = column("True for a plan, false for a fact", example=False)
    invest_min: float | None = column("Lower threshold on project size", unit="CNY")
    invest_max: float | None = column("Upper threshold on project size", unit="CNY")
