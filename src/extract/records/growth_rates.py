"""A change that has happened or is estimated."""

from __future__ import annotations

from datetime import date
from typing import Literal

from extract.models import column
from extract.records.base import Fact


class GrowthRate(Fact):
    """A change that has happened or is estimated."""

    direction: Literal["up", "down", "flat"] = column("Sign of the change", example="up")
    basis: Literal["yoy", "base", "unmarked"] = column("What it is measured against", example="yoy")
    base_period_start: date | None = column("First day of the base period")
    base_period_end: date | None = column("Last day of the base period")
